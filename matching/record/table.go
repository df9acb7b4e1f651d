package record

import (
	"math"
	"sync"

	"entente/reference"
)

// Values of the part "record" run from nothing to whole, in millionths; what is
// not known is neutral.
const (
	whole   = 1_000_000
	neutral = whole / 2
)

// Table answers what a history is worth under a model: for each beneficiary and
// theme a row of values by provider. Rows are worked out when they are first
// asked for. A table may be asked by many goroutines at once.
type Table struct {
	*History
	model           Model
	main, discovery []float64
	weighing        choice
	lifts           lifts

	portraits, grounds, rows sync.Map // worked out so far
}

// Values are what the record says of all providers for one beneficiary and one
// theme. Place 0 stands for providers that are not on record; a provider on
// record has its number, see [Table.Number].
type Values struct {
	Main      []int32 // 0 to 1,000,000; 500,000 is what one is worth of whom nothing is known
	Discovery []int32 // the same by the model for providers new to the beneficiary
	New       []bool  // never helped the beneficiary, as far as is known
}

// NewTable reads the rows until a year, inclusive, with a valid model.
func NewTable(rows []Row, until int, m Model) *Table {
	t := &Table{History: New(rows, until, m.HalfLife), model: m, main: listed(m.Main), discovery: listed(m.Discovery)}
	t.weighing = weighing(t.main, t.discovery)
	t.lifts = newLifts(t.History)
	return t
}

// Model returns the model of the table.
func (t *Table) Model() Model { return t.model }

// Number returns the number of a provider, 0 when it is not on record.
func (t *Table) Number(provider string) int32 {
	if at, known := t.number[provider]; known {
		return int32(at + 1)
	}
	return 0
}

// Provider returns the id of the provider with a number above 0.
func (t *Table) Provider(number int32) string { return t.providers[number-1] }

// Knows reports whether there is any help with the theme on record.
func (t *Table) Knows(theme string) bool {
	_, known := t.theme[theme]
	return known
}

// key is the beneficiary and theme of a row.
type key struct {
	beneficiary reference.Country
	theme       string
}

// Row returns the values for a beneficiary and a theme. A theme that is not on
// record is worth what is known without it.
func (t *Table) Row(b reference.Country, theme string) *Values {
	if !t.Knows(theme) {
		theme = ""
	}
	k := key{b, theme}
	if row, made := t.rows.Load(k); made {
		return row.(*Values)
	}
	row, _ := t.rows.LoadOrStore(k, t.value(b, theme))
	return row.(*Values)
}

// value works out a row.
func (t *Table) value(b reference.Country, theme string) *Values {
	n := len(t.providers)
	v := &Values{Main: make([]int32, n+1), Discovery: make([]int32, n+1), New: make([]bool, n+1)}
	v.Main[0], v.Discovery[0], v.New[0] = neutral, neutral, true
	if n == 0 {
		return v
	}
	p := t.portrait(b)
	features := t.of(p, t.ground(p, theme), t.weighing)
	t.scale(v.Main, features, t.main)
	t.scale(v.Discovery, features, t.discovery)
	for i := range n {
		v.New[i+1] = !t.Partner(b, i)
	}
	return v
}

// portrait returns the portrait of a beneficiary.
func (t *Table) portrait(b reference.Country) *portrait {
	p, made := t.portraits.Load(b)
	if !made {
		p, _ = t.portraits.LoadOrStore(b, t.portray(b))
	}
	return p.(*portrait)
}

// sector is the sub-region, its continent and the theme of a ground.
type sector struct {
	region, macro reference.Region
	theme         string
}

// ground returns the ground of a theme for a beneficiary.
func (t *Table) ground(p *portrait, theme string) *ground {
	k := sector{p.country.Region(), p.country.MacroRegion(), theme}
	g, made := t.grounds.Load(k)
	if !made {
		g, _ = t.grounds.LoadOrStore(k, t.survey(p, theme))
	}
	return g.(*ground)
}

// scale puts the sums of features on the scale: a stranger in the middle, the
// span from end to end.
func (t *Table) scale(into []int32, features [][]float64, weights []float64) {
	for p, s := range beyond(features, weights, t.width()) {
		value := 0.5 + s/t.model.Span
		into[p+1] = int32(math.Floor(float64(min(max(value, 0), 1)*whole) + 0.5))
	}
}

// beyond is the weighted sum of the features of each provider on record, less
// that of a stranger, who is the last of so many.
func beyond(features [][]float64, weights []float64, width int) []float64 {
	sums := make([]float64, width)
	for f, column := range features {
		if w := weights[f]; w != 0 {
			for p, x := range column {
				sums[p] += float64(w * x)
			}
		}
	}
	last := len(sums) - 1
	for p := range last {
		sums[p] -= sums[last]
	}
	return sums[:last]
}

// Farthest is how far from a stranger weights put any provider on record, for a
// beneficiary and any of the themes.
func (h *History) Farthest(b reference.Country, themes []string, weights map[string]float64) float64 {
	far, list, f := 0.0, listed(weights), h.portray(b)
	for _, t := range themes {
		for _, s := range beyond(h.of(f, h.survey(f, t), weighing(list)), list, h.width()) {
			far = max(far, math.Abs(s))
		}
	}
	return far
}
