package i18n

import (
	"slices"

	"golang.org/x/text/language"
)

// Default is the language of a reader about whom nothing is known.
const Default = "en"

// Languages are the languages served, as base language tags in alphabetical order.
func Languages() []string { return []string{"ar", "en", "es", "fr", "ru", "zh"} }

// Direction is the writing direction of a language tag: "rtl" or "ltr".
func Direction(lang string) string {
	if rightToLeft(lang) {
		return "rtl"
	}
	return "ltr"
}

// rightToLeft decides by the script that the language is written in.
func rightToLeft(lang string) bool {
	tag, err := language.Parse(lang)
	if err != nil {
		return false
	}
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return true
	}
	return false
}

// Negotiate chooses among the languages served. The preferred tags (a reader's
// setting, a parameter of the request) come first, in order; then those of an
// Accept-Language header, by their quality. A tag that cannot be read is passed
// over; with nothing left the answer is Default.
//
// Only the same language counts, in any script or region, macro-languages
// resolved (Mandarin is Chinese). CLDR's matcher would also offer Russian to
// readers of Ukrainian or Spanish to readers of Catalan as the second best: in
// a convention of States that is not ours to assume.
func Negotiate(acceptLanguage string, preferred ...string) string {
	for _, p := range preferred {
		if tag, err := language.Parse(p); err == nil && slices.Contains(Languages(), base(tag)) {
			return base(tag)
		}
	}
	// ParseAcceptLanguage returns what it could read beside its error.
	accepted, _, _ := language.ParseAcceptLanguage(acceptLanguage)
	for _, tag := range accepted {
		if slices.Contains(Languages(), base(tag)) {
			return base(tag)
		}
	}
	return Default
}

func base(tag language.Tag) string {
	if canonical, err := language.Macro.Canonicalize(tag); err == nil {
		tag = canonical
	}
	b, confidence := tag.Base()
	if confidence != language.Exact {
		return "" // "*" and "und" name no language, though x/text would guess one
	}
	return b.String()
}
