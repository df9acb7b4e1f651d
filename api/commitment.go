package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// commitments are the use cases of commitments; see platform for what each one
// promises.
type commitments interface {
	CreateCommitment(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.CommitmentContent, key string) (*cooperation.Commitment, error)
	Commitment(actor cooperation.Actor, id string) (*cooperation.Commitment, error)
	ReplaceCommitment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.CommitmentContent) (*cooperation.Commitment, error)
	ReportProgress(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, report cooperation.Progress) (*cooperation.Commitment, error)
	RetireCommitment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Commitment, error)
	Now() time.Time // on which day it is depends what is overdue
}

// newCommitment is the body that enters a commitment.
type newCommitment struct {
	Convention string `json:"convention"`
	cooperation.CommitmentContent
}

// commitmentDocument is a commitment as the API shows it.
type commitmentDocument struct {
	*cooperation.Commitment
	Parties   []reference.Country          `json:"parties"`
	Themes    []string                     `json:"themes"`
	Status    cooperation.CommitmentStatus `json:"status"`
	Overdue   bool                         `json:"overdue"`
	Bound     int                          `json:"bound"`
	Progress  []cooperation.Progress       `json:"progress"`
	Standings []CommitmentStanding         `json:"standings"`
	Labels    CommitmentLabels             `json:"labels"`
}

// overdueStatus stands beside the statuses in a query.
const overdueStatus = "overdue"

// ListCommitments lists commitments.
func (a *api) ListCommitments(ctx context.Context, r ListCommitmentsRequestObject) (ListCommitmentsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	for _, t := range r.Params.Theme {
		if _, ok := conv.Theme(t); !ok {
			return nil, mistakes(http.StatusBadRequest, []cooperation.FieldError{{Field: "theme",
				Message: message.New("error.invalid.unknown_theme", message.Of(message.Text, "value", clip(t)))}})
		}
	}
	q := catalogue.CommitmentQuery{Themes: r.Params.Theme, From: r.Params.DeadlineFrom, To: r.Params.DeadlineTo, Retired: r.Params.Retired,
		Day: a.today(), Cursor: r.Params.Cursor, Limit: r.Params.Limit}
	if r.Params.Party != "" {
		q.Party = countries([]string{r.Params.Party})[0] // its form has been checked
	}
	for _, s := range r.Params.Status {
		if s == overdueStatus {
			q.Overdue = true
			continue
		}
		q.Status = append(q.Status, cooperation.CommitmentStatus(s))
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Commitments(q)
	if err != nil {
		return nil, err
	}
	out := ListCommitments200JSONResponse{Items: make([]Commitment, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		out.Items = append(out.Items, c.commitmentView(found.Shown(c.actor)))
	}
	return out, nil
}

// today is the day on which the platform decides.
func (a *api) today() cooperation.Date { return cooperation.DateOf(a.platform.Now()) }

// CreateCommitment enters a commitment.
func (a *api) CreateCommitment(ctx context.Context, r CreateCommitmentRequestObject) (CreateCommitmentResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	made, err := a.platform.CreateCommitment(ctx, c.actor, r.Body.Convention, r.Body.CommitmentContent, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("commitments", &made.Meta)
	return CreateCommitment201JSONResponse(c.commitmentView(made)), nil
}

// GetCommitment gives a commitment.
func (a *api) GetCommitment(ctx context.Context, r GetCommitmentRequestObject) (GetCommitmentResponseObject, error) {
	c, _ := callOf(ctx)
	found, err := a.platform.Commitment(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&found.Meta)
	v := c.commitmentView(found)
	if known(r.Params.IfNoneMatch, found.Version) && !v.Overdue { // it may have become so since, in the same version
		return GetCommitment304Response{}, nil
	}
	return GetCommitment200JSONResponse{CommitmentDocumentJSONResponse(v)}, nil
}

// ReplaceCommitment puts new content in place of the old.
func (a *api) ReplaceCommitment(ctx context.Context, r ReplaceCommitmentRequestObject) (ReplaceCommitmentResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedCommitment(a.platform.ReplaceCommitment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), *r.Body))
	if err != nil {
		return nil, err
	}
	return ReplaceCommitment200JSONResponse{v}, nil
}

// ReportProgress records how far a Party has come.
func (a *api) ReportProgress(ctx context.Context, r ReportProgressRequestObject) (ReportProgressResponseObject, error) {
	c, ctx := callOf(ctx)
	report := cooperation.Progress{Country: r.Body.Country, Status: cooperation.CommitmentStatus(r.Body.Status), Date: r.Body.Date, Note: r.Body.Note}
	v, err := c.changedCommitment(a.platform.ReportProgress(ctx, c.actor, r.ID, expected(r.Params.IfMatch), report))
	if err != nil {
		return nil, err
	}
	return ReportProgress200JSONResponse{v}, nil
}

// RetireCommitment says that a commitment no longer applies.
func (a *api) RetireCommitment(ctx context.Context, r RetireCommitmentRequestObject) (RetireCommitmentResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedCommitment(a.platform.RetireCommitment(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return RetireCommitment200JSONResponse{v}, nil
}

// changedCommitment is the answer to a command.
func (c *call) changedCommitment(changed *cooperation.Commitment, err error) (CommitmentDocumentJSONResponse, error) {
	if err != nil {
		return CommitmentDocumentJSONResponse{}, err
	}
	c.stamp(&changed.Meta)
	return CommitmentDocumentJSONResponse(c.commitmentView(changed.Shown(c.actor))), nil
}

// commitmentView puts a commitment into its answer, with what follows from its
// reports today.
func (c *call) commitmentView(of *cooperation.Commitment) commitmentDocument {
	today := c.api.today()
	v := commitmentDocument{Commitment: of, Parties: present(of.Parties), Themes: present(of.Themes), Status: of.Status(c.convention, today),
		Bound: len(of.Bound(c.convention, today)), Progress: present(of.Progress), Standings: []CommitmentStanding{}}
	v.Overdue = of.Overdue(v.Status, today)
	for _, p := range of.Standings() {
		v.Standings = append(v.Standings, CommitmentStanding{Country: p.Country, Status: CommitmentStatus(p.Status), Date: p.Date,
			Overdue: of.Binds(c.convention, p.Country, today) && of.Overdue(p.Status, today)})
	}
	for _, country := range of.Parties {
		if !slices.ContainsFunc(v.Standings, func(s CommitmentStanding) bool { return s.Country == country }) {
			v.Standings = append(v.Standings, CommitmentStanding{Country: country, Status: CommitmentStatus(cooperation.NotStarted), Overdue: of.Overdue(cooperation.NotStarted, today)})
		}
	}
	v.Labels = CommitmentLabels{Title: of.In(reference.Language(c.words.Language())), Status: c.name(message.Status, "commitment."+shownStatus(of, v.Status, v.Overdue))}
	for _, s := range v.Standings {
		c.label(&v.Labels.Participants, message.Country, s.Country.Alpha2())
	}
	for _, t := range of.Themes {
		c.label(&v.Labels.Themes, message.Theme, t)
	}
	return v
}

// commitment finds the one that a need names by its id or code.
func (c *call) commitment(reference string) (*cooperation.Commitment, bool) {
	if c.convention == nil {
		return nil, false
	}
	return c.convention.Commitment(reference)
}

// shownStatus is the one word that says how a commitment stands.
func shownStatus(of *cooperation.Commitment, status cooperation.CommitmentStatus, overdue bool) string {
	switch {
	case of.Retired != nil:
		return "retired"
	case overdue:
		return overdueStatus
	}
	return string(status)
}
