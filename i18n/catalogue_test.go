package i18n

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestALocalizerIsSharedAndFallsBackToEnglish(t *testing.T) {
	c := testCatalogue(t, nil)
	for tag, want := range map[string]string{"fr": "fr", "fr-CA": "fr", "zh-Hant-TW": "zh", "de": "en", "": "en", "%%": "en"} {
		l := c.Localizer(tag)
		if l.Language() != want {
			t.Errorf("the localizer of %q speaks %s, wanted %s", tag, l.Language(), want)
		}
		if l != c.Localizer(want) {
			t.Errorf("the localizer of %q is not the one of %s", tag, want)
		}
	}
}

func TestLanguagesKnowTheirNameAndDirection(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][2]string{
		"ar": {"العربية", "rtl"}, "en": {"English", "ltr"}, "es": {"Español", "ltr"},
		"fr": {"Français", "ltr"}, "ru": {"Русский", "ltr"}, "zh": {"中文", "ltr"},
	} {
		l := c.Localizer(lang)
		if got := [2]string{l.SelfName(), l.Direction()}; got != want {
			t.Errorf("%s is %v, wanted %v", lang, got, want)
		}
	}
	if Direction("fa") != "rtl" || Direction("he-IL") != "rtl" || Direction("ks-Deva") != "ltr" || Direction("?") != "ltr" {
		t.Error("the direction follows the script of any language")
	}
}

func TestNegotiationTakesTheReadersOwnLanguageOnly(t *testing.T) {
	for _, tc := range []struct {
		accept    string
		preferred []string
		want      string
	}{
		{"", nil, "en"},
		{"fr-CH, de;q=0.8", nil, "fr"},
		{"de, es-419;q=0.7, fr;q=0.9", nil, "fr"},
		{"en;q=0, es", nil, "es"},
		{"*", nil, "en"},
		{"cmn-Hans", nil, "zh"},
		{"zh-TW", nil, "zh"},
		{"arb", nil, "ar"},
		{"uk, be;q=0.9", nil, "en"},
		{"ca", nil, "en"},
		{"fr", []string{"ru"}, "ru"},
		{"fr", []string{"", "xx", "ar-EG"}, "ar"},
		{"fr", []string{"de"}, "fr"},
		{";;;,q=", nil, "en"},
		{strings.Repeat("a-", 5000), nil, "en"},
	} {
		if got := Negotiate(tc.accept, tc.preferred...); got != tc.want {
			t.Errorf("Accept-Language %.40q with %q negotiates %s, wanted %s", tc.accept, tc.preferred, got, tc.want)
		}
	}
}

func TestAnOverlayChangesTexts(t *testing.T) {
	over := fstest.MapFS{"house.fr.json": {Data: []byte(`{"test.other": "autre texte"}`)}}
	c := testCatalogue(t, nil, Overlay(over))
	if got := c.Localizer("fr").Text("test.other"); got != "autre texte" {
		t.Errorf("the French text is %q", got)
	}
	if got := c.Localizer("es").Text("test.other"); got != "other text" {
		t.Errorf("the Spanish text is %q", got)
	}
}

func TestMistakesInMessageFilesAreNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		file, content string
		want          []string
	}{
		"unknown key":       {"a.fr.json", `{"test.othr": "x"}`, []string{"a.fr.json", "test.othr"}},
		"unknown argument":  {"a.fr.json", `{"test.value": "{{.y}}"}`, []string{"a.fr.json", "test.value", "argument y"}},
		"language":          {"a.de.json", `{"test.value": "x"}`, []string{"a.de.json", "ar, en, es, fr, ru, zh"}},
		"no language":       {"a.json", `{}`, []string{"a.json"}},
		"not JSON":          {"a.fr.json", `{"test.value": }`, []string{"a.fr.json", "test.value"}},
		"not an object":     {"a.fr.json", `["x"]`, []string{"a.fr.json", "one JSON object"}},
		"twice in a file":   {"a.fr.json", `{"test.value": "x", "test.value": "y"}`, []string{"a.fr.json", "test.value", "twice"}},
		"template action":   {"a.fr.json", `{"test.value": "{{printf .x}}"}`, []string{"a.fr.json", "test.value", "braces"}},
		"open placeholder":  {"a.fr.json", `{"test.value": "{{.x"}`, []string{"a.fr.json", "test.value", "braces"}},
		"empty placeholder": {"a.fr.json", `{"test.value": "{{.}}"}`, []string{"a.fr.json", "braces"}},
	} {
		t.Run(name, func(t *testing.T) {
			over := fstest.MapFS{tc.file: {Data: []byte(tc.content)}}
			_, err := newFrom(testTexts(nil), Overlay(over))
			if err == nil {
				t.Fatal("the file was accepted")
			}
			for _, part := range tc.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not say %q", err, part)
				}
			}
		})
	}
	two := testTexts(nil)
	two["zz.fr.json"] = &fstest.MapFile{Data: []byte(`{"test.value": "x"}`)}
	if _, err := newFrom(two); err == nil || !strings.Contains(err.Error(), "test.fr.json") {
		t.Errorf("a key in two files gives the error %v, wanted one that names the other file", err)
	}
}
