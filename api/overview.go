package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
)

// GetOverview gives the needs under the mandate of a body in aggregate.
func (a *api) GetOverview(ctx context.Context, r GetOverviewRequestObject) (GetOverviewResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	body, known := conv.Committee(r.ID)
	if !known {
		return nil, cooperation.Absent()
	}
	state, _ := a.platform.State(conv.ID)
	o, _, err := state.Overview(c.actor, &body)
	if err != nil {
		return nil, err
	}
	out := GetOverview200JSONResponse{Convention: conv.ID, Committee: c.named(message.Body, body.ID), Needs: o.Needs, States: o.States, Offers: o.Offers, Activities: o.Activities,
		Themes: c.overviewCells(message.Theme, o.Themes), Regions: c.overviewCells(message.Region, o.Regions), Kinds: c.overviewCells(message.Kind, o.Kinds),
		Languages: c.overviewCells(message.Language, o.Languages), Gaps: []OverviewGap{}, Steps: stepFigures(state.StepsOf(c.actor, body.ID))}
	for _, g := range o.Gaps {
		out.Gaps = append(out.Gaps, OverviewGap{Theme: c.named(message.Theme, g.Theme), Kind: c.named(message.Kind, string(g.Kind)), Needs: g.Needs})
	}
	return out, nil
}

// overviewCells puts the cells of one dimension into the reader's words.
func (c *call) overviewCells(of message.Type, cells []cooperation.OverviewCell) []OverviewCell {
	out := []OverviewCell{}
	for _, cell := range cells {
		v := OverviewCell{ID: cell.ID, Name: c.name(of, cell.ID), Needs: cell.Needs, States: cell.States, Offers: cell.Offers, Activities: cell.Activities, Money: []OverviewMoney{}}
		for _, m := range cell.Money {
			v.Money = append(v.Money, OverviewMoney{Currency: m.Currency, Needs: m.Needs, Sought: cooperation.NewMoney(m.Sought, m.Currency).Amount, Gap: cooperation.NewMoney(m.Gap, m.Currency).Amount})
		}
		out = append(out, v)
	}
	return out
}
