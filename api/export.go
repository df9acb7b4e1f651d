package api

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"

	"entente/catalogue"
	"entente/cooperation"
)

// exported is an answer of one document a line. The generator would flush every
// few lines, which neither readers nor compression have use for.
type exported func(w io.Writer) error

func (e exported) visit(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.WriteHeader(http.StatusOK)
	return e(w)
}

// VisitExportNeedsResponse writes the answer.
func (e exported) VisitExportNeedsResponse(w http.ResponseWriter) error { return e.visit(w) }

// VisitExportOffersResponse writes the answer.
func (e exported) VisitExportOffersResponse(w http.ResponseWriter) error { return e.visit(w) }

// VisitExportProposalsResponse writes the answer.
func (e exported) VisitExportProposalsResponse(w http.ResponseWriter) error { return e.visit(w) }

// ending is the last line of a whole answer.
type ending struct {
	End struct {
		Kind     string `json:"kind"`
		Count    int    `json:"count"`
		Position string `json:"position"`
	} `json:"complete"`
}

// export answers with all that a list holds. It is written straight from the
// documents of one position of the log, which do not change, so that it takes
// no more memory than its buffer and their list. view is nil for what is not
// for the reader.
func export[T any](ctx context.Context, c *call, conv *cooperation.Convention, kind string, whole catalogue.Whole[T], view func(T) any) exported {
	position := conv.ID + ":" + strconv.FormatUint(whole.Position, 10)
	c.header.Set(positionHeader, position)
	c.header.Set("Content-Disposition", `attachment; filename="`+conv.ID+"-"+kind+`s.ndjson"`)
	return func(w io.Writer) error {
		buffer := bufio.NewWriterSize(w, 1<<16)
		text := json.NewEncoder(buffer)
		text.SetEscapeHTML(false)
		last := ending{}
		for _, item := range whole.Items {
			if err := ctx.Err(); err != nil {
				return err // what was begun has no last line
			}
			document := view(item)
			if document == nil {
				continue
			}
			if err := text.Encode(document); err != nil {
				return err
			}
			last.End.Count++
		}
		last.End.Kind, last.End.Position = kind, position
		return errors.Join(text.Encode(last), buffer.Flush())
	}
}

// wholeParams are the filters of a list without its order and pages.
type wholeParams = ExportNeedsParams

func (p wholeParams) list() listParams {
	return listParams{Convention: p.Convention, Status: p.Status, Country: p.Country, Region: p.Region, Theme: p.Theme, Kind: p.Kind,
		Language: p.Language, DeadlineFrom: p.DeadlineFrom, DeadlineTo: p.DeadlineTo, AmountFrom: p.AmountFrom, AmountTo: p.AmountTo,
		Currency: p.Currency, Q: p.Q}
}

// ExportNeeds gives all needs that the actor may see.
func (a *api) ExportNeeds(ctx context.Context, r ExportNeedsRequestObject) (ExportNeedsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q, err := c.query(conv, r.Params.list(), texts(cooperation.NeedStatuses()))
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	whole, err := state.AllNeeds(c.actor, q)
	if err != nil {
		return nil, err
	}
	return export(ctx, c, conv, catalogue.KindNeed, whole, func(n *cooperation.Need) any {
		shown, withheld := n.Shown(c.actor)
		if shown == nil {
			return nil
		}
		return c.needView(shown, withheld)
	}), nil
}

// ExportOffers gives all offers that the actor may see.
func (a *api) ExportOffers(ctx context.Context, r ExportOffersRequestObject) (ExportOffersResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q, err := c.query(conv, wholeParams(r.Params).list(), texts(cooperation.OfferStatuses()))
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	whole, err := state.AllOffers(c.actor, q)
	if err != nil {
		return nil, err
	}
	return export(ctx, c, conv, catalogue.KindOffer, whole, func(o *cooperation.Offer) any {
		shown, withheld := o.Shown(c.actor)
		if shown == nil {
			return nil
		}
		return c.offerView(shown, withheld)
	}), nil
}

// ExportProposals gives all proposals that the actor may see.
func (a *api) ExportProposals(ctx context.Context, r ExportProposalsRequestObject) (ExportProposalsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	return export(ctx, c, conv, catalogue.KindProposal, state.AllProposals(c.actor),
		func(p *cooperation.Proposal) any { return c.proposalView(state, p) }), nil
}
