package cooperation

import (
	"slices"
	"strconv"
	"time"

	"entente/message"
)

// reviewedTogether bounds how many proposals one review covers.
const reviewedTogether = 20

// Candidate is a proposal that is to be reviewed, with both sides and what is to
// be shown of it.
type Candidate struct {
	Proposal *Proposal
	Sides    Sides
	Case     Case
}

// BeginReview opens the review of one proposal, or of several together where the
// profile has bundles, and takes the proposals up. The chair does it, once both
// sides have looked; of a proposal that was returned, at any time. Where too few
// members are not recused, the review waits for them.
func BeginReview(id string, k *Timekeeper, of []Candidate, a Actor, now time.Time) (*Review, error) {
	c := k.convention
	if len(of) == 0 {
		var m mistakes
		m.add("proposals", "error.invalid.required")
		return nil, m.err()
	}
	for _, o := range of {
		if !SeesProposal(a, o.Proposal, o.Sides.Need, o.Sides.Offers).Any() {
			return nil, absent()
		}
	}
	r := &Review{Meta: newMeta(id, c.ID, a, now), Committee: of[0].Proposal.Committee, Opened: stamp(now)}
	for _, o := range of {
		r.take(&o)
	}
	body, ok := c.Committee(r.Committee)
	if !ok {
		return nil, Refuse(State, "error.state.review.nobody")
	}
	if err := MayReview(a, OpenReview, r, &body, k.Day(now)); err != nil {
		return nil, err
	}
	if !c.Reviewed {
		return nil, Refuse(State, "error.state.review.not_reviewed", message.Of(message.Convention, "convention", c.ID))
	}
	if err := r.checkTogether(c, of); err != nil {
		return nil, err
	}
	for _, o := range of {
		if err := o.ready(k, now); err != nil {
			return nil, err
		}
	}
	r.OpenedFor, _, _ = body.PresidingOn(k.Day(now), r.Recused)
	r.settle(k, &body, SilenceOpened, now)
	for _, o := range of {
		o.Proposal.beginReview(r.ID, now)
	}
	return r, nil
}

// take puts a proposal before the members.
func (r *Review) take(o *Candidate) {
	r.Proposals, r.Cases = append(r.Proposals, o.Proposal.ID), append(r.Cases, o.Case)
	for _, body := range o.Proposal.Informed {
		if body != r.Committee {
			include(&r.Informed, body)
		}
	}
	if o.Sides.Need != nil {
		include(&r.Beneficiaries, o.Sides.Need.side().Participants...)
	}
	for _, offer := range o.Sides.Offers {
		include(&r.Providers, offer.Providers()...)
	}
}

// include adds what a list does not hold.
func include[T comparable](list *[]T, more ...T) {
	for _, v := range more {
		if !slices.Contains(*list, v) {
			*list = append(*list, v)
		}
	}
}

// checkTogether holds several proposals in one review against the profile.
func (r *Review) checkTogether(c *Convention, of []Candidate) error {
	if len(of) > 1 && !c.Bundles {
		return Refuse(State, "error.state.review.together", message.Of(message.Convention, "convention", c.ID))
	}
	var m mistakes
	if len(of) > reviewedTogether {
		m.add("proposals", "error.invalid.too_many", message.Int("max", reviewedTogether))
	}
	for i, o := range of {
		if o.Proposal.Committee != r.Committee {
			m.add("proposals["+strconv.Itoa(i)+"]", "error.invalid.other_committee")
		}
		if slices.Contains(r.Proposals[:i], o.Proposal.ID) {
			m.add("proposals["+strconv.Itoa(i)+"]", "error.invalid.duplicate")
		}
	}
	return m.err()
}

// ready reports whether the proposal may be taken up.
func (o *Candidate) ready(k *Timekeeper, now time.Time) error {
	p := o.Proposal
	if p.Status != Proposed && p.Status != ReturnedProposal {
		return refused("proposal", "review", string(p.Status))
	}
	if !o.Sides.stand() {
		return Refuse(State, "error.state.pairing")
	}
	if p.Status == Proposed && now.Before(p.looked(k)) {
		return Refuse(State, "error.state.review.look", message.Of(message.Date, "until", p.LookUntil(k).String()), message.Int("days", k.convention.LookDays))
	}
	return nil
}
