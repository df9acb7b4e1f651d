package exchange_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/cooperation"
	"entente/exchange"
)

// FuzzReadNeeds reads anything at all. Whatever it is, every row that goes in
// has an id and a convention, every mistake has a line of the file and a
// column of the form, and no two rows name the same posting.
func FuzzReadNeeds(f *testing.F) {
	for _, seed := range []string{
		"", header, header + "\n" + good, "\uFEFF" + header + "\r\n" + good + "\r\n",
		strings.ReplaceAll(header+"\n"+good, ",", ";"),
		header + "\n\"a\n\"\"1\",fctc,AO,T,x,training,pt\n" + good,
		header + "\na\"1,fctc\n" + good, header + "\n\"a-1,fctc\n", header + ",,\n" + good + ",x,",
		header + "\n\xE9,fctc,XX,\xFF,x,y,z z\n", header + ",color,title", "PK\x03\x04\x00", "\xFF\xFEe\x00",
		table(fullNeed()...), "\"\n", ",\n,", ";;\n",
	} {
		f.Add([]byte(seed))
	}
	columns := exchange.NeedColumns()
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := exchange.ReadNeeds(bytes.NewReader(data))
		var refusal *cooperation.Error
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("failed for no reason of the file: %v", err)
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		seen := map[string]bool{}
		last := 1
		for _, row := range rows.Rows {
			id := row.Convention + "\x00" + row.ExternalID
			if row.ExternalID == "" || row.Convention == "" || seen[id] {
				t.Errorf("row of line %d has the id %q", row.Line, id)
			}
			if row.Line <= last || row.Line > lines {
				t.Errorf("a row after that of line %d is of line %d of %d", last, row.Line, lines)
			}
			if !utf8.ValidString(row.Content.Title + row.Content.Problem) {
				t.Errorf("text that is not UTF-8 went in at line %d", row.Line)
			}
			seen[id], last = true, row.Line
		}
		last = 1
		for _, e := range rows.Errors {
			if e.Line <= last || e.Line > lines || len(e.Err.Fields) == 0 {
				t.Errorf("an error after that of line %d is of line %d of %d, with %d mistakes", last, e.Line, lines, len(e.Err.Fields))
			}
			last = e.Line
			for _, mistake := range e.Err.Fields {
				if mistake.Field != "" && !slices.Contains(columns, mistake.Field) {
					t.Errorf("%q is not a column", mistake.Field)
				}
			}
		}
	})
}
