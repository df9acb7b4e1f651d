package matching_test

import (
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
)

func TestTheDefinition(t *testing.T) { matchtest.Run(t, matching.Rank) }

func TestTheIndex(t *testing.T) {
	matchtest.Run(t, func(now matching.Day, s *matching.Setting, needs []matching.Need, offers []matching.Offer, k int) []matching.Report {
		return reports(t)(matching.NewIndex(now, s, needs, offers).Needs(t.Context(), k, 2))
	})
}

func TestDefinitionReturnsTheReasonThatTheCasesName(t *testing.T) {
	s := matchtest.Setting()
	for _, c := range matchtest.Decisions() {
		result := matching.Definition(matchtest.Now, s, &c.Need, &c.Offer)
		if result.Reason != c.Reason {
			t.Errorf("%s: %s, not %s", c.Name, result.Reason, c.Reason)
		}
		if (len(result.Parts) > 0) != (c.Reason == matching.Candidate) {
			t.Errorf("%s: %d parts", c.Name, len(result.Parts))
		}
	}
}
