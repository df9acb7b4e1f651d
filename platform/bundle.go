package platform

import (
	"context"
	"slices"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/bundle"
	"entente/message"
)

// BundlesListed is how many bundles are listed for a need.
const BundlesListed = 5

// Bundles are the best bundles of offers for one need.
type Bundles struct {
	Need   *matching.Need
	Report bundle.Report
	// Parts explain the score of each bundle, in their order: the sentences of
	// every part.
	Parts [][matching.PartCount][]message.Message
}

// finder finds bundles in the state that the lens shows.
func (l *lens) finder() *bundle.Finder {
	return &bundle.Finder{Now: matching.DayOf(l.day.Time()), Setting: l.setting, Ranker: l.index,
		Offer: func(id string) *matching.Offer { return l.offers[id] }}
}

// together explains several offers as a bundle; false when they are none.
func (l *lens) together(need *matching.Need, offers []*matching.Offer) (matching.Result, bool) {
	finder := l.finder()
	b, ok := finder.Of(need, offers...)
	if !ok {
		return matching.Result{}, false
	}
	for p, sentences := range finder.Explain(need, &b) {
		b.Parts[p].Message = sentences[0]
	}
	return matching.Result{Score: b.Score, Parts: b.Parts[:]}, true
}

// bundles finds and explains the best bundles for a need.
func (l *lens) bundles(need *matching.Need) *Bundles {
	finder := l.finder()
	b := &Bundles{Need: need, Report: finder.Find(need, BundlesListed)}
	for i := range b.Report.Bundles {
		b.Parts = append(b.Parts, finder.Explain(need, &b.Report.Bundles[i]))
	}
	return b
}

// Bundles finds the best bundles for a need of the run, which must have listed
// it, as the run saw the offers; empty for any other need.
func (r *Ranking) Bundles(need string) bundle.Report {
	n := r.plan.needs[need]
	if n == nil {
		return bundle.Report{}
	}
	finder := bundle.Finder{Now: r.plan.day, Setting: r.plan.setting, Ranker: r.plan.index,
		Offer: func(id string) *matching.Offer { return r.plan.offers[id] }}
	return finder.Find(n, BundlesListed)
}

// Need is a need as the run saw it, nil when it saw none with the id.
func (r *Ranking) Need(id string) *matching.Need { return r.plan.needs[id] }

// Marks are the marks of a pairing as the run saw it.
func (r *Ranking) Marks(need, offer string) []matching.Mark {
	n, o := r.plan.needs[need], r.plan.offers[offer]
	if n == nil || o == nil {
		return nil
	}
	return matching.Marks(n, o)
}

// ProposeBundle proposes several offers that cover a need together. Of what
// covers it the filters of today decide; of a proposal that stands nothing
// changes.
func (p *Platform) ProposeBundle(ctx context.Context, actor cooperation.Actor, need string, offers []string) (*cooperation.Proposal, error) {
	r, n, err := p.findNeed(need)
	if err != nil || !cooperation.SeesNeed(actor, n).Any() {
		return nil, cooperation.Absent()
	}
	pairing := &cooperation.Proposal{Need: need, Offers: slices.Sorted(slices.Values(offers))}
	pairing.Convention = r.id()
	_, covers := p.Pairing(pairing)
	var made *cooperation.Proposal
	var sides *cooperation.Sides
	err = r.do(ctx, "proposal.bundle", actor, func(d *draft) (err error) {
		now := p.clock()
		if sides = sidesOf(drafts{r, d}, pairing); len(sides.Offers) != len(offers) {
			return cooperation.Absent()
		}
		before, _ := r.proposal(d, cooperation.ProposalID(r.id(), need, offers...))
		responsible, informed := r.bodies(n)
		made, err = cooperation.Together(r.under(d), sides, append([]string{responsible}, informed...), covers, before, actor, now)
		if err != nil || made == before {
			return err
		}
		if before == nil {
			before = pairing // which nobody has proposed
		}
		return p.putChanged(r, d, before, r.aggregated(made), sides, actor, now)
	})
	if err != nil {
		return nil, err
	}
	return made.Shown(actor, sides), nil
}
