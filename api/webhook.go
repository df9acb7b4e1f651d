package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/notify"
	"entente/platform"
)

// webhooks are the use cases of webhooks; see platform for what each promises.
type webhooks interface {
	CreateWebhook(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.WebhookContent, key string) (*cooperation.Webhook, error)
	Webhook(actor cooperation.Actor, id string) (*cooperation.Webhook, error)
	Webhooks(actor cooperation.Actor, convention string) ([]*cooperation.Webhook, error)
	WebhookSecret(w *cooperation.Webhook) []byte
	ReplaceWebhook(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.WebhookContent) (*cooperation.Webhook, error)
	RotateWebhook(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Webhook, error)
	PauseWebhook(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Webhook, error)
	ResumeWebhook(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Webhook, error)
	RemoveWebhook(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) error
	TestWebhook(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Delivery, error)
	Deliveries(actor cooperation.Actor, webhook string, q catalogue.DeliveryQuery) (catalogue.Page[*cooperation.Delivery], error)
	Redeliver(ctx context.Context, actor cooperation.Actor, webhook, id string) (*cooperation.Delivery, error)
}

// ListWebhooks lists the webhooks that the actor may see.
func (a *api) ListWebhooks(ctx context.Context, r ListWebhooksRequestObject) (ListWebhooksResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	all, err := a.platform.Webhooks(c.actor, conv.ID)
	if err != nil {
		return nil, err
	}
	out := ListWebhooks200JSONResponse{Items: make([]Webhook, 0, len(all)), Total: len(all)}
	for _, w := range all {
		out.Items = append(out.Items, c.webhookView(w))
	}
	return out, nil
}

// CreateWebhook makes a webhook and shows its secret.
func (a *api) CreateWebhook(ctx context.Context, r CreateWebhookRequestObject) (CreateWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	content := cooperation.WebhookContent{URL: r.Body.URL, Events: r.Body.Events, Description: r.Body.Description}
	w, err := a.platform.CreateWebhook(ctx, c.actor, r.Body.Convention, content, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("webhooks", &w.Meta)
	return CreateWebhook201JSONResponse(c.webhookWithSecret(w)), nil
}

// GetWebhook gives a webhook without its secret.
func (a *api) GetWebhook(ctx context.Context, r GetWebhookRequestObject) (GetWebhookResponseObject, error) {
	c, _ := callOf(ctx)
	w, err := a.platform.Webhook(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	if known(r.Params.IfNoneMatch, w.Version) {
		return GetWebhook304Response{}, nil
	}
	return GetWebhook200JSONResponse{WebhookDocumentJSONResponse(c.webhookView(w))}, nil
}

// ReplaceWebhook puts new content in place of the old.
func (a *api) ReplaceWebhook(ctx context.Context, r ReplaceWebhookRequestObject) (ReplaceWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	content := cooperation.WebhookContent{URL: r.Body.URL, Events: r.Body.Events, Description: r.Body.Description}
	w, err := a.platform.ReplaceWebhook(ctx, c.actor, r.ID, expected(r.Params.IfMatch), content)
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	return ReplaceWebhook200JSONResponse{WebhookDocumentJSONResponse(c.webhookView(w))}, nil
}

// DeleteWebhook deletes a webhook.
func (a *api) DeleteWebhook(ctx context.Context, r DeleteWebhookRequestObject) (DeleteWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	if err := a.platform.RemoveWebhook(ctx, c.actor, r.ID, expected(r.Params.IfMatch)); err != nil {
		return nil, err
	}
	return DeleteWebhook204Response{}, nil
}

// RotateWebhook begins a new secret and shows it.
func (a *api) RotateWebhook(ctx context.Context, r RotateWebhookRequestObject) (RotateWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	w, err := a.platform.RotateWebhook(ctx, c.actor, r.ID, expected(r.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	return RotateWebhook200JSONResponse{WebhookDocumentJSONResponse(c.webhookWithSecret(w))}, nil
}

// PauseWebhook stops the sending.
func (a *api) PauseWebhook(ctx context.Context, r PauseWebhookRequestObject) (PauseWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	w, err := a.platform.PauseWebhook(ctx, c.actor, r.ID, expected(r.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	return PauseWebhook200JSONResponse{WebhookDocumentJSONResponse(c.webhookView(w))}, nil
}

// ResumeWebhook starts the sending again.
func (a *api) ResumeWebhook(ctx context.Context, r ResumeWebhookRequestObject) (ResumeWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	w, err := a.platform.ResumeWebhook(ctx, c.actor, r.ID, expected(r.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	return ResumeWebhook200JSONResponse{WebhookDocumentJSONResponse(c.webhookView(w))}, nil
}

// TestWebhook queues a test event.
func (a *api) TestWebhook(ctx context.Context, r TestWebhookRequestObject) (TestWebhookResponseObject, error) {
	c, ctx := callOf(ctx)
	d, err := a.platform.TestWebhook(ctx, c.actor, r.ID, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.stamp(&d.Meta)
	return TestWebhook202JSONResponse{DeliveryDocumentJSONResponse(c.deliveryView(d))}, nil
}

// ListDeliveries lists what was sent to a webhook.
func (a *api) ListDeliveries(ctx context.Context, r ListDeliveriesRequestObject) (ListDeliveriesResponseObject, error) {
	c, _ := callOf(ctx)
	q := catalogue.DeliveryQuery{Cursor: r.Params.Cursor, Limit: r.Params.Limit}
	for _, s := range r.Params.Status {
		q.Status = append(q.Status, cooperation.NotificationStatus(s))
	}
	w, err := a.platform.Webhook(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	page, err := a.platform.Deliveries(c.actor, r.ID, q)
	if err != nil {
		return nil, err
	}
	if conv, ok := a.platform.Convention(w.Convention); ok {
		c.about(conv)
	}
	out := ListDeliveries200JSONResponse{Items: make([]Delivery, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, d := range page.Items {
		out.Items = append(out.Items, c.deliveryView(d))
	}
	return out, nil
}

// Redeliver sends an event once more.
func (a *api) Redeliver(ctx context.Context, r RedeliverRequestObject) (RedeliverResponseObject, error) {
	c, ctx := callOf(ctx)
	d, err := a.platform.Redeliver(ctx, c.actor, r.ID, r.Delivery)
	if err != nil {
		return nil, err
	}
	c.stamp(&d.Meta)
	return Redeliver202JSONResponse{DeliveryDocumentJSONResponse(c.deliveryView(d))}, nil
}

func (c *call) webhookView(w *cooperation.Webhook) Webhook {
	return Webhook{ID: w.ID, Convention: w.Convention, Version: w.Version, Created: w.Created, Updated: w.Updated,
		URL: w.URL, Events: w.Events, Description: w.Description, Owner: w.Owner,
		Status: WebhookStatus(w.Status), StatusLabel: c.name(message.Status, "webhook."+string(w.Status)),
		PausedBecause: WebhookPausedBecause(w.Cause), FailingSince: w.Failing, SecretGeneration: w.Generation, SecretSince: w.Rotated}
}

func (c *call) webhookWithSecret(w *cooperation.Webhook) Webhook {
	v := c.webhookView(w)
	v.Secret = notify.WebhookSecret(c.api.platform.WebhookSecret(w))
	return v
}

func (c *call) deliveryView(d *cooperation.Delivery) Delivery {
	return Delivery{ID: d.ID, Webhook: d.Webhook, Convention: d.Convention, Version: d.Version, Created: d.Created, Event: d.Event,
		Kind: d.Kind, Document: d.Document, DocumentVersion: d.Of, Position: int64(d.Position), Happened: d.Happened,
		Status: DeliveryStatus(d.Status), StatusLabel: c.name(message.Status, "delivery."+string(d.Status)), Attempts: d.Attempts,
		Next: d.Next, Sent: d.Sent, Answer: d.Answer, Failure: d.Error}
}
