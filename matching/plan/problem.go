package plan

import (
	"errors"
	"fmt"
	"math"

	"entente/matching"
)

// Unlimited stands for a supply that nothing limits.
const Unlimited int64 = math.MaxInt64

// Whole is everything, in millionths.
const Whole int64 = 1_000_000

// DefaultFloor is the part of a need that is its first portion, in millionths,
// where a problem states none.
const DefaultFloor = 100_000

// Sizes of problems that are taken.
const (
	MaxPostings = 100_000        // needs and offers together
	MaxAmount   = int64(1) << 45 // US cents: three hundred and fifty billion dollars
	maxPortions = 1_000_000      // of one need
)

// Problem is what is to be assigned.
type Problem struct {
	Needs  []Need
	Offers []Offer
	// Extras are amounts that a provider could give through any of its offers,
	// beyond what these have.
	Extras []Extra
	// Limit is the largest share of the demand of all needs with a candidate
	// that one provider may cover, in millionths; 0 is no limit. A provider that
	// gives together with others is counted where it leads.
	Limit int64
	// Floor is the part of a need that is filled, for all needs, before any
	// gets more, in millionths; 0 is DefaultFloor.
	Floor int64
	// Keep is an earlier plan: of equally good assignments the one that keeps
	// most of it is returned.
	Keep []Pairing
}

// Need is a need with its candidates.
type Need struct {
	ID string
	// Gap is the amount still to be found, in US cents; 0 is not stated, and
	// counts as the median of those stated.
	Gap        int64
	Candidates []Candidate
}

// Candidate is an offer that fits a need.
type Candidate struct {
	Offer int // place in Problem.Offers
	Score matching.Score
}

// Offer is an offer with what it can still give.
type Offer struct {
	ID       string
	Provider matching.Party
	Supply   Supply
}

// Supply is what an offer can still give. Both limits hold; the zero value
// gives nothing.
type Supply struct {
	Amount int64 // US cents, or Unlimited
	// Needs is how many needs of ordinary size it can serve, in thousandths, or
	// Unlimited. A need is of ordinary size when its gap is the median.
	Needs int64
}

// Extra is an amount in US cents that a provider could give through any of its
// offers.
type Extra struct {
	Provider matching.Party
	Amount   int64
}

// validate reports everything that makes a problem none.
func (p *Problem) validate() error {
	var mistakes []error
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf("plan: "+format, args...)) }
	if len(p.Needs)+len(p.Offers) > MaxPostings {
		wrong("%d needs and %d offers are more than %d", len(p.Needs), len(p.Offers), MaxPostings)
	}
	if p.Limit < 0 || p.Limit > Whole {
		wrong("the limit of %d millionths for a provider is none", p.Limit)
	}
	if p.Floor < 0 || p.Floor > Whole {
		wrong("the floor of %d millionths is none", p.Floor)
	}
	offers := map[string]bool{}
	for _, o := range p.Offers {
		if offers[o.ID] {
			wrong("two offers have the id %q", o.ID)
		}
		if offers[o.ID] = true; o.Supply.Amount < 0 || o.Supply.Needs < 0 {
			wrong("the supply of offer %q is negative", o.ID)
		}
	}
	needs := map[string]bool{}
	for _, n := range p.Needs {
		if needs[n.ID] {
			wrong("two needs have the id %q", n.ID)
		}
		if needs[n.ID] = true; n.Gap < 0 || n.Gap > MaxAmount {
			wrong("the gap of need %q is out of range", n.ID)
		}
		mistakes = append(mistakes, n.validate(len(p.Offers)))
	}
	for _, e := range p.Extras {
		if e.Amount < 0 {
			wrong("the extra amount of %q is negative", e.Provider)
		}
	}
	return errors.Join(mistakes...)
}

// validate reports the first candidate of a need that is none.
func (n *Need) validate(offers int) error {
	seen := make(map[int]bool, len(n.Candidates))
	for _, c := range n.Candidates {
		switch {
		case c.Offer < 0 || c.Offer >= offers:
			return fmt.Errorf("plan: a candidate of need %q is no offer", n.ID)
		case seen[c.Offer]:
			return fmt.Errorf("plan: need %q has a candidate twice", n.ID)
		case c.Score < 0 || c.Score > matching.MaxScore:
			return fmt.Errorf("plan: the score of a candidate of need %q is out of range", n.ID)
		}
		seen[c.Offer] = true
	}
	return nil
}
