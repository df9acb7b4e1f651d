package platform

import (
	"context"
	"strconv"
	"time"

	"entente/cooperation"
	"entente/message"
)

// ApplyOrganisation enters an organisation under the id that it asks for. The
// same content by the same actor again is the same organisation; an id that is
// taken is a conflict.
func (p *Platform) ApplyOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, content cooperation.OrganisationContent) (*cooperation.Organisation, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	var made *cooperation.Organisation
	err = r.do(ctx, "organisation.create", actor, func(d *draft) (err error) {
		now := p.clock()
		if made, err = cooperation.ApplyOrganisation(id, r.under(d), content, actor, now); err != nil {
			return err
		}
		if before, exists := r.organisation(d, id); exists {
			if before.CreatedBy != actor.ID || before.Version > 1 || !same(before.OrganisationContent, content) {
				return cooperation.Refuse(cooperation.Conflict, "error.conflict.exists")
			}
			made = before
			return nil
		}
		d.putOrganisation(made)
		p.tell(r, d, cooperation.Occasion{Reason: "organisation.create", Actor: actor, Organisation: made}, now)
		return nil
	})
	return made, err
}

// Organisation returns an organisation of a convention as the actor may see
// it.
func (p *Platform) Organisation(actor cooperation.Actor, convention, id string) (*cooperation.Organisation, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	o, ok := r.state.Organisation(id)
	if !ok {
		return nil, cooperation.Absent()
	}
	shown := o.Shown(actor)
	if shown == nil {
		return nil, cooperation.Absent()
	}
	return shown, nil
}

// changeOrganisation lets a command change a copy of the organisation and
// commits it with what people have to be told.
func (p *Platform) changeOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, action cooperation.Action, change func(o *cooperation.Organisation, c *cooperation.Convention, now time.Time) error) (*cooperation.Organisation, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Organisation
	command := "organisation." + string(action)
	err = r.do(ctx, command, actor, func(d *draft) error {
		o, ok := r.organisation(d, id)
		if !ok || !cooperation.SeesOrganisation(actor, o).Any() {
			return cooperation.Absent()
		}
		if err := match.check(o.Version); err != nil {
			return err
		}
		now := p.clock()
		changed = *o
		if err := change(&changed, r.under(d), now); err != nil {
			return err
		}
		d.putOrganisation(&changed)
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Organisation: &changed}, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceOrganisation puts new content in place of the old.
func (p *Platform) ReplaceOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, content cooperation.OrganisationContent) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.Replace, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.Replace(content, actor, now)
	})
}

// AdmitOrganisation lets an organisation give under the convention.
func (p *Platform) AdmitOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.Admit, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.Admit(actor, now)
	})
}

// RefuseOrganisation answers an application in the negative.
func (p *Platform) RefuseOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, text string) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.RefuseApplication, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.Refuse(text, actor, now)
	})
}

// SuspendOrganisation takes an organisation's offers out of the matching.
func (p *Platform) SuspendOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, text string) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.Suspend, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.Suspend(text, actor, now)
	})
}

// WithdrawOrganisation ends an application or an admission.
func (p *Platform) WithdrawOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, text string) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.Withdraw, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.Withdraw(text, actor, now)
	})
}

// Declare records a declaration of an organisation.
func (p *Platform) Declare(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, s cooperation.Statement) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.Declare, func(o *cooperation.Organisation, c *cooperation.Convention, now time.Time) error {
		return o.Declare(c, s, actor, now)
	})
}

// WithdrawDeclaration takes a declaration of an organisation back.
func (p *Platform) WithdrawDeclaration(ctx context.Context, actor cooperation.Actor, convention, id, declaration string, match Match, text string) (*cooperation.Organisation, error) {
	return p.changeOrganisation(ctx, actor, convention, id, match, cooperation.WithdrawDeclaration, func(o *cooperation.Organisation, _ *cooperation.Convention, now time.Time) error {
		return o.WithdrawDeclaration(declaration, text, actor, now)
	})
}

// enter makes the organisations known that an import names as those who
// take part, with the declarations that its row gives. A mistake in the row takes them
// out again with it.
func (r *room) enter(d *draft, named []cooperation.Participant, declarations []string, actor cooperation.Actor, now time.Time) error {
	for _, p := range named {
		if _, state := p.State(); state || !p.Valid() {
			continue // a mistake is told when the row is checked
		}
		c := r.under(d)
		before, known := r.organisation(d, string(p))
		if !known {
			o, err := cooperation.RegisterOrganisation(c, string(p), declarations, actor, now)
			if err != nil {
				return err
			}
			d.putOrganisation(o)
			continue
		}
		again := *before
		if again.StateImported(c, declarations, actor, now) {
			d.putOrganisation(&again)
		}
	}
	return nil
}

// checkHolders refuses roles that are held for an organisation that the
// convention does not know.
func (p *Platform) checkHolders(grants []cooperation.Grant) error {
	var wrong []cooperation.FieldError
	for i, g := range grants {
		r, served := p.rooms[g.Convention]
		if _, state := g.Participant.State(); !served || state || !g.Participant.Valid() || !g.Role.ForParticipant() {
			continue
		}
		if _, known := r.state.Organisation(string(g.Participant)); !known {
			wrong = append(wrong, cooperation.FieldError{Field: "grants[" + strconv.Itoa(i) + "].participant",
				Message: message.New("error.invalid.unknown_organisation", message.Of(message.Text, "value", string(g.Participant)))})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(len(wrong))), Fields: wrong}
}
