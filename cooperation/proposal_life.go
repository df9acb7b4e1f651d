package cooperation

import (
	"slices"
	"time"
)

// Sides are a proposal's need and offers, in the order in which it names them.
type Sides struct {
	Need   *Need
	Offers []*Offer
}

// Participants are all that are on either side, co-providers included.
func (s *Sides) Participants() []Participant {
	var out []Participant
	if s.Need != nil {
		out = s.Need.side().Participants
	}
	for _, o := range s.Offers {
		out = append(out, o.Providers()...)
	}
	return out
}

// stand reports whether the postings are open.
func (s *Sides) stand() bool {
	return s.Need != nil && s.Need.Status.Matchable() && len(s.Offers) > 0 &&
		!slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.Status != OfferOpen })
}

// over reports whether one of the postings has ended for good.
func (s *Sides) over() bool {
	if s.Need == nil || slices.Contains([]NeedStatus{NeedMet, NeedClosed, NeedWithdrawn, NeedLapsed}, s.Need.Status) || len(s.Offers) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Offers, func(o *Offer) bool {
		return slices.Contains([]OfferStatus{OfferClosed, OfferWithdrawn, OfferLapsed}, o.Status)
	})
}

// SideOf says for which side the actor speaks, and for whom: for the need, its
// first beneficiary; for an offer, its provider.
func (s *Sides) SideOf(a Actor) (Side, Participant, bool) {
	if s.Need != nil && s.Need.ledBy(a, FocalPoint, Approver) {
		return NeedSide, Participant(s.Need.Beneficiaries[0].Alpha2()), true
	}
	for _, o := range s.Offers {
		if o.ledBy(a) {
			return OfferSide, o.Provider, true
		}
	}
	return "", "", false
}

// gate refuses what the actor may not do to the proposal, and what its step
// does not allow.
func (p *Proposal) gate(a Actor, s *Sides, action Action, from ...ProposalStatus) (Side, Participant, error) {
	if !SeesProposal(a, p, s.Need, s.Offers).Any() {
		return "", "", absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayProposal(a, action, s)); err != nil {
		return "", "", err
	}
	if !slices.Contains(from, p.Status) {
		return "", "", refused("proposal", string(action), string(p.Status))
	}
	side, whose, _ := s.SideOf(a)
	return side, whose, nil
}

// Withdraw takes a proposal back for one side, before the sides were introduced
// to each other. No reason is asked for, and none is kept.
func (p *Proposal) Withdraw(s *Sides, a Actor, now time.Time) error {
	side, whose, err := p.gate(a, s, Withdraw, Proposed, InReview, Endorsed, Recommended, ReturnedProposal)
	if err != nil {
		return err
	}
	p.Status, p.Ended = WithdrawnProposal, &Ending{Side: side, Participant: whose, By: a.ID, Time: stamp(now)}
	p.touch(now)
	return nil
}

// Interest says that a side wants to talk, and introduces both at once, whatever
// a committee is doing. admissible says whether the pairing passes the filters
// of today; it is asked of one that nobody proposes any more. What a side has
// withdrawn the other cannot bring back. Saying it twice is once.
func (p *Proposal) Interest(s *Sides, admissible bool, a Actor, now time.Time) (changed bool, err error) {
	side, whose, err := p.gate(a, s, ExpressInterest, Proposed, SupersededProposal, InReview, Endorsed, Recommended, ReturnedProposal, WithdrawnProposal, Declined, ExpiredProposal, Introduced, InTalks, AgreedProposal)
	if err != nil {
		return false, err
	}
	if p.Met() && slices.ContainsFunc(p.Interests, func(i Interest) bool { return i.Side == side && i.Participant == whose }) {
		return false, nil
	}
	if p.closedTo(side, whose) {
		return false, refused("proposal", string(ExpressInterest), string(p.Status))
	}
	lost := slices.Contains([]ProposalStatus{SupersededProposal, Declined, ExpiredProposal}, p.Status)
	if !p.Met() && (!s.stand() || lost && !admissible) {
		return false, Refuse(State, "error.state.pairing")
	}
	if !p.Met() {
		p.Interests = nil // of an earlier introduction
	}
	p.Interests = append(slices.Clip(p.Interests), Interest{Side: side, Participant: whose, By: a.ID, Time: stamp(now)})
	if !p.Met() {
		p.Status, p.Introduced, p.IntroducedBy, p.Ended = Introduced, stamp(now), ByInterest, nil
	}
	p.touch(now)
	return true, nil
}

// WasEndorsed reports whether a committee has ever endorsed or recommended the
// proposal. Sides that were introduced by interest were not endorsed by it.
func (p *Proposal) WasEndorsed() bool {
	return p.Status == Endorsed || p.Status == Recommended || !p.Endorsed.IsZero()
}

// WasIntroduced reports whether the sides were ever brought together, whatever
// came of it.
func (p *Proposal) WasIntroduced() bool { return p.Met() || !p.Introduced.IsZero() }

// Stepped reports whether this version has brought the proposal to its step. A
// later one may only note what a review has come to meanwhile, or that one more
// of those who are asked wants to talk.
func (p *Proposal) Stepped() bool {
	switch p.Status {
	case Introduced:
		return p.Introduced.Equal(p.Updated)
	case InTalks, AgreedProposal:
		return !p.Endorsed.Equal(p.Updated) || slices.ContainsFunc(p.Interests, func(i Interest) bool { return i.Time.Equal(p.Updated) })
	}
	return true
}

// closedTo reports whether somebody cannot bring the proposal back: what a side
// has withdrawn, declined or left without an answer is for this side to take up
// again.
func (p *Proposal) closedTo(side Side, whose Participant) bool {
	switch e := p.Ended; {
	case e == nil || e.WithoutPrejudice:
		return false
	case p.Status == WithdrawnProposal:
		return e.Side != side
	case p.Status == Declined || p.Status == ExpiredProposal:
		return e.Side != "" && (e.Side != side || e.Participant != whose)
	}
	return false
}

// Met reports whether the sides have each other's contact: they are introduced,
// talk, or have agreed.
func (p *Proposal) Met() bool {
	return p.Status == Introduced || p.Status == InTalks || p.Status == AgreedProposal
}

// ProposeByInterest makes the proposal of a pairing that no run has proposed,
// because one of the sides wants to talk to the other. The first of the bodies
// is responsible, the others are informed.
func ProposeByInterest(s *Sides, bodies []string, admissible bool, a Actor, now time.Time) (*Proposal, error) {
	if s.Need == nil || len(s.Offers) != 1 || !SeesNeed(a, s.Need).Any() || !SeesOffer(a, s.Offers[0]).Any() {
		return nil, absent()
	}
	if err := authorise(MayProposal(a, ExpressInterest, s)); err != nil {
		return nil, err
	}
	if !admissible || !s.stand() {
		return nil, Refuse(State, "error.state.pairing")
	}
	n := s.Need
	p := &Proposal{Meta: newMeta(ProposalID(n.Convention, n.ID, s.Offers[0].ID), n.Convention, a, now), Need: n.ID,
		Offers: []string{s.Offers[0].ID}, Status: Introduced, Proposed: stamp(now), Introduced: stamp(now), IntroducedBy: ByInterest}
	if len(bodies) > 0 {
		p.Committee, p.Informed = bodies[0], bodies[1:]
	}
	side, whose, _ := s.SideOf(a)
	p.Interests = []Interest{{Side: side, Participant: whose, By: a.ID, Time: stamp(now)}}
	return p, nil
}

// Expire ends a proposal whose need or offer has ended before anything was
// agreed. Only the clock does it.
func (p *Proposal) Expire(s *Sides, a Actor, now time.Time) error {
	if err := authorise(a.system); err != nil {
		return err
	}
	if !slices.Contains(Outlivable(), p.Status) || !s.over() {
		return refused("proposal", "expire", string(p.Status))
	}
	p.Status, p.Ended = ExpiredProposal, &Ending{Time: stamp(now)}
	p.touch(now)
	return nil
}

// Outlivable lists the steps in which a proposal ends with its need or an offer.
func Outlivable() []ProposalStatus {
	return []ProposalStatus{InReview, Endorsed, Recommended, ReturnedProposal, Introduced, InTalks}
}

// beginReview notes that a committee has taken the proposal up.
func (p *Proposal) beginReview(review string, now time.Time) {
	p.Status, p.Review = InReview, review
	p.touch(now)
}

// Conclude takes over what came of the review that the proposal is in. Where the
// sides went ahead meanwhile its step stays, and only an endorsement is noted;
// where another review began nothing is.
func (p *Proposal) Conclude(r *Review, now time.Time) (changed bool) {
	to := map[ReviewStatus]ProposalStatus{ReviewEndorsed: Endorsed, ReviewRecommended: Recommended, ReviewReturned: ReturnedProposal, ReviewWithdrawn: WithdrawnProposal}[r.Status]
	endorsed := to == Endorsed || to == Recommended
	if p.Review != r.ID || to == "" || p.Status != InReview && (!endorsed || !p.Met() || p.Endorsed.Equal(r.Completed)) {
		return false
	}
	if endorsed {
		p.Endorsed = r.Completed
	}
	if p.Status != InReview {
		p.touch(now)
		return true
	}
	p.Status = to
	if to == WithdrawnProposal {
		p.Ended = &Ending{WithoutPrejudice: true, Time: stamp(now)}
	}
	p.touch(now)
	return true
}

// Shown is the proposal as the actor may see it: which side withdrew it is that
// side's own, and the facilitator's.
func (p *Proposal) Shown(a Actor, s *Sides) *Proposal {
	c := *p
	everything := a.system || a.Has(p.Convention, Secretariat)
	if everything {
		return &c
	}
	c.Interests = slices.Clone(p.Interests)
	for i := range c.Interests {
		c.Interests[i].By = ""
	}
	if p.Ended != nil {
		e := *p.Ended
		if side, _, speaks := s.SideOf(a); !speaks || side != e.Side {
			e.Side, e.Participant = "", ""
		}
		e.By, c.Ended = "", &e
	}
	return &c
}
