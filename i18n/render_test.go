package i18n

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"entente/message"
)

// testNames knows one name of each type that the documents give.
type testNames struct{}

func (testNames) Name(t message.Type, id, lang string) (string, bool) {
	known := map[string]string{
		"theme clearance":    "Mine clearance",
		"body coop":          "Committee on Cooperation",
		"convention apmbc":   "Mine Ban Convention",
		"party undp":         "UN Development Programme",
		"region afro":        "WHO African Region",
		"theme clearance@ar": "إزالة الألغام",
	}
	if lang == "ar" {
		if name, ok := known[string(t)+" "+id+"@ar"]; ok {
			return name, true
		}
	}
	name, ok := known[string(t)+" "+id]
	return name, ok
}

// testTexts are the texts of this test in all languages, so that it does not
// depend on the wording of a room.
func testTexts(more map[string]string) fstest.MapFS {
	folder := fstest.MapFS{}
	for _, lang := range Languages() {
		and := map[string]string{"ar": " و", "en": " and ", "es": " y ", "fr": " et ", "ru": " и ", "zh": "和"}[lang]
		comma := map[string]string{"ar": " و", "zh": "、"}[lang]
		if comma == "" {
			comma = ", "
		}
		semicolon := map[string]string{"ar": "؛ ", "zh": "；"}[lang]
		if semicolon == "" {
			semicolon = "; "
		}
		andI := and
		if lang == "es" {
			andI = " e "
		}
		content := `{"test.value": "[{{.x}}]", "test.other": "other text", "list.comma": "` + comma +
			`", "list.semicolon": "` + semicolon + `", "list.and": "` + and + `", "list.and_i": "` + andI + `", "kind.training": "Training-` + lang +
			`", "kind.legal": "Law-` + lang + `", "status.need.open": "Open-` + lang +
			`", "reference.group.african": "African States-` + lang +
			`", "field.need.title": "Title-` + lang + `", "field.need.costs": "Costs-` + lang +
			`", "field.need.costs.cost": "Cost-` + lang + `"` + more[lang] + `}`
		folder["test."+lang+".json"] = &fstest.MapFile{Data: []byte(content)}
	}
	return folder
}

func testCatalogue(t *testing.T, more map[string]string, options ...Option) *Catalogue {
	t.Helper()
	c, err := newFrom(testTexts(more), options...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryTypeOfArgumentIsRendered(t *testing.T) {
	c := testCatalogue(t, nil)
	types := make(map[message.Type]bool)
	for _, tc := range []struct {
		lang string
		arg  message.Arg
		want string
	}{
		{"en", message.Of(message.Text, "x", "two\nlines"), "two lines"},
		{"en", message.Of(message.Text, "x", "نص"), "\u2068نص\u2069"},
		{"ar", message.Of(message.Text, "x", "HALO (UK)"), "\u2068HALO (UK)\u2069"},
		{"en", message.Of(message.Text, "x", "a\u202eb\u2069c"), "abc"},
		{"en", message.Int("x", 1234567), "1,234,567"},
		{"es", message.Int("x", 1234), "1234"},
		{"en", message.Of(message.Millionths, "x", "63249999"), "63.2"},
		{"fr", message.Of(message.Millionths, "x", "850000"), "0,85"},
		{"en", message.Of(message.Millionths, "x", "500000"), "0.5"},
		{"en", message.Of(message.Percent, "x", "855000"), "85.5%"},
		{"ru", message.Of(message.Percent, "x", "850000"), "85\u00a0%"},
		{"fr", message.Of(message.Country, "x", "DE"), "Allemagne"},
		{"fr", message.List(message.Countries, "x", "DE", "CH"), "Allemagne et Suisse"},
		{"es", message.List(message.Countries, "x", "IR", "IQ"), "e "},
		{"en", message.Of(message.Region, "x", "002"), "Africa"},
		{"en", message.Of(message.Region, "x", "african"), "African States-en"},
		{"en", message.List(message.Regions, "x", "002", "afro"), "Africa and WHO African Region"},
		{"en", message.Of(message.Language, "x", "pt"), "Portuguese"},
		{"en", message.List(message.Languages, "x", "fr", "pt", "es"), "French, Portuguese and Spanish"},
		{"en", message.Of(message.Theme, "x", "clearance"), "Mine clearance"},
		{"ar", message.Of(message.Theme, "x", "clearance"), "[إزالة الألغام]"},
		{"en", message.List(message.Themes, "x", "clearance", "clearance"), "Mine clearance and Mine clearance"},
		{"zh", message.Of(message.Kind, "x", "training"), "Training-zh"},
		{"zh", message.List(message.Kinds, "x", "training", "legal"), "Training-zh和Law-zh"},
		{"ar", message.Of(message.Body, "x", "coop"), "\u2068Committee on Cooperation\u2069"},
		{"en", message.Of(message.Convention, "x", "apmbc"), "Mine Ban Convention"},
		{"en", message.Of(message.Party, "x", "FR"), "France"},
		{"en", message.Of(message.Party, "x", "undp"), "UN Development Programme"},
		{"ru", message.Of(message.Status, "x", "need.open"), "Open-ru"},
		{"en", message.Of(message.Field, "x", "need.title"), "Title-en"},
		{"en", message.Of(message.Field, "x", "need.costs[2].cost"), "Cost-en (3)"},
		{"en", message.Of(message.Field, "x", "need.costs[0].unheard_of"), "Costs-en (1)"},
		{"en", message.List(message.Fields, "x", "need.title", "need.costs"), "Title-en and Costs-en"},
		{"en", message.Of(message.Date, "x", "2026-03-01"), "1 March 2026"},
		{"fr", message.Of(message.Date, "x", "2026-03-01"), "1er mars 2026"},
		{"en", message.Of(message.Money, "x", "2000000.50 USD"), "USD\u00a02,000,000.50"},
		{"fr", message.Of(message.Money, "x", "2000000 EUR"), "2\u202f000\u202f000\u00a0EUR"},
		{"en", message.Of(message.Money, "x", "12.5 KWD"), "KWD\u00a012.500"},
		{"en", message.Of(message.Key, "x", "test.other"), "other text"},
	} {
		types[tc.arg.Type] = true
		got, err := c.Localizer(tc.lang).Check(message.New("test.value", tc.arg), testNames{})
		if err != nil {
			t.Errorf("%s %s %q: %v", tc.lang, tc.arg.Type, tc.arg.Value, err)
		}
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s %s %q is rendered %q, wanted %q in it", tc.lang, tc.arg.Type, tc.arg.Value, got, tc.want)
		}
	}
	const known = 23 // the constants of message.Type; a new one needs a case here
	if len(types) != known {
		t.Errorf("%d types of arguments were rendered, message has %d", len(types), known)
	}
}

func TestABadValueIsShownAsItIsAndReported(t *testing.T) {
	c := testCatalogue(t, nil)
	for _, arg := range []message.Arg{
		message.Of(message.Integer, "x", "many"),
		message.Of(message.Percent, "x", "85%"),
		message.Of(message.Date, "x", "31.03.2026"),
		message.Of(message.Money, "x", "2000000.50"),
		message.Of(message.Money, "x", "1e9 USD"),
		message.Of(message.Country, "x", "QQ"),
		message.Of(message.Region, "x", "999"),
		message.Of(message.Language, "x", "not a language"),
		message.Of(message.Theme, "x", "unknown"),
		message.Of(message.Kind, "x", "magic"),
		message.Of(message.Field, "x", "need.nothing"),
		message.Of(message.Key, "x", "test.absent"),
		message.Of("colour", "x", "blue"),
	} {
		for _, names := range []Names{nil, testNames{}} {
			got, err := c.Localizer("en").Check(message.New("test.value", arg), names)
			if err == nil {
				t.Errorf("%s %q is rendered %q without an error", arg.Type, arg.Value, got)
			}
			if !strings.Contains(got, arg.Value) {
				t.Errorf("%s %q is rendered %q: the value is lost", arg.Type, arg.Value, got)
			}
		}
	}
	for _, arg := range []message.Arg{message.Of(message.Text, "x", ""), message.List(message.Countries, "x")} {
		if got, _ := c.Localizer("en").Check(message.New("test.value", arg), nil); got != "[…]" {
			t.Errorf("an empty %s is rendered %q, wanted an ellipsis", arg.Type, got)
		}
	}
}

func TestAMissingTextFallsBackAndIsReported(t *testing.T) {
	var mu sync.Mutex
	var reported []string
	collect := Report(func(p *Problem) {
		mu.Lock()
		defer mu.Unlock()
		reported = append(reported, p.Language+" "+p.Key)
	})
	c := testCatalogue(t, map[string]string{"en": `, "test.english": "Only {{.x}}"`}, collect)
	say := message.New("test.english", message.Int("x", 3))

	if got := c.Localizer("fr").Render(say, nil); got != "Only 3" {
		t.Errorf("a key that French lacks is rendered %q, wanted the English text", got)
	}
	if got := c.Localizer("fr").Text("test.nowhere"); got != "test.nowhere" {
		t.Errorf("a key that nobody has is rendered %q, wanted the key", got)
	}
	if got := c.Localizer("fr").Render(message.New("test.value"), nil); got != "[…]" {
		t.Errorf("a missing argument is rendered %q, wanted an ellipsis", got)
	}
	want := "fr test.english, fr test.nowhere, fr test.value"
	if got := strings.Join(reported, ", "); got != want {
		t.Errorf("reported %q, wanted %q", got, want)
	}
	if c.Has("test.english") || !c.Has("test.value") {
		t.Error("Has must be true only of keys that all languages have")
	}
	if _, ok := c.Localizer("fr").Lookup("test.english"); ok {
		t.Error("Lookup must not fall back")
	}
	if got := c.Localizer("en").Render(message.Message{}, nil); got != "" {
		t.Errorf("the zero message is rendered %q", got)
	}
}

func TestTheCountChoosesThePluralForm(t *testing.T) {
	c := testCatalogue(t, map[string]string{
		"ru": `, "test.n": {"one": "{{.count}} день", "few": "{{.count}} дня", "many": "{{.count}} дней", "other": "{{.count}} дня"}`,
		"en": `, "test.n": {"one": "{{.count}} day", "other": "{{.count}} days"}`,
		"ar": `, "test.n": {"zero": "z {{.count}}", "one": "o", "two": "t", "few": "f {{.count}}", "many": "m {{.count}}", "other": "r {{.count}}"}`,
		"fr": `, "test.n": {"one": "{{.count}} jour", "many": "{{.count}} de jours", "other": "{{.count}} jours"}`,
		"es": `, "test.n": {"one": "{{.count}} día", "many": "{{.count}} de días", "other": "{{.count}} días"}`,
		"zh": `, "test.n": {"other": "{{.count}}天"}`,
	})
	for _, tc := range []struct {
		lang  string
		count int
		want  string
	}{
		{"en", 1, "1 day"}, {"en", 0, "0 days"}, {"en", 1234, "1,234 days"},
		{"ru", 1, "1 день"}, {"ru", 3, "3 дня"}, {"ru", 11, "11 дней"}, {"ru", 1021, "1\u00a0021 день"},
		{"ar", 0, "z 0"}, {"ar", 1, "o"}, {"ar", 2, "t"}, {"ar", 3, "f 3"}, {"ar", 11, "m 11"}, {"ar", 100, "r 100"},
		{"fr", 0, "0 jour"}, {"fr", 2, "2 jours"}, {"fr", 2000000, "2\u202f000\u202f000 de jours"},
		{"es", 1000000, "1.000.000 de días"}, {"zh", 5, "5天"},
	} {
		got, err := c.Localizer(tc.lang).Check(message.New("test.n", message.Count(tc.count)), nil)
		if err != nil || got != tc.want {
			t.Errorf("%d in %s is rendered %q (%v), wanted %q", tc.count, tc.lang, got, err, tc.want)
		}
	}
}

func TestAFullStopAfterAnAbbreviationIsNotDoubled(t *testing.T) {
	c := testCatalogue(t, map[string]string{"ru": `, "test.until": "До {{.x}}."`})
	got := c.Localizer("ru").Render(message.New("test.until", message.Of(message.Date, "x", "2026-03-01")), nil)
	if want := "До 1 марта 2026 г."; got != want {
		t.Errorf("rendered %q, wanted %q", got, want)
	}
}

func TestRenderingIsSafeForConcurrentUse(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	say := message.New("error.invalid.fields", message.Count(3))
	want := make(map[string]string)
	fresh, err := New() // so that the texts of c are parsed by the goroutines
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		want[lang] = fresh.Localizer(lang).Render(say, nil)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, lang := range Languages() {
				if got := c.Localizer(lang).Render(say, testNames{}); got != want[lang] {
					t.Errorf("%s is rendered %q beside others, %q alone", lang, got, want[lang])
				}
				c.Localizer(lang).Date(aDay())
			}
		})
	}
	group.Wait()
}
