package cooperation_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
)

// seated is the pilot convention with pairings reviewed and a secretariat in a
// zone, by the working week of calendar_test.go.
func seated(zone string) *cooperation.Convention {
	c := pilot()
	c.Reviewed, c.LookDays, c.OpeningDays, c.SilenceDays, c.ObjectionDays, c.ReconfirmDays = true, 5, 10, 5, 20, 30
	c.Calendar = workingWeek()
	c.Calendar.Zone = zone
	c.Committees = []cooperation.Committee{{ID: "review", Kind: cooperation.StandingCommittee,
		Chairs: []cooperation.Presidency{{Country: land("PE"), From: day("2026-01-01"), Until: day("2026-12-31")}}}}
	return c
}

// posted finds one need and one offer.
type posted struct {
	need  *cooperation.Need
	offer *cooperation.Offer
}

func (p posted) Need(string) (*cooperation.Need, bool)   { return p.need, p.need != nil }
func (p posted) Offer(string) (*cooperation.Offer, bool) { return p.offer, p.offer != nil }

func both() posted { return posted{needIn("open"), offerIn("open", cooperation.Indication)} }

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	ok(t, err)
	return at
}

func TestDaysAreThoseOfTheSeat(t *testing.T) {
	for _, c := range []struct{ zone, at, day, end string }{
		{"UTC", "2026-03-10T23:30:00Z", "2026-03-10", "2026-03-11T00:00:00Z"},
		{"Europe/Zurich", "2026-03-10T23:30:00Z", "2026-03-11", "2026-03-11T23:00:00Z"},
		{"America/New_York", "2026-03-11T02:00:00Z", "2026-03-10", "2026-03-11T04:00:00Z"},
		{"Europe/Zurich", "2026-03-28T12:00:00Z", "2026-03-28", "2026-03-28T23:00:00Z"}, // the day before summer time
		{"Europe/Zurich", "2026-03-29T12:00:00Z", "2026-03-29", "2026-03-29T22:00:00Z"}, // it has 23 hours
		{"Europe/Zurich", "2026-10-25T12:00:00Z", "2026-10-25", "2026-10-25T23:00:00Z"}, // it has 25
		{"Atlantis", "2026-03-10T23:30:00Z", "2026-03-10", "2026-03-11T00:00:00Z"},
	} {
		k := seated(c.zone).Timekeeper(both(), noon)
		got := k.Day(moment(t, c.at))
		if got != day(c.day) || !k.End(got).Equal(moment(t, c.end)) {
			t.Errorf("in %s, %s lies on %s, which ends at %s; want %s and %s", c.zone, c.at, got, k.End(got), c.day, c.end)
		}
	}
	if k := seated("UTC").Timekeeper(both(), noon); !k.Day(time.Time{}).IsZero() || !k.Begin(cooperation.Date{}).IsZero() {
		t.Error("what is not stated has a day")
	}
}

func TestWhatIsLeftIsWhatWasGivenLessWhatPassed(t *testing.T) {
	k := seated("Europe/Zurich").Timekeeper(both(), noon)
	start := moment(t, "2026-03-31T12:00:00Z") // Easter follows
	last := k.Working(start, 5)
	for i, want := range []int{5, 4, 3, 2, 2, 2, 2, 1, 0, 0} {
		if got := k.Left(start.AddDate(0, 0, i), last); got != want {
			t.Errorf("%d days later %d working days are left, want %d", i, got, want)
		}
	}
}

func TestAProposalOfTheChairsOwnStateIsTakenUpByWhoeverPresidesThen(t *testing.T) {
	sides := both()
	sides.offer.Provider = "PE"
	member := func(state string) cooperation.Actor {
		return cooperation.Actor{ID: state, Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: cooperation.Participant(state), Committee: "review"}}}
	}
	opens := func(conv *cooperation.Convention, who cooperation.Actor) bool {
		opening := cooperation.ClocksOf(proposed(t), conv.Timekeeper(sides, noon))[1]
		return slices.ContainsFunc(opening.Owners, func(o cooperation.Owner) bool { return o.Is(who, pilotID) })
	}
	conv := seated("UTC")
	if opens(conv, member("PE")) || !opens(conv, secretariat) {
		t.Error("where nobody else presides, it does not wait for the secretariat to see to that")
	}
	conv.Committees[0].Members = []cooperation.Term{{Country: land("DE"), From: day("2025-01-01"), Until: day("2026-12-31")}, {Country: land("PE"), From: day("2025-01-01"), Until: day("2026-12-31")}}
	if opens(conv, member("PE")) || !opens(conv, member("DE")) || opens(conv, secretariat) {
		t.Error("it does not wait for the member that presides")
	}
}

func TestAProposalIsLookedAtAndThenToBeTakenUp(t *testing.T) {
	conv := seated("Europe/Zurich")
	p := proposed(t) // on Tuesday 10 March at noon
	clocks := cooperation.ClocksOf(p, conv.Timekeeper(both(), noon))
	if len(clocks) != 2 {
		t.Fatalf("there are %d clocks", len(clocks))
	}
	look, opening := clocks[0], clocks[1]
	if look.Kind != cooperation.LookClock || look.Last != day("2026-03-17") || !look.Due.Equal(moment(t, "2026-03-17T23:00:00Z")) || look.Ends || len(look.Reminders) != 0 {
		t.Errorf("the look is %+v", look)
	}
	if opening.Kind != cooperation.OpeningClock || !opening.Started.Equal(look.Due) || opening.Last != day("2026-03-31") || opening.Ends || opening.ID == look.ID {
		t.Errorf("the opening is %+v", opening)
	}
	chair := cooperation.Actor{ID: "chair", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "PE", Committee: "review"}}}
	other := cooperation.Actor{ID: "other", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "DE", Committee: "review"}}}
	for _, c := range []struct {
		who         string
		a           cooperation.Actor
		look, begun bool
		late        bool
	}{
		{"the need's side", kenyaFocal, true, false, false}, {"the chair", chair, false, true, true}, {"another member", other, false, false, false},
		{"the secretariat", secretariat, false, false, true}, {"the public", public, false, false, false},
	} {
		if look.Concerns(c.a, noon) != c.look || opening.Concerns(c.a, noon) != c.begun || opening.Concerns(c.a, opening.Due) != c.late {
			t.Errorf("%s is concerned by the look %v, by the opening %v, and late %v", c.who, look.Concerns(c.a, noon), opening.Concerns(c.a, noon), opening.Concerns(c.a, opening.Due))
		}
	}
	conv.Reviewed = false
	if clocks := cooperation.ClocksOf(p, conv.Timekeeper(both(), noon)); len(clocks) != 2 || clocks[0].Kind != cooperation.LookClock || clocks[1].Kind != cooperation.IntroduceClock || !clocks[1].Started.Equal(clocks[0].Due) {
		t.Errorf("where nothing is reviewed there are %+v", clocks)
	}
	for _, status := range cooperation.ProposalStatuses()[1:] {
		p.Status = status
		if slices.ContainsFunc(cooperation.ClocksOf(p, conv.Timekeeper(both(), noon)), func(c cooperation.Clock) bool { return c.Kind == cooperation.LookClock }) {
			t.Errorf("one that is %s is still looked at", status)
		}
	}
}

func TestOfSeveralRemindersOnlyTheLatestIsTold(t *testing.T) {
	c := cooperation.Clock{Due: noon.AddDate(0, 0, 10), Reminders: []cooperation.Reminder{{At: noon}, {At: noon.AddDate(0, 0, 5)}, {At: noon.AddDate(0, 0, 10)}}}
	for days, want := range map[int]int{-1: 0, 0: 1, 4: 1, 5: 2, 9: 2, 10: 3, 1000: 3} {
		at := noon.AddDate(0, 0, days)
		if _, place, come := c.Reminder(at); place != want || come != (want > 0) {
			t.Errorf("after %d days it is the reminder %d, want %d", days, place, want)
		}
		if c.Over(at) != (days >= 10) {
			t.Errorf("after %d days it is over: %v", days, c.Over(at))
		}
	}
	if stopped := (cooperation.Clock{Paused: noon, Left: 3}); stopped.Over(noon.AddDate(10, 0, 0)) {
		t.Error("a clock that is stopped has run out")
	}
}

func TestAPostingStandsUntilItsDayIsOver(t *testing.T) {
	k := seated("Europe/Zurich").Timekeeper(both(), noon)
	o := offerIn("open", cooperation.Pledge)
	o.ValidUntil = day("2026-06-30")
	c := cooperation.ClocksOf(o, k)
	if len(c) != 1 || c[0].Kind != cooperation.ReconfirmClock || !c[0].Ends || !c[0].Due.Equal(moment(t, "2026-07-01T00:00:00Z")) ||
		!c[0].Reminders[0].At.Equal(moment(t, "2026-06-01T00:00:00Z")) {
		t.Fatalf("its clocks are %+v", c)
	}
	again := *o
	again.ValidUntil = day("2026-12-31")
	if later := cooperation.ClocksOf(&again, k); later[0].ID == c[0].ID {
		t.Error("another validity is the same clock, of which nobody would be reminded again")
	}
	for _, status := range cooperation.OfferStatuses() {
		o.Status = status
		if stands := status == cooperation.OfferOpen || status == cooperation.OfferExhausted; (len(cooperation.ClocksOf(o, k)) == 1) != stands {
			t.Errorf("an offer that is %s has %d clocks", status, len(cooperation.ClocksOf(o, k)))
		}
	}
	if cooperation.ClocksOf(&cooperation.Run{}, k) != nil {
		t.Error("a run has a clock")
	}
}
