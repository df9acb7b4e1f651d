package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// findAssessment finds the convention of an assessment, for ids are unique over
// all.
func (p *Platform) findAssessment(id string) (*room, *cooperation.Assessment, error) {
	for _, name := range p.order {
		if a, ok := p.rooms[name].state.Assessment(id); ok {
			return p.rooms[name], a, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (r *room) assessment(d *draft, id string) (*cooperation.Assessment, bool) {
	if a, ok := decided[*cooperation.Assessment](d, "assessment", id); ok {
		return a, true
	}
	return r.state.Assessment(id)
}

// RequestAssessment asks for help with a need that is still to be submitted.
// The same actor with the same key and words gets the same again; with others
// it is a conflict.
func (p *Platform) RequestAssessment(ctx context.Context, actor cooperation.Actor, need string, sort cooperation.AssessmentSort, text, key string) (*cooperation.Assessment, error) {
	r, _, err := p.findNeed(need)
	if err != nil {
		return nil, err
	}
	id := creationID("assessment", r.id(), actor, key)
	var made *cooperation.Assessment
	err = r.do(ctx, "assessment.request", actor, func(d *draft) (err error) {
		now := p.clock()
		n, ok := r.need(d, need)
		if !ok {
			return cooperation.Absent()
		}
		if made, err = cooperation.RequestAssessment(id, n, sort, text, actor, now); err != nil {
			return err
		}
		if before, exists := r.assessment(d, id); exists {
			made, err = repeated(before, before.Version > 1 || before.Need == made.Need && before.Request == made.Request)
			return err
		}
		d.put("assessment", made.ID, made.Version, made)
		p.tell(r, d, cooperation.Occasion{Reason: "assessment.request", Actor: actor, Assessment: made, Need: n}, now)
		return nil
	})
	return made, err
}

// Assessment returns an assessment to whom may know of it.
func (p *Platform) Assessment(actor cooperation.Actor, id string) (*cooperation.Assessment, error) {
	r, a, err := p.findAssessment(id)
	if err != nil {
		return nil, err
	}
	if n, ok := r.state.Need(a.Need); !ok || !cooperation.SeesAssessment(actor, r.convention(), a, n) {
		return nil, cooperation.Absent()
	}
	return a, nil
}

// changeAssessment lets a command change copies of the assessment and of its
// need and commits what has changed, with what people have to be told.
func (p *Platform) changeAssessment(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error) (*cooperation.Assessment, error) {
	r, _, err := p.findAssessment(id)
	if err != nil {
		return nil, err
	}
	command := "assessment." + string(action)
	var changed cooperation.Assessment
	err = r.do(ctx, command, actor, func(d *draft) error {
		now, c := p.clock(), r.under(d)
		a, ok := r.assessment(d, id)
		if !ok {
			return cooperation.Absent()
		}
		before, ok := r.need(d, a.Need)
		if !ok || !cooperation.SeesAssessment(actor, c, a, before) {
			return cooperation.Absent()
		}
		if err := match.check(a.Version); err != nil {
			return err
		}
		changed = *a
		n := *before
		if err := change(&changed, c, &n, now); err != nil {
			return err
		}
		d.put("assessment", changed.ID, changed.Version, &changed)
		if n.Version != before.Version {
			d.putNeed(&n)
		}
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Assessment: &changed, Need: &n}, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// AcceptAssessment says that whoever facilitates will help, with whom.
func (p *Platform) AcceptAssessment(ctx context.Context, actor cooperation.Actor, id string, match Match, partners []cooperation.Participant) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.Accept, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Accept(c, n, partners, actor, now)
	})
}

// DeclineAssessment says that there will be no help, and why.
func (p *Platform) DeclineAssessment(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.Decline, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Decline(c, n, text, actor, now)
	})
}

// ProposeMission proposes the days of the mission, or agrees to those proposed.
func (p *Platform) ProposeMission(ctx context.Context, actor cooperation.Actor, id string, match Match, from, until cooperation.Date) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.ProposeDates, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Propose(c, n, from, until, actor, now)
	})
}

// HoldMission records that the mission took place.
func (p *Platform) HoldMission(ctx context.Context, actor cooperation.Actor, id string, match Match, until cooperation.Date) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.HoldMission, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Hold(c, n, until, actor, now)
	})
}

// ReportAssessment hands the report over.
func (p *Platform) ReportAssessment(ctx context.Context, actor cooperation.Actor, id string, match Match, report cooperation.MissionReport) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.Report, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Hand(c, n, report, actor, now)
	})
}

// FillNeed takes some of the proposed fields over into the need.
func (p *Platform) FillNeed(ctx context.Context, actor cooperation.Actor, id string, match Match, fields []string) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.FillNeed, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Fill(c, n, fields, actor, now)
	})
}

// WithdrawAssessment says that the State no longer wants the help.
func (p *Platform) WithdrawAssessment(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Assessment, error) {
	return p.changeAssessment(ctx, actor, id, match, cooperation.Withdraw, func(a *cooperation.Assessment, c *cooperation.Convention, n *cooperation.Need, now time.Time) error {
		return a.Withdraw(c, n, text, actor, now)
	})
}
