package yeartest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// checkTerms judges the reminders of the change of committees: ninety, thirty
// and seven days before, of a term that ends, a seat that nobody takes, a chair
// and an adviser who are to follow; to the secretariat, the committee and the
// State. told counts the sentences by person and committee.
func (a *auditor) checkTerms(at time.Time, told map[string]int) {
	today := a.dayAt(at)
	for _, b := range a.conv.Committees {
		for _, t := range a.changes(&b, today) {
			stage := 0
			for i, before := range []int{90, 30, 7} {
				if !today.Before(t.day.AddDays(-before)) {
					stage = i + 1
				}
			}
			if stage == 0 {
				continue
			}
			for _, who := range a.those("", func(u *cooperation.User) bool {
				return runsIt(u) || sits(u, b.ID) || t.of != 0 && acts(u, []string{t.of.Alpha2()}, cooperation.FocalPoint, cooperation.Approver)
			}) {
				k := fmt.Sprint("term ", b.ID, t.what, t.of, t.day, stage, who)
				if a.reminded[k] {
					continue
				}
				a.reminded[k] = true
				if told[who+" committee/"+b.ID]--; told[who+" committee/"+b.ID] < 0 {
					a.fault(at, "%s is not reminded that %s of %s changes on %s", a.name(who), t.what, b.ID, t.day)
				}
			}
		}
	}
	for k, left := range told {
		if who, _, _ := strings.Cut(k, " "); left > 0 {
			a.fault(at, "%s has %d reminders too many of %s", a.name(who), left, k)
		}
	}
}

// change is something that is no longer so from a day on.
type change struct {
	what string
	of   reference.Country
	day  cooperation.Date
}

func (a *auditor) changes(b *cooperation.Committee, today cooperation.Date) (out []change) {
	n := a.committee(b.ID)
	var days []cooperation.Date
	note := func(until cooperation.Date) {
		if day := until.AddDays(1); today.Before(day) && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	for _, t := range n.Members {
		note(t.Until)
	}
	for _, c := range n.Chairs {
		note(c.Until)
	}
	for _, c := range n.Advisers {
		note(c.Until)
	}
	lacks := func(day cooperation.Date) int {
		members, of := a.sitting(b.ID, day), map[cooperation.SeatRole]int{}
		for _, t := range members {
			for _, as := range t.As {
				of[as]++
			}
		}
		rule := b.Composition
		return max(rule.Seats-len(members), 0) + max(rule.MinAffected-of[cooperation.SeatAffected], 0) + max(rule.MinProviders-of[cooperation.SeatProvider], 0)
	}
	for _, day := range days {
		last := day.AddDays(-1)
		for _, t := range a.sitting(b.ID, last) {
			if t.Until == last && !slices.ContainsFunc(a.sitting(b.ID, day), func(o cooperation.Term) bool { return o.Country == t.Country }) {
				out = append(out, change{"a term", t.Country, day})
			}
		}
		if lacks(day) > lacks(last) {
			out = append(out, change{"a seat", 0, day})
		}
		if c, ok := a.chair(b.ID, last); ok && b.Composition.Chair != "" {
			if _, follows := a.chair(b.ID, day); !follows {
				out = append(out, change{"the chair", c, day})
			}
		}
		if c, ok := adviser(&n, last); ok && b.Composition.GenderFocalPoint {
			if _, follows := adviser(&n, day); !follows {
				out = append(out, change{"the adviser", c, day})
			}
		}
	}
	return out
}

func adviser(n *cooperation.Naming, day cooperation.Date) (reference.Country, bool) {
	for _, x := range n.Advisers {
		if !day.Before(x.From) && !x.Until.Before(day) {
			return x.Country, true
		}
	}
	return 0, false
}

// lastOf are the last messages of a person.
func (a *auditor) lastOf(user string, most int) (out []*cooperation.Notification) {
	of := a.of[user]
	for _, id := range of[max(0, len(of)-most):] {
		out = append(out, a.notes.docs[id])
	}
	return out
}
