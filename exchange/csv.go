// Package exchange reads and writes the formats in which needs and offers
// travel: CSV for imports now. It decodes text into the domain's types and
// says line by line what it could not read; whether a posting is right is the
// domain's to say.
package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/cooperation"
	"entente/message"
)

// The limits of one file.
const (
	MaxBytes = 32 << 20
	MaxRows  = 50_000
)

// Rows are the rows of a file that could be read, and what is wrong with the
// others.
type Rows[T any] struct {
	Rows   []cooperation.ImportRow[T]
	Errors []cooperation.RowError
}

// column decodes one column of a posting.
type column[T any] struct {
	name     string
	required bool // the file must have it
	decode   func(c *cell, to *T)
}

// cell is the text of one column in one row; mistakes are gathered for the row.
type cell struct {
	name, text string
	fields     *[]cooperation.FieldError
}

func (c *cell) wrong(key string, args ...message.Arg) {
	*c.fields = append(*c.fields, cooperation.FieldError{Field: c.name, Message: message.New(key, args...)})
}

// read decodes a whole file. A file that cannot be understood as a table of
// these columns is refused with an error; a row with mistakes is left out and
// reported.
func read[T any](r io.Reader, columns []column[T]) (Rows[T], error) {
	var out Rows[T]
	table, header, err := open(r)
	if err != nil {
		return out, err
	}
	at, err := place(header, columns)
	if err != nil {
		return out, err
	}
	seen := map[string]bool{}
	for {
		record, err := table.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		line, _ := table.FieldPos(0)
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken) && errors.Is(broken.Err, csv.ErrFieldCount):
			out.fail(broken.StartLine, "", refuse("", "error.import.columns", message.Count(len(header))))
			continue
		case errors.As(err, &broken):
			out.fail(broken.StartLine, "", refuse("", "error.import.quotes"))
			return out, nil // what follows cannot be told apart from the broken row
		case err != nil:
			return out, unreadable(err)
		}
		if len(out.Rows)+len(out.Errors) >= MaxRows {
			return out, cooperation.Refuse(cooperation.TooLarge, "error.import.rows", message.Count(MaxRows))
		}
		out.row(line, record, at, columns, seen)
	}
}

// row decodes one record.
func (out *Rows[T]) row(line int, record []string, at []int, columns []column[T], seen map[string]bool) {
	row := cooperation.ImportRow[T]{Line: line}
	var fields []cooperation.FieldError
	for i, c := range columns {
		if at[i] < 0 {
			continue
		}
		text := strings.TrimSpace(record[at[i]])
		cl := &cell{c.name, text, &fields}
		switch {
		case !utf8.ValidString(text):
			cl.wrong("error.import.encoding")
		case c.name == "external_id":
			row.ExternalID = text
			checkExternalID(cl, seen)
		case c.name == "convention":
			if row.Convention = text; text == "" {
				cl.wrong("error.invalid.required")
			}
		case text != "":
			c.decode(cl, &row.Content)
		}
	}
	if len(fields) > 0 {
		out.fail(line, row.ExternalID, &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(len(fields))), Fields: fields})
		return
	}
	out.Rows = append(out.Rows, row)
}

// maxExternalID is the length of the longest id that a row may bring.
const maxExternalID = 200

func checkExternalID(c *cell, seen map[string]bool) {
	switch {
	case c.text == "":
		c.wrong("error.invalid.required")
	case len(c.text) > maxExternalID:
		c.wrong("error.invalid.too_long", message.Int("max", maxExternalID))
	case seen[c.text]:
		c.wrong("error.import.repeated")
	}
	seen[c.text] = true
}

func (out *Rows[T]) fail(line int, id string, err *cooperation.Error) {
	out.Errors = append(out.Errors, cooperation.RowError{Line: line, ExternalID: id, Err: err})
}

func refuse(field, key string, args ...message.Arg) *cooperation.Error {
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(1)),
		Fields: []cooperation.FieldError{{Field: field, Message: message.New(key, args...)}}}
}

func unreadable(err error) error {
	var tooLarge interface{ Error() string }
	if errors.Is(err, errTooLarge) && errors.As(err, &tooLarge) {
		return cooperation.Refuse(cooperation.TooLarge, "error.import.size", message.Int("megabytes", MaxBytes>>20))
	}
	return err
}

// open skips a byte order mark, finds out the separator (spreadsheets in many
// languages write semicolons) and reads the header.
func open(r io.Reader) (*csv.Reader, []string, error) {
	b := bufio.NewReaderSize(&limited{r: r, left: MaxBytes}, 64<<10)
	if mark, _ := b.Peek(3); bytes.Equal(mark, []byte("\xEF\xBB\xBF")) {
		_, _ = b.Discard(3) // what was peeked can be discarded
	}
	start, _ := b.Peek(32 << 10) // an error comes back with the first read
	first, _, _ := bytes.Cut(start, []byte("\n"))
	table := csv.NewReader(b)
	table.ReuseRecord = true
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		table.Comma = ';'
	}
	header, err := table.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil, cooperation.Refuse(cooperation.Invalid, "error.import.empty")
	case err != nil:
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, nil, cooperation.Refuse(cooperation.Invalid, "error.import.not_csv")
		}
		return nil, nil, unreadable(err)
	}
	header = slices.Clone(header)
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	return table, header, nil
}

// place finds where each column stands. An unknown or repeated column refuses
// the file: what people wrote in it would be lost without a word.
func place[T any](header []string, columns []column[T]) ([]int, error) {
	var fields []cooperation.FieldError
	for i, h := range header {
		known := slices.ContainsFunc(columns, func(c column[T]) bool { return c.name == h })
		switch {
		case !known:
			fields = append(fields, cooperation.FieldError{Field: clip(h), Message: message.New("error.import.unknown_column", message.Of(message.Text, "column", clip(h)))})
		case slices.Index(header, h) != i:
			fields = append(fields, cooperation.FieldError{Field: h, Message: message.New("error.import.column_twice", message.Of(message.Text, "column", h))})
		}
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = slices.Index(header, c.name); at[i] < 0 && c.required {
			fields = append(fields, cooperation.FieldError{Field: c.name, Message: message.New("error.import.missing_column", message.Of(message.Text, "column", c.name))})
		}
	}
	if len(fields) > 0 {
		return nil, &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.import.header"), Fields: fields}
	}
	return at, nil
}

// clip keeps foreign text in an error short and printable.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

var errTooLarge = errors.New("file too large")

// limited fails, rather than ends, when a file is too large: a table that was
// cut off must not pass for a whole one.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLarge
	}
	if int64(len(b)) > l.left {
		b = b[:l.left]
	}
	n, err := l.r.Read(b)
	l.left -= int64(n)
	return n, err
}
