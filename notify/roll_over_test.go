package notify

import (
	"slices"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// Each is told once of each reminder, in one message for a committee; the State
// whose term ends of that alone.
func TestARollOverIsToldOnceInOneMessage(t *testing.T) {
	c := pilot()
	b := &c.Committees[0]
	due := []cooperation.TermReminder{{ID: "one", Committee: b.ID, Sort: cooperation.TermEnds, Country: land("MZ")}, {ID: "two", Committee: b.ID, Sort: cooperation.SeatToFill}}
	told := map[string]bool{}
	o := cooperation.Occasion{Reason: ReasonRollOver, Convention: c, Actor: cooperation.System("clock"), Committee: b, RollOvers: due,
		Told: func(recipient, id string) bool { return told[recipient+id] }}
	lines := map[string]int{}
	for _, n := range NewTeller().Tell(o, everybody(), noon) {
		lines[n.Recipient] = len(n.Lines)
		i18ntest.Has(t, n.Subject.Key, Why(n).Key)
		for i, m := range n.Lines {
			i18ntest.Has(t, m.Key)
			told[n.Recipient+n.Reminders[i]] = true
		}
	}
	if lines["secretary"] != 2 || lines["member-de"] != 2 || lines["focal-mz"] != 1 || lines["provider-fr"] != 0 {
		t.Errorf("told are %v", lines)
	}
	if again := NewTeller().Tell(o, everybody(), noon); len(again) != 0 {
		t.Errorf("told again: %d", len(again))
	}
	o.RollOvers = append(slices.Clone(due), cooperation.TermReminder{ID: "three", Committee: b.ID, Sort: cooperation.ChairToElect, Country: land("PE")})
	for _, n := range NewTeller().Tell(o, everybody(), noon) {
		if len(n.Lines) != 1 {
			t.Errorf("%s is told %d things", n.Recipient, len(n.Lines))
		}
	}
}
