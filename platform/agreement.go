package platform

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
)

// findAgreement finds the convention of an agreement, for ids are unique over
// all.
func (p *Platform) findAgreement(id string) (*room, *cooperation.Agreement, error) {
	for _, name := range p.order {
		if x, ok := p.rooms[name].state.Agreement(id); ok {
			return p.rooms[name], x, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (r *room) agreement(d *draft, id string) (*cooperation.Agreement, bool) {
	if x, ok := decided[*cooperation.Agreement](d, catalogue.KindAgreement, id); ok {
		return x, true
	}
	return r.state.Agreement(id)
}

// Agreement returns an agreement as the actor may see it.
func (p *Platform) Agreement(actor cooperation.Actor, id string) (*cooperation.Agreement, error) {
	r, x, err := p.findAgreement(id)
	if err != nil {
		return nil, err
	}
	shown := x.Shown(actor, r.standing(), r.sidesOfAgreement(x))
	if shown == nil {
		return nil, cooperation.Absent()
	}
	return shown, nil
}

// ShowAgreement is an agreement as the actor may see it; nil when it does not
// exist for him.
func (p *Platform) ShowAgreement(actor cooperation.Actor, x *cooperation.Agreement) *cooperation.Agreement {
	r := p.rooms[x.Convention]
	return x.Shown(actor, r.standing(), r.sidesOfAgreement(x))
}

// MayInAgreement lists what the actor may do to an agreement at its step.
func (p *Platform) MayInAgreement(actor cooperation.Actor, id string) []cooperation.Action {
	r, x, err := p.findAgreement(id)
	if err != nil {
		return nil
	}
	q, _ := r.state.Proposal(x.Proposal)
	return x.Options(actor, q, r.sidesOfAgreement(x))
}

// sidesOfAgreement are the two sides of an agreement as they stand.
func (r *room) sidesOfAgreement(x *cooperation.Agreement) *cooperation.Sides {
	return sidesOf(r.state, &cooperation.Proposal{Need: x.Need, Offers: x.Offers})
}

// talks are what a command on an agreement may change: copies of all documents
// that one commit writes.
type talks struct {
	agreement   *cooperation.Agreement
	keeper      *cooperation.Timekeeper
	proposal    *cooperation.Proposal
	sides       *cooperation.Sides
	partnership *cooperation.Partnership // that was made
	now         time.Time
}

// talksOn copies the documents that are about a proposal.
func (p *Platform) talksOn(r *room, d *draft, proposal string) (*talks, bool) {
	q, ok := r.proposal(d, proposal)
	if !ok {
		return nil, false
	}
	now := p.clock()
	t := &talks{keeper: r.keeper(d, now), now: now, sides: &cooperation.Sides{}}
	c := *q
	t.proposal = &c
	standing := sidesOf(drafts{r, d}, q)
	if standing.Need != nil {
		n := *standing.Need
		t.sides.Need = &n
	}
	for _, o := range standing.Offers {
		c := *o
		t.sides.Offers = append(t.sides.Offers, &c)
	}
	return t, t.sides.Need != nil
}

// interest notes that whoever negotiates wants to talk.
func (t *talks) interest(actor cooperation.Actor) {
	if t.proposal.Met() {
		_, _ = t.proposal.Interest(t.sides, true, actor, t.now) // a co-provider speaks for no side, and need not
	}
}

// BeginAgreement starts the talks on terms with a first version of them. The
// same version once more is the same agreement; with another it is a conflict,
// for there is one agreement of a proposal.
func (p *Platform) BeginAgreement(ctx context.Context, actor cooperation.Actor, proposal string, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error) {
	r, _, err := p.findProposal(proposal)
	if err != nil {
		return nil, err
	}
	setting, err := p.setting(r)
	if err != nil {
		return nil, err
	}
	var made *cooperation.Agreement
	var sides *cooperation.Sides
	err = r.do(ctx, "agreement.begin", actor, func(d *draft) (err error) {
		t, ok := p.talksOn(r, d, proposal)
		if !ok || !cooperation.SeesProposal(actor, t.proposal, t.sides.Need, t.sides.Offers).Any() {
			return cooperation.Absent()
		}
		sides = t.sides
		if before, exists := r.agreement(d, cooperation.AgreementID(proposal)); exists {
			if !cooperation.MayAgree(actor, cooperation.ProposeTerms, before, t.sides) {
				return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action") // what one may not do comes before what there is
			}
			first := before.Versions[0]
			if made = before; first.By != actor.ID || first.Note != note || !same(first.Terms, terms) {
				return cooperation.Refuse(cooperation.Conflict, "error.conflict.agreement")
			}
			return nil
		}
		if made, err = cooperation.BeginAgreement(t.keeper, t.proposal, t.sides, terms, note, actor, t.now); err != nil {
			return err
		}
		t.agreement = made
		t.interest(actor)
		return p.putTalks(r, d, t, actor, cooperation.ProposeTerms, setting)
	})
	if err != nil {
		return nil, err
	}
	return made.Shown(actor, r.standing(), sides), nil
}

// changeAgreement lets a command change copies of the agreement and of what it
// is about, and commits all that has changed: it is all agreed in one commit, or
// not at all.
func (p *Platform) changeAgreement(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(t *talks) (bool, error)) (*cooperation.Agreement, error) {
	r, _, err := p.findAgreement(id)
	if err != nil {
		return nil, err
	}
	setting, err := p.setting(r)
	if err != nil {
		return nil, err
	}
	var t *talks
	err = r.do(ctx, "agreement."+string(action), actor, func(d *draft) error {
		before, ok := r.agreement(d, id)
		if !ok {
			return cooperation.Absent()
		}
		if t, ok = p.talksOn(r, d, before.Proposal); !ok || !cooperation.SeesAgreement(actor, t.keeper, before, t.sides).Any() {
			return cooperation.Absent()
		}
		c := *before
		t.agreement = &c
		if err := match.check(before.Version); err != nil {
			return err
		}
		changed, err := change(t)
		if err != nil || !changed {
			return err
		}
		return p.putTalks(r, d, t, actor, action, setting)
	})
	if err != nil {
		return nil, err
	}
	return t.agreement.Shown(actor, t.keeper, t.sides), nil
}

// putTalks puts into the draft all that a command on an agreement has changed,
// and what people have to be told.
func (p *Platform) putTalks(r *room, d *draft, t *talks, actor cooperation.Actor, action cooperation.Action, setting *matching.Setting) error {
	x, q := t.agreement, t.proposal
	if before, ok := r.proposal(d, q.ID); ok && q.Version != before.Version {
		q.Version = before.Version + 1 // of several steps in one commit there is one version
		if q.Status == cooperation.Declined {
			r.closeIntroduction(d, q, t.now)
		} else if _, err := r.introduced(d, before, q, t.sides, actor, t.now); err != nil {
			return err
		}
		d.putProposal(q)
	}
	d.put(catalogue.KindAgreement, x.ID, x.Version, x)
	if made := t.partnership; made != nil {
		d.put(catalogue.KindPartnership, made.ID, made.Version, made)
		d.putNeed(t.sides.Need)
		for _, o := range t.sides.Offers {
			d.putOffer(o)
		}
		p.overtake(r, d, t.sides, setting, t.now)
	}
	p.tell(r, d, cooperation.Occasion{Reason: "agreement." + string(action), Actor: actor, Agreement: x, Partnership: t.partnership, Proposal: q, Need: t.sides.Need, Offers: t.sides.Offers}, t.now)
	return nil
}

// closeIntroduction ends the introduction of a proposal of which the talks were
// broken off: nobody is asked any more.
func (r *room) closeIntroduction(d *draft, q *cooperation.Proposal, now time.Time) {
	if x, known := r.introduction(d, q.Introduction); known && x.Standing() {
		c := *x
		c.Close(now)
		d.putIntroduction(&c)
	}
}

// overtake takes proposals out of the way for which nothing is left: of a need
// that is covered, all that have not brought the sides together; otherwise those
// that nobody has taken up and that the filters would remove by now.
func (p *Platform) overtake(r *room, d *draft, sides *cooperation.Sides, setting *matching.Setting, now time.Time) {
	covered := sides.Need.Status == cooperation.NeedCovered
	for _, id := range r.touching(sides) {
		before, ok := r.proposal(d, id)
		if !ok {
			continue
		}
		all := covered && before.Need == sides.Need.ID
		if !all && (before.Status != cooperation.Proposed || r.fits(d, before, setting, now)) {
			continue
		}
		c := *before
		if c.Overtake(runner, now) != nil {
			continue
		}
		d.putProposal(&c)
		if before.Status == cooperation.InReview {
			p.leaveReview(r, d, &c, runner, now)
		}
	}
}

// touching lists the proposals of a need and of offers.
func (r *room) touching(sides *cooperation.Sides) []string {
	var out []string
	add := func(list []*cooperation.Proposal) {
		for _, q := range list {
			if !slices.Contains(out, q.ID) {
				out = append(out, q.ID)
			}
		}
	}
	add(r.state.ProposalsOf(sides.Need.ID))
	for _, o := range sides.Offers {
		add(r.state.ProposalsWith(o.ID))
	}
	return out
}

// fits reports whether the filters would keep a proposal of one offer as the
// draft leaves its postings. Of several it is for a run to say.
func (r *room) fits(d *draft, q *cooperation.Proposal, setting *matching.Setting, now time.Time) bool {
	s := sidesOf(drafts{r, d}, q)
	if s.Need == nil || len(s.Offers) == 0 {
		return false
	}
	need := catalogue.NeedFeatures(r.convention(), s.Need)
	for _, o := range s.Offers {
		offer := catalogue.OfferFeatures(r.convention(), o)
		if reason := matching.Filter(matching.DayOf(cooperation.DateOf(now).Time()), setting, &need, &offer); reason != matching.Candidate && len(s.Offers) == 1 || !need.Open || offer.Exhausted {
			return false
		}
	}
	return true
}

// setting is what the filters know of the convention today.
func (p *Platform) setting(r *room) (*matching.Setting, error) {
	shot, err := r.state.Snapshot(cooperation.DateOf(p.clock()))
	return shot.Setting, err
}

// ProposeTerms puts another version of the terms on the table.
func (p *Platform) ProposeTerms(ctx context.Context, actor cooperation.Actor, id string, match Match, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error) {
	return p.changeAgreement(ctx, actor, id, match, cooperation.ProposeTerms, func(t *talks) (bool, error) {
		if err := t.agreement.Propose(t.keeper, t.proposal, t.sides, terms, note, actor, t.now); err != nil {
			return false, err
		}
		t.interest(actor)
		return true, nil
	})
}

// AcceptTerms accepts the version with the number. The last one to accept, and to
// clear, makes the partnership.
func (p *Platform) AcceptTerms(ctx context.Context, actor cooperation.Actor, id string, match Match, number int, cleared *cooperation.Clearance) (*cooperation.Agreement, error) {
	return p.changeAgreement(ctx, actor, id, match, cooperation.AcceptTerms, func(t *talks) (changed bool, err error) {
		t.interest(actor)
		t.partnership, changed, err = t.agreement.Accept(t.keeper, t.proposal, t.sides, number, cleared, actor, t.now)
		return changed, err
	})
}

// ClearTerms clears the version with the number for those for whom the actor is
// approver.
func (p *Platform) ClearTerms(ctx context.Context, actor cooperation.Actor, id string, match Match, number int, cleared cooperation.Clearance) (*cooperation.Agreement, error) {
	return p.changeAgreement(ctx, actor, id, match, cooperation.ClearTerms, func(t *talks) (changed bool, err error) {
		t.partnership, changed, err = t.agreement.Clear(t.keeper, t.proposal, t.sides, number, cleared, actor, t.now)
		return changed, err
	})
}

// WithdrawTerms takes the terms on the table back.
func (p *Platform) WithdrawTerms(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Agreement, error) {
	return p.changeAgreement(ctx, actor, id, match, cooperation.Withdraw, func(t *talks) (bool, error) {
		return true, t.agreement.Withdraw(t.keeper, t.sides, actor, t.now)
	})
}

// EndTalks breaks the talks off for the actor's side.
func (p *Platform) EndTalks(ctx context.Context, actor cooperation.Actor, id string, match Match, reason cooperation.Reason, text string) (*cooperation.Agreement, error) {
	return p.changeAgreement(ctx, actor, id, match, cooperation.EndTalks, func(t *talks) (bool, error) {
		return true, t.agreement.End(t.keeper, t.proposal, t.sides, reason, text, actor, t.now)
	})
}

// outlive ends an agreement whose proposal has ended.
func (p *Platform) outlive(r *room, d *draft, id string, now time.Time) error {
	before, ok := r.agreement(d, id)
	if !ok {
		return nil
	}
	t, ok := p.talksOn(r, d, before.Proposal)
	if !ok {
		return nil
	}
	c := *before
	outlived := c.Outlive(t.proposal, clockwork, now) == nil // otherwise it was changed meanwhile
	if !outlived {
		return nil
	}
	t.agreement, t.now = &c, now
	return p.putTalks(r, d, t, clockwork, cooperation.EndTalks, nil)
}

// agreementSubject shows the versions of an agreement as far as the actor may
// see the present one.
func (p *Platform) agreementSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findAgreement(id)
	if err != nil {
		return nil, err
	}
	k, sides := r.standing(), r.sidesOfAgreement(present)
	return r.about(catalogue.KindAgreement, id, cooperation.SeesAgreement(actor, k, present, sides), func(change catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Agreement](change)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v.Shown(actor, k, sides), status: string(v.Status)}, nil
	})
}

// agreementEvent names the event that a version of an agreement is.
func (r *room) agreementEvent(body []byte) (event string, seen func(cooperation.Actor) bool) {
	var x cooperation.Agreement
	if json.Unmarshal(body, &x) != nil {
		return "", nil
	}
	return cooperation.EventOf(catalogue.KindAgreement, "", x.Version, string(x.Status)), func(a cooperation.Actor) bool {
		return cooperation.SeesAgreement(a, r.standing(), &x, r.sidesOfAgreement(&x)).Any()
	}
}
