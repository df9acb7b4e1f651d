package cooperation_test

import (
	"testing"
	"time"

	"entente/cooperation"
)

func (m *meeting) end(a cooperation.Actor, reason cooperation.Reason) error {
	return m.x.End(m.keeper(), m.p, m.s, reason, "Perhaps next year.", a, m.now)
}

// Talks without terms are ended by a side, as by declining, or by whoever
// facilitates: then without prejudice, and both read why.
func TestTalksAreEndedByASideOrByWhoeverFacilitates(t *testing.T) {
	m := met(t)
	wantCode(t, m.end(secretariat, "no_answer"), cooperation.State) // the clock of the reply does that
	ok(t, m.reply(kenyaFocal, interested))
	ok(t, m.reply(franceProvider, interested))
	wantCode(t, m.end(member, "timing"), cooperation.NotFound)
	wantCode(t, m.end(readOnly(secretariat), "timing"), cooperation.Forbidden)
	wantCode(t, m.end(secretariat, ""), cooperation.Invalid)
	wantCode(t, m.end(secretariat, "boredom"), cooperation.Invalid)
	wantCode(t, m.end(kenyaFocal, "no_answer"), cooperation.Invalid)
	before := *m
	x, p := *m.x, *m.p
	before.x, before.p = &x, &p

	ok(t, m.end(secretariat, "no_answer"))
	if m.x.Status != cooperation.IntroductionEnded || m.p.Status != cooperation.Declined || m.p.Ended == nil || !m.p.Ended.WithoutPrejudice {
		t.Fatalf("it is %s, the proposal %s: %+v", m.x.Status, m.p.Status, m.p.Ended)
	}
	for _, side := range []cooperation.Actor{kenyaFocal, franceProvider} {
		if shown := m.x.Shown(side, m.keeper(), m.s); shown.Stopped == nil || shown.Stopped.Reason != "no_answer" || shown.Stopped.By != "" {
			t.Errorf("a side reads %+v", shown.Stopped)
		}
	}
	if shown := m.x.Shown(secretariat, m.keeper(), m.s); shown.Stopped.By != secretariat.ID {
		t.Errorf("the secretariat reads %+v", shown.Stopped)
	}
	wantCode(t, m.end(secretariat, "timing"), cooperation.State)
	m.now = m.now.Add(time.Hour)
	if changed, err := m.p.Interest(m.s, true, franceProvider, m.now); err != nil || !changed || m.p.Status != cooperation.Introduced {
		t.Errorf("whoever wants to talk again does not: %s, %v", m.p.Status, err)
	}

	ok(t, before.end(kenyaFocal, "timing"))
	if before.x.Status != cooperation.IntroductionDeclined || before.p.Ended.Side != cooperation.NeedSide || before.x.Shown(franceProvider, before.keeper(), before.s).Asked[0].Reason != "" {
		t.Errorf("ended by a side it is %s: %+v", before.x.Status, before.p.Ended)
	}
}
