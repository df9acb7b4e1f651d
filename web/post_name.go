package web

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/message"
	"entente/reference"
)

// named is a code with its name in the reader's language.
type named struct{ Code, Name string }

// suggestions are what a field suggests: what is put into it, and beside that
// what it means where it does not say that itself.
type suggestions struct {
	ID    string
	Names []named
}

// suggestions are what the fields of a page suggest, each list once.
func (v *visit) suggestions(m *matter) []suggestions {
	var out []suggestions
	there := map[asked]bool{}
	for _, p := range m.Blocks {
		for _, e := range p.Entries {
			if listID[e.Ask] == "" || there[e.Ask] {
				continue
			}
			there[e.Ask] = true
			s := suggestions{ID: listID[e.Ask], Names: v.suggested(e.Ask)}
			for i := range s.Names {
				if e.Ask != askCommitment {
					s.Names[i] = named{Code: s.Names[i].Name}
				}
			}
			out = append(out, s)
		}
	}
	return out
}

// suggested are the names for a sort of field, in the reader's language.
func (v *visit) suggested(a asked) []named {
	language := v.words.Language()
	var out []named
	switch a {
	case askCountry:
		for _, c := range reference.Countries() {
			out = append(out, named{c.Alpha2(), c.Name(language)})
		}
	case askLanguage:
		for _, l := range reference.Languages() {
			out = append(out, named{string(l), l.Name(language)})
		}
	case askParticipant:
		for _, c := range reference.Countries() {
			if c.IsState() || c.Alpha2() == "EU" {
				out = append(out, named{c.Alpha2(), c.Name(language)})
			}
		}
		found, err := v.state.Organisations(v.actor(), catalogue.OrganisationQuery{Limit: catalogue.MaxLimit})
		if err != nil {
			return out
		}
		for _, o := range found.Items {
			out = append(out, named{o.ID, o.In(reference.Language(language))})
		}
	case askCommitment:
		found, err := v.state.Commitments(catalogue.CommitmentQuery{Limit: catalogue.MaxLimit})
		if err != nil {
			return nil
		}
		for _, c := range found.Items {
			out = append(out, named{c.Code, c.In(reference.Language(language))})
		}
	case askRegion:
		for _, r := range v.conv.Regions {
			out = append(out, named{r.ID, v.in(r.Name)})
		}
		for _, r := range reference.Regions() {
			out = append(out, named{r.Code(), r.Name(language)})
		}
	}
	slices.SortStableFunc(out, func(a, b named) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// called is the name of a code as a field shows it.
func (v *visit) called(a asked, code string) string {
	if code == "" {
		return ""
	}
	types := map[asked]message.Type{askCountry: message.Country, askLanguage: message.Language, askParticipant: message.Party, askRegion: message.Region}
	if a == askRegion {
		if r, ok := v.conv.Region(code); ok {
			return v.in(r.Name)
		}
	}
	if a == askCommitment {
		if c, ok := v.state.Commitment(code); ok {
			return c.Code
		}
		return code
	}
	return v.name(types[a], code)
}

// meant is the code that somebody means by a code, by a name in his language or
// another of the six, or by the beginning of one name only; "" where none is,
// with the name that comes nearest.
func (v *visit) meant(a asked, written string) (code, nearest string) {
	list := v.suggested(a)
	if code := ofCode(a, written, list); code != "" {
		return code, ""
	}
	wanted := folded(written)
	var begins []named
	for _, n := range list {
		switch name := folded(n.Name); {
		case name == wanted:
			return n.Code, ""
		case len(wanted) > 3 && strings.HasPrefix(name, wanted):
			begins = append(begins, n)
		}
	}
	if len(begins) == 1 {
		return begins[0].Code, ""
	}
	for _, n := range list {
		if inAnyLanguage(a, n.Code, wanted) {
			return n.Code, ""
		}
	}
	return "", near(list, wanted)
}

// ofCode is the code that was written as such, in whatever case.
func ofCode(a asked, written string, list []named) string {
	for _, n := range list {
		if strings.EqualFold(n.Code, written) {
			return n.Code
		}
	}
	if a == askLanguage && strings.Contains(written, "-") {
		if l, ok := reference.ParseLanguage(written); ok {
			return string(l)
		}
	}
	return ""
}

// inAnyLanguage reports whether what was written is the name of a country or a
// language in one of the six languages.
func inAnyLanguage(a asked, code, wanted string) bool {
	for _, tag := range i18n.Languages() {
		name := ""
		switch a {
		case askLanguage:
			name = reference.Language(code).Name(tag)
		case askCountry, askParticipant:
			c, _ := cooperation.Participant(code).State()
			name = c.Name(tag)
		}
		if name != "" && folded(name) == wanted {
			return true
		}
	}
	return false
}

// folded is a name without what people leave out: case, accents, marks, spaces.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(name))
}

// near is the name that comes nearest to what was written: one that has it
// within, or else the one with the fewest letters changed.
func near(list []named, wanted string) string {
	best, fewest := "", 1<<30
	for _, n := range list {
		name := folded(n.Name)
		changed := changes([]rune(clipped(wanted, 60)), []rune(name))
		if wanted != "" && strings.Contains(name, wanted) {
			changed = 0
		}
		if changed < fewest {
			best, fewest = n.Name, changed
		}
	}
	return best
}

// changes is the number of letters by which two words differ.
func changes(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := before
			if x != y {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

// latinDigits writes the digits of any script as 0 to 9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		zero := r
		for unicode.IsDigit(zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + r - zero
	}, s)
}

// decimal reads a number as people of any country write it: what is not read
// stays, for the one who checks it to refuse.
func decimal(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\'' || r == '’' || r == '٬':
			return -1
		case r == '٫' || r == '،':
			return ','
		}
		return r
	}, latinDigits(s))
	point, comma := strings.LastIndex(s, "."), strings.LastIndex(s, ",")
	switch {
	case comma > point && point >= 0: // 1.234.567,89
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case comma >= 0 && point >= 0: // 1,234,567.89
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0 && (strings.Count(s, ",") > 1 || len(s)-comma == 4): // 1,234,567
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0: // 1234,56
		s = strings.Replace(s, ",", ".", 1)
	case strings.Count(s, ".") > 1: // 1.234.567
		s = strings.ReplaceAll(s, ".", "")
	}
	return s
}
