package web

import (
	"cmp"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// asked is how a value of a posting is asked for and understood.
type asked int

const (
	askText        asked = iota // a line
	askArea                     // a text of several lines
	askDate                     //
	askNumber                   // a whole number
	askAmount                   // of money
	askTick                     // yes or no
	askCode                     // one of a few codes, each with a text
	askMany                     // several of a few codes
	askCountry                  // by name, as the four after it
	askLanguage                 //
	askParticipant              // a State or an organisation
	askRegion                   //
	askCountries                // several, with commas between them
	askCommitment               // by its code, or in words
	askTheme                    // one of those of the convention, as the next
	askKind                     //
	askCurrency                 //
)

// entry is one value of a posting: where it stands in the document, and how it
// is asked for.
type entry struct {
	Path   string // as the API spells it; in a list, from the row on, and "" where the row is the value
	Ask    asked
	Codes  []string // of askCode and askMany
	Words  string   // the keys of their texts, up to the code
	Most   int      // characters
	Must   bool     // nothing is submitted without it
	Preset bool     // it stands in an empty row too
	None   string   // what stands where no code is chosen; "" for the usual word

	Label  string // the path of the field whose label it has, where that is not its own
	Beside string // the text that it translates
}

// block is some entries that belong together: single values, or the columns of a
// list.
type block struct {
	List    string // the path of the list; "" for single values
	Most    int    // rows
	Shared  *entry // a value that all rows have in common, and is asked for once
	Heading string // of single values
	Entries []entry
}

// matter is what one page of a posting asks for.
type matter struct {
	Name    string // in the address, and of its texts
	Asked   bool   // nothing is submitted without it
	Blocks  []block
	Special string // the template of a page that is not a form of entries
	Beside  bool   // it is shown on the page of the posting beside what stands there in another form
	Keep    string // the path of what it is about, where its blocks are only a part of that
}

// holds reports whether a field of the document, by its path, is of the matter.
func (m *matter) holds(path string) bool {
	for _, top := range m.fields() {
		if path == top || strings.HasPrefix(path, top+".") || strings.HasPrefix(path, top+"[") {
			return true
		}
	}
	return false
}

// fields are the paths of the document that are of the matter: whole lists, and
// single values.
func (m *matter) fields() []string {
	var out []string
	if m.Keep != "" {
		out = append(out, m.Keep)
	}
	for _, p := range m.Blocks {
		if p.List != "" {
			out = append(out, p.List)
			continue
		}
		for _, e := range p.Entries {
			out = append(out, e.Path)
		}
	}
	return out
}

// name is that of the field of an entry; row counts from 0.
func (p *block) name(e *entry, row int) string {
	switch {
	case p.List == "":
		return e.Path
	case e.Path == "":
		return p.List + "[" + strconv.Itoa(row) + "]"
	}
	return p.List + "[" + strconv.Itoa(row) + "]." + e.Path
}

// choices are the codes that an entry allows, with their names.
func (v *visit) choices(e *entry) []named {
	var out []named
	switch e.Ask {
	case askCode, askMany:
		for _, code := range e.Codes {
			out = append(out, named{code, v.codeName(e, code)})
		}
	case askTheme:
		for _, t := range v.conv.Themes {
			if t.Parent == "" {
				out = v.themeChoices(out, t.ID, "")
			}
		}
	case askKind:
		for _, k := range v.conv.Kinds {
			out = append(out, named{string(k), v.name(message.Kind, string(k))})
		}
	case askCurrency:
		for _, c := range reference.Currencies() {
			out = append(out, named{string(c), string(c) + " – " + v.words.CurrencyName(string(c))})
		}
	}
	return out
}

// codeName is the text of a code.
func (v *visit) codeName(e *entry, code string) string {
	if e.Words == "declaration" {
		for _, d := range v.conv.Declarations {
			if d.ID == code {
				return v.in(d.Text)
			}
		}
		return code
	}
	return v.text(e.Words + code)
}

// themeChoices adds a theme and those below it, each under its parent.
func (v *visit) themeChoices(out []named, id, before string) []named {
	name := v.name(message.Theme, id)
	out = append(out, named{id, before + name})
	for _, child := range v.conv.Children(id) {
		out = v.themeChoices(out, child.ID, before+"– ")
	}
	return out
}

// field is the field of an entry with its value.
func (v *visit) entryField(kind string, p *block, e *entry, row int, value any) field {
	name := p.name(e, row)
	label := kind + "." + name
	if e.Label != "" {
		label = e.Label
	}
	f := field{ID: idOf(name), Name: name, Label: v.words.FieldLabel(label), Optional: !e.Must || row > 0, Most: e.Most, Value: plainly(value)}
	f.Hint = v.counsel(kind, strings.Trim(p.List+"."+e.Path, "."))
	if row > 0 {
		f.Hint = "" // it stands at the first row
	}
	switch e.Ask {
	case askArea:
		f.Type, f.Rows = "textarea", 5
	case askDate:
		f.Type = "date"
	case askNumber:
		f.Mode = "numeric"
	case askAmount:
		f.Mode, f.Most = "decimal", 30
	case askTick:
		f.Type, f.Choices = "checks", []choice{{Tag: "true", Name: v.text("word.yes"), Chosen: value == true}}
	case askMany:
		f.Type = "checks"
		list, _ := value.([]any)
		for _, c := range v.choices(e) {
			one := choice{Tag: c.Code, Name: c.Name}
			for _, x := range list {
				one.Chosen = one.Chosen || x == c.Code
			}
			f.Choices = append(f.Choices, one)
		}
	case askCode, askTheme, askKind, askCurrency:
		if !e.Preset {
			f.Choices = []choice{{Name: cmp.Or(e.None, v.text("word.not_stated")), Chosen: f.Value == ""}}
		}
		for _, c := range v.choices(e) {
			f.Choices = append(f.Choices, choice{Tag: c.Code, Name: c.Name, Chosen: c.Code == f.Value})
		}
	case askCountry, askLanguage, askParticipant, askRegion, askCommitment:
		f.List, f.Most = listID[e.Ask], 200
		f.Value = v.called(e.Ask, f.Value)
	case askCountries:
		list, _ := value.([]any)
		names := make([]string, len(list))
		for i, code := range list {
			names[i] = v.called(askCountry, plainly(code))
		}
		f.Value = strings.Join(names, ", ")
	}
	return f
}

// counsel says what belongs into a field, with an example of the convention's own
// where there is one; "" for nothing.
func (v *visit) counsel(kind, path string) string {
	if text, ok := v.words.Lookup("page.posting.example." + kind + "." + path + "." + v.conv.ID); ok {
		return text
	}
	text, _ := v.words.Lookup("page.posting.hint." + kind + "." + path)
	return text
}

// idOf is the id of a field by its name, such that it may stand in an address.
func idOf(name string) string {
	return strings.NewReplacer("[", "-", "]", "", ".", "-").Replace(name)
}

// listID are the ids of the lists of suggestions.
var listID = map[asked]string{askCountry: "known-countries", askLanguage: "known-languages", askParticipant: "known-participants", askRegion: "known-regions", askCommitment: "known-commitments"}

// plainly is a value of a document as a field shows it.
func plainly(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case interface{ String() string }: // a number, with all its digits
		return x.String()
	}
	return ""
}

// understood is what the reader meant by what he wrote, as the document has it;
// nil for nothing.
func (v *visit) understood(e *entry, given []string) (value any, wrong *message.Message) {
	one := ""
	if len(given) > 0 {
		one = strings.TrimSpace(strings.ReplaceAll(given[0], "\r\n", "\n"))
	}
	if one == "" && e.Ask != askMany {
		return nil, nil
	}
	refuse := func(key string, args ...message.Arg) (any, *message.Message) {
		m := message.New(key, args...)
		return nil, &m
	}
	switch e.Ask {
	case askDate:
		d, err := cooperation.ParseDate(latinDigits(one))
		if err != nil {
			return refuse("error.invalid.date")
		}
		return d.String(), nil
	case askNumber:
		n, err := strconv.Atoi(decimal(one))
		if err != nil || n < 0 {
			return refuse("error.invalid.number")
		}
		return n, nil
	case askAmount:
		return decimal(one), nil
	case askTick:
		return true, nil
	case askMany:
		var list []any
		for _, g := range given {
			list = append(list, g)
		}
		if list == nil {
			return nil, nil
		}
		return list, nil
	case askCountry, askLanguage, askParticipant, askRegion:
		code, near := v.meant(e.Ask, one)
		if code == "" {
			return refuse("error.invalid.near", message.Of(message.Text, "value", clipped(one, 80)), message.Of(message.Text, "nearest", near))
		}
		return code, nil
	case askCountries:
		var list []any
		for _, name := range strings.FieldsFunc(one, func(r rune) bool { return strings.ContainsRune(",;،；，、\n", r) }) {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			code, wrong := v.understood(&entry{Ask: askCountry}, []string{name})
			if wrong != nil {
				return nil, wrong
			}
			list = append(list, code)
		}
		return list, nil
	}
	return one, nil
}
