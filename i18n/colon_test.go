package i18n_test

import (
	"testing"

	"entente/i18n"
	"entente/i18n/i18ntest"
)

func TestAColonHasTheSpacesOfItsLanguage(t *testing.T) {
	want := map[string]string{"ar": ": ", "en": ": ", "es": ": ", "fr": "\u00a0: ", "ru": ": ", "zh": "："}
	for _, lang := range i18n.Languages() {
		if got := i18ntest.Catalogue(t).Localizer(lang).Colon(); got != want[lang] {
			t.Errorf("%s: %q, want %q", lang, got, want[lang])
		}
	}
}
