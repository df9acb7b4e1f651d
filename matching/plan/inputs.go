package plan

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"entente/matching"
)

// MostPairs bounds how many candidates of all needs enter a plan: where there
// are more, each need enters with so many of its best ones as fit.
const MostPairs = 1_000_000

// Inputs are the needs and offers of a convention on a day with all candidates
// between them. They do not change: With returns others.
type Inputs struct {
	index  *matching.Index
	needs  []row
	offers []column
	extras []Extra
	most   int // candidates of a need
}

// row is a need with its candidates, in the order of its ranking.
type row struct {
	*matching.Need
	candidates []Candidate
	out        bool
}

// column is an offer.
type column struct {
	*matching.Offer
	supply Supply
	out    bool
}

// NewInputs asks the index for the candidates of its needs. The needs and
// offers are those of the index, and must not be changed afterwards. It fails
// when two of them share an id, or when the context ends.
func NewInputs(ctx context.Context, index *matching.Index, needs []matching.Need, offers []matching.Offer) (*Inputs, error) {
	in := &Inputs{index: index, most: max(50, MostPairs/max(1, len(needs)))}
	for i := range offers {
		in.offers = append(in.offers, column{Offer: &offers[i], supply: SupplyOf(&offers[i])})
	}
	slices.SortFunc(in.offers, func(a, b column) int { return cmp.Compare(a.ID, b.ID) })
	for i := range needs {
		in.needs = append(in.needs, row{Need: &needs[i]})
	}
	slices.SortFunc(in.needs, func(a, b row) int { return cmp.Compare(a.ID, b.ID) })
	if err := in.unique(); err != nil {
		return nil, err
	}
	reports, err := index.Needs(ctx, in.most, runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, err
	}
	for i := range reports {
		if n, known := in.need(reports[i].ID); known {
			in.needs[n].candidates = in.candidates(reports[i].Matches)
		}
	}
	return in, nil
}

// unique reports an id that two postings share.
func (in *Inputs) unique() error {
	for i := range in.needs {
		if i > 0 && in.needs[i].ID == in.needs[i-1].ID {
			return fmt.Errorf("plan: two needs have the id %q", in.needs[i].ID)
		}
	}
	for i := range in.offers {
		if i > 0 && in.offers[i].ID == in.offers[i-1].ID {
			return fmt.Errorf("plan: two offers have the id %q", in.offers[i].ID)
		}
	}
	return nil
}

// need finds a need by its id.
func (in *Inputs) need(id string) (int, bool) {
	return slices.BinarySearchFunc(in.needs, id, func(r row, id string) int { return cmp.Compare(r.ID, id) })
}

// offer finds an offer by its id.
func (in *Inputs) offer(id string) (int, bool) {
	return slices.BinarySearchFunc(in.offers, id, func(c column, id string) int { return cmp.Compare(c.ID, id) })
}

// candidates are the matches of a need.
func (in *Inputs) candidates(matches []matching.Match) []Candidate {
	list := make([]Candidate, 0, len(matches))
	for i := range matches {
		if o, known := in.offer(matches[i].ID); known {
			list = append(list, Candidate{Offer: o, Score: matches[i].Score})
		}
	}
	return list
}

// Problem states the inputs as a problem. What is out has no part in it.
func (in *Inputs) Problem() *Problem {
	p := &Problem{Extras: in.extras, Offers: make([]Offer, len(in.offers)), Needs: make([]Need, 0, len(in.needs))}
	for i, c := range in.offers {
		p.Offers[i] = Offer{ID: c.ID, Provider: c.Provider}
		if !c.out {
			p.Offers[i].Supply = c.supply
		}
	}
	for _, r := range in.needs {
		if !r.out {
			p.Needs = append(p.Needs, Need{ID: r.ID, Gap: min(r.Gap, MaxAmount), Candidates: in.standing(r.candidates)})
		}
	}
	return p
}

// standing are the candidates that are not out.
func (in *Inputs) standing(list []Candidate) []Candidate {
	if !slices.ContainsFunc(list, func(c Candidate) bool { return in.offers[c.Offer].out }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(c Candidate) bool { return in.offers[c.Offer].out })
}
