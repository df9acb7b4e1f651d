package platform_test

import (
	"testing"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// formed is a partnership of Angola and Norway over a law, ready to begin.
func formed(t *testing.T, on *platform.Platform) *cooperation.Partnership {
	t.Helper()
	n, o := *openNeed(t, on, "A law"), *openOffer(t, on, "Advisers")
	q, err := on.ExpressInterestIn(t.Context(), provider, n.ID, o.ID)
	if err != nil {
		t.Fatal(explain(err))
	}
	state, _ := on.State("fctc")
	stands, _ := state.Proposal(q.ID)
	c := *stands
	terms := cooperation.PartnershipTerms{Providers: []cooperation.Share{{Offer: o.ID, Provider: "NO", Lead: true, Kinds: []cooperation.Kind{cooperation.Legal}}}}
	w, err := cooperation.FormPartnership(cooperation.DerivedID("partnership", q.ID), &c, &cooperation.Sides{Need: &n, Offers: []*cooperation.Offer{&o}}, terms, approver, on.Now())
	if err == nil {
		err = on.Write(t.Context(), "fctc", platform.Written{Kind: "need", ID: n.ID, Version: n.Version, Document: &n}, platform.Written{Kind: "offer", ID: o.ID, Version: o.Version, Document: &o},
			platform.Written{Kind: "proposal", ID: c.ID, Version: c.Version, Document: &c}, platform.Written{Kind: "partnership", ID: w.ID, Version: 1, Document: w})
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	return w
}

func TestAPartnershipIsFollowedUpAndCompletedBySilence(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	who := secretariat(t, on)
	w := formed(t, on)
	if _, _, err := on.BeginPartnership(t.Context(), approver, w.ID, platform.Match(7), cooperation.Date{}); cooperation.CodeOf(err) != cooperation.Conflict {
		t.Errorf("on another version: %v", explain(err))
	}
	got, n, err := on.BeginPartnership(t.Context(), approver, w.ID, 0, cooperation.Date{})
	if err != nil || got.Status != cooperation.PartnershipActive || n.Status != cooperation.NeedCovered {
		t.Fatal(got, explain(err))
	}
	if _, _, err := on.Delivery(actor("stranger", cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "SE"}), w.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("a stranger reads it: %v", explain(err))
	}
	if _, _, err := on.StopPartnership(t.Context(), cooperation.Actor{}, w.ID, 0, "timing", "", nil); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("the public stops it: %v", explain(err))
	}
	p.clock.advance(100 * 24 * time.Hour) // the question of three months is over by some days
	asked := func() (count int) {
		clocks, _, _, err := on.Clocks(approver, "fctc", platform.ClockQuery{Kinds: []cooperation.ClockKind{cooperation.FollowUpClock}})
		if err != nil {
			t.Fatal(explain(err))
		}
		for _, c := range clocks {
			if c.Document == "partnership/"+w.ID && c.Title == "A law" {
				count++
			}
		}
		return count
	}
	tick(t, on)
	told := len(remindersIn(t, on, who))
	if tick(t, on).Told != 0 || asked() != 1 || told == 0 {
		t.Errorf("asked are %d, told was %d times", asked(), told)
	}
	if _, _, err := on.FollowUpPartnership(t.Context(), focal, w.ID, 0, "on_track", "The bill is drafted."); err != nil {
		t.Fatal(explain(err))
	}
	if asked() != 0 {
		t.Error("who has answered is asked again")
	}
	if _, _, err := on.CompletePartnership(t.Context(), focal, w.ID, 0, nil, "The law is adopted."); err != nil {
		t.Fatal(explain(err))
	}
	if tick(t, on).Ended != 0 {
		t.Error("it ended before the other side could answer")
	}
	p.clock.advance(90 * 24 * time.Hour)
	other := p.open()
	if tick(t, other).Ended != 1 || tick(t, on).Ended != 0 {
		t.Error("two replicas do not complete it once")
	}
	state, _ := on.State("fctc")
	done, _ := state.Partnership(w.ID)
	need, _ := state.Need(w.Need)
	if done.Status != cooperation.PartnershipCompleted || need.Status != cooperation.NeedMet || done.Version != 5 {
		t.Errorf("after the silence it is %s (version %d), the need %s", done.Status, done.Version, need.Status)
	}
	if s := state.Statistics(secretary, 0).Steps; s.Delivered != 1 || s.Agreed != 1 || s.Endorsed != 0 || s.Introduced != 1 {
		t.Errorf("the figures are %+v", s)
	}
	p.verify()
}

func TestWhatIsStoppedIsMatchedAgain(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	w := formed(t, on)
	if _, _, err := on.StopPartnership(t.Context(), provider, w.ID, 0, "capacity_used", "", nil); err != nil {
		t.Fatal(explain(err))
	}
	if _, _, err := on.StopPartnership(t.Context(), approver, w.ID, 0, "timing", "", nil); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("it is stopped twice: %v", explain(err))
	}
	state, _ := on.State("fctc")
	n, _ := state.Need(w.Need)
	o, _ := state.Offer(w.Providers[0].Offer)
	if n.Status != cooperation.NeedOpen || len(o.Taken.Partnerships) != 0 || o.Status != cooperation.OfferOpen {
		t.Errorf("the need is %s, the offer %s with %+v", n.Status, o.Status, o.Taken)
	}
	if s := state.Statistics(secretary, 0).Steps; s.Agreed != 1 || s.Delivered != 0 {
		t.Errorf("the figures are %+v", s)
	}
	p.verify()
}

func TestLessonsAndFeedbackGoTheirWay(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	w := formed(t, on)
	ctx := t.Context()
	steps := []func() (*cooperation.Partnership, *cooperation.Need, error){
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.BeginPartnership(ctx, provider, w.ID, 0, cooperation.Date{})
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.RecordDisbursement(ctx, provider, w.ID, 0, cooperation.Disbursement{Share: 1, Sort: cooperation.MoneyPaid, Amount: cooperation.Money{Amount: "10", Currency: "USD"}, On: cooperation.DateOf(on.Now()), Text: "Transfer 1"})
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.CorrectDisbursement(ctx, provider, w.ID, 0, 1, "Returned.")
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.ReportDeviation(ctx, focal, w.ID, 0, cooperation.Deviation{Aspect: "schedule", Text: "Elections."})
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.StatePartnershipOrigin(ctx, focal, w.ID, 0, cooperation.OriginStatement{Origin: cooperation.FacilitatedHere, Text: "Met here."})
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.GiveFeedback(ctx, provider, w.ID, 0, 4, "Well prepared.")
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.DraftLessons(ctx, focal, w.ID, 0, "Draft early.", "en", false)
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.ClearLessons(ctx, provider, w.ID, 0, 1, false)
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.CompletePartnership(ctx, provider, w.ID, 0, nil, "")
		},
		func() (*cooperation.Partnership, *cooperation.Need, error) {
			return on.ConfirmPartnership(ctx, focal, w.ID, 0)
		},
	}
	for i, step := range steps {
		if _, _, err := step(); err != nil {
			t.Fatalf("step %d: %v", i+1, explain(err))
		}
	}
	mine, _, err := on.Delivery(focal, w.ID)
	if err != nil || mine.Status != cooperation.PartnershipCompleted || len(mine.Feedback) != 0 || mine.Lessons.Shared == nil || mine.Origin() != cooperation.FacilitatedHere {
		t.Errorf("one side reads %+v, %v", mine, explain(err))
	}
	if theirs, _, _ := on.Delivery(secretary, w.ID); len(theirs.Feedback) != 1 || len(theirs.Disbursements) != 2 {
		t.Errorf("the secretariat reads %+v", theirs)
	}
	if _, _, err := on.ReportMilestone(ctx, focal, w.ID, 0, cooperation.MilestoneReport{Milestone: 1, Text: "Late."}); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("of one that is completed a milestone is reported: %v", explain(err))
	}
	state, _ := on.State("fctc")
	party := actor("party", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "SE"})
	if page, err := state.Lessons(party, catalogue.LessonsQuery{Theme: []string{"fctc-art8"}}); err != nil || page.Total != 1 {
		t.Errorf("another Party finds %+v, %v", page, err)
	}
	again := p.open() // from the log
	if from, _, err := again.Delivery(secretary, w.ID); err != nil || from.Version != mine.Version {
		t.Errorf("after a restart there is %+v, %v", from, explain(err))
	}
}
