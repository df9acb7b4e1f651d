package yeartest

import (
	"slices"
	"time"

	"entente/cooperation"
	"entente/store"
)

// partnershipRule says who is told of what became of a partnership: all on both
// sides and, of what it may have to see to, the secretariat. What somebody
// thought of it, nobody is told.
func (a *auditor) partnershipRule(h happened, v store.Version) (func() []due, error) {
	before, w, err := a.partnerships.take(v)
	if err != nil {
		return nil, err
	}
	if before == nil {
		a.agreed[w.Proposal] = w.Created
		a.formed = append(a.formed, w)
		return nil, nil //nolint:nilnil // it is told of the terms
	}
	what, office := became(before, w)
	if what == "" {
		return nil, nil //nolint:nilnil // for nobody else
	}
	return func() (out []due) {
		for _, id := range a.those(h.actor, func(u *cooperation.User) bool { return a.gives(u, w) || office && runsIt(u) }) {
			out = append(out, due{who: id, reason: "partnership." + what, about: "partnership/" + w.ID})
		}
		return out
	}, nil
}

// became names what happened between two versions, and whether the secretariat
// hears of it.
func became(before, w *cooperation.Partnership) (what string, office bool) {
	shared := func(p *cooperation.Partnership) string {
		if p.Lessons == nil || p.Lessons.Shared == nil {
			return ""
		}
		return p.Lessons.Shared.Text
	}
	drafts := func(p *cooperation.Partnership) int {
		if p.Lessons == nil {
			return 0
		}
		return p.Lessons.Draft
	}
	switch {
	case w.Status != before.Status && w.Status == cooperation.PartnershipCompleted:
		return "completed", true
	case w.Status != before.Status && w.Status == cooperation.PartnershipStopped:
		return "stop", true
	case w.Status != before.Status:
		return "begin", false
	case shared(w) != shared(before):
		return "lessons_shared", false
	case drafts(w) > drafts(before):
		return "draft_lessons", false
	case len(w.MilestoneReports) > len(before.MilestoneReports):
		return "report_milestone", false
	case len(w.Disbursements) > len(before.Disbursements) && w.Disbursements[len(w.Disbursements)-1].Corrects > 0:
		return "correct", false
	case len(w.Disbursements) > len(before.Disbursements):
		return "disburse", false
	case len(w.Deviations) > len(before.Deviations):
		return "deviate", true
	case len(w.FollowUps) > len(before.FollowUps):
		return "follow_up", true
	case len(w.Origins) > len(before.Origins):
		return "state_origin", false
	case w.Completion != nil && (before.Completion == nil || !before.Completion.Time.Equal(w.Completion.Time)):
		return "complete", false
	}
	return "", false
}

// gives reports whether somebody acts for one on a side of a partnership,
// co-beneficiaries included.
func (a *auditor) gives(u *cooperation.User, w *cooperation.Partnership) bool {
	return forNeed(a.needs.docs[w.Need])(u) || slices.ContainsFunc(w.Providers, func(s cooperation.Share) bool {
		return acts(u, []string{string(s.Provider)}, cooperation.ProviderRole, cooperation.Approver)
	})
}

// partners are who has agreed on a partnership: the State that leads the need,
// and every provider.
func (a *auditor) partners(w *cooperation.Partnership) []cooperation.Partner {
	out := []cooperation.Partner{{Side: cooperation.NeedSide, Participant: cooperation.Participant(a.needs.docs[w.Need].Beneficiaries[0].Alpha2())}}
	for _, s := range w.Providers {
		if p := (cooperation.Partner{Side: cooperation.OfferSide, Participant: s.Provider}); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// people are those who speak for some partners.
func (a *auditor) people(of ...cooperation.Partner) func() []string {
	return func() []string {
		return a.those("", func(u *cooperation.User) bool {
			return slices.ContainsFunc(of, func(p cooperation.Partner) bool { return answersFor(u, cooperation.Asked(p)) })
		})
	}
}

// facilitating are the people of the State that presides over the first body for
// the need, its State being on neither side.
func (a *auditor) facilitating(w *cooperation.Partnership, at time.Time) func() []string {
	return func() []string {
		q := a.proposals.docs[w.Proposal]
		return a.chairs(q.Committee, a.sidesOf(q), a.dayAt(at))
	}
}

// question is a day for which partners are asked how it goes.
type question struct{ opens, day, closes cooperation.Date }

// questions of a partnership: three, six and twelve months after it began, or
// was to begin, and on the days of the terms.
func questions(w *cooperation.Partnership) (out []question) {
	from := w.Begun
	if from.IsZero() {
		from = w.Start
	}
	days := slices.Clone(w.Reports)
	for _, n := range []int{3, 6, 12} {
		days = append(days, months(from, n))
	}
	slices.SortFunc(days, func(x, y cooperation.Date) int { return int(x.Days() - y.Days()) })
	days = slices.Compact(days)
	for i, day := range days {
		q := question{months(day, -1), day, months(day, 3)}
		if i > 0 && q.opens.Before(days[i-1].AddDays(1)) {
			q.opens = days[i-1].AddDays(1)
		}
		if i+1 < len(days) { // the next question takes its place
			q.closes = months(days[i+1], -1)
			if q.closes.Before(day.AddDays(1)) {
				q.closes = day.AddDays(1)
			}
		}
		out = append(out, q)
	}
	return out
}

// ofPartnerships: a partner is asked two weeks before the day; when it is over
// whoever facilitates hears of it too, and a month later the secretariat. After
// the last day of the help the partners say what was delivered; a month later
// whoever facilitates hears of it, and two months after that the secretariat.
// What one of them has stated the others hear of half-way and a week before the
// end of their time.
func (a *auditor) ofPartnerships(at time.Time) (out []reminder) {
	today := a.dayAt(at)
	for _, w := range a.partnerships.that(func(w *cooperation.Partnership) bool { return w.Status != cooperation.PartnershipStopped }) {
		document, partners := "partnership/"+w.ID, a.partners(w)
		for _, q := range questions(w) {
			if today.Before(q.opens) || !today.Before(q.closes) {
				continue
			}
			first := q.day.AddDays(-14)
			if first.Before(q.opens) {
				first = q.opens
			}
			for _, p := range partners {
				if slices.ContainsFunc(w.FollowUps, func(f cooperation.FollowUp) bool { return f.Due == q.day && f.Partner == p }) {
					continue
				}
				who := a.people(p)
				out = append(out, a.latest(at, w.Version, "follow_up "+w.ID+q.day.String()+string(p.Side)+string(p.Participant), "clock.follow_up "+document,
					moment{a.begins(first), who}, moment{a.ends(q.day), all(who, a.facilitating(w, at))}, moment{a.ends(months(q.day, 1)), a.office})...)
			}
		}
		if w.Status == cooperation.PartnershipActive {
			out = append(out, a.ofDelivery(at, w, document, partners)...)
		}
	}
	return out
}

func (a *auditor) ofDelivery(at time.Time, w *cooperation.Partnership, document string, partners []cooperation.Partner) []reminder {
	if c := w.Completion; c != nil {
		silent := slices.DeleteFunc(partners, func(p cooperation.Partner) bool {
			return p == c.Partner || slices.ContainsFunc(c.Agreed, func(s cooperation.Stated) bool { return s.Partner == p })
		})
		since := a.dayAt(c.Time)
		last := months(since, a.conv.ReplyMonths)
		a.mustEnd(at, document, "completion", a.ends(last))
		who := a.people(silent...)
		return a.latest(at, w.Version, "completion "+w.ID+c.Time.String(), "clock.completion "+document,
			moment{a.begins(since.AddDays(int(last.Days()-since.Days()) / 2)), who}, moment{a.begins(last.AddDays(-7)), who})
	}
	end := w.End
	for _, d := range w.Deviations {
		if !d.Expected.IsZero() {
			end = d.Expected
		}
	}
	if !end.Before(a.dayAt(at)) {
		return nil
	}
	who := a.people(partners...)
	return a.latest(at, w.Version, "delivery "+w.ID+end.String(), "clock.delivery "+document,
		moment{a.ends(end), who}, moment{a.ends(months(end, 1)), all(who, a.facilitating(w, at))}, moment{a.ends(months(end, 3)), a.office})
}
