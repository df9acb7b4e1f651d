package scenario

import (
	"entente/client"
)

// takesUp opens the review of a proposal.
func (p *person) takesUp(proposal string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.OpenReviewsWithResponse(p.ctx(), nil, client.NewReviews{Convention: p.w.convention, Proposals: []string{proposal}})
	if p.ok(err) {
		v = a.JSON201.Items[0]
	}
	return v
}

func (p *person) comments(review, text string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.CommentReviewWithResponse(p.ctx(), review, nil, client.ReviewText{Text: text})
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

func (p *person) objects(review, text string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.ObjectToReviewWithResponse(p.ctx(), review, nil, client.ReviewText{Text: text})
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

func (p *person) modifies(review, text string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.ModifyReviewWithResponse(p.ctx(), review, nil, client.ReviewText{Text: text})
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

func (p *person) agrees(review string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.AnswerReviewWithResponse(p.ctx(), review, nil, client.ReviewAnswer{Agreed: true})
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

func (p *person) advises(review, text string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.AdviseReviewWithResponse(p.ctx(), review, nil, client.ReviewText{Text: text})
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

// answered are the answers to a modification that somebody sees.
func answered(asked []client.ReviewAsked) (out []string) {
	for _, a := range asked {
		out = append(out, string(a.Answer))
	}
	return out
}
