package cooperation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// earliestHistory is the first year of which past help is taken.
const earliestHistory = 1900

// ThemeNames finds the themes of a convention by what people call them.
type ThemeNames struct {
	ids  map[string]string   // folded name → theme
	many map[string][]string // folded names that several themes bear
	out  map[string]bool     // folded names whose rows are left out
}

// NewThemeNames knows the themes by their ids and by their names in every
// language of the profile. also says for further names which theme, by id or
// name, each of them is; those for which it says nothing are left out. It
// reports the names under which no theme is found.
func NewThemeNames(c *Convention, also map[string]string) (*ThemeNames, error) {
	t := &ThemeNames{ids: map[string]string{}, many: map[string][]string{}, out: map[string]bool{}}
	for _, theme := range c.Themes {
		for _, name := range theme.Name {
			t.call(foldName(name), theme.ID)
		}
	}
	for _, theme := range c.Themes { // an id goes before every name
		t.ids[foldName(theme.ID)] = theme.ID
		delete(t.many, foldName(theme.ID))
	}
	var m mistakes
	further := map[string]string{}
	for name, to := range also {
		if strings.TrimSpace(to) == "" {
			t.out[foldName(name)] = true
			continue
		}
		id, found := t.ids[foldName(to)]
		if !found || len(t.many[foldName(to)]) > 0 {
			m.add(name, "error.import.map_theme", value(to))
		}
		further[foldName(name)] = id
	}
	for name, id := range further {
		t.ids[name] = id
		delete(t.many, name)
	}
	return t, m.err()
}

// call notes a name of a theme.
func (t *ThemeNames) call(name, id string) {
	if before, taken := t.ids[name]; taken && before != id {
		t.many[name] = append(t.many[name], id)
		return
	}
	t.ids[name] = id
}

// HistoryTaken is what of a file of past help can be taken over.
type HistoryTaken struct {
	Rows   []HistoryRow
	Left   int // rows of themes that the importer leaves out
	Errors []RowError
}

// TakeHistory holds rows of past help against the convention: the theme is one
// of its own, the provider a State or an organisation that it knows and not the
// beneficiary itself, and the year has come.
func (c *Convention) TakeHistory(rows []ImportRow[HistoryRow], themes *ThemeNames, now time.Time) HistoryTaken {
	var taken HistoryTaken
	year := now.UTC().Year()
	for _, row := range rows {
		r := row.Content
		name := foldName(r.Theme)
		if themes.out[name] {
			taken.Left++
			continue
		}
		var m mistakes
		if r.Year < earliestHistory || r.Year > year {
			m.add("year", "error.import.year", message.Int("first", earliestHistory), message.Int("last", year))
		}
		if _, state := r.Provider.State(); !state {
			c.checkOrganisation(&m, "provider", r.Provider, false, false)
		} else if r.Provider == Participant(r.Beneficiary.Alpha2()) {
			m.add("provider", "error.import.own_help", message.Of(message.Country, "country", r.Beneficiary.Alpha2()))
		}
		id, known := themes.ids[name]
		switch {
		case len(themes.many[name]) > 0:
			m.add("theme", "error.import.theme_twice", value(r.Theme))
		case !known:
			m.add("theme", "error.import.theme", value(r.Theme))
		}
		if len(m) > 0 {
			taken.Errors = append(taken.Errors, RowError{Line: row.Line, Err: &Error{Code: Invalid, Message: message.New("error.invalid.fields", message.Count(len(m))), Fields: m}})
			continue
		}
		r.Theme = id
		taken.Rows = append(taken.Rows, r)
	}
	return taken
}

// RepeatedError is a mistake that rows of a file have in common.
type RepeatedError struct {
	Line int // of the first
	Rows int
	FieldError
}

// mostRepeated bounds what is told of one file.
const mostRepeated = 500

// Repeated gathers what is wrong with the rows of a file: of rows with the same
// mistake in the same words, the first is told with the number of all. The
// mistakes come in the order of the file, and only so many of them.
func Repeated(rows []RowError) []RepeatedError {
	var out []RepeatedError
	at := map[string]int{}
	for _, row := range rows {
		fields := row.Err.Fields
		if len(fields) == 0 {
			fields = []FieldError{{Message: row.Err.Message}}
		}
		for _, f := range fields {
			key := f.Field + "\x00" + f.Message.Key + "\x00" + fmt.Sprint(f.Message.Args)
			if i, told := at[key]; told {
				out[i].Rows++
			} else if len(out) < mostRepeated {
				at[key] = len(out)
				out = append(out, RepeatedError{row.Line, 1, f})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b RepeatedError) int { return a.Line - b.Line })
	return out
}

// ParseHistoryCountry reads a country by its ISO 3166-1 code of two or three
// capital letters, or EU.
func ParseHistoryCountry(code string) (reference.Country, bool) {
	if len(code) == 3 {
		return reference.CountryByAlpha3(code)
	}
	return reference.ParseCountry(code)
}
