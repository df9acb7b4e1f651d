package i18n

import (
	"strings"

	"entente/message"
	"entente/reference"
)

// Name is the name of a code in the language, without marks for the direction
// of text: what Render shows for an argument of that type. Where nothing names
// it, it is the code itself.
func (l *Localizer) Name(t message.Type, code string, names Names) string {
	switch t {
	case message.Country, message.Party:
		if country, ok := reference.ParseCountry(code); ok {
			return country.Name(l.lang)
		}
	case message.Language:
		if language, ok := reference.ParseLanguage(code); ok {
			return language.Name(l.lang)
		}
	case message.Region:
		if region, ok := reference.ParseRegion(code); ok {
			return region.Name(l.lang)
		}
	case message.Kind:
		return l.orCode("kind."+code, code)
	case message.Status:
		return l.orCode("status."+code, code)
	}
	if names != nil {
		if name, ok := names.Name(t, code, l.lang); ok && strings.TrimSpace(name) != "" {
			return name
		}
	}
	return code
}

// orCode is the text under a key, or the code where there is none.
func (l *Localizer) orCode(key, code string) string {
	if text, ok := l.Lookup(key); ok {
		return text
	}
	return code
}
