package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// userCommand manages people at the command line. Whoever runs it has the
// store, and so may do everything.
type userCommand struct {
	List    userList    `cmd:"" help:"${cli_user_list_help}"`
	Invite  userInvite  `cmd:"" help:"${cli_user_invite_help}"`
	Disable userDisable `cmd:"" help:"${cli_user_disable_help}"`
	Enable  userEnable  `cmd:"" help:"${cli_user_enable_help}"`
	Grant   userGrant   `cmd:"" help:"${cli_user_grant_help}"`
	Revoke  userRevoke  `cmd:"" help:"${cli_user_revoke_help}"`
	Erase   userErase   `cmd:"" help:"${cli_user_erase_help}"`
	Export  userExport  `cmd:"" help:"${cli_user_export_help}"`
}

// role is one role as options name it.
type role struct {
	Role        string `help:"${cli_token_role}" required:"" placeholder:"ROLE"`
	Convention  string `help:"${cli_token_convention}" placeholder:"ID"`
	Participant string `help:"${cli_token_participant}" placeholder:"CODE"`
	Committee   string `help:"${cli_token_committee}" placeholder:"ID"`
}

func (r role) grants() []cooperation.Grant {
	return []cooperation.Grant{{Convention: r.Convention, Role: cooperation.Role(r.Role), Participant: cooperation.Participant(r.Participant), Committee: r.Committee}}
}

// on does something with the platform of the installation.
func (p *program) on(ctx context.Context, do func(*platform.Platform) error) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	return byOption(errors.Join(do(i.platform), i.close()))
}

// find finds an account by its id or mail address.
func find(on *platform.Platform, who string) (*cooperation.User, error) {
	if u, ok := on.User(who); ok && !u.Erased {
		return u, nil
	}
	if u, ok := on.UserByMail(who); ok {
		return u, nil
	}
	return nil, cooperation.Refuse(cooperation.NotFound, "cli.user.unknown", message.Of(message.Text, "who", who))
}

type userList struct {
	Convention string `help:"${cli_user_convention}" placeholder:"ID"`
	Erased     bool   `help:"${cli_user_erased}"`
}

// Run is called by kong.
func (c *userList) Run(ctx context.Context, p *program) error {
	return p.on(ctx, func(on *platform.Platform) error {
		if c.Erased {
			for _, e := range on.Erasures() {
				fmt.Fprintln(p.out, e.ID)
			}
			return nil
		}
		q := platform.PeopleQuery{Convention: c.Convention, Limit: catalogue.MaxLimit}
		for {
			page, err := on.People(operator, q)
			if err != nil {
				return err
			}
			for _, u := range page.Items {
				fmt.Fprintln(p.out, userLine(u))
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				return nil
			}
		}
	})
}

// userLine is one account on one line, for people and for other programs.
func userLine(u *cooperation.User) string {
	status := "active"
	switch {
	case u.Disabled:
		status = "disabled"
	case u.Waiting():
		status = "invited"
	case u.Service:
		status = "service"
	}
	fields := []string{u.ID, status, u.Name, u.Mail}
	for _, g := range u.Grants {
		fields = append(fields, strings.Trim(strings.Join([]string{string(g.Role), g.Convention, string(g.Participant), g.Committee}, "/"), "/"))
	}
	return strings.Join(fields, "\t")
}

type userInvite struct {
	Mail     string `arg:"" help:"${cli_user_mail}"`
	Name     string `help:"${cli_user_name}" required:"" placeholder:"TEXT"`
	Language string `help:"${cli_token_language}" default:"en" placeholder:"LANG"`
	role     `embed:""`
}

// Run is called by kong.
func (c *userInvite) Run(ctx context.Context, p *program) error {
	return p.on(ctx, func(on *platform.Platform) error {
		u, err := on.Invite(ctx, operator, cooperation.Person{Name: c.Name, Mail: c.Mail, Language: c.Language}, c.grants())
		if err != nil {
			return err
		}
		whole, ok := on.User(u.ID)
		if !ok || whole.Invitation == "" {
			p.say("cli.user.granted", message.Of(message.Text, "who", u.Mail))
			return nil
		}
		fmt.Fprintln(p.out, strings.TrimSuffix(p.config.PublicURL, "/")+"/link/"+on.LinkSecret(whole.Invitation))
		fmt.Fprintln(p.err, p.local.Text("cli.user.invited"))
		return nil
	})
}

// who names an account in a command.
type who struct {
	Who string `arg:"" help:"${cli_user_who}"`
}

// change does something to the account and says that it is done.
func (w who) change(ctx context.Context, p *program, done string, do func(on *platform.Platform, id string) error) error {
	return p.on(ctx, func(on *platform.Platform) error {
		u, err := find(on, w.Who)
		if err == nil {
			err = do(on, u.ID)
		}
		if err == nil {
			p.say(done, message.Of(message.Text, "who", w.Who))
		}
		return err
	})
}

type userDisable struct {
	who `embed:""`
}

// Run is called by kong.
func (c *userDisable) Run(ctx context.Context, p *program) error {
	return c.change(ctx, p, "cli.user.disabled", func(on *platform.Platform, id string) error {
		_, err := on.DisablePerson(ctx, operator, id, 0)
		return err
	})
}

type userEnable struct {
	who `embed:""`
}

// Run is called by kong.
func (c *userEnable) Run(ctx context.Context, p *program) error {
	return c.change(ctx, p, "cli.user.enabled", func(on *platform.Platform, id string) error {
		_, err := on.EnablePerson(ctx, operator, id, 0)
		return err
	})
}

type userGrant struct {
	who  `embed:""`
	role `embed:""`
}

// Run is called by kong.
func (c *userGrant) Run(ctx context.Context, p *program) error {
	return c.change(ctx, p, "cli.user.granted", func(on *platform.Platform, id string) error {
		_, err := on.GrantRoles(ctx, operator, id, 0, c.grants())
		return err
	})
}

type userRevoke struct {
	who  `embed:""`
	role `embed:""`
}

// Run is called by kong.
func (c *userRevoke) Run(ctx context.Context, p *program) error {
	return c.change(ctx, p, "cli.user.revoked", func(on *platform.Platform, id string) error {
		_, err := on.RevokeRoles(ctx, operator, id, 0, c.grants())
		return err
	})
}

type userErase struct {
	Who []string `arg:"" help:"${cli_user_who_all}"`
	Yes bool     `help:"${cli_user_yes}"`
}

// Run is called by kong.
func (c *userErase) Run(ctx context.Context, p *program) error {
	if !c.Yes {
		return cooperation.Refuse(cooperation.Invalid, "cli.user.confirm")
	}
	return p.on(ctx, func(on *platform.Platform) error {
		var errs []error
		for _, who := range c.Who {
			errs = append(errs, p.erase(ctx, on, who))
		}
		return errors.Join(errs...)
	})
}

func (p *program) erase(ctx context.Context, on *platform.Platform, who string) error {
	u, err := find(on, who)
	if err != nil {
		return err
	}
	e, err := on.Erase(ctx, operator, u.ID)
	if err != nil {
		return err
	}
	if e.Completed.IsZero() {
		return cooperation.Refuse(cooperation.Unavailable, "cli.user.unfinished", message.Of(message.Text, "who", u.ID))
	}
	p.say("cli.user.forgotten", message.Of(message.Text, "who", u.ID))
	return nil
}

type userExport struct {
	who `embed:""`
}

// Run is called by kong.
func (c *userExport) Run(ctx context.Context, p *program) error {
	return p.on(ctx, func(on *platform.Platform) error {
		u, err := find(on, c.Who)
		if err != nil {
			return err
		}
		x, err := on.ExportUser(operator, u.ID)
		if err != nil {
			return err
		}
		return json.NewEncoder(p.out).Encode(x)
	})
}
