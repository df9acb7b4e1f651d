package api

import (
	"entente/cooperation"
	"entente/i18n"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// names are what the convention that the answer concerns calls its things.
func (c *call) names() i18n.Names {
	if c.convention == nil {
		return platform.Names{}
	}
	return c.api.platform.Names(c.convention.ID)
}

// name is the name of a code in the reader's language.
func (c *call) name(t message.Type, code string) string { return c.words.Name(t, code, c.names()) }

// text is the text under a key, or the code where there is none.
func (c *call) text(key, code string) string {
	if text, ok := c.words.Lookup(key); ok {
		return text
	}
	return code
}

// in is a text of a profile in the reader's language.
func (c *call) in(n cooperation.Names) string { return n.In(reference.Language(c.words.Language())) }

// named is a code with its name.
func (c *call) named(t message.Type, code string) Named {
	return Named{ID: code, Name: c.name(t, code)}
}
