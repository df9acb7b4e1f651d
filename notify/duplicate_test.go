package notify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

func TestADecisionOnADuplicateIsToldToBothSidesAndTheSecretariat(t *testing.T) {
	n := &cooperation.Need{NeedContent: cooperation.NeedContent{Title: "Survey", Beneficiaries: []reference.Country{land("MZ")}}, Status: cooperation.NeedOpen, Admitted: noon}
	n.ID, n.Convention = "need-1", pilot().ID
	d := cooperation.NewDuplicate(n, "need-2", "need", pilot().ID, cooperation.Actor{ID: "member-de"}, noon)
	d.Verdicts, d.Version = []cooperation.VerdictGiven{{Verdict: cooperation.CoordinatedRequest}}, 1
	o := cooperation.Occasion{Reason: ReasonDuplicate, Convention: pilot(), Actor: cooperation.Actor{ID: "focal-mz"}, Need: n, Duplicate: d}
	var got []string
	for _, told := range NewTeller().Tell(o, everybody(), noon) {
		got = append(got, told.Recipient)
		for _, m := range append([]message.Message{told.Subject, Why(told)}, told.Lines...) {
			i18ntest.Has(t, m.Key)
		}
	}
	if diff := cmp.Diff([]string{"approver-mz", "secretary"}, got); diff != "" {
		t.Error(diff)
	}
	n.Status, n.Admitted = cooperation.NeedDraft, n.Created
	if told := NewTeller().Tell(o, everybody(), noon); len(told) != 1 || told[0].Recipient != "approver-mz" {
		t.Errorf("of a draft others are told: %+v", told)
	}
}
