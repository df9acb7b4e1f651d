package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// OfficeImports take files over.
type OfficeImports interface {
	KeepUpload(ctx context.Context, actor cooperation.Actor, convention string, content io.Reader, most int64) (sum string, size int64, err error)
	Upload(ctx context.Context, actor cooperation.Actor, convention, sum string) (io.ReadCloser, error)
	ImportNeeds(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.NeedContent], dry bool) (cooperation.ImportResult, error)
	ImportOffers(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.OfferContent], dry bool) (cooperation.ImportResult, error)
	ImportActivities(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.ActivityContent], dry bool) (cooperation.ImportResult, error)
	ImportHistory(ctx context.Context, actor cooperation.Actor, convention string, in platform.HistoryImport, dry bool) (*platform.HistoryOutcome, error)
}

// importing is a file on its way in.
type importing struct {
	on         OfficeImports
	actor      cooperation.Actor
	convention string
	order      map[string]string // the file, its name, and what else was said of it
	dry        bool
	progress   func(done, total int)
}

// importOutcome is what came of a file, or would come of it.
type importOutcome struct {
	Rows      int          `json:"rows"`
	Created   int          `json:"created"`
	Changed   int          `json:"changed"`
	Unchanged int          `json:"unchanged"`
	Left      int          `json:"left"`               // past help of themes that are left out
	Rejected  int          `json:"rejected"`           // rows with mistakes
	Number    int          `json:"number"`             // of mistakes
	Mistakes  []rowMistake `json:"mistakes,omitempty"` // the first of them
	Full      string       `json:"full,omitempty"`     // the digest of the list of them
	Listed    int          `json:"listed"`             // how many are in that list
	Dry       bool         `json:"dry"`
}

// rowMistake is one mistake in a file, in no language yet.
type rowMistake struct {
	Line     int             `json:"line"`
	ID       string          `json:"id,omitempty"`
	Column   string          `json:"column,omitempty"`
	Rows     int             `json:"rows,omitempty"` // that have the same mistake; 0 for this one alone
	Sentence message.Message `json:"sentence"`
}

// The bounds of what is told of mistakes: on the page, and in the list that is
// downloaded.
const (
	mostMistakesShown  = 50
	mostMistakesListed = 20_000
)

// rowsAtOnce is after how many rows it is said how far an import is.
const rowsAtOnce = 200

// importFiles are the sorts of files that are imported.
var importFiles = map[string]func(context.Context, *importing) (importOutcome, error){
	"needs": func(ctx context.Context, i *importing) (importOutcome, error) {
		return takeRows(ctx, i, exchange.ReadNeeds, i.on.ImportNeeds, exchange.NeedColumn)
	},
	"offers": func(ctx context.Context, i *importing) (importOutcome, error) {
		return takeRows(ctx, i, exchange.ReadOffers, i.on.ImportOffers, exchange.OfferColumn)
	},
	"activities": func(ctx context.Context, i *importing) (importOutcome, error) {
		return takeRows(ctx, i, exchange.ReadActivities, i.on.ImportActivities, exchange.ActivityColumn)
	},
	"history": takeHistory,
}

// take reads a file and imports it, or says what would come of that. What came
// of it until something went wrong is told too.
func (i *importing) take(ctx context.Context, sort string) (importOutcome, error) {
	out, err := importFiles[sort](ctx, i)
	out.Dry = i.dry
	var refusal *cooperation.Error
	if out.Rows == 0 && errors.As(err, &refusal) && len(refusal.Fields) > 0 { // the header row, or what was said of the file
		kept := i.tell(ctx, &out, []cooperation.RowError{{Line: 1, Err: refusal}})
		return out, errors.Join(err, kept)
	}
	return out, err
}

// open opens the file, or another that came with it.
func (i *importing) open(ctx context.Context, name string) (io.ReadCloser, error) {
	return i.on.Upload(ctx, i.actor, i.convention, i.order[name])
}

// takeRows imports rows that have an id.
func takeRows[T any](ctx context.Context, i *importing, read func(io.Reader) (exchange.Rows[T], error),
	take func(context.Context, cooperation.Actor, []cooperation.ImportRow[T], bool) (cooperation.ImportResult, error), column func(string) string) (out importOutcome, err error) {
	file, err := i.open(ctx, "file")
	if err != nil {
		return out, err
	}
	defer file.Close()
	rows, err := read(file)
	if err != nil {
		return out, err
	}
	out.Rows = len(rows.Rows) + len(rows.Errors)
	here, wrong := ofConvention(i.convention, rows.Rows)
	var result cooperation.ImportResult
	for done := 0; done < len(here) && err == nil; {
		next := min(done+rowsAtOnce, len(here))
		var part cooperation.ImportResult
		part, err = take(ctx, i.actor, here[done:next], i.dry)
		result, done = result.Plus(part), next
		i.progress(next, len(here))
	}
	result = result.InColumns(column).Plus(cooperation.ImportResult{Errors: append(rows.Errors, wrong...)})
	out.Created, out.Changed, out.Unchanged = result.Created, result.Changed, result.Unchanged
	return out, errors.Join(err, i.tell(ctx, &out, result.Errors))
}

// ofConvention keeps the rows of the convention in whose office the file is
// imported. What is of another is a mistake here.
func ofConvention[T any](convention string, rows []cooperation.ImportRow[T]) (here []cooperation.ImportRow[T], wrong []cooperation.RowError) {
	for _, row := range rows {
		if row.Convention == convention {
			here = append(here, row)
			continue
		}
		field := cooperation.FieldError{Field: "convention", Message: message.New("error.import.other_convention", message.Of(message.Text, "value", clipped(row.Convention, 40)), message.Of(message.Text, "here", convention))}
		wrong = append(wrong, cooperation.RowError{Line: row.Line, ExternalID: row.ExternalID,
			Err: &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(1)), Fields: []cooperation.FieldError{field}}})
	}
	return here, wrong
}

// takeHistory imports a set of past help.
func takeHistory(ctx context.Context, i *importing) (out importOutcome, err error) {
	in := platform.HistoryImport{HistorySource: cooperation.HistorySource{Source: i.order["source"], URL: i.order["url"]}}
	if i.order["themes"] != "" {
		themes, err := i.open(ctx, "themes")
		if err != nil {
			return out, err
		}
		defer themes.Close()
		if in.Themes, err = exchange.ReadThemeMap(themes); err != nil {
			return out, err
		}
	}
	file, err := i.open(ctx, "file")
	if err != nil {
		return out, err
	}
	defer file.Close()
	rows, err := exchange.ReadHistory(file)
	if err != nil {
		return out, err
	}
	in.Rows = rows.Rows
	came, err := i.on.ImportHistory(ctx, i.actor, i.convention, in, i.dry)
	if err != nil {
		return out, err
	}
	out.Rows, out.Left = len(rows.Rows)+len(rows.Errors), came.Left
	taken := len(rows.Rows) - came.Left - len(came.Errors)
	switch {
	case came.Changed:
		out.Created = taken
	default:
		out.Unchanged = taken
	}
	return out, i.tell(ctx, &out, append(rows.Errors, came.Errors...))
}

// tell writes down what was wrong: the first mistakes in the outcome, and a list
// of them beside it. Of past help, where many rows have the same mistake, each
// is told once.
func (i *importing) tell(ctx context.Context, out *importOutcome, wrong []cooperation.RowError) error {
	out.Rejected = len(wrong)
	var all []rowMistake
	if i.order["sort"] == "history" {
		for _, m := range cooperation.Repeated(wrong) {
			all = append(all, rowMistake{Line: m.Line, Column: m.Field, Rows: m.Rows, Sentence: m.Message})
		}
		out.Number = len(all)
	} else {
		for _, row := range wrong {
			fields := row.Err.Fields
			if len(fields) == 0 {
				fields = []cooperation.FieldError{{Message: row.Err.Message}}
			}
			for _, f := range fields {
				if out.Number++; len(all) < mostMistakesListed {
					all = append(all, rowMistake{Line: row.Line, ID: row.ExternalID, Column: f.Field, Sentence: f.Message})
				}
			}
		}
	}
	out.Mistakes, out.Listed = all[:min(len(all), mostMistakesShown)], len(all)
	if len(all) == 0 {
		return nil
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	out.Full, _, err = i.on.KeepUpload(ctx, i.actor, i.convention, strings.NewReader(string(list)), 64<<20)
	return err
}
