package backtest

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"entente/matching/learn"
	"entente/matching/record"
)

// Options are the years of a backtest.
type Options struct {
	TrainUntil int // the last year that may be known
	From, To   int // the years that are foretold, inclusive, after TrainUntil
	Samples    int // drawn for the intervals, 0 for a thousand
}

// Result is what a backtest found.
type Result struct {
	Pairs      int `json:"pairs"`      // of a need and a provider that came true
	NewPairs   int `json:"new_pairs"`  // of a provider and a beneficiary never seen together in training
	Candidates int `json:"candidates"` // providers seen in training
	// Rankers are the figures by ranking: "entente", its list "discovery", and
	// those that anybody could make.
	Rankers map[string]any `json:"rankers"`
	// Discovery are the figures of the other rankings in the list of those new
	// to the beneficiary.
	Discovery   map[string]DiscoveryMetrics      `json:"discovery_of_others"`
	Intervals   map[string]map[string]Interval   `json:"intervals"`
	Differences map[string]map[string]Difference `json:"differences"` // of the engine from another ranking
	// Model is what was learned from training, Fit how well it fits.
	Model record.Model `json:"model"`
	Fit   learn.Fits   `json:"fit"`
}

// ErrNothingKnown says that no year up to the last one of training has a row,
// ErrNothingAsked that the years to be foretold have none.
var (
	ErrNothingKnown = errors.New("backtest: no help up to the last year of training")
	ErrNothingAsked = errors.New("backtest: no help in the years to be foretold")
)

// Run learns from the rows until a year, ranks every provider seen until then
// for each need of the years that follow, and measures.
func Run(ctx context.Context, rows []Row, o Options) (*Result, error) {
	rows = sorted(rows)
	train, test := between(rows, 0, o.TrainUntil), between(rows, max(o.From, o.TrainUntil+1), o.To)
	if len(train) == 0 {
		return nil, ErrNothingKnown
	}
	if len(test) == 0 {
		return nil, ErrNothingAsked
	}
	providers, themes, seen := namesOf(train, rows)
	own, learned, err := newEngine(train, o.TrainUntil, providers, themes)
	if err != nil {
		return nil, err
	}
	rankers := append([]ranker{own}, baselines(train, providers)...)
	needs := needsOf(test)
	ranked := make([][]outcome, len(rankers))
	for i, r := range rankers {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ranked[i] = outcomes(r, needs, seen)
	}
	result := &Result{Pairs: len(test), NewPairs: len(fresh(ranked[0])), Candidates: len(providers),
		Model: learned.Model, Fit: learn.Fits{Main: learned.Main, Discovery: learned.Discovery}}
	result.fill(rankers, ranked, cmp.Or(o.Samples, samples))
	return result, nil
}

// namesOf lists the providers of training and the themes of all rows, and says
// which beneficiaries and providers were seen together in training.
func namesOf(train, all []Row) (providers, themes []string, seen map[[2]string]bool) {
	seen = map[[2]string]bool{}
	for _, r := range train {
		providers = append(providers, r.Provider)
		seen[[2]string{r.Beneficiary, r.Provider}] = true
	}
	for _, r := range all {
		themes = append(themes, r.Theme)
	}
	slices.Sort(providers)
	slices.Sort(themes)
	return slices.Compact(providers), slices.Compact(themes), seen
}

// fill writes the figures, their intervals and differences.
func (r *Result) fill(rankers []ranker, ranked [][]outcome, times int) {
	r.Rankers, r.Discovery = map[string]any{"discovery": discovery(ranked[0])}, map[string]DiscoveryMetrics{}
	r.Intervals, r.Differences = map[string]map[string]Interval{}, map[string]map[string]Difference{}
	draws := drawn(ranked, times)
	engine := figures(ranked[0])
	for i, one := range rankers {
		r.Rankers[one.name()] = measure(ranked[i])
		if i > 0 {
			r.Discovery[one.name()] = discovery(ranked[i])
			r.Differences[one.name()] = map[string]Difference{}
		}
		r.Intervals[one.name()] = map[string]Interval{}
		for figure, value := range figures(ranked[i]) {
			own, difference := make([]float64, len(draws)), make([]float64, len(draws))
			for s, d := range draws {
				own[s], difference[s] = d[i][figure], d[0][figure]-d[i][figure]
			}
			r.Intervals[one.name()][figure] = interval(own)
			if i > 0 {
				r.Differences[one.name()][figure] = Difference{engine[figure] - value, interval(difference)}
			}
		}
	}
}
