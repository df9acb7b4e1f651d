package exchange_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/exchange"
	"entente/i18n/i18ntest"
	"entente/message"
)

const header = "external_id,convention,beneficiary,title,themes,kinds,languages"

const good = "a-1,fctc,AO,Title,fctc-art6,training,pt"

// told is one mistake as a person finds it: line, id of the row, column, key.
type told struct {
	Line        int
	ID, Column  string
	Key         string
	Arg1, Value string // the first argument
}

func toldOf(errs []cooperation.RowError) []told {
	var all []told
	for _, e := range errs {
		for _, f := range e.Err.Fields {
			one := told{Line: e.Line, ID: e.ExternalID, Column: f.Field, Key: f.Message.Key}
			if len(f.Message.Args) > 0 {
				one.Arg1, one.Value = f.Message.Args[0].Name, f.Message.Args[0].Value
			}
			all = append(all, one)
		}
	}
	return all
}

// words holds every sentence about rows against the catalogues.
func words(t *testing.T, errs []cooperation.RowError) {
	t.Helper()
	if all := sentences(errs); len(all) > 0 {
		i18ntest.Renders(t, nil, all...)
	}
}

func sentences(errs []cooperation.RowError) []message.Message {
	var all []message.Message
	for _, e := range errs {
		all = append(all, e.Err.Message)
		for _, f := range e.Err.Fields {
			all = append(all, f.Message)
		}
	}
	return all
}

func ids(rows []cooperation.ImportRow[cooperation.NeedContent]) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.ExternalID)
	}
	return out
}

func readNeeds(t *testing.T, text string) exchange.Rows[cooperation.NeedContent] {
	t.Helper()
	rows, err := exchange.ReadNeeds(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	words(t, rows.Errors)
	return rows
}

func TestABadRowIsToldByLineAndColumnAndTheOthersGoIn(t *testing.T) {
	const after = "\nz-9,fctc,MZ,After,fctc-art6,training,pt\n"
	var said []message.Message
	more := func(columns, values string) string { return header + columns + "\n" + good + values }
	long := strings.Repeat("é", 201)
	for name, tc := range map[string]struct {
		text string // without the row after, which must always go in
		want []told
	}{
		"no external id":               {header + "\n,fctc,AO,T,fctc-art6,training,pt", []told{{2, "", "external_id", "error.invalid.required", "", ""}}},
		"external id of 201 letters":   {header + "\n" + long + ",fctc,AO,T,fctc-art6,training,pt", []told{{2, "", "external_id", "error.invalid.too_long", "max", "200"}}},
		"no convention":                {header + "\na-1,,AO,T,fctc-art6,training,pt", []told{{2, "a-1", "convention", "error.invalid.required", "", ""}}},
		"convention without end":       {header + "\na-1," + strings.Repeat("x", 65) + ",AO,T,fctc-art6,training,pt", []told{{2, "a-1", "convention", "error.invalid.unknown_convention", "value", strings.Repeat("x", 40) + "…"}}},
		"unknown countries":            {header + "\na-1,fctc,AO XX yy,T,fctc-art6,training,pt", []told{{2, "a-1", "beneficiary", "error.invalid.unknown_country", "value", "XX yy"}}},
		"unknown kind":                 {header + "\na-1,fctc,AO,T,fctc-art6,money,pt", []told{{2, "a-1", "kinds", "error.invalid.unknown_kind", "value", "money"}}},
		"unknown language":             {header + "\na-1,fctc,AO,T,fctc-art6,training,portuguese!", []told{{2, "a-1", "languages", "error.invalid.unknown_language", "value", "portuguese!"}}},
		"two mistakes in a row":        {header + "\na-1,fctc,XX,T,fctc-art6,money,pt", []told{{2, "a-1", "beneficiary", "error.invalid.unknown_country", "value", "XX"}, {2, "a-1", "kinds", "error.invalid.unknown_kind", "value", "money"}}},
		"not a date":                   {more(",deadline", ",31/12/2028"), []told{{2, "a-1", "deadline", "error.invalid.date", "", ""}}},
		"no such day":                  {more(",start", ",2027-02-30"), []told{{2, "a-1", "start", "error.invalid.date", "", ""}}},
		"neither yes nor no":           {more(",interpretation", ",maybe"), []told{{2, "a-1", "interpretation", "error.import.yes_or_no", "value", "maybe"}}},
		"two content languages":        {more(",content_language", ",en fr"), []told{{2, "a-1", "content_language", "error.invalid.too_many", "max", "1"}}},
		"unknown content language":     {more(",content_language", ",??"), []told{{2, "a-1", "content_language", "error.invalid.unknown_language", "value", "??"}}},
		"unknown partner":              {more(",preferred", ",x"), []told{{2, "a-1", "preferred", "error.invalid.unknown_participant", "value", "x"}}},
		"a text without end":           {more(",problem", ","+strings.Repeat("x", 8001)), []told{{2, "a-1", "problem", "error.invalid.too_long", "max", "8000"}}},
		"too few cells":                {header + "\na-1,fctc,AO,T,fctc-art6,training", []told{{2, "", "", "error.import.columns", "found", "6"}}},
		"too many cells":               {header + "\n" + good + ",x,y", []told{{2, "", "", "error.import.columns", "found", "9"}}},
		"a value without a name":       {header + ",,\n" + good + ",,x", []told{{2, "a-1", "", "error.import.unnamed_column", "number", "9"}}},
		"quotation mark in a cell":     {header + "\na-1,fctc,AO,The \"big\" one,fctc-art6,training,pt", []told{{2, "", "", "error.import.quotes", "line", "2"}}},
		"quotation mark in front":      {header + "\na\"1,fctc,AO,T,fctc-art6,training,pt", []told{{2, "", "", "error.import.quotes", "line", "2"}}},
		"text after quotation mark":    {header + "\na-1,fctc,AO,\"T\" x,fctc-art6,training,pt", []told{{2, "", "", "error.import.quotes", "line", "2"}}},
		"quotation that swallows":      {header + "\na-1,fctc,AO,\"T,fctc-art6,training,pt\nb-2,fctc,MZ,\"U\",fctc-art6,training,pt", []told{{2, "", "", "error.import.quotes", "line", "3"}}},
		"the same row twice":           {header + "\n" + good + "\n" + good, []told{{3, "a-1", "external_id", "error.import.repeated", "line", "2"}}},
		"Windows-1252":                 {header + "\na-1,fctc,AO,Fran\xE7ais,fctc-art6,training,pt", []told{{2, "a-1", "title", "error.import.encoding", "", ""}}},
		"Windows-1252 in the id":       {header + "\n\xE9-1,fctc,AO,T,fctc-art6,training,pt", []told{{2, "", "external_id", "error.import.encoding", "", ""}}},
		"mistakes below a quoted row":  {header + "\na-1,fctc,AO,\"One\r\ntwo\n\nfour\",fctc-art6,training,pt\nb-2,fctc,XX,T,fctc-art6,training,pt", []told{{6, "b-2", "beneficiary", "error.invalid.unknown_country", "value", "XX"}}},
		"mistakes below empty lines":   {header + "\n\n\r\n,,,,,,\n  \nb-2,fctc,XX,T,fctc-art6,training,pt", []told{{6, "b-2", "beneficiary", "error.invalid.unknown_country", "value", "XX"}}},
		"hidden signs in what is said": {header + "\na-1,fctc,\u202eXX\u0007,T,fctc-art6,training,pt", []told{{2, "a-1", "beneficiary", "error.invalid.unknown_country", "value", "\uFFFDXX\uFFFD"}}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := exchange.ReadNeeds(strings.NewReader(tc.text + tail(tc.text, after)))
			if err != nil {
				t.Fatal(err)
			}
			said = append(said, sentences(rows.Errors)...)
			if diff := cmp.Diff(tc.want, toldOf(rows.Errors)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if in := ids(rows.Rows); len(in) == 0 || in[len(in)-1] != "z-9" {
				t.Errorf("went in: %v, without the good row after the bad one", in)
			}
		})
	}
	i18ntest.Renders(t, nil, said...)
}

// tail gives the row after as many empty cells as the header row asks for.
func tail(text, after string) string {
	first, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(after, "\n") + strings.Repeat(",", strings.Count(first, ",")-strings.Count(header, ",")) + "\n"
}

func TestAFileThatIsNoTableOfTheseColumnsIsRefusedWhole(t *testing.T) {
	var said []message.Message
	for name, tc := range map[string]struct {
		text string
		code cooperation.Code
		key  string
		want []told // of the header row
	}{
		"nothing":                {"", cooperation.Invalid, "error.import.empty", nil},
		"a byte order mark only": {"\uFEFF", cooperation.Invalid, "error.import.empty", nil},
		"empty lines only":       {"\n\r\n\n", cooperation.Invalid, "error.import.empty", nil},
		"separators only":        {",,,\n,,,\n", cooperation.Invalid, "error.import.empty", nil},
		"a workbook":             {"PK\x03\x04\x14\x00\x06\x00", cooperation.Invalid, "error.import.not_csv", nil},
		"broken quotes on top":   {"external_id,\"convention\nx,y\n", cooperation.Invalid, "error.import.not_csv", nil},
		"UTF-16":                 {"\xFF\xFEe\x00x\x00", cooperation.Invalid, "error.import.encoding", nil},
		"UTF-16, big end first":  {"\xFE\xFF\x00e\x00x", cooperation.Invalid, "error.import.encoding", nil},
		"Windows-1252 in header": {header + ",probl\xE8me\n", cooperation.Invalid, "error.import.encoding", nil},
		"too large":              {header + "\n" + strings.Repeat("x", exchange.MaxBytes), cooperation.TooLarge, "error.import.size", nil},
		"too many rows":          {header + strings.Repeat("\nx", exchange.MaxRows+1), cooperation.TooLarge, "error.import.rows", nil},
		"an unknown column":      {header + ",color\n" + good + ",red\n", cooperation.Invalid, "error.import.header", []told{{0, "", "color", "error.import.unknown_column", "column", "color"}}},
		"a repeated column":      {header + ",Title\n" + good + ",T\n", cooperation.Invalid, "error.import.header", []told{{0, "", "title", "error.import.column_twice", "column", "title"}}},
		"a missing column":       {strings.Replace(header, ",kinds", "", 1), cooperation.Invalid, "error.import.header", []told{{0, "", "kinds", "error.import.missing_column", "column", "kinds"}}},
		"a column of offers":     {header + ",ceiling\n", cooperation.Invalid, "error.import.header", []told{{0, "", "ceiling", "error.import.unknown_column", "column", "ceiling"}}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := exchange.ReadNeeds(strings.NewReader(tc.text))
			var refusal *cooperation.Error
			if !errors.As(err, &refusal) {
				t.Fatalf("not refused: %v", err)
			}
			if refusal.Code != tc.code || refusal.Message.Key != tc.key {
				t.Errorf("refused with %s %s, not %s %s", refusal.Code, refusal.Message.Key, tc.code, tc.key)
			}
			said = append(said, sentences([]cooperation.RowError{{Err: refusal}})...)
			if diff := cmp.Diff(tc.want, toldOf([]cooperation.RowError{{Err: refusal}})); diff != "" {
				t.Errorf("told of the header row (-want +got):\n%s", diff)
			}
			if len(rows.Rows)+len(rows.Errors) > 0 {
				t.Errorf("%d rows and %d errors of a file that was refused", len(rows.Rows), len(rows.Errors))
			}
		})
	}
	i18ntest.Renders(t, nil, said...)
}

func TestFilesAsSpreadsheetsWriteThemAreRead(t *testing.T) {
	want := []cooperation.ImportRow[cooperation.NeedContent]{{Line: 2, ExternalID: "a-1", Convention: "fctc", Content: plain()}}
	for name, text := range map[string]string{
		"commas":                    header + "\n" + good + "\n",
		"a byte order mark":         "\uFEFF" + header + "\n" + good,
		"semicolons":                strings.ReplaceAll(header+"\n"+good, ",", ";"),
		"carriage returns":          header + "\r\n" + good + "\r\n",
		"capitals and spaces above": "External_ID, Convention ,BENEFICIARY,Title,Themes,Kinds,Languages\n" + good,
		"everything in quotes":      `"` + strings.ReplaceAll(header, ",", `","`) + "\"\n\"" + strings.ReplaceAll(good, ",", `", "`) + `"`,
		"another order":             "title,languages,kinds,themes,beneficiary,convention,external_id\nTitle,pt,training,fctc-art6,AO,fctc,a-1",
		"empty columns at the end":  header + ",,\n" + good + ",,\n,,,,,,,,\n",
		"optional columns empty":    header + ",problem,amount_sought,deadline,preferred\n" + good + ",,,,\n",
	} {
		t.Run(name, func(t *testing.T) {
			rows := readNeeds(t, text)
			if diff := cmp.Diff(want, rows.Rows, byDay()); diff != "" || len(rows.Errors) > 0 {
				t.Errorf("rows (-want +got):\n%s\nerrors: %v", diff, toldOf(rows.Errors))
			}
		})
	}
}

func TestAHeaderRowAloneIsAFileWithoutRows(t *testing.T) {
	if rows := readNeeds(t, header+"\n"); len(rows.Rows)+len(rows.Errors) > 0 {
		t.Errorf("%d rows and %d errors", len(rows.Rows), len(rows.Errors))
	}
}

func TestAFileAtTheLimitsIsTaken(t *testing.T) {
	rows, err := exchange.ReadNeeds(strings.NewReader(header + strings.Repeat("\nx", exchange.MaxRows)))
	if err != nil || len(rows.Errors) != exchange.MaxRows {
		t.Errorf("%d errors, %v", len(rows.Errors), err)
	}
	spaces := exchange.MaxBytes - len(header) - len(good) - 2
	rows, err = exchange.ReadNeeds(strings.NewReader(header + "\n" + good + "\n" + strings.Repeat(" ", spaces)))
	if err != nil || len(rows.Rows) != 1 {
		t.Errorf("%d rows, %v", len(rows.Rows), err)
	}
}

func TestOneIDMayStandOnceInEveryConvention(t *testing.T) {
	rows := readNeeds(t, header+"\n"+good+"\n"+strings.Replace(good, "fctc,", "cms,", 1)+"\n")
	if len(rows.Rows) != 2 || len(rows.Errors) > 0 {
		t.Errorf("%d rows, errors %v", len(rows.Rows), toldOf(rows.Errors))
	}
}

func TestTextThatLooksLikeAFormulaIsText(t *testing.T) {
	for _, title := range []string{"=1+1", "+41 22", "-5", "@home", "=HYPERLINK(A1)"} {
		rows := readNeeds(t, header+"\na-1,fctc,AO,"+title+",fctc-art6,training,pt\n")
		if len(rows.Rows) != 1 || rows.Rows[0].Content.Title != title {
			t.Errorf("%q was read as %v, %v", title, rows.Rows, toldOf(rows.Errors))
		}
	}
}

func TestNoMoreThanTwentyMistakesAreToldOfARowAndOfAHeader(t *testing.T) {
	_, err := exchange.ReadNeeds(strings.NewReader(strings.Repeat("x,", 2_000_000)))
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) || len(refusal.Fields) != 20 {
		t.Errorf("told of a header row of two million columns: %v", err)
	}
	unnamed := strings.Repeat(",", 30)
	rows := readNeeds(t, header+unnamed+"\n"+good+strings.ReplaceAll(unnamed, ",", ",x"))
	if got := len(toldOf(rows.Errors)); got != 20 {
		t.Errorf("told of a row: %d mistakes", got)
	}
}

func TestAFailureToReadIsNotAMistakeOfTheFile(t *testing.T) {
	broken := errors.New("connection lost")
	rows, err := exchange.ReadNeeds(io.MultiReader(strings.NewReader(header+"\n"+good+"\n"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || cooperation.CodeOf(err) != "" || len(rows.Rows) > 0 {
		t.Errorf("%d rows, %v", len(rows.Rows), err)
	}
}
