package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"entente/cooperation"
	"entente/message"
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
	logs, err := verifyLogs(ctx, p, s)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if logs == 0 {
		p.say("cli.verify.empty", message.Of(message.Text, "store", withoutSecrets(uri)))
		return nil
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	p.say("cli.verify.state")
	return i.close()
}

// verifyLogs checks every log and says how many there are.
func verifyLogs(ctx context.Context, p *program, s store.Store) (int, error) {
	logs, err := s.Logs(ctx)
	if err != nil {
		return 0, err
	}
	for _, log := range logs {
		var head store.Hash
		commits, erased := 0, 0
		for c, err := range s.Read(ctx, log, 0) {
			if errors.Is(err, store.ErrBroken) {
				return 0, broken(log, err)
			}
			if err != nil {
				return 0, fmt.Errorf("log %s: %w", log, err)
			}
			if err := c.Verify(head); err != nil {
				return 0, broken(log, err)
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
	return len(logs), nil
}

// broken is what an operator is told of a log whose chain does not hold.
func broken(log string, err error) error {
	cause := strings.TrimPrefix(err.Error(), store.ErrBroken.Error()+": ")
	return cooperation.Refuse(cooperation.Unavailable, "cli.verify.broken", message.Of(message.Text, "log", log), message.Of(message.Text, "cause", cause))
}

// configCommand prints the configuration in force.
type configCommand struct {
	Addr string `help:"${cli_option_addr}" env:"ENTENTE_ADDR" default:"127.0.0.1:8080" hidden:""`
}

// Run is called by kong.
func (c *configCommand) Run(p *program) error {
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	effective := *p.config
	effective.Store = withoutSecrets(uri)
	// The address belongs to serve and the language to the terminal; who asks
	// what is in force wants to see them too.
	providers, err := p.config.providerOptions(p.environment)
	if err != nil {
		return err
	}
	options := append(append(optionsOf(&effective), providers...), option{"ENTENTE_ADDR", c.Addr}, option{"ENTENTE_LANGUAGE", p.environment.language()})
	for _, o := range options {
		fmt.Fprintf(p.out, "%s=%s\n", o.variable, o.value)
	}
	return nil
}
