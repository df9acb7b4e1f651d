package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// importCommand takes over needs, offers or activities from a file.
type importCommand struct {
	Needs      importFile `cmd:"" help:"${cli_import_needs_help}"`
	Offers     importFile `cmd:"" help:"${cli_import_offers_help}"`
	Activities importFile `cmd:"" help:"${cli_import_activities_help}"`

	History importHistory `cmd:"" help:"${cli_import_history_help}"`
}

type importFile struct {
	File   string `arg:"" help:"${cli_import_file}"`
	DryRun bool   `help:"${cli_import_dry_run}"`
	JSON   bool   `help:"${cli_option_json}" name:"json"`
}

// importReport is what an import did, in the form of --json and of the API.
type importReport struct {
	DryRun    bool          `json:"dry_run"`
	Rows      int           `json:"rows"`
	Created   int           `json:"created"`
	Changed   int           `json:"changed"`
	Unchanged int           `json:"unchanged"`
	Rejected  int           `json:"rejected"`
	Errors    []importError `json:"errors"`
}

type importError struct {
	Line       int    `json:"line"`
	ExternalID string `json:"external_id,omitempty"`
	Column     string `json:"column"`
	Message    string `json:"message"`
}

// importer reads files into the platform.
type importer struct{ *platform.Platform }

// Needs imports needs from CSV.
func (i importer) Needs(ctx context.Context, actor cooperation.Actor, r io.Reader, dry bool) (cooperation.ImportResult, error) {
	rows, err := exchange.ReadNeeds(r)
	if err != nil {
		return cooperation.ImportResult{}, err
	}
	result, err := i.ImportNeeds(ctx, actor, rows.Rows, dry)
	return result.InColumns(exchange.NeedColumn).Plus(cooperation.ImportResult{Errors: rows.Errors}), err
}

// Offers imports offers from CSV.
func (i importer) Offers(ctx context.Context, actor cooperation.Actor, r io.Reader, dry bool) (cooperation.ImportResult, error) {
	rows, err := exchange.ReadOffers(r)
	if err != nil {
		return cooperation.ImportResult{}, err
	}
	result, err := i.ImportOffers(ctx, actor, rows.Rows, dry)
	return result.InColumns(exchange.OfferColumn).Plus(cooperation.ImportResult{Errors: rows.Errors}), err
}

// Activities imports activities from CSV.
func (i importer) Activities(ctx context.Context, actor cooperation.Actor, r io.Reader, dry bool) (cooperation.ImportResult, error) {
	rows, err := exchange.ReadActivities(r)
	if err != nil {
		return cooperation.ImportResult{}, err
	}
	result, err := i.ImportActivities(ctx, actor, rows.Rows, dry)
	return result.InColumns(exchange.ActivityColumn).Plus(cooperation.ImportResult{Errors: rows.Errors}), err
}

// Run is called by kong; the command above it says what is in the file.
func (c *importCommand) Run(ctx context.Context, p *program) error {
	if c.History.File != "" {
		return c.History.run(ctx, p)
	}
	file, take := c.Needs, importer.Needs
	switch {
	case c.Offers.File != "":
		file, take = c.Offers, importer.Offers
	case c.Activities.File != "":
		file, take = c.Activities, importer.Activities
	}
	f, err := openFile(file.File)
	if err != nil {
		return err
	}
	defer f.Close()
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	result, err := take(importer{i.platform}, ctx, operator, f, file.DryRun)
	if err = errors.Join(err, i.close()); err != nil {
		return err
	}
	return p.showImport(result, file)
}

// openFile opens a file that a person names.
func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cooperation.Refuse(cooperation.Invalid, "cli.import.no_file", message.Of(message.Text, "file", name))
	}
	return f, err
}

func (p *program) showImport(r cooperation.ImportResult, file importFile) error {
	report := importReport{DryRun: file.DryRun, Created: r.Created, Changed: r.Changed, Unchanged: r.Unchanged, Rejected: len(r.Errors), Errors: []importError{}}
	report.Rows = r.Created + r.Changed + r.Unchanged + len(r.Errors)
	for _, row := range r.Errors {
		for _, f := range row.Err.Fields {
			report.Errors = append(report.Errors, importError{row.Line, row.ExternalID, f.Field, p.local.Render(f.Message, nil)})
		}
		if len(row.Err.Fields) == 0 {
			report.Errors = append(report.Errors, importError{row.Line, row.ExternalID, "", p.local.Render(row.Err.Message, nil)})
		}
	}
	if file.JSON {
		encoder := json.NewEncoder(p.out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(report); err != nil {
			return err
		}
	} else {
		for _, e := range report.Errors {
			place := fmt.Sprintf("%s:%d: ", file.File, e.Line)
			if e.Column != "" { // a mistake of the whole row has none
				place += e.Column + ": "
			}
			fmt.Fprintln(p.err, place+e.Message)
		}
		key := "cli.import.done"
		if file.DryRun {
			key = "cli.import.would"
		}
		p.say(key, message.Count(report.Rows), message.Int("created", r.Created), message.Int("changed", r.Changed),
			message.Int("unchanged", r.Unchanged), message.Int("rejected", report.Rejected))
	}
	if report.Rejected > 0 {
		return exitCode(exitFail)
	}
	return nil
}
