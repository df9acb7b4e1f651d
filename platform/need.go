package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// findNeed finds the convention of a need, for ids are unique over all.
func (p *Platform) findNeed(id string) (*room, *cooperation.Need, error) {
	for _, c := range p.order {
		if n, ok := p.rooms[c].state.Need(id); ok {
			return p.rooms[c], n, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateNeed drafts a need. The same actor with the same key and content gets
// the same need again; with other content it is a conflict.
func (p *Platform) CreateNeed(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.NeedContent, key string) (*cooperation.Need, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if err := cooperation.NoFilesYet(content.Attachments); err != nil {
		return nil, err
	}
	id := creationID("need", convention, actor, key)
	var made *cooperation.Need
	err = r.do(ctx, "need.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.DraftNeed(id, r.under(d), content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.need(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.NeedContent, content))
			return err
		}
		d.putNeed(made)
		return nil
	})
	return made, err
}

// Need returns a need as the actor may see it, with the names of the fields
// that are withheld.
func (p *Platform) Need(actor cooperation.Actor, id string) (*cooperation.Need, []string, error) {
	_, n, err := p.findNeed(id)
	if err != nil {
		return nil, nil, err
	}
	shown, withheld := n.Shown(actor)
	if shown == nil {
		return nil, nil, cooperation.Absent()
	}
	return shown, withheld, nil
}

// changeNeed lets a command change a copy of the need and commits it with
// what people have to be told.
func (p *Platform) changeNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(n *cooperation.Need, c *cooperation.Convention, now time.Time) error) (*cooperation.Need, error) {
	r, _, err := p.findNeed(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Need
	command := "need." + string(action)
	err = r.do(ctx, command, actor, func(d *draft) error {
		n, ok := r.need(d, id)
		if !ok || !cooperation.SeesNeed(actor, n).Any() {
			return cooperation.Absent()
		}
		if err := match.check(n.Version); err != nil {
			return err
		}
		now := p.clock()
		changed = *n
		if err := change(&changed, r.under(d), now); err != nil {
			return err
		}
		d.putNeed(&changed)
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Need: &changed}, now)
		if action == cooperation.Admit {
			p.tellSubscribers(r, d, actor, now)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceNeed puts new content in place of the old.
func (p *Platform) ReplaceNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.NeedContent) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Replace, func(n *cooperation.Need, c *cooperation.Convention, now time.Time) error {
		return n.Replace(c, content, actor, now)
	})
}

// SubmitNeed hands a need to the secretariat with the State's clearance.
func (p *Platform) SubmitNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, clearance cooperation.Clearance, insist bool) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Submit, func(n *cooperation.Need, c *cooperation.Convention, now time.Time) error {
		return n.Submit(c, clearance, insist, actor, now)
	})
}

// AdmitNeed opens a need to the matcher.
func (p *Platform) AdmitNeed(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Admit, func(n *cooperation.Need, c *cooperation.Convention, now time.Time) error {
		return n.Admit(c, actor, now)
	})
}

// ReturnNeed sends a need back with a reason.
func (p *Platform) ReturnNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Return, func(n *cooperation.Need, _ *cooperation.Convention, now time.Time) error {
		return n.Return(text, actor, now)
	})
}

// WithdrawNeed takes a need back.
func (p *Platform) WithdrawNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Withdraw, func(n *cooperation.Need, _ *cooperation.Convention, now time.Time) error {
		return n.Withdraw(text, actor, now)
	})
}

// CloseNeed ends a need.
func (p *Platform) CloseNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, reason cooperation.Reason, text string) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Close, func(n *cooperation.Need, _ *cooperation.Convention, now time.Time) error {
		return n.Close(reason, text, actor, now)
	})
}

// SettleNeed says that what partnerships do not cover is not needed any more.
func (p *Platform) SettleNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Settle, func(n *cooperation.Need, _ *cooperation.Convention, now time.Time) error {
		return n.Settle(text, actor, now)
	})
}

// ReconfirmNeed says that a need still stands.
func (p *Platform) ReconfirmNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, until cooperation.Date) (*cooperation.Need, error) {
	return p.changeNeed(ctx, actor, id, match, cooperation.Reconfirm, func(n *cooperation.Need, c *cooperation.Convention, now time.Time) error {
		return n.Reconfirm(c, until, actor, now)
	})
}

// CarryOverNeed starts a new draft from a need.
func (p *Platform) CarryOverNeed(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Need, error) {
	r, _, err := p.findNeed(id)
	if err != nil {
		return nil, err
	}
	fresh := creationID("need", r.id(), actor, key)
	var made *cooperation.Need
	err = r.do(ctx, "need.carry_over", actor, func(d *draft) (err error) {
		n, ok := r.need(d, id)
		if !ok {
			return cooperation.Absent()
		}
		if made, err = n.CarryOver(fresh, r.under(d), actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.need(d, fresh); exists {
			made, err = repeated(before, before.Carried == id)
			return err
		}
		d.putNeed(made)
		return nil
	})
	return made, err
}
