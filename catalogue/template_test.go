package catalogue

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func TestAWordingIsHeldByItsLatestVersionAlsoFromACheckpoint(t *testing.T) {
	l := newLog(t)
	w := &cooperation.Template{Meta: meta(KindTemplate, 1, 2), Reason: "need.admit", Language: "fr", TemplateContent: cooperation.TemplateContent{Subject: "Admis"}}
	l.commit(body(KindTemplate, w.ID, 2, w))
	if err := l.state.Newer(KindTemplate, w.ID, 2); err == nil {
		t.Error("the same version again is new")
	}
	w.Version, w.Removed = 3, true
	l.commit(body(KindTemplate, w.ID, 3, w))
	var b bytes.Buffer
	if _, err := l.state.Checkpoint(&b); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(convention(), &b)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*State{l.state, restored} {
		got, ok := s.Template(w.ID)
		if diff := cmp.Diff(w, got); !ok || diff != "" {
			t.Errorf("%v\n%s", ok, diff)
		}
	}
}
