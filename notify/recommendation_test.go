package notify

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

// A text that is tabled is told to those who decide; an objection, to those who
// conduct.
func TestATextIsToldToThoseWhoDecideAndAnObjectionToThoseWhoConduct(t *testing.T) {
	c := pilot()
	body := &c.Committees[0]
	body.Kind = cooperation.OpenEndedCommittee
	c.Parties = []cooperation.Party{{Country: land("MZ")}, {Country: land("DE")}}
	r := &cooperation.Recommendation{Bodies: []string{body.ID}, Status: cooperation.RecommendationTabled, Round: 1,
		RecommendationContent: cooperation.RecommendationContent{Title: cooperation.Names{"en": "Training"}}}
	r.ID, r.Convention, r.Version = "text-1", c.ID, 2
	tell := func(reason string) []string {
		var got []string
		for _, n := range NewTeller().Tell(cooperation.Occasion{Reason: reason, Convention: c, Actor: cooperation.Actor{ID: "focal-mz"}, Recommendation: r}, everybody(), noon) {
			got = append(got, n.Recipient)
			for _, m := range append([]message.Message{n.Subject, Why(n)}, n.Lines...) {
				i18ntest.Has(t, m.Key)
			}
		}
		return got
	}
	tabled := tell("recommendation.table")
	if !slices.Contains(tabled, "approver-mz") || !slices.Contains(tabled, "secretary") || slices.Contains(tabled, "focal-mz") {
		t.Errorf("tabled, it is told to %v", tabled)
	}
	// The State of member-pe presides.
	for _, reason := range []string{"recommendation.object", "recommendation.lift"} {
		if diff := cmp.Diff([]string{"member-pe", "secretary"}, tell(reason)); diff != "" {
			t.Errorf("%s: %s", reason, diff)
		}
	}
	if told := tell("recommendation.adopt"); len(told) != 0 {
		t.Errorf("adopted by one of several bodies, it is told to %v", told)
	}
	for _, reason := range []string{"recommendation.replace", "recommendation.withdraw"} {
		if len(tell(reason)) != len(tabled) {
			t.Errorf("%s is told to %v", reason, tell(reason))
		}
	}
	r.Round, r.Status = 0, cooperation.RecommendationDraft
	if told := tell("recommendation.replace"); len(told) != 0 {
		t.Errorf("of a draft are told %v", told)
	}
}
