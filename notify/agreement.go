package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// The reasons for which people are told of agreements, besides those of the
// occasion: "agreement.withdraw", "agreement.end".
const (
	ReasonTerms  = "agreement.propose"  // the recipient is to answer to terms
	ReasonClear  = "agreement.to_clear" // the recipient is to clear terms
	ReasonSigned = "agreement.accept"   // others have accepted or cleared them
	ReasonAgreed = "agreement.agreed"   // there is a partnership
)

// agreement tells each person what concerns it of what happened to an agreement:
// those whose turn it is, that it is; the two sides of what the other did; and of
// a partnership, or of talks that have ended, also the secretariat and those who
// sit on the bodies concerned.
func (t *telling) agreement() {
	x := t.occasion.Agreement
	sides := cooperation.Sides{Need: t.occasion.Need, Offers: t.occasion.Offers}
	if sides.Need == nil || t.occasion.Proposal == nil {
		return
	}
	of := []cooperation.Reviewed{{Proposal: t.occasion.Proposal, Sides: sides}}
	for _, u := range t.users {
		if u.ID == t.occasion.Actor.ID {
			continue
		}
		if reason := t.agreementReason(x, u, len(t.ownOf(u, of)) > 0); reason != "" {
			t.add(t.aboutAgreement(&of[0], x, reason, u.Language), u.ID, u.Mail, x.ID, decimal(x.Version), reason)
		}
	}
}

// agreementReason is why a person is told; empty when it is not.
func (t *telling) agreementReason(x *cooperation.Agreement, u *cooperation.User, side bool) string {
	made, ended := t.occasion.Partnership != nil, x.Status == cooperation.AgreementEnded
	concerned := side
	if made || ended {
		concerned = concerned || cooperation.ActorOf(u, true).Has(t.convention.ID, cooperation.Secretariat) || sitsOn(u, t.convention.ID, x.Committee) ||
			slices.ContainsFunc(x.Informed, func(body string) bool { return sitsOn(u, t.convention.ID, body) })
	}
	switch {
	case !concerned:
		return ""
	case made:
		return ReasonAgreed
	case ended:
		return "agreement.end"
	case x.Status == cooperation.AgreementOpen:
		return "agreement.withdraw"
	case t.awaited(x, u) && x.Status == cooperation.AgreementClearing && x.Turn.Equal(t.now): // its turn has come with this; later it was asked already
		return ReasonClear
	case t.awaited(x, u) && t.occasion.Reason == ReasonTerms:
		return ReasonTerms
	case t.occasion.Reason == ReasonTerms:
		return "" // proposed by its own side
	}
	return ReasonSigned
}

// awaited reports whether it is a person's turn.
func (t *telling) awaited(x *cooperation.Agreement, u *cooperation.User) bool {
	return slices.ContainsFunc(x.Awaited(), func(s cooperation.Signature) bool {
		roles := []cooperation.Role{cooperation.Approver}
		if x.Status == cooperation.AgreementProposed && s.Side == cooperation.NeedSide {
			roles = append(roles, cooperation.FocalPoint)
		} else if x.Status == cooperation.AgreementProposed {
			roles = append(roles, cooperation.ProviderRole)
		}
		return slices.Contains(t.actsFor(u, roles...), s.Participant)
	})
}

// aboutAgreement is what one reader is told.
func (t *telling) aboutAgreement(of *cooperation.Reviewed, x *cooperation.Agreement, reason, lang string) cooperation.Notification {
	document := "agreement/" + x.ID
	if reason == ReasonAgreed {
		document = "partnership/" + x.Partnership
	}
	return cooperation.Notification{Reason: reason, Committee: x.Committee,
		Subject: message.New("notify."+reason+".subject", t.conventionArg()), Lines: []message.Message{message.New("notify." + reason + ".line")},
		Items: []cooperation.Item{{Heading: reviewedHeading(of, lang), Document: document}}, Documents: []string{document, "proposal/" + x.Proposal}}
}
