package exchange

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"entente/cooperation"
	"entente/message"
)

// lines is a table that is read row by row: CSV, or a sheet of a workbook.
type lines interface {
	Read() ([]string, error)
	FieldPos(field int) (line, column int)
}

// The bounds of a workbook: how large it may be when it is unpacked, in bytes,
// and how many rows it may have, empty ones counted.
const (
	mostUnpacked  = 128 << 20
	mostSheetRows = 4 * MaxRows
)

// workbook is how a workbook begins: it is a ZIP file.
var workbook = []byte("PK\x03\x04")

// sheet is the first sheet of a workbook. Its rows are numbered as people see
// them. Numbers stand as they are and not as they are shown, but for days, which
// are numbers in a workbook.
type sheet struct {
	file  *excelize.File
	rows  *excelize.Rows
	early bool     // days are counted from 1904
	days  []string // the columns of days
	isDay []bool   // by place in the row
	line  int
}

// openSheet opens the first sheet. What is no workbook, or too large a one, is
// refused with the advice to save it as CSV; so is what the reader of workbooks
// cannot cope with.
func openSheet(data []byte, days []string) (s *sheet, err error) {
	defer func() {
		if recover() != nil {
			s, err = nil, notATable()
		}
	}()
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, notATable()
	}
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, notATable()
	}
	s = &sheet{file: file, days: days}
	if s.rows, err = file.Rows(sheets[0]); err != nil {
		return nil, notATable()
	}
	if of, err := file.GetWorkbookProps(); err == nil && of.Date1904 != nil {
		s.early = *of.Date1904
	}
	return s, nil
}

func notATable() error { return cooperation.Refuse(cooperation.Invalid, "error.import.not_csv") }

// FieldPos is where the row stands in the sheet.
func (s *sheet) FieldPos(int) (row, column int) { return s.line, 1 }

// Read reads the next row: the header row is the first that is not empty, and
// every other one has as many cells.
func (s *sheet) Read() (cells []string, err error) {
	defer func() {
		if recover() != nil {
			cells, err = nil, notATable()
		}
	}()
	for {
		if !s.rows.Next() {
			if s.rows.Error() != nil {
				return nil, notATable()
			}
			return nil, s.end()
		}
		if s.line++; s.line > mostSheetRows {
			return nil, cooperation.Refuse(cooperation.TooLarge, "error.import.rows", message.Int("max", MaxRows))
		}
		if cells, err = s.rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return nil, notATable()
		}
		if s.isDay != nil {
			return s.squared(cells)
		}
		if !blank(cells) {
			s.isDay = make([]bool, len(cells))
			for i, name := range cells {
				s.isDay[i] = slices.Contains(s.days, strings.ToLower(strings.TrimSpace(name)))
			}
			return cells, nil
		}
	}
}

func (s *sheet) end() error {
	_ = s.rows.Close() // it was read to its end
	_ = s.file.Close()
	return io.EOF
}

// squared is a row with as many cells as the header row.
func (s *sheet) squared(cells []string) ([]string, error) {
	for len(cells) > len(s.isDay) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > len(s.isDay) {
		return cells, &csv.ParseError{StartLine: s.line, Line: s.line, Err: csv.ErrFieldCount}
	}
	for len(cells) < len(s.isDay) {
		cells = append(cells, "")
	}
	for i, is := range s.isDay {
		if is {
			cells[i] = s.day(cells[i])
		}
	}
	return cells, nil
}

// day writes a day that is a number as files do; what is none stays.
func (s *sheet) day(cell string) string {
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil || number < 1 || number > 2_958_465 { // the last day of 9999
		return cell
	}
	day, err := excelize.ExcelDateToTime(number, s.early)
	if err != nil {
		return cell
	}
	return day.Format(time.DateOnly)
}
