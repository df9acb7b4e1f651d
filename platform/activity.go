package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// findActivity finds the convention of an activity, for ids are unique over
// all.
func (p *Platform) findActivity(id string) (*room, *cooperation.Activity, error) {
	for _, c := range p.order {
		if a, ok := p.rooms[c].state.Activity(id); ok {
			return p.rooms[c], a, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (r *room) activity(d *draft, id string) (*cooperation.Activity, bool) {
	if a, ok := decided[*cooperation.Activity](d, "activity", id); ok {
		return a, true
	}
	return r.state.Activity(id)
}

func (d *draft) putActivity(a *cooperation.Activity) { d.put("activity", a.ID, a.Version, a) }

// CreateActivity enters an activity. The same actor with the same key and
// content gets the same activity again; with other content it is a conflict.
func (p *Platform) CreateActivity(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.ActivityContent, key string) (*cooperation.Activity, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID("activity", convention, actor, key)
	var made *cooperation.Activity
	err = r.do(ctx, "activity.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.EnterActivity(id, r.under(d), content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.activity(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.ActivityContent, made.ActivityContent))
			return err
		}
		d.putActivity(made)
		return nil
	})
	return made, err
}

// Activity returns an activity as the actor may see it.
func (p *Platform) Activity(actor cooperation.Actor, id string) (*cooperation.Activity, error) {
	_, a, err := p.findActivity(id)
	if err != nil {
		return nil, err
	}
	if shown := a.Shown(actor); shown != nil {
		return shown, nil
	}
	return nil, cooperation.Absent()
}

// changeActivity lets a command change a copy of the activity and commits it.
func (p *Platform) changeActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(a *cooperation.Activity, c *cooperation.Convention, now time.Time) error) (*cooperation.Activity, error) {
	r, _, err := p.findActivity(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Activity
	err = r.do(ctx, "activity."+string(action), actor, func(d *draft) error {
		a, ok := r.activity(d, id)
		if !ok || !cooperation.SeesActivity(actor, a).Any() {
			return cooperation.Absent()
		}
		if err := match.check(a.Version); err != nil {
			return err
		}
		changed = *a
		if err := change(&changed, r.under(d), p.clock()); err != nil {
			return err
		}
		d.putActivity(&changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceActivity puts new content in place of the old.
func (p *Platform) ReplaceActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.ActivityContent) (*cooperation.Activity, error) {
	return p.changeActivity(ctx, actor, id, match, cooperation.Replace, func(a *cooperation.Activity, c *cooperation.Convention, now time.Time) error {
		return a.Replace(c, content, actor, now)
	})
}

// CompleteActivity says that the help has been given.
func (p *Platform) CompleteActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Activity, error) {
	return p.changeActivity(ctx, actor, id, match, cooperation.Complete, func(a *cooperation.Activity, _ *cooperation.Convention, now time.Time) error {
		return a.Complete(text, actor, now)
	})
}

// StopActivity says that the help ended before it was complete.
func (p *Platform) StopActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Activity, error) {
	return p.changeActivity(ctx, actor, id, match, cooperation.Stop, func(a *cooperation.Activity, _ *cooperation.Convention, now time.Time) error {
		return a.Stop(text, actor, now)
	})
}

// WithdrawActivity takes back what was entered by mistake.
func (p *Platform) WithdrawActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Activity, error) {
	return p.changeActivity(ctx, actor, id, match, cooperation.Withdraw, func(a *cooperation.Activity, _ *cooperation.Convention, now time.Time) error {
		return a.Withdraw(text, actor, now)
	})
}
