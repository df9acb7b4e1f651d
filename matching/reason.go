package matching

import (
	"fmt"

	"entente/message"
)

// Reason is why a pair of a need and an offer is not a candidate. The reasons
// are the hard filters in the order in which they are applied: a pair that
// fails several is counted under the first.
type Reason uint8

// The hard filters in their order.
const (
	// Candidate: no filter removes the pair.
	Candidate Reason = iota
	// NeedClosed: the life cycle of the need admits no pairing.
	NeedClosed
	// NeedDate: the day until which the need is valid has passed.
	NeedDate
	// OfferClosed: the life cycle of the offer admits no pairing.
	OfferClosed
	// OfferDate: the offer's validity or its window has passed.
	OfferDate
	// SameState: the provider or a co-provider is one of the beneficiaries.
	SameState
	// ThemeDiffers: no theme in common.
	ThemeDiffers
	// KindDiffers: no kind of assistance in common.
	KindDiffers
	// LanguageDiffers: none of the required languages is given.
	LanguageDiffers
	// NotCovered: the offer does not hold for every beneficiary's country.
	NotCovered
	// NotEligible: a beneficiary is not among those who may receive the offer.
	NotEligible
	// CapacityUsed: nothing of the offer's capacity remains.
	CapacityUsed

	// OtherConvention: the two belong to different conventions. Such a pair
	// was never a candidate and is counted nowhere.
	OtherConvention
	// Excluded: one side refuses the other. Applied last and counted nowhere:
	// nobody may learn of an exclusion from a report.
	Excluded
)

// reasonCount is one more than the last reason.
const reasonCount = int(Excluded) + 1

// String returns the code of the reason, "language" for example, as it stands
// in reports; "" for a candidate.
func (r Reason) String() string {
	codes := [reasonCount]string{
		"", "need_closed", "need_date", "offer_closed", "offer_date", "same_state",
		"theme", "kind", "language", "coverage", "eligibility", "capacity",
		"convention", "exclusion",
	}
	if int(r) >= reasonCount {
		return fmt.Sprintf("reason(%d)", uint8(r))
	}
	return codes[r]
}

// Reported reports whether pairs removed for this reason are counted and
// explained. Exclusions and other conventions never are.
func (r Reason) Reported() bool { return r >= NeedClosed && r <= CapacityUsed }

// MarshalText writes the code of the reason.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the code of a reason that is reported.
func (r *Reason) UnmarshalText(text []byte) error {
	for reason := NeedClosed; reason <= CapacityUsed; reason++ {
		if reason.String() == string(text) {
			*r = reason
			return nil
		}
	}
	return fmt.Errorf("matching: %q is not a reason", text)
}

// Label names the reason in a word or two. It is the zero message for a reason
// that is not reported.
func (r Reason) Label() message.Message { return r.message(".label") }

// OffersRemoved says, in the report of a need, that count offers were removed
// for this reason.
func (r Reason) OffersRemoved(count int) message.Message {
	return r.message(".offers", message.Count(count))
}

// NeedsRemoved says, in the report of an offer, that count needs were removed
// for this reason.
func (r Reason) NeedsRemoved(count int) message.Message {
	return r.message(".needs", message.Count(count))
}

// message makes a message about the reason where it may be told.
func (r Reason) message(suffix string, args ...message.Arg) message.Message {
	if !r.Reported() {
		return message.Message{}
	}
	return message.New("match.reason."+r.String()+suffix, args...)
}
