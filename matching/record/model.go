package record

import (
	"fmt"
	"math"
	"slices"
)

// Model says how the features of a record make up what it is worth: the sum of
// each feature times its weight is the logarithm of the odds that a provider
// helps. Features that are not named weigh nothing.
type Model struct {
	// HalfLife is the number of years after which help counts half; 0 counts
	// all years alike.
	HalfLife int `json:"half_life_years"`
	// Span is the difference of log-odds that makes the whole difference
	// between nothing and everything in the part "record".
	Span float64 `json:"span"`
	// Main ranks all providers, Discovery those new to the beneficiary.
	Main      map[string]float64 `json:"main"`
	Discovery map[string]float64 `json:"discovery"`
}

// PlainSpan is the span of the plain model: providers with a share of the help
// 22,000 times smaller or larger than usual are at the ends of the scale.
const PlainSpan = 20

// Plain is the model for records from which nothing was learned: a provider is
// worth the logarithm of its share of the help to the beneficiary with the
// theme, as far as that is known; those new to it, of what is wider.
func Plain() Model {
	m := Model{HalfLife: 4, Span: PlainSpan, Main: map[string]float64{}, Discovery: map[string]float64{}}
	for _, f := range []string{Share, ShareRegion, ShareSubRegion, ShareTheme, ShareRegionTheme} {
		m.Main[f], m.Discovery[f] = 0.75, 0.5
	}
	m.Main[ShareBeneficiary], m.Main[SharePair] = 0.75, 0.75
	m.Main[Share], m.Discovery[Share] = 1, 1
	return m
}

// limits of a model, so that a file with a slip of the pen is refused.
const (
	maxHalfLife = 100
	maxWeight   = 1000
)

// Validate reports the first mistake: a half-life that is negative or longer
// than a century, a span that is not positive, a feature that does not exist,
// or a weight that is no number of reasonable size.
func (m *Model) Validate() error {
	if m.HalfLife < 0 || m.HalfLife > maxHalfLife {
		return fmt.Errorf("record: a half-life of %d years", m.HalfLife)
	}
	if !(m.Span > 0 && m.Span <= maxWeight) {
		return fmt.Errorf("record: a span of %v", m.Span)
	}
	known := Features()
	for _, weights := range []map[string]float64{m.Main, m.Discovery} {
		for name, w := range weights {
			if !slices.Contains(known, name) {
				return fmt.Errorf("record: unknown feature %q", name)
			}
			if math.IsNaN(w) || math.Abs(w) > maxWeight {
				return fmt.Errorf("record: feature %q weighs %v", name, w)
			}
		}
	}
	return nil
}

// weights lists the weights in the order of [Features].
func listed(weights map[string]float64) []float64 {
	names := Features()
	out := make([]float64, len(names))
	for i, name := range names {
		out[i] = weights[name]
	}
	return out
}
