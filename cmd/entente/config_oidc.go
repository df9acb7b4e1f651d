package main

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"

	"entente/access"
	"entente/message"
)

// Identity providers are options with a name of their own: --oidc lists the
// names, and of each ENTENTE_OIDC_<NAME>_ISSUER, _CLIENT_ID, _CLIENT_SECRET and
// _TITLE are read, or the files that the same variables with _FILE name.

// providerSettings are the variables of one provider, by what follows its name.
// The title may be left out.
func providerSettings() []string { return []string{"ISSUER", "CLIENT_ID", "CLIENT_SECRET", "TITLE"} }

var providerName = regexp.MustCompile(`^[a-z][a-z0-9]{0,30}$`)

func (c *Config) providerNames() []string {
	return strings.FieldsFunc(c.Access.OIDC, func(r rune) bool { return r == ',' || r == ' ' })
}

// providerVariable is the name of a variable of a provider.
func providerVariable(name, setting string) string {
	return "ENTENTE_OIDC_" + strings.ToUpper(name) + "_" + setting
}

// lookup is the value of a variable, or what is in the file that its twin names.
func (e environment) lookup(variable string) (string, error) {
	if value, ok := e[variable]; ok {
		return value, nil
	}
	file, ok := e[variable+"_FILE"]
	if !ok {
		return "", nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", variable, err)
	}
	return strings.TrimRight(string(content), "\r\n"), nil
}

// checkProviders reports every mistake in the variables of the identity
// providers.
func (c *Config) checkProviders(env environment) []message.Message {
	var out []message.Message
	names := c.providerNames()
	if len(names) > 0 && c.PublicURL == "" {
		out = append(out, mistake("--public-url", c.Access.OIDC, "cli.config.oidc_address"))
	}
	for _, name := range names {
		if !providerName.MatchString(name) {
			out = append(out, mistake("--oidc", name, "cli.config.oidc_name"))
			continue
		}
		for _, setting := range providerSettings() {
			variable := providerVariable(name, setting)
			value, err := env.lookup(variable)
			u, bad := url.Parse(value)
			switch {
			case err != nil:
				out = append(out, mistake(variable+"_FILE", env[variable+"_FILE"], "cli.config.file"))
			case value == "" && setting != "TITLE":
				out = append(out, mistake(variable, name, "cli.config.oidc_missing"))
			case setting == "ISSUER" && (bad != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http"):
				out = append(out, mistake(variable, value, "cli.config.url"))
			}
		}
	}
	return out
}

// providers are the identity providers; the configuration was checked.
func (c *Config) providers(env environment) ([]access.Provider, error) {
	var out []access.Provider
	for _, name := range c.providerNames() {
		values := map[string]string{}
		for _, setting := range providerSettings() {
			value, err := env.lookup(providerVariable(name, setting))
			if err != nil {
				return nil, err
			}
			values[setting] = value
		}
		p := access.Provider{Name: name, Title: values["TITLE"], Issuer: values["ISSUER"], ClientID: values["CLIENT_ID"], ClientSecret: values["CLIENT_SECRET"]}
		if p.Title == "" {
			p.Title = name
		}
		out = append(out, p)
	}
	return out, nil
}

// providerOptions lists the variables of the providers, secrets masked.
func (c *Config) providerOptions(env environment) ([]option, error) {
	all, err := c.providers(env)
	var out []option
	for _, p := range all {
		out = append(out, option{providerVariable(p.Name, "ISSUER"), p.Issuer}, option{providerVariable(p.Name, "CLIENT_ID"), p.ClientID},
			option{providerVariable(p.Name, "CLIENT_SECRET"), masked}, option{providerVariable(p.Name, "TITLE"), p.Title})
	}
	return out, err
}
