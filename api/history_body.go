package api

import (
	"context"

	"entente/catalogue"
)

// ListRecommendationHistory lists the versions of a text of bodies.
func (a *api) ListRecommendationHistory(ctx context.Context, r ListRecommendationHistoryRequestObject) (ListRecommendationHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Recommendation(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindRecommendation, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListRecommendationHistory200JSONResponse(h), err
}

// ListAssessmentHistory lists the versions of help with a need.
func (a *api) ListAssessmentHistory(ctx context.Context, r ListAssessmentHistoryRequestObject) (ListAssessmentHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Assessment(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindAssessment, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListAssessmentHistory200JSONResponse(h), err
}

// ListDuplicateHistory lists the versions of what was decided of two documents.
func (a *api) ListDuplicateHistory(ctx context.Context, r ListDuplicateHistoryRequestObject) (ListDuplicateHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Duplicate(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindDuplicate, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListDuplicateHistory200JSONResponse(h), err
}

// ListCommitmentHistory lists the versions of a commitment.
func (a *api) ListCommitmentHistory(ctx context.Context, r ListCommitmentHistoryRequestObject) (ListCommitmentHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Commitment(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindCommitment, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListCommitmentHistory200JSONResponse(h), err
}

// ListCommitteeHistory lists what was named to a committee.
func (a *api) ListCommitteeHistory(ctx context.Context, r ListCommitteeHistoryRequestObject) (ListCommitteeHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Params.Convention); err != nil {
		return nil, err
	}
	h, err := c.history(ctx, catalogue.KindCommittee, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListCommitteeHistory200JSONResponse(h), err
}
