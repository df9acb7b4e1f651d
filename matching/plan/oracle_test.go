package plan_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"testing"

	"entente/matching"
	"entente/matching/plan"
)

// The form in which the oracle reads problems and gives their optima. Amounts
// are in portions.
type (
	oracleProblem struct {
		Needs   []oracleNeed             `json:"needs"`
		Offers  []oracleOffer            `json:"offers"`
		Extras  map[matching.Party]int64 `json:"extras"`
		Ceiling int64                    `json:"ceiling"`
	}
	oracleNeed struct {
		Demand     int64      `json:"demand"`
		Floor      int64      `json:"floor"`
		Candidates [][2]int64 `json:"candidates"`
	}
	oracleOffer struct {
		Provider matching.Party `json:"provider"`
		Supply   int64          `json:"supply"`
	}
	oracleOptimum struct{ First, Floor, Score float64 }
)

// instances is how many random problems are compared.
const instances = 1000

func TestThePlanIsAsGoodAsThatOfAnIndependentOptimiser(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../../scripts/plan-oracle/node_modules"); err != nil {
		t.Skip("no independent optimiser: run npm ci in scripts/plan-oracle")
	}
	problems := make([]oracleProblem, instances)
	plans := make([]*plan.Plan, instances)
	for seed := range problems {
		p := drawn(uint64(seed))
		plans[seed] = solve(t, p)
		problems[seed] = forOracle(p, plans[seed])
	}
	partial, limited := 0, 0
	for i, want := range askOracle(t, problems) {
		got := worth(&problems[i], plans[i])
		if got.First != math.Round(want.First) || math.Abs(got.Floor-want.Floor) > 1e-5 || math.Abs(got.Score-want.Score) > 1e-4 {
			t.Errorf("seed %d: the plan is worth %+v, the optimum %+v", i, got, want)
		}
		if plans[i].Helped > 0 && plans[i].Covered < plans[i].Demand {
			partial++
		}
		if plans[i].Ceiling < plan.Unlimited {
			limited++
		}
	}
	if partial < instances/3 || limited < instances/3 {
		t.Errorf("of %d problems only %d are scarce and %d limit providers: they prove too little", instances, partial, limited)
	}
}

// forOracle puts a problem into the oracle's form.
func forOracle(p *plan.Problem, made *plan.Plan) oracleProblem {
	q := portionedBy(p, made)
	out := oracleProblem{Extras: q.extra, Ceiling: q.ceiling}
	for i, n := range p.Needs {
		need := oracleNeed{Demand: q.demand[i], Floor: q.floor[i], Candidates: [][2]int64{}}
		for _, c := range n.Candidates {
			need.Candidates = append(need.Candidates, [2]int64{int64(c.Offer), int64(c.Score)})
		}
		out.Needs = append(out.Needs, need)
	}
	for i, o := range p.Offers {
		out.Offers = append(out.Offers, oracleOffer{o.Provider, q.supply[i]})
	}
	return out
}

// worth values a plan by the oracle's measures, from its pairings alone.
func worth(p *oracleProblem, made *plan.Plan) oracleOptimum {
	var v oracleOptimum
	gets := map[string]int64{}
	index := func(id string) int { return int(id[1]-'0')*10 + int(id[2]-'0') }
	for _, one := range made.Pairings {
		gets[one.Need] += one.Portions
		v.Score += float64(one.Score) / 1e6 * float64(one.Portions) / float64(p.Needs[index(one.Need)].Demand)
	}
	for id, count := range gets {
		floor := p.Needs[index(id)].Floor
		v.First++
		v.Floor += float64(min(count, floor)) / float64(floor)
	}
	return v
}

// askOracle has the independent optimiser solve the problems.
func askOracle(t *testing.T, problems []oracleProblem) []oracleOptimum {
	t.Helper()
	input, err := json.Marshal(problems)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "solve.mjs")
	node.Dir, node.Stdin, node.Stderr = "../../scripts/plan-oracle", bytes.NewReader(input), os.Stderr
	output, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var optima []oracleOptimum
	if err := json.Unmarshal(output, &optima); err != nil {
		t.Fatal(err)
	}
	if len(optima) != len(problems) {
		t.Fatalf("the oracle solved %d of %d problems", len(optima), len(problems))
	}
	return optima
}
