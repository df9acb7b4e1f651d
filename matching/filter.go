package matching

import (
	"slices"

	"entente/reference"
)

// Filter applies the hard filters to one pair on a day, in the order of the
// reasons, and returns the first that removes it, or Candidate.
//
// The filters, in words: both belong to the convention; the need is open and
// in date; the offer is open and in date; no provider is a beneficiary; at
// least one theme and one kind of assistance in common; one of the need's
// required languages is given; the offer holds for every beneficiary and every
// beneficiary may receive it; capacity remains; neither side refuses the other.
func Filter(now Day, s *Setting, n *Need, o *Offer) Reason {
	switch {
	case n.Convention != s.convention || o.Convention != s.convention:
		return OtherConvention
	case !n.Open:
		return NeedClosed
	case !n.inDate(now):
		return NeedDate
	case !o.Open:
		return OfferClosed
	case !o.inDate(now):
		return OfferDate
	case sameState(n, o):
		return SameState
	case !s.commonTheme(n, o):
		return ThemeDiffers
	case n.Kinds&o.Kinds == 0:
		return KindDiffers
	case !commonLanguage(n, o):
		return LanguageDiffers
	case !s.covered(n, o):
		return NotCovered
	case !s.eligible(n, o):
		return NotEligible
	case o.exhausted():
		return CapacityUsed
	case excluded(n, o):
		return Excluded
	}
	return Candidate
}

// inDate reports whether the need stands on the day: the last day on which it
// is valid has not passed. Its desired dates are wishes, not limits; the part
// "time" of the score weighs them.
func (n *Need) inDate(now Day) bool { return n.ValidUntil == 0 || now <= n.ValidUntil }

// inDate reports whether the offer stands on the day: neither its validity nor
// the window in which help can be given has passed. A window that has not yet
// begun is in date.
func (o *Offer) inDate(now Day) bool {
	return (o.ValidUntil == 0 || now <= o.ValidUntil) && (o.End == 0 || now <= o.End)
}

// sameState reports whether the provider or a co-provider is a beneficiary: no
// State helps itself, not even as one of several.
func sameState(n *Need, o *Offer) bool {
	same := false
	o.providers(func(p Party) bool {
		c, isState := p.Country()
		same = isState && n.benefits(c)
		return !same
	})
	return same
}

// commonTheme reports whether a theme of the need and one of the offer count as
// common.
func (s *Setting) commonTheme(n *Need, o *Offer) bool {
	for _, wanted := range n.Themes {
		for _, offered := range o.Themes {
			if s.taxonomy.common(wanted, offered) {
				return true
			}
		}
	}
	return false
}

// commonLanguage reports whether the offer meets the need's required
// languages. A need that requires none, or that asks for nothing but finance
// and equipment, is met by any offer. Otherwise one required language must be
// among those given (the base language is compared, script and country are
// not), or the provider brings interpretation and the need accepts it.
func commonLanguage(n *Need, o *Offer) bool {
	if n.Kinds.exempt() || (n.Interpretation && o.InterpretationProvided) {
		return true
	}
	required := false
	for _, wish := range n.Languages {
		if !wish.Required {
			continue
		}
		required = true
		for _, given := range o.Languages {
			if given.Base() == wish.Language.Base() {
				return true
			}
		}
	}
	return !required
}

// covered reports whether the offer holds for every beneficiary.
func (s *Setting) covered(n *Need, o *Offer) bool {
	for _, c := range n.Beneficiaries {
		if level, _ := s.reach(&o.Coverage, c); level == reachNone {
			return false
		}
	}
	return true
}

// eligible reports whether every beneficiary may receive the offer.
func (s *Setting) eligible(n *Need, o *Offer) bool {
	for _, c := range n.Beneficiaries {
		if !s.mayReceive(&o.Eligibility, c) {
			return false
		}
	}
	return true
}

// mayReceive reports whether a country is among those that may receive: a
// Party where only Parties may, and a member of any of the groups named.
func (s *Setting) mayReceive(e *Eligibility, c reference.Country) bool {
	if e.PartiesOnly && !s.parties.has(c) {
		return false
	}
	if !e.LDC && !e.SIDS && !e.LLDC && len(e.Income) == 0 {
		return true
	}
	return (e.LDC && c.LDC()) || (e.SIDS && c.SIDS()) || (e.LLDC && c.LLDC()) ||
		slices.Contains(e.Income, c.Income())
}

// exhausted reports whether nothing of a stated capacity remains.
func (o *Offer) exhausted() bool { return o.Exhausted && !o.Unlimited }

// excluded reports whether either side refuses the other: the need one of the
// providers, or the offer one of the beneficiaries.
func excluded(n *Need, o *Offer) bool {
	refused := false
	o.providers(func(p Party) bool {
		refused = slices.Contains(n.ExcludedParties, p)
		return !refused
	})
	for _, c := range n.Beneficiaries {
		refused = refused || slices.Contains(o.ExcludedParties, PartyOf(c))
	}
	return refused
}
