package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// reviews are the use cases of reviews; see platform for what each one
// promises.
type reviews interface {
	OpenReviews(ctx context.Context, actor cooperation.Actor, convention string, proposals []string, together bool, key string) ([]*cooperation.Review, error)
	Review(actor cooperation.Actor, id string) (*cooperation.Review, error)
	ReviewCases(ctx context.Context, actor cooperation.Actor, id string) ([]platform.ReviewCase, error)
	CommentReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	ObjectToReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	WithdrawObjection(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Review, error)
	ModifyReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	AnswerReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, agreed bool) (*cooperation.Review, error)
	ReturnReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	AdviseReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	NoteReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, n cooperation.Note) (*cooperation.Review, error)
	DeclareInterest(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
}

// ListReviews lists the reviews that the actor may see.
func (a *api) ListReviews(ctx context.Context, r ListReviewsRequestObject) (ListReviewsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	q := catalogue.ReviewQuery{Committee: r.Params.Committee, Proposal: r.Params.Proposal, Need: r.Params.Need, Cursor: r.Params.Cursor, Limit: r.Params.Limit,
		Day: conv.Timekeeper(state, c.now).Today()}
	for _, s := range r.Params.Status {
		q.Status = append(q.Status, cooperation.ReviewStatus(s))
	}
	page, err := state.Reviews(c.actor, q)
	if err != nil {
		return nil, err
	}
	out := ListReviews200JSONResponse{Items: make([]Review, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		body, _ := conv.Committee(found.Committee)
		out.Items = append(out.Items, c.reviewView(state, found.Shown(cooperation.SeesReview(c.actor, found, &body, q.Day), c.actor)))
	}
	return out, nil
}

// OpenReviews opens the review of proposals.
func (a *api) OpenReviews(ctx context.Context, r OpenReviewsRequestObject) (OpenReviewsResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Body.Convention)
	if err != nil {
		return nil, err
	}
	made, err := a.platform.OpenReviews(ctx, c.actor, conv.ID, r.Body.Proposals, r.Body.Together, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.about(conv)
	state, _ := a.platform.State(conv.ID)
	if len(made) > 0 { // of several the first
		c.header.Set("Location", "/api/v1/reviews/"+made[0].ID)
	}
	out := OpenReviews201JSONResponse{Items: make([]Review, 0, len(made)), Total: len(made)}
	for _, v := range made {
		out.Items = append(out.Items, c.reviewView(state, v))
	}
	return out, nil
}

// GetReview gives a review, as it is or as it was.
func (a *api) GetReview(ctx context.Context, r GetReviewRequestObject) (GetReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	if r.Params.At == "" {
		v, err := c.changedReview(a.platform.Review(c.actor, r.ID))
		return GetReview200JSONResponse{v}, err
	}
	m, err := moment(r.Params.At)
	if err != nil {
		return nil, err
	}
	v, err := c.changedReview(a.platform.ReviewAt(ctx, c.actor, r.ID, m))
	return GetReview200JSONResponse{v}, err
}

// ListReviewCases gives what is before the members.
func (a *api) ListReviewCases(ctx context.Context, r ListReviewCasesRequestObject) (ListReviewCasesResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Review(r.ID); return ok })
	cases, err := a.platform.ReviewCases(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.about(c.convention)
	state, _ := a.platform.State(c.convention.ID)
	out := ListReviewCases200JSONResponse{Items: make([]ReviewPaper, 0, len(cases))}
	for _, of := range cases {
		paper := ReviewPaper{Case: c.caseView(state, &of.Case), Offers: []Offer{}}
		if of.Need != nil {
			paper.Need = c.needView(of.Need, of.Withheld[of.Need.ID])
		}
		for _, o := range of.Offers {
			paper.Offers = append(paper.Offers, c.offerView(o, of.Withheld[o.ID]))
		}
		out.Items = append(out.Items, paper)
	}
	return out, nil
}

// CommentReview adds a comment.
func (a *api) CommentReview(ctx context.Context, r CommentReviewRequestObject) (CommentReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.CommentReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return CommentReview200JSONResponse{v}, err
}

// ObjectToReview objects.
func (a *api) ObjectToReview(ctx context.Context, r ObjectToReviewRequestObject) (ObjectToReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.ObjectToReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return ObjectToReview200JSONResponse{v}, err
}

// WithdrawObjection takes an objection back.
func (a *api) WithdrawObjection(ctx context.Context, r WithdrawObjectionRequestObject) (WithdrawObjectionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.WithdrawObjection(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	return WithdrawObjection200JSONResponse{v}, err
}

// ModifyReview puts another text to both sides.
func (a *api) ModifyReview(ctx context.Context, r ModifyReviewRequestObject) (ModifyReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.ModifyReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return ModifyReview200JSONResponse{v}, err
}

// AnswerReview answers to a modification.
func (a *api) AnswerReview(ctx context.Context, r AnswerReviewRequestObject) (AnswerReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.AnswerReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Agreed))
	return AnswerReview200JSONResponse{v}, err
}

// ReturnReview sends the proposals back.
func (a *api) ReturnReview(ctx context.Context, r ReturnReviewRequestObject) (ReturnReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.ReturnReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return ReturnReview200JSONResponse{v}, err
}

// AdviseReview gives advice on gender and diversity.
func (a *api) AdviseReview(ctx context.Context, r AdviseReviewRequestObject) (AdviseReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.AdviseReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return AdviseReview200JSONResponse{v}, err
}

// NoteReview notes something on a part of the score.
func (a *api) NoteReview(ctx context.Context, r NoteReviewRequestObject) (NoteReviewResponseObject, error) {
	c, ctx := callOf(ctx)
	n := cooperation.Note{Proposal: r.Body.Proposal, Criterion: r.Body.Criterion, Text: r.Body.Text}
	v, err := c.changedReview(a.platform.NoteReview(ctx, c.actor, r.ID, expected(r.Params.IfMatch), n))
	return NoteReview200JSONResponse{v}, err
}

// DeclareInterest declares an interest.
func (a *api) DeclareInterest(ctx context.Context, r DeclareInterestRequestObject) (DeclareInterestResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedReview(a.platform.DeclareInterest(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return DeclareInterest200JSONResponse{v}, err
}

// changedReview is the answer to a command.
func (c *call) changedReview(v *cooperation.Review, err error) (ReviewDocumentJSONResponse, error) {
	if err != nil {
		return ReviewDocumentJSONResponse{}, err
	}
	c.stamp(&v.Meta)
	state, _ := c.api.platform.State(v.Convention)
	return ReviewDocumentJSONResponse(c.reviewView(state, v)), nil
}
