package matching

import (
	"slices"

	"entente/reference"
)

// needChange finds the best change of a need by trying every one: it makes the
// changed need and counts the offers that pass the filters with it and do not
// without it.
func (r *ranking) needChange(n *Need) Change {
	var best Change
	for _, c := range r.needChanges(n) {
		changed, named := n.with(c), false
		for j := range r.offers {
			if o := r.offers[j].offer; r.brings(n, o, &changed, o) {
				c.Count++
				named = named || c.namedBy(o.Themes)
			}
		}
		if named && (best.Zero() || c.better(best)) {
			best = c
		}
	}
	return best
}

// brings reports whether a pair that is no candidate becomes one by a change of
// either side. A pair that one side refuses does not, even where the change
// takes away what is refused.
func (r *ranking) brings(n *Need, o *Offer, changedNeed *Need, changedOffer *Offer) bool {
	return Filter(r.now, r.setting, n, o) != Candidate && !excluded(n, o) &&
		Filter(r.now, r.setting, changedNeed, changedOffer) == Candidate
}

// namedBy reports whether a posting with the themes, which the change would
// bring, speaks for the change. A theme is suggested only when one of those that
// it would bring names it: what others name, and the refused among them, must
// not decide what is suggested.
func (c Change) namedBy(themes []string) bool {
	return c.Sort != ChangeTheme || slices.Contains(themes, c.Value)
}

// needChanges lists the changes that a need could make: the languages and
// themes are those of the offers of the convention, the beneficiaries its own.
func (r *ranking) needChanges(n *Need) []Change {
	changes := []Change{{Sort: ChangeInterpretation}, {Sort: ChangeValidity}}
	for k := range Kind(KindCount) {
		if n.mayAskFor(k) {
			changes = append(changes, Change{Sort: ChangeKind, Value: k.String()})
		}
	}
	for _, c := range n.Beneficiaries {
		changes = append(changes, Change{Sort: ChangeBeneficiary, Value: c.Alpha2()})
	}
	for j := range r.offers {
		o := r.offers[j].offer
		if o.Convention != r.setting.convention {
			continue
		}
		for _, l := range o.Languages {
			changes = append(changes, Change{Sort: ChangeLanguage, Value: l.Base()})
		}
		if len(n.Themes) < MaxThemes {
			for _, t := range o.Themes {
				changes = append(changes, Change{Sort: ChangeTheme, Value: t})
			}
		}
	}
	return distinct(changes)
}

// distinct returns the changes without repetitions.
func distinct(changes []Change) []Change {
	seen := map[Change]bool{}
	return slices.DeleteFunc(changes, func(c Change) bool {
		repeated := seen[c]
		seen[c] = true
		return repeated
	})
}

// mayAskFor reports whether adding the kind to the need can be suggested: it has
// room for one more, and its exemption from the comparison of languages would
// not end, which could cost it candidates that it has, nor begin, as it would
// for a need that is unfinished and names no kind.
func (n *Need) mayAskFor(k Kind) bool {
	return !n.Kinds.Has(k) && n.Kinds.Len() < MaxKinds && n.Kinds.exempt() == n.Kinds.With(k).exempt()
}

// with returns the need with a change made.
func (n *Need) with(c Change) Need {
	changed := *n
	switch c.Sort {
	case ChangeLanguage:
		changed.Languages = append(slices.Clone(n.Languages),
			LanguageWish{Language: reference.Language(c.Value), Required: n.requires()})
	case ChangeInterpretation:
		changed.Interpretation = true
	case ChangeKind:
		k, _ := ParseKind(c.Value)
		changed.Kinds = n.Kinds.With(k)
	case ChangeValidity:
		changed.ValidUntil = 0
	case ChangeTheme:
		changed.Themes = append(slices.Clone(n.Themes), c.Value)
	case ChangeBeneficiary:
		country, _ := reference.ParseCountry(c.Value)
		changed.Beneficiaries = []reference.Country{country}
	}
	return changed
}

// requires reports whether the need has a required language.
func (n *Need) requires() bool {
	return slices.ContainsFunc(n.Languages, func(w LanguageWish) bool { return w.Required })
}

// offerChange finds the best change of an offer by trying every one.
func (r *ranking) offerChange(o *Offer) Change {
	var best Change
	for _, c := range r.offerChanges(o) {
		changed, named := o.with(c), false
		for i := range r.needs {
			if n := r.needs[i].need; r.brings(n, o, n, &changed) {
				c.Count++
				named = named || c.namedBy(n.Themes)
			}
		}
		if named && (best.Zero() || c.better(best)) {
			best = c
		}
	}
	return best
}

// offerChanges lists the changes that an offer could make: the languages are
// those that needs of the convention require, the countries their
// beneficiaries that the offer does not exclude on purpose, the themes theirs.
func (r *ranking) offerChanges(o *Offer) []Change {
	changes := []Change{{Sort: ChangeInterpretation}, {Sort: ChangeValidity}, {Sort: ChangeCapacity}}
	for _, group := range o.Eligibility.openings() {
		changes = append(changes, Change{Sort: ChangeEligibility, Value: group})
	}
	for k := range Kind(KindCount) {
		if !o.Kinds.Has(k) && o.Kinds.Len() < MaxKinds {
			changes = append(changes, Change{Sort: ChangeKind, Value: k.String()})
		}
	}
	for i := range r.needs {
		n := r.needs[i].need
		if n.Convention != r.setting.convention {
			continue
		}
		for _, w := range n.Languages {
			changes = append(changes, Change{Sort: ChangeLanguage, Value: w.Language.Base()})
		}
		for _, c := range n.Beneficiaries {
			if level, _ := r.setting.reach(&o.Coverage, c); level == reachNone && !r.setting.excludes(&o.Coverage, c) {
				changes = append(changes, Change{Sort: ChangeCoverage, Value: c.Alpha2()})
			}
		}
		if len(o.Themes) < MaxThemes {
			for _, t := range n.Themes {
				changes = append(changes, Change{Sort: ChangeTheme, Value: t})
			}
		}
	}
	return distinct(changes)
}

// with returns the offer with a change made.
func (o *Offer) with(c Change) Offer {
	changed := *o
	switch c.Sort {
	case ChangeLanguage:
		changed.Languages = append(slices.Clone(o.Languages), reference.Language(c.Value))
	case ChangeInterpretation:
		changed.InterpretationProvided = true
	case ChangeKind:
		k, _ := ParseKind(c.Value)
		changed.Kinds = o.Kinds.With(k)
	case ChangeValidity:
		changed.ValidUntil, changed.End = 0, 0
	case ChangeCapacity:
		changed.Exhausted = false
	case ChangeEligibility:
		changed.Eligibility = o.Eligibility.open(c.Value)
	case ChangeCoverage:
		country, _ := reference.ParseCountry(c.Value)
		changed.Coverage.Countries = append(slices.Clone(o.Coverage.Countries), country)
	case ChangeTheme:
		changed.Themes = append(slices.Clone(o.Themes), c.Value)
	}
	return changed
}
