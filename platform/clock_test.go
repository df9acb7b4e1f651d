package platform_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
)

// reviewed is the place with pairings of the tobacco convention reviewed.
func reviewed(t *testing.T) *place {
	t.Helper()
	p := newPlace(t)
	c, _ := p.set.Convention("fctc")
	c.Reviewed = true // the set is this place's own
	return p
}

// remindersIn counts what people were reminded of, message by message.
func remindersIn(t *testing.T, on *platform.Platform, u *cooperation.User) (messages []int) {
	t.Helper()
	s, _ := on.State("fctc")
	for _, n := range s.PendingNotifications(on.Now()) {
		if n.Reason == "clocks.due" && n.Recipient == u.ID {
			messages = append(messages, len(n.Reminders))
		}
	}
	return messages
}

func tick(t *testing.T, on *platform.Platform) platform.Ticked {
	t.Helper()
	ticked, err := on.Tick(t.Context(), "fctc")
	if err != nil {
		t.Fatal(explain(err))
	}
	return ticked
}

func TestWhatWaitsIsToldOnceHoweverOftenAndWhereverTheClocksAreLookedAt(t *testing.T) {
	p := reviewed(t)
	on, other := p.open(), p.open()
	who := secretariat(t, on)
	for i := range 3 {
		openNeed(t, on, fmt.Sprintf("Law %d", i))
	}
	openOffer(t, on, "Advisers")
	run(t, on)
	conv, _ := on.Convention("fctc")
	if got := tick(t, on); got != (platform.Ticked{}) || len(remindersIn(t, on, who)) != 0 {
		t.Fatalf("on the first day %+v", got)
	}
	s, _ := on.State("fctc")
	k := conv.Timekeeper(s, on.Now())
	p.clock.advance(k.End(k.Working(on.Now(), conv.LookDays+conv.OpeningDays)).Sub(on.Now()))
	await(t, other, on.Position("fctc"))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { _, _ = []*platform.Platform{on, other}[i%2].Tick(t.Context(), "fctc") })
	}
	wg.Wait()
	await(t, on, other.Position("fctc"))
	if got := remindersIn(t, on, who); len(got) != 1 || got[0] != 3 {
		t.Errorf("the secretariat has messages with %v reminders, want one with 3", got)
	}
	position := on.Position("fctc")
	p.clock.advance(90 * 24 * time.Hour)
	if got := tick(t, on); got != (platform.Ticked{}) || on.Position("fctc") != position {
		t.Errorf("three months later %+v is told again", got)
	}
	p.verify()
}

func TestAnOutageIsCaughtUpWithWithoutRepeatingWhatWasMissed(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	who := secretariat(t, on)
	n := openNeed(t, on, "Law")
	openOffer(t, on, "Advisers")
	run(t, on)
	p.clock.advance(4 * 366 * 24 * time.Hour)
	if got := tick(t, on); got.Ended != 2 {
		t.Errorf("%+v, want need and offer lapsed", got)
	}
	s, _ := on.State("fctc")
	for _, n := range s.PendingNotifications(on.Now()) {
		if n.Reason == "need.reconfirm_due" || n.Reason == "offer.reconfirm_due" {
			t.Errorf("years later somebody is asked to re-confirm: %+v", n)
		}
	}
	if got := remindersIn(t, on, who); len(got) != 1 || got[0] != 1 {
		t.Errorf("the secretariat has messages with %v reminders, want one with 1", got)
	}
	if lapsed, _, err := on.Need(focal, n.ID); err != nil || lapsed.Status != cooperation.NeedLapsed {
		t.Errorf("the need is %+v, %v", lapsed, err)
	}
}

func TestALookAtTheClocksThatIsCutOffIsMadeUpFor(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	secretariat(t, on)
	openNeed(t, on, "Law")
	openOffer(t, on, "Advisers")
	run(t, on)
	p.clock.advance(4 * 366 * 24 * time.Hour)
	base := on.Position("fctc")
	on.Close()
	for cut := int32(1); ; cut++ {
		q := *p
		q.uri = copyOf(t, p.uri)
		s := &faulty{Store: q.store()}
		on := q.open(s)
		await(t, on, base)
		var appends atomic.Int32
		s.before = func() error {
			if appends.Add(1) == cut {
				return errors.New("the process was killed here")
			}
			return nil
		}
		_, err := on.Tick(t.Context(), "fctc")
		on.Close()
		if err == nil {
			if cut < 3 {
				t.Fatalf("it took only %d commits: the test shows nothing", cut-1)
			}
			return
		}
		again := q.open()
		tick(t, again)
		if got := pendingFor(t, again, "need.lapse") + pendingFor(t, again, "offer.lapse") + pendingFor(t, again, "clocks.due"); got != 3 {
			t.Errorf("cut at commit %d: %d messages, want 3", cut, got)
		}
		again.Close()
		q.verify()
	}
}

func pendingFor(t *testing.T, on *platform.Platform, reason string) (count int) {
	t.Helper()
	s, _ := on.State("fctc")
	for _, n := range s.PendingNotifications(on.Now()) {
		if n.Reason == reason {
			count++
		}
	}
	return count
}

func TestClocksAreListedInTheOrderInWhichTheyRunOut(t *testing.T) {
	p := reviewed(t)
	on := p.open()
	for i := range 3 {
		openNeed(t, on, fmt.Sprintf("Law %d", i))
	}
	o := openOffer(t, on, "Advisers")
	run(t, on)
	list := func(a cooperation.Actor, q platform.ClockQuery) (all []platform.OwnClock, pages int) {
		for {
			page, next, total, err := on.Clocks(a, "fctc", q)
			if err != nil {
				t.Fatal(explain(err))
			}
			all, pages = append(all, page...), pages+1
			if q.Cursor = next; next == "" {
				if len(all) != total {
					t.Errorf("%d of %d clocks are listed", len(all), total)
				}
				return all, pages
			}
		}
	}
	all, pages := list(focal, platform.ClockQuery{Limit: 4})
	if len(all) != 6 || pages != 2 { // of each need: that it stands, and the look at its proposal
		t.Errorf("%d clocks on %d pages", len(all), pages)
	}
	for i, c := range all {
		if i > 0 && c.Due.Before(all[i-1].Due) || c.Title == "" {
			t.Errorf("%s comes after %s: %+v", c.Due, all[max(0, i-1)].Due, c)
		}
	}
	if own, _ := list(provider, platform.ClockQuery{Document: "offer/" + o.ID}); len(own) != 1 || own[0].Kind != cooperation.ReconfirmClock || own[0].Title != "Advisers" {
		t.Errorf("of the offer %+v", own)
	}
	if looks, _ := list(focal, platform.ClockQuery{Kinds: []cooperation.ClockKind{cooperation.LookClock}, Until: cooperation.DateOf(on.Now()).AddDays(30)}); len(looks) != 3 {
		t.Errorf("%d looks", len(looks))
	}
	if openings, _ := list(secretary, platform.ClockQuery{}); len(openings) != 3 || openings[0].Kind != cooperation.OpeningClock {
		t.Errorf("where nobody presides, there wait for the secretariat %+v", openings)
	}
	for name, a := range map[string]cooperation.Actor{"public": {}, "another State": actor("x", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "NA"})} {
		if other, _ := list(a, platform.ClockQuery{}); len(other) != 0 {
			t.Errorf("%s has %d clocks", name, len(other))
		}
	}
	p.clock.advance(300 * 24 * time.Hour)
	if late, _ := list(secretary, platform.ClockQuery{Overdue: true}); len(late) != 3 || late[0].Kind != cooperation.OpeningClock {
		t.Errorf("late, the secretariat has %+v", late)
	}
	if _, _, _, err := on.Clocks(focal, "fctc", platform.ClockQuery{Cursor: "!"}); cooperation.CodeOf(err) != cooperation.Invalid {
		t.Errorf("a cursor of nobody: %v", err)
	}
}
