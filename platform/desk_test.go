package platform_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
)

func queue(t *testing.T, on *platform.Platform, a cooperation.Actor, q platform.QueueQuery) *platform.Queue {
	t.Helper()
	page, err := on.Queue(a, "fctc", "bureau", q)
	if err != nil {
		t.Fatal(explain(err))
	}
	return page
}

// stepsIn lists the steps of a page, in its order.
func stepsIn(page *platform.Queue) (steps []cooperation.DeskStep) {
	for _, d := range page.Items {
		steps = append(steps, d.Step)
	}
	return steps
}

func TestAQueueIsInTheOrderOfWhatRunsOutFirst(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	openNeed(t, on, "Smoke-free law")
	openOffer(t, on, "Advisers")
	run(t, on)
	first := standing(t, on)[0]
	if page := queue(t, on, sits("KE"), platform.QueueQuery{}); page.Total != 1 || page.Items[0].Step != cooperation.DeskLook || page.Items[0].Mine || page.Items[0].Turn.Kind != cooperation.LookClock || page.Items[0].DaysLeft != 5 {
		t.Fatalf("while both sides look it is %+v", page.Items)
	}
	p.clock.advance(9 * 24 * time.Hour)
	openNeed(t, on, "Another law")
	run(t, on)
	page := queue(t, on, sits("KE"), platform.QueueQuery{})
	if !slices.Equal(stepsIn(page), []cooperation.DeskStep{cooperation.DeskOpening, cooperation.DeskLook}) || page.Items[0].Proposal.ID != first.ID || !page.Items[0].Mine {
		t.Fatalf("in the second week the queue is %+v", stepsIn(page))
	}
	if mine := queue(t, on, sits("KE"), platform.QueueQuery{Mine: true}); mine.Total != 1 || mine.Steps[0].Count != 1 {
		t.Errorf("the chair's own are %+v", mine.Steps)
	}
	open(t, on, first.ID)
	// The silence of five working days ends before the second may be opened at the latest.
	page = queue(t, on, sits("SE"), platform.QueueQuery{})
	if !slices.Equal(stepsIn(page), []cooperation.DeskStep{cooperation.DeskOpen, cooperation.DeskLook}) || !page.Items[0].Mine || page.Items[0].Frozen == nil {
		t.Errorf("after the opening it is %+v", page.Items[0])
	}
	p.clock.advance(30 * 24 * time.Hour)
	page = queue(t, on, sits("KE"), platform.QueueQuery{Overdue: true})
	if page.Total != 2 || !slices.Equal(stepsIn(page), []cooperation.DeskStep{cooperation.DeskOpen, cooperation.DeskOpening}) || page.Items[0].DaysLeft != 0 {
		t.Errorf("a month later these are late: %+v", stepsIn(page))
	}
	tick(t, on)
	page = queue(t, on, sits("KE"), platform.QueueQuery{})
	if page.Total != 1 || page.Items[0].Step != cooperation.DeskOpening || len(page.Steps) != 2 {
		t.Errorf("what was decided is still in the queue: %+v", stepsIn(page))
	}
	decided := queue(t, on, secretary, platform.QueueQuery{Steps: []cooperation.DeskStep{cooperation.DeskEndorsed}})
	if decided.Total != 1 || decided.Items[0].Frozen != nil || decided.Items[0].Turn == nil || decided.Items[0].Turn.Kind != cooperation.IntroduceClock || decided.Items[0].Review == nil {
		t.Errorf("what was endorsed is %+v", decided.Items)
	}
	for _, note := range decided.Items[0].Fairness {
		if note.Proposed != 2 || note.Endorsed != 1 || note.Mean != 1_000_000 || note.Less != (note.Side == cooperation.NeedSide && note.Known) {
			t.Errorf("%s: %+v", note.Participant, note)
		}
	}
}

func TestAPageOfAQueueGoesOnWhereTheLastEndedWhateverHappensBetween(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	for _, title := range []string{"First", "Second", "Third", "Fourth"} {
		openNeed(t, on, title)
	}
	openOffer(t, on, "Advisers")
	run(t, on)
	p.clock.advance(9 * 24 * time.Hour)
	var want, got []string
	for _, d := range queue(t, on, sits("KE"), platform.QueueQuery{}).Items {
		want = append(want, d.Proposal.ID)
	}
	q := platform.QueueQuery{Limit: 2}
	for {
		page := queue(t, on, sits("KE"), q)
		for _, d := range page.Items {
			got = append(got, d.Proposal.ID)
		}
		if page.Next == "" {
			break
		}
		// The one with which the page ended leaves the queue before the next is read.
		if _, err := on.WithdrawProposal(t.Context(), focal, got[len(got)-1], 0); err != nil {
			t.Fatal(explain(err))
		}
		q.Cursor = page.Next
	}
	if !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

// TestADeskIsForThoseWhoReview: sides and members of other bodies read proposals,
// and not this.
func TestADeskIsForThoseWhoReview(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	q := looked(t, p, on)
	elsewhere := actor("elsewhere", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: "SE", Committee: "conference"})
	for name, reader := range map[string]struct {
		cooperation.Actor
		desk, queue cooperation.Code
	}{
		"member": {sits("SE"), "", ""}, "secretariat": {secretary, "", ""}, "platform": {system, "", ""},
		"beneficiary": {focal, cooperation.Forbidden, cooperation.Forbidden}, "provider": {provider, cooperation.Forbidden, cooperation.Forbidden},
		"another body": {elsewhere, cooperation.NotFound, cooperation.Forbidden}, "public": {cooperation.Actor{}, cooperation.NotFound, cooperation.Forbidden},
	} {
		if _, err := on.Desk(t.Context(), reader.Actor, q.ID); cooperation.CodeOf(err) != reader.desk {
			t.Errorf("%s reads the desk: %v", name, err)
		}
		if _, err := on.Queue(reader.Actor, "fctc", "bureau", platform.QueueQuery{}); cooperation.CodeOf(err) != reader.queue {
			t.Errorf("%s reads the queue: %v", name, err)
		}
	}
}
