package yeartest

import (
	"slices"
	"strings"
	"time"

	"entente/cooperation"
	"entente/store"
)

// introductionRule says who is told of a step of an introduction. Whoever has
// still to answer is asked, even by an act of its own; of what it comes to hear
// both sides, and whoever facilitates.
func (a *auditor) introductionRule(h happened, v store.Version) (func() []due, error) {
	before, x, err := a.introductions.take(v)
	if err != nil {
		return nil, err
	}
	if before == nil {
		a.begun = append(a.begun, x)
		return func() []due { return a.ofBeginning(h, x) }, nil
	}
	return func() []due { return a.ofIntroduction(h, before, x) }, nil
}

// about names the documents that a message about an introduction names.
func aboutIntroduction(x *cooperation.Introduction) string {
	return "introduction/" + x.ID + " proposal/" + x.Proposal
}

// answersFor reports whether somebody answers for one who is asked.
func answersFor(u *cooperation.User, w cooperation.Asked) bool {
	if w.Side == cooperation.NeedSide {
		return acts(u, []string{string(w.Participant)}, cooperation.FocalPoint, cooperation.Approver)
	}
	return acts(u, []string{string(w.Participant)}, cooperation.ProviderRole, cooperation.Approver)
}

// partOf is the one of those who are asked for whom somebody answers, the first
// who has not answered before the others.
func partOf(u *cooperation.User, x *cooperation.Introduction) (part *cooperation.AskedSide) {
	for i := range x.Asked {
		if w := &x.Asked[i]; answersFor(u, w.Asked) && (part == nil || part.Reply != "" && w.Reply == "") {
			part = w
		}
	}
	return part
}

// facilitators are those who bring both sides of a proposal together: the
// secretariat, and the people of the State that presides over the committee
// responsible.
func (a *auditor) facilitators(proposal string, at time.Time) []string {
	q := a.proposals.docs[proposal]
	return all(a.office, func() []string { return a.chairs(q.Committee, a.sidesOf(q), a.dayAt(at)) })()
}

func (a *auditor) ofBeginning(h happened, x *cooperation.Introduction) (out []due) {
	q := a.proposals.docs[x.Proposal]
	office := a.facilitators(q.ID, h.at)
	for _, id := range a.those("", func(*cooperation.User) bool { return true }) {
		u := a.users[id]
		part := partOf(u, x)
		reason := ""
		switch {
		case part != nil && part.Reply == "" && x.Status == cooperation.IntroductionAsked:
			reason = "introduction.asked"
		case id == h.actor:
		case a.onSide(u, q.ID):
			reason = "proposal.introduced"
		case slices.Contains(office, id) || sits(u, q.Committee) || sits(u, q.Informed...):
			reason = "introduction.begun"
		}
		if reason != "" {
			out = append(out, due{who: id, reason: reason, about: aboutIntroduction(x)})
		}
	}
	return out
}

func (a *auditor) ofIntroduction(h happened, before, x *cooperation.Introduction) (out []due) {
	tell := func(reason string, is func(u *cooperation.User) bool) {
		for _, id := range a.those(h.actor, is) {
			out = append(out, due{who: id, reason: "introduction." + reason, about: aboutIntroduction(x)})
		}
	}
	asked := func(is func(w *cooperation.AskedSide) bool) func(u *cooperation.User) bool {
		return func(u *cooperation.User) bool {
			part := partOf(u, x)
			return part != nil && is(part)
		}
	}
	switch {
	case strings.HasPrefix(h.commit.Command, "agreement."): // who proposes terms, or accepts them, wants to talk: that is told of the terms
	case x.Status == cooperation.IntroductionEnded && x.Stopped == nil: // told of the proposal, or of the talks
	case before.Status != x.Status:
		a.ofEnd(h, x, tell)
	case len(x.Questions) > len(before.Questions):
		q := x.Questions[len(x.Questions)-1]
		tell("question", asked(func(w *cooperation.AskedSide) bool { return w.Side != q.Side }))
	default:
		for i, q := range x.Questions {
			was := before.Questions[i]
			switch {
			case len(q.Answers) > len(was.Answers):
				tell("answer", asked(func(w *cooperation.AskedSide) bool { return w.Asked == q.Asked }))
			case q.Unheard && !was.Unheard:
				tell("resumed", asked(func(w *cooperation.AskedSide) bool { return w.Asked == q.Asked && w.Reply == "" }))
			}
		}
	}
	return out
}

// ofEnd tells both sides what it has come to, and whoever facilitates what
// becomes of it.
func (a *auditor) ofEnd(h happened, x *cooperation.Introduction, tell func(reason string, is func(u *cooperation.User) bool)) {
	office := a.facilitators(x.Proposal, h.at)
	talk := x.Status == cooperation.IntroductionInterested
	if talk {
		a.talking = append(a.talking, x)
	}
	tell(string(x.Status), func(u *cooperation.User) bool {
		return a.onSide(u, x.Proposal) && (talk || !slices.Contains(office, u.ID)) || talk && slices.Contains(office, u.ID)
	})
	if !talk {
		tell("outcome", func(u *cooperation.User) bool { return slices.Contains(office, u.ID) })
	}
}

// stopped is the question by which somebody has stopped its clock, if it has.
func stopped(x *cooperation.Introduction, w cooperation.Asked) *cooperation.SideQuestion {
	for i := range x.Questions {
		if q := &x.Questions[i]; q.Asked == w && q.Stops {
			return q
		}
	}
	return nil
}

// months is the same day of a later month, or its last one.
func months(day cooperation.Date, n int) cooperation.Date {
	t := day.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return date(first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly))
}

// ofIntroductions: whoever has still to answer hears of it half-way and a week
// before its last day. A question stops its clock for a month at most: a week
// before that the other side hears of it.
func (a *auditor) ofIntroductions(at time.Time) (out []reminder) {
	for _, x := range a.introductions.that(func(x *cooperation.Introduction) bool { return x.Status == cooperation.IntroductionAsked }) {
		document, first := "introduction/"+x.ID, a.dayAt(x.Created)
		for _, w := range x.Asked {
			if w.Reply != "" {
				continue
			}
			last, q := months(first, a.conv.ReplyMonths), stopped(x, w.Asked)
			name := x.ID + string(w.Side) + string(w.Participant)
			if q != nil && q.Resumed.IsZero() {
				answer := months(a.dayAt(q.Time), 1)
				a.mustEnd(at, document, "answer", a.ends(answer))
				out = append(out, a.latest(at, x.Version, "answer "+name, "clock.answer "+document, moment{a.begins(answer.AddDays(-7)), func() []string {
					return a.those("", func(u *cooperation.User) bool {
						return slices.ContainsFunc(x.Asked, func(o cooperation.AskedSide) bool { return o.Side != w.Side && answersFor(u, o.Asked) })
					})
				}})...)
				continue
			}
			if q != nil {
				last = last.AddDays(int(a.dayAt(q.Resumed).Days() - a.dayAt(q.Time).Days()))
			}
			a.mustEnd(at, document, "reply", a.ends(last))
			who := func() []string { return a.those("", func(u *cooperation.User) bool { return answersFor(u, w.Asked) }) }
			half := first.AddDays(int(last.Days()-first.Days()) / 2)
			out = append(out, a.latest(at, x.Version, "reply "+name, "clock.reply "+document, moment{a.begins(half), who}, moment{a.begins(last.AddDays(-7)), who})...)
		}
	}
	return out
}

// ofAdvice: whoever facilitates hears that a proposal was endorsed; when it has
// not brought both sides together in time, the platform has. As long as the
// sides of another proposal for the need talk, nothing is late; when these have
// ended, the time begins.
func (a *auditor) ofAdvice(at time.Time) (out []reminder) {
	for _, q := range a.proposals.that(func(q *cooperation.Proposal) bool {
		return q.Status == cooperation.Endorsed || q.Status == cooperation.Recommended
	}) {
		since := q.Endorsed
		talking := a.engaged(q.Need, &since)
		if talking || !a.stand(q) {
			continue
		}
		last := a.workingAfter(a.dayAt(since), a.conv.IntroduceDays)
		a.mustEnd(at, "proposal/"+q.ID, "introduce", a.ends(last))
		out = append(out, a.latest(at, q.Version, "introduce "+q.ID+since.String(), "clock.introduce proposal/"+q.ID,
			moment{since, func() []string { return a.chairs(q.Committee, a.sidesOf(q), a.dayAt(at)) }})...)
	}
	return out
}

// engaged reports whether both sides of a proposal for a need are asked or talk.
// Where some have, since is when that ended, if it is later.
func (a *auditor) engaged(need string, since *time.Time) bool {
	for _, q := range a.ofNeed[need] {
		q := a.proposals.docs[q]
		if q.Status == cooperation.Introduced || q.Status == cooperation.InTalks {
			return true
		}
		ended := a.agreed[q.ID]
		if q.Round > 0 && q.Ended != nil && q.Status != cooperation.AgreedProposal {
			ended = q.Ended.Time
		}
		if ended.After(*since) {
			*since = ended
		}
	}
	return false
}

// stand reports whether both postings of a proposal are open.
func (a *auditor) stand(q *cooperation.Proposal) bool {
	n := a.needs.docs[q.Need]
	return (n.Status == cooperation.NeedOpen || n.Status == cooperation.NeedPartlyCovered) &&
		!slices.ContainsFunc(q.Offers, func(o string) bool { return a.offers.docs[o].Status != cooperation.OfferOpen })
}
