package catalogue

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/matching"
)

func TestARestoredStateAnswersAsTheOneThatWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		p := &cooperation.Proposal{Meta: meta(KindProposal, 1, 1), Need: id(KindNeed, 0), Offers: []string{id(KindOffer, 0)}, Status: cooperation.Proposed}
		w.commit(body(KindProposal, p.ID, 1, p),
			body(KindNotification, "n", 1, &cooperation.Notification{Meta: cooperation.Meta{ID: "n"}, Recipient: "u", Status: cooperation.Pending}),
			body(KindRun, "r", 1, &cooperation.Run{Trigger: "schedule", Results: []byte{0, 9, 10}}), erased(KindActivity, "gone", 4))
		var kept bytes.Buffer
		position, err := w.state.Checkpoint(&kept)
		if err != nil || position != w.state.Position() {
			r.Fatalf("wrote position %d: %v", position, err)
		}
		restored, err := Restore(convention(), bytes.NewReader(kept.Bytes()))
		if err != nil {
			r.Fatal(err)
		}
		sameState(r, w.state, restored)
		var again bytes.Buffer
		if _, err := restored.Checkpoint(&again); err != nil || !bytes.Equal(kept.Bytes(), again.Bytes()) {
			r.Fatalf("the restored state writes another checkpoint (%v)", err)
		}
	})
}

// sameState compares what two states answer, cursors included.
func sameState(t *rapid.T, a, b *State) {
	if a.Position() != b.Position() || !a.Changed().Equal(b.Changed()) {
		t.Fatalf("positions %d and %d", a.Position(), b.Position())
	}
	for range 3 {
		actor, q := anyActor(t), anyQuery(t)
		x, errX := a.SearchNeeds(actor, q)
		y, errY := b.SearchNeeds(actor, q)
		if diff := cmp.Diff(x, y, dates()); diff != "" || errX != nil || errY != nil {
			t.Fatalf("needs differ (-written +restored), %v, %v:\n%s", errX, errY, diff)
		}
		if q.Cursor = x.Next; q.Cursor != "" {
			if z, err := b.SearchNeeds(actor, q); err != nil || len(z.Items) == 0 {
				t.Fatalf("a cursor from before is refused or finds nothing: %v", err)
			}
		}
	}
	x, _ := a.Snapshot(date("2026-03-02"))
	y, _ := b.Snapshot(date("2026-03-02"))
	if diff := cmp.Diff(x, y, cmpopts.IgnoreTypes(&matching.Setting{}), cmpopts.IgnoreFields(Snapshot{}, "Revision")); diff != "" {
		t.Fatalf("the matcher reads otherwise (-written +restored):\n%s", diff)
	}
	if diff := cmp.Diff(a.Counts(), b.Counts()); diff != "" {
		t.Fatalf("counts differ (-written +restored):\n%s", diff)
	}
}

func dates() cmp.Option {
	return cmp.Comparer(func(a, b cooperation.Date) bool { return a == b })
}

func TestApplyingGoesOnWhereACheckpointEnded(t *testing.T) {
	l := newLog(t)
	l.commit(needChange(openNeed(1, "first")))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(convention(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	l.state = restored
	changed := openNeed(1, "changed")
	changed.Version = 2
	l.commit(needChange(changed))
	if total(t, l.state, cooperation.Actor{}, Query{Text: "first"}) != 0 || total(t, l.state, cooperation.Actor{}, Query{Text: "changed"}) != 1 {
		t.Error("the words of the version in the checkpoint are still found")
	}
}

func TestADamagedCheckpointIsRefused(t *testing.T) {
	l := newLog(t)
	l.commit(needChange(openNeed(1, "first")), offerChange(openOffer(1, "second")))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	whole := kept.String()
	for name, text := range map[string]string{
		"empty":             "",
		"cut short":         whole[:len(whole)-20],
		"without its last":  whole[:strings.LastIndex(strings.TrimSuffix(whole, "\n"), "\n")+1],
		"of another log":    strings.Replace(whole, `"log":"test"`, `"log":"other"`, 1),
		"of another format": strings.Replace(whole, `"format":2`, `"format":9`, 1),
		"with a bad row":    strings.Replace(whole, "offer\t", "offer ", 1),
	} {
		if _, err := Restore(convention(), strings.NewReader(text)); err == nil {
			t.Errorf("a checkpoint %s is accepted", name)
		}
	}
}
