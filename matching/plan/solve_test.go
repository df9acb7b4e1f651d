package plan_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/matching"
	"entente/matching/plan"
)

func solve(t interface {
	Helper()
	Fatal(...any)
}, p *plan.Problem) *plan.Plan {
	t.Helper()
	made, err := plan.Solve(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestNoFloorCapacityOrLimitIsEverBroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(rapid.Uint64().Draw(t, "seed"))
		keeps(t, p, solve(t, p))
	})
}

// keeps checks a plan against the amounts of its problem, in portions and in
// cents.
func keeps(t *rapid.T, p *plan.Problem, made *plan.Plan) {
	q := portionedBy(p, made)
	offers, needs := map[string]int{}, map[string]int{}
	for i := range p.Offers {
		offers[p.Offers[i].ID] = i
	}
	for i := range p.Needs {
		needs[p.Needs[i].ID] = i
	}
	gets, pays := make([]int64, len(p.Needs)), make([]int64, len(p.Needs))
	gives, costs := make([]int64, len(p.Offers)), make([]int64, len(p.Offers))
	bears, beyond := map[matching.Party]int64{}, map[matching.Party]int64{}
	for _, one := range made.Pairings {
		n, o := needs[one.Need], offers[one.Offer]
		if !slices.Contains(p.Needs[n].Candidates, plan.Candidate{Offer: o, Score: one.Score}) {
			t.Errorf("%s is no candidate of %s with score %d", one.Offer, one.Need, one.Score)
		}
		if one.Portions <= 0 || one.Amount <= 0 || one.Amount > one.Portions*made.Portion {
			t.Errorf("%s gives %s %d portions, %d cents", one.Offer, one.Need, one.Portions, one.Amount)
		}
		gets[n] += one.Portions
		pays[n] += one.Amount
		gives[o] += one.Portions
		costs[o] += one.Amount
		bears[one.Provider] += one.Portions
	}
	for i, n := range p.Needs {
		if gets[i] > q.demand[i] || n.Gap > 0 && pays[i] > n.Gap {
			t.Errorf("need %s gets %d of %d portions, %d of %d cents", n.ID, gets[i], q.demand[i], pays[i], n.Gap)
		}
	}
	for i, o := range p.Offers {
		beyond[o.Provider] += max(gives[i]-q.supply[i], 0)
		if q.extra[o.Provider] == 0 && costs[i] > o.Supply.Amount {
			t.Errorf("offer %s gives %d of %d cents", o.ID, costs[i], o.Supply.Amount)
		}
	}
	for provider, count := range beyond {
		if count > q.extra[provider] {
			t.Errorf("%s gives %d portions more than it has, and %d extra", provider, count, q.extra[provider])
		}
	}
	for provider, count := range bears {
		if count > q.ceiling {
			t.Errorf("%s gives %d portions, of at most %d", provider, count, q.ceiling)
		}
	}
}

func TestThePlanDependsOnIdsAndNotOnTheOrderGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		p := drawn(seed)
		if diff := cmp.Diff(solve(t, p), solve(t, shuffled(p, seed))); diff != "" {
			t.Errorf("another order gives another plan (-given +shuffled):\n%s", diff)
		}
	})
}

// shuffled is the same problem in another order.
func shuffled(p *plan.Problem, seed uint64) *plan.Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	q := *p
	places := r.Perm(len(p.Offers))
	q.Offers, q.Needs = make([]plan.Offer, len(places)), make([]plan.Need, len(p.Needs))
	for i, o := range p.Offers {
		q.Offers[places[i]] = o
	}
	for i, to := range r.Perm(len(p.Needs)) {
		n := p.Needs[i]
		n.Candidates = slices.Clone(n.Candidates)
		for j := range n.Candidates {
			n.Candidates[j].Offer = places[n.Candidates[j].Offer]
		}
		r.Shuffle(len(n.Candidates), func(a, b int) { n.Candidates[a], n.Candidates[b] = n.Candidates[b], n.Candidates[a] })
		q.Needs[to] = n
	}
	q.Extras = slices.Clone(p.Extras)
	slices.Reverse(q.Extras)
	return &q
}

// need and offer make a problem in which every need is fit for the offers named
// by place, with the scores given.
func need(id string, gap int64, scores ...matching.Score) plan.Need {
	n := plan.Need{ID: id, Gap: gap}
	for o, score := range scores {
		if score >= 0 {
			n.Candidates = append(n.Candidates, plan.Candidate{Offer: o, Score: score})
		}
	}
	return n
}

func offer(id string, provider matching.Party, amount int64) plan.Offer {
	return plan.Offer{ID: id, Provider: provider, Supply: plan.Supply{Amount: amount, Needs: plan.Unlimited}}
}

// no marks an offer that is no candidate.
const no = matching.Score(-1)

// shares lists a plan as need, offer and share of the need.
func shares(made *plan.Plan) map[[2]string]int64 {
	list := map[[2]string]int64{}
	for _, one := range made.Pairings {
		list[[2]string{one.Need, one.Offer}] = one.Share
	}
	return list
}

func TestEveryNeedGetsSomethingBeforeAnyGetsMore(t *testing.T) {
	// One offer of a hundred for three needs of a hundred: by score alone, the
	// first would get it all.
	p := &plan.Problem{Offers: []plan.Offer{offer("o", "p", 100)},
		Needs: []plan.Need{need("a", 100, 90_000_000), need("b", 100, 50_000_000), need("c", 100, 10_000_000)}}
	p.Floor = 10_000
	want := map[[2]string]int64{{"a", "o"}: 980_000, {"b", "o"}: 10_000, {"c", "o"}: 10_000}
	if diff := cmp.Diff(want, shares(solve(t, p))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.Floor = 200_000
	want = map[[2]string]int64{{"a", "o"}: 600_000, {"b", "o"}: 200_000, {"c", "o"}: 200_000}
	if diff := cmp.Diff(want, shares(solve(t, p))); diff != "" {
		t.Errorf("with a floor of a fifth (-want +got):\n%s", diff)
	}
}

func TestAnOfferThatOnlyOneNeedCanUseIsLeftToIt(t *testing.T) {
	// By score both needs want the first offer; the second need has no other.
	p := &plan.Problem{Offers: []plan.Offer{offer("o1", "p", 100), offer("o2", "q", 100)},
		Needs: []plan.Need{need("a", 100, 90_000_000, 20_000_000), need("b", 100, 80_000_000, no)}}
	made := solve(t, p)
	if diff := cmp.Diff(map[[2]string]int64{{"a", "o2"}: plan.Whole, {"b", "o1"}: plan.Whole}, shares(made)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if made.Score != 100_000_000 || made.Covered != 200 || made.Demand != 200 {
		t.Errorf("score %d, %d of %d cents", made.Score, made.Covered, made.Demand)
	}
	if got := made.Pairings[0].Alternates; len(got) != 1 || got[0].Offer != "o1" || got[0].Room != 0 {
		t.Errorf("the alternates of the first pairing are %+v", got)
	}
}

func TestNoProviderGivesMoreThanItsShare(t *testing.T) {
	p := &plan.Problem{Limit: 250_000, Offers: []plan.Offer{offer("o1", "p", 400), offer("o2", "p", 400), offer("o3", "q", 50)},
		Needs: []plan.Need{need("a", 200, 90_000_000, no, 1), need("b", 200, no, 80_000_000, 1)}}
	made := solve(t, p)
	given := map[matching.Party]int64{}
	for _, one := range made.Pairings {
		given[one.Provider] += one.Amount
	}
	if diff := cmp.Diff(map[matching.Party]int64{"p": 100, "q": 50}, given); diff != "" || made.Ceiling != 100 {
		t.Errorf("of a ceiling of %d (-want +got):\n%s", made.Ceiling, diff)
	}
}

func TestNeedsWithoutAGapCountAsTheMedian(t *testing.T) {
	p := &plan.Problem{Offers: []plan.Offer{offer("o", "p", 400)},
		Needs: []plan.Need{need("a", 50, 50_000_000), need("b", 100, 50_000_000), need("c", 200, 50_000_000), need("d", 0, 50_000_000)}}
	made := solve(t, p)
	if made.Nominal != 100 || made.Demand != 450 || made.Covered != 400 || !made.Stated {
		t.Errorf("nominal %d, demand %d, covered %d", made.Nominal, made.Demand, made.Covered)
	}
	for _, one := range made.Pairings {
		if one.Stated != (one.Need != "d") {
			t.Errorf("the amount for %s is stated: %v", one.Need, one.Stated)
		}
	}
	p.Needs = []plan.Need{need("d", 0, 50_000_000), need("e", 0, 40_000_000)}
	p.Offers[0].Supply = plan.Supply{Amount: plan.Unlimited, Needs: 1500}
	made = solve(t, p)
	if diff := cmp.Diff(map[[2]string]int64{{"d", "o"}: plan.Whole, {"e", "o"}: plan.Whole / 2}, shares(made)); diff != "" || made.Stated {
		t.Errorf("where no need states a gap (-want +got):\n%s", diff)
	}
}

func TestAmongTiesTheOrderOfIdsDecides(t *testing.T) {
	// Everything is equal, and there is too little of it.
	p := &plan.Problem{Limit: 300_000}
	for i := range 8 {
		p.Offers = append(p.Offers, offer(string(rune('h'-i)), matching.Party(string(rune('w'+i%3))), 60))
		p.Needs = append(p.Needs, need(string(rune('h'-i)), 100, 50_000_000, 50_000_000, 50_000_000, 50_000_000, 50_000_000))
	}
	first := solve(t, p)
	for seed := range uint64(50) {
		if diff := cmp.Diff(first, solve(t, shuffled(p, seed))); diff != "" {
			t.Fatalf("order %d gives another plan (-first +other):\n%s", seed, diff)
		}
	}
	if first.Helped != 8 {
		t.Errorf("%d of 8 needs get something", first.Helped)
	}
}

func TestANeedWithoutCandidatesOrCapacityIsNamed(t *testing.T) {
	p := &plan.Problem{Offers: []plan.Offer{offer("o", "p", 0)}, Needs: []plan.Need{need("b", 100, 1), need("a", 100)}}
	made := solve(t, p)
	if diff := cmp.Diff([]plan.Without{{Need: "a"}, {Need: "b", Candidates: 1}}, made.Without); diff != "" || len(made.Pairings) != 0 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAProblemThatIsNoneIsRefused(t *testing.T) {
	for name, p := range map[string]plan.Problem{
		"two needs of one id":   {Needs: []plan.Need{need("a", 1), need("a", 1)}},
		"two offers of one id":  {Offers: []plan.Offer{offer("a", "p", 1), offer("a", "p", 1)}},
		"less than nothing":     {Offers: []plan.Offer{offer("a", "p", -1)}},
		"a negative gap":        {Needs: []plan.Need{need("a", -1)}},
		"no such offer":         {Needs: []plan.Need{need("a", 1, 1)}},
		"a limit beyond all":    {Limit: plan.Whole + 1},
		"a floor beyond all":    {Floor: plan.Whole + 1},
		"a candidate twice":     {Offers: []plan.Offer{offer("a", "p", 1)}, Needs: []plan.Need{{ID: "n", Candidates: make([]plan.Candidate, 2)}}},
		"a score beyond all":    {Offers: []plan.Offer{offer("a", "p", 1)}, Needs: []plan.Need{need("n", 1, matching.MaxScore+1)}},
		"an extra below nought": {Extras: []plan.Extra{{Provider: "p", Amount: -1}}},
	} {
		if _, err := plan.Solve(t.Context(), &p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAPlanThatNobodyWaitsForIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := plan.Solve(ctx, drawn(1)); err == nil {
		t.Error("no error")
	}
}
