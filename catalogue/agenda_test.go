package catalogue

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
)

// looker looks at the documents of which something may be due.
type looker struct {
	*log
	view View
	now  time.Time
}

// asked are those that are asked, by kind and place.
func (l *looker) asked() (out []string) {
	for _, a := range l.state.Look(l.view, l.now).Asked {
		out = append(out, a.name())
	}
	return out
}

func (a Asked) name() string { return a.kind + string(rune('0'+a.place)) }

// rest lets all that are asked rest until a moment.
func (l *looker) rest(until time.Time) {
	look := l.state.Look(l.view, l.now)
	for _, a := range look.Asked {
		l.state.Rest(look, a, until)
	}
}

func (l *looker) expect(when string, want ...string) {
	l.t.Helper()
	if got := l.asked(); !slices.Equal(got, want) {
		l.t.Errorf("%s: asked are %v, want %v", when, got, want)
	}
}

func newLooker(t *testing.T) *looker {
	l := newLog(t)
	for i := range 2 {
		l.commit(needChange(openNeed(i, "tobacco")), offerChange(openOffer(i, "tobacco")))
	}
	l.proposal(0, 1, 0, cooperation.Proposed)
	l.proposal(1, 1, 0, cooperation.Proposed)
	l.proposal(2, 1, 1, cooperation.Proposed)
	l.proposal(3, 1, 0, cooperation.InTalks)
	l.commit(body(KindReview, id(KindReview, 0), 1, &cooperation.Review{Meta: meta(KindReview, 0, 1), Status: cooperation.ReviewOpen}),
		body(KindAgreement, id(KindAgreement, 0), 1, &cooperation.Agreement{Meta: meta(KindAgreement, 0, 1), Proposal: id(KindProposal, 3), Need: id(KindNeed, 0), Offers: []string{id(KindOffer, 1)}, Status: cooperation.AgreementProposed}),
		body(KindPartnership, id(KindPartnership, 0), 1, &cooperation.Partnership{Meta: meta(KindPartnership, 0, 1), Need: id(KindNeed, 1)}))
	return &looker{l, View{Convention: l.state.Convention(), Today: date("2026-03-02")}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

// proposal writes one of the offer of its number for a need.
func (l *log) proposal(i int, version uint64, need int, status cooperation.ProposalStatus) {
	l.commit(body(KindProposal, id(KindProposal, i), version, &cooperation.Proposal{Meta: meta(KindProposal, i, version), Need: id(KindNeed, need), Offers: []string{id(KindOffer, i%2)}, Status: status}))
}

func TestWhatRestsIsAskedWhenItsMomentHasCome(t *testing.T) {
	l := newLooker(t)
	all := []string{"need0", "need1", "offer0", "offer1", "proposal0", "proposal1", "proposal2", "proposal3", "agreement0", "review0", "partnership0"}
	l.expect("at first", all...)
	l.expect("where nobody has said that nothing is due", all...)
	look := l.state.Look(l.view, l.now)
	for i, a := range look.Asked {
		if i > 0 { // the first need is due
			l.state.Rest(look, a, l.now.Add(time.Duration(i)*time.Hour))
		}
	}
	l.expect("after the look", "need0")
	l.now = l.now.Add(time.Hour - time.Millisecond)
	l.expect("just before", "need0")
	l.now = l.now.Add(time.Millisecond)
	l.expect("then", "need0", "need1")
	l.now = l.now.Add(2 * time.Hour)
	l.expect("later", "need0", "need1", "offer0", "offer1")
	l.rest(time.Time{})
	l.now = l.now.Add(time.Hour)
	l.expect("of those that are never due again", "proposal0")
	l.now = l.now.Add(-time.Hour)
	l.expect("where the time has gone back", all...)
}

func TestWhatRestsIsAskedWhenSomethingHasChangedOnWhichItsDeadlinesDepend(t *testing.T) {
	all := []string{"need0", "need1", "offer0", "offer1", "proposal0", "proposal1", "proposal2", "proposal3", "agreement0", "review0", "partnership0"}
	for what, c := range map[string]struct {
		change func(l *looker)
		want   []string
	}{
		"a need, of what is about it": {func(l *looker) {
			n := openNeed(1, "tobacco again")
			n.Version = 2
			l.commit(needChange(n))
		}, []string{"need1", "proposal2", "partnership0"}},
		"an offer, of what it is proposed for": {func(l *looker) {
			o := openOffer(0, "tobacco again")
			o.Version = 2
			l.commit(offerChange(o))
		}, []string{"offer0", "proposal0", "proposal2"}},
		"an offer that is negotiated, of the talks": {func(l *looker) {
			o := openOffer(1, "tobacco again")
			o.Version = 2
			l.commit(offerChange(o))
		}, []string{"offer1", "proposal1", "proposal3", "agreement0"}},
		"a proposal, of all for its need": {func(l *looker) { l.proposal(0, 2, 0, cooperation.Introduced) }, []string{"need0", "proposal0", "proposal1", "proposal3", "agreement0"}},
		"a review": {func(l *looker) {
			l.commit(body(KindReview, id(KindReview, 0), 2, &cooperation.Review{Meta: meta(KindReview, 0, 2), Status: cooperation.ReviewWaiting}))
		}, []string{"review0"}},
		"a message, of nothing": {func(l *looker) {
			l.commit(body(KindNotification, "n", 1, &cooperation.Notification{Meta: cooperation.Meta{ID: "n", Version: 1}}))
		}, nil},
		"a message that was erased": {func(l *looker) {
			l.commit(body(KindNotification, "n", 1, &cooperation.Notification{Meta: cooperation.Meta{ID: "n", Version: 1}}))
			l.commit(erased(KindNotification, "n", 2))
		}, all},
		"a committee": {func(l *looker) {
			l.commit(body(KindCommittee, "bureau", 1, &cooperation.Naming{Meta: cooperation.Meta{ID: "bureau", Version: 1}}))
		}, all},
		"what the day is":    {func(l *looker) { l.view.Today = l.view.Today.AddDays(1) }, all},
		"who the people are": {func(l *looker) { l.view.People++ }, all},
		"an erased need": {func(l *looker) {
			l.commit(erased(KindNeed, id(KindNeed, 1), 2))
		}, []string{"proposal2", "partnership0"}},
	} {
		l := newLooker(t)
		l.rest(time.Time{})
		l.expect("before the change of " + what)
		c.change(l)
		l.expect("after the change of "+what, c.want...)
	}
}

func TestWhoHasLookedBeforeAChangeLetsNothingRest(t *testing.T) {
	l := newLooker(t)
	look := l.state.Look(l.view, l.now)
	l.proposal(2, 2, 1, cooperation.Introduced)
	for _, a := range look.Asked {
		l.state.Rest(look, a, time.Time{})
	}
	l.expect("after a proposal has changed", "need1", "proposal2", "partnership0")
	look = l.state.Look(l.view, l.now)
	l.commit(body(KindCommittee, "bureau", 1, &cooperation.Naming{Meta: cooperation.Meta{ID: "bureau", Version: 1}}))
	for _, a := range look.Asked {
		l.state.Rest(look, a, time.Time{})
	}
	if got := len(l.asked()); got != 11 {
		t.Errorf("after a committee has changed %d documents are asked, want all 11", got)
	}
}
