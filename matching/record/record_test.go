package record_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching/record"
	"entente/reference"
)

func country(t *testing.T, code string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(code)
	if !ok {
		t.Fatalf("%q is no country", code)
	}
	return c
}

// rows reads "year beneficiary theme provider" four words at a time.
func rows(t *testing.T, words ...any) []record.Row {
	t.Helper()
	var list []record.Row
	for i := 0; i < len(words); i += 4 {
		list = append(list, record.Row{Year: words[i].(int), Beneficiary: country(t, words[i+1].(string)), Theme: words[i+2].(string), Provider: words[i+3].(string)})
	}
	return list
}

func past(t *testing.T) []record.Row {
	t.Helper()
	return rows(t,
		2018, "KE", "mines", "NO", 2019, "KE", "mines", "NO", 2020, "KE", "mines", "NO", 2018, "UG", "mines", "NO",
		2019, "TZ", "mines", "NO", 2020, "TZ", "law", "JP", 2018, "VN", "law", "JP", 2019, "VN", "law", "JP",
		2020, "LA", "law", "JP", 2019, "PE", "law", "ES", 2020, "BO", "law", "ES", 2018, "KE", "law", "agency",
		2019, "VN", "mines", "agency", 2020, "PE", "mines", "agency")
}

func TestWithThePlainModelCloserHelpIsWorthMore(t *testing.T) {
	table := record.NewTable(past(t), 2020, record.Plain())
	value := func(b, theme, provider string) int32 {
		return table.Row(country(t, b), theme).Main[table.Number(provider)]
	}
	for _, c := range []struct {
		because    string
		more, less int32
	}{
		{"Norway clears mines in Kenya every year", value("KE", "mines", "NO"), value("KE", "mines", "JP")},
		{"Norway clears mines in the sub-region, Spain helps elsewhere with law", value("RW", "mines", "NO"), value("RW", "mines", "ES")},
		{"Spain helps in the region of Ecuador with law", value("EC", "law", "ES"), value("EC", "law", "NO")},
		{"in Kenya, Norway is known for mines and not for law", value("KE", "mines", "NO"), value("KE", "law", "NO")},
	} {
		if c.more <= c.less {
			t.Errorf("%d is not more than %d, but %s", c.more, c.less, c.because)
		}
	}
}

func TestWhoIsNotOnRecordIsNeutralAndNew(t *testing.T) {
	table := record.NewTable(past(t), 2020, record.Plain())
	v := table.Row(country(t, "KE"), "mines")
	if n := table.Number("somebody"); n != 0 || v.Main[0] != 500_000 || v.Discovery[0] != 500_000 || !v.New[0] {
		t.Errorf("number %d, values %d and %d, new %v", n, v.Main[0], v.Discovery[0], v.New[0])
	}
	if v.New[table.Number("NO")] || !v.New[table.Number("JP")] {
		t.Error("Norway has helped Kenya, Japan has not")
	}
	for p, x := range v.Main[1:] {
		if x <= 500_000 {
			t.Errorf("%s, who has helped somebody, is worth %d, no more than a stranger", table.Provider(int32(p+1)), x)
		}
	}
	empty := record.NewTable(nil, 2020, record.Plain())
	if !empty.Empty() || len(empty.Row(country(t, "KE"), "mines").Main) != 1 || empty.LiftBeneficiary(country(t, "KE")) != 500_000 {
		t.Error("an empty record is not neutral")
	}
}

func TestWhatCameAfterTheLastYearIsNotKnown(t *testing.T) {
	early := record.NewTable(past(t), 2019, record.Plain())
	var before []record.Row
	for _, r := range past(t) {
		if r.Year <= 2019 {
			before = append(before, r)
		}
	}
	if diff := cmp.Diff(record.NewTable(before, 2019, record.Plain()).Row(country(t, "KE"), "mines"), early.Row(country(t, "KE"), "mines")); diff != "" {
		t.Errorf("(-known then +said to be known):\n%s", diff)
	}
}

// random is a history in which everything happens.
func random(t *testing.T, seed uint64, n int) []record.Row {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	all := reference.Countries()
	list := make([]record.Row, n)
	for i := range list {
		list[i] = record.Row{
			Year: 2010 + r.IntN(8), Beneficiary: all[1+r.IntN(60)], Theme: []string{"a", "b", "c", "d"}[r.IntN(4)],
			Provider: []string{"NO", "JP", "ES", "EU", "agency", "bank", "BR", "ZA"}[min(r.IntN(12), 7)],
		}
	}
	return list
}

func TestTheOrderOfRowsRepetitionsAndGoroutinesDoNotShow(t *testing.T) {
	list := random(t, 1, 400)
	want := record.NewTable(list, 2017, record.Plain())
	shuffled := append(slices.Clone(list), list[:50]...)
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	got := record.NewTable(shuffled, 2017, record.Plain())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, b := range reference.Countries() {
				got.Row(b, "a")
			}
		})
	}
	wait.Wait()
	for _, b := range reference.Countries() {
		for _, theme := range []string{"a", "d", "unheard of"} {
			if diff := cmp.Diff(want.Row(b, theme), got.Row(b, theme)); diff != "" {
				t.Fatalf("%s, %s:\n%s", b, theme, diff)
			}
		}
	}
}

func TestFeaturesAreFiniteWhateverTheHistory(t *testing.T) {
	for seed := range uint64(6) {
		for _, n := range []int{1, 2, 30, 300} {
			for _, halfLife := range []int{0, 1, 4} {
				h := record.New(random(t, seed, n), 2015, halfLife)
				if h.Empty() {
					continue
				}
				for _, b := range reference.Countries()[:80] {
					for _, x := range h.Describe(b, []string{"a", "unheard of"}) {
						for f, column := range x {
							for _, v := range column {
								if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 100 {
									t.Fatalf("seed %d, %d rows: %s of %s is %v", seed, n, record.Features()[f], b, v)
								}
							}
						}
					}
				}
			}
		}
	}
}

func TestTheStepsFromWideToCloseMakeUpTheShareOfTheHelp(t *testing.T) {
	var list []record.Row
	for year := 1980; year < 2020; year++ {
		list = append(list, rows(t, year, "KE", "mines", "NO", year, "VN", "law", "JP")...)
		if year%4 == 0 {
			list = append(list, rows(t, year, "KE", "mines", "JP")...)
		}
	}
	h := record.New(list, 2019, 0)
	names := record.Features()[:7]
	if names[0] != record.Share || names[6] != record.SharePair {
		t.Fatalf("the first features are %v", names)
	}
	x := h.Describe(country(t, "KE"), []string{"mines"})[0]
	sum := map[string]float64{}
	for f := range names {
		for p, v := range x[f] {
			sum[h.Providers()[p]] += v
		}
	}
	// Forty years against ten, each with its part of three more.
	if ratio := math.Exp(sum["NO"] - sum["JP"]); ratio < 3.6 || ratio > 4.4 {
		t.Errorf("Norway has %.2f times the share of Japan, not about 4", ratio)
	}
}

func TestFactsCountWhatTheySay(t *testing.T) {
	table := record.NewTable(past(t), 2020, record.Plain())
	kenya := country(t, "KE")
	want := record.Facts{Since: 2018, Until: 2020, YearsOnFile: 3, PairYears: 3, PairLast: 2020, PartnerYears: 3, PartnerLast: 2020,
		ThereWithTheme: 2, There: 2, WithTheme: 2, Anywhere: 2}
	if diff := cmp.Diff(want, table.Facts(table.Number("NO"), kenya, "mines")); diff != "" {
		t.Errorf("Norway in Kenya (-want +got):\n%s", diff)
	}
	want = record.Facts{Since: 2018, Until: 2020, YearsOnFile: 3, There: 1, WithTheme: 0, Anywhere: 3}
	if diff := cmp.Diff(want, table.Facts(table.Number("JP"), kenya, "mines")); diff != "" {
		t.Errorf("Japan in Kenya (-want +got):\n%s", diff)
	}
}

func TestAModelWithASlipOfThePenIsRefused(t *testing.T) {
	plain := record.Plain()
	if err := plain.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*record.Model){
		"an unknown feature": func(m *record.Model) { m.Main["colony"] = 1 },
		"no span":            func(m *record.Model) { m.Span = 0 },
		"a weight too large": func(m *record.Model) { m.Discovery[record.Share] = 1e9 },
		"a number that is none": func(m *record.Model) {
			m.Main[record.Share] = math.NaN()
		},
		"a half-life of minus one": func(m *record.Model) { m.HalfLife = -1 },
	} {
		m := record.Plain()
		change(&m)
		if err := m.Validate(); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
