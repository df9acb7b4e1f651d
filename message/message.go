// Package message describes a sentence for a person before it is put into
// words: a key of the catalogues and typed arguments. Rooms that decide
// (cooperation, matching) produce messages; only the edges, through i18n,
// render them in the reader's language. A Message is plain data: it can be
// compared, stored and sent, and carries no language of its own.
package message

import (
	"strconv"
	"strings"
	"time"
)

// Type tells i18n how to render the value of an argument.
type Type string

// The types of arguments. Values of the plural types are separated by single
// spaces and rendered as a list ("French, Portuguese and Spanish").
const (
	Text       Type = "text"       // shown as it is, isolated from the direction of the sentence
	Integer    Type = "integer"    // decimal digits; chooses the plural form when named "count"
	Millionths Type = "millionths" // an integer of millionths, shown as a decimal fraction
	Percent    Type = "percent"    // an integer of millionths, shown as a percentage
	Country    Type = "country"    // ISO 3166-1 alpha-2, or EU
	Countries  Type = "countries"
	Region     Type = "region" // M49 code or a region of the profile
	Regions    Type = "regions"
	Language   Type = "language" // BCP 47
	Languages  Type = "languages"
	Theme      Type = "theme" // a theme of the convention
	Themes     Type = "themes"
	Kind       Type = "kind" // a kind of assistance
	Kinds      Type = "kinds"
	Body       Type = "body"       // a committee of the convention
	Convention Type = "convention" // a convention
	Party      Type = "party"      // a country code, or the id of an organisation
	Status     Type = "status"     // "need.open", "offer.lapsed", …
	Field      Type = "field"      // "need.themes": the label of a field
	Fields     Type = "fields"
	Date       Type = "date"  // 2006-01-02
	Money      Type = "money" // "2000000.50 USD"
	Key        Type = "key"   // the key of another message without arguments
)

// Arg is one named, typed argument. Its value is kept as text so that
// messages survive storage and comparison unchanged.
type Arg struct {
	Name  string `json:"name"`
	Type  Type   `json:"type"`
	Value string `json:"value"`
}

// Message is the key of a sentence with its arguments.
type Message struct {
	Key  string `json:"key"`
	Args []Arg  `json:"args,omitempty"`
}

// New makes a message from a key of the catalogues.
func New(key string, args ...Arg) Message { return Message{Key: key, Args: args} }

// Zero reports whether there is nothing to say.
func (m Message) Zero() bool { return m.Key == "" }

// Of makes an argument of any type from text.
func Of(t Type, name, value string) Arg { return Arg{Name: name, Type: t, Value: value} }

// List makes an argument of a plural type.
func List(t Type, name string, values ...string) Arg {
	return Arg{Name: name, Type: t, Value: strings.Join(values, " ")}
}

// Int makes an integer argument; named "count" it chooses the plural form.
func Int[N ~int | ~int64 | ~uint64 | ~int32 | ~uint32](name string, n N) Arg {
	return Arg{Name: name, Type: Integer, Value: strconv.FormatInt(int64(n), 10)}
}

// Count makes the argument that chooses the plural form of the sentence.
func Count[N ~int | ~int64 | ~uint64 | ~int32 | ~uint32](n N) Arg { return Int("count", n) }

// Day makes a date argument from the UTC date of t.
func Day(name string, t time.Time) Arg {
	return Arg{Name: name, Type: Date, Value: t.UTC().Format(time.DateOnly)}
}
