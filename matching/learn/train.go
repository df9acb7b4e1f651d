package learn

import (
	"math"
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// Fit says how well a model explains the choices from which it was learned.
type Fit struct {
	Choices int `json:"choices"` // times that a provider helped, seen with what was known before
	// LogLikelihood is the mean natural logarithm of the probability given to
	// each choice; Chance is what equal odds for all would give.
	LogLikelihood float64 `json:"log_likelihood"`
	Chance        float64 `json:"log_likelihood_of_chance"`
	Ridge         float64 `json:"ridge"`
	// HeldOut is the mean of the years that were kept back to choose ridge and
	// half-life; 0 when there were too few years for that.
	HeldOut float64 `json:"held_out_log_likelihood,omitempty"`
}

// Learned is what a history taught.
type Learned struct {
	Model record.Model
	// Language and Region are the log-odds that the whole of these parts is
	// worth beside the span of the record: first in the main list, then among
	// providers new to the beneficiary.
	Language, Region [2]float64
	Main, Discovery  Fit
	Years            []int
}

// Grids of what is chosen by how well it foretells years that were kept back.
// They run from almost free to almost fixed, and from two years to for ever.
func ridges() []float64 { return []float64{30, 100, 300, 1000, 3000} }
func halfLives() []int  { return []int{2, 4, 8, 0} }

// With two years of history there is nothing to keep back: then these stand.
const (
	usualRidge    = 1000
	usualHalfLife = 4
)

// History learns a model from rows: with one year of history, or none, it is
// [record.Plain]; with two, of fixed ridge; with more, ridge and half-life are
// those that best foretell the last third of the years from the others.
func History(rows []record.Row, tie Tie) Learned {
	rows = record.Distinct(rows)
	years := yearsOf(rows)
	l := Learned{Model: record.Plain(), Years: years}
	if len(years) < 2 {
		if len(years) == 1 {
			l.Model.Span = span(rows, years[0], l.Model)
		}
		return l
	}
	choice := settings{halfLife: usualHalfLife, main: usualRidge, discovery: usualRidge}
	if len(years) > 2 {
		choice = choose(rows, years, tie)
	}
	seen := rolling(rows, choice.halfLife, tie)
	main, fit := estimate(seen.all.balanced(), choice.main)
	fit.HeldOut = choice.heldMain
	discovery, freshFit := estimate(seen.fresh.balanced(), choice.discovery)
	freshFit.HeldOut = choice.heldDiscovery
	l.Main, l.Discovery = fit, freshFit
	l.Model = record.Model{HalfLife: choice.halfLife, Span: record.PlainSpan, Main: named(main), Discovery: named(discovery)}
	if len(seen.fresh.examples) == 0 {
		l.Model.Discovery = record.Plain().Discovery
		discovery = nil
	}
	for i, w := range [][]float64{main, discovery} {
		if w != nil {
			l.Language[i], l.Region[i] = w[len(w)-2], w[len(w)-1]
		}
	}
	l.Model.Span = span(rows, years[len(years)-1], l.Model)
	return l
}

// settings are what is chosen by foretelling.
type settings struct {
	halfLife                int
	main, discovery         float64
	heldMain, heldDiscovery float64
}

// choose tries all half-lives and ridges on the last third of the years.
func choose(rows []record.Row, years []int, tie Tie) settings {
	held := years[len(years)-max(1, len(years)/3):]
	from, _ := slices.BinarySearchFunc(rows, held[0], func(r record.Row, y int) int { return r.Year - y })
	known := rows[:from]
	best := settings{heldMain: math.Inf(-1)}
	for _, halfLife := range halfLives() {
		var future occasions
		future.collect(record.New(known, held[0]-1, halfLife), rows, held, tie)
		past := rolling(known, halfLife, tie)
		s := settings{halfLife: halfLife}
		s.main, s.heldMain = strongest(past.all.balanced(), future.all.balanced())
		s.discovery, s.heldDiscovery = strongest(past.fresh.balanced(), future.fresh.balanced())
		if s.heldMain > best.heldMain {
			best = s
		}
	}
	return best
}

// strongest returns the strongest ridge under which the choices of the future
// are foretold as well as under the best one, give or take one standard error
// (Breiman and others, "Classification and Regression Trees", 1984, section
// 3.4.3), and how well that is.
func strongest(past, future []Example) (ridge, held float64) {
	if len(past) == 0 || len(future) == 0 {
		return usualRidge, 0
	}
	var means, errors, begin []float64
	best, l := 0, newLogit(past, features())
	for i, ridge := range ridges() {
		begin = l.fit(ridge, make([]float64, features()), signs(), begin)
		mean, spread := likelihood(future, l.plain(begin))
		means, errors = append(means, mean), append(errors, spread)
		if mean > means[best] {
			best = i
		}
	}
	for i := len(means) - 1; ; i-- {
		if means[i] >= means[best]-errors[best] {
			return ridges()[i], means[i]
		}
	}
}

// features is the number of features of an occasion.
func features() int { return len(record.Features()) + ties }

// signs says that language and region may not be worth less than nothing.
func signs() bound {
	positive := make(bound, features())
	positive[features()-2], positive[features()-1] = true, true
	return positive
}

// estimate fits the features of a record, and what language and region are
// worth, which may not be less than nothing.
func estimate(examples []Example, ridge float64) ([]float64, Fit) {
	n := features()
	if len(examples) == 0 {
		return make([]float64, n), Fit{Ridge: ridge}
	}
	l := newLogit(examples, n)
	w := l.plain(l.fit(ridge, make([]float64, n), signs(), nil))
	fit := Fit{Choices: l.chosen, Ridge: ridge}
	fit.LogLikelihood, _ = likelihood(examples, w)
	fit.Chance, _ = likelihood(examples, make([]float64, n))
	return w, fit
}

// likelihood is the mean logarithm of the probability of the choices, and its
// standard error, with the choices of one example counted as one observation.
func likelihood(examples []Example, w []float64) (mean, standardError float64) {
	l := &logit{examples: examples, features: len(w), scale: ones(len(w))}
	n, values := 0.0, make([]float64, len(examples))
	for i := range examples {
		values[i] = l.value(&examples[i], w)
		mean += values[i]
		n += float64(len(examples[i].True))
	}
	if n == 0 {
		return 0, 0
	}
	mean /= n
	squares := 0.0
	for i := range examples {
		d := values[i] - mean*float64(len(examples[i].True))
		squares += d * d
	}
	return mean, math.Sqrt(squares) / n
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// leastWeight is what is left out of a model: noise of the arithmetic.
const leastWeight = 1e-9

// named gives the weights of the record's features their names.
func named(w []float64) map[string]float64 {
	out := map[string]float64{}
	for k, name := range record.Features() {
		if math.Abs(w[k]) > leastWeight {
			out[name] = rounded(w[k])
		}
	}
	return out
}

// rounded keeps six significant digits, so that a file can be read.
func rounded(x float64) float64 {
	if x == 0 {
		return 0
	}
	scale := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(x))))
	return math.Round(x*scale) / scale
}

// span is the smallest whole number of log-odds that puts every provider on
// record on the scale, for every beneficiary and theme on record.
func span(rows []record.Row, until int, m record.Model) float64 {
	h := record.New(rows, until, m.HalfLife)
	themes := map[string]bool{"": true}
	places := map[reference.Country]bool{}
	for _, r := range rows {
		themes[r.Theme], places[r.Beneficiary] = true, true
	}
	var names []string
	for t := range themes {
		names = append(names, t)
	}
	slices.Sort(names)
	farthest := 0.0
	for b := range places {
		farthest = max(farthest, h.Farthest(b, names, m.Main), h.Farthest(b, names, m.Discovery))
	}
	return max(1, 2*math.Ceil(farthest))
}
