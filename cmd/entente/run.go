package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// The exit codes: done, failed, used wrongly.
const (
	exitDone  = 0
	exitFail  = 1
	exitUsage = 2
)

// commands are the program's subcommands with their options. Help texts are
// keys of the catalogues.
type commands struct {
	Config Config `embed:"" group:"configuration"`

	Demo    demoCommand     `cmd:"" help:"${cli_demo_help}"`
	Pages   pagesCommand    `cmd:"" help:"${cli_pages_help}"`
	Serve   serveCommand    `cmd:"" help:"${cli_serve_help}"`
	Match   matchCommand    `cmd:"" help:"${cli_match_help}"`
	Plan    planCommand     `cmd:"" help:"${cli_plan_help}"`
	Import  importCommand   `cmd:"" help:"${cli_import_help}"`
	Weights weightsCommand  `cmd:"" help:"${cli_weights_help}"`
	Check   checkCommand    `cmd:"" help:"${cli_check_help}"`
	Verify  verifyCommand   `cmd:"" help:"${cli_verify_help}"`
	Doctor  doctorCommand   `cmd:"" help:"${cli_doctor_help}"`
	Backup  backupCommand   `cmd:"" help:"${cli_backup_help}"`
	Restore restoreCommand  `cmd:"" help:"${cli_restore_help}"`
	Stores  storeCommand    `cmd:"" name:"store" help:"${cli_store_help}"`
	Conf    configCommand   `cmd:"" name:"config" help:"${cli_config_help}"`
	Token   tokenCommand    `cmd:"" help:"${cli_token_help}"`
	User    userCommand     `cmd:"" help:"${cli_user_help}"`
	Mail    mailCommand     `cmd:"" help:"${cli_mail_help}"`
	Train   trainCommand    `cmd:"" help:"${cli_train_help}"`
	Back    backtestCommand `cmd:"" name:"backtest" help:"${cli_backtest_help}"`
	Bench   benchCommand    `cmd:"" help:"${cli_bench_help}"`
	Version versionCommand  `cmd:"" help:"${cli_version_help}"`
}

// program is what every command has at hand.
type program struct {
	config      *Config
	environment environment
	texts       *i18n.Catalogue
	local       *i18n.Localizer
	in          io.Reader
	out, err    io.Writer
	clock       func() time.Time // of the platform; nil for that of the world
}

// exited ends the parser early, after --help or an error.
type exited int

// run is the program: it reads arguments and environment, does one command
// and returns the exit code.
func run(ctx context.Context, args, environ []string, in io.Reader, out, errs io.Writer) (code int) {
	texts, err := i18n.New()
	if err != nil {
		fmt.Fprintln(errs, err)
		return exitFail
	}
	env := newEnvironment(environ)
	p := &program{environment: env, texts: texts, local: texts.Localizer(env.language()), in: in, out: out, err: errs}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exited:
			code = int(e)
		default:
			panic(e)
		}
	}()
	var c commands
	parser, err := kong.New(&c, append(p.helpOptions(), kong.Name("entente"), kong.Description(p.local.Text("cli.help")), kong.Writers(out, errs),
		kong.Exit(func(code int) { panic(exited(code)) }), kong.UsageOnError(), p.helpTexts(), kong.Resolvers(env.resolver()))...)
	if err != nil {
		fmt.Fprintln(errs, err)
		return exitFail
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		p.usage(err)
		return exitUsage
	}
	if mistakes := append(c.Config.check(), c.Config.checkProviders(env)...); len(mistakes) > 0 {
		for _, m := range mistakes {
			fmt.Fprintln(errs, p.local.Render(m, nil))
		}
		return exitUsage
	}
	p.config = &c.Config
	chosen.BindTo(ctx, (*context.Context)(nil))
	if err := chosen.Run(p); err != nil {
		return p.failed(err)
	}
	return exitDone
}

// usage shows what is wrong with the arguments and where help is.
func (p *program) usage(err error) {
	fmt.Fprintln(p.err, p.local.Render(message.New("cli.usage", message.Of(message.Text, "mistake", strings.TrimRight(err.Error(), " .,?"))), nil))
	if e := new(kong.ParseError); errors.As(err, &e) && e.Context != nil {
		fmt.Fprintf(p.err, "  %s --help\n", strings.TrimSpace("entente "+strings.TrimSpace(e.Context.Command())))
	}
}

// failed tells a person what went wrong: the domain's refusals in their
// language, anything else as it is, for the operator.
func (p *program) failed(err error) int {
	var refusal *cooperation.Error
	var code exitCode
	switch {
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &refusal):
		p.refusal(refusal, nil)
		fmt.Fprintln(p.err)
	default:
		fmt.Fprintln(p.err, p.local.Render(message.New("cli.failed", message.Of(message.Text, "cause", err.Error())), nil))
	}
	return exitFail
}

// exitCode ends a command that has said everything already.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// refusal prints an error of the domain, field by field.
func (p *program) refusal(e *cooperation.Error, names i18n.Names) {
	fmt.Fprint(p.err, p.local.Render(e.Message, names))
	for _, f := range e.Fields {
		fmt.Fprintf(p.err, "\n  %s: %s", f.Field, p.local.Render(f.Message, names))
	}
}

// say prints a sentence of the catalogues.
func (p *program) say(key string, args ...message.Arg) { p.sayOf(nil, key, args...) }

// sayOf is say with the names of a convention.
func (p *program) sayOf(names i18n.Names, key string, args ...message.Arg) {
	fmt.Fprintln(p.out, p.local.Render(message.New(key, args...), names))
}

// helpTexts makes the help of commands and options from the catalogues: the
// tag ${cli_demo_help} names the key cli.demo.help.
func (p *program) helpTexts() kong.Option {
	vars := kong.Vars{}
	for _, name := range helpNames(reflect.TypeFor[commands]()) {
		vars[name] = p.local.Text(helpKey(name))
	}
	return vars
}

// helpKey is the key of the catalogues for a name in a help tag.
func helpKey(name string) string { return strings.Replace(name, "_", ".", 2) }

// helpNames collects the names in the help tags of a struct and those below it.
func helpNames(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name, ok := strings.CutPrefix(f.Tag.Get("help"), "${"); ok {
			out = append(out, strings.TrimSuffix(name, "}"))
		}
		if f.Type.Kind() == reflect.Struct {
			out = append(out, helpNames(f.Type)...)
		}
	}
	return out
}
