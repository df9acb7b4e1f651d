package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// FollowUpMonths are the months after the beginning at which both sides are
// asked how the partnership goes.
func FollowUpMonths() []int { return []int{3, 6, 12} }

// Question is a moment at which both sides are asked. One may answer from Opens
// to the day before Closes: then the next question takes its place.
type Question struct {
	Months        int // after the beginning; none: a day that both sides agreed on
	Due           Date
	Opens, Closes Date
}

// Questions lists when both sides are asked: 3, 6 and 12 months after the
// beginning, and on the days that they agreed on, each once and the earliest
// first. As long as nobody has said that the help has begun, the day for which
// it was planned counts, or that of the agreement, so that a partnership that
// nobody begins is asked about too.
func (p *Partnership) Questions() []Question {
	from := p.Begun
	if from.IsZero() {
		from = p.Start
	}
	if from.IsZero() {
		from = DateOf(p.Created)
	}
	var out []Question
	for _, months := range FollowUpMonths() {
		out = append(out, Question{Months: months, Due: from.AddMonths(months)})
	}
	for _, day := range p.Reports {
		if !slices.ContainsFunc(out, func(q Question) bool { return q.Due == day }) {
			out = append(out, Question{Due: day})
		}
	}
	slices.SortFunc(out, func(a, b Question) int { return int(a.Due.Days() - b.Due.Days()) })
	for i := range out {
		q := &out[i]
		q.Opens, q.Closes = q.Due.AddMonths(-1), q.Due.AddMonths(3)
		if i > 0 {
			if after := out[i-1].Due.AddDays(1); q.Opens.Before(after) {
				q.Opens = after
			}
			if out[i-1].Closes = q.Opens; out[i-1].Closes.Before(out[i-1].Due) {
				out[i-1].Closes = out[i-1].Due
			}
		}
	}
	return out
}

// Asked is the question that both sides may answer on a day. A partnership that
// was stopped is not asked about any more; of one that is completed one asks
// what lasts.
func (p *Partnership) Asked(today Date) (q Question, asked bool) {
	if p.Status == PartnershipStopped {
		return q, false
	}
	for _, q := range p.Questions() {
		if !today.Before(q.Opens) && today.Before(q.Closes) {
			return q, true
		}
	}
	return q, false
}

// answered reports whether a partner has answered a question.
func (p *Partnership) answered(q Question, of Partner) bool {
	return slices.ContainsFunc(p.FollowUps, func(f FollowUp) bool { return f.Due == q.Due && f.Partner == of })
}

// Answered are the partners that have answered a question.
func (p *Partnership) Answered(q Question, n *Need) []Partner {
	return slices.DeleteFunc(p.Partners(n), func(of Partner) bool { return !p.answered(q, of) })
}

// FollowUp answers the question that is asked now. A partner may add to what it
// has answered.
func (p *Partnership) FollowUp(k *Timekeeper, n *Need, course Course, text string, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, ReportFollowUp, PartnershipAgreed, PartnershipActive, PartnershipCompleted); err != nil {
		return err
	}
	q, asked := p.Asked(k.Today())
	if !asked {
		return p.notAsked(k.Today())
	}
	f := FollowUp{Stated: p.states(a, n, func(of Partner) bool { return p.answered(q, of) }, now), Months: q.Months, Due: q.Due, Course: course, Text: strings.TrimSpace(text)}
	if err := checkShape(&f).err(); err != nil {
		return err
	}
	p.FollowUps = added(p.FollowUps, f)
	return p.written(now)
}

// notAsked says when the next question is asked, if there is one.
func (p *Partnership) notAsked(today Date) error {
	for _, q := range p.Questions() {
		if today.Before(q.Opens) {
			return Refuse(State, "error.state.not_asked_yet", message.Of(message.Date, "day", q.Opens.String()))
		}
	}
	return Refuse(State, "error.state.not_asked")
}
