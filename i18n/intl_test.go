package i18n

import (
	"encoding/json"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

func aDay() time.Time { return time.Date(2026, 3, 31, 14, 5, 0, 0, time.UTC) }

// oracle asks Node's Intl (ICU) how it writes the same things.
const oracle = `
const say = {};
for (const lang of ['ar', 'en', 'es', 'fr', 'ru', 'zh']) {
  const tag = {ar: 'ar-u-nu-latn', en: 'en-GB'}[lang] || lang;
  const s = say[lang] = {};
  for (const n of [0, 7, 1234, 12345, -1234567.5])
    s['number ' + n] = new Intl.NumberFormat(tag).format(n);
  for (const p of [0.5, 0.855, 1])
    s['percent ' + p] = new Intl.NumberFormat(tag, {style: 'percent', maximumFractionDigits: 1}).format(p);
  s['money'] = new Intl.NumberFormat(tag, {style: 'currency', currency: 'USD', currencyDisplay: 'code'}).format(2000000.5);
  for (let m = 0; m < 12; m++)
    s['date ' + m] = new Intl.DateTimeFormat(tag, {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(Date.UTC(2026, m, 15)));
  for (const items of [['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'Irak'], ['A', 'hielo'], ['A', 'hindi']])
    s['list ' + items.join(' ')] = new Intl.ListFormat(tag).format(items);
}
console.log(JSON.stringify(say));`

func TestNumbersDatesAndListsAreWrittenAsICUDoes(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node, whose Intl is the oracle, is not installed")
	}
	out, err := exec.Command(node, "-e", oracle).Output()
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]map[string]string
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		if len(said[lang]) != 26 {
			t.Fatalf("the oracle answered %d questions in %s", len(said[lang]), lang)
		}
		for question, want := range said[lang] {
			got := c.Localizer(lang).answer(t, question)
			// The isolates around money in Arabic are ours, for use within a sentence.
			got = strings.NewReplacer(firstStrong, "", popIsolate, "").Replace(got)
			if got != want {
				t.Errorf("%s: %s is %+q, ICU says %+q", lang, question, got, want)
			}
		}
	}
}

// answer writes what the oracle was asked.
func (l *Localizer) answer(t *testing.T, question string) string {
	t.Helper()
	kind, value, _ := strings.Cut(question, " ")
	switch kind {
	case "number":
		return l.Decimal(value)
	case "percent":
		share, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return l.Percent(int64(share * million))
	case "money":
		return l.Money("2000000.50", "USD")
	case "date":
		month, err := strconv.Atoi(value)
		if err != nil {
			t.Fatal(err)
		}
		return l.Date(time.Date(2026, time.Month(month+1), 15, 0, 0, 0, 0, time.UTC))
	default:
		return l.List(strings.Fields(value))
	}
}

func TestDateAndTime(t *testing.T) {
	c := testCatalogue(t, nil)
	for lang, want := range map[string]string{
		"ar": "31 مارس 2026، \u206814:05\u00a0UTC\u2069",
		"en": "31 March 2026, 14:05\u00a0UTC",
		"es": "31 de marzo de 2026, 14:05\u00a0UTC",
		"fr": "31 mars 2026, 14:05\u00a0UTC",
		"ru": "31 марта 2026 г., 14:05\u00a0UTC",
		"zh": "2026年3月31日 14:05\u00a0UTC",
	} {
		if got := c.Localizer(lang).DateTime(aDay()); got != want {
			t.Errorf("%s writes %q, wanted %q", lang, got, want)
		}
	}
	if got := c.Localizer("en").DateTime(time.Date(2026, 1, 2, 9, 5, 0, 0, time.UTC)); got != "2 January 2026, 09:05\u00a0UTC" {
		t.Errorf("the morning is written %q", got)
	}
}
