package notify

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

func anOrganisation(status cooperation.OrganisationStatus) *cooperation.Organisation {
	return &cooperation.Organisation{Meta: cooperation.Meta{ID: "demining-fund", Convention: "pilot", Version: 3, CreatedBy: "observer"}, Status: status,
		Source: cooperation.FromApplication, Decision: &cooperation.Remark{Text: "The statutes are missing."}, OrganisationContent: cooperation.OrganisationContent{Name: "Demining Fund"}}
}

func TestADecisionOnAnOrganisationIsToldToThoseItConcerns(t *testing.T) {
	own, office := []string{"observer", "provider-org"}, []string{"secretary"}
	for reason, want := range map[string][]string{
		"organisation.create": office, "organisation.declare": office, "organisation.withdraw_declaration": office,
		"organisation.admit": own, "organisation.refuse": own, "organisation.suspend": own,
		"organisation.withdraw": {"observer", "provider-org", "secretary"}, "organisation.replace": nil,
	} {
		o := cooperation.Occasion{Reason: reason, Convention: pilot(), Actor: cooperation.System("test"), Organisation: anOrganisation(cooperation.OrganisationApplied)}
		var got []string
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			got = append(got, n.Recipient)
			if n.Documents[0] != "organisation/demining-fund" || n.Status != cooperation.Pending {
				t.Errorf("%s is told %+v", n.Recipient, n)
			}
			for _, m := range append([]message.Message{n.Subject, n.Items[0].Heading, Why(n)}, n.Lines...) {
				i18ntest.Has(t, m.Key)
			}
			u := everybody()[slices.IndexFunc(everybody(), func(u *cooperation.User) bool { return u.ID == n.Recipient })]
			if !entitled(u, n) {
				t.Errorf("%s would not be sent %s", u.ID, reason)
			}
			if u.Grants = nil; entitled(u, n) {
				t.Errorf("%s is sent %s without any role", u.ID, reason)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", reason, d)
		}
	}
}

func TestNobodyIsToldOfHisOwnActOnAnOrganisation(t *testing.T) {
	for _, who := range []string{"observer", "provider-org", "secretary"} {
		o := cooperation.Occasion{Reason: "organisation.withdraw", Convention: pilot(), Actor: cooperation.Actor{ID: who}, Organisation: anOrganisation(cooperation.OrganisationWithdrawn)}
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			if n.Recipient == who {
				t.Errorf("%s is told", who)
			}
		}
	}
}

func TestWhyAnOrganisationWasSuspendedIsToldToItsOwnSideOnly(t *testing.T) {
	o := anOrganisation(cooperation.OrganisationSuspended)
	o.Admitted = noon // so that whoever applied has no say any more, and sees what the public sees
	for _, n := range NewTeller().Tell(cooperation.Occasion{Reason: "organisation.suspend", Convention: pilot(), Actor: cooperation.System("test"), Organisation: o}, everybody(), noon) {
		want := map[string]string{"observer": "", "provider-org": "The statutes are missing."}[n.Recipient]
		if n.Lines[0].Args[0].Value != want {
			t.Errorf("%s is told %v", n.Recipient, n.Lines[0].Args)
		}
	}
}
