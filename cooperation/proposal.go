package cooperation

import (
	"slices"
	"time"
)

// ProposalStatus is a step of the life of a proposal.
type ProposalStatus string

// The life of a proposal: proposed → in_review → endorsed or recommended →
// introduced → in_talks → agreed, and the ways out of it.
const (
	Proposed           ProposalStatus = "proposed"
	InReview           ProposalStatus = "in_review"
	Endorsed           ProposalStatus = "endorsed"
	Recommended        ProposalStatus = "recommended"
	Introduced         ProposalStatus = "introduced"
	InTalks            ProposalStatus = "in_talks"
	AgreedProposal     ProposalStatus = "agreed"
	ReturnedProposal   ProposalStatus = "returned"
	Declined           ProposalStatus = "declined"
	WithdrawnProposal  ProposalStatus = "withdrawn"
	SupersededProposal ProposalStatus = "superseded" // a later run no longer supports it
	ExpiredProposal    ProposalStatus = "expired"
)

// ProposalStatuses lists all steps in order.
func ProposalStatuses() []ProposalStatus {
	return []ProposalStatus{Proposed, InReview, Endorsed, Recommended, Introduced, InTalks, AgreedProposal,
		ReturnedProposal, Declined, WithdrawnProposal, SupersededProposal, ExpiredProposal}
}

// Proposal is a ranked pairing of one need with one offer, or with a bundle
// of offers that cover it together. Its score lives with the run that made
// it; a proposal changes only when its step does.
type Proposal struct {
	Meta
	Need      string         `json:"need"`
	Offers    []string       `json:"offers"`
	Status    ProposalStatus `json:"status"`
	Run       string         `json:"run"`       // the run that last changed the step
	Committee string         `json:"committee"` // the body responsible
	Informed  []string       `json:"informed,omitempty"`
	Aggregate bool           `json:"aggregate,omitempty"` // its bodies examine all needs in aggregate, and not this by itself
	Proposed  time.Time      `json:"proposed"`            // when it was last proposed

	Review       string       `json:"review,omitempty"`    // the latest review
	Endorsed     time.Time    `json:"endorsed,omitzero"`   // when a review last ended with its endorsement or recommendation, whatever the sides did meanwhile
	Interests    []Interest   `json:"interests,omitempty"` // which side wants to talk
	Introduced   time.Time    `json:"introduced,omitzero"` // when both sides got each other's contact
	IntroducedBy IntroducedBy `json:"introduced_by,omitempty"`
	Introduction string       `json:"introduction,omitempty"` // the latest one
	Round        int          `json:"round,omitempty"`        // how often both sides were introduced
	Ended        *Ending      `json:"ended,omitempty"`        // of one that was withdrawn or declined, or has expired
}

// Side is one of the two sides of a proposal.
type Side string

// The sides of a proposal.
const (
	NeedSide  Side = "need"
	OfferSide Side = "offer"
)

// Interest is a side that wants to talk to the other.
type Interest struct {
	Side        Side        `json:"side"`
	Participant Participant `json:"participant"`
	By          string      `json:"by"`
	Time        time.Time   `json:"time"`
}

// IntroducedBy says what brought the sides together.
type IntroducedBy string

// What brings sides together.
const (
	ByInterest    IntroducedBy = "interest"    // one of them, without waiting for a committee
	ByFacilitator IntroducedBy = "facilitator" // whom the profile names
	ByClock       IntroducedBy = "clock"       // the platform, when nobody had done so in time
)

// Ending is how a proposal ended before anything was agreed.
type Ending struct {
	Side             Side        `json:"side,omitempty"`        // that withdrew or declined it, or did not answer
	Participant      Participant `json:"participant,omitempty"` // for whom
	WithoutPrejudice bool        `json:"without_prejudice,omitempty"`
	By               string      `json:"by,omitempty"`
	Time             time.Time   `json:"time"`
}

// ProposalID is the id of the pairing of a need with offers, the same in
// every run.
func ProposalID(convention, need string, offers ...string) string {
	sorted := slices.Sorted(slices.Values(offers))
	return DerivedID(append([]string{"proposal", convention, need}, sorted...)...)
}

// Propose makes the proposal of one need and one offer. The first of the
// bodies is responsible, the others are informed.
func Propose(n *Need, offer string, bodies []string, run string, actor Actor, now time.Time) (*Proposal, error) {
	if !actor.system {
		return nil, authorise(false)
	}
	p := &Proposal{Meta: newMeta(ProposalID(n.Convention, n.ID, offer), n.Convention, actor, now), Need: n.ID,
		Offers: []string{offer}, Status: Proposed, Run: run, Proposed: stamp(now)}
	if len(bodies) > 0 {
		p.Committee, p.Informed = bodies[0], bodies[1:]
	}
	return p, nil
}

// Supersede marks a proposal that a run no longer supports. What a committee
// or the sides have taken up is theirs, and refused here.
func (p *Proposal) Supersede(run string, actor Actor, now time.Time) error {
	return p.move(Proposed, SupersededProposal, "supersede", run, actor, now)
}

// ProposeAgain brings back a proposal that a later run supports again.
func (p *Proposal) ProposeAgain(run string, actor Actor, now time.Time) error {
	if err := p.move(SupersededProposal, Proposed, "revive", run, actor, now); err != nil {
		return err
	}
	p.Proposed, p.Ended = p.Updated, nil
	return nil
}

func (p *Proposal) move(from, to ProposalStatus, action, run string, actor Actor, now time.Time) error {
	if err := authorise(actor.system); err != nil {
		return err
	}
	if p.Status != from {
		return refused("proposal", action, string(p.Status))
	}
	p.Status, p.Run = to, run
	p.touch(now)
	return nil
}

// Untouched reports whether nobody has taken the proposal up, so that a run
// may still change it.
func (p *Proposal) Untouched() bool { return p.Status == Proposed || p.Status == SupersededProposal }

// SeesProposal says what the actor sees of a proposal: both sides, the
// committees concerned, and the secretariat. It is not public.
func SeesProposal(a Actor, p *Proposal, n *Need, offers []*Offer) Sight {
	if a.system || a.Has(p.Convention, Secretariat) {
		return SeesAll
	}
	if n != nil && n.heldBy(a, FocalPoint, Approver) {
		return SeesAll
	}
	for _, o := range offers {
		if o.heldBy(a, ProviderRole, Approver) {
			return SeesAll
		}
	}
	if p.Aggregate {
		return SeesNothing
	}
	if a.sitsOn(p.Convention, p.Committee) || slices.ContainsFunc(p.Informed, func(body string) bool { return a.sitsOn(p.Convention, body) }) {
		return SeesCommittee
	}
	return SeesNothing
}

// Alive reports whether the proposal is on its way: neither ended nor
// superseded.
func (p *Proposal) Alive() bool {
	switch p.Status {
	case Proposed, InReview, Endorsed, Recommended, Introduced, InTalks, AgreedProposal, ReturnedProposal:
		return true
	}
	return false
}
