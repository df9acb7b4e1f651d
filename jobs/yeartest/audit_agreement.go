package yeartest

import (
	"slices"
	"strconv"
	"time"

	"entente/cooperation"
	"entente/store"
)

// agreementRule says who is told of a step of talks on terms: whose turn it is,
// that it is; both sides of what the other did; of a partnership, and of talks
// that have ended, also the secretariat and the bodies concerned.
func (a *auditor) agreementRule(h happened, v store.Version) (func() []due, error) {
	before, x, err := a.agreements.take(v)
	if err != nil {
		return nil, err
	}
	a.negotiated = append(a.negotiated, x)
	return func() (out []due) {
		for _, id := range a.those(h.actor, func(*cooperation.User) bool { return true }) {
			if reason := a.ofAgreement(before, x, a.users[id]); reason != "" {
				about := "agreement/" + x.ID
				if reason == "agreed" {
					about = "partnership/" + x.Partnership
				}
				out = append(out, due{who: id, reason: "agreement." + reason, about: about + " proposal/" + x.Proposal})
			}
		}
		return out
	}, nil
}

// ofAgreement is why somebody is told of a version of an agreement.
func (a *auditor) ofAgreement(before, x *cooperation.Agreement, u *cooperation.User) string {
	side := a.onSide(u, x.Proposal)
	concerned := side || runsIt(u) || sits(u, x.Committee) || sits(u, x.Informed...)
	proposed := before == nil || len(x.Versions) > len(before.Versions)
	turn := slices.ContainsFunc(waiting(x), func(s cooperation.Signature) bool { return signs(u, x, s) })
	switch {
	case x.Status == cooperation.AgreementAgreed && concerned:
		return "agreed"
	case x.Status == cooperation.AgreementEnded && concerned:
		return "end"
	case !side || x.Status == cooperation.AgreementAgreed || x.Status == cooperation.AgreementEnded:
		return ""
	case x.Status == cooperation.AgreementOpen:
		return "withdraw"
	case turn && x.Status == cooperation.AgreementClearing && (before == nil || before.Status != x.Status):
		return "to_clear"
	case turn && proposed && x.Status == cooperation.AgreementProposed:
		return "propose"
	case proposed && x.Status == cooperation.AgreementProposed:
		return "" // by its own side
	}
	return "accept"
}

// waiting are those of whom something is wanted: to accept the terms on the
// table or, where all have, to clear them.
func waiting(x *cooperation.Agreement) (out []cooperation.Signature) {
	if len(x.Versions) == 0 {
		return nil
	}
	for _, s := range x.Versions[len(x.Versions)-1].Signatures {
		if x.Status == cooperation.AgreementProposed && s.Accepted.IsZero() || x.Status == cooperation.AgreementClearing && s.Clears && s.Clearance == nil {
			out = append(out, s)
		}
	}
	return out
}

// signs reports whether somebody does what is wanted: anybody of a side accepts,
// and an approver clears.
func signs(u *cooperation.User, x *cooperation.Agreement, s cooperation.Signature) bool {
	roles := []cooperation.Role{cooperation.Approver}
	if x.Status == cooperation.AgreementProposed && s.Side == cooperation.NeedSide {
		roles = append(roles, cooperation.FocalPoint)
	} else if x.Status == cooperation.AgreementProposed {
		roles = append(roles, cooperation.ProviderRole)
	}
	return acts(u, []string{string(s.Participant)}, roles...)
}

// ofAgreements: whose turn it is hears of it half-way and on the last day, and
// when that is over the State that presides over the body, its own not being on
// a side.
func (a *auditor) ofAgreements(at time.Time) (out []reminder) {
	for _, x := range a.agreements.that(func(x *cooperation.Agreement) bool {
		return x.Status == cooperation.AgreementProposed || x.Status == cooperation.AgreementClearing
	}) {
		q := a.proposals.docs[x.Proposal]
		wanted := waiting(x)
		if len(wanted) == 0 || q.Status != cooperation.Introduced && q.Status != cooperation.InTalks {
			continue
		}
		turn := a.dayAt(x.Turn)
		last := a.workingAfter(turn, a.conv.TermsDays)
		who := func() []string {
			return a.those("", func(u *cooperation.User) bool {
				return slices.ContainsFunc(wanted, func(s cooperation.Signature) bool { return signs(u, x, s) })
			})
		}
		chair := func() []string { return a.chairs(x.Committee, a.sidesOf(q), a.dayAt(at)) }
		out = append(out, a.latest(at, x.Version, "terms "+x.ID+strconv.Itoa(len(x.Versions))+string(x.Status), "clock.terms agreement/"+x.ID,
			moment{a.ends(a.workingAfter(turn, a.conv.TermsDays/2)), who}, moment{a.begins(last), who}, moment{a.ends(last), all(who, chair)})...)
	}
	return out
}
