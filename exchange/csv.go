// Package exchange reads and writes the formats in which needs, offers and
// activities travel: CSV and XLSX for imports; CSV, lines of JSON and XLSX for
// open data. It decodes text into the domain's types and says line by line what
// it could not read; whether a posting is right is the domain's to say.
package exchange

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"entente/cooperation"
	"entente/message"
)

// The limits of one file. A file over one of them is refused whole: half of a
// table must not pass for all of it.
const (
	MaxBytes = 32 << 20
	MaxRows  = 50_000 // rows with a value, the header row not counted
)

// Rows are the rows of a file that could be read, and what is wrong with the
// others, both in the order of the file.
type Rows[T any] struct {
	Rows   []cooperation.ImportRow[T]
	Errors []cooperation.RowError
}

// form is the columns of a file of postings. finish, where there is one,
// completes a posting of which all columns have been read.
type form[T any] struct {
	columns []column[T]
	finish  func(to *T)
}

// column decodes one column of a posting. The columns external_id and
// convention, which say which posting it is, have no decode.
type column[T any] struct {
	name     string
	required bool // the file must have it
	form     CellForm
	decode   func(c *cell, to *T)
}

// reading is one file being read.
type reading[T any] struct {
	form[T]
	places places
	first  map[rowID]int // the line on which a posting appears first
	out    Rows[T]
}

// rowID tells rows apart: the same external id may stand once in every
// convention.
type rowID struct{ convention, externalID string }

// read decodes a whole file. A file that cannot be understood as a table of
// these columns is refused with an error; a row with mistakes is left out and
// reported.
func read[T any](r io.Reader, f form[T]) (Rows[T], error) {
	data, err := load(r)
	if err != nil {
		return Rows[T]{}, err
	}
	table, err := tableOf(data, f.days())
	if err != nil {
		return Rows[T]{}, err
	}
	header, err := readHeader(table)
	if err != nil {
		return Rows[T]{}, err
	}
	at, err := place(header, f.names(), f.required())
	if err != nil {
		return Rows[T]{}, err
	}
	file := &reading[T]{form: f, places: at, first: map[rowID]int{}}
	if err := file.rows(table, len(header)); err != nil {
		return Rows[T]{}, err
	}
	return file.out, nil
}

// rows decodes every row below the header row.
func (r *reading[T]) rows(table lines, width int) error {
	for count := 0; ; {
		record, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *csv.ParseError
		if err != nil && !errors.As(err, &broken) {
			return err
		}
		whole := broken == nil || errors.Is(broken.Err, csv.ErrFieldCount)
		if whole && blank(record) {
			continue // spreadsheets write such rows below a table
		}
		if count++; count > MaxRows {
			return cooperation.Refuse(cooperation.TooLarge, "error.import.rows", message.Int("max", MaxRows))
		}
		switch {
		case broken == nil:
			line, _ := table.FieldPos(0)
			r.row(line, record)
		case whole:
			r.fail(broken.StartLine, "", mistake("error.import.columns", message.Int("found", len(record)), message.Int("expected", width)))
		default:
			r.fail(broken.StartLine, "", mistake("error.import.quotes", message.Int("line", broken.Line)))
		}
	}
}

func blank(record []string) bool {
	for _, text := range record {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

// row decodes one record.
func (r *reading[T]) row(line int, record []string) {
	row := cooperation.ImportRow[T]{Line: line}
	var found mistakes
	for i, c := range r.columns {
		text := ""
		if at := r.places.named[i]; at >= 0 {
			text = strings.TrimSpace(record[at])
		}
		cl := &cell{c.name, text, &found}
		if !cl.readable() {
			continue
		}
		switch {
		case c.name == "external_id":
			row.ExternalID = cl.externalID()
		case c.name == "convention":
			row.Convention = cl.convention()
		case text != "":
			c.decode(cl, &row.Content)
		}
	}
	for _, at := range r.places.unnamed {
		if strings.TrimSpace(record[at]) != "" {
			found.add("", "error.import.unnamed_column", message.Int("number", at+1))
		}
	}
	r.once(&row, &found)
	if len(found) > 0 {
		r.fail(line, row.ExternalID, found)
		return
	}
	if r.finish != nil {
		r.finish(&row.Content)
	}
	r.out.Rows = append(r.out.Rows, row)
}

// once refuses a row that names the same posting as an earlier one: which of
// the two holds is for a person to say.
func (r *reading[T]) once(row *cooperation.ImportRow[T], found *mistakes) {
	id := rowID{row.Convention, row.ExternalID}
	if id.convention == "" || id.externalID == "" {
		return
	}
	if line, twice := r.first[id]; twice {
		found.add("external_id", "error.import.repeated", message.Int("line", line))
		return
	}
	r.first[id] = row.Line
}

func (r *reading[T]) fail(line int, id string, found mistakes) {
	r.out.Errors = append(r.out.Errors, cooperation.RowError{Line: line, ExternalID: id, Err: found.error("error.invalid.fields", message.Count(len(found)))})
}

func (f form[T]) names() []string {
	out := make([]string, len(f.columns))
	for i, c := range f.columns {
		out[i] = c.name
	}
	return out
}

// describe lists the columns for people.
func (f form[T]) describe() []FileColumn {
	out := make([]FileColumn, len(f.columns))
	for i, c := range f.columns {
		out[i] = FileColumn{c.name, c.required, c.form}
	}
	return out
}

// days are the columns in which a day stands.
func (f form[T]) days() []string {
	var out []string
	for _, c := range f.columns {
		if c.form == AsDate {
			out = append(out, c.name)
		}
	}
	return out
}

func (f form[T]) required() []string {
	var out []string
	for _, c := range f.columns {
		if c.required {
			out = append(out, c.name)
		}
	}
	return out
}
