package notify

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

// partnership is one of Mozambique with Switzerland, with something of every
// sort written down by Switzerland.
func partnership() (*cooperation.Partnership, *cooperation.Need) {
	n := &cooperation.Need{NeedContent: cooperation.NeedContent{Title: "Survey", Beneficiaries: []reference.Country{land("MZ")}}, Status: cooperation.NeedCovered}
	n.ID, n.Convention = "need-1", pilot().ID
	by := cooperation.Stated{Partner: cooperation.Partner{Side: cooperation.OfferSide, Participant: "CH"}, By: "provider-ch", Time: noon}
	w := &cooperation.Partnership{Need: n.ID, Status: cooperation.PartnershipActive}
	w.ID, w.Convention, w.Version = "partnership-1", n.Convention, 4
	w.Providers = []cooperation.Share{{Offer: "offer-1", Provider: "CH"}}
	w.MilestoneReports, w.Disbursements = []cooperation.MilestoneReport{{Stated: by}}, []cooperation.Disbursement{{Stated: by}}
	w.Deviations, w.FollowUps, w.Origins = []cooperation.Deviation{{Stated: by}}, []cooperation.FollowUp{{Stated: by}}, []cooperation.OriginStatement{{Stated: by}}
	w.Completion, w.Lessons = &cooperation.Completion{Stated: by}, &cooperation.Lessons{By: by}
	w.Stopped = &cooperation.Stopping{Partner: by.Partner, Remark: cooperation.Remark{Reason: "timing"}}
	return w, n
}

func TestWhatBecomesOfAPartnershipIsToldToBothSidesAndWhatNeedsAnEyeToTheSecretariat(t *testing.T) {
	users := append(everybody(), person("provider-de", acting(cooperation.ProviderRole, "DE")))
	w, n := partnership()
	sides, also := []string{"approver-mz", "focal-mz"}, []string{"approver-mz", "focal-mz", "secretary"}
	for reason, want := range map[string][]string{
		"begin": sides, "report_milestone": sides, "disburse": sides, "correct": sides, "state_origin": sides, "complete": sides, "draft_lessons": sides, "lessons_shared": sides,
		"deviate": also, "follow_up": also, "completed": also, "stop": also, "give_feedback": nil, "clear_lessons": nil, "confirm": nil,
	} {
		var got []string
		for _, told := range NewTeller().Tell(cooperation.Occasion{Reason: "partnership." + reason, Convention: pilot(), Actor: cooperation.Actor{ID: "provider-ch"}, Partnership: w, Need: n}, users, noon) {
			got = append(got, told.Recipient)
			for _, m := range append([]message.Message{told.Subject, Why(told)}, told.Lines...) {
				i18ntest.Has(t, m.Key)
			}
			if !slices.Equal(told.Documents, []string{"partnership/partnership-1"}) || !confidential(told) {
				t.Errorf("of %s is told %+v", reason, told)
			}
			asked := reason == "complete" || reason == "draft_lessons"
			if group := cooperation.GroupOf(told.Reason); asked != (group == cooperation.GroupTasks) || !asked && group != cooperation.GroupReviews {
				t.Errorf("%s is of the group %s", reason, group)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("of %s: %s", reason, diff)
		}
	}
}
