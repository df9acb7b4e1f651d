package platform

import (
	"context"
	"strconv"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// findWebhook finds the convention of a webhook that the actor may see.
func (p *Platform) findWebhook(actor cooperation.Actor, id string) (*room, *cooperation.Webhook, error) {
	for _, c := range p.order {
		if w, ok := p.rooms[c].state.Webhook(id); ok && cooperation.SeesWebhook(actor, w) {
			return p.rooms[c], w, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateWebhook makes a webhook, which is told of what happens from now on. The same actor with
// the same key and content gets the same webhook again.
func (p *Platform) CreateWebhook(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.WebhookContent, key string) (*cooperation.Webhook, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID(catalogue.KindWebhook, convention, actor, key)
	var made *cooperation.Webhook
	err = r.do(ctx, "webhook.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.NewWebhook(id, r.convention(), content, p.loopback, actor, r.state.Position(), p.clock()); err != nil {
			return err
		}
		if before, exists := r.webhook(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.WebhookContent, content))
			return err
		}
		if err := r.roomForWebhook(actor); err != nil {
			return err
		}
		d.put(catalogue.KindWebhook, id, made.Version, made)
		return nil
	})
	return made, err
}

// roomForWebhook refuses one webhook too many.
func (r *room) roomForWebhook(actor cooperation.Actor) error {
	all := r.state.Webhooks()
	own := 0
	for _, w := range all {
		if w.Owner == actor.ID {
			own++
		}
	}
	if own >= cooperation.WebhooksPerOwner || len(all) >= cooperation.WebhooksPerConvention {
		return cooperation.Refuse(cooperation.TooLarge, "error.too_large.webhooks")
	}
	return nil
}

func (r *room) webhook(d *draft, id string) (*cooperation.Webhook, bool) {
	if w, ok := decided[*cooperation.Webhook](d, catalogue.KindWebhook, id); ok {
		return w, true
	}
	return r.state.Webhook(id)
}

func (r *room) delivery(d *draft, id string) (*cooperation.Delivery, bool) {
	if v, ok := decided[*cooperation.Delivery](d, catalogue.KindDelivery, id); ok {
		return v, true
	}
	return r.state.Delivery(id)
}

// Webhook returns a webhook that the actor may see.
func (p *Platform) Webhook(actor cooperation.Actor, id string) (*cooperation.Webhook, error) {
	_, w, err := p.findWebhook(actor, id)
	return w, err
}

// Webhooks lists the webhooks of a convention that the actor may see.
func (p *Platform) Webhooks(actor cooperation.Actor, convention string) ([]*cooperation.Webhook, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	var out []*cooperation.Webhook
	for _, w := range r.state.Webhooks() {
		if cooperation.SeesWebhook(actor, w) {
			out = append(out, w)
		}
	}
	return out, nil
}

// WebhookSecrets are the secrets that sign at now, the present one first.
func (p *Platform) WebhookSecrets(w *cooperation.Webhook, now time.Time) [][]byte {
	var out [][]byte
	for _, g := range w.Generations(now) {
		out = append(out, p.Derive("webhook", w.ID, strconv.Itoa(g)))
	}
	return out
}

// WebhookSecret is the present secret of a webhook.
func (p *Platform) WebhookSecret(w *cooperation.Webhook) []byte {
	return p.Derive("webhook", w.ID, strconv.Itoa(w.Generation))
}

// changeWebhook lets a command change a copy of a webhook and commits it.
func (p *Platform) changeWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match, command string, change func(r *room, w *cooperation.Webhook, now time.Time) error) (*cooperation.Webhook, error) {
	r, _, err := p.findWebhook(actor, id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Webhook
	err = r.do(ctx, "webhook."+command, actor, func(d *draft) error {
		w, ok := r.webhook(d, id)
		if !ok || !cooperation.SeesWebhook(actor, w) {
			return cooperation.Absent()
		}
		if err := match.check(w.Version); err != nil {
			return err
		}
		changed = *w
		if err := change(r, &changed, p.clock()); err != nil {
			return err
		}
		d.put(catalogue.KindWebhook, id, changed.Version, &changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceWebhook puts new content in place of the old.
func (p *Platform) ReplaceWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.WebhookContent) (*cooperation.Webhook, error) {
	return p.changeWebhook(ctx, actor, id, match, "replace", func(_ *room, w *cooperation.Webhook, now time.Time) error {
		return w.Replace(content, p.loopback, actor, now)
	})
}

// RotateWebhook begins a new secret.
func (p *Platform) RotateWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Webhook, error) {
	return p.changeWebhook(ctx, actor, id, match, "rotate", func(_ *room, w *cooperation.Webhook, now time.Time) error {
		return w.Rotate(actor, now)
	})
}

// PauseWebhook stops the sending.
func (p *Platform) PauseWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Webhook, error) {
	return p.changeWebhook(ctx, actor, id, match, "pause", func(_ *room, w *cooperation.Webhook, now time.Time) error {
		return w.Pause(cooperation.PausedByOwner, actor, now)
	})
}

// ResumeWebhook starts the sending again.
func (p *Platform) ResumeWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Webhook, error) {
	return p.changeWebhook(ctx, actor, id, match, "resume", func(r *room, w *cooperation.Webhook, now time.Time) error {
		return w.Resume(actor, r.state.Position(), now)
	})
}

// RemoveWebhook deletes a webhook.
func (p *Platform) RemoveWebhook(ctx context.Context, actor cooperation.Actor, id string, match Match) error {
	_, err := p.changeWebhook(ctx, actor, id, match, "remove", func(_ *room, w *cooperation.Webhook, now time.Time) error {
		return w.Remove(actor, now)
	})
	return err
}
