package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// findProgrammeActivity finds the convention of a programme activity, for ids
// are unique over all.
func (p *Platform) findProgrammeActivity(id string) (*room, *cooperation.ProgrammeActivity, error) {
	for _, name := range p.order {
		if x, ok := p.rooms[name].state.ProgrammeActivity(id); ok {
			return p.rooms[name], x, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateProgrammeActivity enters a line of the programme. The same key and
// content again are the same activity.
func (p *Platform) CreateProgrammeActivity(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.ProgrammeContent, key string) (*cooperation.ProgrammeActivity, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID("programme_activity", convention, actor, key)
	var made *cooperation.ProgrammeActivity
	err = r.do(ctx, "programme_activity.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.EnterProgrammeActivity(id, r.under(d), content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.programmeActivity(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.ProgrammeContent, made.ProgrammeContent))
			return err
		}
		d.putProgrammeActivity(made)
		return nil
	})
	return made, err
}

// ProgrammeActivity returns a programme activity as the actor may see it.
func (p *Platform) ProgrammeActivity(actor cooperation.Actor, id string) (*cooperation.ProgrammeActivity, error) {
	_, x, err := p.findProgrammeActivity(id)
	if err != nil {
		return nil, err
	}
	return x.Shown(actor), nil
}

// changeProgramme lets a command change a copy of the activity.
func (p *Platform) changeProgramme(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(x *cooperation.ProgrammeActivity, conv *cooperation.Convention, now time.Time) error) (*cooperation.ProgrammeActivity, error) {
	r, _, err := p.findProgrammeActivity(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.ProgrammeActivity
	err = r.do(ctx, "programme_activity."+string(action), actor, func(d *draft) error {
		x, ok := r.programmeActivity(d, id)
		if !ok {
			return cooperation.Absent()
		}
		if err := match.check(x.Version); err != nil {
			return err
		}
		changed = *x
		if err := change(&changed, r.under(d), p.clock()); err != nil {
			return err
		}
		d.putProgrammeActivity(&changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceProgrammeActivity puts new content in place of the old.
func (p *Platform) ReplaceProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.ProgrammeContent) (*cooperation.ProgrammeActivity, error) {
	return p.changeProgramme(ctx, actor, id, match, cooperation.Replace, func(x *cooperation.ProgrammeActivity, conv *cooperation.Convention, now time.Time) error {
		return x.Replace(conv, content, actor, now)
	})
}

// FundProgrammeActivity says that all that was sought has been found.
func (p *Platform) FundProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.ProgrammeActivity, error) {
	return p.changeProgramme(ctx, actor, id, match, cooperation.Fund, func(x *cooperation.ProgrammeActivity, _ *cooperation.Convention, now time.Time) error {
		return x.Fund(actor, now)
	})
}

// CloseProgrammeActivity says that the activity is done or given up, and why.
func (p *Platform) CloseProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.ProgrammeActivity, error) {
	return p.changeProgramme(ctx, actor, id, match, cooperation.Close, func(x *cooperation.ProgrammeActivity, _ *cooperation.Convention, now time.Time) error {
		return x.Close(text, actor, now)
	})
}

// ProgrammeMatches ranks the offers of finance for a programme activity, like
// NeedMatches; for those who may have a plan made. One that is not open has
// none.
func (p *Platform) ProgrammeMatches(actor cooperation.Actor, id string, k int) (*Matches, error) {
	r, x, err := p.findProgrammeActivity(id)
	if err != nil {
		return nil, err
	}
	if !cooperation.MaySeePlan(actor, r.convention()) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.matches")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	m := newMatches(r, x.ID, x.Number)
	if x.Status != cooperation.ProgrammeOpen {
		return m, nil
	}
	need := catalogue.ProgrammeFeatures(r.convention(), x)
	m.Report = l.index.ForNeed(&need, k)
	for _, match := range m.Report.Matches {
		m.Parts[match.ID] = l.index.Explain(&need, l.offers[match.ID]).Parts
	}
	return m, nil
}
