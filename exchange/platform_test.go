package exchange_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/exchange"
	"entente/platform"
	"entente/profiles"
	"entente/store/sqlite"
)

// nobody tells nobody of anything.
type nobody struct{}

func (nobody) Tell(cooperation.Occasion, []*cooperation.User, time.Time) []*cooperation.Notification {
	return nil
}

// fresh is a platform with the shipped conventions on an empty SQLite file.
func fresh(t *testing.T) *platform.Platform {
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
	return p
}

// result is what an import did, with every mistake.
type result struct {
	Created, Changed, Unchanged int
	Told                        []told
}

func importNeeds(t *testing.T, p *platform.Platform, r io.Reader, dry bool) result {
	t.Helper()
	rows, err := exchange.ReadNeeds(r)
	if err != nil {
		t.Fatal(err)
	}
	done, err := p.ImportNeeds(t.Context(), cooperation.System("test"), rows.Rows, dry)
	return resultOf(t, done.InColumns(exchange.NeedColumn), rows.Errors, err)
}

func importOffers(t *testing.T, p *platform.Platform, r io.Reader, dry bool) result {
	t.Helper()
	rows, err := exchange.ReadOffers(r)
	if err != nil {
		t.Fatal(err)
	}
	done, err := p.ImportOffers(t.Context(), cooperation.System("test"), rows.Rows, dry)
	return resultOf(t, done.InColumns(exchange.OfferColumn), rows.Errors, err)
}

func importActivities(t *testing.T, p *platform.Platform, r io.Reader, dry bool) result {
	t.Helper()
	rows, err := exchange.ReadActivities(r)
	if err != nil {
		t.Fatal(err)
	}
	done, err := p.ImportActivities(t.Context(), cooperation.System("test"), rows.Rows, dry)
	return resultOf(t, done.InColumns(exchange.ActivityColumn), rows.Errors, err)
}

func resultOf(t *testing.T, done cooperation.ImportResult, unread []cooperation.RowError, err error) result {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	all := done.Plus(cooperation.ImportResult{Errors: unread})
	words(t, all.Errors)
	return result{all.Created, all.Changed, all.Unchanged, toldOf(all.Errors)}
}

// shared opens a file of the data that may stand beside the clone.
func shared(t *testing.T, name string) io.Reader {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		if f, err := os.Open(filepath.Join(at, "shared", "data", name)); err == nil {
			t.Cleanup(func() { f.Close() })
			return f
		}
	}
	t.Skip("no folder shared/data beside the clone")
	return nil
}

func TestRealFilesAreImportedOnceAndForAll(t *testing.T) {
	for _, kind := range []struct {
		file string
		rows int
		take func(*testing.T, *platform.Platform, io.Reader, bool) result
	}{
		{"fctc/needs.csv", 104, importNeeds},
		{"fctc/offers.csv", 40, importOffers},
	} {
		t.Run(kind.file, func(t *testing.T) {
			p := fresh(t)
			for _, step := range []struct {
				name    string
				dry     bool
				want    result
				written bool
			}{
				{"a dry run on an empty store", true, result{Created: kind.rows}, false},
				{"the file", false, result{Created: kind.rows}, true},
				{"the file again", false, result{Unchanged: kind.rows}, false},
				{"a dry run of the file again", true, result{Unchanged: kind.rows}, false},
			} {
				before := p.Position("fctc")
				got := kind.take(t, p, shared(t, kind.file), step.dry)
				if diff := cmp.Diff(step.want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", step.name, diff)
				}
				if written := p.Position("fctc") != before; written != step.written {
					t.Errorf("%s: written: %v", step.name, written)
				}
			}
		})
	}
}

func TestAChangedRowChangesItsPostingAndNoOther(t *testing.T) {
	p := fresh(t)
	file := header + "\n" + good + "\nb-2,fctc,MZ,Other,fctc-art8,training,pt\n"
	if diff := cmp.Diff(result{Created: 2}, importNeeds(t, p, strings.NewReader(file), false)); diff != "" {
		t.Fatalf("first (-want +got):\n%s", diff)
	}
	file = strings.Replace(file, "Other", "Another", 1)
	if diff := cmp.Diff(result{Changed: 1, Unchanged: 1}, importNeeds(t, p, strings.NewReader(file), false)); diff != "" {
		t.Errorf("then (-want +got):\n%s", diff)
	}
}

// What only the domain can know is told by the column of the file too.
func TestMistakesAgainstTheConventionAreToldByColumn(t *testing.T) {
	needs := header + ",problem,source,urgency,currency,amount_sought,national_budget,end,start,valid_until,preferred,excluded\n" +
		"a-1,nosuch,AO,T,fctc-art6,training,pt,,,,,,,,,,,\n" +
		"a-2,fctc,ID,T,fctc-art6,training,pt,,,,,,,,,,,\n" +
		"a-3,fctc,AO,T,fctc-art99,training,pt,,,,,,,,,,,\n" +
		"a-4,fctc,AO,,,,,,,,,,,,,,,\n" +
		"a-5,fctc,AO,T,fctc-art6,training,pt,,,soon,,,,,,,,\n" +
		"a-6,fctc,AO,T,fctc-art6,training,pt,,,,USD,\"1,000\",,,,,,\n" +
		"a-7,fctc,AO,T,fctc-art6,training,pt,,,,dollars,1000,,,,,,\n" +
		"a-8,fctc,AO,T,fctc-art6,training,pt,,,,USD,1000,x,,,,,\n" +
		"a-9,fctc,AO,T,fctc-art6,training,pt,,,,USD,,,,,,,\n" +
		"a-10,fctc,AO,T,fctc-art6,training,pt,,,,,,,2027-01-01,2028-01-01,,,\n" +
		"a-11,fctc,AO,T,fctc-art6,training,pt,,,,,,,,,2020-01-01,,\n" +
		"a-12,fctc,AO,T,fctc-art6,training,pt,,,,,,,,,,AO,\n" +
		"a-13,fctc,AO,T,fctc-art6,training,pt,,,,,,,,,,BR,BR\n" +
		"a-14,fctc,AO," + strings.Repeat("x", 301) + ",fctc-art6,training,pt,,,,,,,,,,,\n" +
		"a-15,fctc,AO,T,fctc-art6,training,pt,,,,USD,1000,500,,,,,\n"
	offers := "external_id,convention,provider,title,themes,kinds,languages,regions,firmness,capacity_unit,capacity,currency,ceiling,excluded\n" +
		"o-1,fctc,??,T,fctc-art6,training,pt,,,,,,,\n" +
		"o-2,fctc,BR,T,fctc-art6,training,pt,atlantis,,,,,,\n" +
		"o-3,fctc,BR,T,fctc-art6,training,pt,,firm,,,,,\n" +
		"o-4,fctc,BR,T,fctc-art6,training,pt,,,days,5,,,\n" +
		"o-5,fctc,BR,T,fctc-art6,training,pt,,,person_days,,,,\n" +
		"o-6,fctc,BR,T,fctc-art6,training,pt,,,,,USD,0,\n" +
		"o-7,fctc,BR,T,fctc-art6,training,pt,,,,,,100,\n" +
		"o-8,fctc,BR,T,fctc-art6,training,pt,,,,,,,BR\n" +
		"o-9,fctc,BR,T,fctc-art6,training,pt,afro,pledge,person_days,60,USD,100,AO\n"
	activities := "external_id,convention,beneficiaries,providers,title,themes,kinds,status,currency,amount,start,end,evidence\n" +
		"x-1,fctc,AO,AO,T,fctc-art6,training,,,,,,\n" +
		"x-2,fctc,AO,BR,T,fctc-art99,training,,,,,,\n" +
		"x-3,fctc,AO,BR,T,fctc-art6,training,withdrawn,,,,,\n" +
		"x-4,fctc,AO,BR,T,fctc-art6,training,,,100,,,\n" +
		"x-5,fctc,AO,BR,T,fctc-art6,training,,USD,lots,,,\n" +
		"x-6,fctc,AO,BR,T,fctc-art6,training,,,,2027-01-01,2026-01-01,\n" +
		"x-7,fctc,AO,BR,T,fctc-art6,training,,,,,,nowhere\n" +
		"x-8,fctc,,,T,fctc-art6,training,,,,,,\n" +
		"x-9,fctc,AO,BR new-fund,T,fctc-art6,training,planned,USD,100,,,https://example.org/report\n"
	p := fresh(t)
	for name, tc := range map[string]struct {
		got  result
		want map[int]string // line → column and key
	}{
		"needs": {importNeeds(t, p, strings.NewReader(needs), false), map[int]string{
			2: "convention error.invalid.unknown_convention", 3: "beneficiary error.invalid.not_party", 4: "themes error.invalid.unknown_theme",
			5: "kinds error.invalid.required, languages error.invalid.required, themes error.invalid.required, title error.invalid.required",
			6: "urgency error.invalid.not_one_of", 7: "amount_sought error.invalid.amount", 8: "currency error.invalid.form", 9: "national_budget error.invalid.amount",
			10: "amount_sought error.invalid.required", 11: "end error.invalid.date_order", 12: "valid_until error.invalid.validity",
			13: "preferred error.invalid.own_side", 14: "preferred error.invalid.preferred_and_excluded", 15: "title error.invalid.too_long",
		}},
		"offers": {importOffers(t, p, strings.NewReader(offers), false), map[int]string{
			2: "provider error.invalid.unknown_participant", 3: "regions error.invalid.unknown_region", 4: "firmness error.invalid.not_one_of",
			5: "capacity_unit error.invalid.not_one_of", 6: "capacity error.invalid.required", 7: "ceiling error.invalid.amount",
			8: "currency error.invalid.unknown_currency", 9: "excluded error.invalid.own_side",
		}},
		"activities": {importActivities(t, p, strings.NewReader(activities), false), map[int]string{
			2: "providers error.invalid.both_sides", 3: "themes error.invalid.unknown_theme", 4: "status error.invalid.not_one_of",
			5: "currency error.invalid.unknown_currency", 6: "amount error.invalid.amount", 7: "end error.invalid.date_order",
			8: "evidence error.invalid.link", 9: "beneficiaries error.invalid.required, providers error.invalid.required",
		}},
	} {
		got := map[int]string{}
		for _, one := range tc.got.Told {
			if got[one.Line] != "" {
				got[one.Line] += ", "
			}
			got[one.Line] += one.Column + " " + one.Key
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if tc.got.Created != 1 {
			t.Errorf("%s: %d good rows went in, not the last one alone", name, tc.got.Created)
		}
	}
}
