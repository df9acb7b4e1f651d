package i18n

import (
	"strings"
	"testing"

	"entente/message"
)

func TestATextOfNoCatalogueIsFilledAsThoseOfTheCataloguesAre(t *testing.T) {
	var told []string
	texts, err := New(Report(func(p *Problem) { told = append(told, p.Error()) }))
	if err != nil {
		t.Fatal(err)
	}
	args := []message.Arg{message.Count(1234567), message.Of(message.Country, "country", "MZ"), message.Of(message.Date, "until", "2026-03-01"), message.Of(message.Date, "never", "soon")}
	for _, tc := range []struct{ lang, text, want string }{
		{"en", "{{count}} for {{country}}, until {{until}}.", "1,234,567 for Mozambique, until 1 March 2026."},
		{"ru", "До {{until}}.", "До 1 марта 2026 г."},
		{"zh", "plain", "plain"},
	} {
		got, ok := texts.Localizer(tc.lang).Fill("k", tc.text, args, nil)
		if plain := strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u00a0", " ").Replace(got); plain != tc.want || !ok {
			t.Errorf("%s: %q, %v", tc.text, plain, ok)
		}
	}
	if len(told) > 0 {
		t.Errorf("reported: %v", told)
	}
	for text, why := range map[string]string{"{{gone}}": "gone is missing", "{{count": "braces", "{{COUNT}}": "braces", "{{never}}": "soon", "": "", " ": ""} {
		told = nil
		if got, ok := texts.Localizer("fr").Fill("template.x", text, args, nil); ok {
			t.Errorf("%q is filled as %q", text, got)
		}
		if why != "" && (len(told) != 1 || !strings.Contains(told[0], why) || !strings.Contains(told[0], "template.x")) {
			t.Errorf("%q: reported are %v", text, told)
		}
	}
}
