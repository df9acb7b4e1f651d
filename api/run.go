package api

import (
	"context"

	"entente/cooperation"
	"entente/platform"
)

// runs starts the matcher.
type runs interface {
	Run(ctx context.Context, actor cooperation.Actor, convention string, o platform.RunOptions) (*platform.Ranking, error)
	VerifyRun(ctx context.Context, actor cooperation.Actor, id string) (*platform.Verification, error)
}

// runDocument is a run without its results, which are read through proposals
// and matches.
type runDocument struct {
	*cooperation.Run
	Results []byte `json:"results,omitempty"` // hides the field of the run; always empty
}

func runView(r *cooperation.Run) runDocument { return runDocument{Run: r} }

// StartRun runs the matcher.
func (a *api) StartRun(ctx context.Context, r StartRunRequestObject) (StartRunResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Body.Convention)
	if err != nil {
		return nil, err
	}
	ranking, err := a.platform.Run(ctx, c.actor, conv.ID, platform.RunOptions{Trigger: "command"})
	if err != nil {
		return nil, err
	}
	c.created("runs", &ranking.Run.Meta)
	return StartRun201JSONResponse(runView(ranking.Run)), nil
}

// VerifyRun repeats a run and confirms it.
func (a *api) VerifyRun(ctx context.Context, r VerifyRunRequestObject) (VerifyRunResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := a.platform.VerifyRun(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	if conv, ok := a.platform.Convention(v.Run.Convention); ok {
		c.about(conv)
	}
	return VerifyRun200JSONResponse{Confirmed: true, Run: runView(v.Run), Compared: v.Compared, Skipped: v.Skipped, Seconds: v.Seconds}, nil
}

// ListRuns lists the runs of a convention.
func (a *api) ListRuns(ctx context.Context, r ListRunsRequestObject) (ListRunsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MaySeeRuns(c.actor, conv) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Runs(r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	out := ListRuns200JSONResponse{Items: make([]Run, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, run := range page.Items {
		out.Items = append(out.Items, runView(run))
	}
	return out, nil
}

// GetRun gives a run to those who may see the runs of its convention.
func (a *api) GetRun(ctx context.Context, r GetRunRequestObject) (GetRunResponseObject, error) {
	c, ctx := callOf(ctx)
	if r.Params.At != "" {
		return c.runAt(ctx, r.ID, r.Params.At, r.Params.IfNoneMatch)
	}
	for _, conv := range a.platform.Conventions() {
		state, ok := a.platform.State(conv.ID)
		if !ok || !cooperation.MaySeeRuns(c.actor, conv) {
			continue
		}
		run, ok := state.Run(r.ID)
		if !ok {
			continue
		}
		c.stamp(&run.Meta)
		if known(r.Params.IfNoneMatch, run.Version) {
			return GetRun304Response{}, nil
		}
		return GetRun200JSONResponse(runView(run)), nil
	}
	return nil, cooperation.Absent()
}
