package yeartest

import (
	"slices"

	"entente/cooperation"
	"entente/reference"
	"entente/store"
)

// recommendationRule says who is told of a text of bodies: that it is before
// them, and what became of it, those who decide and those who conduct; an
// objection, those who conduct. A draft is nobody else's.
func (a *auditor) recommendationRule(h happened, v store.Version) (func() []due, error) {
	before, r, err := a.texts.take(v)
	if err != nil || before == nil {
		return nil, err
	}
	what, everybody := "", true
	switch standing := len(r.Standing()); {
	case r.Status == cooperation.RecommendationAdopted && before.Status != r.Status:
		what = "adopt"
	case r.Status == cooperation.RecommendationWithdrawn && r.Round > 0:
		what = "withdraw"
	case r.Status == cooperation.RecommendationTabled && before.Status == cooperation.RecommendationDraft:
		what = "table"
	case r.Round > before.Round:
		what = "replace"
	case len(r.Objections) > len(before.Objections):
		what, everybody = "object", false
	case standing < len(before.Standing()):
		what, everybody = "lift", false
	}
	if what == "" {
		return nil, nil //nolint:nilnil // a draft, or one of several bodies
	}
	return func() (out []due) {
		today := a.dayAt(h.at)
		member := func(u *cooperation.User, conducting bool) bool {
			return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
				if g.Role != cooperation.CommitteeMember && (conducting || g.Role != cooperation.FocalPoint && g.Role != cooperation.Approver) {
					return false
				}
				return slices.ContainsFunc(r.Bodies, func(b string) bool {
					return (!conducting || g.Committee == b) && slices.ContainsFunc(a.sitting(b, today), func(t cooperation.Term) bool { return t.Country == stateOf(g) })
				})
			})
		}
		for _, id := range a.those(h.actor, func(u *cooperation.User) bool {
			return runsIt(u) || member(u, true) || everybody && member(u, false)
		}) {
			out = append(out, due{who: id, reason: "recommendation." + what, about: "recommendation/" + r.ID})
		}
		return out
	}, nil
}

// stateOf is the State of a role.
func stateOf(g cooperation.Grant) reference.Country {
	c, _ := reference.ParseCountry(string(g.Participant))
	return c
}

// assessmentRule says who is told of help with a need: the States that ask, and
// whoever facilitates: the secretariat, and those who sit on the bodies for it.
func (a *auditor) assessmentRule(h happened, v store.Version) (func() []due, error) {
	before, x, err := a.assessments.take(v)
	if err != nil {
		return nil, err
	}
	what := ""
	switch {
	case before == nil:
		what = "request"
	case len(x.Filled) > len(before.Filled):
		what = "fill"
	case x.Status == cooperation.AssessmentDeclined:
		what = "decline"
	case x.Status == cooperation.AssessmentWithdrawn:
		what = "withdraw"
	case x.Status == cooperation.AssessmentReported:
		what = "report"
	case x.Status == cooperation.AssessmentHeld:
		what = "hold"
	case x.Dates != nil && (before.Dates == nil || *before.Dates != *x.Dates):
		what = "propose_dates"
	case x.Status == cooperation.AssessmentAccepted:
		what = "accept"
	}
	return func() (out []due) {
		bodies := a.bodiesFor(x.Draft.Themes)
		for _, id := range a.those(h.actor, func(u *cooperation.User) bool {
			return runsIt(u) || sits(u, bodies...) || forNeed(a.needs.docs[x.Need])(u)
		}) {
			out = append(out, due{who: id, reason: "assessment." + what, about: "assessment/" + x.ID})
		}
		return out
	}, nil
}

// bodiesFor are the committees for themes, as the profile says: those that name
// one of them or what is above it, and the one that reviews where it is without
// themes of its own, or where none does.
func (a *auditor) bodiesFor(themes []string) (out []string) {
	names := func(b *cooperation.Committee) bool {
		return slices.ContainsFunc(themes, func(t string) bool {
			return slices.ContainsFunc(b.Mandate.Themes, func(m string) bool { return a.below(t, m) })
		})
	}
	for _, b := range a.conv.Committees {
		switch {
		case b.Kind == cooperation.PlenaryCommittee:
		case names(&b), b.ID == a.conv.ReviewBody && a.conv.Reviewed && len(b.Mandate.Themes) == 0:
			out = append(out, b.ID)
		}
	}
	if len(out) == 0 {
		out = append(out, a.conv.ReviewBody)
	}
	return out
}

// duplicateRule says who is told of what was decided of two needs: the people of
// both, and the secretariat.
func (a *auditor) duplicateRule(h happened, v store.Version) (func() []due, error) {
	_, d, err := a.duplicates.take(v)
	if err != nil {
		return nil, err
	}
	return func() (out []due) {
		for _, id := range a.those(h.actor, func(u *cooperation.User) bool {
			return runsIt(u) || forNeed(a.needs.docs[d.Need])(u) || forNeed(a.needs.docs[d.Of])(u)
		}) {
			out = append(out, due{who: id, reason: "duplicate.decide", about: "need/" + d.Need})
		}
		return out
	}, nil
}
