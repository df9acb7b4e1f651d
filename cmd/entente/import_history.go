package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// importHistory takes over past help from a file.
type importHistory struct {
	File       string `arg:"" help:"${cli_import_file}"`
	Convention string `required:"" help:"${cli_history_convention}" placeholder:"ID"`
	Source     string `required:"" help:"${cli_history_source}" placeholder:"TEXT"`
	URL        string `help:"${cli_history_url}" name:"url" placeholder:"URL"`
	ThemeMap   string `help:"${cli_history_theme_map}" name:"theme-map" placeholder:"FILE"`
	DryRun     bool   `help:"${cli_import_dry_run}"`
	JSON       bool   `help:"${cli_option_json}" name:"json"`
}

// historyReport is what an import of past help did, in the form of --json.
type historyReport struct {
	DryRun   bool              `json:"dry_run"`
	Changed  bool              `json:"changed"`
	Set      string            `json:"set,omitempty"`
	Rows     int               `json:"rows"`
	Taken    int               `json:"taken"`
	LeftOut  int               `json:"left_out"`
	Rejected int               `json:"rejected"`
	Errors   []historyMistakes `json:"errors"`
}

// historyMistakes is a mistake that rows have in common.
type historyMistakes struct {
	Line    int    `json:"line"`
	Rows    int    `json:"rows"`
	Column  string `json:"column"`
	Message string `json:"message"`
}

// run is called by the command above.
func (c *importHistory) run(ctx context.Context, p *program) error {
	in, unread, err := c.read()
	if err != nil {
		return err
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	out, err := c.take(ctx, i, in)
	if err = errors.Join(err, i.close()); err != nil {
		return err
	}
	return p.showHistory(c, in, append(unread, out.Errors...), out)
}

// read reads the file, and the one that says what its themes are.
func (c *importHistory) read() (in platform.HistoryImport, unread []cooperation.RowError, err error) {
	in.HistorySource = cooperation.HistorySource{Source: c.Source, URL: c.URL}
	if c.ThemeMap != "" {
		f, err := openFile(c.ThemeMap)
		if err != nil {
			return in, nil, err
		}
		defer f.Close()
		if in.Themes, err = exchange.ReadThemeMap(f); err != nil {
			return in, nil, err
		}
	}
	f, err := openFile(c.File)
	if err != nil {
		return in, nil, err
	}
	defer f.Close()
	rows, err := exchange.ReadHistory(f)
	in.Rows = rows.Rows
	return in, rows.Errors, err
}

func (c *importHistory) take(ctx context.Context, i *installation, in platform.HistoryImport) (*platform.HistoryOutcome, error) {
	if _, served := i.platform.Convention(c.Convention); !served {
		return nil, cooperation.Refuse(cooperation.Invalid, "error.invalid.unknown_convention", message.Of(message.Text, "value", c.Convention))
	}
	return i.platform.ImportHistory(ctx, operator, c.Convention, in, c.DryRun)
}

func (p *program) showHistory(c *importHistory, in platform.HistoryImport, wrong []cooperation.RowError, out *platform.HistoryOutcome) error {
	report := historyReport{DryRun: c.DryRun, Changed: out.Changed, LeftOut: out.Left, Rejected: len(wrong), Errors: []historyMistakes{}}
	report.Rows, report.Taken = len(in.Rows)+len(wrong)-len(out.Errors), len(in.Rows)-out.Left-len(out.Errors)
	if out.Set != nil {
		report.Set = out.Set.ID
	}
	for _, m := range cooperation.Repeated(wrong) {
		report.Errors = append(report.Errors, historyMistakes{m.Line, m.Rows, m.Field, p.local.Render(m.Message, nil)})
	}
	if c.JSON {
		encoder := json.NewEncoder(p.out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(report); err != nil {
			return err
		}
	} else {
		p.tellHistory(c, report, out)
	}
	if report.Rejected > 0 {
		return exitCode(exitFail)
	}
	return nil
}

// tellHistory says to people what the import did.
func (p *program) tellHistory(c *importHistory, report historyReport, out *platform.HistoryOutcome) {
	for _, e := range report.Errors {
		place := fmt.Sprintf("%s:%d: ", c.File, e.Line)
		if e.Column != "" {
			place += e.Column + ": "
		}
		if e.Rows > 1 {
			e.Message += " " + p.local.Render(message.New("cli.history.more", message.Count(e.Rows-1)), nil)
		}
		fmt.Fprintln(p.err, place+e.Message)
	}
	key := "cli.history.done"
	switch {
	case out.Set == nil:
		key = "cli.history.nothing"
	case !out.Changed:
		key = "cli.history.unchanged"
	case c.DryRun:
		key = "cli.history.would"
	}
	p.say(key, message.Count(report.Rows), message.Int("taken", report.Taken), message.Int("left", report.LeftOut), message.Int("rejected", report.Rejected))
}
