package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"entente/i18n"
	"entente/jobs"
	"entente/message"
	"entente/platform"
)

// Config is the one table of options. Each is a flag and an environment
// variable ENTENTE_…; a variable with _FILE behind its name names a file that
// holds the value.
type Config struct {
	Store        string `help:"${cli_option_store}" placeholder:"URI" env:"ENTENTE_STORE"`
	Profiles     string `help:"${cli_option_profiles}" placeholder:"DIR" env:"ENTENTE_PROFILES"`
	PublicURL    string `help:"${cli_option_public_url}" placeholder:"URL" env:"ENTENTE_PUBLIC_URL"`
	MatchSlots   string `help:"${cli_option_match_slots}" placeholder:"CRON" env:"ENTENTE_MATCH_SLOTS" default:"0 * * * *"`
	ClockSlots   string `help:"${cli_option_clock_slots}" placeholder:"CRON" env:"ENTENTE_CLOCK_SLOTS" default:"*/10 * * * *"`
	SMTP         string `help:"${cli_option_smtp}" placeholder:"HOST:PORT" env:"ENTENTE_SMTP" name:"smtp"`
	SMTPTLS      string `help:"${cli_option_smtp_tls}" placeholder:"MODE" env:"ENTENTE_SMTP_TLS" name:"smtp-tls" default:"starttls"`
	SMTPUser     string `help:"${cli_option_smtp_user}" placeholder:"NAME" env:"ENTENTE_SMTP_USER" name:"smtp-user"`
	SMTPPassword string `help:"${cli_option_smtp_password}" placeholder:"SECRET" env:"ENTENTE_SMTP_PASSWORD" name:"smtp-password" secret:""`
	SMTPFrom     string `help:"${cli_option_smtp_from}" placeholder:"ADDRESS" env:"ENTENTE_SMTP_FROM" name:"smtp-from" default:"entente@localhost"`
	Key          string `help:"${cli_option_key}" placeholder:"SECRET" env:"ENTENTE_KEY" secret:""`
	Loopback     string `help:"${cli_option_webhook_loopback}" placeholder:"yes|no" env:"ENTENTE_WEBHOOK_LOOPBACK" name:"webhook-loopback" default:"no"`
	LogFormat    string `help:"${cli_option_log_format}" placeholder:"FORM" env:"ENTENTE_LOG_FORMAT" default:"text"`
	LogLevel     string `help:"${cli_option_log_level}" placeholder:"LEVEL" env:"ENTENTE_LOG_LEVEL" default:"info"`

	Access accessConfig `embed:""`
}

// check reports every mistake in the configuration at once, by name.
func (c *Config) check() []message.Message {
	var out []message.Message
	wrong := func(option, value, key string) { out = append(out, mistake(option, value, key)) }
	c.Access.check(wrong)
	if c.Store != "" && !strings.HasPrefix(c.Store, "sqlite://") && !strings.HasPrefix(c.Store, "mongodb://") && !strings.HasPrefix(c.Store, "mongodb+srv://") {
		wrong("--store", withoutSecrets(c.Store), "cli.config.store")
	}
	if c.Profiles != "" {
		if info, err := os.Stat(c.Profiles); err != nil || !info.IsDir() {
			wrong("--profiles", c.Profiles, "cli.config.folder")
		}
	}
	if u, err := url.Parse(c.PublicURL); c.PublicURL != "" && (err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http") {
		wrong("--public-url", withoutSecrets(c.PublicURL), "cli.config.url")
	}
	for option, slots := range map[string]string{"--match-slots": c.MatchSlots, "--clock-slots": c.ClockSlots} {
		if jobs.CheckSchedule(slots) != nil {
			wrong(option, slots, "cli.config.cron")
		}
	}
	if _, port, err := net.SplitHostPort(c.SMTP); c.SMTP != "" && (err != nil || port == "" || strings.Contains(c.SMTP, "@")) {
		wrong("--smtp", c.SMTP[strings.LastIndexByte(c.SMTP, '@')+1:], "cli.config.address") // before an @ might stand a password
	}
	if n := len(c.Key); n > 0 && n < platform.ShortestKey {
		out = append(out, message.New("cli.config.key", message.Of(message.Text, "option", "--key"), message.Int("min", platform.ShortestKey)))
	}
	choice := func(option, value string, allowed ...string) {
		for _, a := range allowed {
			if value == a {
				return
			}
		}
		out = append(out, message.New("cli.config.choice", message.Of(message.Text, "option", option), message.Of(message.Text, "value", value),
			message.Of(message.Text, "allowed", strings.Join(allowed, ", "))))
	}
	choice("--smtp-tls", c.SMTPTLS, "none", "starttls", "tls")
	choice("--webhook-loopback", c.Loopback, "yes", "no")
	choice("--log-format", c.LogFormat, "text", "json")
	choice("--log-level", c.LogLevel, "debug", "info", "warn", "error")
	return out
}

// storeURI is where the data is: the option, or a file under the user's data
// folder.
func (c *Config) storeURI(env environment) (string, error) {
	if c.Store != "" {
		return c.Store, nil
	}
	folder := env["XDG_DATA_HOME"]
	if folder == "" {
		home := env["HOME"]
		if home == "" {
			return "", fmt.Errorf("neither ENTENTE_STORE nor HOME is set")
		}
		folder = filepath.Join(home, ".local", "share")
	}
	return "sqlite://" + filepath.Join(folder, "entente", "entente.db"), nil
}

// withoutSecrets hides the password of a URI.
func withoutSecrets(uri string) string {
	if u, err := url.Parse(uri); err == nil {
		return u.Redacted()
	}
	if i, j := strings.Index(uri, "://"), strings.LastIndex(uri, "@"); i >= 0 && j > i {
		return uri[:i+3] + "xxxxx" + uri[j:]
	}
	return uri
}

// logger writes the program's log to standard error.
func (p *program) logger() *slog.Logger {
	var level slog.Level
	if level.UnmarshalText([]byte(p.config.LogLevel)) != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if p.config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.err, options))
	}
	return slog.New(slog.NewTextHandler(p.err, options))
}

// environment is the process's environment.
type environment map[string]string

func newEnvironment(environ []string) environment {
	e := environment{}
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		e[name] = value
	}
	return e
}

// language is that of the operator.
func (e environment) language() string {
	for _, name := range []string{"ENTENTE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		tag, _, _ := strings.Cut(e[name], ".")
		if tag != "" && tag != "C" && tag != "POSIX" {
			return i18n.Negotiate(strings.ReplaceAll(tag, "_", "-"))
		}
	}
	return "en"
}

// resolver gives options their value from ENTENTE_… and ENTENTE_…_FILE. The
// parser's own look at the environment is left out, so that a test can give
// another one.
func (e environment) resolver() kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range flag.Envs {
			if value, ok := e[name]; ok {
				return value, nil
			}
			if file, ok := e[name+"_FILE"]; ok {
				content, err := os.ReadFile(file)
				if err != nil {
					return nil, fmt.Errorf("%s_FILE: %w", name, err)
				}
				return strings.TrimRight(string(content), "\r\n"), nil
			}
		}
		return nil, nil
	})
}

// option is one line of the effective configuration.
type option struct{ variable, value string }

// masked stands for a secret that is set.
const masked = "********"

// optionsOf lists the options with their values, secrets masked.
func optionsOf(c *Config) []option { return optionsIn(reflect.ValueOf(c).Elem()) }

func optionsIn(v reflect.Value) []option {
	var out []option
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type.Kind() == reflect.Struct {
			out = append(out, optionsIn(v.Field(i))...)
			continue
		}
		value := v.Field(i).String()
		if _, secret := f.Tag.Lookup("secret"); secret && value != "" {
			value = masked
		}
		out = append(out, option{f.Tag.Get("env"), value})
	}
	return out
}
