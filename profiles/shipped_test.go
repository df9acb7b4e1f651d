package profiles_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// shared finds a folder of the data that may stand beside the clone.
func shared(t *testing.T, folder string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, "shared", "data", folder)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no shared/data/%s stands beside the clone", folder)
		}
	}
}

func rows(t *testing.T, path string) (header []string, body [][]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%s: %d rows, %v", path, len(all), err)
	}
	return all[0], all[1:]
}

func TestTheEnhancementCommitteeOf2020(t *testing.T) {
	c := convention(t, "apmbc")
	body, ok := c.Committee("enhancement")
	if !ok {
		t.Fatal("no enhancement committee")
	}
	chair, ok := body.ChairOn(day(t, "2020-06-30"))
	if !ok || chair != country(t, "GB") {
		t.Errorf("the chair of 2020 is %v", chair)
	}
	if chair, ok := body.ChairOn(day(t, "2021-06-30")); ok {
		t.Errorf("nobody was named chair of 2021, but %v presides", chair)
	}
	for _, test := range []struct {
		day     string
		members string
	}{
		{"2019-12-31", "GB TR"}, {"2020-01-01", "GB TR CO DE"}, {"2020-12-31", "GB TR CO DE"}, {"2021-01-01", "CO DE"}, {"2022-01-01", ""},
	} {
		var got []string
		for _, m := range body.MembersOn(day(t, test.day)) {
			got = append(got, m.Country.Alpha2())
		}
		if strings.Join(got, " ") != test.members {
			t.Errorf("members on %s are %v, wanted %s", test.day, got, test.members)
		}
	}
	var observers []string
	for _, o := range body.Observers {
		observers = append(observers, string(o.ID))
	}
	if !slices.Equal(observers, []string{"icbl", "icrc"}) {
		t.Errorf("observers are %v", observers)
	}
	rules := body.Composition
	if rules.Seats != 4 || rules.TermYears != 2 || !rules.Overlapping || rules.MinAffected != 1 || rules.MinProviders != 1 ||
		rules.Chair != cooperation.ChairSecondYear || rules.ChairYears != 1 || !rules.GenderFocalPoint {
		t.Errorf("the rules of composition are %+v", rules)
	}
}

func TestWhoIsToldAboutWhat(t *testing.T) {
	for _, test := range []struct{ convention, themes, bodies string }{
		{"apmbc", "apmbc-clearance", "enhancement article-5"},
		{"apmbc", "apmbc-demining", "enhancement article-5"},
		{"apmbc", "apmbc-medical apmbc-risk", "enhancement article-5 victim-assistance"},
		{"apmbc", "apmbc-stockpiles", "enhancement compliance"},
		{"apmbc", "apmbc-gender", "enhancement"},
		{"untoc", "untoc-trafficking-victims", "trafficking"},
		{"untoc", "untoc-trafficking untoc-mla", "international-cooperation trafficking"},
		{"untoc", "untoc-training", "technical-assistance"},
		{"untoc", "untoc-unheard-of", "technical-assistance"},
		{"fctc", "fctc-art6", "bureau"},
		{"fctc", "fctc-art15 fctc-art20", "bureau"},
		{"cms", "cms-birds", "standing scientific"},
		{"cms", "cms-awareness", "standing"},
	} {
		c := convention(t, test.convention)
		var got []string
		for _, b := range c.BodiesFor(strings.Fields(test.themes)) {
			got = append(got, b.ID)
		}
		if strings.Join(got, " ") != test.bodies {
			t.Errorf("%s: %s is told to %v, wanted %s", test.convention, test.themes, got, test.bodies)
		}
	}
}

func TestTheListsOfPartiesAgreeWithTheDepositary(t *testing.T) {
	folder := shared(t, "treaties")
	march2015 := day(t, "2015-03-31")
	for id, test := range map[string]struct {
		file string
		// Parties of the time that the file leaves out, and the reason to list
		// them: deposits of 2014 and 2015 that the file had not yet.
		more string
	}{
		"apmbc": {"26-5.csv", "OM"},
		"untoc": {"18-12.csv", "BB ER PS PW SL TO WS"},
		"fctc":  {"9-4.csv", ""},
	} {
		dates := map[string]int{}
		_, body := rows(t, filepath.Join(folder, test.file))
		parties := 0
		for _, row := range body {
			words := strings.Fields(row[2])
			if len(words) < 3 {
				continue
			}
			parties++
			d, err := time.Parse("2 Jan 2006", strings.Join(words[:3], " "))
			if err != nil {
				t.Fatal(err)
			}
			dates[d.Format(time.DateOnly)]++
		}
		c := convention(t, id)
		listed := 0
		for _, country := range c.PartiesOn(march2015) {
			if slices.Contains(strings.Fields(test.more), country.Alpha2()) {
				continue
			}
			listed++
			p, _ := c.Party(country)
			if dates[p.Since.String()]--; dates[p.Since.String()] < 0 {
				t.Errorf("%s: %v since %v is not in %s", id, country, p.Since, test.file)
			}
			if !p.Act.Valid() {
				t.Errorf("%s: %v has no act", id, country)
			}
		}
		if listed != parties {
			t.Errorf("%s lists %d Parties of March 2015, %s has %d", id, listed, test.file, parties)
		}
	}
}

func TestPartiesByName(t *testing.T) {
	for _, test := range []struct {
		convention, country, day string
		party                    bool
	}{
		{"apmbc", "CA", "1997-12-02", false}, {"apmbc", "CA", "1997-12-03", true},
		{"apmbc", "US", "2026-01-01", false}, {"apmbc", "UA", "2026-11-01", true},
		{"apmbc", "LT", "2025-12-26", true}, {"apmbc", "LT", "2025-12-27", false},
		{"untoc", "EU", "2015-01-01", true}, {"untoc", "IR", "2019-01-01", false}, {"untoc", "JP", "2017-07-10", false},
		{"fctc", "CH", "2023-12-31", false}, {"fctc", "MW", "2023-08-18", true}, {"fctc", "EU", "2005-06-30", true},
		{"cms", "EU", "1983-11-01", true}, {"cms", "CH", "1995-06-30", false}, {"cms", "US", "2024-01-01", false}, {"cms", "KE", "2024-01-01", true},
	} {
		if got := convention(t, test.convention).PartyOn(country(t, test.country), day(t, test.day)); got != test.party {
			t.Errorf("%s: %s a Party on %s: %t", test.convention, test.country, test.day, got)
		}
	}
	for id, count := range map[string]int{"apmbc": 161, "untoc": 190, "fctc": 183, "cms": 133} {
		if got := len(convention(t, id).PartiesOn(day(t, "2026-03-01"))); got != count {
			t.Errorf("%s has %d Parties, wanted %d", id, got, count)
		}
	}
}

func TestEveryThemeOfTheImportsIsALeafOfTheTobaccoProfile(t *testing.T) {
	folder := shared(t, "fctc")
	c := convention(t, "fctc")
	seen := map[string]bool{}
	for _, file := range []string{"needs.csv", "offers.csv"} {
		header, body := rows(t, filepath.Join(folder, file))
		column := slices.Index(header, "themes")
		for _, row := range body {
			for _, id := range strings.Fields(row[column]) {
				seen[id] = true
			}
		}
	}
	if len(seen) < 10 {
		t.Fatalf("only %d themes in the files", len(seen))
	}
	for id := range seen {
		if _, ok := c.Theme(id); !ok {
			t.Errorf("%s is not a theme", id)
		}
		if len(c.Children(id)) > 0 || len(c.Ancestors(id)) != 1 {
			t.Errorf("%s is not of the second level", id)
		}
	}
}

func TestRegionsHoldTheParties(t *testing.T) {
	for _, id := range []string{"fctc", "cms"} {
		c := convention(t, id)
		homes := map[reference.Country]string{}
		for _, r := range c.Regions {
			for _, country := range r.Countries {
				homes[country] = r.ID
			}
		}
		for _, p := range c.Parties {
			if homes[p.Country] == "" {
				t.Errorf("%s: %v is in no region", id, p.Country)
			}
		}
	}
	afro, _ := convention(t, "fctc").Region("afro")
	euro, _ := convention(t, "fctc").Region("euro")
	if len(afro.Countries) != 47 || len(euro.Countries) != 54 {
		t.Errorf("the African Region has %d members, the European Region %d (the EU included)", len(afro.Countries), len(euro.Countries))
	}
}

func TestClocksRunByTheCalendarOfTheSeat(t *testing.T) {
	for _, test := range []struct{ convention, from, until string }{
		{"apmbc", "2026-03-27", "2026-04-07"}, // five working days over Good Friday and Easter Monday
		{"apmbc", "2026-09-04", "2026-09-14"}, // the Geneva Fast falls on 10 September
		{"untoc", "2026-10-23", "2026-11-02"}, // the Austrian National Day is a Monday
		{"cms", "2026-09-25", "2026-10-02"},
	} {
		c := convention(t, test.convention)
		if got := c.Calendar.AddWorkingDays(day(t, test.from), c.SilenceDays); got != day(t, test.until) {
			t.Errorf("%s: a silence opened on %s ends on %v, wanted %s", test.convention, test.from, got, test.until)
		}
	}
}

func TestTheDomainsOfTheCostedProgramme(t *testing.T) {
	c := convention(t, "cms")
	var got []string
	for _, d := range c.Programme {
		got = append(got, d.Name.In("fr"))
	}
	wanted := []string{"Direction et gestion exécutives", "Coopération et partenariats interagences", "Science, données et programme marin",
		"Politiques et accords", "Information, communication, sensibilisation et renforcement des capacités"}
	if !slices.Equal(got, wanted) {
		t.Errorf("domains are %q", got)
	}
	if !slices.Equal(c.Languages, []reference.Language{"en", "fr", "es"}) {
		t.Errorf("working languages are %v", c.Languages)
	}
}

func TestOrganisationsDeclareThatTheyHaveNoTieToTheTobaccoIndustry(t *testing.T) {
	c := convention(t, "fctc")
	if got := c.DeclarationsFor(cooperation.ProviderOrganisation); len(got) != 1 || got[0].ID != "no-tobacco-ties" {
		t.Errorf("organisations declare %v", got)
	}
	if got := c.DeclarationsFor(cooperation.ProviderParty); len(got) != 0 {
		t.Errorf("Parties declare %v", got)
	}
}
