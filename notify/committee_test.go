package notify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

func TestANamingIsToldToTheStateAndTheCommittee(t *testing.T) {
	body := &pilot().Committees[0]
	concerned := []string{"approver-mz", "focal-mz", "member-de", "member-pe"}
	for reason, want := range map[string][]string{
		"committee.name_member": concerned, "committee.remove_member": concerned, "committee.name_chair": concerned, "committee.remove_chair": concerned,
		"committee.name_adviser": concerned, "committee.remove_adviser": concerned,
		"committee.name_contact": nil, "committee.replace_member": nil,
	} {
		o := cooperation.Occasion{Reason: reason, Convention: pilot(), Actor: cooperation.System("test"), Committee: body,
			Named: &cooperation.Naming{Meta: cooperation.Meta{ID: body.ID, Version: 2}}, Country: land("MZ")}
		var got []string
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			got = append(got, n.Recipient)
			for _, m := range append([]message.Message{n.Subject, Why(n)}, n.Lines...) {
				i18ntest.Has(t, m.Key)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", reason, d)
		}
		o.Actor = cooperation.Actor{ID: "member-de"}
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			if n.Recipient == "member-de" {
				t.Error("one is told of one's own act")
			}
		}
	}
}

func TestAnInvitationIsToldToWhomIsInvitedAndTheCommittee(t *testing.T) {
	body := &pilot().Committees[0]
	for _, reason := range []string{"committee.invite", "committee.remove_invitation"} {
		o := cooperation.Occasion{Reason: reason, Convention: pilot(), Actor: cooperation.Actor{ID: "member-de"}, Committee: body,
			Named: &cooperation.Naming{Meta: cooperation.Meta{ID: body.ID, Version: 2}}, Invited: "MZ"}
		var got []string
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			got = append(got, n.Recipient)
			for _, m := range append([]message.Message{n.Subject, Why(n)}, n.Lines...) {
				i18ntest.Has(t, m.Key)
			}
		}
		if d := cmp.Diff([]string{"approver-mz", "focal-mz", "member-pe"}, got); d != "" {
			t.Errorf("%s: %s", reason, d)
		}
	}
}
