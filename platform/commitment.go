package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// findCommitment finds the convention of a commitment, for ids are unique over
// all.
func (p *Platform) findCommitment(id string) (*room, *cooperation.Commitment, error) {
	for _, name := range p.order {
		if c, ok := p.rooms[name].state.Commitment(id); ok && c.ID == id {
			return p.rooms[name], c, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateCommitment enters an action of an action plan. The same content by the
// same actor again is the same commitment, with or without a key; a code that
// another one bears is a conflict, as is another content with the same key.
func (p *Platform) CreateCommitment(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.CommitmentContent, key string) (*cooperation.Commitment, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID("commitment", convention, actor, key)
	var made *cooperation.Commitment
	err = r.do(ctx, "commitment.create", actor, func(d *draft) (err error) {
		conv := r.under(d)
		if before, exists := conv.Commitment(content.Code); exists && before.ID != id && before.EnteredBy(actor, content) {
			made = before
			return nil
		}
		if made, err = cooperation.EnterCommitment(id, conv, content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.commitment(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.CommitmentContent, made.CommitmentContent))
			return err
		}
		d.putCommitment(made)
		return nil
	})
	return made, err
}

// Commitment returns a commitment as the actor may see it.
func (p *Platform) Commitment(actor cooperation.Actor, id string) (*cooperation.Commitment, error) {
	_, c, err := p.findCommitment(id)
	if err != nil {
		return nil, err
	}
	return c.Shown(actor), nil
}

// changeCommitment lets a command change a copy of the commitment.
func (p *Platform) changeCommitment(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(c *cooperation.Commitment, conv *cooperation.Convention, now time.Time) error) (*cooperation.Commitment, error) {
	r, _, err := p.findCommitment(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Commitment
	err = r.do(ctx, "commitment."+string(action), actor, func(d *draft) error {
		c, ok := r.commitment(d, id)
		if !ok {
			return cooperation.Absent()
		}
		if err := match.check(c.Version); err != nil {
			return err
		}
		changed = *c
		if err := change(&changed, r.under(d), p.clock()); err != nil {
			return err
		}
		d.putCommitment(&changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceCommitment puts new content in place of the old.
func (p *Platform) ReplaceCommitment(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.CommitmentContent) (*cooperation.Commitment, error) {
	return p.changeCommitment(ctx, actor, id, match, cooperation.Replace, func(c *cooperation.Commitment, conv *cooperation.Convention, now time.Time) error {
		return c.Replace(conv, content, actor, now)
	})
}

// RetireCommitment says that a commitment no longer applies.
func (p *Platform) RetireCommitment(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Commitment, error) {
	return p.changeCommitment(ctx, actor, id, match, cooperation.Retire, func(c *cooperation.Commitment, _ *cooperation.Convention, now time.Time) error {
		return c.Retire(text, actor, now)
	})
}

// ReportProgress records how far a State has come with a commitment.
func (p *Platform) ReportProgress(ctx context.Context, actor cooperation.Actor, id string, match Match, report cooperation.Progress) (*cooperation.Commitment, error) {
	return p.changeCommitment(ctx, actor, id, match, cooperation.Report, func(c *cooperation.Commitment, conv *cooperation.Convention, now time.Time) error {
		return c.Report(conv, report, actor, now)
	})
}
