package scenario

import (
	"entente/client"
)

// writes drafts a text of a body.
func (p *person) writes(body string, title, text client.OfficialText) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.CreateRecommendationWithResponse(p.ctx(), nil, client.NewRecommendation{Convention: p.w.convention, Output: "recommendations",
		Bodies: []string{body}, Title: title, Text: text})
	if p.ok(err) {
		r = *a.JSON201
	}
	return r
}

// text is a text of a body as the person sees it.
func (p *person) text(id string) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.GetRecommendationWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		r = *a.JSON200
	}
	return r
}

func (p *person) tables(id string) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.TableRecommendationWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		r = *a.JSON200
	}
	return r
}

// objectsToText records that a State does not join the consensus.
func (p *person) objectsToText(id, state, why string) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.ObjectToRecommendationWithResponse(p.ctx(), id, nil, client.ObjectionToText{Country: state, Text: why})
	if p.ok(err) {
		r = *a.JSON200
	}
	return r
}

// adopts records that a body has adopted a text.
func (p *person) adopts(id, body, record string) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.AdoptRecommendationWithResponse(p.ctx(), id, nil, client.AdoptionOfText{Body: body, Date: p.w.today(), Record: record})
	if p.ok(err) {
		r = *a.JSON200
	}
	return r
}

func (p *person) withdrawsText(id, why string) (r client.Recommendation) {
	p.t.Helper()
	a, err := p.c.WithdrawRecommendationWithResponse(p.ctx(), id, nil, client.TextWithdrawal{Text: why})
	if p.ok(err) {
		r = *a.JSON200
	}
	return r
}

// overview is what a body examines, as the person sees it.
func (p *person) overview(body string) client.NeedsOverview {
	p.t.Helper()
	a, err := p.c.GetOverviewWithResponse(p.ctx(), body, &client.GetOverviewParams{Convention: p.w.convention})
	p.ok(err)
	return *a.JSON200
}
