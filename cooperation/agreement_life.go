package cooperation

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// BeginAgreement starts the talks on terms with a first version of them. The
// sides must have been introduced to each other.
func BeginAgreement(k *Timekeeper, q *Proposal, s *Sides, terms PartnershipTerms, note string, a Actor, now time.Time) (*Agreement, error) {
	x := &Agreement{Meta: newMeta(AgreementID(q.ID), q.Convention, a, now), Proposal: q.ID, Need: q.Need, Offers: slices.Clone(q.Offers),
		Status: AgreementOpen}
	if !q.Aggregate { // otherwise single talks are nothing to the bodies
		x.Committee, x.Informed = q.Committee, q.Informed
	}
	if !SeesProposal(a, q, s.Need, s.Offers).Any() {
		return nil, absent()
	}
	if err := x.Propose(k, q, s, terms, note, a, now); err != nil {
		return nil, err
	}
	x.Version = 1
	return x, nil
}

// Propose puts a version of the terms on the table, in place of the one that
// lies there. Who proposes it has accepted it; the others are to.
func (x *Agreement) Propose(k *Timekeeper, q *Proposal, s *Sides, terms PartnershipTerms, note string, a Actor, now time.Time) error {
	if err := x.gate(k, s, ProposeTerms, a, AgreementProposed, AgreementClearing, AgreementOpen, AgreementEnded); err != nil {
		return err
	}
	if err := negotiable(q, s); err != nil {
		return err
	}
	if len(x.Versions) == mostVersions {
		return Refuse(State, "error.state.terms_versions", message.Int("max", mostVersions))
	}
	v := TermsVersion{Number: len(x.Versions) + 1, Terms: terms, Note: strings.TrimSpace(note), By: a.ID, Time: stamp(now)}
	m := checkTerms(k.convention, s, &v, now)
	if err := m.err(); err != nil {
		return err
	}
	v.Side, _, _ = s.memberOf(a)
	v.Signatures = signatories(k.convention, s, &terms)
	x.Versions = append(slices.Clip(x.Versions), v)
	x.Status, x.Ended = AgreementProposed, nil
	x.sign(a, v.Side, nil, now) // of the other side's acceptance it speaks by itself
	x.turn(now)
	x.touch(now)
	return nil
}

// Accept says that the actor's side accepts the version of that number, and no
// other. An approver clears it by that. The last one to do so makes the
// partnership; sides and proposal are changed then, and must be the caller's own
// copies. Accepting again changes nothing.
func (x *Agreement) Accept(k *Timekeeper, q *Proposal, s *Sides, number int, cleared *Clearance, a Actor, now time.Time) (p *Partnership, changed bool, err error) {
	if err := x.ready(k, q, s, AcceptTerms, number, cleared, a, now, AgreementProposed, AgreementClearing); err != nil {
		return nil, false, err
	}
	return x.settle(q, s, x.sign(a, "", cleared, now), a, now)
}

// Clear is the clearance of the version of that number by an approver of a side
// that has accepted it. Clearing again changes nothing.
func (x *Agreement) Clear(k *Timekeeper, q *Proposal, s *Sides, number int, cleared Clearance, a Actor, now time.Time) (p *Partnership, changed bool, err error) {
	if err := x.ready(k, q, s, ClearTerms, number, &cleared, a, now, AgreementProposed, AgreementClearing); err != nil {
		return nil, false, err
	}
	x.own()
	accepted := false
	for i := range x.Table().Signatures {
		g := &x.Table().Signatures[i]
		if g.Accepted.IsZero() || !g.signs(a, x.Convention, Approver) {
			continue
		}
		if accepted = true; g.Clearance == nil {
			g.Clearance, changed = given(cleared, a), true
		}
	}
	if !accepted {
		return nil, false, Refuse(State, "error.state.terms_unaccepted")
	}
	return x.settle(q, s, changed, a, now)
}

// ready refuses what cannot be accepted or cleared: another version than the one
// on the table, and terms that no longer fit what the postings say by now.
func (x *Agreement) ready(k *Timekeeper, q *Proposal, s *Sides, action Action, number int, cleared *Clearance, a Actor, now time.Time, from ...AgreementStatus) error {
	if err := x.gate(k, s, action, a, from...); err != nil {
		return err
	}
	if err := negotiable(q, s); err != nil {
		return err
	}
	t := x.Table()
	if t.Number != number {
		return Refuse(Conflict, "error.conflict.terms", message.Of(message.Integer, "number", strconv.Itoa(t.Number)))
	}
	if cleared != nil {
		if err := checkClearance(*cleared, now); err != nil {
			return err
		}
	}
	if m := checkTerms(k.convention, s, t, now); len(m) > 0 {
		var e *Error
		if errors.As(m.err(), &e) {
			return &Error{Code: Conflict, Message: message.New("error.conflict.terms_unfit", message.Int("fields", len(e.Fields))), Fields: e.Fields}
		}
	}
	return nil
}

// sign notes the acceptance of all for whom the actor acts, on one side where it
// is named.
func (x *Agreement) sign(a Actor, side Side, cleared *Clearance, now time.Time) (changed bool) {
	x.own()
	for i := range x.Table().Signatures {
		g := &x.Table().Signatures[i]
		if side != "" && g.Side != side || !g.signs(a, x.Convention, FocalPoint, ProviderRole, Approver) {
			continue
		}
		if g.Accepted.IsZero() {
			g.By, g.Accepted, changed = a.ID, stamp(now), true
		}
		if g.Clears && g.Clearance == nil && g.signs(a, x.Convention, Approver) {
			c := Clearance{Date: DateOf(now)}
			if cleared != nil {
				c = *cleared
			}
			g.Clearance, changed = given(c, a), true
		}
	}
	return changed
}

// own makes the version on the table the agreement's own, to be changed.
func (x *Agreement) own() {
	x.Versions = slices.Clone(x.Versions)
	t := x.Table()
	t.Signatures = slices.Clone(t.Signatures)
}

func given(c Clearance, a Actor) *Clearance {
	c.Kind, c.By = ClearedByApprover, a.ID
	return &c
}

// settle makes the step follow from who has signed, and the partnership when all
// have.
func (x *Agreement) settle(q *Proposal, s *Sides, changed bool, a Actor, now time.Time) (*Partnership, bool, error) {
	if !changed {
		return nil, false, nil
	}
	x.turn(now)
	x.touch(now)
	if slices.ContainsFunc(x.Table().Signatures, func(g Signature) bool { return !g.done() }) {
		return nil, true, nil
	}
	id := DerivedID("partnership", x.ID, strconv.Itoa(x.Table().Number))
	p, err := FormPartnership(id, q, s, x.Table().Terms, a, now)
	if err != nil {
		return nil, false, err
	}
	x.Status, x.Partnership, x.Turn = AgreementAgreed, p.ID, time.Time{}
	return p, true, nil
}

// turn notes who is to act next: those who have still to accept, then those who
// have still to clear.
func (x *Agreement) turn(now time.Time) {
	before := x.Status
	x.Status = AgreementProposed
	if !slices.ContainsFunc(x.Table().Signatures, func(g Signature) bool { return g.Accepted.IsZero() }) {
		x.Status = AgreementClearing
	}
	if x.Status != before || x.Status == AgreementProposed && x.Turn.Before(x.Table().Time) {
		x.Turn = stamp(now)
	}
}

// Withdraw takes the terms on the table back, for the side that has proposed
// them. There may be others.
func (x *Agreement) Withdraw(k *Timekeeper, s *Sides, a Actor, now time.Time) error {
	if err := x.gate(k, s, Withdraw, a, AgreementProposed, AgreementClearing); err != nil {
		return err
	}
	x.own()
	x.Table().Withdrawn = stamp(now)
	x.Status, x.Turn = AgreementOpen, time.Time{}
	x.touch(now)
	return nil
}

// End breaks the talks off for the actor's side, with a coded reason. The
// proposal is declined by that.
func (x *Agreement) End(k *Timekeeper, q *Proposal, s *Sides, reason Reason, text string, a Actor, now time.Time) error {
	if err := x.gate(k, s, EndTalks, a, AgreementProposed, AgreementClearing, AgreementOpen); err != nil {
		return err
	}
	if reason == "" || reason == "no_answer" {
		var m mistakes
		m.add("reason", "error.invalid.required")
		return m.err()
	}
	r, err := remark(reason, text, false, a, now)
	if err != nil {
		return err
	}
	side, whose, _ := s.SideOf(a)
	x.Status, x.Turn, x.Ended = AgreementEnded, time.Time{}, &AgreementEnd{Side: side, Participant: whose, Remark: *r}
	x.touch(now)
	if q.Met() {
		q.Status, q.Ended = Declined, &Ending{Side: side, Participant: whose, By: a.ID, Time: stamp(now)}
		q.touch(now)
	}
	return nil
}

// Outlive ends an agreement whose proposal has ended. Only the platform does it.
func (x *Agreement) Outlive(q *Proposal, a Actor, now time.Time) error {
	if err := authorise(a.system); err != nil {
		return err
	}
	if !x.Status.Under() || q.Met() {
		return refused("agreement", string(EndTalks), string(x.Status))
	}
	x.Status, x.Turn, x.Ended = AgreementEnded, time.Time{}, &AgreementEnd{Remark: Remark{Time: stamp(now)}}
	x.touch(now)
	return nil
}

// negotiable refuses terms where the sides were not introduced, or a posting
// is not open any more.
func negotiable(q *Proposal, s *Sides) error {
	if !q.Met() || q.Status == AgreedProposal {
		return refused("proposal", "agree", string(q.Status))
	}
	stands := s.Need != nil && (s.Need.Status.Matchable() || s.Need.Status == NeedCovered) && len(s.Offers) == len(q.Offers)
	for _, o := range s.Offers {
		stands = stands && (o.Status == OfferOpen || o.Status == OfferExhausted)
	}
	if !stands {
		return Refuse(State, "error.state.terms_postings")
	}
	return nil
}

// gate lets the actor through when policy and step allow the action.
func (x *Agreement) gate(k *Timekeeper, s *Sides, action Action, a Actor, from ...AgreementStatus) error {
	if !SeesAgreement(a, k, x, s).Any() {
		return absent()
	}
	if err := authorise(MayAgree(a, action, x, s)); err != nil {
		return err
	}
	if !slices.Contains(from, x.Status) {
		return refused("agreement", string(action), string(x.Status))
	}
	return nil
}
