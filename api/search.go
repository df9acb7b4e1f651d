package api

import (
	"context"
	"strings"

	"entente/catalogue"
	"entente/message"
)

// Search finds by words whatever a convention holds.
func (a *api) Search(ctx context.Context, r SearchRequestObject) (SearchResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(r.Params.Q)
	if text == "" {
		return nil, badParameter("q", message.New("error.invalid.required"))
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.SearchAll(c.actor, catalogue.SearchQuery{Text: text, Kinds: texts(r.Params.Kind), Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := Search200JSONResponse{Items: make([]SearchHit, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		out.Items = append(out.Items, c.hitView(found))
	}
	return out, nil
}

func (c *call) hitView(f catalogue.Found) SearchHit {
	v := SearchHit{Kind: SearchKind(f.Kind), ID: f.ID, Snippet: make([]SnippetPiece, 0, len(f.Snippet))}
	for _, piece := range f.Snippet {
		v.Snippet = append(v.Snippet, SnippetPiece{Text: piece.Text, Match: piece.Match})
	}
	switch f.Kind {
	case catalogue.KindNeed:
		v.Title, v.Status = f.Need.Title, string(f.Need.Status)
		for _, b := range f.Need.Beneficiaries {
			v.Participants = append(v.Participants, c.named(message.Country, b.Alpha2()))
		}
	case catalogue.KindOffer:
		v.Title, v.Status = f.Offer.Title, string(f.Offer.Status)
		for _, p := range f.Offer.Providers() {
			v.Participants = append(v.Participants, c.named(message.Party, string(p)))
		}
	case catalogue.FoundTheme:
		v.Title = c.name(message.Theme, f.ID)
	case catalogue.FoundCommittee:
		v.Title = c.name(message.Body, f.ID)
	case catalogue.FoundParty, catalogue.KindOrganisation:
		v.Title = c.name(message.Party, f.ID)
	}
	if v.Status != "" {
		v.StatusLabel = c.name(message.Status, f.Kind+"."+v.Status)
	}
	return v
}
