package yeartest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// reminder is one of which somebody is to be told at a look at the clocks.
type reminder struct {
	once string // what it is, of which one is told once
	what string // as a message names it: kind of clock and document
	who  []string
}

// checkClocks judges a look at the clocks that is over: what has run out is
// done, and everybody was reminded, in one message, of all that has come and of
// which he was not reminded before.
func (a *auditor) checkClocks(at time.Time) {
	told, postings, terms := map[string][]*cooperation.Notification{}, map[string]bool{}, map[string]int{}
	for _, n := range a.ticked {
		switch n.Reason {
		case "clocks.due":
			told[n.Recipient] = append(told[n.Recipient], n)
		case "committee.roll_over":
			terms[n.Recipient+" "+n.Documents[0]] += len(n.Lines)
			a.checkMail(at, n)
		default:
			if k := n.Recipient + " " + n.Documents[0]; postings[k] {
				a.fault(at, "%s is asked twice to re-confirm %s", a.name(n.Recipient), n.Documents[0])
			} else {
				postings[k] = true
			}
			a.checkMail(at, n)
		}
	}
	a.ticked, a.asked = nil, nil
	a.checkReminders(at, told)
	a.checkReconfirm(at, postings)
	a.checkTerms(at, terms)
}

func (a *auditor) checkReminders(at time.Time, told map[string][]*cooperation.Notification) {
	due := map[string][]string{}
	for _, m := range slices.Concat(a.ofProposals(at), a.ofReviews(at), a.ofIntroductions(at), a.ofAdvice(at), a.ofAgreements(at), a.ofPartnerships(at)) {
		for _, who := range m.who {
			if k := m.once + " " + who; !a.reminded[k] {
				a.reminded[k] = true
				due[who] = append(due[who], m.what)
			}
		}
	}
	for _, who := range a.ids {
		switch n := told[who]; {
		case len(n) > 1:
			a.fault(at, "%s is reminded by %d messages at once", a.name(who), len(n))
		case len(n) == 0 && len(due[who]) > 0:
			a.fault(at, "%s is not reminded of %v", a.name(who), due[who])
		case len(n) == 1:
			a.checkReminder(at, n[0], due[who])
		}
	}
}

func (a *auditor) checkReminder(at time.Time, n *cooperation.Notification, due []string) {
	a.checkMail(at, n)
	var named []string
	for _, i := range n.Items {
		named = append(named, argOf(i.Heading.Args, "clock")+" "+i.Document)
	}
	strange := slices.DeleteFunc(slices.Clone(named), func(one string) bool { return slices.Contains(due, one) })
	whole := len(n.Reminders) == len(n.Items) // otherwise it says how many there are besides
	if whole && len(named) != len(due) || len(n.Reminders) < len(due) || len(strange) > 0 {
		a.fault(at, "%s is reminded of %v, and should be of %v", a.name(n.Recipient), named, due)
	}
}

func argOf(args []message.Arg, name string) string {
	for _, a := range args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// seatedFor are those who sit on a committee for a State, or for any.
func (a *auditor) seatedFor(committee string, of ...reference.Country) []string {
	return a.those("", func(u *cooperation.User) bool {
		return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
			return g.Role == cooperation.CommitteeMember && g.Committee == committee &&
				(len(of) == 0 || slices.ContainsFunc(of, func(c reference.Country) bool { return string(g.Participant) == c.Alpha2() }))
		})
	})
}

// latest is the last of the moments that have come, and who is told then. Who
// that is does not change as long as the document, the day, the committees and
// the people are the same.
func (a *auditor) latest(at time.Time, version uint64, once, what string, moments ...moment) []reminder {
	for i, m := range slices.Backward(moments) {
		if m.at.After(at) {
			continue
		}
		once += " " + strconv.Itoa(i)
		now := fmt.Sprint(version, a.dayAt(at).Days(), a.namers)
		if a.settled[once] == now {
			return nil
		}
		a.settled[once] = now
		return []reminder{{once, what, slices.Compact(slices.Sorted(slices.Values(m.who())))}}
	}
	return nil
}

type moment struct {
	at  time.Time
	who func() []string
}

// all are the people of several sorts.
func all(of ...func() []string) func() []string {
	return func() (out []string) {
		for _, some := range of {
			out = append(out, some()...)
		}
		return out
	}
}

// office are those who run the convention.
func (a *auditor) office() []string { return a.those("", runsIt) }

// ofProposals: when the look is over, the chair is to take a proposal up; when
// it has not in time, the secretariat hears of it.
func (a *auditor) ofProposals(at time.Time) (out []reminder) {
	for _, q := range a.proposals.that(func(q *cooperation.Proposal) bool { return q.Status == cooperation.Proposed }) {
		look := a.workingAfter(a.dayAt(q.Proposed), a.conv.LookDays)
		chair := func() []string { return a.chairs(q.Committee, a.sidesOf(q), a.dayAt(at)) }
		out = append(out, a.latest(at, q.Version, "opening "+q.ID+q.Proposed.String(), "clock.opening proposal/"+q.ID,
			moment{a.ends(look), chair}, moment{a.ends(a.workingAfter(look, a.conv.OpeningDays)), all(chair, a.office)})...)
	}
	return out
}

// ofReviews: members hear of the last day of a silence, the chair of objections
// half-way and, with the secretariat, on their last day, sides of a modification
// that they are asked, and on the last day again, the secretariat of a review
// that waits for members.
func (a *auditor) ofReviews(at time.Time) (out []reminder) {
	for _, r := range a.reviews.that(func(r *cooperation.Review) bool { return !over(r) }) {
		document := "review/" + r.ID
		chair := func() []string { return a.chairs(r.Committee, outOf(r), a.dayAt(at)) }
		if i := len(r.Silences) - 1; i >= 0 && r.Silences[i].Stopped.IsZero() {
			s := r.Silences[i]
			last := a.workingAfter(a.dayAt(s.From), s.Days)
			a.mustEnd(at, document, "silence", a.ends(last))
			out = append(out, a.latest(at, r.Version, "silence "+r.ID+strconv.Itoa(i), "clock.silence "+document, moment{a.begins(last), func() []string { return a.seatedFor(r.Committee) }})...)
		}
		if !r.Contested.IsZero() {
			left := max(a.conv.ObjectionDays-r.Held, 0)
			last := a.workingAfter(a.dayAt(r.Contested), left)
			a.mustEnd(at, document, "objection", a.ends(last))
			out = append(out, a.latest(at, r.Version, "objection "+r.ID+r.Contested.String(), "clock.objection "+document,
				moment{a.ends(a.workingAfter(a.dayAt(r.Contested), (a.conv.ObjectionDays-r.Held)/2)), chair}, moment{a.begins(last), all(chair, a.office)})...)
		}
		if i := len(r.Modifications) - 1; i >= 0 && r.Modifications[i].Ended.IsZero() {
			m := r.Modifications[i]
			last := a.workingAfter(a.dayAt(m.Time), a.conv.SilenceDays)
			a.mustEnd(at, document, "consent", a.ends(last))
			silent := func() []string { return a.unanswered(&m) }
			out = append(out, a.latest(at, r.Version, "consent "+r.ID+strconv.Itoa(i), "clock.consent "+document, moment{m.Time, silent}, moment{a.begins(last), all(chair, silent)})...)
		}
		if !r.Waiting.IsZero() {
			out = append(out, a.latest(at, r.Version, "members "+r.ID+r.Waiting.String(), "clock.members "+document, moment{r.Waiting, a.office})...)
		}
	}
	return out
}

// mustEnd finds clocks that have run out and on which nobody has acted.
func (a *auditor) mustEnd(at time.Time, document, kind string, end time.Time) {
	if !at.Before(end) {
		a.fault(at, "the clock %s of %s has run out at %s, and nothing was done", kind, document, end.UTC())
	}
}

// unanswered are the people of the sides that have not answered.
func (a *auditor) unanswered(m *cooperation.Modification) (out []string) {
	for _, asked := range m.Asked {
		if slices.ContainsFunc(m.Answers, func(x cooperation.Answer) bool { return x.Asked == asked }) {
			continue
		}
		roles := []cooperation.Role{cooperation.FocalPoint, cooperation.Approver}
		if asked.Side == cooperation.OfferSide {
			roles = []cooperation.Role{cooperation.ProviderRole, cooperation.Approver}
		}
		out = append(out, a.those("", func(u *cooperation.User) bool { return acts(u, []string{string(asked.Participant)}, roles...) })...)
	}
	return out
}

// checkReconfirm: of every posting that stands and whose day comes within the
// days of the profile, its side is asked once whether it stands. One whose day
// is over has lapsed.
func (a *auditor) checkReconfirm(at time.Time, told map[string]bool) {
	judge := func(document string, until cooperation.Date, side func(u *cooperation.User) bool) {
		if until.IsZero() || at.Before(until.AddDays(1-a.conv.ReconfirmDays).Time()) {
			return
		}
		a.mustEnd(at, document, "reconfirm", until.AddDays(1).Time())
		for _, who := range a.those("", side) {
			k, asked := who+" "+document, "reconfirm "+document+until.String()+" "+who
			switch {
			case a.reminded[asked] == told[k]: // told before and now, or not at all
				a.fault(at, "%s is asked to re-confirm %s: %v now, %v before", a.name(who), document, told[k], a.reminded[asked])
			case told[k] && !slices.Contains(a.asked, document):
				a.asked = append(a.asked, document)
			}
			a.reminded[asked] = true
			delete(told, k)
		}
	}
	for _, n := range a.needs.that(func(n *cooperation.Need) bool {
		return n.Status == cooperation.NeedOpen || n.Status == cooperation.NeedPartlyCovered
	}) {
		judge("need/"+n.ID, n.ValidUntil, forNeed(n))
	}
	for _, o := range a.offers.that(func(o *cooperation.Offer) bool {
		return o.Status == cooperation.OfferOpen || o.Status == cooperation.OfferExhausted
	}) {
		judge("offer/"+o.ID, o.ValidUntil, forOffer(o))
	}
	for k := range maps.Keys(told) {
		a.fault(at, "asked to re-confirm what does not run out: %s", k)
	}
}
