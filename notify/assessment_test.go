package notify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

func TestHelpWithANeedIsToldToItsStateAndWhoeverFacilitates(t *testing.T) {
	c := pilot()
	c.Facilitator = cooperation.SecretariatFacilitates
	n := &cooperation.Need{NeedContent: cooperation.NeedContent{Title: "Survey", Beneficiaries: []reference.Country{land("MZ")}}, Status: cooperation.NeedDraft}
	n.ID, n.Convention = "need-1", c.ID
	a := &cooperation.Assessment{Need: n.ID, Sort: cooperation.JointAssessment, Status: cooperation.AssessmentAccepted, Draft: n.NeedContent}
	a.ID, a.Convention, a.Version = "assessment-1", c.ID, 2
	for actor, want := range map[string][]string{"focal-mz": {"approver-mz", "secretary"}, "secretary": {"approver-mz", "focal-mz"}} {
		var got []string
		for _, told := range NewTeller().Tell(cooperation.Occasion{Reason: "assessment.accept", Convention: c, Actor: cooperation.Actor{ID: actor}, Assessment: a, Need: n}, everybody(), noon) {
			got = append(got, told.Recipient)
			for _, m := range append([]message.Message{told.Subject, Why(told)}, told.Lines...) {
				i18ntest.Has(t, m.Key)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("of what %s did: %s", actor, diff)
		}
	}
}
