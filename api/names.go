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

// name is the name of a code in the reader's language: what i18n shows for an
// argument of that type, without marks for the direction of text; the code
// itself where nothing names it.
func (c *call) name(t message.Type, code string) string {
	lang := c.words.Language()
	switch t {
	case message.Country, message.Party:
		if country, ok := reference.ParseCountry(code); ok {
			return country.Name(lang)
		}
	case message.Language:
		if language, ok := reference.ParseLanguage(code); ok {
			return language.Name(lang)
		}
	case message.Region:
		if region, ok := reference.ParseRegion(code); ok {
			return region.Name(lang)
		}
	case message.Kind:
		return c.text("kind."+code, code)
	case message.Status:
		return c.text("status."+code, code)
	}
	if name, ok := c.names().Name(t, code, lang); ok && name != "" {
		return name
	}
	return code
}

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
