package catalogue

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// party reads as a State of the convention does.
func party() cooperation.Actor {
	return cooperation.Actor{ID: "p", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.FocalPoint, Participant: "FJ"}}}
}

// plainNeeds counts needs one by one, by the policy alone.
func plainNeeds(s *State, sight cooperation.Sight, year int) Postings {
	p := Postings{By: map[string]map[string]int{"status": {}, "theme": {}, "region": {}, "kind": {}}, Money: map[string]Sums{}}
	var toOpen, toEnd []int
	for _, e := range s.needs.entries {
		n := e.doc
		if n == nil || !cooperation.SeesNeed(cooperation.Actor{}, n).Any() || n.Admitted.IsZero() || year != 0 && n.Admitted.UTC().Year() != year {
			continue
		}
		p.Total++
		p.By["status"][string(n.Status)]++
		kinds := map[string]bool{}
		for _, k := range n.Kinds {
			kinds[string(k.Kind)] = true
		}
		for k := range kinds {
			p.By["kind"][k]++
		}
		themes := map[string]bool{}
		for _, theme := range n.Themes {
			themes[theme] = true
			if above := testAncestors(theme); above != "" {
				themes[above] = true
			}
		}
		for theme := range themes {
			p.By["theme"][theme]++
		}
		toOpen = append(toOpen, int(dayOf(n.Admitted)-dayOf(n.Created)))
		if n.Ended != nil {
			toEnd = append(toEnd, int(dayOf(n.Ended.Time)-dayOf(n.Admitted)))
		}
		if sought, currency := n.SoughtMinor(); currency != "" && cooperation.NeedFieldVisible(n, "costs", sight) {
			sums := p.Money[currency]
			sums.Postings++
			sums.Amounts[0] += sought
			p.Money[currency] = sums
		}
	}
	middle := func(days []int) Median {
		if len(days) == 0 {
			return Median{}
		}
		slices.Sort(days)
		return Median{len(days), days[(len(days)-1)/2]}
	}
	p.ToOpen, p.ToEnd = middle(toOpen), middle(toEnd)
	return p
}

func TestStatisticsAreThoseOfCountingOneByOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := newLog(t)
		n := rapid.IntRange(0, 12).Draw(r, "needs")
		for i := range n {
			need := openNeed(i, "A need")
			need.Created = morning.AddDate(0, 0, -rapid.IntRange(0, 600).Draw(r, "drafted"))
			need.Admitted = morning.AddDate(0, 0, -rapid.IntRange(0, 500).Draw(r, "opened"))
			if need.Admitted.Before(need.Created) {
				need.Created = need.Admitted
			}
			need.Themes = []string{anyTheme.Draw(r, "theme")}
			need.Kinds = []cooperation.Outcome{{Kind: anyKind.Draw(r, "kind")}}
			need.Costs = []cooperation.CostLine{{Activity: "a", Currency: rapid.SampledFrom([]string{"USD", "EUR"}).Draw(r, "currency"), Cost: "10", Sought: fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "sought"))}}
			switch rapid.IntRange(0, 4).Draw(r, "life") {
			case 0:
				need.Status, need.Admitted = cooperation.NeedSubmitted, time.Time{}
			case 1:
				need.Status, need.Ended = cooperation.NeedClosed, &cooperation.Remark{Time: need.Admitted.AddDate(0, 0, 30)}
			case 2:
				need.Visibility = map[string]cooperation.Audience{"costs": rapid.SampledFrom(cooperation.Audiences()).Draw(r, "audience")}
			}
			l.commit(needChange(need))
			if rapid.Bool().Draw(r, "erased") && rapid.Bool().Draw(r, "really") {
				l.commit(erased(KindNeed, need.ID, 2))
			}
		}
		for _, year := range []int{0, 2024, 2025, 2026} {
			for sight, actor := range map[cooperation.Sight]cooperation.Actor{cooperation.SeesPublic: {}, cooperation.SeesShared: party(), cooperation.SeesAll: secretariat()} {
				got := l.state.Statistics(actor, year)
				want := plainNeeds(l.state, sight, year)
				want.By["region"] = got.Needs.By["region"] // as the facets count, which have a test of their own
				if diff := cmp.Diff(want, got.Needs); diff != "" {
					r.Fatalf("year %d, sight %d (-plain +got):\n%s", year, sight, diff)
				}
			}
		}
		sum := 0
		whole := l.state.Statistics(cooperation.Actor{}, 0)
		for _, y := range whole.Series {
			sum += y.Needs
		}
		if sum != whole.Needs.Total {
			r.Fatalf("the years add up to %d of %d", sum, whole.Needs.Total)
		}
	})
}

func TestWhatAnOfferIsWorthIsCountedOnlyForThoseWhoSeeIt(t *testing.T) {
	l := newLog(t)
	for i, firmness := range []cooperation.Firmness{cooperation.Indication, cooperation.Pledge, cooperation.FirmCommitment} {
		o := openOffer(i, "An offer")
		o.Firmness, o.Ceiling = firmness, cooperation.Money{Amount: "100", Currency: "USD"}
		if i == 0 {
			o.Regions = []string{"002"}
		}
		l.commit(offerChange(o))
	}
	if got := l.state.Statistics(cooperation.Actor{}, 0).Offers; len(got.Money) != 0 || got.Total != 3 || got.By["region"]["001"] != 3 || got.By["region"]["002"] != 1 {
		t.Errorf("the public reads %+v", got)
	}
	want := map[string]Sums{"USD": {3, [3]int64{30000, 20000, 10000}}}
	if diff := cmp.Diff(want, l.state.Statistics(party(), 2026).Offers.Money); diff != "" {
		t.Errorf("a Party reads (-want +got):\n%s", diff)
	}
	if got := l.state.Statistics(party(), 2025).Offers; got.Total != 0 || len(got.Money) != 0 {
		t.Errorf("in another year there is %+v", got)
	}
}

func TestHowManyProposalsThereAreIsToldExactlyToTheSecretariatAlone(t *testing.T) {
	l := newLog(t)
	statuses := []cooperation.ProposalStatus{cooperation.Proposed, cooperation.Proposed, cooperation.SupersededProposal, cooperation.Endorsed, cooperation.Introduced, cooperation.InTalks, cooperation.AgreedProposal}
	for i, status := range statuses {
		p := &cooperation.Proposal{Meta: meta(KindProposal, i, 1), Need: id(KindNeed, i), Status: status}
		if i == 0 {
			p.Created = morning.AddDate(-1, 0, 0)
		}
		p.Committee, p.Informed = "review", []string{"aside"}
		p.Proposed = morning
		switch status {
		case cooperation.Introduced: // by interest: a committee had no part in it
			p.Introduced = morning.AddDate(0, 0, 3)
		case cooperation.InTalks: // endorsed, and then by interest
			p.Endorsed, p.Introduced = morning.AddDate(0, 0, 8), morning.AddDate(0, 0, 9)
		case cooperation.AgreedProposal: // by interest, without a run having proposed it
			p.Introduced = morning
		}
		l.commit(body(KindProposal, p.ID, 1, p))
	}
	done := &cooperation.Partnership{Meta: meta(KindPartnership, 1, 1), Status: cooperation.PartnershipCompleted, Proposal: id(KindProposal, 6)}
	done.Created = morning.AddDate(0, 0, 20)
	l.commit(body(KindPartnership, done.ID, 1, done))
	for _, c := range []struct {
		name string
		who  cooperation.Actor
		year int
		want Steps
	}{
		{"the secretariat, of all", secretariat(), 0, Steps{Proposed: 7, Endorsed: 2, Introduced: 3, Agreed: 1, Delivered: 1}},
		{"the secretariat, of a year", secretariat(), 2026, Steps{Proposed: 6, Endorsed: 2, Introduced: 3, Agreed: 1, Delivered: 1}},
		{"the secretariat, of the year before", secretariat(), 2025, Steps{Proposed: 1}},
		{"the public", cooperation.Actor{}, 0, Steps{Proposed: 5, Rounded: true}},
		{"the public, of a year", cooperation.Actor{}, 2025, Steps{Rounded: true}},
		{"a Party", party(), 0, Steps{Proposed: 5, Rounded: true}},
	} {
		got := l.state.Statistics(c.who, c.year)
		if diff := cmp.Diff(c.want, got.Steps); diff != "" {
			t.Errorf("%s is told (-want +got):\n%s", c.name, diff)
		}
		if steps := l.state.Steps(c.who); c.year == 0 && steps != c.want {
			t.Errorf("%s is told %+v of all steps", c.name, steps)
		}
		if len(got.Series) != 2 || got.Series[0].Year != 2025 || got.Series[1].Steps != l.state.Statistics(c.who, 2026).Steps {
			t.Errorf("%s reads the years %+v", c.name, got.Series)
		}
	}
	sitting := cooperation.Actor{ID: "m", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.CommitteeMember, Committee: "review", Participant: "FJ"}}}
	for body, want := range map[string]Steps{"review": {Proposed: 7, Endorsed: 2, Introduced: 3, Agreed: 1, Delivered: 1}, "aside": {Proposed: 5, Rounded: true}, "other": {Rounded: true}} {
		if diff := cmp.Diff(want, l.state.StepsOf(sitting, body)); diff != "" {
			t.Errorf("a member of one body reads of %s (-want +got):\n%s", body, diff)
		}
	}
	if diff := cmp.Diff(Steps{Proposed: 7, Endorsed: 2, Introduced: 3, Agreed: 1, Delivered: 1}, l.state.StepsOf(secretariat(), "aside")); diff != "" {
		t.Errorf("of a body that is informed the secretariat reads (-want +got):\n%s", diff)
	}
	again := &cooperation.Proposal{Meta: meta(KindProposal, 4, 2), Need: id(KindNeed, 4), Status: cooperation.Declined, Introduced: morning.AddDate(0, 0, 3)}
	l.commit(body(KindProposal, again.ID, 2, again))
	if got := l.state.Statistics(secretariat(), 2026).Steps; got.Introduced != 3 || got.Proposed != 6 || got.Agreed != 1 {
		t.Errorf("an introduction that was declined was one: %+v", got)
	}
}

// From one step to the next: the introduction by interest that nobody proposed
// before takes no time and does not count, and of few others nobody reads.
func TestHowLongTheStepsTakeIsToldWhereItTellsOfNobody(t *testing.T) {
	l := newLog(t)
	for i, days := range []int{0, 2, 4, 4, 9, 30} {
		p := &cooperation.Proposal{Meta: meta(KindProposal, i, 1), Need: id(KindNeed, i), Status: cooperation.AgreedProposal, Proposed: morning, Introduced: morning.AddDate(0, 0, days)}
		w := &cooperation.Partnership{Meta: meta(KindPartnership, i, 1), Proposal: p.ID}
		w.Created = p.Introduced.AddDate(0, 0, 10+i)
		if w.Origins = []cooperation.OriginStatement{{Origin: cooperation.FacilitatedHere}}; i == 5 {
			w.Completed, w.Origins = w.Created.AddDate(0, 0, 100), nil
		}
		l.commit(body(KindProposal, p.ID, 1, p), body(KindPartnership, w.ID, 1, w))
	}
	want := StepDays{ToIntroduction: Median{5, 4}, ToAgreement: Median{6, 12}, ToDelivery: Median{1, 100}}
	if got := l.state.Statistics(secretariat(), 0).StepDays; got != want {
		t.Errorf("the secretariat reads %+v", got)
	}
	want.ToAgreement.Count, want.ToDelivery = 5, Median{}
	if got := l.state.Statistics(cooperation.Actor{}, 2026).StepDays; got != want {
		t.Errorf("the public reads %+v", got)
	}
	if got := l.state.ByOrigin(secretariat(), 2026); got != (Partnerships{Facilitated: 5, Unstated: 1}) {
		t.Errorf("by origin the secretariat reads %+v", got)
	}
	if got := l.state.ByOrigin(party(), 0); got != (Partnerships{Facilitated: 5, Rounded: true}) {
		t.Errorf("by origin a Party reads %+v", got)
	}
	if need, offer := l.state.Ratings(); need.Count != 0 || offer.Count != 0 {
		t.Errorf("without feedback there are ratings: %+v, %+v", need, offer)
	}
	gone := &cooperation.Proposal{Meta: meta(KindProposal, 1, 2), Need: id(KindNeed, 1), Status: cooperation.AgreedProposal, Proposed: morning, Introduced: morning}
	l.commit(body(KindProposal, gone.ID, 2, gone))
	if got := l.state.Statistics(cooperation.Actor{}, 0).StepDays; got.ToIntroduction != (Median{}) {
		t.Errorf("of four introductions the public reads %+v", got)
	}
}

func BenchmarkStatistics(b *testing.B) {
	state := filled(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		state.Statistics(cooperation.Actor{}, 0)
	}
}
