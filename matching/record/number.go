package record

import "math"

// The numbers of this package must be the same on every machine. Go may fuse a
// product and a sum into one instruction where the processor has it, which
// rounds once instead of twice; an explicit conversion of the product forbids
// that. The four operations and the square root are exact by IEEE 754;
// logarithm and power are made of them here, for those of package math differ
// between processors in the last bit.

// ln2 is the natural logarithm of two.
const ln2 = 0.693147180559945309417232121458176568

// ln is the natural logarithm of a positive number, by the series of the
// inverse hyperbolic tangent: ln m = 2·(s + s³/3 + s⁵/5 + …) with
// s = (m−1)/(m+1), after powers of two are split off so that ½·√2 ≤ m < √2.
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := (m - 1) / (m + 1)
	q := float64(s * s)
	sum := 0.0
	for k := 23; k >= 1; k -= 2 {
		sum = float64(sum*q) + 1/float64(k)
	}
	return float64(float64(2*s)*sum) + float64(float64(e)*ln2)
}

// log1p is the natural logarithm of 1+x for counts x.
func log1p(x float64) float64 { return ln(1 + x) }

// sqrt is the square root.
func sqrt(x float64) float64 { return math.Sqrt(x) }

// decay is ½ to the power of years/halfLife, by repeated square roots of the
// half: exact enough, and the same everywhere. A half-life of 0 forgets nothing.
func decay(years, halfLife int) float64 {
	if halfLife <= 0 || years <= 0 {
		return 1
	}
	// ½^(years/halfLife) = exp2(-n/d), its fraction in 40 binary digits.
	whole, rest := years/halfLife, years%halfLife
	result := math.Ldexp(1, -whole)
	fraction, root := float64(rest)/float64(halfLife), 0.5
	for range 40 {
		root, fraction = math.Sqrt(root), 2*fraction
		if fraction >= 1 {
			result, fraction = float64(result*root), fraction-1
		}
	}
	return result
}
