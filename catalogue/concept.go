package catalogue

import (
	"strings"

	"entente/cooperation"
	"entente/reference"
)

// concept is something that has a name in six languages: a theme or a
// country. Whoever searches by its name in one language finds what is posted
// about it in another.
type concept struct {
	dimension dimension
	value     string
}

// concepts finds concepts by the keys of the words of their names.
type concepts map[string][]concept

// newConcepts reads the names of the themes of a convention and of all
// countries.
func newConcepts(conv *cooperation.Convention) concepts {
	c := concepts{}
	for _, language := range cooperation.ReaderLanguages() {
		for _, t := range conv.Themes {
			c.add(concept{byTheme, t.ID}, language, t.Name[language])
		}
		for _, country := range reference.Countries() {
			c.add(concept{byName, country.Alpha2()}, language, country.Name(string(language)))
		}
	}
	return c
}

func (c concepts) add(what concept, language reference.Language, name string) {
	tongue := tongueOf(language, name)
	put := func(key string) {
		for _, known := range c[key] {
			if known == what {
				return
			}
		}
		c[key] = append(c[key], what)
	}
	for text := range strings.FieldsSeq(name) {
		split(text,
			func(word string) {
				for _, key := range tongue.keys(word) {
					put(key)
				}
			},
			func(run []rune) {
				for _, key := range pairs(run, false) {
					put(key)
				}
			})
	}
}

// of lists the concepts whose name holds the word.
func (c concepts) of(word reading) []concept {
	var out []concept
	for _, key := range word {
		out = append(out, c[key]...)
	}
	return out
}
