package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// deliveries are the use cases of partnerships after they were agreed; see
// platform for what each one promises.
type deliveries interface {
	Delivery(actor cooperation.Actor, id string) (*cooperation.Partnership, *cooperation.Need, error)
	BeginPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, on cooperation.Date) (*cooperation.Partnership, *cooperation.Need, error)
	ReportMilestone(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, report cooperation.MilestoneReport) (*cooperation.Partnership, *cooperation.Need, error)
	RecordDisbursement(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, entry cooperation.Disbursement) (*cooperation.Partnership, *cooperation.Need, error)
	CorrectDisbursement(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, number int, text string) (*cooperation.Partnership, *cooperation.Need, error)
	ReportDeviation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, deviation cooperation.Deviation) (*cooperation.Partnership, *cooperation.Need, error)
	FollowUpPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, course cooperation.Course, text string) (*cooperation.Partnership, *cooperation.Need, error)
	StatePartnershipOrigin(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, statement cooperation.OriginStatement) (*cooperation.Partnership, *cooperation.Need, error)
	CompletePartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, delivered []cooperation.ShareDelivered, text string) (*cooperation.Partnership, *cooperation.Need, error)
	ConfirmPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Partnership, *cooperation.Need, error)
	StopPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string, delivered []cooperation.ShareDelivered) (*cooperation.Partnership, *cooperation.Need, error)
	GiveFeedback(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, rating int, text string) (*cooperation.Partnership, *cooperation.Need, error)
	DraftLessons(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string, lang reference.Language, public bool) (*cooperation.Partnership, *cooperation.Need, error)
	ClearLessons(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, lessons int, public bool) (*cooperation.Partnership, *cooperation.Need, error)
}

// GetPartnershipDelivery gives what became of a partnership.
func (a *api) GetPartnershipDelivery(ctx context.Context, r GetPartnershipDeliveryRequestObject) (GetPartnershipDeliveryResponseObject, error) {
	c, _ := callOf(ctx)
	w, n, err := a.platform.Delivery(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&w.Meta)
	if known(r.Params.IfNoneMatch, w.Version) {
		return GetPartnershipDelivery304Response{}, nil
	}
	return GetPartnershipDelivery200JSONResponse{PartnershipDeliveryDocumentJSONResponse(c.outcomeView(w, n))}, nil
}

// BeginPartnership says that the help has begun.
func (a *api) BeginPartnership(ctx context.Context, r BeginPartnershipRequestObject) (BeginPartnershipResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.BeginPartnership(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).On))
	if err != nil {
		return nil, err
	}
	return BeginPartnership200JSONResponse{v}, nil
}

// ReportMilestone reports on a milestone.
func (a *api) ReportMilestone(ctx context.Context, r ReportMilestoneRequestObject) (ReportMilestoneResponseObject, error) {
	c, ctx := callOf(ctx)
	report := cooperation.MilestoneReport{Milestone: r.Body.Milestone, Done: r.Body.Done, Text: r.Body.Text, Link: r.Body.Link}
	v, err := c.delivered(a.platform.ReportMilestone(ctx, c.actor, r.ID, expected(r.Params.IfMatch), report))
	if err != nil {
		return nil, err
	}
	return ReportMilestone200JSONResponse{v}, nil
}

// RecordDisbursement records money.
func (a *api) RecordDisbursement(ctx context.Context, r RecordDisbursementRequestObject) (RecordDisbursementResponseObject, error) {
	c, ctx := callOf(ctx)
	entry := cooperation.Disbursement{Share: r.Body.Share, Sort: cooperation.DisbursementSort(r.Body.Sort), Amount: r.Body.Amount, On: r.Body.On, Text: r.Body.Text, Link: r.Body.Link}
	v, err := c.delivered(a.platform.RecordDisbursement(ctx, c.actor, r.ID, expected(r.Params.IfMatch), entry))
	if err != nil {
		return nil, err
	}
	return RecordDisbursement200JSONResponse{v}, nil
}

// CorrectDisbursement takes an entry back.
func (a *api) CorrectDisbursement(ctx context.Context, r CorrectDisbursementRequestObject) (CorrectDisbursementResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.CorrectDisbursement(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Number, r.Body.Text))
	if err != nil {
		return nil, err
	}
	return CorrectDisbursement200JSONResponse{v}, nil
}

// ReportDeviation reports a deviation.
func (a *api) ReportDeviation(ctx context.Context, r ReportDeviationRequestObject) (ReportDeviationResponseObject, error) {
	c, ctx := callOf(ctx)
	deviation := cooperation.Deviation{Aspect: cooperation.DeviationAspect(r.Body.Aspect), Milestone: r.Body.Milestone, Expected: r.Body.Expected, Text: r.Body.Text}
	v, err := c.delivered(a.platform.ReportDeviation(ctx, c.actor, r.ID, expected(r.Params.IfMatch), deviation))
	if err != nil {
		return nil, err
	}
	return ReportDeviation200JSONResponse{v}, nil
}

// FollowUpPartnership answers a follow-up.
func (a *api) FollowUpPartnership(ctx context.Context, r FollowUpPartnershipRequestObject) (FollowUpPartnershipResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.FollowUpPartnership(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Course(r.Body.Course), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return FollowUpPartnership200JSONResponse{v}, nil
}

// StatePartnershipOrigin states where the help comes from.
func (a *api) StatePartnershipOrigin(ctx context.Context, r StatePartnershipOriginRequestObject) (StatePartnershipOriginResponseObject, error) {
	c, ctx := callOf(ctx)
	statement := cooperation.OriginStatement{Origin: cooperation.Origin(r.Body.Origin), Text: r.Body.Text, Link: r.Body.Link}
	v, err := c.delivered(a.platform.StatePartnershipOrigin(ctx, c.actor, r.ID, expected(r.Params.IfMatch), statement))
	if err != nil {
		return nil, err
	}
	return StatePartnershipOrigin200JSONResponse{v}, nil
}

// CompletePartnership states what was delivered.
func (a *api) CompletePartnership(ctx context.Context, r CompletePartnershipRequestObject) (CompletePartnershipResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.CompletePartnership(ctx, c.actor, r.ID, expected(r.Params.IfMatch), sharesDelivered(r.Body.Delivered), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return CompletePartnership200JSONResponse{v}, nil
}

// ConfirmPartnership agrees to what was stated.
func (a *api) ConfirmPartnership(ctx context.Context, r ConfirmPartnershipRequestObject) (ConfirmPartnershipResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.ConfirmPartnership(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return ConfirmPartnership200JSONResponse{v}, nil
}

// StopPartnership stops.
func (a *api) StopPartnership(ctx context.Context, r StopPartnershipRequestObject) (StopPartnershipResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.StopPartnership(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Reason(r.Body.Reason), r.Body.Text, sharesDelivered(r.Body.Delivered)))
	if err != nil {
		return nil, err
	}
	return StopPartnership200JSONResponse{v}, nil
}

// GiveFeedback takes feedback.
func (a *api) GiveFeedback(ctx context.Context, r GiveFeedbackRequestObject) (GiveFeedbackResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.GiveFeedback(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Rating, r.Body.Text))
	if err != nil {
		return nil, err
	}
	return GiveFeedback200JSONResponse{v}, nil
}

// DraftLessons takes a draft of lessons.
func (a *api) DraftLessons(ctx context.Context, r DraftLessonsRequestObject) (DraftLessonsResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.DraftLessons(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text, r.Body.ContentLanguage, r.Body.Public))
	if err != nil {
		return nil, err
	}
	return DraftLessons200JSONResponse{v}, nil
}

// ClearLessons clears lessons.
func (a *api) ClearLessons(ctx context.Context, r ClearLessonsRequestObject) (ClearLessonsResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.delivered(a.platform.ClearLessons(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Draft, r.Body.Public))
	if err != nil {
		return nil, err
	}
	return ClearLessons200JSONResponse{v}, nil
}

// ListLessons lists the lessons that were shared.
func (a *api) ListLessons(ctx context.Context, r ListLessonsRequestObject) (ListLessonsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Lessons(c.actor, catalogue.LessonsQuery{Theme: r.Params.Theme, Region: r.Params.Region, Kind: codesOf[cooperation.Kind](r.Params.Kind), Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListLessons200JSONResponse{Items: []LearnedLessons{}, Next: page.Next, Total: page.Total}
	for _, l := range page.Items {
		out.Items = append(out.Items, c.lessonsView(state, &l))
	}
	return out, nil
}

// delivered is the answer to a command.
func (c *call) delivered(w *cooperation.Partnership, n *cooperation.Need, err error) (PartnershipDeliveryDocumentJSONResponse, error) {
	if err != nil {
		return PartnershipDeliveryDocumentJSONResponse{}, err
	}
	c.stamp(&w.Meta)
	return PartnershipDeliveryDocumentJSONResponse(c.outcomeView(w, n)), nil
}

// sharesDelivered is what was delivered; nil where it is left out.
func sharesDelivered(list []DeliveredShare) (out []cooperation.ShareDelivered) {
	for _, s := range list {
		out = append(out, cooperation.ShareDelivered{Share: s.Share, Kinds: codesOf[cooperation.Kind](s.Kinds), Amount: s.Amount, Covers: s.Covers, Quantity: s.Quantity, Text: s.Text})
	}
	return out
}

func (c *call) lessonsView(state documents, l *catalogue.Learned) LearnedLessons {
	w, s := l.Partnership, l.Partnership.Lessons.Shared
	v := LearnedLessons{Partnership: w.ID, Convention: w.Convention, Text: s.Text, ContentLanguage: s.Language, Public: s.Public, Time: s.Time,
		Need: c.needInShort(state, w.Need), Themes: []Named{}, Kinds: []Named{}, Partners: c.partnersView(w.Partners(l.Need))}
	for _, t := range l.Need.Themes {
		v.Themes = append(v.Themes, c.named(message.Theme, t))
	}
	for _, k := range l.Need.KindList() {
		v.Kinds = append(v.Kinds, c.named(message.Kind, string(k)))
	}
	return v
}
