package exchange

import (
	"iter"
	"slices"
	"strconv"

	"entente/message"
)

// Column is one column of a table of open data.
type Column struct {
	Name  string // its heading, the same in every language
	Label string // the key of the text that says what stands in it
	Form  Form
	Words string // of codes, the beginning of the keys that name them; "" where something else does
	List  bool   // several values, separated by spaces
	field string // of the document; what is withheld is known by it
}

// Form is how the values of a column are written.
type Form string

// The forms of columns.
const (
	IDForm          Form = "id"
	TextForm        Form = "text"
	DateForm        Form = "date"
	AmountForm      Form = "amount"
	NumberForm      Form = "number"
	MarkForm        Form = "mark"
	CountryForm     Form = "country"
	ParticipantForm Form = "participant"
	LanguageForm    Form = "language"
	ThemeForm       Form = "theme"
	KindForm        Form = "kind"
	RegionForm      Form = "region"
	DomainForm      Form = "domain"
	CodeForm        Form = "code"
	CurrencyForm    Form = "currency"
	FieldForm       Form = "field"
)

// Forms lists the forms of columns.
func Forms() []Form {
	return []Form{IDForm, TextForm, DateForm, AmountForm, NumberForm, MarkForm, CountryForm, ParticipantForm, LanguageForm, ThemeForm, KindForm, RegionForm, DomainForm, CodeForm, CurrencyForm, FieldForm}
}

// named reports whether the values are codes that have names.
func (f Form) named() bool {
	return slices.Contains([]Form{CountryForm, ParticipantForm, LanguageForm, ThemeForm, KindForm, RegionForm, DomainForm, CodeForm}, f)
}

// Withheld is what stands in a cell whose value is not for the public.
const Withheld = "withheld"

// Row is one row of a table, a value for each of its columns.
type Row []entry

// entry is one cell.
type entry struct {
	text     string
	list     []string
	withheld bool
}

// String is the value as it stands in a cell.
func (v entry) String() string {
	switch {
	case v.withheld:
		return Withheld
	case v.list != nil:
		return joined(v.list)
	}
	return v.text
}

// Table is what is open of one sort of document: its columns, and how a
// document fills them.
type Table[T any] struct {
	Name    string
	columns []openColumn[T]
}

// openColumn is a column with how a document fills it.
type openColumn[T any] struct {
	Column
	of func(T) entry
}

// Columns are those of the table, in order.
func (t Table[T]) Columns() []Column {
	out := make([]Column, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.Column
	}
	return out
}

// Row is a document in the table. It must be what the public is shown of it,
// with the fields that are withheld.
func (t Table[T]) Row(of T, withheld []string) Row {
	row := make(Row, len(t.columns))
	for i, c := range t.columns {
		switch {
		case c.Form == FieldForm:
			row[i] = entry{list: withheld}
		case c.field != "" && slices.Contains(withheld, c.field):
			row[i] = entry{withheld: true}
		default:
			row[i] = c.of(of)
		}
	}
	return row
}

// Rows are documents in the table, where each says what is withheld of it.
func (t Table[T]) Rows(documents iter.Seq2[T, []string]) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for document, withheld := range documents {
			if !yield(t.Row(document, withheld)) {
				return
			}
		}
	}
}

// The following make columns, each of the field that tells what is withheld.

func one[T any](name, label string, form Form, field string, of func(T) string) openColumn[T] {
	return openColumn[T]{Column{Name: name, Label: label, Form: form, field: field}, func(x T) entry { return entry{text: of(x)} }}
}

func several[T any, S ~string](name, label string, form Form, field string, of func(T) []S) openColumn[T] {
	return openColumn[T]{Column{Name: name, Label: label, Form: form, List: true, field: field}, func(x T) entry {
		list := make([]string, 0, len(of(x)))
		for _, s := range of(x) {
			list = append(list, string(s))
		}
		return entry{list: list}
	}}
}

func coded[T any](name, label, words, field string, of func(T) string) openColumn[T] {
	c := one(name, label, CodeForm, field, of)
	c.Words = words
	return c
}

func number[T any](name, label, field string, of func(T) int) openColumn[T] {
	return one(name, label, NumberForm, field, func(x T) string {
		if n := of(x); n != 0 {
			return strconv.Itoa(n)
		}
		return ""
	})
}

func mark[T any](name, label, field string, of func(T) bool) openColumn[T] {
	return one(name, label, MarkForm, field, func(x T) string {
		if of(x) {
			return "yes"
		}
		return "no"
	})
}

func withheldColumn[T any]() openColumn[T] {
	return openColumn[T]{Column: Column{Name: Withheld, Label: "open.column.withheld", Form: FieldForm, List: true}}
}

// Meaning says what stands in the column and how it is written.
func (c Column) Meaning() message.Message {
	key := "open.meaning.one"
	if c.List {
		key = "open.meaning.list"
	}
	return message.New(key, message.Of(message.Key, "label", c.Label), message.Of(message.Key, "form", "open.form."+string(c.Form)))
}

// Notes are the keys of what readers are told of all tables: what is withheld,
// how formulas are kept out, and for what the data may be used.
func Notes() []string {
	return []string{"open.note.withheld", "open.note.formula", "open.note.use", "open.note.names"}
}
