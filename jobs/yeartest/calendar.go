package yeartest

import (
	"slices"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// dayAt is the day at the seat.
func (a *auditor) dayAt(t time.Time) cooperation.Date {
	there := t.In(a.zone)
	return date(there.Format(time.DateOnly))
}

// begins is the moment at which a day begins at the seat.
func (a *auditor) begins(day cooperation.Date) time.Time {
	d := day.Time()
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, a.zone)
}

// ends is the moment at which it is over.
func (a *auditor) ends(day cooperation.Date) time.Time { return a.begins(day.AddDays(1)) }

// holidays are those of the year at the seat, written out.
func holidays() map[cooperation.Date]bool {
	out := map[cooperation.Date]bool{}
	for _, day := range []string{"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17", "2027-08-01", "2027-09-09", "2027-12-25", "2027-12-31", "2028-01-01"} {
		out[date(day)] = true
	}
	return out
}

// works reports whether it is a working day at the seat.
func (a *auditor) works(day cooperation.Date) bool {
	w := day.Time().Weekday()
	return w != time.Saturday && w != time.Sunday && !a.holidays[day]
}

// workingAfter is the n-th working day after a day; the day itself for none.
func (a *auditor) workingAfter(day cooperation.Date, n int) cooperation.Date {
	k := reckoned{day, n}
	if last, ok := a.reckoned[k]; ok {
		return last
	}
	for n > 0 {
		if day = day.AddDays(1); a.works(day) {
			n--
		}
	}
	a.reckoned[k] = day
	return day
}

// reckoned is so many working days after a day.
type reckoned struct {
	day cooperation.Date
	n   int
}

// sitting are the members of a committee on a day, the longest-serving first.
func (a *auditor) sitting(committee string, day cooperation.Date) (out []cooperation.Term) {
	for _, t := range a.committee(committee).Members {
		if !day.Before(t.From) && !t.Until.Before(day) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(x, y cooperation.Term) int {
		if x.From != y.From {
			return int(x.From.Days() - y.From.Days())
		}
		return x.Election - y.Election
	})
	return out
}

// chair is the State that presides over a committee on a day.
func (a *auditor) chair(committee string, day cooperation.Date) (reference.Country, bool) {
	for _, p := range a.committee(committee).Chairs {
		if !day.Before(p.From) && !p.Until.Before(day) {
			return p.Country, true
		}
	}
	return 0, false
}

// presides is the State that presides over what both sides are about: the chair
// or, if its own State is one of them, or there is none, who has sat longest of
// those whose is not.
func (a *auditor) presides(committee string, sides []cooperation.Participant, day cooperation.Date) (reference.Country, bool) {
	recused := func(c reference.Country) bool { return slices.Contains(sides, cooperation.Participant(c.Alpha2())) }
	if c, ok := a.chair(committee, day); ok && !recused(c) {
		return c, true
	}
	for _, t := range a.sitting(committee, day) {
		if !recused(t.Country) {
			return t.Country, true
		}
	}
	return 0, false
}

// chairs are the people of that State; where there is none, the secretariat is to
// see to it.
func (a *auditor) chairs(committee string, sides []cooperation.Participant, day cooperation.Date) []string {
	if c, ok := a.presides(committee, sides, day); ok {
		return a.seatedFor(committee, c)
	}
	return a.those("", runsIt)
}

// sidesOf are all on the two sides of a proposal.
func (a *auditor) sidesOf(q *cooperation.Proposal) (out []cooperation.Participant) {
	for _, b := range a.needs.docs[q.Need].Beneficiaries {
		out = append(out, cooperation.Participant(b.Alpha2()))
	}
	for _, id := range q.Offers {
		o := a.offers.docs[id]
		out = append(out, o.Provider)
		for _, c := range o.CoProviders {
			out = append(out, c.Participant)
		}
	}
	return out
}

// outOf are all who have no part in a review: those on its sides, and those that
// have declared an interest.
func outOf(r *cooperation.Review) []cooperation.Participant {
	out := slices.Concat(r.Beneficiaries, r.Providers)
	for _, d := range r.Declared {
		out = append(out, cooperation.Participant(d.Country.Alpha2()))
	}
	return out
}
