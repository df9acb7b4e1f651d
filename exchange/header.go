package exchange

import (
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

// load reads the file into memory, without a byte order mark, and refuses
// what is too large, or plainly neither a workbook nor text in UTF-8.
func load(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxBytes:
		return nil, cooperation.Refuse(cooperation.TooLarge, "error.import.size", message.Int("mebibytes", MaxBytes>>20))
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return nil, cooperation.Refuse(cooperation.Invalid, "error.import.encoding") // UTF-16, a spreadsheet's "Unicode text"
	case bytes.HasPrefix(data, workbook):
		return data, nil
	case bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0:
		return nil, cooperation.Refuse(cooperation.Invalid, "error.import.not_csv") // a binary file
	}
	return bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), nil
}

// tableOf finds out whether it is a workbook, and the separator where not:
// spreadsheets in many languages write semicolons. Of a workbook, days are the
// columns in which a number is a day.
func tableOf(data []byte, days []string) (lines, error) {
	if bytes.HasPrefix(data, workbook) {
		return openSheet(data, days)
	}
	table := csv.NewReader(bytes.NewReader(data))
	table.ReuseRecord = true
	table.TrimLeadingSpace = true // a quotation mark after ", " opens a cell too
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, " \r\n"), []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		table.Comma = ';'
	}
	return table, nil
}

// readHeader reads the header row. Capitals do not matter in it.
func readHeader(table lines) ([]string, error) {
	header, err := table.Read()
	var broken *csv.ParseError
	switch {
	case errors.Is(err, io.EOF), err == nil && blank(header):
		return nil, cooperation.Refuse(cooperation.Invalid, "error.import.empty")
	case errors.As(err, &broken):
		return nil, cooperation.Refuse(cooperation.Invalid, "error.import.not_csv")
	case err != nil:
		return nil, err
	}
	header = slices.Clone(header)
	for i := range header {
		if !utf8.ValidString(header[i]) {
			return nil, cooperation.Refuse(cooperation.Invalid, "error.import.encoding")
		}
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	return header, nil
}

// places says where in a row each column stands.
type places struct {
	named   []int // by column of the form; -1 where the file does not have it
	unnamed []int // columns without a name, which must be empty
}

// place finds where each column stands. An unknown or repeated column refuses
// the file: what people wrote in it would be lost without a word.
func place(header, names, required []string) (places, error) {
	var found mistakes
	var at places
	for i, h := range header {
		switch {
		case len(found) == mostMistakes:
			return at, found.error("error.import.header") // a header row without end is not looked at to its end
		case h == "":
			at.unnamed = append(at.unnamed, i)
		case !slices.Contains(names, h):
			found.add(clip(h), "error.import.unknown_column", message.Of(message.Text, "column", clip(h)))
		case slices.Index(header, h) != i:
			found.add(h, "error.import.column_twice", message.Of(message.Text, "column", h))
		}
	}
	for _, name := range names {
		i := slices.Index(header, name)
		if at.named = append(at.named, i); i < 0 && slices.Contains(required, name) {
			found.add(name, "error.import.missing_column", message.Of(message.Text, "column", name))
		}
	}
	if len(found) > 0 {
		return at, found.error("error.import.header")
	}
	return at, nil
}
