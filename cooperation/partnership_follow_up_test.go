package cooperation_test

import (
	"testing"

	"entente/cooperation"
)

func TestBothSidesAreAskedAfterThreeSixAndTwelveMonths(t *testing.T) {
	a := active(t)
	want := []cooperation.Question{
		{Months: 3, Due: day("2026-07-01"), Opens: day("2026-06-01"), Closes: day("2026-07-02")},
		{Due: day("2026-08-01"), Opens: day("2026-07-02"), Closes: day("2026-09-01")}, // both have agreed on this day
		{Months: 6, Due: day("2026-10-01"), Opens: day("2026-09-01"), Closes: day("2027-03-01")},
		{Months: 12, Due: day("2027-04-01"), Opens: day("2027-03-01"), Closes: day("2027-07-01")},
	}
	got := a.Questions()
	if len(got) != len(want) {
		t.Fatalf("asked are %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("question %d is %+v, want %+v", i+1, got[i], want[i])
		}
	}
	late := agreed(t)
	late.Start = cooperation.Date{}
	if q := late.Questions(); q[0].Due != day("2026-06-10") {
		t.Errorf("one that nobody has begun is asked about on %s", q[0].Due)
	}
}

func TestEveryPartnerIsAskedUntilItHasAnswered(t *testing.T) {
	a := active(t)
	answer := func(who cooperation.Actor) error {
		return a.FollowUp(a.k(), a.need(), "on_track", "Half of the surveyors are trained.", who, a.now)
	}
	if len(a.clocks(cooperation.FollowUpClock)) != 0 {
		t.Error("nobody is asked two months before")
	}
	err := answer(kenyaFocal)
	if wantCode(t, err, cooperation.State); refusal(t, err).Message.Key != "error.state.not_asked_yet" {
		t.Errorf("too early it is refused with %v", err)
	}
	a.on("2026-06-20")
	c := a.clocks(cooperation.FollowUpClock)
	if len(c) != 3 || c[0].Last != day("2026-07-01") || c[0].Ends || !c[0].Owners[0].Is(kenyaApprover, pilotID) || c[0].Owners[0].Is(mozApprover, pilotID) || !c[2].Owners[0].Is(germanProvider, pilotID) {
		t.Fatalf("asked are %+v", c)
	}
	if r, place, come := c[0].Reminder(a.now); !come || place != 1 || len(r.To) != 1 {
		t.Errorf("two weeks before it tells %+v", r)
	}
	a.do(answer(kenyaFocal))
	wantField(t, a.FollowUp(a.k(), a.need(), "splendid", "x", kenyaFocal, a.now), "course", "error.invalid.not_one_of")
	if c = a.clocks(cooperation.FollowUpClock); len(c) != 2 || a.FollowUps[0].Months != 3 || a.FollowUps[0].Participant != "KE" {
		t.Errorf("one has answered, and asked are %d", len(c))
	}
	a.do(answer(kenyaApprover)) // one may add to it
	a.on("2026-10-05")
	if c = a.clocks(cooperation.FollowUpClock); len(c) != 3 || c[0].Last != day("2026-10-01") {
		t.Fatalf("in the next round asked are %+v", c)
	}
	if r, place, _ := c[0].Reminder(a.now); place != 2 || len(r.To) != 2 || !r.To[0].Is(secretariat, pilotID) {
		t.Errorf("when the day is over it tells %+v", r)
	}
	a.on("2026-12-24")
	if _, place, _ := a.clocks(cooperation.FollowUpClock)[0].Reminder(a.now); place != 3 {
		t.Errorf("after an outage only the last moment is told, and not %d", place)
	}
	a.on("2027-08-01")
	if err := answer(kenyaFocal); refusal(t, err).Message.Key != "error.state.not_asked" || len(a.clocks(cooperation.FollowUpClock)) != 0 {
		t.Errorf("after the last question it is refused with %v", err)
	}
}

// What was completed is asked about: does it last? What was stopped is not.
func TestWhatLastsIsAskedAndWhatWasStoppedIsNot(t *testing.T) {
	a := active(t)
	for _, who := range []cooperation.Actor{kenyaFocal, franceProvider, germanProvider} {
		a.do(a.Complete(a.k(), a.sides, nil, "", who, a.now))
	}
	a.on("2026-06-20")
	if len(a.clocks(cooperation.FollowUpClock)) != 3 {
		t.Error("nobody asks what lasts")
	}
	b := active(t)
	b.do(b.Stop(b.k(), b.sides, "timing", "", nil, kenyaFocal, b.now))
	b.on("2026-06-20")
	if len(b.clocks(cooperation.FollowUpClock)) != 0 {
		t.Error("somebody asks about what was stopped")
	}
	wantCode(t, b.FollowUp(b.k(), b.need(), "on_track", "x", kenyaFocal, b.now), cooperation.State)
}

func TestAfterItsLastDayThePartnersAreAskedWhatWasDelivered(t *testing.T) {
	a := active(t)
	a.on("2027-03-31")
	if len(a.clocks(cooperation.DeliveryClock)) != 0 {
		t.Error("they are asked on the last day")
	}
	a.on("2027-04-01")
	c := a.clocks(cooperation.DeliveryClock)
	if len(c) != 1 || len(c[0].Owners) != 3 || c[0].Ends || c[0].Last != day("2027-04-30") {
		t.Fatalf("after it the clock is %+v", c)
	}
	if _, place, come := c[0].Reminder(a.now); !come || place != 1 {
		t.Error("they are not reminded at once")
	}
	a.do(a.Deviate(a.k(), a.need(), cooperation.Deviation{Aspect: "schedule", Expected: day("2027-09-30"), Milestone: 2, Text: "The rains came early."}, franceProvider, a.now))
	if len(a.clocks(cooperation.DeliveryClock)) != 0 || a.ExpectedEnd() != day("2027-09-30") {
		t.Error("with a later last day they are still asked")
	}
	a.on("2027-10-01")
	if next := a.clocks(cooperation.DeliveryClock); len(next) != 1 || next[0].ID == c[0].ID {
		t.Error("after that day they are not asked")
	}
	a.do(a.Complete(a.k(), a.sides, nil, "", kenyaFocal, a.now))
	if len(a.clocks(cooperation.DeliveryClock)) != 0 || len(a.clocks(cooperation.CompletionClock)) != 1 {
		t.Error("what was stated is not waited for")
	}
	wantField(t, a.Deviate(a.k(), a.need(), cooperation.Deviation{Aspect: "schedule", Expected: day("2027-09-30"), Text: "Too late."}, franceProvider, a.now), "expected", "error.invalid.future_date")
	wantField(t, a.Deviate(a.k(), a.need(), cooperation.Deviation{Aspect: "weather", Text: "Rain."}, franceProvider, a.now), "aspect", "error.invalid.not_one_of")
}

// Whoever facilitates is told when a side is silent: a committee's chair whose
// own State is on a side is passed over.
func TestTheFacilitatorIsToldWhenASideIsSilent(t *testing.T) {
	a := active(t)
	a.conv.Facilitator, a.conv.ReviewBody = cooperation.CommitteeFacilitates, "review"
	term := func(country string) cooperation.Term {
		return cooperation.Term{Country: land(country), From: day("2025-01-01"), Until: day("2028-01-01")}
	}
	a.conv.Committees = []cooperation.Committee{{ID: "review", Kind: cooperation.StandingCommittee, Members: []cooperation.Term{term("PE"), term("DE")},
		Chairs: []cooperation.Presidency{{Country: land("DE"), From: day("2026-01-01"), Until: day("2027-01-01")}}}}
	a.on("2026-07-02")
	a.Reports = nil
	r, _, _ := a.clocks(cooperation.FollowUpClock)[0].Reminder(a.now)
	if len(r.To) != 2 || r.To[0].Committee != "review" || r.To[0].Participants[0] != "PE" {
		t.Errorf("it tells %+v", r.To)
	}
}
