package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// desks are what those who review proposals look at; see platform for whom it is
// for.
type desks interface {
	Queue(actor cooperation.Actor, convention, committee string, q platform.QueueQuery) (*platform.Queue, error)
	Desk(ctx context.Context, actor cooperation.Actor, proposal string) (*platform.Desk, error)
}

// GetQueue gives a page of the proposals of a committee.
func (a *api) GetQueue(ctx context.Context, r GetQueueRequestObject) (GetQueueResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q := platform.QueueQuery{Theme: r.Params.Theme, Region: r.Params.Region, Mine: r.Params.Mine, Overdue: r.Params.Overdue, Cursor: r.Params.Cursor, Limit: r.Params.Limit}
	for _, s := range r.Params.Step {
		q.Steps = append(q.Steps, cooperation.DeskStep(s))
	}
	page, err := a.platform.Queue(c.actor, conv.ID, r.ID, q)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	out := GetQueue200JSONResponse{Convention: conv.ID, Committee: c.named(message.Body, page.Body.ID), Today: page.Today, Items: []DeskProposal{}, Next: page.Next, Total: page.Total, Steps: []DeskStepCount{}}
	for _, s := range page.Steps {
		out.Steps = append(out.Steps, DeskStepCount{Step: DeskStep(s.Step), Label: c.stepLabel(s.Step), Count: s.Count, Overdue: s.Overdue, Mine: s.Mine})
	}
	for _, d := range page.Items {
		out.Items = append(out.Items, c.deskView(state, d))
	}
	return out, nil
}

// GetDesk gives one proposal with all that belongs to a decision.
func (a *api) GetDesk(ctx context.Context, r GetDeskRequestObject) (GetDeskResponseObject, error) {
	c, ctx := callOf(ctx)
	d, err := a.platform.Desk(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	if conv, ok := a.platform.Convention(d.Proposal.Convention); ok {
		c.about(conv)
	}
	state, _ := a.platform.State(d.Proposal.Convention)
	out := GetDesk200JSONResponse{Proposal: c.deskView(state, d)}
	if d.Review != nil {
		out.Review = c.reviewView(state, d.Review)
	}
	return out, nil
}

// stepLabel names a step: those that a review or a proposal has too by the same
// words.
func (c *call) stepLabel(s cooperation.DeskStep) string {
	if text, ok := c.words.Lookup("desk.step." + string(s)); ok {
		return text
	}
	for _, kind := range []string{"review.", "proposal."} {
		if text, ok := c.words.Lookup("status." + kind + string(s)); ok {
			return text
		}
	}
	return string(s)
}
