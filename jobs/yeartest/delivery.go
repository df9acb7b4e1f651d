package yeartest

import (
	"context"

	"entente/cooperation"
)

// deliverHelp plans what becomes of a partnership. Some begun before they were
// agreed, so that the questions of half a year and a year are asked within this
// one; some are never begun, or never completed.
func (y *year) deliverHelp(w *cooperation.Partnership) {
	id := w.ID
	y.later(88, 0, 25, "begin", func(ctx context.Context, y *year) error {
		on := cooperation.DateOf(y.clock.Now())
		if y.rand.IntN(3) == 0 {
			on = on.AddDays(-y.rand.IntN(300))
		}
		if _, _, err := y.replicas[0].BeginPartnership(ctx, y.partner(id), id, 0, on); err != nil {
			return err
		}
		y.course(id)
		return nil
	})
	y.later(30, 1, 20, "say where help comes from", func(ctx context.Context, y *year) error {
		origin, _ := pick(y, cooperation.Origins())
		_, _, err := y.replicas[0].StatePartnershipOrigin(ctx, y.partner(id), id, 0, cooperation.OriginStatement{Origin: origin, Text: "As the minutes say."})
		return err
	})
	y.later(60, 2, 40, "write money down", func(ctx context.Context, y *year) error {
		_, _, err := y.replicas[0].RecordDisbursement(ctx, y.provider(id), id, 0, cooperation.Disbursement{Share: 1, Sort: "paid", Amount: cooperation.NewMoney(50000, "USD"), On: cooperation.DateOf(y.clock.Now()).AddDays(-1), Text: "The first transfer."})
		if err == nil {
			y.later(20, 1, 20, "take an entry back", func(ctx context.Context, y *year) error {
				_, _, err := y.replicas[0].CorrectDisbursement(ctx, y.provider(id), id, 0, 1, "It went to another account.")
				return err
			})
		}
		return err
	})
	y.later(10, 10, 90, "stop", func(ctx context.Context, y *year) error {
		_, _, err := y.replicas[0].StopPartnership(ctx, y.partner(id), id, 0, "security_or_access", "The province is closed.", nil)
		return err
	})
}

// course plans what follows from a beginning.
func (y *year) course(id string) {
	w, _ := y.audit.partnerships.get(id)
	y.later(60, 10, 60, "report a milestone", func(ctx context.Context, y *year) error {
		_, _, err := y.replicas[0].ReportMilestone(ctx, y.partner(id), id, 0, cooperation.MilestoneReport{Milestone: 1, Done: cooperation.DateOf(y.clock.Now()).AddDays(-1), Text: "It is done."})
		return err
	})
	y.later(25, 5, 80, "depart from the plan", func(ctx context.Context, y *year) error {
		d := cooperation.Deviation{Aspect: "schedule", Text: "The rains came early."}
		if y.rand.IntN(2) == 0 {
			d.Expected = cooperation.DateOf(y.clock.Now()).AddDays(10 + y.rand.IntN(60))
		}
		_, _, err := y.replicas[0].ReportDeviation(ctx, y.partner(id), id, 0, d)
		return err
	})
	for _, before := range []int{80, 175, 355} {
		for range y.audit.partners(w) {
			y.later(75, before, before+45, "say how it goes", func(ctx context.Context, y *year) error { return goes(ctx, y, id) })
		}
	}
	y.later(55, 30, 160, "say that it is complete", func(ctx context.Context, y *year) error {
		_, _, err := y.replicas[0].CompletePartnership(ctx, y.partner(id), id, 0, nil, "All that was agreed.")
		if err != nil {
			return err
		}
		y.later(50, 2, 50, "agree that it is complete", func(ctx context.Context, y *year) error {
			_, _, err := y.replicas[0].ConfirmPartnership(ctx, y.partner(id), id, 0)
			return err
		})
		y.later(60, 1, 90, "put lessons into words", func(ctx context.Context, y *year) error { return learn(ctx, y, id) })
		return nil
	})
	y.later(40, 20, 200, "say what one thought of it", func(ctx context.Context, y *year) error {
		_, _, err := y.replicas[0].GiveFeedback(ctx, y.partner(id), id, 0, 1+y.rand.IntN(5), "They came when they said.")
		return err
	})
}

// goes answers the question that is asked now.
func goes(ctx context.Context, y *year, id string) error {
	how, _ := pick(y, cooperation.Courses())
	_, _, err := y.replicas[0].FollowUpPartnership(ctx, y.partner(id), id, 0, how, "Six of nine teams are trained.")
	return err
}

// learn puts what others can learn into words; the others may clear them.
func learn(ctx context.Context, y *year, id string) error {
	w, _, err := y.replicas[0].DraftLessons(ctx, y.partner(id), id, 0, "Begin with the survey.", "en", y.rand.IntN(2) == 0)
	if err != nil {
		return err
	}
	draft := w.Lessons.Draft
	for range 2 {
		y.later(60, 1, 30, "clear lessons", func(ctx context.Context, y *year) error {
			_, _, err := y.replicas[0].ClearLessons(ctx, y.partner(id), id, 0, draft, true)
			return err
		})
	}
	return nil
}

// partner is somebody who speaks for one of the partners.
func (y *year) partner(id string) cooperation.Actor {
	w, _ := y.audit.partnerships.get(id)
	p, _ := pick(y, y.audit.partners(w))
	return y.speaker(p.Side, p.Participant)
}

// provider is somebody who speaks for the provider of the first share.
func (y *year) provider(id string) cooperation.Actor {
	w, _ := y.audit.partnerships.get(id)
	return y.speaker(cooperation.OfferSide, w.Providers[0].Provider)
}
