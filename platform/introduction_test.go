package platform_test

import (
	"slices"
	"testing"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// begun has both sides of a proposal introduced by the provider.
func begun(t *testing.T, on *platform.Platform, proposal string) *cooperation.Introduction {
	t.Helper()
	q, err := on.ExpressInterest(t.Context(), provider, proposal, 0)
	if err != nil {
		t.Fatal(explain(err))
	}
	x, err := on.Introduction(secretary, q.Introduction)
	if err != nil {
		t.Fatal(explain(err))
	}
	return x
}

func TestAnIntroductionGoesFromInterestToTalks(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	q := looked(t, p, on)
	x := begun(t, on, q.ID)
	if x.Status != cooperation.IntroductionAsked || x.By != cooperation.ByInterest || x.Asked[1].Reply != cooperation.ReplyInterested || x.ID != cooperation.IntroductionID(q.ID, 1) {
		t.Fatalf("it begins as %+v", x)
	}
	if _, err := on.AskIntroduction(t.Context(), focal, x.ID, 0, "When?"); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.AskIntroduction(t.Context(), focal, x.ID, 1, "When?"); cooperation.CodeOf(err) != cooperation.Conflict {
		t.Errorf("on an earlier version: %v", err)
	}
	if _, err := on.AnswerIntroduction(t.Context(), provider, x.ID, 0, 1, "In May."); err != nil {
		t.Fatal(explain(err))
	}
	got, err := on.ReplyIntroduction(t.Context(), focal, x.ID, 0, cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
	if err != nil || got.Status != cooperation.IntroductionInterested || statusOf(t, on, q.ID) != cooperation.InTalks {
		t.Fatal(got, explain(err))
	}
	if contacts := on.Contacts(provider, x.ID); contacts != nil {
		t.Errorf("nobody has an account or is named, and the contacts are %+v", contacts)
	}
	if h, err := on.History(t.Context(), secretary, "introduction", x.ID, 0, 10); err != nil || len(h.Records) != 4 || h.Records[0].Command != "introduction.reply" {
		t.Errorf("the history is %+v, %v", h, err)
	}
	if _, err := on.History(t.Context(), sits("KE"), "introduction", x.ID, 0, 10); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("to a member: %v", err)
	}
	for who, want := range map[string]int{"focal": 1, "provider": 1, "secretary": 1, "another": 0} {
		a := map[string]cooperation.Actor{"focal": focal, "provider": provider, "secretary": secretary, "another": sits("KE")}[who]
		page, err := on.Introductions(a, "fctc", catalogue.IntroductionQuery{Status: []cooperation.IntroductionStatus{cooperation.IntroductionInterested}, Need: q.Need, Proposal: q.ID})
		if err != nil || page.Total != want || len(page.Items) != want {
			t.Errorf("%s lists %+v, %v", who, page, err)
		}
	}
	p.verify()
}

func TestARefusalWithAnExclusionBringsUpTheNextAndIsNotAskedAgain(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	q := looked(t, p, on)
	openOffer(t, on, "More advisers")
	run(t, on)
	x := begun(t, on, q.ID)
	reply := cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: "timing", Exclude: []cooperation.Participant{"NO"}}
	if got, err := on.ReplyIntroduction(t.Context(), approver, x.ID, 0, reply); err != nil || got.Status != cooperation.IntroductionDeclined || statusOf(t, on, q.ID) != cooperation.Declined {
		t.Fatal(got, explain(err))
	}
	n, _, err := on.Need(approver, q.Need)
	if err != nil || !slices.Contains(n.Excluded, "NO") {
		t.Errorf("the need excludes %v, %v", n.Excluded, err)
	}
	if _, err := on.ExpressInterest(t.Context(), focal, q.ID, 0); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("what is excluded is asked again: %v", err)
	}
	p.clock.advance(40 * 24 * time.Hour) // the clock of the other offer of the same provider
	tick(t, on)
	for _, other := range standing(t, on) {
		t.Errorf("%s of the provider that is excluded still stands", other.ID)
	}
	p.verify()
}

func TestWhatNobodyIntroducesThePlatformDoesOneAlternateAfterTheOther(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	for _, title := range []string{"Advisers", "More advisers", "Still more"} {
		openOffer(t, on, title)
	}
	q := looked(t, p, on) // and a fourth
	all := standing(t, on)
	introduced := func() (ids []string) {
		for _, q := range all {
			if statusOf(t, on, q.ID) == cooperation.Introduced {
				ids = append(ids, q.ID)
			}
		}
		return ids
	}
	tick(t, on)
	if got := introduced(); len(got) != 0 || len(all) < 3 {
		t.Fatalf("of %d at once are introduced %v", len(all), got)
	}
	p.clock.advance(14 * 24 * time.Hour)
	tick(t, on)
	tick(t, on)
	first := introduced()
	if len(first) != 1 {
		t.Fatalf("the platform has introduced %v", first)
	}
	found, err := on.Proposal(secretary, first[0])
	if err != nil || found.IntroducedBy != cooperation.ByClock || found.Need != q.Need {
		t.Errorf("it is %+v, %v", found, err)
	}
	p.clock.advance(70 * 24 * time.Hour) // nobody answers
	if got := tick(t, on); got.Ended == 0 || statusOf(t, on, first[0]) != cooperation.ExpiredProposal {
		t.Fatalf("%+v, and it is %s", got, statusOf(t, on, first[0]))
	}
	if got := introduced(); len(got) != 0 {
		t.Errorf("without time for those who facilitate: %v", got)
	}
	p.clock.advance(14 * 24 * time.Hour)
	tick(t, on)
	second := introduced()
	if len(second) != 1 || second[0] == first[0] {
		t.Fatalf("then it has introduced %v", second)
	}
	if third, err := on.Introduce(t.Context(), secretary, all[slices.IndexFunc(all, func(q *cooperation.Proposal) bool { return statusOf(t, on, q.ID) == cooperation.Proposed })].ID, 0); err != nil || third.Status != cooperation.Introduced {
		t.Errorf("whoever facilitates may introduce more: %+v, %v", third, explain(err))
	}
	if _, err := on.CloseNeed(t.Context(), approver, q.Need, 0, "", ""); err != nil {
		t.Fatal(explain(err))
	}
	tick(t, on)
	page, err := on.Introductions(secretary, "fctc", catalogue.IntroductionQuery{Status: []cooperation.IntroductionStatus{cooperation.IntroductionEnded}})
	if err != nil || page.Total != 2 || len(introduced()) != 0 {
		t.Errorf("after the need was closed %+v have ended, %v", page, err)
	}
	p.verify()
}
