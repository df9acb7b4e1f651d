package record

import (
	"slices"

	"entente/reference"
)

// cell is how one provider helped in one place of the record.
type cell struct {
	provider    int
	weight      float64 // years of help, older ones worth less
	years       int     // years of help, all alike
	first, last int
}

// History is what was known at the end of a year. It does not change and may be
// read by many goroutines at once.
//
// Beside the providers on record every list by provider has a stranger at its
// end: one who has done nothing yet, whose features say what nothing is worth.
type History struct {
	until     int
	years     []int // with any help, in order
	providers []string
	number    map[string]int // provider → its place in providers
	places    []reference.Country
	place     map[reference.Country]int // beneficiary → its place in places
	themes    []string
	theme     map[string]int

	pairs  [][]cell    // beneficiary*themes+theme → by provider
	helped [][]float64 // beneficiary → provider → weight, themes added up
	active [][]int     // beneficiary → provider → years with any help
	latest [][]int     // beneficiary → provider → last year with any help
	lately [][]bool    // beneficiary → provider → helped in the last year
	given  [][]float64 // theme → provider → weight
	all    []float64   // provider → weight
	total  float64

	regions    map[reference.Region][]float64   // region and all above it → provider → weight
	subThemes  map[reference.Region][][]float64 // region → theme → provider → weight
	lastThemes map[reference.Region][][]float64 // the same of the last year alone, unweighed
	lastTheme  [][]float64                      // theme → provider → help in the last year
	lastPlace  [][]float64                      // beneficiary → provider → the same, themes added up
	lastRegion map[reference.Region][]float64   // region → provider → the same
	recent     []float64                        // provider → pairs and themes in the last year
	mean       []float64                        // provider → the same in an average year
	reach      []float64                        // provider → beneficiaries ever helped
	opening    []float64                        // provider → new beneficiaries a year, older ones worth less
	lasting    []float64                        // provider → log-odds that help goes on next year, against all providers
	likeness   [][]float64                      // theme → theme → how alike their providers are
	taste      [][]float64                      // beneficiary → its providers as a direction
}

// New reads the rows until a year, inclusive. The weight of a row halves with
// every half-life in years; 0 forgets nothing.
func New(rows []Row, until, halfLife int) *History {
	rows = slices.DeleteFunc(Distinct(rows), func(r Row) bool { return r.Year > until })
	h := &History{until: until, number: map[string]int{}, place: map[reference.Country]int{}, theme: map[string]int{},
		regions: map[reference.Region][]float64{}, subThemes: map[reference.Region][][]float64{}, lastThemes: map[reference.Region][][]float64{}, lastRegion: map[reference.Region][]float64{}}
	h.nameAll(rows)
	h.count(rows, halfLife)
	h.dynamics(rows, halfLife)
	h.compare()
	return h
}

// nameAll numbers the years, providers, beneficiaries and themes, each in order.
func (h *History) nameAll(rows []Row) {
	for _, r := range rows {
		h.years = append(h.years, r.Year)
		h.providers = append(h.providers, r.Provider)
		h.places = append(h.places, r.Beneficiary)
		h.themes = append(h.themes, r.Theme)
	}
	h.years, h.providers = sortedSet(h.years), sortedSet(h.providers)
	h.places, h.themes = sortedSet(h.places), sortedSet(h.themes)
	for i, p := range h.providers {
		h.number[p] = i
	}
	for i, b := range h.places {
		h.place[b] = i
	}
	for i, t := range h.themes {
		h.theme[t] = i
	}
}

// sortedSet puts a list in order and drops repetitions.
func sortedSet[T int | string | reference.Country](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// matrix is a table of zeros.
func matrix(rows, columns int) [][]float64 {
	all, m := make([]float64, rows*columns), make([][]float64, rows)
	for i := range m {
		m[i] = all[i*columns : (i+1)*columns]
	}
	return m
}

// count fills the tables of weights.
func (h *History) count(rows []Row, halfLife int) {
	providers, themes := h.width(), len(h.themes)
	h.pairs = make([][]cell, len(h.places)*themes)
	h.latest = make([][]int, len(h.places))
	for b := range h.latest {
		h.latest[b] = make([]int, providers)
	}
	h.helped, h.given = matrix(len(h.places), providers), matrix(themes, providers)
	h.lastTheme, h.lastPlace = matrix(themes, providers), matrix(len(h.places), providers)
	h.all, h.recent, h.mean = make([]float64, providers), make([]float64, providers), make([]float64, providers)
	for _, r := range rows { // in the order of years
		b, t, p := h.place[r.Beneficiary], h.theme[r.Theme], h.number[r.Provider]
		w := decay(h.until-r.Year, halfLife)
		h.pairs[b*themes+t] = entered(h.pairs[b*themes+t], p, r.Year, w)
		h.helped[b][p] += w
		h.latest[b][p] = r.Year
		h.given[t][p] += w
		h.all[p] += w
		h.total += w
		h.mean[p] += 1 / float64(len(h.years))
		latest := r.Year == h.years[len(h.years)-1]
		if latest {
			h.recent[p]++
		}
		for region := r.Beneficiary.Region(); region != 0; region = region.Parent() {
			if h.regions[region] == nil {
				h.regions[region] = make([]float64, providers)
			}
			h.regions[region][p] += w
		}
		own := r.Beneficiary.Region()
		if h.subThemes[own] == nil {
			h.subThemes[own], h.lastThemes[own] = matrix(themes, providers), matrix(themes, providers)
		}
		h.subThemes[own][t][p] += w
		if h.lastRegion[own] == nil {
			h.lastRegion[own] = make([]float64, providers)
		}
		if latest {
			h.lastThemes[own][t][p]++
			h.lastRegion[own][p]++
			h.lastTheme[t][p]++
			h.lastPlace[b][p]++
		}
	}
}

// entered adds a year of help to the cell of a provider.
func entered(cells []cell, provider, year int, weight float64) []cell {
	at, known := slices.BinarySearchFunc(cells, provider, func(c cell, p int) int { return c.provider - p })
	if !known {
		cells = slices.Insert(cells, at, cell{provider: provider, first: year})
	}
	c := &cells[at]
	c.weight += weight
	c.years++
	c.last = year
	return cells
}

// dynamics works out how providers behave from year to year: how many new
// beneficiaries they take up, and how often they go on with those they have.
func (h *History) dynamics(rows []Row, halfLife int) {
	providers, places, years := h.width(), len(h.places), len(h.years)
	helped := make([][]bool, years) // year → beneficiary*providers+provider
	for i := range helped {
		helped[i] = make([]bool, places*providers)
	}
	for _, r := range rows {
		y, _ := slices.BinarySearch(h.years, r.Year)
		helped[y][h.place[r.Beneficiary]*providers+h.number[r.Provider]] = true
	}
	h.active, h.lately = make([][]int, places), make([][]bool, places)
	h.reach, h.opening, h.lasting = make([]float64, providers), make([]float64, providers), make([]float64, providers)
	repeated, tried := make([]float64, providers), make([]float64, providers)
	for b := range places {
		h.active[b], h.lately[b] = make([]int, providers), make([]bool, providers)
		for p := range providers {
			at := b*providers + p
			for y := range years {
				if !helped[y][at] {
					if y > 0 && helped[y-1][at] {
						tried[p] += decay(years-1-y, halfLife)
					}
					continue
				}
				if y > 0 && h.active[b][p] == 0 || years == 1 {
					h.opening[p] += decay(years-1-y, halfLife)
				}
				if y > 0 && helped[y-1][at] {
					repeated[p] += decay(years-1-y, halfLife)
					tried[p] += decay(years-1-y, halfLife)
				}
				h.active[b][p]++
			}
			h.lately[b][p] = years > 0 && helped[years-1][at]
			if h.active[b][p] > 0 {
				h.reach[p]++
			}
		}
	}
	allRepeated, allTried := 1.0, 2.0
	for p := range providers {
		allRepeated, allTried = allRepeated+repeated[p], allTried+tried[p]
	}
	usual := allRepeated / allTried
	for p := range providers {
		rate := (repeated[p] + float64(priorYears*usual)) / (tried[p] + priorYears)
		h.lasting[p] = ln(rate/(1-rate)) - ln(usual/(1-usual))
	}
}

// priorYears is how many years of an average provider a provider's own are
// mixed with before its constancy is judged.
const priorYears = 5.0

// compare works out how alike themes and beneficiaries are by who helps them.
// What a provider gives everywhere says little: weights are divided by the root
// of its share of all help.
func (h *History) compare() {
	providers := h.width()
	share := h.share()
	direction := func(counts []float64) []float64 {
		v, length := make([]float64, providers), 0.0
		for p, c := range counts {
			v[p] = log1p(c) / sqrt(share[p])
			length += float64(v[p] * v[p])
		}
		if length > 0 {
			for p := range v {
				v[p] /= sqrt(length)
			}
		}
		return v
	}
	h.taste = make([][]float64, len(h.places))
	for b := range h.places {
		h.taste[b] = direction(h.helped[b])
	}
	tastes := make([][]float64, len(h.themes))
	for t := range h.themes {
		tastes[t] = direction(h.given[t])
	}
	h.likeness = matrix(len(h.themes), len(h.themes))
	for t := range tastes {
		for s := range tastes {
			if s != t {
				c := dot(tastes[t], tastes[s])
				h.likeness[t][s] = float64(float64(c*c) * float64(c*c))
			}
		}
	}
}

// share is each provider's share of all help, smoothed by half a year of help
// each.
func (h *History) share() []float64 {
	share := make([]float64, h.width())
	for p, w := range h.all {
		share[p] = (w + 0.5) / (h.total + 0.5*float64(h.width()))
	}
	return share
}

// dot is the scalar product.
func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// width is the number of providers and the stranger.
func (h *History) width() int { return len(h.providers) + 1 }

// Providers lists who helped, in order.
func (h *History) Providers() []string { return h.providers }

// Years lists the years with help on record, in order.
func (h *History) Years() []int { return h.years }

// Empty reports whether nothing is on record.
func (h *History) Empty() bool { return len(h.years) == 0 }
