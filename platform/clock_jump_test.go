package platform_test

import (
	"testing"
	"time"

	"entente/platform"
)

func TestAClockThatJumpsBackAndForthChangesTimesAndNotTheOrder(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	var ids []string
	for _, jump := range []time.Duration{0, -48 * time.Hour, 72 * time.Hour, -24 * time.Hour, -30 * 365 * 24 * time.Hour} {
		p.clock.advance(jump)
		before := on.Position("fctc")
		made, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "A law"), "")
		if err != nil {
			t.Fatalf("after a jump of %v: %v", jump, err)
		}
		if got := on.Position("fctc"); got != before+1 {
			t.Fatalf("position %d after %d", got, before)
		}
		ids = append(ids, made.ID)
		if _, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
			t.Fatalf("a run after a jump of %v: %v", jump, err)
		}
		position := on.Position("fctc")
		on.Close()
		if on = p.open(); on.Position("fctc") != position {
			t.Fatalf("opened again at %d, closed at %d", on.Position("fctc"), position)
		}
	}
	replaced, err := on.ReplaceNeed(t.Context(), focal, ids[0], 1, needContent(t, "Another law"))
	if err != nil || replaced.Version != 2 || !replaced.Updated.Before(replaced.Created) {
		t.Errorf("a change under a clock of long before the need: %+v, %v", replaced, err)
	}
	for _, id := range ids {
		if _, _, err := on.Need(focal, id); err != nil {
			t.Errorf("need %s: %v", id, err)
		}
	}
}
