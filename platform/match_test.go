package platform_test

import (
	"testing"

	"entente/matching"
)

func TestWhoHasNeverHelpedABeneficiaryIsListedAsADiscoveryAndExplained(t *testing.T) {
	on := newPlace(t).open()
	n, o := openNeed(t, on, "Smoke-free law"), openOffer(t, on, "Advisers")
	discoveries := func() []string {
		t.Helper()
		m, err := on.NeedMatches(focal, n.ID, 10)
		if err != nil {
			t.Fatal(explain(err))
		}
		var ids []string
		for _, d := range m.Discoveries {
			sum := matching.Score(0)
			for _, p := range d.Parts {
				sum += matching.Score(p.Points)
				if p.Message.Zero() {
					t.Errorf("part %s has no sentence", p.Name)
				}
			}
			if sum != d.Score {
				t.Errorf("the parts add up to %d, the score is %d", sum, d.Score)
			}
			ids = append(ids, d.Offer)
		}
		return ids
	}
	if got := discoveries(); len(got) != 0 {
		t.Errorf("without a record %v is listed", got)
	}
	rows := pastRows(t, 2, 3) // of Norway, whose offer it is, and of Sweden
	importHistory(t, on, reportsOf(rows[3:]))
	if got := discoveries(); len(got) != 1 || got[0] != o.ID {
		t.Errorf("Norway has helped nobody yet, but the discoveries are %v", got)
	}
	importHistory(t, on, reportsOf(rows))
	if got := discoveries(); len(got) != 0 {
		t.Errorf("Norway has helped Angola, but the discoveries are %v", got)
	}
	if rows[0].Content.Provider != o.Provider {
		t.Fatal("the rows prove nothing")
	}
}
