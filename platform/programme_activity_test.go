package platform_test

import (
	"testing"

	"entente/cooperation"
	planning "entente/matching/plan"
	"entente/platform"
)

func TestTheProgrammeIsKeptAndPlannedFor(t *testing.T) {
	t.Parallel()
	on := newPlace(t).open()
	scarce(t, on)
	ctx := t.Context()
	content := cooperation.ProgrammeContent{Number: "1.1", Title: "Tools", Currency: "USD", Cost: "5000", Sought: "5000", Themes: []string{"fctc-art8"}}
	x, err := on.CreateProgrammeActivity(ctx, secretary, "fctc", content, "one")
	if err != nil {
		t.Fatal(explain(err))
	}
	again, err := on.CreateProgrammeActivity(ctx, secretary, "fctc", content, "one")
	if err != nil || again.ID != x.ID {
		t.Errorf("the same key again: %v", err)
	}
	other := content
	other.Title = "Other tools"
	_, err = on.CreateProgrammeActivity(ctx, secretary, "fctc", other, "one")
	wantCode(t, err, cooperation.Conflict, "error.conflict.idempotency")
	_, err = on.CreateProgrammeActivity(ctx, focal, "fctc", content, "")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	plan := func(o platform.PlanOptions) *platform.Planned {
		t.Helper()
		made, err := on.Plan(ctx, bureau, "fctc", o)
		if err != nil {
			t.Fatal(explain(err))
		}
		return made
	}
	// The offers of the convention give advice, not money.
	if p := plan(platform.PlanOptions{}).Plan; p.Needs != 3 || len(p.Without) != 1 || p.Without[0].Need != x.ID {
		t.Errorf("the programme without an offer of finance: %+v", p.Without)
	}
	money := offerContent("Money")
	money.Kinds = []cooperation.Outcome{{Kind: cooperation.Finance}}
	money.Ceiling, money.Capacity = cooperation.Money{Amount: "3000", Currency: "USD"}, cooperation.Capacity{Unit: "amount"}
	row := cooperation.ImportRow[cooperation.OfferContent]{Line: 1, ExternalID: "money", Convention: "fctc", Content: money}
	if got, err := on.ImportOffers(ctx, secretary, []cooperation.ImportRow[cooperation.OfferContent]{row}, false); err != nil || got.Created != 1 {
		t.Fatal(got, err)
	}
	made := plan(platform.PlanOptions{WhatIf: &platform.WhatIf{Changes: []planning.Change{{Need: x.ID, Out: true}}}})
	if made.Plan.Needs != 4 || made.Then.Needs != 3 || len(made.Difference.Lost) != 1 || made.Difference.Lost[0] != x.ID {
		t.Errorf("with an offer of finance: %d needs, then %d; lost %v", made.Plan.Needs, made.Then.Needs, made.Difference.Lost)
	}
	if m, err := on.ProgrammeMatches(bureau, x.ID, 5); err != nil || len(m.Report.Matches) != 1 || len(m.Parts[m.Report.Matches[0].ID]) == 0 {
		t.Errorf("the ranking for the activity: %v", err)
	}
	if _, err := on.CloseProgrammeActivity(ctx, secretary, x.ID, 0, "Done."); err != nil {
		t.Fatal(explain(err))
	}
	if p := plan(platform.PlanOptions{}).Plan; p.Needs != 3 || len(p.Without) != 0 {
		t.Errorf("once it is closed: %+v", p.Without)
	}
}
