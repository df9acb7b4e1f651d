package platform_test

import (
	"testing"
	"time"

	"entente/cooperation"
)

// Every tick asks what is due before a roll-over. Each is told once, on
// whichever replica, and also after a restart.
func TestARollOverIsRemindedOfOnce(t *testing.T) {
	p := newPlace(t)
	on, other := p.open(), p.open()
	secretariat(t, on)
	term := cooperation.Term{Country: country(t, "ZM"), From: day(t, "2026-01-01"), Until: day(t, "2027-06-30"), Seat: "afro"}
	if _, err := on.NameMember(t.Context(), secretary, "fctc", "bureau", 0, term); err != nil {
		t.Fatal(explain(err))
	}
	if got := tick(t, on); got.Told != 0 {
		t.Fatalf("half a year before, told are %d", got.Told)
	}
	p.clock.advance(day(t, "2027-04-02").Time().Sub(on.Now())) // 90 days before the first day without it
	if first, again, there := tick(t, on), tick(t, on), tick(t, other); first.Told != 1 || again.Told != 0 || there.Told != 0 {
		t.Errorf("told are %d, %d and %d", first.Told, again.Told, there.Told)
	}
	on.Close()
	p.clock.advance(time.Hour)
	if got := tick(t, p.open()); got.Told != 0 {
		t.Errorf("after a restart, told are %d", got.Told)
	}
	p.verify()
}
