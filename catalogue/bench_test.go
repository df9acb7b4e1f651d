package catalogue

import (
	"bytes"
	"fmt"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(convention())
	}
}

// filled is a state of so many needs and offers, half of each, as varied as
// real ones are.
func filled(tb testing.TB, documents int) *State {
	l := newLog(tb)
	countries := reference.Countries()
	var changes []Change
	for i := range documents / 2 {
		n := openNeed(i, fmt.Sprintf("Assistance number %d with taxation and illicit trade", i%977))
		n.Problem = prose(i)
		n.Beneficiaries = []reference.Country{countries[i%len(countries)]}
		n.Themes = []string{[]string{"tax", "cessation", "supply"}[i%3]}
		n.Kinds = []cooperation.Outcome{{Kind: cooperation.Kinds()[i%8]}}
		n.Deadline = date("2026-01-01").AddDays(i % 700)
		n.Costs = []cooperation.CostLine{{Activity: "workshop", Currency: "USD", Cost: fmt.Sprint(i % 5000), Sought: fmt.Sprint(i % 5000)}}
		o := openOffer(i, fmt.Sprintf("Training course %d for customs officers", i%977))
		o.Description = prose(i + 7)
		o.Provider = cooperation.Participant(countries[i%len(countries)].Alpha2())
		o.Themes = n.Themes
		if i%3 == 0 {
			o.Regions = []string{"002"}
		}
		changes = append(changes, needChange(n), offerChange(o))
		if len(changes) >= 500 {
			l.commit(changes...)
			changes = nil
		}
	}
	l.commit(changes...)
	return l.state
}

// prose is a text of about sixty words, some frequent and some rare.
func prose(i int) string {
	words := []string{"national", "programme", "tobacco", "control", "capacity", "building", "legislation", "of", "the", "ministry", "health", "customs"}
	var b bytes.Buffer
	for j := range 60 {
		b.WriteString(words[(i*31+j*j)%len(words)])
		if j%7 == 0 {
			fmt.Fprintf(&b, " word%d", (i*j)%5000)
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func BenchmarkSearch(b *testing.B) {
	party := cooperation.Actor{ID: "p", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.FocalPoint, Participant: "KE"}}}
	for _, documents := range []int{10_000, 100_000} {
		state := filled(b, documents)
		for name, q := range map[string]Query{
			"newest":             {},
			"filters_and_facets": {Status: []string{"open"}, Region: []string{"002"}, Theme: []string{"demand"}, Facets: true},
			"deadline":           {Sort: SortDeadline, DeadlineFrom: date("2026-06-01"), Currency: "USD", AmountFrom: 100_000},
			"frequent_words":     {Text: "tobacco control legislation", Facets: true},
			"rare_word":          {Text: "word77"},
			"everything":         {Text: "tobacco control", Theme: []string{"demand"}, Kind: []cooperation.Kind{cooperation.Training}, Country: []reference.Country{mustCountry("KE"), mustCountry("FR")}, Facets: true},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, documents), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := state.SearchNeeds(party, q); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkApply(b *testing.B) {
	for _, documents := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(documents), func(b *testing.B) {
			l := &log{t: b, state: filled(b, documents)}
			l.number = l.state.Position()
			version := uint64(1)
			for b.Loop() {
				version++
				n := openNeed(5, "Assistance that changes")
				n.Version, n.Problem = version, prose(int(version))
				l.commit(needChange(n))
			}
		})
	}
}

func BenchmarkSnapshotAfterAChange(b *testing.B) {
	l := &log{t: b, state: filled(b, 100_000)}
	l.number = l.state.Position()
	version := uint64(1)
	for b.Loop() {
		version++
		n := openNeed(5, "Assistance that changes")
		n.Version = version
		l.commit(needChange(n))
		if _, err := l.state.Snapshot(date("2026-03-02")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckpoint(b *testing.B) {
	for _, documents := range []int{10_000, 100_000} {
		state := filled(b, documents)
		var kept bytes.Buffer
		if _, err := state.Checkpoint(&kept); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("write/%d", documents), func(b *testing.B) {
			for b.Loop() {
				kept.Reset()
				if _, err := state.Checkpoint(&kept); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(kept.Len()))
		})
		b.Run(fmt.Sprintf("restore/%d", documents), func(b *testing.B) {
			for b.Loop() {
				if _, err := Restore(convention(), bytes.NewReader(kept.Bytes())); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
