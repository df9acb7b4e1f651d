package learn

import (
	"math"
	"slices"
)

// Example is one occasion on which some of several candidates came true.
type Example struct {
	X     [][]float64 // feature → candidate
	Open  []bool      // candidates that could be chosen; nil for all
	True  []int       // candidates that came true
	Worth []float64   // how much each of these counts; nil for all alike
}

// worth is how much a choice counts.
func (e *Example) worth(i int) float64 {
	if e.Worth == nil {
		return 1
	}
	return e.Worth[i]
}

// logit is a sum of examples with features divided by their spread.
type logit struct {
	examples []Example
	features int
	scale    []float64
	chosen   int // number of choices
}

// newLogit prepares examples. The candidates that cannot be chosen, and
// features that never differ, do not count.
func newLogit(examples []Example, features int) *logit {
	l := &logit{features: features, scale: make([]float64, features)}
	for _, e := range examples {
		if len(e.True) > 0 {
			l.examples = append(l.examples, e)
			l.chosen += len(e.True)
		}
	}
	for k := range l.scale {
		n, sum, squares := 0.0, 0.0, 0.0
		for _, e := range l.examples {
			for j, x := range e.X[k] {
				if e.Open == nil || e.Open[j] {
					n, sum, squares = n+1, sum+x, squares+float64(x*x)
				}
			}
		}
		if n == 0 {
			continue
		}
		// Features are logarithms and counts: a spread below a billionth, or below
		// a millionth of their size, is noise of the arithmetic.
		if variance := squares/n - float64(sum/n*sum/n); variance > max(1e-18, 1e-12*(squares/n)) {
			l.scale[k] = math.Sqrt(variance)
		}
	}
	return l
}

// step is the value, slope and curvature of the likelihood at some weights.
type step struct {
	value float64
	slope []float64
	curve [][]float64
}

// zeros makes a square table.
func zeros(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// at adds up the logarithm of the likelihood of all choices: of each candidate
// that came true against those that did not, the others that came true left
// out. Weights are those of the scaled features.
func (l *logit) at(w []float64) step {
	n := l.features
	s := step{slope: make([]float64, n), curve: zeros(n)}
	for i := range l.examples {
		l.add(&s, &l.examples[i], w)
	}
	return s
}

func (l *logit) add(s *step, e *Example, w []float64) {
	n := l.features
	u, top := l.utilities(e, w), math.Inf(-1)
	isTrue := make([]bool, len(u))
	for _, t := range e.True {
		isTrue[t] = true
	}
	for j := range u {
		if e.Open == nil || e.Open[j] {
			top = max(top, u[j])
		}
	}
	z := make([]float64, n)
	fill := func(j int) {
		for k := range z {
			if l.scale[k] > 0 {
				z[k] = e.X[k][j] / l.scale[k]
			}
		}
	}
	rest, first, second := 0.0, make([]float64, n), zeros(n)
	for j := range u {
		if isTrue[j] || (e.Open != nil && !e.Open[j]) {
			continue
		}
		weight := math.Exp(u[j] - top)
		rest += weight
		fill(j)
		for a, x := range z {
			first[a] += weight * x
			wx := weight * x
			row := second[a]
			for b := 0; b <= a; b++ {
				row[b] += wx * z[b]
			}
		}
	}
	mean := make([]float64, n)
	for i, t := range e.True {
		own := math.Exp(u[t] - top)
		sum, worth := rest+own, e.worth(i)
		fill(t)
		s.value += worth * (u[t] - top - math.Log(sum))
		for a, x := range z {
			mean[a] = (first[a] + own*x) / sum
			s.slope[a] += worth * (x - mean[a])
		}
		for a, x := range z {
			row := s.curve[a]
			for b := 0; b <= a; b++ {
				row[b] += worth * ((second[a][b]+own*x*z[b])/sum - mean[a]*mean[b])
			}
		}
	}
}

// value is the logarithm of the likelihood of the choices of one example.
func (l *logit) value(e *Example, w []float64) float64 {
	u := l.utilities(e, w)
	top := math.Inf(-1)
	for j, x := range u {
		if e.Open == nil || e.Open[j] {
			top = max(top, x)
		}
	}
	isTrue := make([]bool, len(u))
	for _, t := range e.True {
		isTrue[t] = true
	}
	rest := 0.0
	for j, x := range u {
		if !isTrue[j] && (e.Open == nil || e.Open[j]) {
			rest += math.Exp(x - top)
		}
	}
	sum := 0.0
	for i, t := range e.True {
		sum += e.worth(i) * (u[t] - top - math.Log(rest+math.Exp(u[t]-top)))
	}
	return sum
}

// utilities is the weighted sum of the features of each candidate.
func (l *logit) utilities(e *Example, w []float64) []float64 {
	u := make([]float64, len(e.X[0]))
	for k, column := range e.X {
		if l.scale[k] == 0 || w[k] == 0 {
			continue
		}
		c := w[k] / l.scale[k]
		for j, x := range column {
			u[j] += c * x
		}
	}
	return u
}

// bound says which weights may not be negative.
type bound []bool

// fit climbs to the weights that make the choices most likely, less ridge/2
// times the squares of their distance from a start that is worth trusting, by
// Newton's method with halved steps. Weights that would become negative
// although they may not are held at zero. The climb begins at the weights given,
// which are near where it ends, or at the prior when they are nil.
func (l *logit) fit(ridge float64, prior []float64, positive bound, begin []float64) []float64 {
	n := l.features
	w := slices.Clone(prior)
	if begin != nil {
		w = slices.Clone(begin)
	}
	held := make([]bool, n)
	for k := range held {
		held[k] = l.scale[k] == 0
	}
	goal := func(s *step, w []float64) float64 {
		v := s.value
		for k := range w {
			d := w[k] - prior[k]
			v -= ridge / 2 * d * d
		}
		return v
	}
	now := l.at(w)
	best := goal(&now, w)
	for range 60 {
		g, h := make([]float64, n), zeros(n)
		for a := range n {
			g[a] = now.slope[a] - ridge*(w[a]-prior[a])
			for b := 0; b <= a; b++ {
				h[a][b], h[b][a] = now.curve[a][b], now.curve[a][b]
			}
			h[a][a] += ridge + 1e-9
		}
		for a := range n {
			if held[a] {
				for b := range n {
					h[a][b], h[b][a] = 0, 0
				}
				h[a][a], g[a] = 1, 0
			}
		}
		d := solve(h, g)
		gain := 0.0
		for k := range d {
			gain += d[k] * g[k]
		}
		if gain < 1e-9*(1+math.Abs(best)) {
			return w
		}
		length := 1.0
		for ; length > 1e-6; length /= 2 {
			next := make([]float64, n)
			for k := range next {
				next[k] = w[k] + length*d[k]
				if positive != nil && positive[k] && next[k] < 0 {
					next[k] = 0
				}
			}
			s := l.at(next)
			if v := goal(&s, next); v > best {
				w, now, best = next, s, v
				break
			}
		}
		if length <= 1e-6 {
			return w
		}
		for k := range held {
			held[k] = l.scale[k] == 0 || (positive != nil && positive[k] && w[k] == 0 && now.slope[k]-ridge*(w[k]-prior[k]) <= 0)
		}
	}
	return w
}

// plain turns weights of scaled features into weights of the features.
func (l *logit) plain(w []float64) []float64 {
	out := make([]float64, len(w))
	for k := range w {
		if l.scale[k] > 0 {
			out[k] = w[k] / l.scale[k]
		}
	}
	return out
}

// solve solves a symmetric positive definite system by Cholesky's method.
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	c := zeros(n)
	for i := range n {
		for j := 0; j <= i; j++ {
			sum := h[i][j]
			for k := range j {
				sum -= c[i][k] * c[j][k]
			}
			if i == j {
				c[i][i] = math.Sqrt(max(sum, 1e-12))
			} else {
				c[i][j] = sum / c[j][j]
			}
		}
	}
	x := make([]float64, n)
	for i := range n {
		sum := g[i]
		for k := range i {
			sum -= c[i][k] * x[k]
		}
		x[i] = sum / c[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		sum := x[i]
		for k := i + 1; k < n; k++ {
			sum -= c[k][i] * x[k]
		}
		x[i] = sum / c[i][i]
	}
	return x
}
