package profiles_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/profiles"
	"entente/reference"
)

// told is mistakes as a person would list them.
func told(list []profiles.Mistake) string {
	return strings.ReplaceAll((&profiles.Error{Mistakes: list}).Error(), "; ", "\n")
}

func shipped(t *testing.T) *profiles.Set {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func convention(t *testing.T, id string) *cooperation.Convention {
	t.Helper()
	c, ok := shipped(t).Convention(id)
	if !ok {
		t.Fatalf("no convention %s is shipped", id)
	}
	return c
}

func country(t *testing.T, code string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(code)
	if !ok {
		t.Fatalf("no country %s", code)
	}
	return c
}

func day(t *testing.T, s string) cooperation.Date {
	t.Helper()
	d, err := cooperation.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ids(set *profiles.Set) []string {
	var out []string
	for _, c := range set.All() {
		out = append(out, c.ID)
	}
	return out
}

func TestTheShippedProfilesHaveNoMistake(t *testing.T) {
	if list := profiles.Check(profiles.Shipped()); len(list) > 0 {
		t.Fatal(told(list))
	}
	if diff := cmp.Diff([]string{"apmbc", "cms", "fctc", "untoc"}, ids(shipped(t))); diff != "" {
		t.Error(diff)
	}
	if _, ok := shipped(t).Convention("minamata"); ok {
		t.Error("a convention that is not shipped was found")
	}
}

func TestAFifthConventionIsAFile(t *testing.T) {
	fifth := os.DirFS("testdata/fifth")
	if list := profiles.Check(fifth); len(list) > 0 {
		t.Fatal(told(list))
	}
	set, err := profiles.Load(profiles.Shipped(), fifth)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"apmbc", "cms", "fctc", "minamata", "untoc"}, ids(set)); diff != "" {
		t.Error(diff)
	}
	c, ok := set.Convention("minamata")
	if !ok || c.Name.In("fr") != "Convention de Minamata sur le mercure" {
		t.Fatalf("the fifth convention is not read: %+v", c)
	}
	clocks := [...]int{c.LookDays, c.OpeningDays, c.SilenceDays, c.ObjectionDays, c.IntroduceDays, c.ReplyMonths, c.Shortlist}
	if wanted := [...]int{5, 10, 5, 20, 5, 2, 5}; clocks != wanted {
		t.Errorf("what the file leaves out is %v, wanted the defaults %v", clocks, wanted)
	}
	if diff := cmp.Diff(cooperation.Kinds(), c.Kinds); diff != "" {
		t.Errorf("kinds that the file leaves out are not all:\n%s", diff)
	}
	if c.Weights.Version != 1 || c.Weights.Sum() != cooperation.WeightsTotal {
		t.Errorf("weights are %+v", c.Weights)
	}
	if west, ok := c.Region("west"); !ok || len(west.Countries) != 1+len(membersOf(t, "155")) {
		t.Errorf("an M49 code in a region does not stand for its countries: %v", west.Countries)
	}
	if got := c.Category(country(t, "NZ"), day(t, "2025-06-01")); got != cooperation.ProviderSignatory {
		t.Errorf("a signatory is %s", got)
	}
}

func membersOf(t *testing.T, code string) []reference.Country {
	t.Helper()
	r, ok := reference.ParseRegion(code)
	if !ok {
		t.Fatalf("no region %s", code)
	}
	var out []reference.Country
	for _, c := range reference.Countries() {
		if c.In(r) {
			out = append(out, c)
		}
	}
	return out
}

func TestAFolderReplacesAFileOfTheSameName(t *testing.T) {
	names := `{ar: قائمة, en: List, es: Lista, fr: Liste, ru: Список, zh: 名单}`
	folder := fstest.MapFS{
		"fctc.parties.yaml": {Data: []byte("as_of: 2026-01-01\ndates: deposit\nsource: " + names + "\nparties: [{country: FR, since: 2004-10-19}]\n")},
		"notes.txt":         {Data: []byte("not a profile")},
		".hidden.yaml":      {Data: []byte("not a profile: [")},
	}
	set, err := profiles.Load(profiles.Shipped(), folder)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := set.Convention("fctc")
	if len(c.Parties) != 1 || c.Parties[0].Country != country(t, "FR") {
		t.Errorf("the list of Parties was not replaced: %d Parties", len(c.Parties))
	}
	if got := len(convention(t, "fctc").Parties); got < 180 {
		t.Errorf("replacing a list in one set changed another: %d Parties", got)
	}
}

func TestLoadFailsWithEveryMistake(t *testing.T) {
	set, err := profiles.Load(fstest.MapFS{"one.yaml": {Data: []byte("id: one\n")}, "two.yaml": {Data: []byte("a: [\n")}})
	var wrong *profiles.Error
	if set != nil || !errors.As(err, &wrong) {
		t.Fatalf("set %v, error %v", set, err)
	}
	files := map[string]int{}
	for _, m := range wrong.Mistakes {
		files[m.File]++
	}
	if files["one.yaml"] < 10 || files["two.yaml"] != 1 {
		t.Errorf("mistakes by file: %v", files)
	}
}

func TestAnEmptyFolderHasNoConvention(t *testing.T) {
	list := profiles.Check(fstest.MapFS{})
	if len(list) != 1 || list[0].Message.Key != "profiles.none" {
		t.Errorf("an empty folder gives %s", told(list))
	}
	if list := profiles.Check(os.DirFS("testdata/absent")); len(list) != 1 || list[0].Message.Key != "profiles.file.unreadable" {
		t.Errorf("an absent folder gives %s", told(list))
	}
}
