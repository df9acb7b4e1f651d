package reference_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/reference"
)

func region(t testing.TB, code string) reference.Region {
	t.Helper()
	r, ok := reference.ParseRegion(code)
	if !ok {
		t.Fatalf("%q is not known", code)
	}
	return r
}

func TestARegionFollowsTheOneThatContainsIt(t *testing.T) {
	if reference.World.Code() != "001" || reference.World.Parent() != 0 {
		t.Fatalf("the world is %v within %v", reference.World, reference.World.Parent())
	}
	regions := reference.Regions()
	if len(regions) != 30 || regions[0] != reference.World {
		t.Errorf("%d regions beginning with %v", len(regions), regions[0])
	}
	for _, r := range regions[1:] {
		if r.Parent() == 0 || r.Parent() >= r {
			t.Errorf("%v within %v", r, r.Parent())
		}
	}
}

func TestContainmentIsWhatTheParentsSay(t *testing.T) {
	for _, outer := range reference.Regions() {
		for _, inner := range reference.Regions() {
			want := false
			for r := inner; r != 0; r = r.Parent() {
				want = want || r == outer
			}
			if got := outer.Contains(inner); got != want {
				t.Errorf("%v contains %v: %v", outer, inner, got)
			}
		}
		for _, c := range reference.Countries() {
			if got, want := c.In(outer), outer.Contains(c.Region()); got != want {
				t.Errorf("%v in %v: %v", c, outer, got)
			}
		}
	}
	if reference.Region(0).Contains(0) || reference.World.Contains(0) || reference.World.Contains(999) {
		t.Error("no region is contained in one")
	}
}

func TestEveryCountryLiesInASubRegionButAntarcticaAndTheEuropeanUnion(t *testing.T) {
	for _, c := range reference.Countries() {
		exempt := c.Alpha2() == "AQ" || c.Alpha2() == "EU"
		if exempt != (c.SubRegion() == 0) {
			t.Errorf("%v: sub-region %q", c, c.SubRegion())
		}
		if !c.In(reference.World) || c.In(0) {
			t.Errorf("%v is not in the world", c)
		}
	}
}

func TestCountriesLieWhereTheM49StandardPutsThem(t *testing.T) {
	for code, want := range map[string][3]string{
		"AO": {"017", "202", "002"},
		"KE": {"014", "202", "002"},
		"DZ": {"015", "015", "002"},
		"HT": {"029", "419", "019"},
		"US": {"021", "021", "019"},
		"CY": {"145", "145", "142"},
		"TL": {"035", "035", "142"},
		"AQ": {"001", "", ""},
	} {
		c := country(t, code)
		got := [3]string{c.Region().Code(), c.SubRegion().Code(), c.MacroRegion().Code()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}

func TestEveryRegionHasANameOfItsOwnInSixLanguages(t *testing.T) {
	for _, lang := range six {
		seen := map[string]bool{}
		for _, r := range reference.Regions() {
			if name := r.Name(lang); name == "" || seen[name] {
				t.Errorf("%v in %s: %q", r, lang, name)
			}
			seen[r.Name(lang)] = true
		}
	}
	if got := region(t, "202").Name("fr"); got != "Afrique subsaharienne" {
		t.Errorf("202 in French: %q", got)
	}
}

func TestRegionsGroupsAndIncomeGroupsTravelAsText(t *testing.T) {
	type document struct {
		Region reference.Region
		None   reference.Region
		Group  reference.Group
		Income reference.Income
	}
	before := document{region(t, "014"), 0, reference.AfricanGroup, reference.LowerMiddleIncome}
	text, err := json.Marshal(before)
	if err != nil || string(text) != `{"Region":"014","None":"","Group":"african","Income":"lower-middle"}` {
		t.Fatalf("%s, %v", text, err)
	}
	var after document
	if err := json.Unmarshal(text, &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{`{"Region":"024"}`, `{"Region":"14"}`, `{"Group":"JUSSCANNZ"}`, `{"Income":"rich"}`} {
		if err := json.Unmarshal([]byte(bad), &after); err == nil || !strings.Contains(err.Error(), "reference:") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestGroupsAndIncomeGroupsAreListedWithTheirKeys(t *testing.T) {
	var keys []string
	for _, g := range reference.Groups() {
		keys = append(keys, g.Key())
	}
	for _, i := range reference.Incomes() {
		keys = append(keys, i.Key())
	}
	want := []string{
		"reference.group.african", "reference.group.asia-pacific", "reference.group.eastern-european",
		"reference.group.grulac", "reference.group.weog",
		"reference.income.low", "reference.income.lower-middle", "reference.income.upper-middle", "reference.income.high",
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Error(diff)
	}
}
