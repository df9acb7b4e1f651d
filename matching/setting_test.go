package matching_test

import (
	"strings"
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/reference"
)

func TestASettingNamesEveryMistake(t *testing.T) {
	valid := func() matching.Convention {
		return matching.Convention{
			ID: "treaty", Themes: map[string]string{"a": "", "b": "a"},
			Regions: map[string][]reference.Country{"r": matchtest.Countries("MZ")},
			Parties: matchtest.Countries("MZ"),
			Weights: matching.Weights{Theme: 600_000, Time: 400_000},
		}
	}
	if _, err := matching.NewSetting(valid()); err != nil {
		t.Fatalf("a valid convention is refused: %v", err)
	}
	for _, c := range []struct {
		name   string
		change func(*matching.Convention)
		says   []string
	}{
		{"no id", func(c *matching.Convention) { c.ID = "" }, []string{"no id"}},
		{"an unknown parent", func(c *matching.Convention) { c.Themes["b"] = "z" }, []string{`"b"`, `"z"`}},
		{"a circle of themes", func(c *matching.Convention) { c.Themes["a"] = "b" }, []string{`"a" is its own ancestor`, `"b" is its own ancestor`}},
		{"a theme without id", func(c *matching.Convention) { c.Themes[""] = "" }, []string{"theme has no id"}},
		{"an empty region", func(c *matching.Convention) { c.Regions["r"] = nil }, []string{`"r" has no country`}},
		{"a region without id", func(c *matching.Convention) { c.Regions[""] = matchtest.Countries("MZ") }, []string{"region has no id"}},
		{"no country as a party", func(c *matching.Convention) { c.Parties = []reference.Country{0} }, []string{"parties", "none"}},
		{"a sum that is not one", func(c *matching.Convention) { c.Weights.Time = 1 }, []string{"600001"}},
		{"a negative weight", func(c *matching.Convention) { c.Weights.Theme, c.Weights.Time = -1, 1_000_001 }, []string{"theme", "-1"}},
		{"weights of discovery that are not one", func(c *matching.Convention) { c.Discovery.Record = 400_000 }, []string{"400000"}},
		{"a lift that is not one", func(c *matching.Convention) { c.Lift.Theme = 400_000 }, []string{"lift", "400000"}},
		{"a negative lift", func(c *matching.Convention) { c.Lift = matching.Lift{Beneficiary: -1, Theme: 1_000_001} }, []string{"lift", "-1"}},
		{"two mistakes", func(c *matching.Convention) { c.ID, c.Weights.Time = "", 1 }, []string{"no id", "600001"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			convention := valid()
			c.change(&convention)
			_, err := matching.NewSetting(convention)
			if err == nil {
				t.Fatal("accepted")
			}
			for _, words := range c.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
		})
	}
}

func TestASettingDoesNotShareTheCallersTaxonomy(t *testing.T) {
	themes := map[string]string{"survey": "clearance", "clearance": ""}
	s, err := matching.NewSetting(matching.Convention{ID: matchtest.Convention, Themes: themes, Weights: matching.Weights{Theme: matching.WeightSum}})
	if err != nil {
		t.Fatal(err)
	}
	delete(themes, "survey")
	need := matchtest.Need(func(n *matching.Need) { n.Themes = []string{"survey"} })
	offer := matchtest.Offer()
	if got := matching.Filter(matchtest.Now, s, &need, &offer); got != matching.Candidate {
		t.Errorf("after the caller changed its map: %s", got)
	}
}
