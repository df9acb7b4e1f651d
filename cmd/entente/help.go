package main

import (
	"bytes"
	"strings"

	"github.com/alecthomas/kong"

	"entente/message"
)

// configuration is the group of the options that every command has. Help shows
// a command's own options before them.
const configuration = "configuration"

// helpOptions make the parser's help speak the operator's language and name
// the default of every option.
func (p *program) helpOptions() []kong.Option {
	return []kong.Option{
		kong.ExplicitGroups([]kong.Group{{Key: configuration, Title: p.local.Text("cli.help_title.configuration") + ":"}}),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.ValueFormatter(p.describe),
		kong.Help(p.printHelp),
		kong.PostBuild(func(k *kong.Kong) error {
			k.Model.HelpFlag.Help = p.local.Text("cli.option.help")
			return nil
		}),
	}
}

// describe is the help of one option: the sentence, its default and the
// variable that sets it.
func (p *program) describe(v *kong.Value) string {
	sentence := v.Help
	if v.HasDefault && v.Default != "" && !v.IsBool() {
		sentence += " " + p.local.Render(message.New("cli.option.default", message.Of(message.Text, "value", v.Default)), nil)
	}
	if len(v.Tag.Envs) > 0 {
		sentence += " ($" + strings.Join(v.Tag.Envs, ", $") + ")"
	}
	return sentence
}

// printHelp prints the parser's help with its fixed English words replaced.
func (p *program) printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var english bytes.Buffer
	terminal := ctx.Stdout
	ctx.Stdout = &english
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = terminal
	if err != nil {
		return err
	}
	_, err = terminal.Write([]byte(p.translateHelp(english.String())))
	return err
}

// translateHelp replaces the words that the parser prints in English whatever
// the texts of the commands. All of them begin a line.
func (p *program) translateHelp(english string) string {
	lines := strings.Split(english, "\n")
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "Usage: "):
			lines[i] = p.local.Text("cli.help_title.usage") + ": " + strings.Replace(strings.TrimPrefix(line, "Usage: "), " [flags]", " [--…]", 1)
		case line == "Arguments:":
			lines[i] = p.local.Text("cli.help_title.arguments") + ":"
		case line == "Flags:":
			lines[i] = p.local.Text("cli.help_title.flags") + ":"
		case line == "Commands:":
			lines[i] = p.local.Text("cli.help_title.commands") + ":"
		case strings.HasPrefix(line, "Run \"entente "):
			lines[i] = p.local.Text("cli.help_title.more")
		}
	}
	return strings.Join(lines, "\n")
}
