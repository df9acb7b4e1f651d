package yeartest

import (
	"context"
	"encoding/json"
	"fmt"

	"entente/cooperation"
	"entente/reference"
)

// recommend drafts a text of a committee, or of two; most are put before them,
// modified, objected to, adopted or withdrawn.
func recommend(ctx context.Context, y *year) error {
	first, _ := pick(y, y.audit.conv.Committees[:4])
	bodies := []string{first.ID}
	if other, _ := pick(y, y.audit.conv.Committees[:4]); y.rand.IntN(3) == 0 && other.ID != first.ID {
		bodies = append(bodies, other.ID)
	}
	y.serial++
	content := func(n int) cooperation.RecommendationContent {
		return cooperation.RecommendationContent{Title: names(fmt.Sprintf("Surveys, %d", n)), Text: names("The committee recommends that surveys come first.")}
	}
	by := y.office1()
	if y.rand.IntN(2) == 0 {
		by = y.anyMember(first.ID)
	}
	r, err := y.replicas[0].CreateRecommendation(ctx, by, convention, cooperation.ConclusionsRecommendation, bodies, content(1), fmt.Sprint(y.serial))
	if err != nil {
		return err
	}
	y.later(90, 1, 10, "put a text before the bodies", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].TableRecommendation(ctx, by, r.ID, 0)
		return err
	})
	t, _ := pick(y, y.audit.sitting(first.ID, y.audit.dayAt(y.clock.Now())))
	y.later(50, 8, 25, "object to a text", func(ctx context.Context, y *year) error {
		who := y.member(first.ID, t.Country)
		if _, err := y.replicas[0].ObjectToRecommendation(ctx, who, r.ID, 0, t.Country, "Training comes first."); err != nil {
			return err
		}
		y.later(60, 1, 20, "lift an objection", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].LiftObjection(ctx, who, r.ID, 0, t.Country)
			return err
		})
		return nil
	})
	y.later(30, 12, 35, "modify a text", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].ReplaceRecommendation(ctx, by, r.ID, 0, content(2))
		return err
	})
	for _, b := range bodies {
		y.later(80, 20, 60, "adopt a text", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].AdoptRecommendation(ctx, y.office1(), r.ID, 0, cooperation.Adoption{Body: b, Date: cooperation.DateOf(y.clock.Now()), Record: "Report of the meeting."})
			return err
		})
	}
	y.later(25, 20, 80, "withdraw a text", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].WithdrawRecommendation(ctx, by, r.ID, 0, "There is no consensus.")
		return err
	})
	return nil
}

func names(text string) cooperation.Names {
	return cooperation.Names{reference.Language("en"): text}
}

// askForHelp asks for help with a need that is not submitted yet. Half of such
// help has a mission; its days are agreed, it is held, and a report proposes
// what the need is to say.
func askForHelp(ctx context.Context, y *year) error {
	n, ok := pick(y, y.audit.needs.that(func(n *cooperation.Need) bool {
		return n.Status == cooperation.NeedDraft || n.Status == cooperation.NeedReturned
	}))
	if !ok {
		return errNothing
	}
	y.serial++
	state := func(y *year) cooperation.Actor { return y.somebody("focal-" + n.Beneficiaries[0].Alpha2()) }
	sort, _ := pick(y, cooperation.AssessmentSorts())
	x, err := y.replicas[0].RequestAssessment(ctx, state(y), n.ID, sort, "We lack somebody who has done this.", fmt.Sprint(y.serial))
	if err != nil {
		return err
	}
	y.later(12, 2, 30, "want no help any more", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].WithdrawAssessment(ctx, state(y), x.ID, 0, "")
		return err
	})
	if y.rand.IntN(6) == 0 {
		y.later(100, 1, 9, "decline to help", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].DeclineAssessment(ctx, y.office1(), x.ID, 0, "There is nobody this year.")
			return err
		})
		return nil
	}
	y.later(90, 1, 9, "accept to help", func(ctx context.Context, y *year) error {
		if _, err := y.replicas[0].AcceptAssessment(ctx, y.office1(), x.ID, 0, nil); err != nil {
			return err
		}
		if sort == cooperation.JointAssessment {
			y.mission(x.ID, state)
		} else {
			y.later(90, 5, 20, "report on help", func(ctx context.Context, y *year) error { return report(ctx, y, x.ID, state) })
		}
		return nil
	})
	return nil
}

// mission plans the days of a mission, and what comes of it.
func (y *year) mission(id string, state func(y *year) cooperation.Actor) {
	from := cooperation.DateOf(y.clock.Now()).AddDays(20)
	y.later(95, 1, 5, "propose days", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].ProposeMission(ctx, y.office1(), id, 0, from, from.AddDays(4))
		return err
	})
	y.later(90, 6, 15, "agree to days", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].ProposeMission(ctx, state(y), id, 0, from, from.AddDays(4))
		return err
	})
	y.later(90, 26, 35, "hold a mission", func(ctx context.Context, y *year) error {
		if _, err := y.replicas[0].HoldMission(ctx, y.office1(), id, 0, from.AddDays(4)); err != nil {
			return err
		}
		y.later(90, 2, 20, "report on help", func(ctx context.Context, y *year) error { return report(ctx, y, id, state) })
		return nil
	})
}

// report hands a report over, and the State takes some of it into its need, if
// that is still a draft.
func report(ctx context.Context, y *year, id string, state func(y *year) cooperation.Actor) error {
	_, err := y.replicas[0].ReportAssessment(ctx, y.office1(), id, 0, cooperation.MissionReport{Text: "Two provinces lack instruments.",
		Proposed: map[string]json.RawMessage{"barrier": json.RawMessage(`"The roads are closed from May to August."`)}})
	if err == nil {
		y.later(90, 1, 10, "take over what was proposed", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].FillNeed(ctx, state(y), id, 0, []string{"barrier"})
			return err
		})
	}
	return err
}

// decideDuplicate decides whether two needs are the same.
func decideDuplicate(ctx context.Context, y *year) error {
	open := y.audit.needs.that(func(n *cooperation.Need) bool { return n.Status == cooperation.NeedOpen })
	one, _ := pick(y, open)
	other, ok := pick(y, open)
	if !ok || one.ID == other.ID {
		return errNothing
	}
	by := y.somebody("focal-" + one.Beneficiaries[0].Alpha2())
	switch y.rand.IntN(3) {
	case 0:
		by = y.office1()
	case 1:
		by = y.anyMember("enhancement")
	}
	verdict, _ := pick(y, cooperation.Verdicts())
	_, err := y.replicas[0].DecideDuplicate(ctx, by, one.ID, other.ID, verdict, "The provinces are others.")
	return err
}
