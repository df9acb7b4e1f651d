package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/store"
)

// versionCommand says what this program is.
type versionCommand struct{}

// Run is called by kong.
func (versionCommand) Run(p *program) error {
	_, err := fmt.Fprintln(p.out, "entente", version())
	return err
}

// version is the module's version and the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v += " " + s.Value[:12]
		}
	}
	return v + " " + info.GoVersion
}

// checkCommand checks what an installation is configured with.
type checkCommand struct {
	Profiles checkProfiles `cmd:"" help:"${cli_check_profiles_help}"`
}

type checkProfiles struct{}

// Run is called by kong.
func (checkProfiles) Run(p *program) error {
	if mistakes := profiles.Check(p.profileFolders()...); len(mistakes) > 0 {
		p.mistakes(mistakes)
		return exitCode(exitFail)
	}
	set, err := profiles.Load(p.profileFolders()...)
	if err != nil {
		return err
	}
	for _, c := range set.All() {
		p.say("cli.check.profile", message.Of(message.Text, "id", c.ID), message.Of(message.Text, "name", c.ShortName.In(reference.Language(p.environment.language()))),
			message.Int("parties", len(c.Parties)), message.Int("themes", len(c.Themes)), message.Int("committees", len(c.Committees)))
	}
	return nil
}

// mistakes prints what is wrong with profiles, as compilers do.
func (p *program) mistakes(list []profiles.Mistake) {
	for _, m := range list {
		fmt.Fprintf(p.err, "%s:%d: %s\n", m.File, m.Line, p.local.Render(m.Message, nil))
	}
}

// verifyCommand checks every log from its first commit, and that the state can
// be rebuilt from it.
type verifyCommand struct{}

// Run is called by kong.
func (verifyCommand) Run(ctx context.Context, p *program) error {
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	s, err := openStore(ctx, uri)
	if err != nil {
		return err
	}
	err = verifyLogs(ctx, p, s)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	p.say("cli.verify.state")
	return i.close()
}

func verifyLogs(ctx context.Context, p *program, s store.Store) error {
	logs, err := s.Logs(ctx)
	if err != nil {
		return err
	}
	for _, log := range logs {
		var head store.Hash
		commits, erased := 0, 0
		for c, err := range s.Read(ctx, log, 0) {
			if err != nil {
				return fmt.Errorf("log %s: %w", log, err)
			}
			if err := c.Verify(head); err != nil {
				return fmt.Errorf("log %s, commit %d: %w", log, c.Number, err)
			}
			for _, v := range c.Versions {
				if v.Erased() {
					erased++
				}
			}
			head = c.Hash
			commits++
		}
		p.say("cli.verify.log", message.Of(message.Text, "log", log), message.Count(commits), message.Int("erased", erased),
			message.Of(message.Text, "hash", fmt.Sprintf("%x", head[:])))
	}
	return nil
}

// tokenCommand makes bearer tokens.
type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"${cli_token_create_help}"`
}

type tokenCreate struct {
	Role        string `help:"${cli_token_role}" required:"" placeholder:"ROLE"`
	Convention  string `help:"${cli_token_convention}" placeholder:"ID"`
	Participant string `help:"${cli_token_participant}" placeholder:"CODE"`
	Committee   string `help:"${cli_token_committee}" placeholder:"ID"`
	Name        string `help:"${cli_token_name}" placeholder:"TEXT"`
	Mail        string `help:"${cli_token_mail}" placeholder:"ADDRESS"`
	Language    string `help:"${cli_token_language}" default:"en" placeholder:"LANG"`
	ReadOnly    bool   `help:"${cli_token_read_only}"`
	Days        int    `help:"${cli_token_days}" default:"90" placeholder:"N"`
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
	secret, err := c.create(ctx, i.platform)
	if err = errors.Join(err, i.close()); err != nil {
		return err
	}
	fmt.Fprintln(p.out, secret)
	fmt.Fprintln(p.err, p.local.Text("cli.token.once"))
	return nil
}

func (c *tokenCreate) create(ctx context.Context, on *platform.Platform) (string, error) {
	name := c.Name
	if name == "" {
		name = c.Role + " " + c.Convention + " " + c.Participant
	}
	user, err := on.CreateUser(ctx, operator, cooperation.User{Name: name, Mail: c.Mail, Language: c.Language, Grants: []cooperation.Grant{{
		Convention: c.Convention, Role: cooperation.Role(c.Role), Participant: cooperation.Participant(c.Participant), Committee: c.Committee}}})
	if err != nil {
		return "", err
	}
	secret, _, err := on.CreateToken(ctx, operator, user.ID, name, c.ReadOnly, time.Duration(c.Days)*24*time.Hour)
	return secret, err
}

// configCommand prints the configuration in force.
type configCommand struct{}

// Run is called by kong.
func (configCommand) Run(p *program) error {
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	effective := *p.config
	effective.Store = withoutSecrets(uri)
	for _, o := range optionsOf(&effective) {
		fmt.Fprintf(p.out, "%s=%s\n", o.variable, o.value)
	}
	return nil
}
