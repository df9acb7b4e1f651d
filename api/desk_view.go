package api

import (
	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// deskView puts a proposal with all that belongs to a decision into its answer.
func (c *call) deskView(state *catalogue.State, d *platform.Desk) DeskProposal {
	v := DeskProposal{Proposal: c.proposalView(state, d.Proposal), Step: DeskStep(d.Step), StepLabel: c.stepLabel(d.Step), Clocks: []Clock{}, Mine: d.Mine, Offers: []Offer{},
		Marks: c.marks(d.Marks), Duplicates: []LikelyDuplicate{}, MoreDuplicates: d.MoreDuplicates, Passed: []DeskFilter{}, Fairness: []DeskFairness{}}
	title := c.needInShort(state, d.Proposal.Need).Title
	for i := range d.Clocks {
		v.Clocks = append(v.Clocks, c.clockView(&platform.OwnClock{Clock: d.Clocks[i], Title: title}))
	}
	if t := d.Turn; t != nil {
		v.Turn = DeskTurn{Clock: t.ID, Kind: ClockKind(t.Kind), Label: c.text("clock."+string(t.Kind), string(t.Kind)), LastDay: t.Last, DaysLeft: d.DaysLeft,
			Overdue: t.Over(c.now), Stopped: !t.Paused.IsZero(), Owners: c.ownersView(t.Owners)}
	}
	if d.Need != nil {
		v.Need = c.needView(d.Need, d.Withheld[d.Need.ID])
	}
	for _, o := range d.Offers {
		v.Offers = append(v.Offers, c.offerView(o, d.Withheld[o.ID]))
	}
	c.scoreOnDesk(&v, state, d)
	v.Conflicts = c.conflictsView(d)
	c.reviewOnDesk(&v, state, d)
	for i := range d.Duplicates {
		v.Duplicates = append(v.Duplicates, c.duplicateView(&d.Duplicates[i]))
	}
	v.Alternates = c.alternatesView(state, d)
	if d.Bundles != nil {
		v.Bundles = c.bundles(state, d.Bundles)
	}
	for i := range d.Fairness {
		v.Fairness = append(v.Fairness, c.fairnessView(&d.Fairness[i]))
	}
	return v
}

// scoreOnDesk is the score in its parts: as it was frozen while a review is under
// way, otherwise as of today.
func (c *call) scoreOnDesk(v *DeskProposal, state *catalogue.State, d *platform.Desk) {
	v.Parts = Parts{}
	if v.Holds = d.Now.Holds; v.Holds {
		v.Score, v.Parts = int64(d.Now.Score), c.parts(d.Now.Parts)
	}
	if f := d.Frozen; f != nil {
		then := c.caseView(state, f)
		v.Holds, v.Score, v.Parts = f.Holds, f.Score, present(then.Parts)
		v.Frozen = DeskFrozen{NeedVersion: then.NeedVersion, OfferVersions: then.OfferVersions, Changed: d.Changed, HoldsNow: d.Now.Holds}
		if d.Now.Holds {
			v.Frozen.ScoreNow = int64(d.Now.Score)
		}
	}
	if v.Holds {
		for reason := matching.NeedClosed; reason.Reported(); reason++ {
			v.Passed = append(v.Passed, DeskFilter{Filter: reason.String(), Sentence: c.text("desk.filter."+reason.String(), reason.String())})
		}
	}
}

// conflictsView says who is recused and who decides.
func (c *call) conflictsView(d *platform.Desk) DeskConflicts {
	v := DeskConflicts{Recused: []DeskRecused{}, NotRecused: d.Conf.NotRecused, Minimum: d.Conf.Minimum, Enough: d.Conf.Enough, Self: !d.Others}
	if d.Conf.Presiding != 0 {
		v.Presiding = ReviewChair{Country: c.state(d.Conf.Presiding), Acting: d.Conf.Acting}
	}
	for _, m := range d.Conf.Recused {
		one := DeskRecused{Country: c.state(m.Country), Side: m.Side, Declared: m.Declared != nil}
		if m.Declared != nil {
			one.Text = m.Declared.Text
		}
		v.Recused = append(v.Recused, one)
	}
	return v
}

// reviewOnDesk is the latest review in short, and the advice, given or not yet
// given.
func (c *call) reviewOnDesk(v *DeskProposal, state *catalogue.State, d *platform.Desk) {
	if d.Advice.Named {
		v.Advice.Adviser = c.state(d.Advice.Adviser)
	}
	if d.Review == nil {
		return
	}
	whole := c.reviewView(state, d.Review)
	if whole.Advice.Given {
		v.Advice = whole.Advice
	}
	short := DeskReview{ID: whole.ID, Version: whole.Version, Status: whole.Status, StatusLabel: whole.StatusLabel, Opened: whole.Opened, Objections: []ReviewObjection{},
		Text: whole.Text, Comments: len(whole.Comments), May: whole.May}
	if n := len(whole.Silences); n > 0 {
		short.Silence = whole.Silences[n-1]
	}
	for _, o := range whole.Objections {
		if o.Stands {
			short.Objections = append(short.Objections, o)
		}
	}
	if _, pending := d.Review.Pending(); pending {
		short.Modification = whole.Modifications[len(whole.Modifications)-1]
	}
	v.Review = short
}

// alternatesView lists what could take the place of one side.
func (c *call) alternatesView(state *catalogue.State, d *platform.Desk) DeskAlternates {
	view := func(list []platform.Alternate, short func(documents, string) Posting) []DeskAlternate {
		out := []DeskAlternate{}
		for _, a := range list {
			one := DeskAlternate{Posting: short(state, a.Posting), Score: int64(a.Score), Proposal: a.Proposal, Status: string(a.Status)}
			if a.Status != "" {
				one.StatusLabel = c.name(message.Status, "proposal."+string(a.Status))
			}
			out = append(out, one)
		}
		return out
	}
	return DeskAlternates{Offers: view(d.OtherOffers, c.offerInShort), Needs: view(d.OtherNeeds, c.needInShort), Shown: d.Others}
}

// fairnessView says how often somebody was served, in figures and in words.
func (c *call) fairnessView(f *platform.FairnessNote) DeskFairness {
	v := DeskFairness{Side: Side(f.Side), Participant: c.named(message.Party, string(f.Participant)), Proposed: f.Proposed, Endorsed: f.Endorsed, Introduced: f.Introduced, Agreed: f.Agreed, Delivered: f.Delivered,
		EndorsedMean: f.Mean, Underserved: f.Less}
	v.Sentences = []string{
		c.say(message.New("desk.fairness.counts", message.Int("proposed", f.Proposed), message.Int("endorsed", f.Endorsed), message.Int("introduced", f.Introduced), message.Int("agreed", f.Agreed), message.Int("delivered", f.Delivered))),
		c.say(message.New("desk.fairness.mean."+string(f.Side), message.Of(message.Millionths, "mean", message.Int("", f.Mean).Value))),
	}
	if f.Side == cooperation.NeedSide {
		how, from := ".more", ".here"
		if f.Less {
			how = ".less"
		}
		if f.Known {
			from = ".record"
		}
		v.Sentences = append(v.Sentences, c.say(message.New("desk.fairness"+how+from)))
	}
	return v
}
