package main

import (
	"fmt"
	"runtime/debug"

	"entente/message"
	"entente/profiles"
	"entente/reference"
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
