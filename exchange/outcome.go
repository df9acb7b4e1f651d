package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// Outcome says who helped whom, as a file of past help has it.
type Outcome struct {
	Year        int
	Beneficiary string // alpha-2 code, or the word of the file
	Theme       string
	Provider    string // alpha-2 code, or the word of the file
}

// ReadOutcomes reads past help for a measurement, with the columns year,
// beneficiary, theme and provider in any order: as [ReadHistory], but with
// themes and providers in the words of the file, and beneficiaries too where
// they are no State or territory. Other columns are not read. A row without a
// year or one of the others is refused with its line.
func ReadOutcomes(r io.Reader) ([]Outcome, error) {
	table := csv.NewReader(r)
	table.FieldsPerRecord = -1
	header, err := table.Read()
	if err != nil {
		return nil, outcomeMistake(1)
	}
	at := make([]int, 4)
	for i, name := range HistoryColumns()[:4] {
		at[i] = slices.IndexFunc(header, func(h string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name)
		})
		if at[i] < 0 {
			return nil, cooperation.Refuse(cooperation.Invalid, "error.import.outcome_column", message.Of(message.Text, "column", name))
		}
	}
	var rows []Outcome
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if broken := new(csv.ParseError); errors.As(err, &broken) {
			return nil, outcomeMistake(broken.StartLine)
		}
		if err != nil {
			return nil, err
		}
		line, _ := table.FieldPos(0)
		if len(rows) == cooperation.MaxHistoryRows {
			return nil, cooperation.Refuse(cooperation.Invalid, "error.import.outcome_many", message.Int("max", cooperation.MaxHistoryRows))
		}
		row, err := outcome(cells, at)
		if err != nil {
			return nil, outcomeMistake(line)
		}
		rows = append(rows, row)
	}
}

// outcome reads one row.
func outcome(cells []string, at []int) (Outcome, error) {
	var words [4]string
	for i, place := range at {
		if place < len(cells) {
			words[i] = strings.TrimSpace(cells[place])
		}
		if words[i] == "" {
			return Outcome{}, errors.New("a cell is empty")
		}
	}
	year, err := strconv.Atoi(words[0])
	if err != nil || year < 1 || year > 9999 {
		return Outcome{}, fmt.Errorf("%q is no year", words[0])
	}
	return Outcome{Year: year, Beneficiary: countryOr(words[1]), Theme: words[2], Provider: countryOr(words[3])}, nil
}

// countryOr is the alpha-2 code of a country, or the word as it is.
func countryOr(word string) string {
	if c, known := reference.CountryByAlpha3(word); known {
		return c.Alpha2()
	}
	return word
}

func outcomeMistake(line int) error {
	return cooperation.Refuse(cooperation.Invalid, "error.import.outcome_row", message.Int("line", line))
}
