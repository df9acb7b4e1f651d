package scenario

import (
	"entente/client"
)

// committee is a body as the person sees it.
func (p *person) committee(id string) client.CommitteeDetail {
	p.t.Helper()
	a, err := p.c.GetCommitteeWithResponse(p.ctx(), id, &client.GetCommitteeParams{Convention: p.w.convention})
	p.ok(err)
	return *a.JSON200
}

// names records that a State is a member of a body for a term.
func (p *person) names(body string, t client.TermContent) (d client.CommitteeDetail) {
	p.t.Helper()
	a, err := p.c.NameMemberWithResponse(p.ctx(), body, &client.NameMemberParams{Convention: p.w.convention, IfMatch: "*"}, t)
	if p.ok(err) {
		d = *a.JSON200
	}
	return d
}

// elects records the election of a chair.
func (p *person) elects(body, state, from, until string) (d client.CommitteeDetail) {
	p.t.Helper()
	a, err := p.c.NameChairWithResponse(p.ctx(), body, &client.NameChairParams{Convention: p.w.convention, IfMatch: "*"},
		client.PresidencyContent{Country: state, From: p.w.on(from), Until: p.w.on(until)})
	if p.ok(err) {
		d = *a.JSON200
	}
	return d
}

// designates records who advises a body on gender and diversity.
func (p *person) designates(body, state, from, until string) (d client.CommitteeDetail) {
	p.t.Helper()
	a, err := p.c.NameAdviserWithResponse(p.ctx(), body, &client.NameAdviserParams{Convention: p.w.convention, IfMatch: "*"},
		client.AdviserContent{Country: state, From: p.w.on(from), Until: p.w.on(until)})
	if p.ok(err) {
		d = *a.JSON200
	}
	return d
}

// invites records that an observer is invited to the work of a body.
func (p *person) invites(body, participant, from, until, meeting string) (d client.CommitteeDetail) {
	p.t.Helper()
	a, err := p.c.InviteObserverWithResponse(p.ctx(), body, &client.InviteObserverParams{Convention: p.w.convention, IfMatch: "*"},
		client.InvitationContent{Participant: participant, From: p.w.on(from), Until: p.w.on(until), Meeting: meeting})
	if p.ok(err) {
		d = *a.JSON200
	}
	return d
}
