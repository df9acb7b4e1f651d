package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/matching"
	planning "entente/matching/plan"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Plans makes the plan of a convention.
type Plans interface {
	Plan(ctx context.Context, actor cooperation.Actor, convention string, o platform.PlanOptions) (*platform.Planned, error)
}

// planPage is who would help whom with how much, and what would change that.
type planPage struct {
	Title     string
	Sentences []string
	Fairness  []string
	Spreads   []spreadRow
	Rows      []planRow
	More      string // that are not listed
	Without   []link
	Controls  []field
	Clear     string
	Then      *planThen
}

// planRow is one pairing of the plan.
type planRow struct {
	Need, Offer           link
	Beneficiary, Provider string
	Share, Score          string
	Width                 int // of the share, in hundredths
}

// spreadRow is how evenly help is spread.
type spreadRow struct{ Of, Unlifted, Ranked, Planned string }

// planThen is what would differ if something were otherwise.
type planThen struct {
	Sentences []string
	Moved     []moveRow
}

// moveRow is a pairing that would differ.
type moveRow struct {
	Need, Offer   link
	Before, After string
}

func (planPage) template() string { return "plan" }

func (p planPage) title() string { return p.Title }

// mostPlanned is how many pairings of a plan a page shows.
const mostPlanned = 100

// servePlan adds the page of the plan. What is asked stands in its address, so
// that it can be shared.
func (p *pages) servePlan(engine *gin.Engine) {
	p.private(engine, "/c/:convention/plan", p.plan)
}

func (p *pages) plan(v *visit) error {
	options, err := v.planAsked()
	if err != nil {
		return err
	}
	made, err := p.Platform.Plan(v.Request.Context(), v.actor(), v.conv.ID, options)
	if err != nil {
		return err
	}
	of := made.Plan
	out := planPage{Title: v.text("page.plan.title"), Clear: v.Request.URL.Path, Sentences: v.sayAll(of.Sentences()), Fairness: v.sayAll(made.Fairness.Sentences())}
	pairings := slices.Clone(of.Pairings)
	slices.SortFunc(pairings, func(a, b planning.Pairing) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Need, b.Need), cmp.Compare(a.Offer, b.Offer))
	})
	for _, one := range pairings[:min(len(pairings), mostPlanned)] {
		row := planRow{Share: v.words.Percent(one.Share), Score: v.words.Millionths(int64(one.Score)), Width: int(one.Share / 10_000)}
		row.Need, row.Beneficiary = v.plannedLink(one.Need)
		row.Offer, row.Provider = v.offerLink(one.Offer)
		out.Rows = append(out.Rows, row)
	}
	if more := len(pairings) - len(out.Rows); more > 0 {
		out.More = v.say(message.New("page.plan.more", message.Count(more)))
	}
	for _, w := range of.Without[:min(len(of.Without), mostPlanned)] {
		if to, _ := v.plannedLink(w.Need); to.Text != "" {
			out.Without = append(out.Without, to)
		}
	}
	spread := func(key string, of func(planning.Concentration) planning.Spread) {
		top := func(c planning.Concentration) string { return v.words.Percent(of(c).TopFive) }
		out.Spreads = append(out.Spreads, spreadRow{v.text(key), top(made.Fairness.Unlifted), top(made.Fairness.Ranked), top(made.Fairness.Planned)})
	}
	spread("page.plan.providers", func(c planning.Concentration) planning.Spread { return c.Providers })
	spread("page.plan.beneficiaries", func(c planning.Concentration) planning.Spread { return c.Beneficiaries })
	if made.Then != nil {
		out.Then = v.planThen(made)
	}
	out.Controls = v.planControls(pairings)
	p.show(v, http.StatusOK, out)
	return nil
}

func (v *visit) sayAll(list []message.Message) []string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = v.say(m)
	}
	return out
}

// plannedLink leads to what is planned for: a need, or a line of the programme.
func (v *visit) plannedLink(id string) (to link, whose string) {
	if x, ok := v.state.ProgrammeActivity(id); ok {
		return link{v.within("/programme/" + id), x.Title}, v.text("page.programme.title")
	}
	return v.needLink(id)
}

// planThen is what would differ.
func (v *visit) planThen(made *platform.Planned) *planThen {
	out := &planThen{Sentences: v.sayAll(made.Difference.Sentences())}
	for _, m := range made.Difference.Moved[:min(len(made.Difference.Moved), mostPlanned)] {
		row := moveRow{Before: v.words.Percent(m.Before), After: v.words.Percent(m.After)}
		row.Need, _ = v.plannedLink(m.Need)
		row.Offer, _ = v.offerLink(m.Offer)
		out.Moved = append(out.Moved, row)
	}
	return out
}

// planAsked reads a limit, and what could be otherwise, from the address.
func (v *visit) planAsked() (o platform.PlanOptions, err error) {
	if share, err := strconv.Atoi(v.Query("share")); err == nil && share > 0 && share < 100 {
		o.Limit = int64(share) * 10_000
	}
	kind, id, _ := strings.Cut(v.Query("of"), ":")
	if id == "" || v.Query("what") == "" {
		return o, nil
	}
	change := planning.Change{}
	switch kind {
	case "need":
		change.Need = id
	case "offer":
		change.Offer = id
	case "provider":
		change.Provider = matching.Party(id)
	}
	wrong := func(field, key string) error {
		e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", message.Count(1))
		e.Fields = []cooperation.FieldError{{Field: field, Message: message.New(key)}}
		return e
	}
	switch v.Query("what") {
	case "out":
		change.Out = true
	case "interpretation":
		change.Posting = matching.Change{Sort: matching.ChangeInterpretation}
	case "language":
		language, ok := reference.ParseLanguage(v.Query("language"))
		if !ok {
			return o, wrong("language", "error.invalid.form")
		}
		change.Posting = matching.Change{Sort: matching.ChangeLanguage, Value: string(language)}
	case "amount":
		minor, err := cooperation.Money{Amount: strings.Join(strings.Fields(v.Query("amount")), ""), Currency: "USD"}.Minor()
		if err != nil || minor == 0 {
			return o, wrong("amount", "error.invalid.plan_amount")
		}
		change.Amount = minor
	}
	o.WhatIf = &platform.WhatIf{Changes: []planning.Change{change}}
	return o, nil
}

// planControls ask for a limit, and what could be otherwise.
func (v *visit) planControls(pairings []planning.Pairing) []field {
	share := field{Name: "share", Label: v.text("page.plan.share"), Optional: true, Choices: []choice{{Name: v.text("page.plan.no_limit")}}}
	for _, n := range []int{10, 20, 30, 40, 50} {
		share.Choices = append(share.Choices, choice{Tag: strconv.Itoa(n), Name: v.words.Percent(int64(n) * 10_000), Chosen: v.Query("share") == strconv.Itoa(n)})
	}
	of := field{Name: "of", Label: v.text("page.plan.of"), Optional: true, Choices: []choice{{Name: v.text("page.plan.nothing")}}}
	seen := map[string]bool{}
	add := func(tag, text string) {
		if !seen[tag] && text != "" {
			seen[tag] = true
			of.Choices = append(of.Choices, choice{Tag: tag, Name: text, Chosen: v.Query("of") == tag})
		}
	}
	for _, one := range pairings[:min(len(pairings), mostPlanned)] {
		if to, whose := v.plannedLink(one.Need); to.Text != "" {
			add("need:"+one.Need, v.text("page.proposal.need")+v.words.Colon()+whose+" – "+to.Text)
		}
	}
	for _, one := range pairings[:min(len(pairings), mostPlanned)] {
		if to, whose := v.offerLink(one.Offer); to.Text != "" {
			add("offer:"+one.Offer, v.text("page.proposal.offer")+v.words.Colon()+whose+" – "+to.Text)
			add("provider:"+string(one.Provider), v.text("page.plan.all_of")+v.words.Colon()+v.name(message.Party, string(one.Provider)))
		}
	}
	what := field{Name: "what", Label: v.text("page.plan.what"), Optional: true, Choices: []choice{{Name: v.text("page.plan.nothing")}}}
	for _, w := range []string{"out", "amount", "language", "interpretation"} {
		what.Choices = append(what.Choices, choice{Tag: w, Name: v.text("page.plan.what." + w), Chosen: v.Query("what") == w})
	}
	language := field{Name: "language", Label: v.text("page.plan.language"), Optional: true, Choices: []choice{{Name: v.text("page.plan.nothing")}}}
	for _, l := range v.conv.Languages {
		language.Choices = append(language.Choices, choice{Tag: string(l), Name: v.name(message.Language, string(l)), Chosen: v.Query("language") == string(l)})
	}
	return []field{share, of, what, {Name: "amount", Label: v.text("page.plan.amount"), Value: v.Query("amount"), Mode: "decimal", Most: 20, Optional: true}, language}
}
