package scenario

import (
	"slices"

	"entente/client"
)

// assistance is help that was agreed, and who has to do with it.
type assistance struct {
	partnership, need string
	partners          []*person // the State that is helped first, then each provider
	office            *person   // who brought them together
	outsiders         []*person // who read nothing of how it goes
	begins            string    // the first day of the help
	pays              *person   // who records money of the first share; nil where there is none
	share             int       // the share of the terms that is paid
	money             client.Money
	needs             string // the step of the need afterwards
}

// isDelivered tells how what was agreed becomes help and what remains of it:
// the help begins, money is bound and paid, both sides say after 3, 6 and 12
// months how it goes, and at the end what was delivered, what they think of it,
// and what others can learn.
func (w *world) isDelivered(a assistance) {
	w.t.Helper()
	state, provider := a.partners[0], a.partners[1]
	if w.clock().Before(w.date(a.begins).Time()) {
		w.until(a.begins)
	}
	w.same("the step when the help begins", provider.beginsHelp(a.partnership, a.begins).Status, "active")
	if a.pays != nil {
		a.pays.records(a.partnership, a.share, client.Committed, a.money)
		a.pays.records(a.partnership, a.share, client.Paid, a.money)
		w.same("what was pledged, committed and paid", moneyOf(state.delivery(a.partnership)), written([]string{a.money.Amount, a.money.Amount, a.money.Amount}))
	}
	for _, p := range a.outsiders {
		p.blind().delivery(a.partnership)
	}
	w.bothSidesFollowUp(&a)
	state.states(a.partnership, "facilitated")

	w.same("the step when one has said what was delivered", provider.completes(a.partnership).Status, "active")
	for _, p := range a.partners {
		if p != provider {
			p.confirms(a.partnership)
		}
	}
	done := state.delivery(a.partnership)
	w.same("the step when all have said so", done.Status, "completed")
	w.same("what is said of where it came from", done.Origin, "facilitated")
	w.same("the need", state.reads(a.need).Status, a.needs)
	w.isLearnedFrom(&a)
}

// bothSidesFollowUp has the partners answer what they are asked after 3, 6 and
// 12 months, as far as these days are still to come.
func (w *world) bothSidesFollowUp(a *assistance) {
	w.t.Helper()
	answered := 0
	for _, months := range []int{3, 6, 12} {
		day := w.date(a.begins).AddMonths(months)
		if !w.clock().Before(day.Time()) {
			continue
		}
		w.until(day.String())
		for _, p := range a.partners {
			if !slices.ContainsFunc(p.clocks("partnership/"+a.partnership), func(c client.Clock) bool { return c.Kind == "follow_up" }) {
				w.t.Errorf("after %d months %s is not asked", months, p.name)
			}
			p.followsUp(a.partnership, "It goes as planned.")
			answered++
		}
	}
	w.same("the answers", len(a.office.delivery(a.partnership).FollowUps), answered)
}

// isLearnedFrom has every partner say what it thought of it, for itself and for
// the office alone, and all of them share what others can learn.
func (w *world) isLearnedFrom(a *assistance) {
	w.t.Helper()
	for i, p := range a.partners {
		p.rates(a.partnership, 3+i%3)
		w.same("the feedback that "+p.name+" reads", len(p.delivery(a.partnership).Feedback), 1)
	}
	w.same("the feedback that the office reads", len(a.office.delivery(a.partnership).Feedback), len(a.partners))
	state := a.partners[0]
	draft := state.drafted(a.partnership, "Agree on the participants before the courses begin.").Lessons.Draft
	known := len(a.outsiders[0].lessons())
	for _, p := range a.partners[1:] {
		w.same("the lessons that others read before all have cleared them", len(a.outsiders[0].lessons()), known)
		p.clearsLessons(a.partnership, draft)
	}
	shared := a.outsiders[0].lessons()
	if len(shared) != known+1 {
		w.t.Fatalf("%d lessons are shared, and there were %d", len(shared), known)
	}
	w.same("who shares them", len(shared[0].Partners), len(a.partners))
}

// moneyOf is what was pledged, committed and paid in the first currency.
func moneyOf(d client.PartnershipDelivery) string {
	if len(d.Money) == 0 {
		return "nothing"
	}
	return written([]string{d.Money[0].Pledged, d.Money[0].Committed, d.Money[0].Paid})
}

// delivery is what became of a partnership, as the person sees it.
func (p *person) delivery(id string) (x client.PartnershipDelivery) {
	p.t.Helper()
	a, err := p.c.GetPartnershipDeliveryWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) beginsHelp(id, day string) (x client.PartnershipDelivery) {
	p.t.Helper()
	a, err := p.c.BeginPartnershipWithResponse(p.ctx(), id, nil, client.BegunPartnership{On: p.w.on(day)})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) records(id string, share int, sort client.DisbursementSort, m client.Money) {
	p.t.Helper()
	_, err := p.c.RecordDisbursementWithResponse(p.ctx(), id, nil, client.NewDisbursement{Share: share, Sort: sort, Amount: m, On: p.w.today(), Text: "Decision 12"})
	p.ok(err)
}

func (p *person) followsUp(id, text string) {
	p.t.Helper()
	_, err := p.c.FollowUpPartnershipWithResponse(p.ctx(), id, nil, client.FollowUpAnswer{Course: client.OnTrack, Text: text})
	p.ok(err)
}

func (p *person) states(id, origin string) {
	p.t.Helper()
	_, err := p.c.StatePartnershipOriginWithResponse(p.ctx(), id, nil, client.OriginStated{Origin: client.PartnershipOrigin(origin), Text: "The letters that were exchanged."})
	p.ok(err)
}

// completes says that all that was agreed was delivered.
func (p *person) completes(id string) (x client.PartnershipDelivery) {
	p.t.Helper()
	a, err := p.c.CompletePartnershipWithResponse(p.ctx(), id, nil, client.CompletedPartnership{Text: "All of it."})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) confirms(id string) {
	p.t.Helper()
	_, err := p.c.ConfirmPartnershipWithResponse(p.ctx(), id, nil)
	p.ok(err)
}

func (p *person) rates(id string, rating int) {
	p.t.Helper()
	_, err := p.c.GiveFeedbackWithResponse(p.ctx(), id, nil, client.NewFeedback{Rating: rating, Text: "Well prepared."})
	p.ok(err)
}

// drafted puts into words what others can learn; who drafts clears.
func (p *person) drafted(id, text string) (x client.PartnershipDelivery) {
	p.t.Helper()
	a, err := p.c.DraftLessonsWithResponse(p.ctx(), id, nil, client.LessonsDraft{Text: text, ContentLanguage: "en"})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) clearsLessons(id string, draft int) {
	p.t.Helper()
	_, err := p.c.ClearLessonsWithResponse(p.ctx(), id, nil, client.LessonsCleared{Draft: draft})
	p.ok(err)
}

// lessons are those that the person may read.
func (p *person) lessons() []client.LearnedLessons {
	p.t.Helper()
	a, err := p.c.ListLessonsWithResponse(p.ctx(), &client.ListLessonsParams{Convention: p.w.convention})
	if p.ok(err) {
		return a.JSON200.Items
	}
	return nil
}
