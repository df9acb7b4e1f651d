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
	"entente/store/mongo"
	"entente/store/storetest/mongotest"
)

// bench names people to the body that reviews: Kenya presides.
func bench(t *testing.T, p *place) {
	t.Helper()
	c, _ := p.set.Convention("fctc")
	from, until := cooperation.DateOf(p.clock.Now()).AddMonths(-6), cooperation.DateOf(p.clock.Now()).AddMonths(240)
	for i := range c.Committees {
		if b := &c.Committees[i]; b.ID == c.ReviewBody {
			b.Composition.GenderFocalPoint, b.Working.Recommends = true, false
			for n, code := range []string{"KE", "SE", "JP", "IN", "AO"} {
				b.Members = append(b.Members, cooperation.Term{Country: country(t, code), From: from, Until: until, Election: n + 1})
			}
			b.Chairs = []cooperation.Presidency{{Country: country(t, "KE"), From: from, Until: until}}
		}
	}
}

func sits(state cooperation.Participant) cooperation.Actor {
	return actor("member of "+string(state), cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: state, Committee: "bureau"})
}

// looked has a proposal whose look is over.
func looked(t *testing.T, p *place, on *platform.Platform) *cooperation.Proposal {
	t.Helper()
	openNeed(t, on, "Smoke-free law")
	openOffer(t, on, "Advisers")
	run(t, on)
	q := standing(t, on)[0]
	p.clock.advance(9 * 24 * time.Hour)
	return q
}

func open(t *testing.T, on *platform.Platform, proposals ...string) *cooperation.Review {
	t.Helper()
	made, err := on.OpenReviews(t.Context(), sits("KE"), "fctc", proposals, false, "key")
	if err != nil {
		t.Fatal(explain(err))
	}
	return made[0]
}

func statusOf(t *testing.T, on *platform.Platform, proposal string) cooperation.ProposalStatus {
	t.Helper()
	q, err := on.Proposal(system, proposal)
	if err != nil {
		t.Fatal(explain(err))
	}
	return q.Status
}

func TestAReviewShowsWhatWasThereAndEndsByItself(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	q := looked(t, p, on)
	v := open(t, on, q.ID)
	if again := open(t, on, q.ID); again.ID != v.ID || again.Version != 1 {
		t.Errorf("opened again with the same key it is %+v", again)
	}
	if statusOf(t, on, q.ID) != cooperation.InReview || v.Cases[0].Score == 0 || len(v.Cases[0].Parts) == 0 {
		t.Fatalf("opened, it is %+v", v)
	}
	if _, err := on.ReplaceOffer(t.Context(), provider, q.Offers[0], 0, offerContent("Advisers, now others")); err != nil {
		t.Fatal(explain(err))
	}
	cases, err := on.ReviewCases(t.Context(), sits("SE"), v.ID)
	if err != nil || len(cases) != 1 || cases[0].Need == nil || cases[0].Offers[0].Title != "Advisers" || cases[0].Offers[0].Version != v.Cases[0].Offers[0].Version {
		t.Errorf("the members are shown %+v, %v", cases, explain(err))
	}
	if _, err := on.CommentReview(t.Context(), sits("AO"), v.ID, platform.Match(v.Version), "We thank the committee."); err != nil {
		t.Error(explain(err))
	}
	if _, err := on.ObjectToReview(t.Context(), sits("SE"), v.ID, platform.Match(v.Version), "Late."); cooperation.CodeOf(err) != cooperation.Conflict {
		t.Errorf("on an earlier version: %v", err)
	}
	p.clock.advance(30 * 24 * time.Hour)
	if got := tick(t, on); got.Ended != 1 || statusOf(t, on, q.ID) != cooperation.Endorsed {
		t.Errorf("a month later %+v, and it is %s", got, statusOf(t, on, q.ID))
	}
	if h, err := on.History(t.Context(), secretary, "review", v.ID, 0, 10); err != nil || len(h.Records) != 3 || h.Records[0].Command != "clock.silence" {
		t.Errorf("the history is %+v, %v", h, err)
	}
	p.verify()
}

func TestASideThatWithdrawsEndsItsReviewAndOneThatTalksDoesNot(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	q := looked(t, p, on)
	v := open(t, on, q.ID)
	if got, err := on.ExpressInterest(t.Context(), provider, q.ID, 0); err != nil || got.Status != cooperation.Introduced {
		t.Fatal(got, explain(err))
	}
	p.clock.advance(30 * 24 * time.Hour)
	tick(t, on)
	if after, err := on.Review(secretary, v.ID); err != nil || after.Status != cooperation.ReviewEndorsed || statusOf(t, on, q.ID) != cooperation.Introduced {
		t.Errorf("the advice is %+v, %v; the proposal is %s", after, err, statusOf(t, on, q.ID))
	}
	state, _ := on.State(q.Convention)
	if got, _ := state.Proposal(q.ID); !got.WasEndorsed() {
		t.Error("an endorsement after the introduction is lost")
	}
	n := openNeed(t, on, "Another law")
	made, err := on.ExpressInterestIn(t.Context(), approver, n.ID, q.Offers[0])
	if err != nil || made.Status != cooperation.Introduced || made.Version != 1 {
		t.Fatal(made, explain(err))
	}
	if again, err := on.ExpressInterestIn(t.Context(), provider, n.ID, q.Offers[0]); err != nil || again.ID != made.ID || len(again.Interests) != 2 {
		t.Errorf("by the other side: %+v, %v", again, explain(err))
	}
	openNeed(t, on, "A third law")
	run(t, on)
	third := standing(t, on)[0]
	p.clock.advance(9 * 24 * time.Hour)
	opened, err := on.OpenReviews(t.Context(), sits("KE"), "fctc", []string{third.ID}, true, "")
	if err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.WithdrawProposal(t.Context(), focal, third.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	if after, err := on.Review(secretary, opened[0].ID); err != nil || after.Status != cooperation.ReviewEnded {
		t.Errorf("after it was withdrawn: %+v, %v", after, err)
	}
}

func TestABatchIsOpenedWholeOrNotAtAll(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	for i := range 3 {
		openNeed(t, on, fmt.Sprintf("Law %d", i))
	}
	openOffer(t, on, "Advisers")
	run(t, on)
	var ids []string
	for _, q := range standing(t, on) {
		ids = append(ids, q.ID)
	}
	p.clock.advance(9 * 24 * time.Hour)
	if _, err := on.WithdrawProposal(t.Context(), focal, ids[2], 0); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.OpenReviews(t.Context(), sits("KE"), "fctc", ids, false, ""); cooperation.CodeOf(err) != cooperation.State || statusOf(t, on, ids[0]) != cooperation.Proposed {
		t.Errorf("with one that was withdrawn: %v, and the first is %s", err, statusOf(t, on, ids[0]))
	}
	made, err := on.OpenReviews(t.Context(), sits("KE"), "fctc", ids[:2], false, "")
	if err != nil || len(made) != 2 || made[0].ID == made[1].ID || statusOf(t, on, ids[1]) != cooperation.InReview {
		t.Errorf("the others: %d, %v", len(made), explain(err))
	}
}

// Sixty-four people on two replicas do what they may to the same proposal and
// review; every command was decided on the version that its caller had read.
func TestOfSixtyFourWhoActAtOnceOneIsHeard(t *testing.T) {
	p := reviewed(t)
	oneOfSixtyFour(t, p, func() *platform.Platform { return p.open() })
	p.verify()
}

func TestOfSixtyFourWhoActAtOnceOneIsHeardOnAServer(t *testing.T) {
	uri := mongotest.Start(t)
	p := reviewed(t)
	oneOfSixtyFour(t, p, func() *platform.Platform {
		s, err := mongo.Open(t.Context(), uri)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return p.open(s)
	})
}

func oneOfSixtyFour(t *testing.T, p *place, replica func() *platform.Platform) {
	t.Helper()
	bench(t, p)
	one, two := replica(), replica()
	q := looked(t, p, one)
	await(t, two, one.Position("fctc"))
	race := func(what string, commands ...func(on *platform.Platform) error) {
		t.Helper()
		var done, conflicts, states atomic.Int32
		var wg sync.WaitGroup
		for i := range 64 {
			on := []*platform.Platform{one, two}[i%2]
			wg.Go(func() {
				switch err := commands[i/2%len(commands)](on); cooperation.CodeOf(err) {
				case "":
					if err != nil {
						t.Errorf("%s: %v", what, err)
					}
					done.Add(1)
				case cooperation.Conflict:
					conflicts.Add(1)
				case cooperation.State:
					states.Add(1)
				default:
					t.Errorf("%s: %v", what, explain(err))
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || done.Load()+conflicts.Load()+states.Load() != 64 {
			t.Errorf("%s: %d were heard, %d had another version, %d came too late", what, done.Load(), conflicts.Load(), states.Load())
		}
		await(t, one, two.Position("fctc"))
		await(t, two, one.Position("fctc"))
	}
	race("opening", func(on *platform.Platform) error {
		_, err := on.OpenReviews(t.Context(), sits("KE"), "fctc", []string{q.ID}, false, "")
		return err
	})
	s, _ := one.State("fctc")
	current, _ := s.Proposal(q.ID)
	v := current.Review
	race("in the review", func(on *platform.Platform) error {
		_, err := on.ObjectToReview(t.Context(), sits("SE"), v, 1, "No.")
		return err
	}, func(on *platform.Platform) error {
		_, err := on.ModifyReview(t.Context(), sits("KE"), v, 1, "Else.")
		return err
	}, func(on *platform.Platform) error {
		_, err := on.ReturnReview(t.Context(), sits("KE"), v, 1, "Not ready.")
		return err
	}, func(on *platform.Platform) error {
		_, err := on.DeclareInterest(t.Context(), sits("JP"), v, 1, "")
		return err
	})
	current, _ = s.Proposal(q.ID)
	race("between the sides", func(on *platform.Platform) error {
		_, err := on.WithdrawProposal(t.Context(), focal, q.ID, platform.Match(current.Version))
		return err
	}, func(on *platform.Platform) error {
		_, err := on.ExpressInterest(t.Context(), provider, q.ID, platform.Match(current.Version))
		return err
	})
}

func TestAReviewWhoseEndIsCutOffEndsOnce(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	q := looked(t, p, on)
	v := open(t, on, q.ID)
	p.clock.advance(30 * 24 * time.Hour)
	base := on.Position("fctc")
	on.Close()
	for _, after := range []bool{false, true} { // before the commit reaches the store, and after
		r := *p
		r.uri = copyOf(t, p.uri)
		s := &faulty{Store: r.store()}
		on := r.open(s)
		await(t, on, base)
		var struck atomic.Bool
		fail := func() error {
			if struck.CompareAndSwap(false, true) {
				return errors.New("the process was killed here")
			}
			return nil
		}
		if after {
			s.after = fail
		} else {
			s.before = fail
		}
		_, _ = on.Tick(t.Context(), "fctc")
		on.Close()
		again := r.open()
		for range 2 {
			tick(t, again)
		}
		ended, err := again.Review(secretary, v.ID)
		if err != nil || ended.Status != cooperation.ReviewEndorsed || ended.Version != 2 || statusOf(t, again, q.ID) != cooperation.Endorsed {
			t.Errorf("cut off after the commit %v: %+v, %v", after, ended, explain(err))
		}
		again.Close()
		r.verify()
	}
}

func TestWhatOutlivedItsOfferExpiresAndItsReviewEnds(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	q := looked(t, p, on)
	v := open(t, on, q.ID)
	if _, err := on.WithdrawOffer(t.Context(), provider, q.Offers[0], 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	if got := tick(t, on); got.Ended != 1 || statusOf(t, on, q.ID) != cooperation.ExpiredProposal {
		t.Errorf("%+v, and it is %s", got, statusOf(t, on, q.ID))
	}
	if after, err := on.Review(secretary, v.ID); err != nil || after.Status != cooperation.ReviewEnded {
		t.Errorf("the review is %+v, %v", after, err)
	}
}
