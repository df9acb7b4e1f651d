package yeartest

import (
	"slices"

	"entente/cooperation"
	"entente/store"
)

// forSide are those who act for the beneficiaries of a need.
func forNeed(n *cooperation.Need) func(u *cooperation.User) bool {
	var of []string
	for _, b := range n.Beneficiaries {
		of = append(of, b.Alpha2())
	}
	return func(u *cooperation.User) bool { return acts(u, of, cooperation.FocalPoint, cooperation.Approver) }
}

// forOffer are those who act for the providers of an offer.
func forOffer(o *cooperation.Offer) func(u *cooperation.User) bool {
	of := []string{string(o.Provider)}
	for _, c := range o.CoProviders {
		of = append(of, string(c.Participant))
	}
	return func(u *cooperation.User) bool { return acts(u, of, cooperation.ProviderRole, cooperation.Approver) }
}

// posting is what the two kinds have in common.
type posting struct {
	kind, id      string
	before, after string // the step
	returned      bool   // sent back with this commit
	admitted      bool   // it was open once
	themes        []string
	side          func(u *cooperation.User) bool
}

func (a *auditor) needRule(h happened, v store.Version) (func() []due, error) {
	before, n, err := a.needs.take(v)
	if err != nil {
		return nil, err
	}
	p := posting{kind: "need", id: n.ID, after: string(n.Status), admitted: !n.Admitted.IsZero(), themes: n.Themes, side: forNeed(n), returned: n.Status == cooperation.NeedReturned}
	if before != nil {
		p.before = string(before.Status)
	}
	return func() []due { return a.ofPosting(h, p) }, nil
}

func (a *auditor) offerRule(h happened, v store.Version) (func() []due, error) {
	before, o, err := a.offers.take(v)
	if err != nil {
		return nil, err
	}
	p := posting{kind: "offer", id: o.ID, after: string(o.Status), admitted: !o.Admitted.IsZero(), themes: o.Themes, side: forOffer(o)}
	if before != nil {
		p.before = string(before.Status)
		p.returned = before.Status == cooperation.OfferSubmitted && o.Status == cooperation.OfferDraft
	}
	return func() []due { return a.ofPosting(h, p) }, nil
}

// ofPosting says who is told of a step of a posting: the secretariat of what
// waits for it or leaves its list, the side of what became of its posting,
// and those who have subscribed of what was opened.
func (a *auditor) ofPosting(h happened, p posting) (out []due) {
	if p.before == p.after {
		return nil
	}
	about := p.kind + "/" + p.id
	tell := func(what string, is func(u *cooperation.User) bool) {
		for _, who := range a.those(h.actor, is) {
			out = append(out, due{who: who, reason: p.kind + "." + what, about: about})
		}
	}
	switch {
	case p.after == "submitted":
		tell("submit", runsIt)
	case p.returned:
		tell("return", p.side)
	case p.after == "open" && p.before == "submitted":
		tell("admit", p.side)
		for _, who := range a.those(h.actor, func(u *cooperation.User) bool { return a.wants(u.ID, p) }) {
			out = append(out, due{who: who, reason: "subscription.opened", about: about})
		}
	case p.after == "withdrawn" && p.admitted: // before, it was the State's own
		tell("withdraw", runsIt)
	case p.after == "closed":
		tell("close", runsIt)
	case p.after == "lapsed":
		tell("lapse", p.side)
	}
	return out
}

// wants reports whether somebody has subscribed to such postings.
func (a *auditor) wants(user string, p posting) bool {
	return len(a.wishes.that(func(s *cooperation.Subscription) bool {
		return s.Owner == user && !s.Removed && (len(s.Kinds) == 0 || slices.Contains(s.Kinds, p.kind)) &&
			(len(s.Themes) == 0 || slices.ContainsFunc(p.themes, func(t string) bool {
				return slices.ContainsFunc(s.Themes, func(w string) bool { return a.below(t, w) })
			}))
	})) > 0
}

// below reports whether a theme is another one or under it.
func (a *auditor) below(theme, above string) bool {
	for theme != above {
		i := slices.IndexFunc(a.conv.Themes, func(t cooperation.Theme) bool { return t.ID == theme })
		if i < 0 || a.conv.Themes[i].Parent == "" {
			return false
		}
		theme = a.conv.Themes[i].Parent
	}
	return true
}
