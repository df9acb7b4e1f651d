package api

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"

	"entente/cooperation"
)

//go:embed unsubscribe.gohtml
var unsubscribeSource string

// unsubscribePage is parsed once and never changes.
var unsubscribePage = template.Must(template.New("unsubscribe").Parse(unsubscribeSource))

// unsubscribing is what the page says.
type unsubscribing struct {
	Language, Direction, Title, Lead, Button string
}

// ShowUnsubscribe shows the page for unsubscribing. Opening it changes
// nothing: programs that look through mails open what stands in them.
func (a *api) ShowUnsubscribe(ctx context.Context, r ShowUnsubscribeRequestObject) (ShowUnsubscribeResponseObject, error) {
	c, _ := callOf(ctx)
	u, group, ok := a.platform.Unsubscription(r.Secret)
	if !ok {
		return nil, cooperation.Absent()
	}
	page, err := c.unsubscribePage(u, "notify.unsubscribe.ask."+string(group), "notify.unsubscribe.button")
	if err != nil {
		return nil, err
	}
	return ShowUnsubscribe200TextHTMLResponse{page}, nil
}

// Unsubscribe ends the mails of a group.
func (a *api) Unsubscribe(ctx context.Context, r UnsubscribeRequestObject) (UnsubscribeResponseObject, error) {
	c, ctx := callOf(ctx)
	u, group, err := a.platform.Unsubscribe(ctx, r.Secret)
	if err != nil {
		return nil, err
	}
	page, err := c.unsubscribePage(u, "notify.unsubscribe.done."+string(group), "")
	if err != nil {
		return nil, err
	}
	return Unsubscribe200TextHTMLResponse{page}, nil
}

// unsubscribePage writes the page in the person's language. It may post to
// itself, and nothing else.
func (c *call) unsubscribePage(u *cooperation.User, lead, button string) (UnsubscribePageTextHTMLResponse, error) {
	c.keep(false)
	c.speak("", u.Language)
	c.header.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	v := unsubscribing{Language: c.words.Language(), Direction: c.words.Direction(), Title: c.words.Text("notify.unsubscribe.title"), Lead: c.words.Text(lead)}
	if button != "" {
		v.Button = c.words.Text(button)
	}
	var page bytes.Buffer
	if err := unsubscribePage.Execute(&page, v); err != nil {
		return UnsubscribePageTextHTMLResponse{}, err
	}
	return UnsubscribePageTextHTMLResponse{Body: &page, ContentLength: int64(page.Len())}, nil
}
