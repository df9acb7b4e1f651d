package api

import (
	"context"
	"time"

	"entente/cooperation"
	"entente/platform"
)

// weightings are the use cases of weights; see platform for what each one
// promises.
type weightings interface {
	Weights(actor cooperation.Actor, convention string) (*cooperation.AdoptedWeights, error)
	WeightsHistory(ctx context.Context, actor cooperation.Actor, convention string) ([]*cooperation.AdoptedWeights, int, error)
	AdoptWeights(ctx context.Context, actor cooperation.Actor, convention string, match platform.Match, file cooperation.WeightsFile, reason string) (*cooperation.AdoptedWeights, error)
	PreviewWeights(ctx context.Context, actor cooperation.Actor, convention string, file cooperation.WeightsFile, most int) (*platform.WeightsEffect, error)
}

// adoptWeights is the body that adopts weights.
type adoptWeights struct {
	cooperation.WeightsFile
	Reason string `json:"reason"`
}

// weightsDocument are weights as the API shows them.
type weightsDocument struct {
	Convention string `json:"convention"`
	Version    uint64 `json:"version"`
	cooperation.WeightsFile
	Reason  string                `json:"reason,omitempty"`
	As      cooperation.AdoptedAs `json:"as,omitempty"`
	By      string                `json:"by,omitempty"`
	Adopted time.Time             `json:"adopted,omitzero"`
}

func weightsDocumentOf(w *cooperation.AdoptedWeights) weightsDocument {
	return weightsDocument{Convention: w.Convention, Version: w.Version, WeightsFile: w.WeightsFile, Reason: w.Reason, As: w.As, By: w.By, Adopted: w.Time}
}

// GetWeights gives the weights in force and those before them.
func (a *api) GetWeights(ctx context.Context, r GetWeightsRequestObject) (GetWeightsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	w, err := a.platform.Weights(c.actor, conv.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	if known(r.Params.IfNoneMatch, w.Version) {
		return GetWeights304Response{}, nil
	}
	before, total, err := a.platform.WeightsHistory(ctx, c.actor, conv.ID)
	if err != nil {
		return nil, err
	}
	out := GetWeights200JSONResponse{Current: weightsDocumentOf(w), Body: conv.WeightsBody, History: []AdoptedWeights{}, Total: total}
	for _, w := range before {
		out.History = append(out.History, weightsDocumentOf(w))
	}
	return out, nil
}

// AdoptWeights puts other weights in force.
func (a *api) AdoptWeights(ctx context.Context, r AdoptWeightsRequestObject) (AdoptWeightsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	w, err := a.platform.AdoptWeights(ctx, c.actor, conv.ID, expected(r.Params.IfMatch), r.Body.WeightsFile, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	return AdoptWeights200JSONResponse{WeightsDocumentJSONResponse(weightsDocumentOf(w))}, nil
}

// PreviewWeights says what other weights would change.
func (a *api) PreviewWeights(ctx context.Context, r PreviewWeightsRequestObject) (PreviewWeightsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	e, err := a.platform.PreviewWeights(ctx, c.actor, conv.ID, *r.Body, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	out := PreviewWeights200JSONResponse{Needs: e.Needs, Matched: e.Matched, Changed: e.Changed, Moved: []MovedNeed{},
		Before: FirstPlaces{Providers: e.Before.Providers, TopFive: e.Before.TopFive}, After: FirstPlaces{Providers: e.After.Providers, TopFive: e.After.TopFive}}
	for _, m := range e.Moved {
		out.Moved = append(out.Moved, MovedNeed{Need: c.needInShort(state, m.Need), Before: c.offerInShort(state, m.Before.ID), BeforeScore: int64(m.Before.Score),
			After: c.offerInShort(state, m.After.ID), AfterScore: int64(m.After.Score)})
	}
	return out, nil
}
