package plan

import (
	"cmp"
	"fmt"
	"slices"

	"entente/matching"
)

// Change is one thing that could be otherwise. It is about one need, one offer
// or one provider, and says one of: more money, a posting changed, out.
type Change struct {
	Need     string
	Offer    string
	Provider matching.Party

	// Amount in US cents is what an offer could give beyond what it has, or a
	// provider through any of its offers.
	Amount int64
	// Posting is how the need or the offer could be otherwise.
	Posting matching.Change
	// Out takes the need, the offer, or all offers of the provider out.
	Out bool
}

// With returns the inputs as they would be after the changes, one after the
// other; these inputs stay as they are. Only what changes is ranked anew. It
// fails for a change that is none, or of something that is not among the
// inputs.
func (in *Inputs) With(changes []Change) (*Inputs, error) {
	out := *in
	out.needs, out.offers, out.extras = slices.Clone(in.needs), slices.Clone(in.offers), slices.Clone(in.extras)
	for i, c := range changes {
		if err := out.apply(c); err != nil {
			return nil, fmt.Errorf("plan: change %d: %w", i+1, err)
		}
	}
	return &out, nil
}

// apply makes one change.
func (in *Inputs) apply(c Change) error {
	named, said := 0, 0
	for _, is := range []bool{c.Need != "", c.Offer != "", c.Provider != ""} {
		if is {
			named++
		}
	}
	for _, is := range []bool{c.Amount != 0, !c.Posting.Zero(), c.Out} {
		if is {
			said++
		}
	}
	switch {
	case named != 1 || said != 1:
		return fmt.Errorf("it is about %d postings or providers and says %d things, not one each", named, said)
	case c.Amount < 0 || c.Amount > MaxAmount:
		return fmt.Errorf("the amount of %d is out of range", c.Amount)
	case c.Need != "":
		return in.changeNeed(c)
	case c.Offer != "":
		return in.changeOffer(c)
	}
	return in.changeProvider(c)
}

// changeNeed changes a need, and ranks the offers for it anew.
func (in *Inputs) changeNeed(c Change) error {
	i, known := in.need(c.Need)
	switch {
	case !known:
		return fmt.Errorf("no need %q", c.Need)
	case c.Amount != 0:
		return fmt.Errorf("need %q gives nothing", c.Need)
	case c.Out:
		in.needs[i].out, in.index = true, in.index.RemoveNeed(c.Need)
		return nil
	}
	changed := in.needs[i].With(c.Posting)
	in.index = in.index.PutNeed(&changed)
	in.needs[i].Need, in.needs[i].candidates = &changed, in.candidates(in.index.ForNeed(&changed, in.most).Matches)
	return nil
}

// changeOffer changes an offer, and ranks it anew for every need.
func (in *Inputs) changeOffer(c Change) error {
	i, known := in.offer(c.Offer)
	switch {
	case !known:
		return fmt.Errorf("no offer %q", c.Offer)
	case c.Out:
		in.takeOut(i)
		return nil
	case c.Amount != 0:
		changed := richer(in.offers[i].Offer, c.Amount)
		in.put(i, &changed, SupplyOf(&changed))
		return nil
	}
	changed := in.offers[i].With(c.Posting)
	in.put(i, &changed, in.offers[i].supply)
	return nil
}

// changeProvider gives a provider an extra amount, which counts in the scores
// of all of its offers that state one, or takes all of its offers out.
func (in *Inputs) changeProvider(c Change) error {
	if !c.Posting.Zero() {
		return fmt.Errorf("provider %q is no posting", c.Provider)
	}
	known := false
	for i := range in.offers {
		o := &in.offers[i]
		if o.Provider != c.Provider {
			continue
		}
		known = true
		if c.Out {
			in.takeOut(i)
		} else if o.Ceiling > 0 || o.Remaining > 0 {
			changed := richer(o.Offer, c.Amount)
			in.put(i, &changed, o.supply)
		}
	}
	if !known {
		return fmt.Errorf("no offer of provider %q", c.Provider)
	}
	if c.Amount > 0 {
		in.extras = append(in.extras, Extra{Provider: c.Provider, Amount: c.Amount})
	}
	return nil
}

// takeOut takes an offer out.
func (in *Inputs) takeOut(place int) {
	in.offers[place].out, in.index = true, in.index.RemoveOffer(in.offers[place].ID)
}

// richer is an offer that has an amount more, and is not exhausted.
func richer(o *matching.Offer, amount int64) matching.Offer {
	changed := *o
	changed.Ceiling += amount
	changed.Remaining += amount
	changed.Exhausted = false
	return changed
}

// put puts a changed offer in the place of the one there was.
func (in *Inputs) put(place int, o *matching.Offer, s Supply) {
	in.offers[place].Offer, in.offers[place].supply = o, s
	in.index = in.index.PutOffer(o)
	scores := map[string]matching.Score{}
	for _, m := range in.index.ForOffer(o, 0).Matches {
		scores[m.ID] = m.Score
	}
	for i := range in.needs {
		r := &in.needs[i]
		score, fits := scores[r.ID]
		was := slices.IndexFunc(r.candidates, func(c Candidate) bool { return c.Offer == place })
		if !fits && was < 0 || fits && was >= 0 && r.candidates[was].Score == score {
			continue
		}
		list := slices.DeleteFunc(slices.Clone(r.candidates), func(c Candidate) bool { return c.Offer == place })
		if fits {
			list = append(list, Candidate{Offer: place, Score: score})
		}
		slices.SortFunc(list, func(a, b Candidate) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Offer, b.Offer))
		})
		r.candidates = list
	}
}
