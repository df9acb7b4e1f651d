package notify

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

// aReview is one of a proposal between Mozambique's and Kenya's need and the
// offer of Switzerland.
func aReview(reason string) cooperation.Occasion {
	p := &cooperation.Proposal{Meta: cooperation.Meta{ID: "proposal-1", Convention: "pilot", Version: 4}, Committee: "review", Informed: []string{"victims"}}
	sides := cooperation.Sides{Need: aNeed(), Offers: []*cooperation.Offer{anOffer()}}
	return cooperation.Occasion{Reason: reason, Convention: pilot(), Actor: cooperation.Actor{ID: "member-de"}, Reviewed: []cooperation.Reviewed{{Proposal: p, Sides: sides}},
		Review: &cooperation.Review{Meta: cooperation.Meta{ID: "review-1", Convention: "pilot", Version: 2}, Committee: "review", Informed: []string{"victims"}, Proposals: []string{p.ID},
			Silences: []cooperation.Silence{{Days: 3, Why: cooperation.SilenceResumed}}, Returned: &cooperation.Remark{Text: "Please name the provinces."}}}
}

// ofFewWords are people who have not said how they want to be told.
func ofFewWords() []*cooperation.User {
	all := everybody()
	for _, u := range all {
		u.Preferences = nil
	}
	return all
}

func TestThoseConcernedAreToldOfAReviewOnceEach(t *testing.T) {
	everyone := []string{"approver-mz", "focal-ke", "focal-mz", "member-pe", "provider-ch", "provider-org", "secretary", "victims-kh", "committee:review"}
	var said []message.Message
	for reason, told := range map[string]bool{"review.opened": true, "review.objected": true, "review.resumed": true, "review.endorsed": true, "review.recommended": true,
		"review.returned": true, "review.withdrawn": true, "review.ended": true, "review.commented": false} {
		var got []string
		for _, n := range NewTeller().Tell(aReview(reason), ofFewWords(), noon) {
			got = append(got, n.Recipient)
			status := cooperation.Held
			if toCommittee(n) {
				status = cooperation.Pending // nobody chooses when a mailbox is written to
			}
			if n.Status != status || len(n.Items) != 1 || !confidential(n) || !slices.Equal(n.Documents, []string{"proposal/proposal-1"}) {
				t.Errorf("%s: %s is told %+v", reason, n.Recipient, n)
			}
			said = append(said, n.Subject, n.Lines[0], n.Items[0].Heading, Why(n))
		}
		want := everyone
		if !told {
			want = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", reason, diff)
		}
	}
	i18ntest.Renders(t, words{}, said...)
}

func TestOfWhatASideDidTheOtherIsAskedAtOnceAndTheCommitteeInItsDigest(t *testing.T) {
	var said []message.Message
	for status, want := range map[cooperation.ProposalStatus]cooperation.NotificationStatus{cooperation.Introduced: cooperation.Pending, cooperation.WithdrawnProposal: cooperation.Held,
		cooperation.ExpiredProposal: cooperation.Held, cooperation.InReview: ""} {
		o := aReview("proposal." + string(status))
		o.Review, o.Proposal, o.Need, o.Offers = nil, o.Reviewed[0].Proposal, aNeed(), []*cooperation.Offer{anOffer()}
		o.Proposal.Status = status
		told := NewTeller().Tell(o, ofFewWords(), noon)
		if want == "" && len(told) != 0 || want != "" && len(told) != 9 {
			t.Errorf("of %s, %d people are told", status, len(told))
		}
		for _, n := range told {
			said = append(said, n.Subject, n.Lines[0], n.Items[0].Heading)
			if toCommittee(n) {
				continue
			}
			if n.Status != want || !entitled(person("x", acting(cooperation.FocalPoint, "MZ")), n) || entitled(person("x"), n) {
				t.Errorf("%s is told %+v", n.Recipient, n)
			}
		}
	}
	i18ntest.Renders(t, words{}, said...)
}

// A body that is informed has a mailbox of its own; one address that two bodies
// share is written to once.
func TestTheMailboxOfABodyIsToldOfAReviewOnce(t *testing.T) {
	for _, c := range []struct {
		victims string
		want    []string
	}{{"", []string{"committee:review"}}, {"victims@mail.example", []string{"committee:review", "committee:victims"}}, {"review@mail.example", []string{"committee:review"}}} {
		o := aReview("review.endorsed")
		for i := range o.Convention.Committees {
			if b := &o.Convention.Committees[i]; b.ID == "victims" {
				b.Contact = c.victims
			}
		}
		var got []string
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			if toCommittee(n) {
				got = append(got, n.Recipient)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("with %q the mailboxes that are told are %v, want %v", c.victims, got, c.want)
		}
	}
}
