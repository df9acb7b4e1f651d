package catalogue

import (
	"entente/cooperation"
	"entente/matching"
	"entente/reference"
)

// cents is the currency in which amounts are compared. Amounts in others
// count as not stated: there are no rates of exchange here.
const cents = "USD"

// NeedFeatures is what the matcher looks at in a need of the convention: of one
// that is partly covered, what is still sought.
func NeedFeatures(_ *cooperation.Convention, n *cooperation.Need) matching.Need {
	f := matching.Need{
		ID: n.ID, ExternalID: n.ExternalID, Convention: n.Convention,
		Beneficiaries: n.Beneficiaries, Themes: n.Themes, Kinds: kindSet(n.Missing()),
		Interpretation: n.Interpretation,
		Start:          day(n.Start), End: day(n.End), ValidUntil: day(n.ValidUntil), Deadline: day(n.Deadline),
		Urgency:          urgency(n.Urgency),
		PreferredParties: parties(n.Preferred), ExcludedParties: parties(n.Excluded),
		Open: n.Status.Matchable(),
	}
	for _, l := range n.Languages {
		f.Languages = append(f.Languages, matching.LanguageWish{Language: l.Language, Required: l.Strength == cooperation.Required})
	}
	if gap, currency := n.Gap(); currency == cents {
		f.Gap = gap
	}
	return f
}

// OfferFeatures is what the matcher looks at in an offer of the convention.
func OfferFeatures(conv *cooperation.Convention, o *cooperation.Offer) matching.Offer {
	f := matching.Offer{
		ID: o.ID, ExternalID: o.ExternalID, Convention: o.Convention,
		Provider: matching.Party(o.Provider), Themes: o.Themes, Kinds: kindSet(o.KindList()), Languages: o.Languages,
		InterpretationProvided: o.Interpretation,
		Coverage:               matching.Coverage{Countries: o.Countries, ExcludedCountries: o.NotCountries},
		Eligibility: matching.Eligibility{PartiesOnly: o.Eligibility.PartiesOnly, LDC: o.Eligibility.LDC,
			SIDS: o.Eligibility.SIDS, LLDC: o.Eligibility.LLDC, Income: o.Eligibility.Income},
		Unlimited: o.Capacity.Unit == "" && !o.Exhausted(),
		Exhausted: o.Exhausted() || o.Status == cooperation.OfferExhausted,
		Start:     day(o.Start), End: day(o.End), ValidUntil: day(o.ValidUntil), LeadDays: int32(o.LeadDays),
		ExcludedParties: parties(o.Excluded),
		Open:            stands(o.Status),
	}
	for _, p := range o.CoProviders {
		f.CoProviders = append(f.CoProviders, matching.Party(p.Participant))
	}
	switch left := int64(o.Capacity.Quantity - o.Taken.Quantity); o.Capacity.Unit {
	case "beneficiaries":
		f.Beneficiaries = max(left, 0)
	case "person_days":
		f.PersonDays = max(left, 0)
	}
	c := &f.Coverage
	c.Regions, c.ProfileRegions = regions(conv, o.Regions)
	c.ExcludedRegions, c.ExcludedProfileRegions = regions(conv, o.NotRegions)
	if o.Ceiling.Currency == cents {
		f.Ceiling, _ = o.Ceiling.Minor() // an amount that cannot be read counts as not stated
		if f.Remaining, _ = o.RemainingMinor(); f.Remaining == 0 && f.Unlimited {
			f.Ceiling = 0 // what was given out is not what it could still give
		}
	}
	return f
}

// regions divides names of regions into those of the M49 standard and those
// of the profile, which come first where a name is both.
func regions(conv *cooperation.Convention, names []string) (m49 []reference.Region, profile []string) {
	for _, name := range names {
		if _, ok := conv.Region(name); ok {
			profile = append(profile, name)
		} else if r, ok := reference.ParseRegion(name); ok {
			m49 = append(m49, r)
		}
	}
	return m49, profile
}

func kindSet(codes []cooperation.Kind) matching.KindSet {
	var set matching.KindSet
	for _, code := range codes {
		if k, ok := matching.ParseKind(string(code)); ok {
			set = set.With(k)
		}
	}
	return set
}

func parties(participants []cooperation.Participant) []matching.Party {
	var out []matching.Party
	for _, p := range participants {
		out = append(out, matching.Party(p))
	}
	return out
}

func day(d cooperation.Date) matching.Day {
	if d.IsZero() {
		return 0
	}
	return matching.Day(d.Days())
}

func urgency(u cooperation.Urgency) matching.Urgency {
	switch u {
	case cooperation.Low:
		return matching.UrgencyLow
	case cooperation.Normal:
		return matching.UrgencyNormal
	case cooperation.High:
		return matching.UrgencyHigh
	}
	return matching.UrgencyNone
}
