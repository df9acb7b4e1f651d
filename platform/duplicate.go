package platform

import (
	"context"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// mostDuplicates bounds what is listed of each sort for one need.
const mostDuplicates = 20

// LikelyDuplicate is a need or an activity that is likely to be the same as a
// need, with what was decided of the two.
type LikelyDuplicate struct {
	Convention *cooperation.Convention
	Need       *cooperation.Need // as the actor may see it; or
	Activity   *cooperation.Activity
	Reasons    []message.Message
	Decided    *cooperation.Duplicate // nil when nobody has
}

// Duplicates lists what is likely to be the same as a need: other needs of the
// convention, activities that run, and needs of the other conventions that are
// served; the latest of each first. They are compared as the actor sees them, so
// that nothing that is withheld is told by the comparison.
func (p *Platform) Duplicates(actor cooperation.Actor, id string) (*cooperation.Need, []LikelyDuplicate, error) {
	r, n, err := p.findNeed(id)
	if err != nil || !cooperation.SeesNeed(actor, n).Any() {
		return nil, nil, cooperation.Absent()
	}
	if !cooperation.MaySeeDuplicates(actor, n) {
		return nil, nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	c := r.convention()
	q := catalogue.Rivals{Need: n.ID, Beneficiaries: n.Beneficiaries, Kinds: n.KindList(), Themes: n.Themes}
	shown, _ := n.Shown(actor)
	found := p.likeNeeds(actor, r, shown, q)
	activities := 0
	for _, a := range r.state.RivalActivities(q) {
		if other := a.Shown(actor); other != nil && activities < mostDuplicates {
			if like, is := c.LikeActivity(&shown.NeedContent, other); is {
				activities++
				found = append(found, LikelyDuplicate{Convention: c, Activity: other, Reasons: like.Reasons(), Decided: p.decidedOf(actor, r, r, n, a.ID)})
			}
		}
	}
	return shown, append(found, p.likeElsewhere(actor, r, shown, q)...), nil
}

// likeNeeds lists the needs of the same convention that are likely the same.
func (p *Platform) likeNeeds(actor cooperation.Actor, r *room, n *cooperation.Need, q catalogue.Rivals) []LikelyDuplicate {
	c, found := r.convention(), []LikelyDuplicate{}
	for _, rival := range r.state.RivalNeeds(q) {
		if len(found) == mostDuplicates {
			break
		}
		other, _ := rival.Shown(actor)
		if other == nil {
			continue
		}
		if like, is := c.LikeNeed(&n.NeedContent, &other.NeedContent); is {
			found = append(found, LikelyDuplicate{Convention: c, Need: other, Reasons: like.Reasons(), Decided: p.decidedOf(actor, r, r, n, rival.ID)})
		}
	}
	return found
}

// likeElsewhere lists the needs of the other conventions that are likely the
// same request.
func (p *Platform) likeElsewhere(actor cooperation.Actor, r *room, n *cooperation.Need, q catalogue.Rivals) []LikelyDuplicate {
	var found []LikelyDuplicate
	q.Themes = nil
	for _, name := range p.order {
		there := p.rooms[name]
		if there == r {
			continue
		}
		for _, rival := range there.state.RivalNeeds(q) {
			if len(found) == mostDuplicates {
				return found
			}
			other, _ := rival.Shown(actor)
			if other == nil {
				continue
			}
			if like, is := cooperation.LikeElsewhere(&n.NeedContent, &other.NeedContent); is {
				found = append(found, LikelyDuplicate{Convention: there.convention(), Need: other, Reasons: like.Reasons(), Decided: p.decidedOf(actor, r, there, n, rival.ID)})
			}
		}
	}
	return found
}

// decidedOf is what was decided of two documents, from whichever side: each
// convention keeps what was decided under it.
func (p *Platform) decidedOf(actor cooperation.Actor, here, there *room, n *cooperation.Need, of string) *cooperation.Duplicate {
	id := cooperation.DuplicateID(n.ID, of)
	mine, _ := here.state.Duplicate(id)
	if there == here {
		return mine.Shown(actor, n)
	}
	theirs, ok := there.state.Duplicate(id)
	if !ok {
		return mine.Shown(actor, n)
	}
	if mine == nil {
		return theirs.Shown(cooperation.Actor{}, n)
	}
	both := *mine.Shown(actor, n)
	both.Verdicts = slices.Concat(both.Verdicts, theirs.Shown(cooperation.Actor{}, n).Verdicts)
	slices.SortStableFunc(both.Verdicts, func(a, b cooperation.VerdictGiven) int { return a.Time.Compare(b.Time) })
	return &both
}

// DecideDuplicate records what somebody decides of a need and another document,
// which he must see. It tells both sides and the secretariat.
func (p *Platform) DecideDuplicate(ctx context.Context, actor cooperation.Actor, id, of string, verdict cooperation.Verdict, reason string) (*LikelyDuplicate, error) {
	r, n, err := p.findNeed(id)
	if err != nil || !cooperation.SeesNeed(actor, n).Any() {
		return nil, cooperation.Absent()
	}
	other, kind, err := p.rival(actor, n, of)
	if err != nil {
		return nil, err
	}
	err = r.do(ctx, "duplicate.decide", actor, func(d *draft) error {
		now := p.clock()
		n, ok := r.need(d, id)
		if !ok {
			return cooperation.Absent()
		}
		decision := cooperation.NewDuplicate(n, of, kind, other.Convention.ID, actor, now)
		if before, exists := r.duplicate(d, decision.ID); exists {
			again := *before
			decision = &again
		}
		if said, err := decision.Decide(r.under(d), n, verdict, reason, actor, now); err != nil || !said {
			return err
		}
		d.put("duplicate", decision.ID, decision.Version, decision)
		p.tell(r, d, cooperation.Occasion{Reason: "duplicate.decide", Actor: actor, Need: n, Duplicate: decision, Rival: other.Need}, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	other.Decided = p.decidedOf(actor, r, p.rooms[other.Convention.ID], n, of)
	return other, nil
}

// rival finds the need or the activity of which a decision is, as the actor may
// see it.
func (p *Platform) rival(actor cooperation.Actor, n *cooperation.Need, of string) (*LikelyDuplicate, string, error) {
	if there, other, err := p.findNeed(of); err == nil && of != n.ID {
		if shown, _ := other.Shown(actor); shown != nil {
			return &LikelyDuplicate{Convention: there.convention(), Need: shown}, "need", nil
		}
	}
	if there, a, err := p.findActivity(of); err == nil && there.id() == n.Convention {
		if shown := a.Shown(actor); shown != nil {
			return &LikelyDuplicate{Convention: there.convention(), Activity: shown}, "activity", nil
		}
	}
	return nil, "", &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(1)),
		Fields: []cooperation.FieldError{{Field: "of", Message: message.New("error.invalid.unknown_rival")}}}
}

func (r *room) duplicate(d *draft, id string) (*cooperation.Duplicate, bool) {
	if x, ok := decided[*cooperation.Duplicate](d, "duplicate", id); ok {
		return x, true
	}
	return r.state.Duplicate(id)
}
