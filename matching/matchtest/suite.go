package matchtest

import (
	"testing"

	"entente/matching"
)

// Ranker is an implementation of [matching.Rank].
type Ranker func(now matching.Day, s *matching.Setting, needs []matching.Need, offers []matching.Offer, k int) []matching.Report

// Run holds an implementation to all cases.
func Run(t *testing.T, rank Ranker) {
	t.Helper()
	s := Setting()
	for _, c := range Decisions() {
		t.Run("decides: "+c.Name, func(t *testing.T) {
			report := rank(Now, s, []matching.Need{c.Need}, []matching.Offer{c.Offer}, 0)[0]
			decided(t, c, report)
		})
	}
	for _, c := range Preferences() {
		t.Run("prefers "+c.Name, func(t *testing.T) { preferred(t, s, c, rank) })
	}
}

// decided checks the report of a decision.
func decided(t *testing.T, c Decision, report matching.Report) {
	t.Helper()
	if c.Reason == matching.Candidate {
		if len(report.Matches) != 1 || report.Candidates != 1 || len(report.Filtered) != 0 {
			t.Errorf("the pair must pass, but %d of %d are listed and %v is removed", len(report.Matches), report.Candidates, report.Filtered)
		}
		return
	}
	if len(report.Matches) != 0 || report.Candidates != 0 {
		t.Errorf("the pair must be removed for %s, but is listed", c.Reason)
	}
	counted := 0
	for _, count := range report.Filtered {
		counted += count
	}
	if c.Reason.Reported() && (report.Filtered[c.Reason] != 1 || counted != 1) {
		t.Errorf("the pair must be counted once, under %s, and is: %v", c.Reason, report.Filtered)
	}
	if !c.Reason.Reported() && counted != 0 {
		t.Errorf("the pair must not be counted, and is: %v", report.Filtered)
	}
	if c.Reason == matching.Excluded && !report.Change.Zero() {
		t.Errorf("a change is suggested for a pair that one side refuses: %+v", report.Change)
	}
}

// preferred checks the order of two offers. The better one gets the higher id,
// so that a tie would put it last, unless the names are to decide.
func preferred(t *testing.T, s *matching.Setting, c Preference, rank Ranker) {
	t.Helper()
	better, worse := c.Better, c.Worse
	better.ID, worse.ID = "b", "a"
	list := rank(Now, s, []matching.Need{c.Need}, []matching.Offer{better, worse}, 0)[0].Matches
	if len(list) != 2 {
		t.Fatalf("%d offers are listed, not both", len(list))
	}
	for p := range list[0].Parts {
		if matching.PartName(p) != c.Part && list[0].Parts[p].Value != list[1].Parts[p].Value {
			t.Errorf("the offers differ in %s too: %d and %d", matching.PartName(p), list[0].Parts[p].Value, list[1].Parts[p].Value)
		}
	}
	if c.Equal {
		if list[0].Score != list[1].Score || list[0].ID != "a" {
			t.Errorf("the scores %d and %d must be equal, since %s", list[0].Score, list[1].Score, c.Because)
		}
		return
	}
	if list[0].ID != "b" || list[0].Score == list[1].Score {
		t.Errorf("the order is wrong (%s %d, %s %d), since %s", list[0].ID, list[0].Score, list[1].ID, list[1].Score, c.Because)
	}
}
