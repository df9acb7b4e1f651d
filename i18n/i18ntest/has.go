// Package i18ntest helps other rooms to test that the texts which they name
// exist.
package i18ntest

import (
	"sync"
	"testing"

	"entente/i18n"
	"entente/message"
)

// Has fails the test for every key that has no text in one of the six languages.
func Has(t testing.TB, keys ...string) {
	t.Helper()
	catalogue := Catalogue(t)
	for _, key := range keys {
		if !catalogue.Has(key) {
			t.Errorf("the message catalogues have no text %s in all six languages", key)
		}
	}
}

// Renders fails the test for every message that cannot be rendered completely
// in one of the six languages: a missing text or argument, or a value that is
// not of its type. Names may be nil when no argument needs them.
func Renders(t testing.TB, names i18n.Names, messages ...message.Message) {
	t.Helper()
	catalogue := Catalogue(t)
	for _, m := range messages {
		for _, lang := range i18n.Languages() {
			if _, err := catalogue.Localizer(lang).Check(m, names); err != nil {
				t.Error(err)
			}
		}
	}
}

// shared are the embedded texts, which never change: they are read once.
var shared = sync.OnceValues(func() (*i18n.Catalogue, error) { return i18n.New() })

// Catalogue returns the embedded texts.
func Catalogue(t testing.TB) *i18n.Catalogue {
	t.Helper()
	catalogue, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

// Strict returns the embedded texts, which fail the test when a text is missing
// or is shown with a hole.
func Strict(t testing.TB) *i18n.Catalogue {
	t.Helper()
	return Catalogue(t).Reporting(func(p *i18n.Problem) { t.Error(p) })
}
