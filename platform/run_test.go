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

// secretariat makes an account that the test's teller tells.
func secretariat(t *testing.T, on *platform.Platform) *cooperation.User {
	t.Helper()
	u, err := on.CreateUser(t.Context(), system, cooperation.User{Name: "secretariat", Language: "en", Mail: "secretariat@example.org",
		Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.Secretariat}}})
	if err != nil {
		t.Fatal(explain(err))
	}
	return u
}

func pending(t *testing.T, on *platform.Platform) int {
	t.Helper()
	s, _ := on.State("fctc")
	count := 0
	for _, n := range s.PendingNotifications(on.Now()) {
		if n.Reason == "run" {
			count++
		}
	}
	return count
}

func TestARunProposesTellsOnceAndThenWritesNothing(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	secretariat(t, on)
	n := openNeed(t, on, "Smoke-free law")
	o := openOffer(t, on, "Advisers")
	r := run(t, on)
	if r.Run.Added != 1 || r.Run.Pairs != 1 || r.Unchanged {
		t.Fatalf("first run: %+v", r.Run)
	}
	proposals := standing(t, on)
	if len(proposals) != 1 || proposals[0].Need != n.ID || proposals[0].Offers[0] != o.ID || proposals[0].Committee == "" {
		t.Fatalf("proposals %+v, want one of need %s and offer %s with its committee", proposals, n.ID, o.ID)
	}
	if got := pending(t, on); got != 1 {
		t.Errorf("%d messages about the run, want 1", got)
	}
	position := on.Position("fctc")
	if r := run(t, on); !r.Unchanged || on.Position("fctc") != position {
		t.Errorf("second run: unchanged %v, position moved from %d to %d", r.Unchanged, position, on.Position("fctc"))
	}
	if got := pending(t, on); got != 1 {
		t.Errorf("%d messages after the second run, want still 1", got)
	}
}

func TestWhatNoLongerHoldsIsSupersededAndMayComeBack(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n := openNeed(t, on, "Smoke-free law")
	o := openOffer(t, on, "Advisers")
	run(t, on)
	other := offerContent("Advisers")
	other.Themes = []string{"fctc-art6"}
	if _, err := on.ReplaceOffer(t.Context(), provider, o.ID, 0, other); err != nil {
		t.Fatal(explain(err))
	}
	if r := run(t, on); r.Run.Superseded != 1 || len(standing(t, on)) != 0 {
		t.Errorf("superseded %d, standing %d; want 1 and 0", r.Run.Superseded, len(standing(t, on)))
	}
	if _, err := on.ReplaceOffer(t.Context(), provider, o.ID, 0, offerContent("Advisers")); err != nil {
		t.Fatal(explain(err))
	}
	run(t, on)
	proposals := standing(t, on)
	if len(proposals) != 1 || proposals[0].ID != cooperation.ProposalID("fctc", n.ID, o.ID) || proposals[0].Version != 3 {
		t.Errorf("after the offer came back: %+v; want the same proposal in its third version", proposals)
	}
}

func TestAShortlistIsNoLongerThanTheProfileSays(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	openNeed(t, on, "Smoke-free law")
	for i := range 9 {
		openOffer(t, on, fmt.Sprintf("Advisers %d", i))
	}
	r := run(t, on)
	convention, _ := on.Convention("fctc")
	if r.Run.Pairs != 9 || len(standing(t, on)) != convention.Shortlist {
		t.Errorf("%d pairs, %d proposals; want 9 and %d", r.Run.Pairs, len(standing(t, on)), convention.Shortlist)
	}
}

func TestARunThatWasCutOffIsTakenUpAgainAndTellsOnce(t *testing.T) {
	// Enough pairings for several commits: 600 needs with five proposals each.
	p := newPlace(t)
	first := p.open()
	secretariat(t, first)
	rows := make([]cooperation.ImportRow[cooperation.NeedContent], 600)
	for i := range rows {
		rows[i] = cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, ExternalID: fmt.Sprintf("need-%03d", i), Convention: "fctc", Content: needContent(t, fmt.Sprintf("Law %d", i))}
	}
	if r, err := first.ImportNeeds(t.Context(), system, rows, false); err != nil || r.Created != 600 {
		t.Fatal(r, explain(err))
	}
	for i := range 5 {
		openOffer(t, first, fmt.Sprintf("Advisers %d", i))
	}
	convention, _ := first.Convention("fctc")
	want := 600 * min(5, convention.Shortlist)
	base := first.Position("fctc")

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
		_, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"})
		if err == nil {
			if cut < 3 {
				t.Fatalf("the run took only %d commits: the test shows nothing", cut-1)
			}
			return // every commit of the run was a place to cut
		}
		on.Close()
		again := q.open()
		r := run(t, again)
		if got := len(standing(t, again)); got != want {
			t.Errorf("cut at commit %d: %d proposals after the second run, want %d", cut, got, want)
		}
		if got := pending(t, again); got != 1 {
			t.Errorf("cut at commit %d: %d messages, want 1", cut, got)
		}
		if !r.Run.Done || cut > 1 && r.Run.Attempt != 2 {
			t.Errorf("cut at commit %d: run %+v, want it done by the second attempt", cut, r.Run)
		}
		if r := run(t, again); !r.Unchanged {
			t.Errorf("cut at commit %d: a third run changed something", cut)
		}
		again.Close()
		q.verify()
	}
}

func TestManyRunsAtOnceAreOne(t *testing.T) {
	p := newPlace(t)
	one, two := p.open(), p.open()
	secretariat(t, one)
	for i := range 4 {
		openNeed(t, one, fmt.Sprintf("Law %d", i))
		openOffer(t, one, fmt.Sprintf("Advisers %d", i))
	}
	await(t, two, one.Position("fctc"))
	var wg sync.WaitGroup
	for i := range 8 {
		on := []*platform.Platform{one, two}[i%2]
		wg.Go(func() {
			if _, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
				t.Error(explain(err))
			}
		})
	}
	wg.Wait()
	await(t, one, two.Position("fctc"))
	if got := len(standing(t, one)); got != 16 {
		t.Errorf("%d proposals, want 16", got)
	}
	if got := pending(t, one); got != 1 {
		t.Errorf("%d messages, want 1", got)
	}
	p.verify()
}

func TestOnlySecretariatAndPlatformRunTheMatcher(t *testing.T) {
	on := newPlace(t).open()
	for name, a := range map[string]cooperation.Actor{"public": {}, "focal point": focal, "approver": approver, "provider": provider} {
		_, err := on.Run(t.Context(), a, "fctc", platform.RunOptions{})
		if cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("%s: %v, want forbidden", name, err)
		}
	}
	if _, err := on.Run(t.Context(), secretary, "fctc", platform.RunOptions{}); err != nil {
		t.Errorf("secretariat: %v", explain(err))
	}
}

func TestPostingsLapseByThemselvesAndAreAskedAboutOnceBefore(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	secretariat(t, on)
	openNeed(t, on, "Smoke-free law")
	o := openOffer(t, on, "Advisers")
	convention, _ := on.Convention("fctc")
	if n, err := on.Tick(t.Context(), "fctc"); err != nil || n != (platform.Ticked{}) {
		t.Errorf("%+v, %v; want nothing yet", n, err)
	}
	until := o.ValidUntil.Time()
	p.clock.advance(until.Sub(p.clock.Now()) - time.Duration(convention.ReconfirmDays-1)*24*time.Hour)
	first, err := on.Tick(t.Context(), "fctc")
	if err != nil || first.Told == 0 || first.Ended != 0 {
		t.Errorf("%+v, %v; want some asked", first, err)
	}
	if again, err := on.Tick(t.Context(), "fctc"); err != nil || again.Told != 0 {
		t.Errorf("%+v again, %v; want none", again, err)
	}
	p.clock.advance(time.Duration(convention.ReconfirmDays+400) * 24 * time.Hour)
	if n, err := on.Tick(t.Context(), "fctc"); err != nil || n.Ended != 2 {
		t.Errorf("%+v, %v; want need and offer lapsed", n, err)
	}
	got, _, err := on.Offer(provider, o.ID)
	if err != nil || got.Status != cooperation.OfferLapsed {
		t.Errorf("offer is %v, %v; want lapsed", got, err)
	}
	if r := run(t, on); r.Run.Pairs != 0 {
		t.Errorf("%d pairs after everything has lapsed", r.Run.Pairs)
	}
}
