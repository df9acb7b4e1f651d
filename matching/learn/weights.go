package learn

import (
	"math"

	"entente/matching"
)

// Weights divides what a convention gives to region and record anew, as the
// history has it: in proportion to the log-odds that the whole of each is worth.
// The other parts keep their weights, for a history does not speak of them: not
// even of the languages in which help was given. Only where a convention gives
// language no weight of its own it shares in the division, by what official
// languages in common are worth. The second result is for discovery.
func (l *Learned) Weights(base matching.Weights) (main, discovery matching.Weights) {
	divide := func(i int) matching.Weights {
		w, language := base, 0.0
		if base.Language == 0 {
			language = l.Language[i]
		}
		pool, whole := float64(base.Region)+float64(base.Record), l.Model.Span+language+l.Region[i]
		w.Region = int32(math.Round(pool * l.Region[i] / whole))
		shared := int32(math.Round(pool * language / whole))
		w.Record = int32(pool) - w.Region - shared
		w.Language += shared
		return w
	}
	return divide(0), divide(1)
}
