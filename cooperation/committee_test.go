package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

func stateOf(code string) reference.Country {
	c, ok := reference.ParseCountry(code)
	if !ok {
		panic("no country " + code)
	}
	return c
}

func dayOf(s string) cooperation.Date {
	d, err := cooperation.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// treaty has a reviewing committee for all themes, one with a mandate over a
// parent, one over a leaf, and a plenary over everything.
func treaty() *cooperation.Convention {
	body := func(id string, kind cooperation.CommitteeKind, themes ...string) cooperation.Committee {
		return cooperation.Committee{ID: id, Kind: kind, Mandate: cooperation.Mandate{Themes: themes}}
	}
	return &cooperation.Convention{
		ID: "treaty",
		Themes: []cooperation.Theme{
			{ID: "water"}, {ID: "rivers", Parent: "water"}, {ID: "lakes", Parent: "water"}, {ID: "air"}, {ID: "soil"},
		},
		Committees: []cooperation.Committee{
			body("assembly", cooperation.PlenaryCommittee, "water", "air"),
			body("water-group", cooperation.OpenEndedCommittee, "water"),
			body("cooperation", cooperation.StandingCommittee),
			body("lakes-group", cooperation.StandingCommittee, "lakes"),
		},
		Reviewed: true, ReviewBody: "cooperation",
	}
}

func TestMandatesDecideWhoIsTold(t *testing.T) {
	reviewed := func(*cooperation.Convention) {}
	unreviewed := func(c *cooperation.Convention) { c.Reviewed = false }
	limited := func(c *cooperation.Convention) { c.Committees[2].Mandate.Themes = []string{"air"} }
	byPlenary := func(c *cooperation.Convention) { c.Reviewed, c.ReviewBody = false, "assembly" }
	unknown := func(c *cooperation.Convention) { c.ReviewBody = "nobody" }
	for _, test := range []struct {
		name   string
		change func(*cooperation.Convention)
		themes string
		told   string
	}{
		{"the reviewing body first, then the mandates", reviewed, "lakes", "cooperation water-group lakes-group"},
		{"a mandate reaches below its theme, not beside it", reviewed, "rivers", "cooperation water-group"},
		{"a mandate over a leaf is told about its parent", reviewed, "water", "cooperation water-group lakes-group"},
		{"several themes, each body once", reviewed, "rivers lakes", "cooperation water-group lakes-group"},
		{"nobody's theme", reviewed, "soil", "cooperation"},
		{"no theme at all", reviewed, "", "cooperation"},
		{"without review, a mandate comes before the fallback", unreviewed, "rivers", "water-group"},
		{"without review, nobody's theme falls back", unreviewed, "soil", "cooperation"},
		{"a reviewing body with a mandate of its own", limited, "air", "cooperation"},
		{"outside the mandate of the reviewing body", limited, "rivers", "water-group"},
		{"outside every mandate", limited, "soil", "cooperation"},
		{"a plenary only as the fallback", byPlenary, "soil", "assembly"},
		{"an unknown body is nobody", unknown, "soil", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := treaty()
			test.change(c)
			var told []string
			for _, b := range c.BodiesFor(strings.Fields(test.themes)) {
				told = append(told, b.ID)
			}
			if got := strings.Join(told, " "); got != test.told {
				t.Errorf("told: %q, wanted %q", got, test.told)
			}
		})
	}
}

func TestMembersAreListedByLengthOfServiceThenElectionThenAlphabet(t *testing.T) {
	term := func(code, from string, election int) cooperation.Term {
		return cooperation.Term{Country: stateOf(code), From: dayOf(from), Until: dayOf("2026-12-31"), Election: election}
	}
	body := cooperation.Committee{Members: []cooperation.Term{
		term("ZM", "2025-06-01", 3), term("BE", "2025-01-01", 2), term("NO", "2025-01-01", 1), term("AT", "2025-06-01", 3),
		{Country: stateOf("CL"), From: dayOf("2023-01-01"), Until: dayOf("2024-12-31")},
	}}
	for day, wanted := range map[string]string{
		"2025-12-31": "NO BE AT ZM", "2025-05-31": "NO BE", "2024-12-31": "CL", "2027-01-01": "",
	} {
		var got []string
		for _, m := range body.MembersOn(dayOf(day)) {
			got = append(got, m.Country.Alpha2())
		}
		if strings.Join(got, " ") != wanted {
			t.Errorf("members on %s are %v, wanted %s", day, got, wanted)
		}
	}
	if !body.MemberOn(stateOf("NO"), dayOf("2026-12-31")) || body.MemberOn(stateOf("NO"), dayOf("2027-01-01")) {
		t.Error("the last day of a term is part of it, the next is not")
	}
}

func TestTheSecondYearOfATerm(t *testing.T) {
	term := cooperation.Term{From: dayOf("2024-02-29"), Until: dayOf("2026-02-27")}
	for day, wanted := range map[string]bool{
		"2025-02-27": false, "2025-02-28": true, "2026-02-27": true, "2026-02-28": false, "2024-02-28": false,
	} {
		if got := term.SecondYear(dayOf(day)); got != wanted {
			t.Errorf("%s in the second year: %t", day, got)
		}
	}
}

func TestTheChairOfTheDay(t *testing.T) {
	body := cooperation.Committee{Chairs: []cooperation.Presidency{
		{Country: stateOf("NO"), From: dayOf("2025-01-01"), Until: dayOf("2025-12-31")},
		{Country: stateOf("AT"), From: dayOf("2026-01-01"), Until: dayOf("2026-12-31")},
	}}
	for day, wanted := range map[string]string{"2025-12-31": "NO", "2026-01-01": "AT", "2027-01-01": "", "2024-12-31": ""} {
		got, ok := body.ChairOn(dayOf(day))
		if got.Alpha2() != wanted || ok != (wanted != "") {
			t.Errorf("the chair on %s is %q, wanted %q", day, got.Alpha2(), wanted)
		}
	}
}
