package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// Template is the convention's own wording of the mails for a reason, in a
// language, for those who write them; false where it has none.
func (p *Platform) Template(convention, reason, language string) (*cooperation.Template, bool) {
	r, ok := p.rooms[convention]
	if !ok {
		return nil, false
	}
	t, ok := r.state.Template(cooperation.TemplateID(convention, reason, language))
	if !ok || !t.Overrides() {
		return nil, false
	}
	return t, true
}

// Wording returns how the mails for a reason are worded in a language, to the
// convention's secretariat. Where nothing was ever changed, it is version 1.
func (p *Platform) Wording(actor cooperation.Actor, convention, reason, language string) (*cooperation.Template, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MaySeeWordings(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	shipped, err := cooperation.NewTemplate(convention, reason, language, actor, time.Time{})
	if err != nil {
		return nil, err
	}
	if t, ok := r.state.Template(shipped.ID); ok {
		return t, nil
	}
	return shipped, nil
}

// ReplaceTemplate gives the mails for a reason the convention's own wording in
// a language.
func (p *Platform) ReplaceTemplate(ctx context.Context, actor cooperation.Actor, convention, reason, language string, match Match, content cooperation.TemplateContent) (*cooperation.Template, error) {
	return p.changeTemplate(ctx, actor, convention, reason, language, match, "template.replace", func(t *cooperation.Template, now time.Time) error {
		return t.Replace(content, actor, now)
	})
}

// RemoveTemplate goes back to the shipped wording. What was worded before
// stays in the history.
func (p *Platform) RemoveTemplate(ctx context.Context, actor cooperation.Actor, convention, reason, language string, match Match) error {
	_, err := p.changeTemplate(ctx, actor, convention, reason, language, match, "template.remove", func(t *cooperation.Template, now time.Time) error {
		return t.Remove(actor, now)
	})
	return err
}

func (p *Platform) changeTemplate(ctx context.Context, actor cooperation.Actor, convention, reason, language string, match Match, command string, change func(*cooperation.Template, time.Time) error) (*cooperation.Template, error) {
	if _, err := p.Wording(actor, convention, reason, language); err != nil {
		return nil, err
	}
	r, now := p.rooms[convention], p.clock()
	shipped, err := cooperation.NewTemplate(convention, reason, language, actor, now)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Template
	err = r.do(ctx, command, actor, func(d *draft) error {
		changed = *shipped
		if before, ok := decided[*cooperation.Template](d, catalogue.KindTemplate, shipped.ID); ok {
			changed = *before
		} else if before, ok := r.state.Template(shipped.ID); ok {
			changed = *before
		}
		if err := match.check(changed.Version); err != nil {
			return err
		}
		if err := change(&changed, p.clock()); err != nil {
			return err
		}
		d.put(catalogue.KindTemplate, changed.ID, changed.Version, &changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}
