package web

import (
	"cmp"
	"slices"

	"entente/cooperation"
	"entente/message"
)

// matter finds a page by its name in the address.
func (w *work) matter(name string) (*matter, bool) {
	i := slices.IndexFunc(w.matters, func(m matter) bool { return m.Name == name })
	if i < 0 {
		return nil, false
	}
	return &w.matters[i], true
}

// next is the address to go on to after a page: that of the next, or the one on
// which everything is checked.
func (w *work) next(v *visit, m *matter) string {
	for i := range w.matters {
		if w.matters[i].Name == m.Name && i+1 < len(w.matters) {
			return w.at(v, "/edit/"+w.matters[i+1].Name)
		}
	}
	return w.at(v, "/edit/check")
}

// The standing of a matter.
const (
	matterDone     = "done"
	matterNotYet   = "not_yet"
	matterWrong    = "wrong"
	matterOptional = "optional"
)

// standing says how far a matter has come.
func (m *matter) standing(t tree, lacks []cooperation.FieldError, hints []cooperation.Hint) string {
	missing := false
	for _, l := range lacks {
		if !m.holds(l.Field) {
			continue
		}
		if l.Message.Key != "error.invalid.required" {
			return matterWrong
		}
		missing = true
	}
	for _, h := range hints {
		missing = missing || m.holds(h.Field)
	}
	filled := false
	for _, f := range m.fields() {
		filled = filled || t.at(f) != nil && t.at(f) != "" && len(plainList(t.at(f))) > 0
	}
	switch {
	case missing:
		return matterNotYet
	case filled:
		return matterDone
	case m.Asked:
		return matterNotYet
	}
	return matterOptional
}

// plainList is a value as a list; a single value is a list of one.
func plainList(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	return []any{value}
}

// facts are what a matter says, in the reader's words.
func (v *visit) facts(kind string, m *matter, t tree) []fact {
	var out []fact
	for i := range m.Blocks {
		p := &m.Blocks[i]
		if p.List == "" {
			for j := range p.Entries {
				e := &p.Entries[j]
				before := len(out)
				out = v.factOf(out, cmp.Or(e.Label, kind+"."+e.Path), e, t.at(e.Path))
				if len(out) > before && p.Heading != "" {
					out[before].Label = p.Heading + " – " + out[before].Label
				}
			}
			continue
		}
		for row, value := range t.rows(p.List) {
			var cells []string
			for j := range p.Entries {
				e := &p.Entries[j]
				text, _ := v.shown(e, cell(value, e))
				if text == "" {
					continue
				}
				if e.Ask == askAmount && p.Shared != nil {
					label := v.words.FieldLabel(kind + "." + p.List + "." + e.Path)
					text = v.say(message.New("page.posting.amount", message.Of(message.Text, "label", label), message.Of(message.Text, "amount", v.words.Money(text, plainly(cell(value, p.Shared))))))
				}
				cells = append(cells, text)
			}
			out = append(out, fact{Label: v.words.FieldLabel(kind + "." + place(p.List, row)), Pieces: cells})
		}
	}
	return out
}

func (v *visit) factOf(out []fact, label string, e *entry, value any) []fact {
	text, foreign := v.shown(e, value)
	if text == "" {
		return out
	}
	return append(out, fact{Label: v.words.FieldLabel(label), Value: text, Foreign: foreign})
}

// shown is a value in the reader's words; foreign where somebody wrote it.
func (v *visit) shown(e *entry, value any) (text string, foreign bool) {
	switch e.Ask {
	case askTick:
		if value == true {
			return v.text("word.yes"), false
		}
		return "", false
	case askDate:
		if d, err := cooperation.ParseDate(plainly(value)); err == nil {
			return v.day(d), false
		}
	case askCountries, askMany:
		var names []string
		list, _ := value.([]any)
		for _, one := range list {
			if e.Ask == askMany {
				names = append(names, v.codeName(e, plainly(one)))
			} else {
				names = append(names, v.called(askCountry, plainly(one)))
			}
		}
		return v.words.List(names), false
	}
	code := plainly(value)
	switch {
	case code == "":
		return "", false
	case e.Ask == askCode:
		return v.codeName(e, code), false
	case e.Ask == askTheme:
		return v.name(message.Theme, code), false
	case e.Ask == askKind:
		return v.name(message.Kind, code), false
	case listID[e.Ask] != "":
		return v.called(e.Ask, code), false
	}
	return code, true
}
