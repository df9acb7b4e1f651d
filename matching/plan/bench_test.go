package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"entente/matching"
	"entente/matching/matchbench"
	"entente/matching/plan"
)

// benchInputs are 2,000 needs and 2,000 offers as skewed as real ones.
func benchInputs(b *testing.B) *plan.Inputs {
	b.Helper()
	needs, offers := matchbench.Generate(1, 2000, 2000)
	s, err := matchbench.Setting()
	if err != nil {
		b.Fatal(err)
	}
	in, err := plan.NewInputs(b.Context(), matching.NewIndex(matchbench.Now, s, needs, offers), needs, offers)
	if err != nil {
		b.Fatal(err)
	}
	return in
}

func BenchmarkInputs2000(b *testing.B) {
	for b.Loop() {
		benchInputs(b)
	}
}

func BenchmarkPlan2000(b *testing.B) {
	p := benchInputs(b).Problem()
	p.Limit = 200_000
	for b.Loop() {
		made, err := plan.Solve(b.Context(), p)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(made.Helped), "helped")
		b.ReportMetric(float64(len(made.Pairings)), "pairings")
	}
}

// BenchmarkPlanDense2000 has 500 candidates a need, and all that is offered has
// no end but the limit for each of seven providers.
func BenchmarkPlanDense2000(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	p := &plan.Problem{Limit: 200_000}
	for i := range 2000 {
		p.Offers = append(p.Offers, plan.Offer{ID: matchbench.OfferID(i), Provider: matching.Party(fmt.Sprintf("provider-%d", r.IntN(7))),
			Supply: plan.Supply{Amount: plan.Unlimited, Needs: plan.Unlimited}})
	}
	for i := range 2000 {
		n := plan.Need{ID: fmt.Sprintf("need-%04d", i)}
		for _, o := range r.Perm(len(p.Offers))[:500] {
			n.Candidates = append(n.Candidates, plan.Candidate{Offer: o, Score: matching.Score(r.IntN(200) * 400_000)})
		}
		p.Needs = append(p.Needs, n)
	}
	for b.Loop() {
		if _, err := plan.Solve(b.Context(), p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWhatIf2000 is everything between a question and its answer: the
// change, what it ranks anew, the plan, and how it differs.
func BenchmarkWhatIf2000(b *testing.B) {
	in := benchInputs(b)
	before, err := plan.Solve(b.Context(), in.Problem())
	if err != nil {
		b.Fatal(err)
	}
	for name, c := range map[string]plan.Change{
		"offer gives 2 million more":    {Offer: matchbench.OfferID(7), Amount: 2_000_000_00},
		"provider gives 2 million more": {Provider: busiest(in), Amount: 2_000_000_00},
		"offer in Spanish":              {Offer: matchbench.OfferID(7), Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "es"}},
		"need in English":               {Need: "need-00000007", Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "en"}},
		"offer out":                     {Offer: matchbench.OfferID(7), Out: true},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				changed, err := in.With([]plan.Change{c})
				if err != nil {
					b.Fatal(err)
				}
				p := changed.Problem()
				p.Keep = before.Pairings
				after, err := plan.Solve(b.Context(), p)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(before.Compare(after).Moved)), "moved")
			}
		})
	}
}

// busiest is the provider with the most offers.
func busiest(in *plan.Inputs) matching.Party {
	count, best := map[matching.Party]int{}, matching.Party("")
	for _, o := range in.Problem().Offers {
		count[o.Provider]++
		if n := count[o.Provider]; n > count[best] || n == count[best] && o.Provider < best {
			best = o.Provider
		}
	}
	return best
}
