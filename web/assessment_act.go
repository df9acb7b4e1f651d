package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// mayAssess reports whether the reader may take a step now, whatever he will
// fill in. The domain itself is asked, on copies.
func (v *visit) mayAssess(of *cooperation.Assessment, with *cooperation.Need, step cooperation.Action, now time.Time) bool {
	a, n := *of, *with
	var err error
	switch step {
	case cooperation.Accept:
		err = a.Accept(v.conv, &n, nil, v.actor(), now)
	case cooperation.Decline:
		err = a.Decline(v.conv, &n, "", v.actor(), now)
	case cooperation.Withdraw:
		err = a.Withdraw(v.conv, &n, "", v.actor(), now)
	case cooperation.ProposeDates:
		if a.Sort != cooperation.JointAssessment {
			return false
		}
		err = a.Propose(v.conv, &n, cooperation.Date{}, cooperation.Date{}, v.actor(), now)
	case cooperation.HoldMission:
		err = a.Hold(v.conv, &n, cooperation.Date{}, v.actor(), now)
	case cooperation.Report:
		err = a.Hand(v.conv, &n, cooperation.MissionReport{}, v.actor(), now)
	case cooperation.FillNeed:
		if !stillWritten(with) {
			return false
		}
		err = a.Fill(v.conv, &n, nil, v.actor(), now)
	default:
		return false
	}
	return err == nil || cooperation.CodeOf(err) == cooperation.Invalid
}

// mostPartners is how many partners the form asks for by whom help is given.
const mostPartners = 4

// assessmentActs are the steps that the reader may take, besides those that
// have a form of their own.
func (p *pages) assessmentActs(v *visit, a *cooperation.Assessment, n *cooperation.Need) []act {
	at, now := v.within("/assessments/"+a.ID), p.Platform.Now()
	var out []act
	if v.mayAssess(a, n, cooperation.Accept, now) {
		partners := make([]field, mostPartners)
		for i := range partners {
			name := "partner" + strconv.Itoa(i+1)
			partners[i] = field{Name: name, Label: v.say(message.New("page.assessment.partner", message.Int("number", i+1))), List: listID[askParticipant], Most: 200, Optional: true}
		}
		partners[0].Hint = v.text("page.assessment.partner_hint")
		yes := v.act(at+"/accept", "page.assessment.accept", a.Version, partners...)
		yes.Main = true
		out = append(out, yes)
	}
	if v.mayAssess(a, n, cooperation.ProposeDates, now) {
		out = append(out, p.dateActs(v, a, n, at)...)
	}
	if v.mayAssess(a, n, cooperation.HoldMission, now) {
		until := a.Dates.Until
		if today := cooperation.DateOf(now); today.Before(until) {
			until = today
		}
		held := v.act(at+"/hold", "page.assessment.hold", a.Version, field{Name: "until", Label: v.text("field.assessment.held"), Type: "date", Value: until.String()})
		held.Main = !now.Before(a.Dates.From.Time())
		out = append(out, held)
	}
	if v.mayAssess(a, n, cooperation.Decline, now) {
		out = append(out, v.act(at+"/decline", "page.assessment.decline", a.Version, v.writing("page.assessment.why", "page.assessment.decline_hint", false)))
	}
	if v.mayAssess(a, n, cooperation.Withdraw, now) {
		out = append(out, v.act(at+"/withdraw", "page.assessment.withdraw", a.Version, v.writing("page.assessment.why", "page.assessment.withdraw_hint", true)))
	}
	return out
}

// dateActs agree to the days that the other side proposes, or propose others.
func (p *pages) dateActs(v *visit, a *cooperation.Assessment, n *cooperation.Need, at string) []act {
	var out []act
	d, own := a.Dates, v.actor().For(v.conv.ID, cooperation.Participant(leads(n).Alpha2()), cooperation.FocalPoint, cooperation.Approver)
	from := field{Name: "from", Label: v.text("page.assessment.from"), Type: "date"}
	until := field{Name: "until", Label: v.text("page.assessment.until"), Type: "date"}
	if d == nil {
		first := v.act(at+"/propose_dates", "page.assessment.propose", a.Version, from, until)
		first.Main = true
		return append(out, first)
	}
	from.Value, until.Value = d.From.String(), d.Until.String()
	if a.Status == cooperation.AssessmentAccepted && d.State != own && !d.From.Before(cooperation.DateOf(p.Platform.Now())) {
		yes := v.act(at+"/propose_dates", "page.assessment.agree", a.Version)
		yes.Main, yes.Hidden = true, []hidden{{"from", d.From.String()}, {"until", d.Until.String()}}
		out = append(out, yes)
	}
	return append(out, v.act(at+"/propose_dates", "page.assessment.propose_other", a.Version, from, until))
}

// serveAssessmentSteps adds the steps of both sides.
func (p *pages) serveAssessmentSteps(engine *gin.Engine, at string) {
	step := func(action cooperation.Action, take func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error)) {
		p.act(engine, at+"/"+string(action), "assessment."+string(action), p.assessment, func(v *visit) (string, error) {
			_, err := take(v, v.Param("id"), v.match())
			return v.within("/assessments/" + v.Param("id")), err
		})
	}
	step(cooperation.Accept, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		var partners []cooperation.Participant
		for i := range mostPartners {
			code, err := v.codeOf(askParticipant, "partner"+strconv.Itoa(i+1))
			if err != nil {
				return nil, err
			}
			if code != "" {
				partners = append(partners, cooperation.Participant(code))
			}
		}
		return p.Platform.AcceptAssessment(v.Request.Context(), v.actor(), id, match, partners)
	})
	step(cooperation.Decline, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		return p.Platform.DeclineAssessment(v.Request.Context(), v.actor(), id, match, v.PostForm("text"))
	})
	step(cooperation.ProposeDates, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		return p.Platform.ProposeMission(v.Request.Context(), v.actor(), id, match, v.date("from"), v.date("until"))
	})
	step(cooperation.HoldMission, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		return p.Platform.HoldMission(v.Request.Context(), v.actor(), id, match, v.date("until"))
	})
	step(cooperation.FillNeed, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		return p.Platform.FillNeed(v.Request.Context(), v.actor(), id, match, v.PostFormArray("fields"))
	})
	step(cooperation.Withdraw, func(v *visit, id string, match platform.Match) (*cooperation.Assessment, error) {
		return p.Platform.WithdrawAssessment(v.Request.Context(), v.actor(), id, match, v.PostForm("text"))
	})
}

// topOf is the first name of a path in a document.
func topOf(path string) string {
	if end := strings.IndexAny(path, ".["); end >= 0 {
		return path[:end]
	}
	return path
}
