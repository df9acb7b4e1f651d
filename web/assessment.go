package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Assessments are the steps of help with a need that does not say yet what is
// needed.
type Assessments interface {
	Assessment(actor cooperation.Actor, id string) (*cooperation.Assessment, error)
	AcceptAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, partners []cooperation.Participant) (*cooperation.Assessment, error)
	DeclineAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Assessment, error)
	ProposeMission(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, from, until cooperation.Date) (*cooperation.Assessment, error)
	HoldMission(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Assessment, error)
	ReportAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, report cooperation.MissionReport) (*cooperation.Assessment, error)
	FillNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, fields []string) (*cooperation.Assessment, error)
	WithdrawAssessment(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Assessment, error)
}

// assessments lists the help that was asked for.
type assessments struct {
	Title, Lead string
	Tabs        []stepTab
	Rows        []assessmentRow
	Next, First string
}

// assessmentRow is help that was asked for, in short.
type assessmentRow struct {
	Link                        link
	Language, Whose, Sort, When string
	Status, StatusCode          string
	Awaited                     string // for whom it waits; "" for nobody
}

func (assessments) template() string { return "assessments" }

func (a assessments) title() string { return a.Title }

// assessment is help with a need as its two sides see it.
type assessment struct {
	Title, Language    string
	Status, StatusCode string
	Back               link
	Lead, Awaited      string
	Facts              []fact
	Request            *said
	Ended              *said
	Report             *said
	Source             string // where the report can be read
	Write              string // where the report is written
	Fill               *filling
	Draft              []section // the need as it was when the State asked
	Need               link      // where the State writes it, for its own side
	Acts               []act
	Lists              []suggestions
	History            string
}

func (assessment) template() string { return "assessment" }

func (a assessment) title() string { return a.Title }

// serveAssessments adds the pages of help with needs.
func (p *pages) serveAssessments(engine *gin.Engine) {
	const at = "/c/:convention/assessments"
	p.private(engine, at, p.assessments)
	p.private(engine, at+"/:id", p.assessment)
	p.serveAssessmentSteps(engine, at+"/:id")
	p.private(engine, at+"/:id/report", p.assessmentReport)
	p.act(engine, at+"/:id/report/hand", "assessment.report", p.assessmentReport, p.handReport)
}

// underWay are the steps at which somebody has still to do something.
func underWay() []cooperation.AssessmentStatus {
	return []cooperation.AssessmentStatus{cooperation.AssessmentRequested, cooperation.AssessmentAccepted, cooperation.AssessmentScheduled, cooperation.AssessmentHeld, cooperation.AssessmentReported}
}

func (p *pages) assessments(v *visit) error {
	status, chosen := underWay(), v.Query("status")
	if slices.Contains(cooperation.AssessmentStatuses(), cooperation.AssessmentStatus(chosen)) {
		status = []cooperation.AssessmentStatus{cooperation.AssessmentStatus(chosen)}
	} else {
		chosen = ""
	}
	out := assessments{Title: v.text("page.assessments.title"), Lead: v.text("page.assessments.lead"),
		Tabs: []stepTab{{Link: link{v.within("/assessments"), v.text("page.assessments.under_way")}, Chosen: chosen == ""}}}
	for _, s := range cooperation.AssessmentStatuses() {
		found, err := v.state.Assessments(v.actor(), "", []cooperation.AssessmentStatus{s}, "", 1)
		if err != nil {
			return err
		}
		if found.Total > 0 || chosen == string(s) {
			out.Tabs = append(out.Tabs, stepTab{Link: link{v.within("/assessments?status=" + string(s)), v.name(message.Status, "assessment."+string(s))}, Count: found.Total, Chosen: chosen == string(s)})
		}
	}
	found, err := v.state.Assessments(v.actor(), "", status, v.Query("cursor"), perPage)
	if err != nil {
		return err
	}
	for _, a := range found.Items {
		out.Rows = append(out.Rows, v.assessmentRow(a))
	}
	if found.Next != "" {
		out.Next = v.here("cursor", found.Next)
	}
	if v.Query("cursor") != "" {
		out.First = v.here("cursor", "")
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// assessmentRow puts help that was asked for into words.
func (v *visit) assessmentRow(a *cooperation.Assessment) assessmentRow {
	return assessmentRow{Link: link{v.within("/assessments/" + a.ID), a.Draft.Title}, Language: string(a.Draft.ContentLanguage), Whose: v.countries(a.Draft.Beneficiaries),
		Sort: v.text("assessment_sort." + string(a.Sort)), When: v.words.Date(a.Updated), Status: v.name(message.Status, "assessment."+string(a.Status)), StatusCode: string(a.Status), Awaited: v.awaited(a)}
}

// helpWith lists the help that was asked for with a need, as far as the reader
// may know of it; with all needs where none is named.
func (v *visit) helpWith(need string) ([]assessmentRow, error) {
	var status []cooperation.AssessmentStatus
	if need == "" {
		status = underWay()
	}
	found, err := v.state.Assessments(v.actor(), need, status, "", mostOnDesk)
	if err != nil {
		return nil, err
	}
	var out []assessmentRow
	for _, a := range found.Items {
		if row := v.assessmentRow(a); need != "" || row.Awaited != "" {
			out = append(out, row)
		}
	}
	return out, nil
}

// awaited names who has to do something now; "" for nobody.
func (v *visit) awaited(a *cooperation.Assessment) string {
	state, facilitator := "", v.text("facilitator."+string(v.conv.Facilitator))
	if len(a.Draft.Beneficiaries) > 0 {
		state = v.country(a.Draft.Beneficiaries[0])
	}
	both := v.words.List([]string{state, facilitator})
	switch a.Status {
	case cooperation.AssessmentRequested, cooperation.AssessmentHeld:
		return facilitator
	case cooperation.AssessmentScheduled:
		return both
	case cooperation.AssessmentAccepted:
		switch {
		case a.Sort == cooperation.DraftingHelp || a.Dates != nil && a.Dates.State:
			return facilitator
		case a.Dates != nil:
			return state
		}
		return both
	case cooperation.AssessmentReported:
		if n, ok := v.state.Need(a.Need); ok && stillWritten(n) && len(a.Filled) < len(a.Report.Proposed) {
			return state
		}
	}
	return ""
}

// stillWritten reports whether a need has still to be submitted.
func stillWritten(n *cooperation.Need) bool {
	return n.Status == cooperation.NeedDraft || n.Status == cooperation.NeedReturned
}

// assessed finds the help of a page with its need.
func (p *pages) assessed(v *visit) (*cooperation.Assessment, *cooperation.Need, error) {
	a, err := p.Platform.Assessment(v.actor(), v.Param("id"))
	if err != nil {
		return nil, nil, err
	}
	n, ok := v.state.Need(a.Need)
	if a.Convention != v.conv.ID || !ok {
		return nil, nil, cooperation.Absent()
	}
	return a, n, nil
}

func (p *pages) assessment(v *visit) error {
	a, n, err := p.assessed(v)
	if err != nil {
		return err
	}
	row := v.assessmentRow(a)
	out := assessment{Title: row.Link.Text, Language: row.Language, Status: row.Status, StatusCode: row.StatusCode, Lead: row.Sort, Awaited: row.Awaited,
		Back: link{v.within("/assessments"), v.text("page.assessments.title")}, History: v.within("/assessments/" + a.ID + "/history")}
	out.Facts = v.assessmentFacts(a)
	if a.Request != "" {
		out.Request = &said{Who: row.Whose, When: v.words.Date(a.Created), Text: a.Request}
	}
	if a.Ended != nil {
		out.Ended = &said{When: v.words.Date(a.Ended.Time), Text: a.Ended.Text, Remark: row.Status}
	}
	if r := a.Report; r != nil {
		out.Report, out.Source = &said{When: v.words.Date(r.Time), Text: r.Text}, r.Link
		out.Fill = p.filling(v, a, n)
	}
	if own, _, err := p.Platform.Need(v.actor(), n.ID); err == nil && cooperation.MayNeed(v.actor(), cooperation.Replace, own) && stillWritten(own) {
		out.Need = link{v.within("/needs/" + n.ID + "/edit"), v.text("page.assessment.need")}
	} else if err == nil {
		out.Need = link{v.within("/needs/" + n.ID), v.text("page.assessment.read_need")}
	}
	if out.Draft, err = v.draftAsked(a); err != nil {
		return err
	}
	if v.mayAssess(a, n, cooperation.Report, p.Platform.Now()) {
		out.Write = v.within("/assessments/" + a.ID + "/report")
	}
	out.Acts = p.assessmentActs(v, a, n)
	if slices.ContainsFunc(out.Acts, func(x act) bool { return len(x.Fields) > 0 && x.Fields[0].List != "" }) {
		out.Lists = v.listsOf(askParticipant)
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// listsOf are lists of suggestions by name.
func (v *visit) listsOf(sorts ...asked) []suggestions {
	var out []suggestions
	for _, a := range sorts {
		list := suggestions{ID: listID[a]}
		for _, n := range v.suggested(a) {
			list.Names = append(list.Names, named{Code: n.Name})
		}
		out = append(out, list)
	}
	return out
}

// assessmentFacts are who asks, who helps, and on which days.
func (v *visit) assessmentFacts(a *cooperation.Assessment) []fact {
	out := add(v, nil, "page.assessment.asked_by", v.countries(a.Draft.Beneficiaries))
	out = add(v, out, "page.assessment.asked_on", v.words.Date(a.Created))
	out = add(v, out, "field.assessment.partners", all(v, message.Party, a.Partners))
	if d := a.Dates; d != nil {
		key := "page.assessment.dates"
		switch {
		case a.Status == cooperation.AssessmentAccepted && d.State:
			key = "page.assessment.dates_of_state"
		case a.Status == cooperation.AssessmentAccepted:
			key = "page.assessment.dates_of_helper"
		}
		out = add(v, out, key, v.period(d.From, d.Until))
	}
	return add(v, out, "field.assessment.held", v.day(a.Held))
}

// draftAsked is the need as it was when the State asked for help.
func (v *visit) draftAsked(a *cooperation.Assessment) ([]section, error) {
	t, err := treeOf(a.Draft)
	if err != nil {
		return nil, err
	}
	var out []section
	for _, m := range needMatters() {
		if facts := v.facts("need", &m, t); len(facts) > 0 {
			out = append(out, section{ID: "draft-" + m.Name, Heading: v.text("page.posting.need." + m.Name), Facts: facts})
		}
	}
	return out, nil
}

// leads names the State that speaks for a need.
func leads(n *cooperation.Need) reference.Country {
	if len(n.Beneficiaries) == 0 {
		return 0
	}
	return n.Beneficiaries[0]
}
