package record

// How many years of help what is wider is worth beside what was counted: the
// strength of the shrinkage at each step. They are round numbers, the smaller
// the closer the step.
const (
	priorRegion      = 10
	priorTheme       = 10
	priorBeneficiary = 5
	priorPair        = 3
	priorNear        = 5
	priorLanguage    = 10
	priorGroup       = 20
	priorAlike       = 2
	alikeWeight      = 5
	nearKm           = 1000 // the scale of nearness
)

// shrunk mixes counts with a wider share that is worth so many of them.
func shrunk(counts, wider []float64, worth float64) []float64 {
	total := 0.0
	for _, c := range counts {
		total += c
	}
	out := make([]float64, len(wider))
	for p, w := range wider {
		c := 0.0
		if counts != nil {
			c = counts[p]
		}
		out[p] = (c + float64(worth*w)) / (total + worth)
	}
	return out
}

// product is a·b/c, made to add up to one.
func product(a, b, c []float64) []float64 {
	out, sum := make([]float64, len(a)), 0.0
	for p := range a {
		out[p] = float64(a[p]*b[p]) / c[p]
		sum += out[p]
	}
	for p := range out {
		out[p] /= sum
	}
	return out
}

// ratio is the logarithm of a/b.
func ratio(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for p := range a {
		out[p] = ln(a[p]) - ln(b[p])
	}
	return out
}

// logs is the logarithm of each.
func logs(a []float64) []float64 {
	out := make([]float64, len(a))
	for p, x := range a {
		out[p] = ln(x)
	}
	return out
}

// yes is 1 for what holds.
func yes(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
