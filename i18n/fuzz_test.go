package i18n

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"entente/message"
)

// FuzzNegotiate reads anything as what a reader accepts: the answer is one of
// the six languages.
func FuzzNegotiate(f *testing.F) {
	for _, seed := range []string{"", "fr", "fr-CA;q=0.8, *;q=0.1", "zh-Hant-HK", "cmn", "x-klingon", "uk", "en;q=nan", strings.Repeat("a-", 500), "\x00\xff", "root", "i-default"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, accept, preferred string) {
		if got := Negotiate(accept, preferred); !slices.Contains(Languages(), got) {
			t.Errorf("%q, %q: %q", accept, preferred, got)
		}
	})
}

// FuzzTemplate reads anything as the text of a message, as an installation may
// word its own: it is refused, or it shows what it is given and calls nothing.
func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"", "Need {{.title}}.", "{{.title}}{{.title}}", "{{", "}}", "{{.}}", "{{ .title }}", "{{range .}}x{{end}}", "{{.title | printf}}", "{{.Title}}", "{{.é}}", "{{{.title}}}", "\u202e{{.title}}"} {
		f.Add(seed, "a law")
	}
	f.Fuzz(func(t *testing.T, source, value string) {
		p, err := parseTemplate(source)
		if err != nil {
			return
		}
		names := map[string]string{}
		for _, part := range p {
			if part.argument != "" {
				names[part.argument] = value
			}
		}
		shown, err := p.Execute(&values{of: names})
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 && shown != source {
			t.Errorf("%q is shown as %q", source, shown)
		}
		if len(names) > 0 && !strings.Contains(shown, value) {
			t.Errorf("%q does not show %q: %q", source, value, shown)
		}
	})
}

// FuzzOverlay loads anything as a file of texts of an installation: it is
// refused with the file's name, or every text can be shown.
func FuzzOverlay(f *testing.F) {
	for _, seed := range []string{"", "{}", "[]", `{"notify.greeting":"x"}`, `{"cli.version.help":"Version"}`, `{"cli.version.help":{"other":"Version"}}`, `{"cli.version.help":"{{.x}}"}`,
		`{"cli.version.help":"a","cli.version.help":"b"}`, `{"cli.version.help":1}`, `{"cli.version.help":{"other":{"other":"x"}}}`, "\xef\xbb\xbf{}", strings.Repeat("[", 5000)} {
		f.Add([]byte(seed))
	}
	base, err := readFolder(embedded())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		over, err := readFolder(fstest.MapFS{"mine.en.json": {Data: content}})
		if err != nil {
			if !strings.Contains(err.Error(), "mine.en.json") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		if checkOverlay(base, over) == nil {
			for _, x := range over {
				if x.lang != "en" || x.message.ID == "" {
					t.Errorf("%+v", x)
				}
			}
		}
	})
}

// FuzzRender renders a stored message whatever is in it: the reader is shown
// text, never nothing, and nothing of it panics.
func FuzzRender(f *testing.F) {
	texts, err := New(Report(func(*Problem) {}))
	if err != nil {
		f.Fatal(err)
	}
	for _, key := range []string{"", "error.invalid.fields", "error.unavailable.position", "cli.verify.log", "nowhere", "\u202e"} {
		for _, typ := range []message.Type{message.Text, message.Integer, message.Money, message.Date, message.Countries, message.Millionths, message.Key, "unknown"} {
			f.Add(key, "count", string(typ), "2")
		}
	}
	f.Add("error.invalid.fields", "count", "integer", "-9223372036854775808")
	f.Add("error.invalid.fields", "count", "money", "1e999 USD")
	f.Add("error.invalid.fields", "count", "date", "0000-00-00")
	f.Fuzz(func(t *testing.T, key, name, typ, value string) {
		for _, language := range Languages() {
			shown := texts.Localizer(language).Render(message.New(key, message.Of(message.Type(typ), name, value)), nil)
			if key != "" && shown == "" {
				t.Errorf("%s: %q with %s %q is shown as nothing", language, key, typ, value)
			}
			if utf8.ValidString(key) && utf8.ValidString(value) && !utf8.ValidString(shown) {
				t.Errorf("%s: %q is no UTF-8", language, shown)
			}
		}
	})
}
