package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"entente/cooperation"
	"entente/exchange"
)

// book is a workbook with these rows on its first sheet; nil is an empty row.
func book(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil && row != nil {
			err = file.SetSheetRow("Sheet1", at, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := file.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookSaysWhatTheSameCSVSays(t *testing.T) {
	day := time.Date(2028, 12, 31, 0, 0, 0, 0, time.UTC)
	rows, err := exchange.ReadNeeds(bytes.NewReader(book(t,
		nil,
		[]any{"external_id", "convention", "beneficiary", "title", "themes", "kinds", "languages", "Deadline", "currency", "amount_sought", "interpretation", "problem", "start"},
		[]any{2026017, "fctc", "AO MZ", "=1+1", "fctc-art8", "training", "pt en", day, "USD", 2500.5, true, "Line one\nline two", "2028-01-15"},
		nil,
		[]any{"n-2", "fctc", "Angola", "Title", "fctc-art8", "training", "pt", "31/12/2028"},
		[]any{"n-3", "fctc", "AO", "Title", "fctc-art8", "training", "pt", nil, nil, nil, nil, nil, nil, "too far"},
		[]any{"n-4", "fctc", "AO", "Title", "fctc-art8", "training", "pt"})))
	if err != nil {
		t.Fatal(err)
	}
	same, err := exchange.ReadNeeds(strings.NewReader("external_id,convention,beneficiary,title,themes,kinds,languages,deadline,currency,amount_sought,interpretation,problem,start\n" +
		"2026017,fctc,AO MZ,=1+1,fctc-art8,training,pt en,2028-12-31,USD,2500.5,1,\"Line one\nline two\",2028-01-15\n"))
	if err != nil || len(rows.Rows) != 2 || len(same.Rows) != 1 {
		t.Fatalf("%d and %d rows went in: %v %v", len(rows.Rows), len(same.Rows), rows.Errors, err)
	}
	if !reflect.DeepEqual(same.Rows[0].Content, rows.Rows[0].Content) || rows.Rows[0].ExternalID != "2026017" {
		t.Errorf("the workbook says %+v\nand CSV says %+v", rows.Rows[0], same.Rows[0])
	}
	if rows.Rows[0].Line != 3 || rows.Rows[1].Line != 7 {
		t.Errorf("rows of lines %d and %d", rows.Rows[0].Line, rows.Rows[1].Line)
	}
	var told []string
	for _, e := range rows.Errors {
		for _, f := range e.Err.Fields {
			told = append(told, string(rune('0'+e.Line))+" "+f.Field+" "+f.Message.Key)
		}
	}
	if diff := cmp.Diff([]string{"5 beneficiary error.invalid.unknown_country", "5 deadline error.invalid.date", "6  error.import.columns"}, told); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	past, err := exchange.ReadHistory(bytes.NewReader(book(t, []any{"year", "beneficiary", "theme", "provider"}, []any{2019, "AGO", "fctc-art8", "NO"})))
	if err != nil || len(past.Rows) != 1 || past.Rows[0].Content.Year != 2019 {
		t.Errorf("past help: %+v, %v", past, err)
	}
}

func TestWhatIsNoWorkbookIsRefusedWithTheRemedy(t *testing.T) {
	zipped := func(name string, size int64) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		part, err := z.Create(name)
		if err == nil {
			_, err = io.CopyN(part, zeros{}, size)
		}
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	whole := book(t, []any{"external_id"})
	for name, file := range map[string][]byte{
		"a document":                   zipped("word/document.xml", 100),
		"what unpacks to far too much": zipped("xl/worksheets/sheet1.xml", 129<<20),
		"half of a workbook":           whole[:len(whole)/2],
		"four bytes":                   []byte("PK\x03\x04"),
	} {
		_, err := exchange.ReadNeeds(bytes.NewReader(file))
		var refusal *cooperation.Error
		if !errors.As(err, &refusal) || refusal.Message.Key != "error.import.not_csv" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := exchange.ReadNeeds(bytes.NewReader(book(t, nil, nil))); err == nil {
		t.Error("an empty workbook is a table")
	}
}

// zeros is a content without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
