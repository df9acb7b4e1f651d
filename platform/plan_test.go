package platform_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/matching"
	planning "entente/matching/plan"
	"entente/platform"
	"entente/reference"
)

var (
	bureau  = actor("bureau", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: "KE", Committee: "bureau"})
	watcher = actor("watcher", cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
)

// scarce is a convention of three needs of a million and two offers of Norway
// that give a million each, one of them in Spanish, which no need accepts.
func scarce(t *testing.T, on *platform.Platform) {
	t.Helper()
	var needs []cooperation.ImportRow[cooperation.NeedContent]
	for i := range 3 {
		content := needContent(t, fmt.Sprintf("Need %d", i))
		content.Languages = []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}}
		content.Costs = []cooperation.CostLine{{Activity: "Advice", Cost: "1000000", Sought: "1000000", Currency: "USD"}}
		needs = append(needs, cooperation.ImportRow[cooperation.NeedContent]{Line: i + 1, ExternalID: fmt.Sprintf("n%d", i), Convention: "fctc", Content: content})
	}
	var offers []cooperation.ImportRow[cooperation.OfferContent]
	for i, language := range []reference.Language{"en", "es"} {
		content := offerContent(fmt.Sprintf("Offer %d", i))
		content.Languages, content.Firmness = []reference.Language{language}, cooperation.Indication
		content.Ceiling, content.Capacity = cooperation.Money{Amount: "1000000", Currency: "USD"}, cooperation.Capacity{Unit: "amount"}
		offers = append(offers, cooperation.ImportRow[cooperation.OfferContent]{Line: i + 1, ExternalID: fmt.Sprintf("o%d", i), Convention: "fctc", Content: content})
	}
	if got, err := on.ImportNeeds(t.Context(), secretary, needs, false); err != nil || got.Created != 3 {
		t.Fatal(got, err)
	}
	if got, err := on.ImportOffers(t.Context(), secretary, offers, false); err != nil || got.Created != 2 {
		t.Fatal(got, err)
	}
}

func TestThePlanOfAConventionAndWhatWouldChangeIt(t *testing.T) {
	t.Parallel()
	on := newPlace(t).open()
	scarce(t, on)
	position := on.Position("fctc")
	plan := func(o platform.PlanOptions) *platform.Planned {
		t.Helper()
		made, err := on.Plan(t.Context(), secretary, "fctc", o)
		if err != nil {
			t.Fatal(explain(err))
		}
		return made
	}
	made := plan(platform.PlanOptions{})
	if p := made.Plan; p.Helped != 3 || p.Demand != 3_000_000_00 || p.Covered != 1_000_000_00 || len(p.Pairings) != 3 || made.Then != nil {
		t.Errorf("%+v", p)
	}
	if got := made.Fairness.Planned.Choice; got != [4]int{0, 3, 0, 0} {
		t.Errorf("needs by their number of pairings: %v", got)
	}
	if again := plan(platform.PlanOptions{}); again.Plan.Score != made.Plan.Score {
		t.Error("the same state gives another plan")
	}
	if limited := plan(platform.PlanOptions{Limit: 200_000}); limited.Plan.Covered != 600_000_00 || limited.Plan.Ceiling != 600_000_00 {
		t.Errorf("with a fifth for each provider, %d cents are covered of at most %d", limited.Plan.Covered, limited.Plan.Ceiling)
	}
	fifth := int64(200_000)
	for name, c := range map[string]struct {
		what platform.WhatIf
		more int64
	}{
		"the offer in English": {platform.WhatIf{Changes: []planning.Change{{Offer: "o1", Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "en"}}}}, 1_000_000_00},
		"a need in Spanish":    {platform.WhatIf{Changes: []planning.Change{{Need: "n2", Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "es"}}}}, 1_000_000_00},
		"2 million more":       {platform.WhatIf{Changes: []planning.Change{{Provider: "NO", Amount: 2_000_000_00}}}, 2_000_000_00},
		"without the offer":    {platform.WhatIf{Changes: []planning.Change{{Offer: "o0", Out: true}}}, -1_000_000_00},
		"another limit":        {platform.WhatIf{Limit: &fifth}, -400_000_00},
		"nothing":              {platform.WhatIf{}, 0},
	} {
		then := plan(platform.PlanOptions{WhatIf: &c.what})
		if then.Difference.Covered != c.more || then.Then.Covered != 1_000_000_00+c.more {
			t.Errorf("%s: %d cents more", name, then.Difference.Covered)
		}
		if name == "nothing" && len(then.Difference.Moved) != 0 {
			t.Errorf("with nothing changed, %v would be", then.Difference.Moved)
		}
	}
	if on.Position("fctc") != position {
		t.Error("a plan has written to the log")
	}
}

func TestAPlanIsForThoseWhoFacilitate(t *testing.T) {
	t.Parallel()
	on := newPlace(t).open()
	scarce(t, on)
	for _, who := range []cooperation.Actor{focal, approver, provider, watcher, {}} {
		if _, err := on.Plan(t.Context(), who, "fctc", platform.PlanOptions{}); err == nil {
			t.Errorf("%q is given a plan", who.ID)
		} else {
			wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
		}
	}
	if made, err := on.Plan(t.Context(), bureau, "fctc", platform.PlanOptions{}); err != nil || len(made.Plan.Pairings) != 3 {
		t.Errorf("the bureau: %v", err)
	}
	_, err := on.Plan(t.Context(), secretary, "atlantis", platform.PlanOptions{})
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}

func TestAWhatIfThatIsNoneIsRefusedByItsFields(t *testing.T) {
	t.Parallel()
	on := newPlace(t).open()
	scarce(t, on)
	_, err := on.Plan(t.Context(), secretary, "fctc", platform.PlanOptions{WhatIf: &platform.WhatIf{Changes: []planning.Change{
		{}, {Need: "n0", Amount: 1}, {Need: "nobody's", Out: true}, {Offer: "nobody's", Out: true}, {Provider: "SE", Amount: 1}, {Offer: "o0", Amount: -1},
		{Offer: "o0", Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "no such language"}},
		{Offer: "o0", Posting: matching.Change{Sort: matching.ChangeTheme, Value: "nothing"}},
		{Offer: "o0", Posting: matching.Change{Sort: matching.ChangeKind, Value: "nothing"}},
		{Offer: "o0", Posting: matching.Change{Sort: matching.ChangeCoverage, Value: "nowhere"}},
	}}})
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range refusal.Fields {
		got[f.Field] = f.Message.Key
	}
	want := map[string]string{
		"what_if.changes[0]": "error.invalid.plan_change", "what_if.changes[1]": "error.invalid.plan_change",
		"what_if.changes[2].need": "error.invalid.plan_need", "what_if.changes[3].offer": "error.invalid.plan_offer",
		"what_if.changes[4].provider": "error.invalid.plan_provider", "what_if.changes[5].amount": "error.invalid.plan_amount",
		"what_if.changes[6].language": "error.invalid.unknown_language", "what_if.changes[7].theme": "error.invalid.unknown_theme",
		"what_if.changes[8].kind": "error.invalid.unknown_kind", "what_if.changes[9].country": "error.invalid.unknown_country",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	many := make([]planning.Change, platform.MostChanges+1)
	_, err = on.Plan(t.Context(), secretary, "fctc", platform.PlanOptions{WhatIf: &platform.WhatIf{Changes: many}})
	if !errors.As(err, &refusal) || len(refusal.Fields) != 1 || refusal.Fields[0].Message.Key != "error.invalid.plan_changes" {
		t.Errorf("%d changes: %v", len(many), err)
	}
}
