package learn

import (
	"math"

	"entente/matching"
)

// Choice is an occasion on which a committee took up some of the proposals for
// a need and not others.
type Choice struct {
	Values [][matching.PartCount]int32 // of the parts of each proposal
	Taken  []int                       // places of those taken up
}

// fewChoices is how many proposals must have been taken up before weights are
// learned from them.
const fewChoices = 20

// Adjust learns how much the parts count from what committees chose: the
// weights that make the choices most likely, drawn towards the weights given by
// a fixed ridge. Weights stay above or at zero and add up to
// [matching.WeightSum]. With fewer than twenty choices nothing is changed. The
// number of choices that were learned from is returned.
func Adjust(base matching.Weights, choices []Choice) (matching.Weights, int) {
	examples, taken := examplesOf(choices)
	if taken < fewChoices {
		return base, 0
	}
	list := listed(base)
	// First what a point is worth under the weights given, then the weights.
	whole := newLogit(scores(examples, list), 1)
	steepness := max(whole.plain(whole.fit(1, []float64{0}, bound{true}, nil))[0], 1)
	l := newLogit(examples, matching.PartCount)
	prior, positive := make([]float64, matching.PartCount), make(bound, matching.PartCount)
	for k := range prior {
		prior[k], positive[k] = steepness*list[k]*l.scale[k], true
	}
	fitted := l.plain(l.fit(fewChoices, prior, positive, nil))
	for k := range fitted {
		if l.scale[k] == 0 { // the choices do not speak of it
			fitted[k] = steepness * list[k]
		}
	}
	return normalised(base.Version, fitted), taken
}

// examplesOf turns choices into examples; those that took up nothing, or had
// nothing else to take up, say nothing.
func examplesOf(choices []Choice) (examples []Example, taken int) {
	for _, c := range choices {
		if len(c.Taken) == 0 || len(c.Taken) == len(c.Values) {
			continue
		}
		e := Example{X: make([][]float64, matching.PartCount), True: c.Taken}
		for k := range e.X {
			e.X[k] = make([]float64, len(c.Values))
			for j := range c.Values {
				e.X[k][j] = float64(c.Values[j][k]) / float64(matching.Whole)
			}
		}
		examples, taken = append(examples, e), taken+len(c.Taken)
	}
	return examples, taken
}

// scores are the examples with the score under some weights as their only
// feature.
func scores(examples []Example, weights []float64) []Example {
	out := make([]Example, len(examples))
	for i, e := range examples {
		sums := make([]float64, len(e.X[0]))
		for k, column := range e.X {
			for j, v := range column {
				sums[j] += weights[k] * v
			}
		}
		out[i] = Example{X: [][]float64{sums}, True: e.True}
	}
	return out
}

// listed are the weights in the order of the parts, as shares of one.
func listed(w matching.Weights) []float64 {
	out := make([]float64, matching.PartCount)
	for k, v := range []int32{w.Theme, w.Kind, w.Language, w.Region, w.Size, w.Time, w.Record, w.Fairness} {
		out[k] = float64(v) / matching.WeightSum
	}
	return out
}

// normalised makes weights of numbers in the order of the parts; what rounding
// leaves goes to the largest.
func normalised(version int, list []float64) matching.Weights {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	rounded, rest, largest := make([]int32, len(list)), int32(matching.WeightSum), 0
	for k, v := range list {
		rounded[k] = int32(math.Floor(v / sum * matching.WeightSum))
		rest -= rounded[k]
		if rounded[k] > rounded[largest] {
			largest = k
		}
	}
	rounded[largest] += rest
	return matching.Weights{
		Version: version, Theme: rounded[0], Kind: rounded[1], Language: rounded[2], Region: rounded[3],
		Size: rounded[4], Time: rounded[5], Record: rounded[6], Fairness: rounded[7],
	}
}
