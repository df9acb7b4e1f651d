package main

import (
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"entente/access"
	"entente/message"
)

// accessConfig are the options on who is let in, and over which line.
type accessConfig struct {
	TrustedProxies string `help:"${cli_option_trusted_proxies}" placeholder:"LIST" env:"ENTENTE_TRUSTED_PROXIES"`
	TLSCert        string `help:"${cli_option_tls_cert}" placeholder:"FILE" env:"ENTENTE_TLS_CERT" name:"tls-cert"`
	TLSKey         string `help:"${cli_option_tls_key}" placeholder:"FILE" env:"ENTENTE_TLS_KEY" name:"tls-key"`
	SessionIdle    string `help:"${cli_option_session_idle}" placeholder:"TIME" env:"ENTENTE_SESSION_IDLE" default:"8h"`
	SessionLife    string `help:"${cli_option_session_life}" placeholder:"TIME" env:"ENTENTE_SESSION_LIFE" default:"168h"`
	OIDC           string `help:"${cli_option_oidc}" placeholder:"NAMES" env:"ENTENTE_OIDC" name:"oidc"`
	RateAddress    string `help:"${cli_option_rate_address}" placeholder:"NUMBER" env:"ENTENTE_RATE_ADDRESS" default:"200"`
	RateAccount    string `help:"${cli_option_rate_account}" placeholder:"NUMBER" env:"ENTENTE_RATE_ACCOUNT" default:"200"`
}

// check reports every mistake, by the name of the option.
func (c *accessConfig) check(wrong func(option, value, key string)) {
	if _, err := c.proxies(); err != nil {
		wrong("--trusted-proxies", c.TrustedProxies, "cli.config.networks")
	}
	switch {
	case (c.TLSCert == "") != (c.TLSKey == ""):
		wrong("--tls-cert, --tls-key", c.TLSCert+c.TLSKey, "cli.config.tls_pair")
	case c.TLSCert != "":
		for option, file := range map[string]string{"--tls-cert": c.TLSCert, "--tls-key": c.TLSKey} {
			if info, err := os.Stat(file); err != nil || info.IsDir() {
				wrong(option, file, "cli.config.file")
			}
		}
	}
	for option, value := range map[string]string{"--session-idle": c.SessionIdle, "--session-life": c.SessionLife} {
		if d, err := time.ParseDuration(value); err != nil || d < time.Minute {
			wrong(option, value, "cli.config.duration")
		}
	}
	for option, value := range map[string]string{"--rate-address": c.RateAddress, "--rate-account": c.RateAccount} {
		if n, err := strconv.Atoi(value); err != nil || n < 0 {
			wrong(option, value, "cli.config.number")
		}
	}
}

// proxies are the networks in the option, a single address being one too.
func (c *accessConfig) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range strings.FieldsFunc(c.TrustedProxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		if at, err := netip.ParseAddr(text); err == nil {
			out = append(out, netip.PrefixFrom(at.Unmap(), at.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, err
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// access makes the room that lets people in. The options were checked.
func (p *program) access(i *installation) (*access.Access, error) {
	c := p.config.Access
	proxies, err := c.proxies()
	if err != nil {
		return nil, err
	}
	providers, err := p.config.providers(p.environment)
	if err != nil {
		return nil, err
	}
	duration := func(s string) time.Duration { d, _ := time.ParseDuration(s); return d } // 0, the default, when it is none
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	return access.New(access.Options{People: i.platform, Values: i.store.Ephemeral(), Texts: p.texts, Logger: i.log,
		PublicURL: p.config.PublicURL, Mail: i.deliver != nil, Providers: providers, Secure: c.TLSCert != "", Trusted: proxies, Idle: duration(c.SessionIdle), Life: duration(c.SessionLife),
		AddressRate: number(c.RateAddress), AccountRate: number(c.RateAccount)})
}

// mistake is one of the configuration, by the name of the option.
func mistake(option, value, key string) message.Message {
	return message.New(key, message.Of(message.Text, "option", option), message.Of(message.Text, "value", value))
}
