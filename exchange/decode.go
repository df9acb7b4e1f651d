package exchange

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// cell is the text of one column in one row, without spaces around it. Its
// mistakes are gathered for the row. Text is never a formula: what begins with
// =, +, - or @ is taken as it stands.
type cell struct {
	name, text string
	found      *mistakes
}

func (c *cell) wrong(key string, args ...message.Arg) { c.found.add(c.name, key, args...) }

const (
	maxCell       = 8_000 // characters; no field of the domain holds more
	maxExternalID = 200   // characters, as in the domain
	maxConvention = 64    // bytes; no profile has a longer id
)

// readable refuses text that no column could hold. Bytes that are not UTF-8
// are refused and never guessed at: a wrong guess would be stored for good.
func (c *cell) readable() bool {
	switch {
	case !utf8.ValidString(c.text):
		c.wrong("error.import.encoding")
	case utf8.RuneCountInString(c.text) > maxCell:
		c.wrong("error.invalid.too_long", message.Int("max", maxCell))
	default:
		return true
	}
	return false
}

// externalID reads the id that the posting has where it comes from; "" when it
// is not usable.
func (c *cell) externalID() string {
	switch {
	case c.text == "":
		c.wrong("error.invalid.required")
	case utf8.RuneCountInString(c.text) > maxExternalID:
		c.wrong("error.invalid.too_long", message.Int("max", maxExternalID))
	default:
		return c.text
	}
	return ""
}

// convention reads the id of the convention; whether it is served here is the
// platform's to say.
func (c *cell) convention() string {
	switch {
	case c.text == "":
		c.wrong("error.invalid.required")
	case len(c.text) > maxConvention:
		c.wrong("error.invalid.unknown_convention", value(c.text))
	default:
		return c.text
	}
	return ""
}

// list reads values separated by spaces. Commas and semicolons, which people
// write in lists and no code contains, separate as well.
func (c *cell) list() []string {
	return strings.FieldsFunc(c.text, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) })
}

// each reads a list whose values parse knows. Those that it does not know are
// told together under the key.
func each[V any](c *cell, key string, parse func(string) (V, bool)) []V {
	var out []V
	var unknown []string
	for _, text := range c.list() {
		v, ok := parse(text)
		if !ok {
			unknown = append(unknown, text)
			continue
		}
		out = append(out, v)
	}
	if len(unknown) > 0 {
		c.wrong(key, value(strings.Join(unknown, " ")))
	}
	return out
}

func (c *cell) countries() []reference.Country {
	return each(c, "error.invalid.unknown_country", reference.ParseCountry)
}

func (c *cell) languages() []reference.Language {
	return each(c, "error.invalid.unknown_language", reference.ParseLanguage)
}

func (c *cell) kinds() []cooperation.Outcome {
	var out []cooperation.Outcome
	for _, k := range c.plainKinds() {
		out = append(out, cooperation.Outcome{Kind: k})
	}
	return out
}

// plainKinds reads kinds of help without what is to come of them.
func (c *cell) plainKinds() []cooperation.Kind {
	return each(c, "error.invalid.unknown_kind", func(s string) (cooperation.Kind, bool) {
		k := cooperation.Kind(s)
		return k, k.Valid()
	})
}

func (c *cell) participants() []cooperation.Participant {
	return each(c, "error.invalid.unknown_participant", func(s string) (cooperation.Participant, bool) {
		p := cooperation.Participant(s)
		return p, p.Valid()
	})
}

// language reads the one language of the texts.
func (c *cell) language() reference.Language {
	all := c.languages()
	switch {
	case len(all) == 0:
		return "" // reported when it was read
	case len(all) > 1:
		c.wrong("error.invalid.too_many", message.Int("max", 1))
	}
	return all[0]
}

func (c *cell) date() cooperation.Date {
	d, err := cooperation.ParseDate(c.text)
	if err != nil {
		c.wrong("error.invalid.date")
	}
	return d
}

func (c *cell) number() int {
	n, err := strconv.Atoi(c.text)
	if err != nil || n < 0 {
		c.wrong("error.invalid.number")
	}
	return n
}

// yes reads a mark: yes or no, true or false, 1 or 0.
func (c *cell) yes() bool {
	switch strings.ToLower(c.text) {
	case "yes", "true", "1":
		return true
	case "no", "false", "0":
		return false
	}
	c.wrong("error.import.yes_or_no", value(c.text))
	return false
}

func (c *cell) income() []reference.Income {
	var out []reference.Income
	for _, code := range c.list() {
		i, ok := reference.ParseIncome(code)
		if !ok {
			c.wrong("error.invalid.not_one_of", message.Of(message.Text, "allowed", incomes()))
			break
		}
		out = append(out, i)
	}
	return out
}

// incomes lists the groups for a sentence.
func incomes() string {
	var codes []string
	for _, i := range reference.Incomes() {
		codes = append(codes, i.Code())
	}
	return strings.Join(codes, ", ")
}
