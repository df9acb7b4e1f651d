package exchange

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// ReadHistory reads past help from CSV: a header row, then in each row a year,
// who was helped, with what, by whom and, where it is stated, with how many US
// dollars. HistoryColumns names the columns. The themes are in the words of the
// file; cooperation.Convention.TakeHistory finds those of a convention.
func ReadHistory(r io.Reader) (Rows[cooperation.HistoryRow], error) {
	return plainTable(r, HistoryColumns(), 4, cooperation.MaxHistoryRows, historyRow)
}

// HistoryColumns lists the columns of a file of past help; required ones first.
func HistoryColumns() []string { return []string{"year", "beneficiary", "theme", "provider", "amount"} }

// dollars is the currency of past help.
const dollars = "USD"

// historyRow reads the cells of one row.
func historyRow(cells []cell) cooperation.HistoryRow {
	r := cooperation.HistoryRow{Year: cells[0].year(), Beneficiary: cells[1].country(), Theme: cells[2].word(), Provider: cells[3].helper()}
	if text := cells[4].text; text != "" {
		cents, err := cooperation.Money{Amount: text, Currency: dollars}.Minor()
		if err != nil {
			cells[4].wrong("error.invalid.amount", message.Of(message.Text, "currency", dollars))
		}
		r.Cents = cents
	}
	return r
}

// ReadThemeMap reads which theme of the convention each name of a source is:
// CSV with the columns name and theme. A name without a theme is one whose rows
// are left out.
func ReadThemeMap(r io.Reader) (map[string]string, error) {
	type pair struct{ name, theme string }
	rows, err := plainTable(r, []string{"name", "theme"}, 2, MaxRows, func(cells []cell) pair { return pair{cells[0].word(), cells[1].text} })
	if err != nil {
		return nil, err
	}
	for _, e := range rows.Errors {
		return nil, cooperation.Refuse(cooperation.Invalid, "error.import.map", message.Int("line", e.Line))
	}
	out := make(map[string]string, len(rows.Rows))
	for _, row := range rows.Rows {
		out[row.Content.name] = row.Content.theme
	}
	return out, nil
}

// plainTable reads a file whose rows have no id: its columns, of which the
// first so many are required, and at most so many rows.
func plainTable[T any](r io.Reader, columns []string, required, most int, decode func([]cell) T) (Rows[T], error) {
	var out Rows[T]
	data, err := load(r)
	if err != nil {
		return out, err
	}
	table, err := tableOf(data, nil)
	if err != nil {
		return out, err
	}
	header, err := readHeader(table)
	if err != nil {
		return out, err
	}
	at, err := place(header, columns, columns[:required])
	if err != nil {
		return out, err
	}
	for count := 0; ; {
		record, err := table.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err == nil && blank(record) {
			continue
		}
		if count++; count > most {
			return Rows[T]{}, cooperation.Refuse(cooperation.TooLarge, "error.import.rows", message.Int("max", most))
		}
		var line int
		var row T
		var found mistakes
		if err == nil {
			line, row, found = plainRow(table, record, columns, at, decode)
		} else if line, found = brokenRow(err, len(record), len(header)); found == nil {
			return Rows[T]{}, err
		}
		switch {
		case len(found) > 0:
			out.Errors = append(out.Errors, cooperation.RowError{Line: line, Err: found.error("error.invalid.fields", message.Count(len(found)))})
		default:
			out.Rows = append(out.Rows, cooperation.ImportRow[T]{Line: line, Content: row})
		}
	}
}

// brokenRow says what is wrong with a row that is none: nothing when it is the
// reading that failed.
func brokenRow(failed error, cells, width int) (line int, found mistakes) {
	var broken *csv.ParseError
	switch {
	case !errors.As(failed, &broken):
		return 0, nil
	case errors.Is(broken.Err, csv.ErrFieldCount):
		return broken.StartLine, mistake("error.import.columns", message.Int("found", cells), message.Int("expected", width))
	}
	return broken.StartLine, mistake("error.import.quotes", message.Int("line", broken.Line))
}

// plainRow reads one row, or says what is wrong with it.
func plainRow[T any](table lines, record []string, columns []string, at places, decode func([]cell) T) (line int, row T, found mistakes) {
	line, _ = table.FieldPos(0)
	cells := make([]cell, len(columns))
	for i, name := range columns {
		cells[i] = cell{name: name, found: &found}
		if at.named[i] >= 0 {
			cells[i].text = strings.TrimSpace(record[at.named[i]])
		}
		if !cells[i].readable() {
			cells[i].text = ""
		}
	}
	for _, i := range at.unnamed {
		if strings.TrimSpace(record[i]) != "" {
			found.add("", "error.import.unnamed_column", message.Int("number", i+1))
		}
	}
	if len(found) == 0 {
		row = decode(cells)
	}
	return line, row, found
}

// word reads a text that must be there.
func (c *cell) word() string {
	if c.text == "" {
		c.wrong("error.invalid.required")
	}
	return c.text
}

// year reads a year of four digits.
func (c *cell) year() int {
	n, err := strconv.Atoi(c.text)
	if err != nil || len(c.text) != 4 || n < 0 {
		c.wrong("error.invalid.year")
	}
	return n
}

// country reads one country by its code of two or three letters.
func (c *cell) country() reference.Country {
	country, ok := cooperation.ParseHistoryCountry(c.text)
	switch {
	case c.text == "":
		c.wrong("error.invalid.required")
	case !ok:
		c.wrong("error.import.country", value(c.text))
	}
	return country
}

// helper reads a provider: a country, or an organisation by its id.
func (c *cell) helper() cooperation.Participant {
	if country, ok := cooperation.ParseHistoryCountry(c.text); ok {
		return cooperation.Participant(country.Alpha2())
	}
	p := cooperation.Participant(c.text)
	switch {
	case c.text == "":
		c.wrong("error.invalid.required")
	case !p.Valid():
		c.wrong("error.import.provider", value(c.text))
	}
	return p
}
