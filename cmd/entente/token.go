package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
	"entente/platform"
)

// tokenCommand makes bearer tokens.
type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"${cli_token_create_help}"`
	List   tokenList   `cmd:"" help:"${cli_token_list_help}"`
	Revoke tokenRevoke `cmd:"" help:"${cli_token_revoke_help}"`
}

type tokenCreate struct {
	For         string   `help:"${cli_token_for}" placeholder:"WHO" xor:"who" required:""`
	Role        string   `help:"${cli_token_role}" placeholder:"ROLE" xor:"who" required:""`
	Convention  string   `help:"${cli_token_convention}" placeholder:"ID"`
	Participant string   `help:"${cli_token_participant}" placeholder:"CODE"`
	Committee   string   `help:"${cli_token_committee}" placeholder:"ID"`
	Name        string   `help:"${cli_token_name}" placeholder:"TEXT"`
	Mail        string   `help:"${cli_token_mail}" placeholder:"ADDRESS"`
	Language    string   `help:"${cli_token_language}" default:"en" placeholder:"LANG"`
	ReadOnly    bool     `help:"${cli_token_read_only}"`
	Scope       []string `help:"${cli_token_scope}" placeholder:"SCOPE"`
	Days        int      `help:"${cli_token_days}" default:"90" placeholder:"N"`
}

// Run is called by kong.
func (c *tokenCreate) Run(ctx context.Context, p *program) error {
	if c.Days < 1 || c.Days > 366 {
		return cooperation.Refuse(cooperation.Invalid, "cli.token.days_range")
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	secret, err := c.create(ctx, p, i.platform)
	if err = errors.Join(err, i.close()); err != nil {
		return byOption(err)
	}
	fmt.Fprintln(p.out, secret)
	fmt.Fprintln(p.err, p.local.Text("cli.token.once"))
	return nil
}

func (c *tokenCreate) create(ctx context.Context, p *program, on *platform.Platform) (string, error) {
	if c.For != "" {
		u, err := find(on, c.For)
		if err != nil {
			return "", err
		}
		secret, _, err := on.IssueToken(ctx, operator, u.ID, cmp.Or(c.Name, "command line"), c.scopes(), c.life())
		return secret, err
	}
	name := cmp.Or(c.Name, c.title(p, on))
	user, err := on.CreateUser(ctx, operator, cooperation.User{Name: name, Mail: c.Mail, Language: c.Language, Grants: []cooperation.Grant{{
		Convention: c.Convention, Role: cooperation.Role(c.Role), Participant: cooperation.Participant(c.Participant), Committee: c.Committee}}})
	if err != nil {
		return "", err
	}
	secret, _, err := on.IssueToken(ctx, operator, user.ID, name, c.scopes(), c.life())
	return secret, err
}

func (c *tokenCreate) life() time.Duration { return time.Duration(c.Days) * 24 * time.Hour }

// scopes are those that are named; everything, or reading everything, when
// none is.
func (c *tokenCreate) scopes() []string {
	switch {
	case len(c.Scope) > 0:
		return c.Scope
	case c.ReadOnly:
		return []string{cooperation.ScopeRead}
	}
	return []string{cooperation.ScopeWrite}
}

type tokenList struct {
	who `embed:""`
}

// Run is called by kong.
func (c *tokenList) Run(ctx context.Context, p *program) error {
	return p.on(ctx, func(on *platform.Platform) error {
		u, err := find(on, c.Who)
		if err != nil {
			return err
		}
		list, err := on.Tokens(operator, u.ID)
		for _, t := range list {
			status := "valid"
			switch {
			case t.Revoked:
				status = "revoked"
			case !t.Valid(on.Now()):
				status = "expired"
			}
			fmt.Fprintln(p.out, strings.Join([]string{t.ID, status, t.Expires.Format(time.DateOnly), strings.Join(t.Allows(), ","), t.Name}, "\t"))
		}
		return err
	})
}

type tokenRevoke struct {
	who `embed:""`
	ID  string `arg:"" help:"${cli_token_id}"`
}

// Run is called by kong.
func (c *tokenRevoke) Run(ctx context.Context, p *program) error {
	return c.change(ctx, p, "cli.token.revoked", func(on *platform.Platform, user string) error {
		return on.RevokeToken(ctx, operator, user, c.ID)
	})
}

// title names an account by its role, in the language of its notifications:
// it stands beside the address in every mail.
func (c *tokenCreate) title(p *program, on *platform.Platform) string {
	local := p.texts.Localizer(i18n.Negotiate(c.Language))
	role := cooperation.Role(c.Role)
	if !slices.Contains(cooperation.Roles(), role) {
		return c.Role // refused by the platform, which says which roles there are
	}
	title, err := local.Check(personOf(role, c.Convention, cooperation.Participant(c.Participant), c.Committee), on.Names(c.Convention))
	if err != nil {
		return local.Text("role." + c.Role) // held for nobody, or for an organization that has no name here
	}
	return title
}

// personOf is the sentence that names who holds a role.
func personOf(role cooperation.Role, convention string, of cooperation.Participant, committee string) message.Message {
	args := []message.Arg{message.Of(message.Convention, "convention", convention)}
	if of != "" {
		args = append(args, message.Of(message.Party, "participant", string(of)))
	}
	if committee != "" {
		args = append(args, message.Of(message.Body, "body", committee))
	}
	return message.New("cli.person."+string(role), args...)
}

// byOption names the fields of a refused account as the options that set them.
func byOption(err error) error {
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) {
		return err
	}
	named := *refusal
	named.Fields = slices.Clone(refusal.Fields)
	for i := range named.Fields {
		named.Fields[i].Field = "--" + strings.TrimPrefix(named.Fields[i].Field, "grants[0].")
	}
	return &named
}
