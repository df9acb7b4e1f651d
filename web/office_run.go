package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// OfficeRuns start the matcher, and repeat what it did.
type OfficeRuns interface {
	Run(ctx context.Context, actor cooperation.Actor, convention string, o platform.RunOptions) (*platform.Ranking, error)
	VerifyRun(ctx context.Context, actor cooperation.Actor, id string) (*platform.Verification, error)
}

// officeRuns lists the runs of the matcher.
type officeRuns struct {
	Title       string
	Back        link
	Start       act
	Rows        []runRow
	Total       int
	First, Next string
}

// runRow is a run in short.
type runRow struct {
	Link                            link
	Trigger                         string
	Needs, Offers, Pairs, Proposals int
	Added, Superseded               int
	Done                            bool
}

func (officeRuns) template() string { return "office-runs" }

func (r officeRuns) title() string { return r.Title }

// officeRun is one run, beside an earlier one.
type officeRun struct {
	Title     string
	Back      link
	Unchanged string // said of a run that found nothing new
	Facts     []fact
	Verify    act
	Before    string // when the earlier one was
	Others    []choice
	Counts    []countRow
	Differs   []string // what it went by that the earlier one did not; what it found
	Proposals []card
}

// countRow is a number of a run, beside that of an earlier one.
type countRow struct {
	Label              string
	Now, Before, Delta string
}

func (officeRun) template() string { return "office-run" }

func (r officeRun) title() string { return r.Title }

func (p *pages) serveOfficeRuns(engine *gin.Engine, at string) {
	p.secretariat(engine, at, p.officeRuns)
	p.secretariat(engine, at+"/:id", p.officeRun)
	p.officeStep(engine, at+"/start", "", p.officeRuns, p.startRun)
	p.officeStep(engine, at+"/:id/verify", "", p.officeRun, p.verifyRun)
	p.dones["office.run"], p.dones["office.verified"] = true, true
}

// startRun runs the matcher, and waits a moment for its end.
func (p *pages) startRun(v *visit) (string, error) {
	actor, convention := v.actor(), v.conv.ID
	c, err := p.begin(v, "run", nil, func(ctx context.Context, _ func(done, total int)) (any, error) {
		found, err := p.Platform.Run(ctx, actor, convention, platform.RunOptions{Trigger: "command"})
		if err != nil {
			return nil, err
		}
		return ran{found.Run.ID, found.Unchanged}, nil
	})
	if err != nil {
		return "", err
	}
	return v.toRun(c, "office.run")
}

// verifyRun repeats a run, and waits a moment for what comes of it.
func (p *pages) verifyRun(v *visit) (string, error) {
	actor, run := v.actor(), v.Param("id")
	if _, known := v.state.Run(run); !known {
		return "", cooperation.Absent()
	}
	c, err := p.begin(v, "verify", nil, func(ctx context.Context, _ func(done, total int)) (any, error) {
		_, err := p.Platform.VerifyRun(ctx, actor, run)
		return ran{Run: run}, err
	})
	if err != nil {
		return "", err
	}
	return v.toRun(c, "office.verified")
}

func (p *pages) officeRuns(v *visit) error {
	page, err := v.state.Runs(v.Query("cursor"), perPage)
	if err != nil {
		return err
	}
	out := officeRuns{Title: v.text("page.office.runs.title"), Back: link{v.within("/office"), v.text("page.office.title")}, Total: page.Total,
		Start: v.act(v.within("/office/runs/start"), "page.office.runs.start", 0)}
	out.Start.Main, out.Start.Hint = true, v.text("page.office.runs.start_hint")
	for _, r := range page.Items {
		out.Rows = append(out.Rows, runRow{Link: link{v.within("/office/runs/" + r.ID), v.words.DateTime(r.Started)}, Trigger: v.trigger(r), Needs: r.Needs, Offers: r.Offers, Pairs: r.Pairs,
			Proposals: r.Proposals, Added: r.Added, Superseded: r.Superseded, Done: r.Done})
	}
	out.First, out.Next = v.pager(page.Next)
	p.show(v, http.StatusOK, out)
	return nil
}

// pager are the addresses of the first page of a list and of the next one; ""
// for none.
func (v *visit) pager(cursor string) (first, next string) {
	if cursor != "" {
		next = v.here("cursor", cursor, "done", "")
	}
	if v.Query("cursor") != "" {
		first = v.here("cursor", "", "done", "")
	}
	return first, next
}

// trigger says why a run was made.
func (v *visit) trigger(r *cooperation.Run) string {
	if s, ok := v.words.Lookup("page.office.trigger." + r.Trigger); ok {
		return s
	}
	return r.Trigger
}

func (p *pages) officeRun(v *visit) error {
	r, ok := v.state.Run(v.Param("id"))
	if !ok {
		return cooperation.Absent()
	}
	out := officeRun{Title: v.text("page.office.run.title") + " – " + v.words.DateTime(r.Started), Back: link{v.within("/office/runs"), v.text("page.office.runs.title")},
		Verify: v.act(v.within("/office/runs/"+r.ID+"/verify"), "page.office.run.verify", 0), Facts: v.runFacts(r)}
	out.Verify.Hint = v.text("page.office.run.verify_hint")
	if v.Query("unchanged") != "" {
		out.Unchanged = v.text("cli.match.unchanged")
	}
	if err := v.beside(&out, r); err != nil {
		return err
	}
	if err := v.made(&out, r); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (v *visit) runFacts(r *cooperation.Run) []fact {
	facts := add(v, nil, "page.office.run.trigger", v.trigger(r))
	facts = add(v, facts, "page.office.run.day", v.day(r.Day))
	facts = add(v, facts, "page.office.run.seconds", v.words.Integer(int64(r.Seconds+.5)))
	facts = add(v, facts, "page.office.run.position", v.words.Integer(int64(r.Position))) //nolint:gosec // positions are small
	facts = add(v, facts, "page.office.run.weights", v.words.Integer(int64(r.Weights)))
	facts = add(v, facts, "page.office.run.engine", r.Engine)
	if !r.Done {
		facts = add(v, facts, "page.office.run.state", v.text("page.office.run.unfinished"))
	}
	return append(facts, fact{Label: v.text("page.office.run.digest"), Pieces: []string{r.Digest[:min(len(r.Digest), 16)]}})
}

// beside sets a run beside an earlier one: the one that is asked for, or the
// one before it.
func (v *visit) beside(out *officeRun, r *cooperation.Run) error {
	var before *cooperation.Run
	page, err := v.state.Runs("", catalogue.MaxLimit)
	if err != nil {
		return err
	}
	for _, other := range page.Items {
		if other.ID == r.ID || other.Started.After(r.Started) {
			continue
		}
		if before == nil || other.ID == v.Query("with") {
			before = other
		}
		if len(out.Others) < perPage {
			out.Others = append(out.Others, choice{Tag: other.ID, Name: v.words.DateTime(other.Started)})
		}
	}
	for i := range out.Others {
		out.Others[i].Chosen = before != nil && out.Others[i].Tag == before.ID
	}
	numbers := func(r *cooperation.Run) []int {
		return []int{r.Needs, r.Offers, r.Pairs, r.Unmatched, r.Proposals, r.Added, r.Superseded, r.Kept}
	}
	for i, name := range []string{"needs", "offers", "pairs", "unmatched", "proposals", "added", "superseded", "kept"} {
		row := countRow{Label: v.text("page.office.run." + name), Now: v.words.Integer(int64(numbers(r)[i]))}
		if before != nil {
			row.Before, row.Delta = v.words.Integer(int64(numbers(before)[i])), v.delta(numbers(r)[i]-numbers(before)[i])
		}
		out.Counts = append(out.Counts, row)
	}
	if before != nil {
		out.Before, out.Differs = v.words.DateTime(before.Started), v.differs(r, before)
	}
	return nil
}

// delta is a difference with its sign.
func (v *visit) delta(n int) string {
	if n > 0 {
		return "+" + v.words.Integer(int64(n))
	}
	return v.words.Integer(int64(n))
}

// differs says what two runs went by and found.
func (v *visit) differs(r, before *cooperation.Run) []string {
	if r.Digest == before.Digest {
		return []string{v.text("page.office.run.same")}
	}
	out := []string{v.text("page.office.run.differs")}
	for _, one := range []struct {
		key    string
		differ bool
	}{{"engine", r.Engine != before.Engine}, {"weights", r.Weights != before.Weights}, {"record", r.Record != before.Record}, {"rules", r.Rules != before.Rules}} {
		if one.differ {
			out = append(out, v.text("page.office.run.other_"+one.key))
		}
	}
	return out
}

// made lists proposals that were made by a run and stand.
func (v *visit) made(out *officeRun, r *cooperation.Run) error {
	cursor := ""
	for range 5 {
		page, err := v.state.Proposals(v.actor(), catalogue.ProposalQuery{Cursor: cursor, Limit: catalogue.MaxLimit})
		if err != nil {
			return err
		}
		for _, q := range page.Items {
			if q.Run == r.ID && len(out.Proposals) < perPage {
				out.Proposals = append(out.Proposals, v.proposalCard(q))
			}
		}
		if cursor = page.Next; cursor == "" || len(out.Proposals) == perPage {
			return nil
		}
	}
	return nil
}
