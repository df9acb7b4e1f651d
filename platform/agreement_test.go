package platform_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/platform"
	"entente/reference"
)

// advisers is an offer of Norway of so many person-days.
func advisers(t *testing.T, on *platform.Platform, days int) *cooperation.Offer {
	t.Helper()
	o := openOffer(t, on, "Advisers")
	content := o.OfferContent
	content.Capacity = cooperation.Capacity{Unit: "person_days", Quantity: days}
	o, err := on.ReplaceOffer(t.Context(), provider, o.ID, 0, content)
	if err != nil {
		t.Fatal(explain(err))
	}
	return o
}

// termsOf gives person-days of advisers.
func termsOf(on *platform.Platform, offer string, days int) cooperation.PartnershipTerms {
	today := cooperation.DateOf(on.Now())
	return cooperation.PartnershipTerms{Start: today.AddDays(10), End: today.AddDays(100), Languages: []reference.Language{"en"},
		Providers: []cooperation.Share{{Offer: offer, Provider: "NO", Lead: true, Kinds: []cooperation.Kind{cooperation.Legal}, Quantity: days}}}
}

// onTheTable introduces both sides and has the need's side propose terms.
func onTheTable(t *testing.T, on *platform.Platform, need, offer string, days int) *cooperation.Agreement {
	t.Helper()
	q, err := on.ExpressInterestIn(t.Context(), focal, need, offer)
	if err != nil {
		t.Fatal(explain(err))
	}
	x, err := on.BeginAgreement(t.Context(), focal, q.ID, termsOf(on, offer, days), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	return x
}

// Two committees give the last days of an offer away at the same moment: one
// partnership is made, and whoever comes second is told what remains.
func TestTheLastCapacityIsNotGivenAwayTwice(t *testing.T) {
	p := newPlace(t)
	first := p.open()
	secretariat(t, first)
	o := advisers(t, first, 10)
	var tables []*cooperation.Agreement
	for _, title := range []string{"One law", "Another law"} {
		tables = append(tables, onTheTable(t, first, openNeed(t, first, title).ID, o.ID, 7))
	}
	run(t, first)
	first.Close()

	g := newGate(p.store(), "fctc")
	on := p.open(g)
	var mu sync.Mutex
	var made []*cooperation.Agreement
	var refused []error
	accept := func(x *cooperation.Agreement) func() {
		return func() {
			done, err := on.AcceptTerms(t.Context(), provider, x.ID, 0, 1, nil)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				refused = append(refused, err)
				return
			}
			made = append(made, done)
		}
	}
	together(t, on, g, accept(tables[0]), accept(tables[1]))
	if len(made) != 1 || len(refused) != 1 || made[0].Status != cooperation.AgreementAgreed {
		t.Fatalf("%d were agreed, %v refused", len(made), refused)
	}
	var e *cooperation.Error
	if !errors.As(refused[0], &e) || e.Code != cooperation.Conflict || len(e.Fields) != 1 || e.Fields[0].Field != "terms.providers[0].quantity" || e.Fields[0].Message.Args[0].Value != "3" {
		t.Errorf("the second is refused with %+v", e)
	}

	s, _ := on.State("fctc")
	made0, _ := s.Partnership(made[0].Partnership)
	now, _ := s.Offer(o.ID)
	need, _ := s.Need(made[0].Need)
	q, _ := s.Proposal(made[0].Proposal)
	if made0 == nil || now.Taken.Quantity != 7 || need.Status != cooperation.NeedCovered || q.Status != cooperation.AgreedProposal {
		t.Fatalf("agreed, there are %+v, %+v, a need that is %s and a proposal that is %s", made0, now.Taken, need.Status, q.Status)
	}
	last := func(kind, id string) uint64 { trail := s.Trail(kind, id); return trail[len(trail)-1] }
	at := last(catalogue.KindPartnership, made0.ID)
	for kind, id := range map[string]string{catalogue.KindAgreement: made[0].ID, catalogue.KindOffer: o.ID, catalogue.KindNeed: need.ID, catalogue.KindProposal: q.ID} {
		if last(kind, id) != at {
			t.Errorf("the %s was written at %d, the partnership at %d", kind, last(kind, id), at)
		}
	}
	for _, standing := range s.Standing() {
		if standing.Need == need.ID {
			t.Errorf("a proposal for a need that is covered stands: %+v", standing)
		}
	}
	p.verify()
	again := p.open()
	if x, err := again.Agreement(provider, made[0].ID); err != nil || x.Partnership != made0.ID || len(x.Versions) != 1 {
		t.Errorf("read anew it is %+v, %v", x, err)
	}
}

func TestWhatNothingIsLeftForIsOvertakenAtOnce(t *testing.T) {
	p := reviewed(t)
	bench(t, p)
	on := p.open()
	n := openNeed(t, on, "One law")
	a, b, c := advisers(t, on, 10), advisers(t, on, 10), advisers(t, on, 10)
	other := openNeed(t, on, "Another law")
	run(t, on)
	p.clock.advance(9 * 24 * time.Hour)
	before := cooperation.ProposalID("fctc", n.ID, b.ID)
	v := open(t, on, before)
	x := onTheTable(t, on, n.ID, a.ID, 10)
	if _, err := on.AcceptTerms(t.Context(), provider, x.ID, 0, 1, nil); err != nil {
		t.Fatal(explain(err))
	}
	for need, want := range map[string]map[string]cooperation.ProposalStatus{
		n.ID:     {a.ID: cooperation.AgreedProposal, b.ID: cooperation.SupersededProposal, c.ID: cooperation.SupersededProposal},
		other.ID: {a.ID: cooperation.SupersededProposal, b.ID: cooperation.Proposed},
	} {
		for offer, status := range want {
			if got := statusOf(t, on, cooperation.ProposalID("fctc", need, offer)); got != status {
				t.Errorf("the proposal of %s is %s, want %s", offer, got, status)
			}
		}
	}
	if after, err := on.Review(system, v.ID); err != nil || after.Status != cooperation.ReviewEnded {
		t.Errorf("the review is %s, %v", after.Status, err)
	}
	if r := run(t, on); slices.ContainsFunc(r.Reports, func(report matching.Report) bool { return report.ID == n.ID }) {
		t.Error("a need that is covered is ranked")
	}
}

func TestAnAgreementIsBegunOnce(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n, o := openNeed(t, on, "One law"), advisers(t, on, 10)
	x := onTheTable(t, on, n.ID, o.ID, 7)
	if again, err := on.BeginAgreement(t.Context(), focal, x.Proposal, termsOf(on, o.ID, 7), ""); err != nil || again.Version != 1 {
		t.Errorf("the same once more: %+v, %v", again, err)
	}
	_, err := on.BeginAgreement(t.Context(), provider, x.Proposal, termsOf(on, o.ID, 7), "")
	wantCode(t, err, cooperation.Conflict, "error.conflict.agreement")
	_, err = on.BeginAgreement(t.Context(), secretary, x.Proposal, termsOf(on, o.ID, 7), "")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	x, err = on.ProposeTerms(t.Context(), provider, x.ID, 0, termsOf(on, o.ID, 5), "Five will do.")
	if err != nil || len(x.Versions) != 2 || x.Versions[1].Side != cooperation.OfferSide {
		t.Fatalf("countered, it is %+v, %v", x, explain(err))
	}
	if q, err := on.Proposal(focal, x.Proposal); err != nil || len(q.Interests) != 2 {
		t.Errorf("who negotiates wants to talk: %+v, %v", q.Interests, err)
	}
	if x, err = on.WithdrawTerms(t.Context(), provider, x.ID, 0); err != nil || x.Status != cooperation.AgreementOpen {
		t.Errorf("withdrawn, it is %+v, %v", x, explain(err))
	}
	if x, err = on.EndTalks(t.Context(), focal, x.ID, 0, "timing", ""); err != nil || x.Status != cooperation.AgreementEnded || statusOf(t, on, x.Proposal) != cooperation.Declined {
		t.Errorf("ended, it is %+v, %v", x, explain(err))
	}
	if _, err := on.Agreement(cooperation.Actor{}, x.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("the public: %v", err)
	}
	h, err := on.History(t.Context(), secretary, catalogue.KindAgreement, x.ID, 0, 10)
	if err != nil || len(h.Records) != 4 {
		t.Errorf("its history is %+v, %v", h, err)
	}
}

// Talks end with their proposal: whoever declines to talk ends the negotiation
// at the next look at the clocks, and its clock at once.
func TestTalksDoNotOutliveTheirProposal(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n, o := openNeed(t, on, "One law"), advisers(t, on, 10)
	x := onTheTable(t, on, n.ID, o.ID, 7)
	q, err := on.Proposal(system, x.Proposal)
	if err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.ReplyIntroduction(t.Context(), provider, q.Introduction, 0, cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: "timing"}); err != nil {
		t.Fatal(explain(err))
	}
	if clocks, _, _, err := on.Clocks(provider, "fctc", platform.ClockQuery{Kinds: []cooperation.ClockKind{cooperation.TermsClock}}); err != nil || len(clocks) > 0 {
		t.Errorf("whoever has declined is to answer: %+v, %v", clocks, err)
	}
	for _, want := range []bool{true, false} {
		if ticked, err := on.Tick(t.Context(), "fctc"); err != nil || ticked.Ended > 0 != want {
			t.Errorf("the clocks ended %d, %v", ticked.Ended, err)
		}
	}
	if x, err = on.Agreement(focal, x.ID); err != nil || x.Status != cooperation.AgreementEnded || x.Ended.Side != "" {
		t.Errorf("it is %+v, %v", x, err)
	}
}

// What lapses takes its proposal and the talks on terms with it in one look at the
// clocks: none of them is left for the next.
func TestTalksEndInTheSameLookAsTheirProposal(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n, o := openNeed(t, on, "One law"), advisers(t, on, 10)
	x := onTheTable(t, on, n.ID, o.ID, 7)
	if _, err := on.WithdrawNeed(t.Context(), focal, n.ID, 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	for _, want := range []bool{true, false} {
		if ticked, err := on.Tick(t.Context(), "fctc"); err != nil || ticked.Ended > 0 != want {
			t.Errorf("the clocks ended %d, %v", ticked.Ended, err)
		}
	}
	if x, err := on.Agreement(focal, x.ID); err != nil || x.Status != cooperation.AgreementEnded {
		t.Errorf("it is %+v, %v", x, err)
	}
}
