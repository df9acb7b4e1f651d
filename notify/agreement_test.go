package notify

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

// Who is told what of an agreement, by the step that it has come to.
func TestOfAnAgreementEverybodyIsToldWhatConcernsThem(t *testing.T) {
	c := pilot()
	n := &cooperation.Need{NeedContent: cooperation.NeedContent{Title: "Survey", Beneficiaries: []reference.Country{land("MZ")}}, Status: cooperation.NeedOpen}
	n.ID, n.Convention = "need-1", c.ID
	o := &cooperation.Offer{OfferContent: cooperation.OfferContent{Title: "Money", Provider: "CH"}, Status: cooperation.OfferOpen}
	o.ID, o.Convention = "offer-1", c.ID
	q := &cooperation.Proposal{Need: n.ID, Offers: []string{o.ID}, Status: cooperation.InTalks}
	q.ID, q.Convention = "proposal-1", c.ID
	signed := func(accepted, clears bool) cooperation.TermsVersion {
		v := cooperation.TermsVersion{Number: 1, Signatures: []cooperation.Signature{{Side: cooperation.NeedSide, Participant: "MZ", Accepted: noon, Clears: clears}, {Side: cooperation.OfferSide, Participant: "CH"}}}
		if accepted {
			v.Signatures[1].Accepted = noon
		}
		return v
	}
	for _, step := range []struct {
		reason, actor string
		status        cooperation.AgreementStatus
		version       cooperation.TermsVersion
		since         time.Time // since when somebody is to act
		made          bool
		want          map[string]string
	}{
		{"agreement.propose", "focal-mz", cooperation.AgreementProposed, signed(false, false), noon, false, map[string]string{"provider-ch": ReasonTerms}},
		{"agreement.accept", "provider-ch", cooperation.AgreementClearing, signed(true, true), noon, false, map[string]string{"approver-mz": ReasonClear, "focal-mz": ReasonSigned}},
		{"agreement.clear", "provider-ch", cooperation.AgreementClearing, signed(true, true), noon.Add(-time.Hour), false, map[string]string{"approver-mz": ReasonSigned, "focal-mz": ReasonSigned}}, // it was asked an hour ago
		{"agreement.withdraw", "focal-mz", cooperation.AgreementOpen, signed(true, true), time.Time{}, false, map[string]string{"approver-mz": "agreement.withdraw", "provider-ch": "agreement.withdraw"}},
		{"agreement.end", "provider-ch", cooperation.AgreementEnded, signed(true, true), time.Time{}, false, map[string]string{"approver-mz": "agreement.end", "focal-mz": "agreement.end", "secretary": "agreement.end"}},
		{"agreement.clear", "approver-mz", cooperation.AgreementAgreed, signed(true, true), time.Time{}, true, map[string]string{"focal-mz": ReasonAgreed, "provider-ch": ReasonAgreed, "secretary": ReasonAgreed}},
	} {
		x := &cooperation.Agreement{Proposal: q.ID, Need: n.ID, Offers: q.Offers, Committee: "nobody", Status: step.status, Turn: step.since, Versions: []cooperation.TermsVersion{step.version}}
		x.ID, x.Convention, x.Version = "agreement-1", c.ID, 2
		occasion := cooperation.Occasion{Reason: step.reason, Convention: c, Actor: cooperation.Actor{ID: step.actor}, Agreement: x, Proposal: q, Need: n, Offers: []*cooperation.Offer{o}}
		if step.made {
			x.Partnership, occasion.Partnership = "partnership-1", &cooperation.Partnership{}
		}
		got := map[string]string{}
		for _, told := range NewTeller().Tell(occasion, everybody(), noon) {
			got[told.Recipient] = told.Reason
			for _, m := range append([]message.Message{told.Subject, Why(told)}, told.Lines...) {
				i18ntest.Has(t, m.Key)
			}
			if at := told.Items[0].Document; (at == "partnership/partnership-1") != step.made || !confidential(told) {
				t.Errorf("%s leads to %s", step.reason, at)
			}
			if asks := told.Reason == ReasonTerms || told.Reason == ReasonClear; (cooperation.GroupOf(told.Reason) == cooperation.GroupRequests) != asks {
				t.Errorf("%s is of the group %s", told.Reason, cooperation.GroupOf(told.Reason))
			}
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("of %s by %s: %s", step.reason, step.actor, diff)
		}
	}
	if told := NewTeller().Tell(cooperation.Occasion{Reason: "agreement.end", Convention: c, Agreement: &cooperation.Agreement{}}, everybody(), noon); len(told) > 0 {
		t.Errorf("of an agreement without sides %d are told", len(told))
	}
}
