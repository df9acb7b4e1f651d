package platform

import (
	"context"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/reference"
)

// How much of what surrounds a proposal is shown in a queue, and of one alone.
const (
	queueAlternates = 3
	deskAlternates  = 10
	queueBundles    = 1
	queueDuplicates = 5
)

// Desk is a proposal with all that belongs to a decision about it, as somebody
// may see it who reviews it.
type Desk struct {
	Proposal *cooperation.Proposal
	Step     cooperation.DeskStep
	Clocks   []cooperation.Clock
	Turn     *cooperation.Clock // that tells whose turn it is; nil where no clock runs
	DaysLeft int                // working days until the last day of it, or that are left while it is stopped
	Mine     bool               // something waits for the reader

	Need     *cooperation.Need // nil where it is not for the reader
	Offers   []*cooperation.Offer
	Withheld map[string][]string

	Now     Scored                // as it scores today
	Changed bool                  // whether a posting is another than the one that was frozen
	Frozen  *cooperation.Case     // as it stood when its review was opened; nil where it is in none
	Marks   []matching.Mark       // South-South, triangular
	Conf    cooperation.Conflicts // who is recused, and who decides
	Review  *cooperation.Review   // the latest, as the reader may see it; nil before the first
	Advice  Advice

	Duplicates     []LikelyDuplicate
	MoreDuplicates int  // that are not listed
	Others         bool // whether the reader is shown what could take its place
	OtherOffers    []Alternate
	OtherNeeds     []Alternate
	Bundles        *Bundles // that could cover the need where the offer alone does not; nil where there are none
	Fairness       []FairnessNote
}

// Scored is a pairing as it scores today.
type Scored struct {
	Holds bool // whether it passes the filters
	Score matching.Score
	Parts []matching.Part
}

// Advice says who is to advise on gender and diversity today; what was advised is
// in the review.
type Advice struct {
	Adviser reference.Country
	Named   bool
}

// Alternate is what could take the place of one side of a proposal: an offer for
// its need, or a need for its offer.
type Alternate struct {
	Posting  string
	Score    matching.Score
	Proposal string // of the two; empty where nobody has proposed them
	Status   cooperation.ProposalStatus
}

// FairnessNote says how often somebody on a side of a proposal was proposed, and
// what came of it, beside the average of all who were.
type FairnessNote struct {
	Side        cooperation.Side
	Participant cooperation.Participant
	catalogue.Turns
	Mean  int64 // of the endorsed proposals of all on that side, in millionths
	Less  bool  // of a beneficiary: whether it had less than others
	Known bool  // whether that was read from help on record; otherwise from what was endorsed here
}

// Desk returns one proposal with all that belongs to a decision about it.
func (p *Platform) Desk(ctx context.Context, actor cooperation.Actor, id string) (*Desk, error) {
	r, q, err := p.findProposal(id)
	if err != nil || !p.SeesProposal(actor, q).Any() {
		return nil, cooperation.Absent()
	}
	w, err := p.clerk(r, actor, q.Committee)
	if err != nil {
		return nil, err
	}
	one := catalogue.Queued{Proposal: q}
	one.Review, _ = r.state.Review(q.Review)
	one.Clocks = cooperation.DeskClocks(q, one.Review, w.keeper)
	d := w.lay(&one, deskAlternates, BundlesListed, 3*mostDuplicates)
	if d.Changed {
		return d, p.asShown(ctx, actor, d)
	}
	return d, nil
}

// asShown puts the versions that were frozen into the place of the present ones.
func (p *Platform) asShown(ctx context.Context, actor cooperation.Actor, d *Desk) error {
	cases, err := p.ReviewCases(ctx, actor, d.Review.ID)
	if err != nil {
		return err
	}
	for i := range cases {
		if cases[i].Case.Proposal == d.Proposal.ID {
			d.Need, d.Offers, d.Withheld = cases[i].Need, cases[i].Offers, cases[i].Withheld
		}
	}
	return nil
}

// clerk lays proposals of one body on the desk of one reader.
type clerk struct {
	*room
	platform *Platform
	actor    cooperation.Actor
	body     cooperation.Committee
	keeper   *cooperation.Timekeeper
	now      time.Time
	lens     *lens
	served   *catalogue.Served
}

// clerk refuses whom the desk of a body is not for.
func (p *Platform) clerk(r *room, actor cooperation.Actor, committee string) (*clerk, error) {
	w := &clerk{room: r, platform: p, actor: actor, now: p.clock()}
	conv := r.convention()
	body, known := conv.Committee(committee)
	if !known {
		body = cooperation.Committee{ID: committee} // nobody is responsible: the secretariat facilitates
	}
	if !cooperation.MaySeeDesk(actor, r.id(), &body) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	w.body, w.keeper = body, conv.Timekeeper(r.state, w.now)
	var err error
	w.lens, err = p.look(r)
	w.served = r.state.Served()
	return w, err
}

// lay puts one proposal on the desk.
func (w *clerk) lay(q *catalogue.Queued, alternates, bundles, duplicates int) *Desk {
	sides := sidesOf(w.state, q.Proposal)
	participants := sides.Participants()
	d := &Desk{Proposal: q.Proposal.Shown(w.actor, sides), Step: cooperation.DeskStepOf(q.Proposal, q.Review, q.Clocks, w.now), Clocks: q.Clocks,
		Mine: w.awaits(q), Withheld: map[string][]string{}, Conf: cooperation.ConflictsOf(&w.body, w.keeper.Today(), participants, under(q))}
	d.Advice.Adviser, d.Advice.Named = w.body.AdviserOn(w.keeper.Today())
	w.turn(d)
	w.postings(d, sides)
	if q.Review != nil {
		d.Review = w.platform.shownReview(w.room, w.actor, q.Review)
	}
	if r := under(q); r != nil {
		if at := slices.IndexFunc(r.Cases, func(c cooperation.Case) bool { return c.Proposal == q.Proposal.ID }); at >= 0 {
			d.Frozen = &r.Cases[at]
			d.Changed = !d.Frozen.Current(sides)
		}
	}
	d.Others = cooperation.SeesOthers(w.actor, w.id(), participants)
	w.compare(d, q.Proposal, alternates, bundles)
	w.likely(d, sides.Need, duplicates)
	w.fairness(d, sides)
	return d
}

// under is the review that a queued proposal is in.
func under(q *catalogue.Queued) *cooperation.Review {
	if q.Proposal.Status != cooperation.InReview {
		return nil
	}
	return q.Review
}

// awaits reports whether something waits for the reader.
func (w *clerk) awaits(q *catalogue.Queued) bool {
	return cooperation.AwaitsOnDesk(q.Clocks, under(q), &w.body, w.actor, w.keeper.Today(), w.now)
}

// turn says whose turn it is, and how long.
func (w *clerk) turn(d *Desk) {
	c, ok := cooperation.DeskClock(d.Clocks, w.now)
	if !ok {
		return
	}
	d.Turn, d.DaysLeft = &c, c.Left
	if c.Paused.IsZero() && !c.Last.IsZero() {
		d.DaysLeft = w.keeper.Left(w.now, c.Last)
	}
}

// postings are both sides as the reader may see them.
func (w *clerk) postings(d *Desk, sides *cooperation.Sides) {
	if n := sides.Need; n != nil {
		d.Need, d.Withheld[n.ID] = n.Shown(w.actor)
	}
	for _, o := range sides.Offers {
		if shown, withheld := o.Shown(w.actor); shown != nil {
			d.Offers, d.Withheld[o.ID] = append(d.Offers, shown), withheld
		}
	}
}

// compare scores the proposal as of today, and lists what could take its place.
func (w *clerk) compare(d *Desk, q *cooperation.Proposal, alternates, bundles int) {
	need := w.lens.needs[q.Need]
	offers := make([]*matching.Offer, 0, len(q.Offers))
	for _, id := range q.Offers {
		if o := w.lens.offers[id]; o != nil {
			offers = append(offers, o)
		}
	}
	if need != nil && len(offers) == len(q.Offers) && len(offers) > 0 {
		found := w.lens.explained(need, offers)
		d.Now = Scored{found.holds, found.result.Score, found.result.Parts}
		d.Marks = matching.Marks(need, offers...)
	}
	if !d.Others {
		return
	}
	if need != nil {
		d.OtherOffers = w.others(w.lens.forNeed(need).Matches, q.Offers, alternates, func(offer string) (string, string) { return q.Need, offer })
		if len(offers) != 1 || !coversAlone(need, offers[0]) {
			d.Bundles = w.lens.bundled(need).first(bundles)
		}
	}
	if len(offers) == 1 {
		d.OtherNeeds = w.others(w.lens.forOffer(offers[0]).Matches, []string{q.Need}, alternates, func(other string) (string, string) { return other, offers[0].ID })
	}
}

// coversAlone reports whether an offer gives all that a need asks for.
func coversAlone(n *matching.Need, o *matching.Offer) bool {
	return n.Kinds&^o.Kinds == 0 && (n.Gap <= 0 || o.Amount() >= n.Gap)
}

// first are the best of the bundles; nil where there are none.
func (b *Bundles) first(k int) *Bundles {
	if len(b.Report.Bundles) == 0 {
		return nil
	}
	c := *b
	k = min(k, len(c.Report.Bundles))
	c.Report.Bundles, c.Parts = c.Report.Bundles[:k:k], c.Parts[:k:k]
	return &c
}

// others lists the best candidates besides those of the proposal itself. A
// pairing that was proposed and has ended is nobody's alternate.
func (w *clerk) others(matches []matching.Match, own []string, most int, pair func(string) (need, offer string)) (out []Alternate) {
	for i := range matches {
		m := &matches[i]
		if len(out) == most {
			break
		}
		if slices.Contains(own, m.ID) {
			continue
		}
		need, offer := pair(m.ID)
		one := Alternate{Posting: m.ID, Score: m.Score}
		if q, proposed := w.state.Proposal(cooperation.ProposalID(w.id(), need, offer)); proposed {
			if !q.Alive() && q.Status != cooperation.SupersededProposal {
				continue
			}
			one.Proposal, one.Status = q.ID, q.Status
		}
		out = append(out, one)
	}
	return out
}

// likely lists what is likely to be the same as the need.
func (w *clerk) likely(d *Desk, n *cooperation.Need, most int) {
	if n == nil {
		return
	}
	_, found, err := w.platform.Duplicates(w.actor, n.ID)
	if err != nil {
		return // they are not for the reader
	}
	d.Duplicates = found[:min(most, len(found))]
	d.MoreDuplicates = len(found) - len(d.Duplicates)
}

// fairness says how often those on both sides were served.
func (w *clerk) fairness(d *Desk, sides *cooperation.Sides) {
	endorsed := func(t catalogue.Turns) int { return t.Endorsed }
	if n := sides.Need; n != nil {
		mean := catalogue.Mean(w.served.Beneficiaries, endorsed)
		for _, b := range n.Beneficiaries {
			note := FairnessNote{Side: cooperation.NeedSide, Participant: cooperation.Participant(b.Alpha2()), Mean: mean}
			note.Turns = w.served.Beneficiaries[note.Participant]
			if note.Less, note.Known = w.lens.setting.Underserved(b); !note.Known {
				note.Less = int64(note.Endorsed)*1_000_000 < mean
			}
			d.Fairness = append(d.Fairness, note)
		}
	}
	mean := catalogue.Mean(w.served.Providers, endorsed)
	for _, o := range sides.Offers {
		for _, one := range o.Providers() {
			d.Fairness = append(d.Fairness, FairnessNote{Side: cooperation.OfferSide, Participant: one, Turns: w.served.Providers[one], Mean: mean})
		}
	}
}
