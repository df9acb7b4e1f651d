package cooperation

import (
	"slices"
	"strings"
	"unicode"

	"entente/message"
	"entente/reference"
)

// Likeness is why two requests, or a request and help that is running, are
// likely to be the same.
type Likeness struct {
	Countries []reference.Country // beneficiaries of both
	Themes    []string            // of the need, that the other has too
	Kinds     []Kind
	From      Date // the first and the last day of both, as far as they are stated
	Until     Date
	Unstated  bool // one of them states no period, so that nothing says that they do not overlap
	Title     bool // the titles are alike; asked of what is elsewhere, where themes cannot be compared
}

// Pursued reports whether somebody is still asking: what is over is no
// duplicate.
func (s NeedStatus) Pursued() bool {
	switch s {
	case NeedDraft, NeedSubmitted, NeedReturned, NeedOpen, NeedPartlyCovered, NeedCovered:
		return true
	}
	return false
}

// LikeNeed compares two needs of the convention: likely the same are those with
// a beneficiary, a theme and a kind in common whose periods overlap.
func (c *Convention) LikeNeed(a, b *NeedContent) (Likeness, bool) {
	l := Likeness{Countries: shared(a.Beneficiaries, b.Beneficiaries), Themes: c.sharedThemes(a.Themes, b.Themes), Kinds: shared(a.KindList(), b.KindList())}
	return l.during(a.Start, a.End, b.Start, b.End, len(l.Countries) > 0 && len(l.Themes) > 0 && len(l.Kinds) > 0)
}

// LikeActivity compares a need with help that is running or planned.
func (c *Convention) LikeActivity(n *NeedContent, x *Activity) (Likeness, bool) {
	var states []reference.Country
	for _, p := range x.Beneficiaries {
		if state, ok := p.State(); ok {
			states = append(states, state)
		}
	}
	l := Likeness{Countries: shared(n.Beneficiaries, states), Themes: c.sharedThemes(n.Themes, x.Themes), Kinds: shared(n.KindList(), x.Kinds)}
	return l.during(n.Start, n.End, x.Start, x.End, x.open() && len(l.Countries) > 0 && len(l.Themes) > 0 && len(l.Kinds) > 0)
}

// LikeElsewhere compares needs of two conventions. Their themes are not the
// same tree, so that a title that is alike stands in for them.
func LikeElsewhere(a, b *NeedContent) (Likeness, bool) {
	l := Likeness{Countries: shared(a.Beneficiaries, b.Beneficiaries), Kinds: shared(a.KindList(), b.KindList())}
	for _, x := range titles(a) {
		for _, y := range titles(b) {
			l.Title = l.Title || alike(x, y)
		}
	}
	return l.during(a.Start, a.End, b.Start, b.End, len(l.Countries) > 0 && len(l.Kinds) > 0 && l.Title)
}

// during completes a likeness with the days that both have in common.
func (l Likeness) during(start1, end1, start2, end2 Date, like bool) (Likeness, bool) {
	if !like || !end1.IsZero() && end1.Before(start2) || !end2.IsZero() && end2.Before(start1) {
		return Likeness{}, false
	}
	l.From, l.Until = start1, end1
	if l.From.Before(start2) {
		l.From = start2
	}
	if l.Until.IsZero() || !end2.IsZero() && end2.Before(l.Until) {
		l.Until = end2
	}
	l.Unstated = start1.IsZero() || end1.IsZero() || start2.IsZero() || end2.IsZero()
	return l, true
}

// Reasons say in words why they are likely to be the same.
func (l Likeness) Reasons() []message.Message {
	var codes, kinds []string
	for _, c := range l.Countries {
		codes = append(codes, c.Alpha2())
	}
	for _, k := range l.Kinds {
		kinds = append(kinds, string(k))
	}
	out := []message.Message{message.New("duplicate.beneficiary", message.List(message.Countries, "countries", codes...))}
	if len(l.Themes) > 0 {
		out = append(out, message.New("duplicate.theme", message.List(message.Themes, "themes", l.Themes...)))
	}
	if l.Title {
		out = append(out, message.New("duplicate.title"))
	}
	out = append(out, message.New("duplicate.kind", message.List(message.Kinds, "kinds", kinds...)))
	if l.Unstated {
		return append(out, message.New("duplicate.period_unstated"))
	}
	return append(out, message.New("duplicate.period", message.Of(message.Date, "from", l.From.String()), message.Of(message.Date, "until", l.Until.String())))
}

func shared[T comparable](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func (c *Convention) sharedThemes(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.ContainsFunc(b, func(y string) bool { return c.Common(x, y) }) {
			out = append(out, x)
		}
	}
	return out
}

// titles are the title of a need and its translations.
func titles(n *NeedContent) []string {
	out := []string{n.Title}
	for _, lang := range ReaderLanguages() {
		if t := n.Translations[string(lang)].Title; t != "" {
			out = append(out, t)
		}
	}
	return out
}

// alike reports whether two titles have most of their letters in common, in
// threes, as they follow each other: whatever the language, the script and the
// order of the words.
func alike(a, b string) bool {
	x, y := threes(a), threes(b)
	if len(x) < 4 || len(y) < 4 {
		return false
	}
	both := 0
	for t := range x {
		if y[t] {
			both++
		}
	}
	return 5*2*both >= 3*(len(x)+len(y)) // three fifths of both
}

// threes are the runs of three letters or digits in a text.
func threes(text string) map[string]bool {
	var letters []rune
	for _, r := range strings.ToLower(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			letters = append(letters, r)
		}
	}
	out := map[string]bool{}
	for i := 0; i+3 <= len(letters); i++ {
		out[string(letters[i:i+3])] = true
	}
	return out
}
