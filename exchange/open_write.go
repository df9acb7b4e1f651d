package exchange

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// joined writes a list as it is read: separated by spaces.
func joined(list []string) string { return strings.Join(list, " ") }

// Tame keeps a spreadsheet program from taking for a formula what people wrote:
// what begins like one gets an apostrophe before it.
func Tame(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// WriteCSV writes rows as CSV in UTF-8 (RFC 4180), with the names of the columns
// in the first line. Every cell stands between quotation marks: a program that
// separates cells at other characters than commas divides none of them.
func WriteCSV(w io.Writer, columns []Column, rows iter.Seq[Row]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	line := func(n int, cell func(i int) string) {
		for i := range n {
			if i > 0 {
				_ = out.WriteByte(',') // Flush says what went wrong
			}
			_, _ = out.WriteString(`"` + strings.ReplaceAll(Tame(cell(i)), `"`, `""`) + `"`)
		}
		_, _ = out.WriteString("\r\n")
	}
	line(len(columns), func(i int) string { return columns[i].Name })
	for row := range rows {
		line(len(row), func(i int) string { return row[i].String() })
	}
	return out.Flush()
}

// WriteLines writes rows as lines of JSON: an object each, with the names of the
// columns. Lists are lists, amounts and numbers as in the API. What is not
// stated is left out, and so is what is withheld, which the column of that name lists.
func WriteLines(w io.Writer, columns []Column, rows iter.Seq[Row]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for row := range rows {
		line := []byte{'{'}
		for i, v := range row {
			text, err := v.json(columns[i].Form)
			if err != nil {
				return err
			}
			if text == nil {
				continue
			}
			if len(line) > 1 {
				line = append(line, ',')
			}
			line = append(append(strconv.AppendQuote(line, columns[i].Name), ':'), text...)
		}
		if _, err := out.Write(append(line, '}', '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

// json is the value as JSON; nil where nothing is stated.
func (v entry) json(form Form) ([]byte, error) {
	switch {
	case len(v.list) > 0:
		return json.Marshal(v.list)
	case v.text == "":
		return nil, nil // withheld, or not stated
	case form == NumberForm:
		return []byte(v.text), nil
	case form == MarkForm:
		return json.Marshal(v.text == "yes")
	}
	return json.Marshal(v.text)
}

// Sheet is a sheet of a workbook beside the table: rows of text.
type Sheet struct {
	Name string
	Rows [][]string
}

// Used are the codes that stand in a table, by the column in which they are
// first met: what a reader needs names for.
type Used map[Form]map[string]Column

func (u Used) note(c Column, v entry) {
	if !c.Form.named() || v.withheld {
		return
	}
	codes := v.list
	if v.text != "" {
		codes = []string{v.text}
	}
	for _, code := range codes {
		if u[c.Form] == nil {
			u[c.Form] = map[string]Column{}
		}
		key := c.Words + code
		if _, met := u[c.Form][key]; !met {
			u[c.Form][key] = c
		}
	}
}

// WriteWorkbook writes rows as a workbook (XLSX): the table on the first sheet,
// with the names of the columns in its first row, and behind it what explain
// says of the codes that stand in it. No cell is a formula.
func WriteWorkbook(w io.Writer, name string, columns []Column, rows iter.Seq[Row], explain func(Used) []Sheet) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	if err := book.SetSheetName(book.GetSheetName(0), name); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	used := Used{}
	heading := make([]any, len(columns))
	for i, c := range columns {
		heading[i] = c.Name
	}
	err = writeSheet(book, name, bold, heading, func(yield func([]any) bool) {
		for row := range rows {
			cells := make([]any, len(row))
			for i, v := range row {
				used.note(columns[i], v)
				cells[i] = v.cell(columns[i].Form)
			}
			if !yield(cells) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	for _, sheet := range explain(used) {
		if _, err := book.NewSheet(sheet.Name); err != nil {
			return err
		}
		if err := writeSheet(book, sheet.Name, bold, texts(sheet.Rows[0]), func(yield func([]any) bool) {
			for _, row := range sheet.Rows[1:] {
				if !yield(texts(row)) {
					return
				}
			}
		}); err != nil {
			return err
		}
	}
	return book.Write(w)
}

// writeSheet writes a sheet whose first row stays in sight.
func writeSheet(book *excelize.File, name string, bold int, heading []any, rows iter.Seq[[]any]) error {
	sheet, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := sheet.SetColWidth(1, len(heading), 22); err != nil {
		return err
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := sheet.SetRow("A1", heading, excelize.RowOpts{StyleID: bold}); err != nil {
		return err
	}
	at := 1
	for row := range rows {
		at++
		if err := sheet.SetRow("A"+strconv.Itoa(at), row); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

// cell is the value in a workbook: amounts and numbers can be added up.
func (v entry) cell(form Form) any {
	if !v.withheld && v.text != "" && (form == AmountForm || form == NumberForm) {
		if n, err := strconv.ParseFloat(v.text, 64); err == nil {
			return n
		}
	}
	if text := v.String(); text != "" {
		return Tame(text)
	}
	return nil
}

func texts(row []string) []any {
	out := make([]any, len(row))
	for i, text := range row {
		out[i] = Tame(text)
	}
	return out
}
