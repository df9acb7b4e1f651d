package platform_test

import (
	"fmt"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/store/sqlite"
)

// BenchmarkTickOver10k looks at the clocks of ten thousand needs of which
// none is due.
func BenchmarkTickOver10k(b *testing.B) {
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		b.Fatal(err)
	}
	s, err := sqlite.Open(b.Context(), "sqlite://"+b.TempDir()+"/entente.db")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	now := &clock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	on, err := platform.Open(b.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: teller{}, Clock: now.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer on.Close()
	for i := range 20 {
		if _, err := on.CreateUser(b.Context(), system, cooperation.User{Name: fmt.Sprint("secretariat ", i), Language: "en", Mail: fmt.Sprintf("s%d@example.org", i),
			Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.Secretariat}}}); err != nil {
			b.Fatal(explain(err))
		}
	}
	angola, _ := reference.ParseCountry("AO")
	for from := 0; from < 10_000; from += 500 {
		var needs []cooperation.ImportRow[cooperation.NeedContent]
		for i := range 500 {
			n := cooperation.NeedContent{Beneficiaries: []reference.Country{angola}, Title: fmt.Sprintf("Law %d", from+i), Problem: "The law of 2007 has no rules on smoke-free places, and nobody has drafted one.",
				Themes: []string{"fctc-art8"}, Kinds: []cooperation.Outcome{{Kind: cooperation.Legal, Change: "A bill is before parliament."}},
				Languages: []cooperation.LanguageWish{{Language: "pt", Strength: cooperation.Preferred}}}
			needs = append(needs, cooperation.ImportRow[cooperation.NeedContent]{Line: from + i + 2, ExternalID: fmt.Sprint("n-", from+i), Convention: "fctc", Content: n})
		}
		if result, err := on.ImportNeeds(b.Context(), secretary, needs, false); err != nil || result.Created != len(needs) {
			b.Fatal(explain(err), result)
		}
	}
	for b.Loop() {
		if _, err := on.Tick(b.Context(), "fctc"); err != nil {
			b.Fatal(explain(err))
		}
	}
}
