package samples_test

import (
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/catalogue"
	"entente/cooperation"
	"entente/exchange"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/samples"
	"entente/store/sqlite"
)

// operator imports the samples, as the demo does.
var operator = cooperation.System("test")

// nobody tells nobody of anything.
type nobody struct{}

func (nobody) Tell(cooperation.Occasion, []*cooperation.User, time.Time) []*cooperation.Notification {
	return nil
}

func needRows(t *testing.T) []cooperation.ImportRow[cooperation.NeedContent] {
	t.Helper()
	rows, err := exchange.ReadNeeds(samples.Needs())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range rows.Errors {
		t.Errorf("needs.csv:%d: %v", e.Line, e.Err)
	}
	return rows.Rows
}

func offerRows(t *testing.T) []cooperation.ImportRow[cooperation.OfferContent] {
	t.Helper()
	rows, err := exchange.ReadOffers(samples.Offers())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range rows.Errors {
		t.Errorf("offers.csv:%d: %v", e.Line, e.Err)
	}
	return rows.Rows
}

// demo is a platform with the samples in it.
func demo(t *testing.T) *platform.Platform {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: nobody{},
		Clock: func() time.Time { return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	needs, offers := needRows(t), offerRows(t)
	first, err := p.ImportNeeds(t.Context(), operator, needs, false)
	if err != nil {
		t.Fatal(err)
	}
	second, err := p.ImportOffers(t.Context(), operator, offers, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range append(first.Errors, second.Errors...) {
		t.Errorf("line %d, %s: %v", e.Line, e.ExternalID, e.Err)
	}
	if first.Created != len(needs) || second.Created != len(offers) {
		t.Errorf("of %d needs and %d offers %d and %d were imported", len(needs), len(offers), first.Created, second.Created)
	}
	return p
}

// ranking is the external ids of the offers for a need, best first, and the
// single change that would bring more, by its sort.
type ranking struct {
	offers []string
	change string
}

// rank ranks every sample need, by external id.
func rank(t *testing.T, p *platform.Platform) map[string]ranking {
	t.Helper()
	all := map[string]ranking{}
	for _, row := range needRows(t) {
		m, err := p.NeedMatches(operator, cooperation.DerivedID("need", row.Convention, row.ExternalID), 20)
		if err != nil {
			t.Fatal(err)
		}
		r := ranking{change: m.Report.Change.Sort.String()}
		for _, match := range m.Report.Matches {
			r.offers = append(r.offers, strings.TrimPrefix(match.ExternalID, "sample-offer-"))
		}
		all[strings.TrimPrefix(row.ExternalID, "sample-need-")] = r
	}
	return all
}

func TestEveryConventionHasNeedsAndOffersAndPairings(t *testing.T) {
	p := demo(t)
	rankings := rank(t, p)
	for _, c := range p.Conventions() {
		state, _ := p.State(c.ID)
		needs, err := state.SearchNeeds(operator, catalogue.Query{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		offers, err := state.SearchOffers(operator, catalogue.Query{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		if len(needs.Items) < 9 || len(offers.Items) < 9 {
			t.Errorf("%s has %d needs and %d offers", c.ID, len(needs.Items), len(offers.Items))
		}
		matched, unmatched := 0, 0
		for id, r := range rankings {
			switch {
			case !strings.HasPrefix(id, c.ID+"-"):
			case len(r.offers) > 0:
				matched++
			default:
				unmatched++
			}
		}
		if matched < 5 || unmatched < 1 {
			t.Errorf("%s has %d needs with candidates and %d without", c.ID, matched, unmatched)
		}
	}
}

// The stories that the demo tells. Whoever changes a sample sees here what
// becomes of them.
func TestTheSamplesTellTheirStories(t *testing.T) {
	rankings := rank(t, demo(t))
	for need, want := range map[string][]string{
		"apmbc-01": {"apmbc-01", "apmbc-02", "apmbc-07"}, // help in Portuguese before a larger offer in English
		"untoc-01": {"untoc-01", "untoc-02"},
		"fctc-02":  {"fctc-02", "fctc-03"},
		"cms-03":   {"cms-03", "cms-09", "cms-04"},
		"apmbc-10": {"apmbc-07"},         // South-South
		"untoc-10": {"untoc-09"},         // through interpretation
		"fctc-07":  {"fctc-10"},          // finance alone: language does not matter
		"cms-01":   {"cms-01", "cms-02"}, // a programme activity and those who could fund it
		"cms-10":   {"cms-13", "cms-02"}, // another
	} {
		if diff := cmp.Diff(want, rankings[need].offers); diff != "" {
			t.Errorf("offers for %s (-want +got):\n%s", need, diff)
		}
	}
	for need, want := range map[string]string{
		"apmbc-05": "language", "apmbc-12": "theme", "untoc-11": "language", "untoc-12": "theme",
		"fctc-10": "language", "fctc-11": "theme", "cms-11": "language",
	} {
		if r := rankings[need]; len(r.offers) > 0 || r.change != want {
			t.Errorf("%s has the offers %v and the change %q, not none and %q", need, r.offers, r.change, want)
		}
	}
}

func TestEverySampleSaysThatItIsOne(t *testing.T) {
	words := map[reference.Language][2]string{ // the first word of a title, the word in a source
		"ar": {"مثال", "نموذجي"}, "en": {"Sample", "Sample"}, "es": {"Ejemplo", "ejemplo"}, "fr": {"Exemple", "exemple"},
		"pt": {"Exemplo", "exemplo"}, "ru": {"Пример", "Пример"}, "zh": {"示例", "示例"},
	}
	used := map[reference.Language]bool{}
	check := func(line int, language reference.Language, title, source string) {
		want, known := words[language]
		if !known || !strings.HasPrefix(title, want[0]) || !strings.Contains(source, want[1]) {
			t.Errorf("line %d, in %q, does not say that it is a sample: %q, %q", line, language, title, source)
		}
		used[language] = true
	}
	for _, r := range needRows(t) {
		check(r.Line, r.Content.ContentLanguage, r.Content.Title, r.Content.Analysis.Text)
	}
	for _, r := range offerRows(t) {
		check(r.Line, r.Content.ContentLanguage, r.Content.Title, r.Content.Evidence[0].Title)
	}
	if len(used) < 6 {
		t.Errorf("the samples are in %v only", slices.Sorted(maps.Keys(used)))
	}
}

func TestEverySampleIsOfAPartyAndReadsFromItsBeginning(t *testing.T) {
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	today := cooperation.DateOf(time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC))
	for _, r := range offerRows(t) {
		c, _ := set.Convention(r.Convention)
		if state, ok := r.Content.Provider.State(); !ok || !c.PartyOn(state, today) {
			t.Errorf("offers.csv:%d: %s is no Party to %s", r.Line, r.Content.Provider, r.Convention)
		}
	}
	for _, r := range needRows(t) {
		c, _ := set.Convention(r.Convention)
		for _, b := range r.Content.Beneficiaries {
			if !c.PartyOn(b, today) {
				t.Errorf("needs.csv:%d: %s is no Party to %s", r.Line, b, r.Convention)
			}
		}
	}
	first, _ := io.ReadAll(samples.Needs())
	again, _ := io.ReadAll(samples.Needs())
	if len(first) == 0 || string(first) != string(again) {
		t.Error("a second reader does not begin anew")
	}
}
