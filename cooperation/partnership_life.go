package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// gate lets the partners through when the step allows the action.
func (p *Partnership) gate(k *Timekeeper, n *Need, a Actor, action Action, from ...PartnershipStatus) error {
	if !SeesDelivery(a, k.convention, p, n) {
		return absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayDeliver(a, action, p, n)); err != nil {
		return err
	}
	if !slices.Contains(from, p.Status) {
		return refused("partnership", string(action), string(p.Status))
	}
	return nil
}

// Begin says that the help has begun, on a day that has come.
func (p *Partnership) Begin(k *Timekeeper, n *Need, on Date, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, BeginDelivery, PartnershipAgreed); err != nil {
		return err
	}
	if on.IsZero() {
		on = k.Today()
	}
	var m mistakes
	if k.Today().Before(on) {
		m.add("on", "error.invalid.past_date")
	}
	if err := m.err(); err != nil {
		return err
	}
	p.Status, p.Begun = PartnershipActive, on
	return p.written(now)
}

// ReportMilestone says that a milestone was done on a day, or that it is not
// done and why.
func (p *Partnership) ReportMilestone(k *Timekeeper, n *Need, r MilestoneReport, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, ReportMilestone, PartnershipActive); err != nil {
		return err
	}
	r.Text, r.Stated = strings.TrimSpace(r.Text), p.states(a, n, nil, now)
	m := checkShape(&r)
	p.checkMilestone(&m, r.Milestone)
	if k.Today().Before(r.Done) {
		m.add("done", "error.invalid.past_date")
	}
	if r.Done.IsZero() && r.Text == "" {
		m.add("text", "error.invalid.required")
	}
	if err := m.err(); err != nil {
		return err
	}
	p.MilestoneReports = added(p.MilestoneReports, r)
	return p.written(now)
}

func (p *Partnership) checkMilestone(m *mistakes, number int) {
	if number < 1 || number > len(p.Milestones) {
		m.add("milestone", "error.invalid.number_of", message.Int("max", len(p.Milestones)))
	}
}

// MilestoneState is where a milestone stands.
type MilestoneState struct {
	Milestone
	Done Date             // none: it is not done
	Late bool             // it was done after its day, or its day is over
	Last *MilestoneReport // what was said of it last
}

// MilestoneStates says where the milestones stand on a day, in the order of the
// terms.
func (p *Partnership) MilestoneStates(today Date) []MilestoneState {
	out := make([]MilestoneState, len(p.Milestones))
	for i, planned := range p.Milestones {
		s := MilestoneState{Milestone: planned}
		for j := range p.MilestoneReports {
			if r := &p.MilestoneReports[j]; r.Milestone == i+1 {
				s.Last, s.Done = r, r.Done
			}
		}
		s.Late = !s.Due.IsZero() && (s.Due.Before(s.Done) || s.Done.IsZero() && s.Due.Before(today))
		out[i] = s
	}
	return out
}

// Deviate says that the partnership departs from its plan.
func (p *Partnership) Deviate(k *Timekeeper, n *Need, d Deviation, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, Deviate, PartnershipAgreed, PartnershipActive); err != nil {
		return err
	}
	d.Text, d.Stated = strings.TrimSpace(d.Text), p.states(a, n, nil, now)
	m := checkShape(&d)
	if d.Milestone != 0 {
		p.checkMilestone(&m, d.Milestone)
	}
	if !d.Expected.IsZero() && d.Expected.Before(k.Today()) {
		m.add("expected", "error.invalid.future_date")
	}
	if err := m.err(); err != nil {
		return err
	}
	p.Deviations = added(p.Deviations, d)
	return p.written(now)
}

// ExpectedEnd is the last day as it is expected now: that of the terms, unless
// a partner has said another since.
func (p *Partnership) ExpectedEnd() Date {
	end := p.End
	for _, d := range p.Deviations {
		if !d.Expected.IsZero() {
			end = d.Expected
		}
	}
	return end
}

// StateOrigin says whether the help came about through the platform, or existed
// before, with evidence.
func (p *Partnership) StateOrigin(k *Timekeeper, n *Need, s OriginStatement, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, StateOrigin, PartnershipStatuses()...); err != nil {
		return err
	}
	s.Text, s.Stated = strings.TrimSpace(s.Text), p.states(a, n, heard(p.Origins, func(s OriginStatement) Partner { return s.Partner }), now)
	m := checkShape(&s)
	checkEvidence(&m, s.Text, s.Link)
	if err := m.err(); err != nil {
		return err
	}
	p.Origins = added(p.Origins, s)
	return p.written(now)
}

// checkEvidence asks for a text or a link that shows what is stated.
func checkEvidence(m *mistakes, text, link string) {
	if text == "" && link == "" {
		m.add("text", "error.invalid.evidence")
	}
}

// Origin is where the help comes from as the partners state it: under way before
// as soon as one of them says so, facilitated where one says that and none the
// other, and not stated otherwise.
func (p *Partnership) Origin() Origin {
	latest := map[Partner]Origin{}
	for _, s := range p.Origins {
		latest[s.Partner] = s.Origin
	}
	var out Origin
	for _, o := range latest {
		if out != UnderWayBefore {
			out = o
		}
	}
	return out
}
