package cooperation_test

import (
	"slices"
	"testing"

	"entente/cooperation"
)

func TestAThemeAndItsAncestorAreCommonAndSiblingsAreNot(t *testing.T) {
	c := treaty()
	for _, test := range []struct {
		a, b   string
		common bool
	}{
		{"rivers", "rivers", true}, {"rivers", "water", true}, {"water", "rivers", true},
		{"rivers", "lakes", false}, {"rivers", "air", false}, {"unknown", "water", false},
	} {
		if got := c.Common(test.a, test.b); got != test.common {
			t.Errorf("%s and %s common: %t", test.a, test.b, got)
		}
	}
	if got := c.Ancestors("lakes"); !slices.Equal(got, []string{"water"}) {
		t.Errorf("above lakes: %v", got)
	}
	if got := c.Children("water"); len(got) != 2 || got[0].ID != "rivers" || got[1].ID != "lakes" {
		t.Errorf("below water: %v", got)
	}
}

func TestThemesThatPointAtEachOtherEndTheWalk(t *testing.T) {
	c := &cooperation.Convention{Themes: []cooperation.Theme{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}}}
	if got := c.Ancestors("a"); len(got) > 2 {
		t.Errorf("the walk went round: %v", got)
	}
}

func TestATextMissingInALanguageIsReadInEnglish(t *testing.T) {
	n := cooperation.Names{"en": "Water", "fr": "Eau"}
	if n.In("fr") != "Eau" || n.In("ru") != "Water" || cooperation.Names(nil).In("en") != "" {
		t.Errorf("%q, %q", n.In("fr"), n.In("ru"))
	}
}

func TestWhoIsAPartyOnTheDay(t *testing.T) {
	c := &cooperation.Convention{
		Parties: []cooperation.Party{
			{Country: stateOf("FR"), Since: dayOf("2000-05-01")},
			{Country: stateOf("KE")},
			{Country: stateOf("NO"), Since: dayOf("2000-05-01"), Until: dayOf("2020-01-01")},
		},
		Signatories: stateList("AT"),
	}
	for _, test := range []struct {
		country, day string
		category     cooperation.ProviderCategory
	}{
		{"FR", "2000-04-30", cooperation.ProviderOtherState}, {"FR", "2000-05-01", cooperation.ProviderParty},
		{"KE", "1990-01-01", cooperation.ProviderParty},
		{"NO", "2019-12-31", cooperation.ProviderParty}, {"NO", "2020-01-01", cooperation.ProviderOtherState},
		{"AT", "2020-01-01", cooperation.ProviderSignatory}, {"CL", "2020-01-01", cooperation.ProviderOtherState},
	} {
		country, day := stateOf(test.country), dayOf(test.day)
		if got := c.Category(country, day); got != test.category {
			t.Errorf("%s on %s is %s, wanted %s", test.country, test.day, got, test.category)
		}
		if got := c.PartyOn(country, day); got != (test.category == cooperation.ProviderParty) {
			t.Errorf("%s a Party on %s: %t", test.country, test.day, got)
		}
	}
	if got := c.PartiesOn(dayOf("2021-01-01")); !slices.Equal(got, stateList("FR", "KE")) {
		t.Errorf("Parties of 2021: %v", got)
	}
}

func TestDeclarationsAreAskedOfTheirCategoriesOnly(t *testing.T) {
	c := &cooperation.Convention{
		Admits:       []cooperation.ProviderCategory{cooperation.ProviderParty, cooperation.ProviderOrganisation},
		Declarations: []cooperation.Declaration{{ID: "no-tie", For: []cooperation.ProviderCategory{cooperation.ProviderOrganisation}}},
	}
	if got := c.DeclarationsFor(cooperation.ProviderOrganisation); len(got) != 1 {
		t.Errorf("organisations declare %v", got)
	}
	if got := c.DeclarationsFor(cooperation.ProviderParty); len(got) != 0 {
		t.Errorf("Parties declare %v", got)
	}
	if !c.AdmitsProvider(cooperation.ProviderParty) || c.AdmitsProvider(cooperation.ProviderSignatory) {
		t.Error("who is admitted is not who the convention admits")
	}
}
