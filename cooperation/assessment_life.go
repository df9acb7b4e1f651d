package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// Accept says that whoever facilitates will help, with whom.
func (a *Assessment) Accept(c *Convention, n *Need, partners []Participant, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, Accept, AssessmentRequested); err != nil {
		return err
	}
	var m mistakes
	for i, p := range partners {
		if organisation, known := c.Organisation(p); !known || !organisation.Known() {
			if _, state := p.State(); !state {
				m.add(place("partners", i), "error.invalid.unknown_organisation", value(string(p)))
			}
		}
	}
	if err := m.err(); err != nil {
		return err
	}
	a.Status, a.Partners = AssessmentAccepted, partners
	a.touch(now)
	return nil
}

// Decline says that there will be no help, and why.
func (a *Assessment) Decline(c *Convention, n *Need, text string, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, Decline, AssessmentRequested, AssessmentAccepted, AssessmentScheduled); err != nil {
		return err
	}
	return a.end(AssessmentDeclined, text, true, actor, now)
}

// Withdraw says that the State no longer wants the help. No reason is asked.
func (a *Assessment) Withdraw(c *Convention, n *Need, text string, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, Withdraw, AssessmentRequested, AssessmentAccepted, AssessmentScheduled, AssessmentHeld); err != nil {
		return err
	}
	return a.end(AssessmentWithdrawn, text, false, actor, now)
}

func (a *Assessment) end(to AssessmentStatus, text string, required bool, actor Actor, now time.Time) error {
	r, err := remark("", text, required, actor, now)
	if err != nil {
		return err
	}
	a.Status, a.Ended = to, r
	a.touch(now)
	return nil
}

// Propose proposes the days of the mission. When the other side has proposed
// the same, they are agreed; other days are a new proposal, also after that.
func (a *Assessment) Propose(c *Convention, n *Need, from, until Date, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, ProposeDates, AssessmentAccepted, AssessmentScheduled); err != nil {
		return err
	}
	var m mistakes
	c.checkPeriod(&m, "", from, until)
	if !from.IsZero() && from.Before(DateOf(now)) {
		m.add("from", "error.invalid.future_date")
	}
	if a.Sort != JointAssessment {
		m.add("from", "error.invalid.no_mission")
	}
	if err := m.err(); err != nil {
		return err
	}
	// Who is on both sides speaks for the State.
	d := MissionDates{From: from, Until: until, State: asksFor(actor, n)}
	a.Status = AssessmentAccepted
	if before := a.Dates; before != nil && before.From == from && before.Until == until && before.State != d.State {
		a.Status = AssessmentScheduled
	}
	a.Dates = &d
	a.touch(now)
	return nil
}

// Hold records that the mission took place, until which day.
func (a *Assessment) Hold(c *Convention, n *Need, until Date, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, HoldMission, AssessmentScheduled); err != nil {
		return err
	}
	var m mistakes
	if until.IsZero() || until.Before(a.Dates.From) || DateOf(now).Before(until) {
		m.add("until", "error.invalid.past_date")
	}
	if err := m.err(); err != nil {
		return err
	}
	a.Status, a.Held = AssessmentHeld, until
	a.touch(now)
	return nil
}

// Hand hands the report over, with what it proposes that the need is to say.
func (a *Assessment) Hand(c *Convention, n *Need, r MissionReport, actor Actor, now time.Time) error {
	from := AssessmentHeld
	if a.Sort == DraftingHelp {
		from = AssessmentAccepted
	}
	if err := a.gate(c, n, actor, Report, from); err != nil {
		return err
	}
	r.Text, r.By, r.Time = strings.TrimSpace(r.Text), actor.ID, stamp(now)
	m := checkShape(&struct {
		Text string `json:"text" validate:"required,max=20000"`
		Link string `json:"link" validate:"omitempty,http_url,max=500"`
	}{r.Text, r.Link})
	checkProposed(&m, c, a.Draft, r.Proposed, now)
	if err := m.err(); err != nil {
		return err
	}
	a.Status, a.Report = AssessmentReported, &r
	a.touch(now)
	return nil
}

// Fill lets the State take some of the proposed fields over into its need: none
// is taken over without it. It changes both; the need must still be a draft.
func (a *Assessment) Fill(c *Convention, n *Need, fields []string, actor Actor, now time.Time) error {
	if err := a.gate(c, n, actor, FillNeed, AssessmentReported); err != nil {
		return err
	}
	var m mistakes
	if len(fields) == 0 {
		m.add("fields", "error.invalid.required")
	}
	for i, name := range fields {
		if _, proposed := a.Report.Proposed[name]; !proposed || slices.Index(fields, name) != i {
			m.add(place("fields", i), "error.invalid.not_proposed", value(name))
		}
	}
	if err := m.err(); err != nil {
		return err
	}
	content, err := fill(n.NeedContent, a.Report.Proposed, fields)
	if err != nil {
		return Refuse(Invalid, "error.invalid.form")
	}
	if n.Status != NeedDraft && n.Status != NeedReturned {
		return refused("need", string(FillNeed), string(n.Status))
	}
	if content.Analysis == nil {
		content.Analysis = &Analysis{Source: "joint_assessment", Link: a.Report.Link}
	}
	if err := n.Replace(c, content, actor, now); err != nil {
		return err
	}
	for _, name := range fields {
		if !slices.Contains(a.Filled, name) {
			a.Filled = append(slices.Clip(a.Filled), name)
		}
	}
	a.touch(now)
	return nil
}

// gate lets the side through whose action it is, when the step allows it.
func (a *Assessment) gate(c *Convention, n *Need, actor Actor, action Action, from ...AssessmentStatus) error {
	if !SeesAssessment(actor, c, a, n) {
		return absent()
	}
	if err := authorise(MayAssess(actor, c, action, a, n)); err != nil {
		return err
	}
	if !slices.Contains(from, a.Status) {
		return Refuse(State, "error.state.refused", message.Of(message.Key, "action", "action.assessment."+string(action)), message.Of(message.Status, "status", "assessment."+string(a.Status)))
	}
	return nil
}
