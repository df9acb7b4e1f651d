package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// clocks are people's deadlines.
type clocks interface {
	Clocks(actor cooperation.Actor, convention string, q platform.ClockQuery) (page []platform.OwnClock, next string, total int, err error)
}

// ListClocks lists the actor's clocks.
func (a *api) ListClocks(ctx context.Context, r ListClocksRequestObject) (ListClocksResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q := platform.ClockQuery{Document: r.Params.Document, Until: r.Params.Until, Overdue: r.Params.Overdue, Cursor: r.Params.Cursor, Limit: r.Params.Limit}
	for _, k := range r.Params.Kind {
		q.Kinds = append(q.Kinds, cooperation.ClockKind(k))
	}
	page, next, total, err := a.platform.Clocks(c.actor, conv.ID, q)
	if err != nil {
		return nil, err
	}
	out := ListClocks200JSONResponse{Items: make([]Clock, 0, len(page)), Next: next, Total: total}
	for i := range page {
		out.Items = append(out.Items, c.clockView(&page[i]))
	}
	return out, nil
}

func (c *call) clockView(of *platform.OwnClock) Clock {
	v := Clock{ID: of.ID, Kind: ClockKind(of.Kind), Label: c.text("clock."+string(of.Kind), string(of.Kind)), Convention: of.Convention, Document: of.Document,
		Title: of.Title, Owners: c.ownersView(of.Owners), Started: of.Started, LastDay: of.Last, Due: of.Due, Overdue: of.Over(c.now), Paused: of.Paused,
		Left: of.Left, Ends: of.Ends, Reminders: []ClockReminder{}}
	for _, r := range of.Reminders {
		v.Reminders = append(v.Reminders, ClockReminder{At: r.At, To: c.ownersView(r.To), Past: !r.At.After(c.now)})
	}
	return v
}

func (c *call) ownersView(owners []cooperation.Owner) []ClockOwner {
	out := make([]ClockOwner, 0, len(owners))
	for _, o := range owners {
		v := ClockOwner{Roles: texts(o.Roles), Committee: o.Committee}
		for _, p := range o.Participants {
			v.Participants = append(v.Participants, c.named(message.Party, string(p)))
		}
		out = append(out, v)
	}
	return out
}
