package catalogue

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"entente/cooperation"
	"entente/matching/record"
	"entente/reference"
)

// Past is what was on record at the end of a year: each year, beneficiary,
// theme and provider once, in order. What it holds is shared and must not be
// changed.
type Past struct {
	Until  int
	Rows   []record.Row
	Digest string // SHA-256 of the year and the rows, amounts apart: nothing weighs them

	count uint64
}

// LastYear is the last year that is on record on a day: the last full one.
// Help of the year itself is not on record before it is over, whoever gives it,
// so that a ranking of a day is the same whenever it is made.
func LastYear(day cooperation.Date) int { return day.Time().Year() - 1 }

// recollection is what the record is made of, as it stands at one position. The
// documents do not change.
type recollection struct {
	count        uint64
	parts        []*cooperation.HistoryPart
	activities   []*cooperation.Activity
	partnerships []agreed
}

// agreed is a partnership with the need that it is about.
type agreed struct {
	*cooperation.Partnership
	need *cooperation.Need
}

// Past is what was on record before the year of a day: the sets that were
// imported, help that is or was running, and partnerships.
func (s *State) Past(day cooperation.Date) (*Past, error) {
	s.mu.RLock()
	m := s.recollect()
	s.mu.RUnlock()
	s.past.asking.Lock()
	defer s.past.asking.Unlock()
	return s.past.recall(m, LastYear(day))
}

// recollect collects what the record is made of. The state is locked.
func (s *State) recollect() recollection {
	m := recollection{count: s.past.count.Load()}
	for _, e := range s.past.sets.entries {
		if e.doc == nil || e.doc.Removed != nil {
			continue
		}
		for _, id := range e.doc.Parts {
			if part, ok := s.past.parts.find(id); ok {
				m.parts = append(m.parts, part)
			}
		}
	}
	for _, e := range s.activities.entries {
		if gives(e.doc) {
			m.activities = append(m.activities, e.doc)
		}
	}
	for _, e := range s.partnerships.entries {
		if e.doc == nil || !e.doc.Gives() {
			continue
		}
		if need, ok := s.needs.find(e.doc.Need); ok {
			m.partnerships = append(m.partnerships, agreed{e.doc, need})
		}
	}
	return m
}

// recall works out what was on record at the end of a year, unless it was
// worked out before. It is called with asking held.
func (p *past) recall(m recollection, until int) (*Past, error) {
	if p.last != nil && p.last.count == m.count && p.last.Until == until {
		return p.last, nil
	}
	rows, err := m.rows(until)
	if err != nil {
		return nil, err
	}
	p.last = &Past{Until: until, Rows: rows, Digest: digest(rows, until), count: m.count}
	return p.last, nil
}

// rows lists what is remembered up to a year.
func (m *recollection) rows(until int) ([]record.Row, error) {
	var rows []record.Row
	for _, part := range m.parts {
		held, err := part.Unpack()
		if err != nil {
			return nil, fmt.Errorf("catalogue: past help %s: %w", part.ID, err)
		}
		for _, r := range held {
			if r.Year <= until {
				rows = append(rows, record.Row{Year: r.Year, Beneficiary: r.Beneficiary, Theme: r.Theme, Provider: string(r.Provider), Amount: r.Cents})
			}
		}
	}
	for _, a := range m.activities {
		rows = appendHelp(rows, span(a.Start, a.End, until), states(a.Beneficiaries), a.Themes, a.Providers)
	}
	for _, p := range m.partnerships {
		start, end := p.Period()
		rows = appendHelp(rows, span(start, end, until), p.need.Beneficiaries, p.need.Themes, p.Givers())
	}
	return record.Distinct(rows), nil
}

// longest is how many years of one activity or partnership count, the latest
// ones: a slip of the pen in its first day shall not fill the record.
const longest = 30

// span lists the years of help up to a year: from its first day, or where none
// is stated that of its last day, to its last day. Help without any day is of
// no year.
func span(start, end cooperation.Date, until int) []int {
	if start.IsZero() {
		start = end
	}
	if start.IsZero() {
		return nil
	}
	last := until
	if !end.IsZero() {
		last = min(end.Time().Year(), until)
	}
	var years []int
	for year := max(start.Time().Year(), last-longest+1); year <= last; year++ {
		years = append(years, year)
	}
	return years
}

// states lists those of the participants that are countries.
func states(list []cooperation.Participant) []reference.Country {
	var out []reference.Country
	for _, p := range list {
		if c, ok := p.State(); ok {
			out = append(out, c)
		}
	}
	return out
}

// appendHelp says in rows that all of these helped all of those with all of the
// themes in all of the years.
func appendHelp(rows []record.Row, years []int, beneficiaries []reference.Country, themes []string, providers []cooperation.Participant) []record.Row {
	for _, year := range years {
		for _, b := range beneficiaries {
			for _, t := range themes {
				for _, p := range providers {
					if c, ok := p.State(); !ok || c != b {
						rows = append(rows, record.Row{Year: year, Beneficiary: b, Theme: t, Provider: string(p)})
					}
				}
			}
		}
	}
	return rows
}

// digest is the fingerprint of rows.
func digest(rows []record.Row, until int) string {
	h := sha256.New()
	b := bufio.NewWriter(h)
	fmt.Fprintf(b, "%d\n", until)
	for _, r := range rows {
		fmt.Fprintf(b, "%d %s %s %s\n", r.Year, r.Beneficiary.Alpha2(), r.Theme, r.Provider)
	}
	_ = b.Flush() // a hash takes everything
	return hex.EncodeToString(h.Sum(nil))
}
