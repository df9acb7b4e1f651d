package cooperation

import "slices"

// The actions on agreements besides those that other documents know too.
const (
	ProposeTerms Action = "propose"
	AcceptTerms  Action = "accept"
	ClearTerms   Action = "clear"
	EndTalks     Action = "end"
)

// AgreementActions lists the actions on agreements.
func AgreementActions() []Action {
	return []Action{ProposeTerms, AcceptTerms, ClearTerms, Withdraw, EndTalks}
}

// signs reports whether the actor acts for one of those who sign.
func (s *Signature) signs(a Actor, convention string, roles ...Role) bool {
	return a.For(convention, s.Participant, slices.DeleteFunc(slices.Clone(roles), func(r Role) bool {
		return s.Side == NeedSide && r == ProviderRole || s.Side == OfferSide && r == FocalPoint
	})...)
}

// sideOf is the side of whose people the actor is one, co-beneficiaries and
// co-providers included, and whether it speaks for it: co-beneficiaries read
// along.
func (s *Sides) memberOf(a Actor) (side Side, speaks, member bool) {
	if s.Need != nil && s.Need.heldBy(a, FocalPoint, Approver) {
		return NeedSide, s.Need.ledBy(a, FocalPoint, Approver), true
	}
	if slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.heldBy(a, ProviderRole, Approver) }) {
		return OfferSide, true, true
	}
	return "", false, false
}

// MayAgree decides whether the actor may do the action to an agreement of the
// sides. What is not allowed here is denied.
func MayAgree(a Actor, action Action, x *Agreement, s *Sides) bool {
	if a.ReadOnly {
		return false
	}
	side, speaks, _ := s.memberOf(a)
	switch action {
	case ProposeTerms:
		return speaks
	case AcceptTerms, ClearTerms:
		roles := []Role{FocalPoint, ProviderRole, Approver}
		if action == ClearTerms {
			roles = []Role{Approver}
		}
		t := x.Table()
		return t != nil && slices.ContainsFunc(t.Signatures, func(g Signature) bool { return g.signs(a, x.Convention, roles...) })
	case Withdraw:
		t := x.Table()
		return t != nil && speaks && t.Side == side
	case EndTalks:
		_, _, leads := s.SideOf(a)
		return leads
	}
	return false
}

// Options lists what the actor may do to an agreement at its step.
func (x *Agreement) Options(a Actor, q *Proposal, s *Sides) (out []Action) {
	if q == nil || negotiable(q, s) != nil {
		if x.Status.Under() && MayAgree(a, EndTalks, x, s) {
			return []Action{EndTalks}
		}
		return nil
	}
	for _, action := range AgreementActions() {
		if !MayAgree(a, action, x, s) || x.Status == AgreementAgreed {
			continue
		}
		var open bool
		switch action {
		case ProposeTerms:
			open = len(x.Versions) < mostVersions
		case AcceptTerms:
			open = slices.ContainsFunc(x.Awaited(), func(g Signature) bool {
				return g.Accepted.IsZero() && g.signs(a, x.Convention, FocalPoint, ProviderRole, Approver)
			})
		case ClearTerms:
			open = x.Status != AgreementEnded && x.Status != AgreementOpen && slices.ContainsFunc(x.Table().Signatures, func(g Signature) bool { return !g.Accepted.IsZero() && !g.done() && g.signs(a, x.Convention, Approver) })
		case Withdraw:
			open = x.Status == AgreementProposed || x.Status == AgreementClearing
		case EndTalks:
			open = x.Status.Under()
		}
		if open {
			out = append(out, action)
		}
	}
	return out
}

// SeesAgreement says what the actor sees of an agreement: all of it, whoever
// facilitates; all terms, the two sides; that they are negotiated, and not what,
// the bodies that are responsible or informed. What the sides say to each other
// after the review is theirs.
func SeesAgreement(a Actor, k *Timekeeper, x *Agreement, s *Sides) Sight {
	if k.Facilitates(a, x.Committee, s) {
		return SeesAll
	}
	if _, _, member := s.memberOf(a); member {
		return SeesShared
	}
	if a.sitsOn(x.Convention, x.Committee) || slices.ContainsFunc(x.Informed, func(body string) bool { return a.sitsOn(x.Convention, body) }) {
		return SeesPublic
	}
	return SeesNothing
}

// Shown is the agreement as the actor may see it, nil when it does not exist for
// him: bodies see the steps; a side sees all versions, and the reason for which
// talks ended where it was its own. Who acted is the secretariat's to know.
func (x *Agreement) Shown(a Actor, k *Timekeeper, s *Sides) *Agreement {
	sight := SeesAgreement(a, k, x, s)
	if !sight.Any() {
		return nil
	}
	out := *x
	side, _, member := s.memberOf(a)
	if e := x.Ended; e != nil && sight != SeesAll && (!member || e.Side != side) {
		told := AgreementEnd{Remark: Remark{Time: e.Time}}
		if sight >= SeesShared {
			told.Side, told.Participant = e.Side, e.Participant
		}
		out.Ended = &told
	}
	if sight < SeesShared {
		out.Versions = nil
		out.CreatedBy = ""
		return &out
	}
	if a.system || a.Has(x.Convention, Secretariat) {
		return &out
	}
	out.CreatedBy = ""
	if out.Ended != nil {
		e := *out.Ended
		e.By, out.Ended = "", &e
	}
	out.Versions = slices.Clone(x.Versions)
	for i := range out.Versions {
		v := &out.Versions[i]
		v.By, v.Signatures = "", slices.Clone(v.Signatures)
		for j := range v.Signatures {
			g := &v.Signatures[j]
			if g.By = ""; g.Clearance != nil {
				cleared := *g.Clearance
				cleared.By, g.Clearance = "", &cleared
			}
		}
	}
	return &out
}
