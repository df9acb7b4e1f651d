package cooperation_test

import (
	"slices"
	"testing"

	"entente/cooperation"
)

// A year of the committee of seed 001, asked day by day: each reminder comes
// up on its day, three times before the change, and goes when it has been
// taken care of.
func TestRemindersComeBeforeTheRollOver(t *testing.T) {
	c, b, n := of2020(t)
	ok(t, n.NameAdviser(c, b, cooperation.Adviser{Country: land("GB"), From: day("2020-01-01"), Until: day("2020-12-31")}, secretariat, noon))
	whole := b.With(n)
	first := map[string]string{} // id → the first day on which it is due
	var told []string
	for on := day("2020-01-01"); on.Before(day("2021-01-05")); on = on.AddDays(1) {
		if on == day("2020-12-10") { // the election was held: Colombia presides in 2021, and two new members were named
			for _, term := range []cooperation.Term{sits("ZM", "2021-01-01", "2022-12-31", affected), sits("NO", "2021-01-01", "2022-12-31", provider)} {
				ok(t, n.NameMember(c, b, term, secretariat, noon))
			}
			ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("CO"), From: day("2021-01-01"), Until: day("2021-12-31")}, secretariat, noon))
			whole = b.With(n)
		}
		for _, r := range whole.TermReminders(on) {
			if r.Due.IsZero() || on.Before(r.Due) || !on.Before(r.Day) {
				t.Errorf("on %s it lists %+v", on, r)
			}
			if first[r.ID] == "" {
				first[r.ID] = on.String()
				told = append(told, on.String()+" "+string(r.Sort)+" "+r.Country.Alpha2())
			}
		}
	}
	wanted := []string{
		"2020-10-03 term_ends GB", "2020-10-03 term_ends TR", "2020-10-03 seat_to_fill ", "2020-10-03 chair_to_elect GB", "2020-10-03 adviser_to_name GB",
		"2020-12-02 term_ends GB", "2020-12-02 term_ends TR", "2020-12-02 seat_to_fill ", "2020-12-02 chair_to_elect GB", "2020-12-02 adviser_to_name GB",
		"2020-12-25 term_ends GB", "2020-12-25 term_ends TR", "2020-12-25 adviser_to_name GB",
	}
	if !slices.Equal(told, wanted) {
		t.Errorf("people were reminded of\n%q, wanted\n%q", told, wanted)
	}
}

func TestAReminderOfAnElectionNamesWhoMayBeElected(t *testing.T) {
	_, b, n := of2020(t)
	whole := b.With(n)
	for _, r := range whole.TermReminders(day("2020-12-30")) {
		if r.Sort == cooperation.ChairToElect {
			if len(r.Eligible) != 2 || r.Eligible[0] != land("CO") || r.Eligible[1] != land("DE") || r.Day != day("2021-01-01") {
				t.Errorf("it is %+v", r)
			}
			return
		}
	}
	t.Error("nobody is reminded of the election")
}

// After an outage only the latest of the reminders is left.
func TestAfterAnOutageOneReminderIsLeft(t *testing.T) {
	_, b, n := of2020(t)
	whole := b.With(n)
	seen := map[string]int{}
	for _, r := range whole.TermReminders(day("2020-12-31")) {
		seen[string(r.Sort)+r.Country.Alpha2()]++
		if r.Due != day("2020-12-25") {
			t.Errorf("due is %+v", r)
		}
	}
	for what, times := range seen {
		if times != 1 {
			t.Errorf("%s is listed %d times", what, times)
		}
	}
}
