package scenario

import (
	"entente/client"
)

// asksForHelp asks for help with a need that does not say yet what is needed.
func (p *person) asksForHelp(need, sort, text string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.RequestAssessmentWithResponse(p.ctx(), nil, client.NewAssessment{Need: need, Sort: client.AssessmentSort(sort), Text: text})
	if p.ok(err) {
		x = *a.JSON201
	}
	return x
}

// assessment is an assessment as the person sees it.
func (p *person) assessment(id string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.GetAssessmentWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) acceptsToHelp(id string, partners ...string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.AcceptAssessmentWithResponse(p.ctx(), id, nil, client.AcceptedAssessment{Partners: partners})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// proposesDays proposes the days of a mission, or agrees to them.
func (p *person) proposesDays(id, from, until string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.ProposeMissionWithResponse(p.ctx(), id, nil, client.MissionDates{From: p.w.on(from), Until: p.w.on(until)})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) heldMission(id, until string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.HoldMissionWithResponse(p.ctx(), id, nil, client.HeldMission{Until: p.w.on(until)})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) reportsOn(id, text string, proposed client.ProposedFields) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.ReportAssessmentWithResponse(p.ctx(), id, nil, client.AssessmentReport{Text: text, Proposed: proposed})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// takesOver has proposed fields put into the need.
func (p *person) takesOver(id string, fields ...string) (x client.Assessment) {
	p.t.Helper()
	a, err := p.c.FillNeedWithResponse(p.ctx(), id, nil, client.FilledFields{Fields: fields})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}
