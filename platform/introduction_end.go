package platform

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
)

// ReplyIntroduction notes what one of those who are asked answers.
func (p *Platform) ReplyIntroduction(ctx context.Context, actor cooperation.Actor, id string, match Match, reply cooperation.ReplyContent) (*cooperation.Introduction, error) {
	return p.changeIntroduction(ctx, actor, id, match, cooperation.ReplyIntroduction, func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error {
		return x.Answer(k, q, s, reply, actor, now)
	})
}

// AskIntroduction asks the other side something.
func (p *Platform) AskIntroduction(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Introduction, error) {
	return p.changeIntroduction(ctx, actor, id, match, cooperation.AskIntroduction, func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error {
		return x.Ask(k, q, s, text, actor, now)
	})
}

// AnswerIntroduction answers a question of the other side, counted from 1.
func (p *Platform) AnswerIntroduction(ctx context.Context, actor cooperation.Actor, id string, match Match, question int, text string) (*cooperation.Introduction, error) {
	return p.changeIntroduction(ctx, actor, id, match, cooperation.AnswerIntroduction, func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error {
		return x.Respond(k, q, s, question, text, actor, now)
	})
}

// EndIntroduction ends the talks of two sides that were introduced.
func (p *Platform) EndIntroduction(ctx context.Context, actor cooperation.Actor, id string, match Match, reason cooperation.Reason, text string) (*cooperation.Introduction, error) {
	return p.changeIntroduction(ctx, actor, id, match, cooperation.EndTalks, func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error {
		return x.End(k, q, s, reason, text, actor, now)
	})
}

// exclude notes on the postings of whoever has declined whom it does not want to
// be proposed again.
func (r *room) exclude(d *draft, before, x *cooperation.Introduction, sides *cooperation.Sides, now time.Time) error {
	for i := range x.Asked {
		w := &x.Asked[i]
		if len(w.Excluded) == 0 || len(before.Asked[i].Excluded) > 0 {
			continue
		}
		if w.Side == cooperation.NeedSide && sides.Need != nil {
			n := *sides.Need
			if err := n.Exclude(w.Excluded, now); err != nil {
				return err
			}
			d.putNeed(&n)
		}
		for _, o := range sides.Offers {
			if w.Side == cooperation.OfferSide && o.Provider == w.Participant {
				c := *o
				if err := c.Exclude(w.Excluded, now); err != nil {
					return err
				}
				d.putOffer(&c)
			}
		}
	}
	return nil
}

// putIntroduction commits an introduction with what it means for its proposal,
// and tells those concerned.
func (p *Platform) putIntroduction(r *room, d *draft, before, x *cooperation.Introduction, was, q *cooperation.Proposal, alternates map[string]matching.Result, actor cooperation.Actor, now time.Time) {
	d.putIntroduction(x)
	if q.Version != was.Version {
		d.putProposal(q)
	}
	of := drafts{r, d}
	sides := sidesOf(of, q)
	owner := r.keeper(d, now).Facilitator(q.Committee, sides)
	o := cooperation.Occasion{Reason: "introduction." + cooperation.IntroductionEvent(before, x), Actor: actor, Introduction: x, Unheard: cooperation.Unheard(before, x), Facilitator: &owner, Proposal: q, Need: sides.Need, Offers: sides.Offers}
	if before.Standing() && !x.Standing() {
		o.Alternate = nextAlternate(of, q, alternates)
	}
	p.tell(r, d, o, now)
}

// alternates are the ids of the proposals that may come up in place of one for
// the same need.
func (r *room) alternates(need string) (ids []string) {
	for _, q := range r.state.ProposalsOf(need) {
		if _, ok := q.Alternate(); ok {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// nextAlternate is what comes up in place of a proposal that has ended: what a
// committee has endorsed before what is only proposed, and of these what scores
// highest. What passes the filters no longer does not.
func nextAlternate(of drafts, ended *cooperation.Proposal, scores map[string]matching.Result) *cooperation.Reviewed {
	var all []*cooperation.Proposal
	for q := range of.proposalsOf(ended.Need) {
		_, ok := q.Alternate()
		if _, holds := scores[q.ID]; ok && holds && q.ID != ended.ID {
			all = append(all, q)
		}
	}
	if len(all) == 0 {
		return nil
	}
	next := slices.MinFunc(all, func(a, b *cooperation.Proposal) int {
		one, _ := a.Alternate()
		other, _ := b.Alternate()
		return cmp.Or(cmp.Compare(one, other), cmp.Compare(scores[b.ID].Score, scores[a.ID].Score), strings.Compare(a.ID, b.ID))
	})
	return &cooperation.Reviewed{Proposal: next, Sides: *sidesOf(of, next)}
}

// elapseIntroduction does what follows when clocks of an introduction have run
// out.
func (p *Platform) elapseIntroduction(r *room, d *draft, id string, alternates map[string]matching.Result, now time.Time) error {
	x, ok := r.introduction(d, id)
	if !ok {
		return nil
	}
	q, ok := r.proposal(d, x.Proposal)
	if !ok {
		return nil
	}
	c, after := *x, *q
	if changed, err := c.Elapse(r.keeper(d, now), &after, clockwork, now); err != nil || !changed {
		return err
	}
	p.putIntroduction(r, d, x, &c, q, &after, alternates, clockwork, now)
	return nil
}

// elapseLate is what follows when a clock of an introduction has run out, with
// what may come up in its place.
func (p *Platform) elapseLate(r *room, c cooperation.Clock) step {
	_, id, _ := strings.Cut(c.Document, "/")
	var alternates map[string]matching.Result
	if x, ok := r.state.Introduction(id); ok {
		alternates = p.scored(r, r.alternates(x.Need))
	}
	return func(d *draft, now time.Time) error { return p.elapseIntroduction(r, d, id, alternates, now) }
}

// introductionSubject shows the versions of an introduction as far as the actor
// may see the present one.
func (p *Platform) introductionSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findIntroduction(id)
	if err != nil {
		return nil, err
	}
	k, sides := r.convention().Timekeeper(r.state, p.clock()), r.sidesOf(present)
	return r.about(catalogue.KindIntroduction, id, cooperation.SeesIntroduction(actor, k, present, sides), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Introduction](c)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v.Shown(actor, k, sides), status: string(v.Status)}, nil
	})
}

// Contact is whom one of the two sides can be written to.
type Contact struct {
	cooperation.Asked
	cooperation.Contact
}

// mostContacts bounds the people who are named for one side.
const mostContacts = 5

// Contacts are the contacts of both sides of an introduction, for these and for
// whoever facilitates, as long as the two are brought together. Where a posting
// names nobody they are the people who act for its side.
func (p *Platform) Contacts(actor cooperation.Actor, id string) (out []Contact) {
	r, x, err := p.findIntroduction(id)
	if err != nil {
		return nil
	}
	q, ok := r.state.Proposal(x.Proposal)
	if !ok {
		return nil
	}
	for _, given := range x.Contacts(actor, r.convention().Timekeeper(r.state, p.clock()), q, r.sidesOf(x)) {
		if given.Contact != nil {
			out = append(out, Contact{given.Asked, *given.Contact})
			continue
		}
		named := 0
		for _, u := range p.accounts.Within(r.id()) {
			if a := cooperation.ActorOf(u, true); given.Owner().Is(a, r.id()) && named < mostContacts {
				out = append(out, Contact{given.Asked, cooperation.Contact{Name: u.Name, Mail: u.Mail}})
				named++
			}
		}
	}
	return out
}
