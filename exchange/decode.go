package exchange

import (
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// The decoders below read the text of one cell. Lists are separated by spaces.

func (c *cell) list() []string { return strings.Fields(c.text) }

func (c *cell) countries() []reference.Country {
	var out []reference.Country
	for _, code := range c.list() {
		country, ok := reference.ParseCountry(code)
		if !ok {
			c.wrong("error.invalid.unknown_country", message.Of(message.Text, "value", clip(code)))
			continue
		}
		out = append(out, country)
	}
	return out
}

func (c *cell) languages() []reference.Language {
	var out []reference.Language
	for _, tag := range c.list() {
		l, ok := reference.ParseLanguage(tag)
		if !ok {
			c.wrong("error.invalid.unknown_language", message.Of(message.Text, "value", clip(tag)))
			continue
		}
		out = append(out, l)
	}
	return out
}

func (c *cell) kinds() []cooperation.Outcome {
	var out []cooperation.Outcome
	for _, code := range c.list() {
		k := cooperation.Kind(code)
		if !k.Valid() {
			c.wrong("error.invalid.unknown_kind", message.Of(message.Text, "value", clip(code)))
			continue
		}
		out = append(out, cooperation.Outcome{Kind: k})
	}
	return out
}

func (c *cell) participants() []cooperation.Participant {
	var out []cooperation.Participant
	for _, id := range c.list() {
		p := cooperation.Participant(id)
		if !p.Valid() {
			c.wrong("error.invalid.unknown_participant", message.Of(message.Text, "value", clip(id)))
			continue
		}
		out = append(out, p)
	}
	return out
}

func (c *cell) date() cooperation.Date {
	d, err := cooperation.ParseDate(c.text)
	if err != nil {
		c.wrong("error.invalid.date", message.Of(message.Text, "value", clip(c.text)))
	}
	return d
}

func (c *cell) number() int {
	n, err := strconv.Atoi(c.text)
	if err != nil || n < 0 {
		c.wrong("error.invalid.number", message.Of(message.Text, "value", clip(c.text)))
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
	c.wrong("error.import.yes_or_no", message.Of(message.Text, "value", clip(c.text)))
	return false
}

func (c *cell) income() []reference.Income {
	var out []reference.Income
	for _, code := range c.list() {
		var i reference.Income
		if err := i.UnmarshalText([]byte(code)); err != nil {
			c.wrong("error.invalid.not_one_of", message.Of(message.Text, "allowed", "low, lower-middle, upper-middle, high"))
			continue
		}
		out = append(out, i)
	}
	return out
}

// language reads one tag.
func (c *cell) language() reference.Language {
	if l := c.languages(); len(l) == 1 {
		return l[0]
	}
	return ""
}
