package cooperation

import (
	"slices"
	"time"

	"entente/message"
)

// ProposeBundle is the wish that several offers be proposed for a need together.
const ProposeBundle Action = "bundle"

// MayProposeBundle decides who may propose offers that cover a need together:
// those who speak for the need, and those who bring sides together under the
// profile.
func MayProposeBundle(a Actor, c *Convention, n *Need) bool {
	return asksFor(a, n) || !a.ReadOnly && assesses(a, c, n.Themes)
}

// Together makes the proposal of a need with several offers that cover it
// together, where the profile has bundles; both sides look at it as at any
// other. covers says whether they do, and none could be left out, by the filters
// of today. The first of the bodies is responsible, the others are informed.
// before is the proposal of just these, where there is one: one that stands is
// left as it is, one that was superseded is proposed again.
func Together(c *Convention, s *Sides, bodies []string, covers bool, before *Proposal, a Actor, now time.Time) (p *Proposal, err error) {
	if s.Need == nil || !SeesNeed(a, s.Need).Any() || slices.ContainsFunc(s.Offers, func(o *Offer) bool { return !SeesOffer(a, o).Any() }) {
		return nil, absent()
	}
	if err := authorise(MayProposeBundle(a, c, s.Need)); err != nil {
		return nil, err
	}
	if !c.Bundles {
		return nil, Refuse(State, "error.state.no_bundles", message.Of(message.Convention, "convention", c.ID))
	}
	if before != nil && before.Alive() {
		return before, nil
	}
	if before != nil && before.Status != SupersededProposal {
		return nil, refused("proposal", string(ProposeBundle), string(before.Status))
	}
	if !covers || !s.stand() {
		return nil, Refuse(State, "error.state.bundle")
	}
	if before != nil {
		p = new(*before)
		p.Status, p.Run, p.Ended = Proposed, "", nil
		p.touch(now)
		p.Proposed = p.Updated
		return p, nil
	}
	var offers []string
	for _, o := range s.Offers {
		offers = append(offers, o.ID)
	}
	slices.Sort(offers)
	p = &Proposal{Meta: newMeta(ProposalID(c.ID, s.Need.ID, offers...), c.ID, a, now), Need: s.Need.ID, Offers: offers, Status: Proposed, Proposed: stamp(now)}
	if len(bodies) > 0 {
		p.Committee, p.Informed = bodies[0], bodies[1:]
	}
	return p, nil
}

// Several reports whether the proposal is of several offers together.
func (p *Proposal) Several() bool { return len(p.Offers) > 1 }
