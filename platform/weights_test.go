package platform_test

import (
	"testing"

	"entente/cooperation"
	"entente/matching/learn"
	"entente/platform"
)

// weights puts everything on a few parts.
func weights(theme, language, record int64) cooperation.WeightsFile {
	return cooperation.WeightsFile{Weights: cooperation.Weights{Theme: theme, Language: language, Record: record}}
}

func adopt(t *testing.T, on *platform.Platform, file cooperation.WeightsFile) *cooperation.AdoptedWeights {
	t.Helper()
	w, err := on.AdoptWeights(t.Context(), secretary, "fctc", 0, file, "Decided.")
	if err != nil {
		t.Fatal(explain(err))
	}
	return w
}

// rivals opens a need of Angola and two offers: Norway speaks its language, and
// Sweden has helped it more.
func rivals(t *testing.T, on *platform.Platform) (need *cooperation.Need, norway, sweden string) {
	t.Helper()
	rows := pastRows(t, 2, 9)[8:] // one year Norway, nine years Sweden
	importHistory(t, on, reportsOf(rows))
	need = openNeed(t, on, "Smoke-free law")
	var offers []cooperation.ImportRow[cooperation.OfferContent]
	for i, giver := range []cooperation.Participant{"NO", "SE"} {
		content := offerContent("Advisers")
		content.Provider = giver
		content.Languages = content.Languages[:1]
		if giver == "NO" {
			content.Languages[0] = "pt"
		}
		offers = append(offers, cooperation.ImportRow[cooperation.OfferContent]{Line: i + 2, ExternalID: string(giver), Convention: "fctc", Content: content})
	}
	if r, err := on.ImportOffers(t.Context(), system, offers, false); err != nil || r.Created != 2 {
		t.Fatal(r, explain(err))
	}
	s, _ := on.State("fctc")
	a, _ := s.OfferByExternalID("NO")
	b, _ := s.OfferByExternalID("SE")
	return need, a.ID, b.ID
}

func TestAdoptedWeightsChangeTheRankingAndRunsRecordThem(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	need, norway, sweden := rivals(t, on)
	first := func() string {
		m, err := on.NeedMatches(secretary, need.ID, 1)
		if err != nil {
			t.Fatal(explain(err))
		}
		return m.Report.Matches[0].ID
	}
	by := map[int]*cooperation.Run{}
	before := run(t, on).Run
	by[before.Weights] = before
	w := adopt(t, on, weights(0, 1_000_000, 0))
	if got := first(); got != norway || w.Weights.Version != before.Weights+1 {
		t.Errorf("by language %s is first, by weights %d after %d", got, w.Weights.Version, before.Weights)
	}
	second := run(t, on).Run
	if w = adopt(t, on, weights(0, 0, 1_000_000)); first() != sweden || w.Weights.Version != before.Weights+2 {
		t.Errorf("by past help %s is first, by weights %d", first(), w.Weights.Version)
	}
	third := run(t, on).Run
	if second.Weights != before.Weights+1 || third.Weights != before.Weights+2 || second.Rules == third.Rules || second.Record != third.Record {
		t.Errorf("the runs are\n%+v\n%+v", second, third)
	}
	for _, r := range []*cooperation.Run{before, second, third} { // each by the weights of its time
		verifyRun(t, on, r.ID)
	}
	if c, _ := on.Convention("fctc"); c.Weights.Version != w.Weights.Version || c.Weights.Record != 1_000_000 {
		t.Errorf("the convention is served with %+v", c.Weights)
	}
	p.verify()
}

func TestTheHistoryOfWeightsSaysWhoAndWhy(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	profile, err := on.Weights(cooperation.Actor{}, "fctc")
	if err != nil || profile.Version != 1 {
		t.Fatal(profile, err)
	}
	if list, total, err := on.WeightsHistory(t.Context(), secretary, "fctc"); err != nil || len(list) != 0 || total != 0 {
		t.Errorf("before the first there are %v, %d, %v", list, total, err)
	}
	_, err = on.AdoptWeights(t.Context(), secretary, "fctc", 2, weights(1_000_000, 0, 0), "Too early.")
	wantCode(t, err, cooperation.Conflict, "error.conflict.version")
	_, err = on.AdoptWeights(t.Context(), provider, "fctc", 0, weights(1_000_000, 0, 0), "Mine.")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	for range 3 {
		adopt(t, on, weights(1_000_000, 0, 0))
	}
	list, total, err := on.WeightsHistory(t.Context(), secretary, "fctc")
	if err != nil || total != 3 || len(list) != 3 || list[0].Version != 4 || list[2].Version != 2 || list[0].By != secretary.ID || list[0].Reason != "Decided." {
		t.Errorf("%+v, %d, %v", list, total, err)
	}
	if list, _, _ := on.WeightsHistory(t.Context(), cooperation.Actor{}, "fctc"); list[0].By != "" || list[0].Reason != "Decided." {
		t.Errorf("the public reads %+v", list[0])
	}
	again := p.open() // from a log
	if w, _ := again.Weights(secretary, "fctc"); w.Version != 4 {
		t.Errorf("opened again, there are %+v", w)
	}
}

func TestTheChairOfTheDayAdoptsWeights(t *testing.T) {
	on := newPlace(t).open()
	c, _ := on.Convention("fctc")
	body, _ := c.Committee(c.WeightsBody)
	today := cooperation.DateOf(on.Now())
	chairs := actor("chair", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Committee: body.ID, Participant: "KE"})
	_, err := on.AdoptWeights(t.Context(), chairs, "fctc", 0, weights(1_000_000, 0, 0), "Decided.")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	if _, err := on.NameMember(t.Context(), secretary, "fctc", body.ID, 0, cooperation.Term{Country: country(t, "KE"), From: today, Until: today.AddDays(60), Seat: "afro"}); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.NameChair(t.Context(), secretary, "fctc", body.ID, 0, cooperation.Presidency{Country: country(t, "KE"), From: today, Until: today.AddDays(30)}); err != nil {
		t.Fatal(explain(err))
	}
	w, err := on.AdoptWeights(t.Context(), chairs, "fctc", 0, weights(1_000_000, 0, 0), "Decided.")
	if err != nil || w.As != cooperation.AsChair || w.By != "chair" {
		t.Errorf("%+v, %v", w, explain(err))
	}
}

func TestAModelThatTheEngineDoesNotKnowIsNotAdopted(t *testing.T) {
	on := newPlace(t).open()
	file := weights(1_000_000, 0, 0)
	file.Record = &cooperation.RecordModel{HalfLife: 4, Span: 10, Main: map[string]float64{"charm": 1}}
	_, err := on.AdoptWeights(t.Context(), secretary, "fctc", 0, file, "Decided.")
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields")
	_, err = on.PreviewWeights(t.Context(), secretary, "fctc", file, 10)
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields")
	if on.Position("fctc") != 0 {
		t.Error("something was written")
	}
	if learn.Format != cooperation.WeightsFormat {
		t.Errorf("training writes the form %q, and %q is read", learn.Format, cooperation.WeightsFormat)
	}
}

func TestAPreviewSaysWhoseFirstPlaceWouldChange(t *testing.T) {
	on := newPlace(t).open()
	need, norway, sweden := rivals(t, on)
	adopt(t, on, weights(0, 1_000_000, 0))
	position := on.Position("fctc")
	e, err := on.PreviewWeights(t.Context(), secretary, "fctc", weights(0, 0, 1_000_000), 10)
	if err != nil {
		t.Fatal(explain(err))
	}
	if e.Needs != 1 || e.Matched != 1 || e.Changed != 1 || len(e.Moved) != 1 || e.Moved[0].Need != need.ID || e.Moved[0].Before.ID != norway || e.Moved[0].After.ID != sweden {
		t.Errorf("%+v", e)
	}
	if e.Before.Providers != 1 || e.Before.TopFive != 1_000_000 || e.After != e.Before || on.Position("fctc") != position {
		t.Errorf("%+v", e)
	}
	model := weights(0, 0, 1_000_000)
	model.Record = &cooperation.RecordModel{Span: 10, Main: map[string]float64{"share": -1}, Discovery: map[string]float64{}}
	if e, err := on.PreviewWeights(t.Context(), secretary, "fctc", model, 0); err != nil || e.Changed != 0 || len(e.Moved) != 0 {
		t.Errorf("by a model that turns the record round: %+v, %v", e, explain(err))
	}
	_, err = on.PreviewWeights(t.Context(), focal, "fctc", weights(1_000_000, 0, 0), 10)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
}
