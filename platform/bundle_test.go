package platform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/matching"
	"entente/platform"
)

// opened takes an offer of one kind to the matcher.
func opened(t *testing.T, on *platform.Platform, title string, kind cooperation.Kind) *cooperation.Offer {
	t.Helper()
	c := offerContent(title)
	c.Kinds = []cooperation.Outcome{{Kind: kind}}
	o, err := on.CreateOffer(t.Context(), provider, "fctc", c, "")
	if err == nil {
		o, err = on.SubmitOffer(t.Context(), provider, o.ID, 0, nil)
	}
	if err == nil {
		o, err = on.AdmitOffer(t.Context(), secretary, o.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	return o
}

// paired is a proposal of a need with several offers.
func paired(need string, offers ...string) *cooperation.Proposal {
	return &cooperation.Proposal{Meta: cooperation.Meta{Convention: "fctc"}, Need: need, Offers: offers}
}

func TestABundleScoresTheSameWhereverItIsShown(t *testing.T) {
	on := newPlace(t).open()
	content := needContent(t, "A law and what it costs")
	content.Kinds = append(content.Kinds, cooperation.Outcome{Kind: cooperation.Finance, Change: "It is paid for."})
	n, err := on.CreateNeed(t.Context(), focal, "fctc", content, "")
	if err == nil {
		n, err = on.SubmitNeed(t.Context(), approver, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true)
	}
	if err == nil {
		n, err = on.AdmitNeed(t.Context(), secretary, n.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	law, money, other := opened(t, on, "Advice", cooperation.Legal), opened(t, on, "A fund", cooperation.Finance), opened(t, on, "More advice", cooperation.Legal)
	m, err := on.NeedMatches(focal, n.ID, 10)
	if err != nil {
		t.Fatal(explain(err))
	}
	if len(m.Bundles.Report.Bundles) != 2 || len(m.Bundles.Parts) != 2 {
		t.Fatalf("%d bundles, %d explained; want one with each of the advisers", len(m.Bundles.Report.Bundles), len(m.Bundles.Parts))
	}
	if diff := cmp.Diff(m.Bundles.Report, run(t, on).Bundles(n.ID)); diff != "" {
		t.Errorf("the run finds other bundles (-shown +run):\n%s", diff)
	}
	for _, b := range m.Bundles.Report.Bundles {
		var ids []string
		for _, member := range b.Members {
			ids = append(ids, member.Offer.ID)
		}
		result, holds := on.Pairing(paired(n.ID, ids...))
		sum := matching.Score(0)
		for _, p := range result.Parts {
			if sum += matching.Score(p.Points); p.Message.Zero() {
				t.Errorf("nothing explains %s", p.Name)
			}
		}
		if !holds || result.Score != b.Score || sum != b.Score {
			t.Errorf("a proposal of the bundle scores %d, its parts %d, the bundle %d", result.Score, sum, b.Score)
		}
	}
	for name, p := range map[string]*cooperation.Proposal{
		"two that give the same":       paired(n.ID, law.ID, other.ID),
		"one who could be left out":    paired(n.ID, law.ID, money.ID, other.ID),
		"an offer that does not exist": paired(n.ID, law.ID, "absent"),
		"a need that does not exist":   paired("absent", law.ID, money.ID),
		"nobody":                       paired(n.ID),
	} {
		if _, holds := on.Pairing(p); holds {
			t.Errorf("%s are a bundle", name)
		}
	}
	if _, err := on.WithdrawOffer(t.Context(), provider, money.ID, 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	if _, holds := on.Pairing(paired(n.ID, law.ID, money.ID)); holds || len(on.Marks(paired(n.ID, law.ID, money.ID))) != 0 {
		t.Error("a bundle with a withdrawn offer holds")
	}
}

func TestOffersThatCoverANeedTogetherAreProposedByWhoeverMayAndKeptByRuns(t *testing.T) {
	on := newPlace(t).open()
	content := needContent(t, "A law and what it costs")
	content.Kinds = append(content.Kinds, cooperation.Outcome{Kind: cooperation.Finance, Change: "It is paid for."})
	n, err := on.CreateNeed(t.Context(), focal, "fctc", content, "")
	if err == nil {
		n, err = on.SubmitNeed(t.Context(), approver, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true)
	}
	if err == nil {
		n, err = on.AdmitNeed(t.Context(), secretary, n.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	law, money, other := opened(t, on, "Advice", cooperation.Legal), opened(t, on, "A fund", cooperation.Finance), opened(t, on, "More advice", cooperation.Legal)
	run(t, on)

	_, err = on.ProposeBundle(t.Context(), provider, n.ID, []string{law.ID, money.ID})
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, err = on.ProposeBundle(t.Context(), focal, n.ID, []string{law.ID, "nothing"})
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.ProposeBundle(t.Context(), focal, n.ID, []string{law.ID, other.ID})
	wantCode(t, err, cooperation.State, "error.state.bundle")
	_, err = on.ProposeBundle(t.Context(), focal, n.ID, []string{law.ID, other.ID, money.ID})
	wantCode(t, err, cooperation.State, "error.state.bundle")

	made, err := on.ProposeBundle(t.Context(), focal, n.ID, []string{money.ID, law.ID})
	if err != nil || made.Status != cooperation.Proposed || len(made.Offers) != 2 || made.Committee == "" {
		t.Fatalf("it is %+v: %v", made, explain(err))
	}
	again, err := on.ProposeBundle(t.Context(), secretary, n.ID, []string{law.ID, money.ID})
	if err != nil || again.ID != made.ID || again.Version != 1 {
		t.Errorf("proposed again, it is %+v: %v", again, explain(err))
	}
	kept := run(t, on)
	if q, err := on.Proposal(provider, made.ID); err != nil || q.Status != cooperation.Proposed || kept.Run.Superseded != 0 || kept.Run.Proposals != 3 {
		t.Errorf("a run makes it %+v: %v, %+v", q, err, kept.Run)
	}

	if _, err := on.WithdrawOffer(t.Context(), provider, money.ID, 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	lost := run(t, on)
	if q, err := on.Proposal(provider, made.ID); err != nil || q.Status != cooperation.SupersededProposal {
		t.Errorf("when an offer is gone it is %+v: %v", q, err)
	}
	if v, err := on.VerifyRun(t.Context(), secretary, lost.Run.ID); err != nil || v.Compared != lost.Run.Superseded {
		t.Errorf("the run is found again as %+v: %v", v, explain(err))
	}
	_, err = on.ProposeBundle(t.Context(), focal, n.ID, []string{law.ID, money.ID})
	wantCode(t, err, cooperation.State, "error.state.bundle")
}
