package catalogue

import (
	"fmt"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

// What may be the same is found by what it shares, the latest first, and of
// many no more than it is worth comparing.
func TestRivalsAreFoundByWhatTheyShare(t *testing.T) {
	l := newLog(t)
	var changes []Change
	for i := range mostRivals + 50 {
		n := openNeed(i, fmt.Sprintf("need %d", i))
		switch i {
		case 1:
			n.Status = cooperation.NeedWithdrawn
		case 2:
			n.Beneficiaries = []reference.Country{mustCountry("NO")}
		case 3:
			n.Kinds = []cooperation.Outcome{{Kind: cooperation.Research}}
		}
		changes = append(changes, needChange(n))
	}
	asked := openNeed(0, "need 0")
	q := Rivals{Need: asked.ID, Beneficiaries: asked.Beneficiaries, Kinds: asked.KindList(), Themes: asked.Themes}
	l.commit(changes[:10]...)
	found := l.state.RivalNeeds(q)
	if len(found) != 6 || found[0].ID != id(KindNeed, 9) || found[5].ID != id(KindNeed, 4) {
		t.Errorf("found are %d, the first %s", len(found), found[0].Title)
	}
	l.commit(changes[10:]...)
	if found = l.state.RivalNeeds(q); len(found) != mostRivals {
		t.Errorf("compared are %d", len(found))
	}
	q.Themes = []string{"no-theme"}
	if found = l.state.RivalNeeds(q); len(found) != 0 {
		t.Errorf("of no theme there are %d", len(found))
	}
	if acts := l.state.RivalActivities(q); len(acts) != 0 {
		t.Errorf("activities: %v", acts)
	}
}
