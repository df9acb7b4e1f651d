package api

import (
	"context"

	"entente/cooperation"
	"entente/notify"
	"entente/platform"
)

// templates are the wordings of a convention's mails.
type templates interface {
	Wording(actor cooperation.Actor, convention, reason, language string) (*cooperation.Template, error)
	ReplaceTemplate(ctx context.Context, actor cooperation.Actor, convention, reason, language string, match platform.Match, content cooperation.TemplateContent) (*cooperation.Template, error)
	RemoveTemplate(ctx context.Context, actor cooperation.Actor, convention, reason, language string, match platform.Match) error
}

// ListTemplates lists how the mails of a convention are worded.
func (a *api) ListTemplates(ctx context.Context, r ListTemplatesRequestObject) (ListTemplatesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	var out ListTemplates200JSONResponse
	for _, reason := range cooperation.TemplateReasons() {
		for _, language := range cooperation.ReaderLanguages() {
			if r.Params.Language != "" && string(r.Params.Language) != string(language) {
				continue
			}
			t, err := a.platform.Wording(c.actor, conv.ID, reason, string(language))
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, a.templateView(t))
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// GetTemplate gives the wording for a reason in a language.
func (a *api) GetTemplate(ctx context.Context, r GetTemplateRequestObject) (GetTemplateResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	t, err := a.platform.Wording(c.actor, conv.ID, r.Reason, string(r.Language))
	if err != nil {
		return nil, err
	}
	c.stamp(&t.Meta)
	if known(r.Params.IfNoneMatch, t.Version) {
		return GetTemplate304Response{}, nil
	}
	return GetTemplate200JSONResponse{TemplateDocumentJSONResponse(a.templateView(t))}, nil
}

// ReplaceTemplate gives the mails for a reason the convention's own wording.
func (a *api) ReplaceTemplate(ctx context.Context, r ReplaceTemplateRequestObject) (ReplaceTemplateResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	t, err := a.platform.ReplaceTemplate(ctx, c.actor, conv.ID, r.Reason, string(r.Language), expected(r.Params.IfMatch), wording(r.Body))
	if err != nil {
		return nil, err
	}
	c.stamp(&t.Meta)
	return ReplaceTemplate200JSONResponse{TemplateDocumentJSONResponse(a.templateView(t))}, nil
}

// DeleteTemplate goes back to the shipped wording.
func (a *api) DeleteTemplate(ctx context.Context, r DeleteTemplateRequestObject) (DeleteTemplateResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	if err := a.platform.RemoveTemplate(ctx, c.actor, conv.ID, r.Reason, string(r.Language), expected(r.Params.IfMatch)); err != nil {
		return nil, err
	}
	return DeleteTemplate204Response{}, nil
}

// PreviewTemplate shows a sample of a mail.
func (a *api) PreviewTemplate(ctx context.Context, r PreviewTemplateRequestObject) (PreviewTemplateResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	t, err := a.platform.Wording(c.actor, conv.ID, r.Reason, string(r.Language))
	if err != nil {
		return nil, err
	}
	if r.Body != nil {
		tried := *t
		if tried.TemplateContent = wording(r.Body); tried.TemplateContent != (cooperation.TemplateContent{}) {
			if err := tried.Check(tried.Reason); err != nil {
				return nil, err
			}
		}
		t = &tried
	}
	m, err := notify.Sample(t, conv, a.texts, a.platform.Names(conv.ID), "")
	if err != nil {
		return nil, err
	}
	return PreviewTemplate200JSONResponse{Language: m.Language, Subject: m.Subject, Text: m.PlainText, HTML: m.HTML}, nil
}

func wording(body *TemplateContent) cooperation.TemplateContent {
	return cooperation.TemplateContent{Subject: body.Subject, Intro: body.Intro, Closing: body.Closing}
}

func (a *api) templateView(t *cooperation.Template) Template {
	names, _ := cooperation.PlaceholdersOf(t.Reason)
	shipped := notify.ShippedWording(t.Reason, a.texts.Localizer(t.Language))
	v := Template{Convention: t.Convention, Reason: t.Reason, Language: t.Language, Version: t.Version, Overridden: t.Overrides(),
		Placeholders: names.Known, Required: present(names.Required), Shipped: ShippedWording{Subject: shipped.Subject, Intro: shipped.Intro},
		Subject: t.Subject, Intro: t.Intro, Closing: t.Closing}
	if t.Version > 1 {
		v.Updated = t.Updated
	}
	return v
}
