package api

import (
	"context"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// records reads what the log says of documents; see platform for what each one
// promises.
type records interface {
	History(ctx context.Context, actor cooperation.Actor, kind, id string, from uint64, limit int) (*platform.History, error)
	NeedAt(ctx context.Context, actor cooperation.Actor, id string, m platform.Moment) (need *cooperation.Need, withheld []string, err error)
	OfferAt(ctx context.Context, actor cooperation.Actor, id string, m platform.Moment) (offer *cooperation.Offer, withheld []string, err error)
	ProposalAt(ctx context.Context, actor cooperation.Actor, id string, m platform.Moment) (*cooperation.Proposal, error)
	OrganisationHistory(ctx context.Context, actor cooperation.Actor, convention, id string, from uint64, limit int) (*platform.History, error)
	CommitteeHistory(ctx context.Context, actor cooperation.Actor, convention, id string, from uint64, limit int) (*platform.History, error)
	OrganisationAt(ctx context.Context, actor cooperation.Actor, convention, id string, m platform.Moment) (*cooperation.Organisation, error)
	ReviewAt(ctx context.Context, actor cooperation.Actor, id string, m platform.Moment) (*cooperation.Review, error)
	RunAt(ctx context.Context, actor cooperation.Actor, id string, m platform.Moment) (*cooperation.Run, error)
}

// ListNeedHistory lists the versions of a need.
func (a *api) ListNeedHistory(ctx context.Context, r ListNeedHistoryRequestObject) (ListNeedHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Need(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindNeed, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListNeedHistory200JSONResponse(h), err
}

// ListOfferHistory lists the versions of an offer.
func (a *api) ListOfferHistory(ctx context.Context, r ListOfferHistoryRequestObject) (ListOfferHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Offer(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindOffer, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListOfferHistory200JSONResponse(h), err
}

// ListProposalHistory lists the versions of a proposal.
func (a *api) ListProposalHistory(ctx context.Context, r ListProposalHistoryRequestObject) (ListProposalHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Proposal(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindProposal, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListProposalHistory200JSONResponse(h), err
}

// ListReviewHistory lists the versions of a review.
func (a *api) ListReviewHistory(ctx context.Context, r ListReviewHistoryRequestObject) (ListReviewHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Review(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindReview, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListReviewHistory200JSONResponse(h), err
}

// ListRunHistory lists the versions of a run.
func (a *api) ListRunHistory(ctx context.Context, r ListRunHistoryRequestObject) (ListRunHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Run(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindRun, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListRunHistory200JSONResponse(h), err
}

// ListOrganisationHistory lists the versions of an organisation.
func (a *api) ListOrganisationHistory(ctx context.Context, r ListOrganisationHistoryRequestObject) (ListOrganisationHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Params.Convention); err != nil {
		return nil, err
	}
	h, err := c.history(ctx, catalogue.KindOrganisation, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListOrganisationHistory200JSONResponse(h), err
}

// organisation gives an organisation as it is, or as it was.
func (c *call) organisation(ctx context.Context, convention, id, at string) (*cooperation.Organisation, error) {
	if at == "" {
		return c.api.platform.Organisation(c.actor, convention, id)
	}
	m, err := moment(at)
	if err != nil {
		return nil, err
	}
	return c.api.platform.OrganisationAt(ctx, c.actor, convention, id, m)
}

// holding notes the convention that has a document. The reader learns nothing
// from it.
func (c *call) holding(has func(*catalogue.State) bool) {
	for _, conv := range c.api.platform.Conventions() {
		if state, ok := c.api.platform.State(conv.ID); ok && has(state) {
			c.convention = conv
			return
		}
	}
}

func (c *call) history(ctx context.Context, kind, id, cursor string, limit int) (out History, err error) {
	from := uint64(0)
	if cursor != "" {
		if from, err = strconv.ParseUint(cursor, 10, 63); err != nil || from == 0 {
			return out, badParameter("cursor", message.New("error.invalid.cursor"))
		}
	}
	limit = orElse(limit, catalogue.DefaultLimit)
	var h *platform.History
	switch kind { // the ids of these are unique within their convention only
	case catalogue.KindOrganisation:
		h, err = c.api.platform.OrganisationHistory(ctx, c.actor, c.convention.ID, id, from, limit)
	case catalogue.KindCommittee:
		h, err = c.api.platform.CommitteeHistory(ctx, c.actor, c.convention.ID, id, from, limit)
	default:
		h, err = c.api.platform.History(ctx, c.actor, kind, id, from, limit)
	}
	if err != nil {
		return out, err
	}
	if c.convention != nil {
		c.about(c.convention)
	}
	out.Items = make([]Record, 0, len(h.Records))
	for _, r := range h.Records {
		out.Items = append(out.Items, c.recordView(kind, r))
	}
	if h.Next > 0 {
		out.Next = strconv.FormatUint(h.Next, 10)
	}
	return out, nil
}

func (c *call) recordView(kind string, r platform.Record) Record {
	v := Record{Version: r.Version, Position: int64(r.Position), Time: r.Time, Status: r.Status, Erased: r.Erased,
		Command: r.Command, Actor: r.Actor, ActorName: r.Name, Reason: r.Reason}
	if r.Status != "" {
		v.StatusLabel = c.name(message.Status, kind+"."+r.Status)
	}
	if !r.Compared {
		return v
	}
	v.Changes = make([]FieldChange, 0, len(r.Changes))
	for _, change := range r.Changes {
		v.Changes = append(v.Changes, FieldChange{Path: change.Path, Label: c.fieldLabel(kind, change.Path),
			Before: value(change.Before), After: value(change.After), Withheld: change.Withheld})
	}
	return v
}

// place is where in a list a field stands.
var places = regexp.MustCompile(`\[\d+\]`)

// fieldLabel names a field in the reader's language: the whole path where it
// has a name, otherwise what of it has one.
func (c *call) fieldLabel(kind, path string) string {
	steps := strings.Split(places.ReplaceAllString(path, ""), ".")
	for n := len(steps); n > 0; n-- {
		if text, ok := c.words.Lookup("field." + kind + "." + strings.Join(steps[:n], ".")); ok {
			return text
		}
	}
	return path
}

// value is a part of a document, as it is written.
func value(text json.RawMessage) any {
	if text == nil {
		return nil
	}
	return text
}

// moment reads the parameter at, whose form the description has checked.
func moment(at string) (platform.Moment, error) {
	if position, err := strconv.ParseUint(at, 10, 63); err == nil {
		return platform.Moment{Position: position}, nil
	}
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return platform.Moment{}, badParameter("at", message.New("error.invalid.time"))
	}
	return platform.Moment{Time: t}, nil
}

// needAt gives a need as it was.
func (c *call) needAt(ctx context.Context, id, at, ifNoneMatch string) (GetNeedResponseObject, error) {
	m, err := moment(at)
	if err != nil {
		return nil, err
	}
	n, withheld, err := c.api.platform.NeedAt(ctx, c.actor, id, m)
	if err != nil {
		return nil, err
	}
	c.stamp(&n.Meta)
	if known(ifNoneMatch, n.Version) {
		return GetNeed304Response{}, nil
	}
	return GetNeed200JSONResponse{NeedDocumentJSONResponse(c.needView(n, withheld))}, nil
}

// offerAt gives an offer as it was.
func (c *call) offerAt(ctx context.Context, id, at, ifNoneMatch string) (GetOfferResponseObject, error) {
	m, err := moment(at)
	if err != nil {
		return nil, err
	}
	o, withheld, err := c.api.platform.OfferAt(ctx, c.actor, id, m)
	if err != nil {
		return nil, err
	}
	c.stamp(&o.Meta)
	if known(ifNoneMatch, o.Version) {
		return GetOffer304Response{}, nil
	}
	return GetOffer200JSONResponse{OfferDocumentJSONResponse(c.offerView(o, withheld))}, nil
}

// proposalAt gives a proposal as it was, without a score: that is of today.
func (c *call) proposalAt(ctx context.Context, id, at string) (GetProposalResponseObject, error) {
	m, err := moment(at)
	if err != nil {
		return nil, err
	}
	p, err := c.api.platform.ProposalAt(ctx, c.actor, id, m)
	if err != nil {
		return nil, err
	}
	c.stamp(&p.Meta)
	state, _ := c.api.platform.State(p.Convention)
	return GetProposal200JSONResponse(c.proposalView(state, p)), nil
}

// runAt gives a run as it was.
func (c *call) runAt(ctx context.Context, id, at, ifNoneMatch string) (GetRunResponseObject, error) {
	m, err := moment(at)
	if err != nil {
		return nil, err
	}
	run, err := c.api.platform.RunAt(ctx, c.actor, id, m)
	if err != nil {
		return nil, err
	}
	c.stamp(&run.Meta)
	if known(ifNoneMatch, run.Version) {
		return GetRun304Response{}, nil
	}
	return GetRun200JSONResponse(runView(run)), nil
}
