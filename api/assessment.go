package api

import (
	"context"
	"encoding/json"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// assessments are the use cases of assessments; see platform for what each one
// promises.
type assessments interface {
	RequestAssessment(ctx context.Context, actor cooperation.Actor, need string, sort cooperation.AssessmentSort, text, key string) (*cooperation.Assessment, error)
	Assessment(actor cooperation.Actor, id string) (*cooperation.Assessment, error)
	AcceptAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, partners []cooperation.Participant) (*cooperation.Assessment, error)
	DeclineAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Assessment, error)
	ProposeMission(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, from, until cooperation.Date) (*cooperation.Assessment, error)
	HoldMission(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Assessment, error)
	ReportAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, report cooperation.MissionReport) (*cooperation.Assessment, error)
	FillNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, fields []string) (*cooperation.Assessment, error)
	WithdrawAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Assessment, error)
}

// ListAssessments lists assessments.
func (a *api) ListAssessments(ctx context.Context, r ListAssessmentsRequestObject) (ListAssessmentsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Assessments(c.actor, r.Params.Need, codesOf[cooperation.AssessmentStatus](r.Params.Status), r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	out := ListAssessments200JSONResponse{Items: []Assessment{}, Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		out.Items = append(out.Items, c.assessmentView(found))
	}
	return out, nil
}

// RequestAssessment asks for help.
func (a *api) RequestAssessment(ctx context.Context, r RequestAssessmentRequestObject) (RequestAssessmentResponseObject, error) {
	c, ctx := callOf(ctx)
	made, err := a.platform.RequestAssessment(ctx, c.actor, r.Body.Need, cooperation.AssessmentSort(r.Body.Sort), r.Body.Text, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("assessments", &made.Meta)
	return RequestAssessment201JSONResponse(c.assessmentView(made)), nil
}

// GetAssessment gives an assessment.
func (a *api) GetAssessment(ctx context.Context, r GetAssessmentRequestObject) (GetAssessmentResponseObject, error) {
	c, _ := callOf(ctx)
	found, err := a.platform.Assessment(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&found.Meta)
	if known(r.Params.IfNoneMatch, found.Version) {
		return GetAssessment304Response{}, nil
	}
	return GetAssessment200JSONResponse{AssessmentDocumentJSONResponse(c.assessmentView(found))}, nil
}

// AcceptAssessment accepts.
func (a *api) AcceptAssessment(ctx context.Context, r AcceptAssessmentRequestObject) (AcceptAssessmentResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.AcceptAssessment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), codesOf[cooperation.Participant](given(r.Body).Partners)))
	if err != nil {
		return nil, err
	}
	return AcceptAssessment200JSONResponse{v}, nil
}

// DeclineAssessment declines.
func (a *api) DeclineAssessment(ctx context.Context, r DeclineAssessmentRequestObject) (DeclineAssessmentResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.DeclineAssessment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return DeclineAssessment200JSONResponse{v}, nil
}

// ProposeMission proposes the days of the mission.
func (a *api) ProposeMission(ctx context.Context, r ProposeMissionRequestObject) (ProposeMissionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.ProposeMission(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.From, r.Body.Until))
	if err != nil {
		return nil, err
	}
	return ProposeMission200JSONResponse{v}, nil
}

// HoldMission records that the mission took place.
func (a *api) HoldMission(ctx context.Context, r HoldMissionRequestObject) (HoldMissionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.HoldMission(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Until))
	if err != nil {
		return nil, err
	}
	return HoldMission200JSONResponse{v}, nil
}

// ReportAssessment hands the report over.
func (a *api) ReportAssessment(ctx context.Context, r ReportAssessmentRequestObject) (ReportAssessmentResponseObject, error) {
	c, ctx := callOf(ctx)
	report := cooperation.MissionReport{Text: r.Body.Text, Link: r.Body.Link}
	for name, value := range r.Body.Proposed {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		if report.Proposed == nil {
			report.Proposed = map[string]json.RawMessage{}
		}
		report.Proposed[name] = text
	}
	v, err := c.changedAssessment(a.platform.ReportAssessment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), report))
	if err != nil {
		return nil, err
	}
	return ReportAssessment200JSONResponse{v}, nil
}

// FillNeed takes proposed fields over.
func (a *api) FillNeed(ctx context.Context, r FillNeedRequestObject) (FillNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.FillNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Fields))
	if err != nil {
		return nil, err
	}
	return FillNeed200JSONResponse{v}, nil
}

// WithdrawAssessment withdraws the request.
func (a *api) WithdrawAssessment(ctx context.Context, r WithdrawAssessmentRequestObject) (WithdrawAssessmentResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAssessment(a.platform.WithdrawAssessment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return WithdrawAssessment200JSONResponse{v}, nil
}

// changedAssessment is the answer to a command.
func (c *call) changedAssessment(changed *cooperation.Assessment, err error) (AssessmentDocumentJSONResponse, error) {
	if err != nil {
		return AssessmentDocumentJSONResponse{}, err
	}
	c.stamp(&changed.Meta)
	return AssessmentDocumentJSONResponse(c.assessmentView(changed)), nil
}

// assessmentView puts an assessment into its answer.
func (c *call) assessmentView(a *cooperation.Assessment) Assessment {
	v := Assessment{ID: a.ID, Convention: a.Convention, Version: a.Version, Created: a.Created, Updated: a.Updated, CreatedBy: a.CreatedBy, Need: a.Need,
		Sort: AssessmentSort(a.Sort), Status: AssessmentStatus(a.Status), Title: a.Draft.Title, Request: a.Request, Draft: anyFields(a.Draft), Partners: []Named{}, Held: a.Held, Filled: present(a.Filled),
		Labels: AssessmentLabels{Status: c.name(message.Status, "assessment."+string(a.Status)), Sort: c.say(message.New("assessment_sort." + string(a.Sort)))}}
	for _, p := range a.Partners {
		v.Partners = append(v.Partners, c.named(message.Party, string(p)))
	}
	if a.Dates != nil {
		v.Dates = MissionDatesProposed{From: a.Dates.From, Until: a.Dates.Until, ByState: a.Dates.State}
	}
	if a.Report != nil {
		v.Report = AssessmentReportGiven{Text: a.Report.Text, Link: a.Report.Link, Proposed: anyFields(a.Report.Proposed), By: a.Report.By, Time: a.Report.Time}
	}
	if a.Ended != nil {
		v.Ended = a.Ended.Text
	}
	return v
}

// anyFields is a value as the fields of its JSON.
func anyFields(v any) map[string]any {
	out := map[string]any{}
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil || out == nil {
		return map[string]any{}
	}
	return out
}
