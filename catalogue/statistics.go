package catalogue

import (
	"math"
	"time"

	"entente/cooperation"
)

// Statistics are the figures of a convention, of one year or of all. Postings
// are counted that were opened, and the public sees: the same for every
// reader. Sums of money are over what the reader sees of them. Of proposals,
// which are not public, only totals are given, and to all but the secretariat
// rounded down; see steps.
type Statistics struct {
	Year          int // 0 for all
	Needs, Offers Postings
	Steps         Steps
	StepDays      StepDays
	Series        []YearFigures // by year, the earliest first, whatever the year that was asked for
	Position      uint64
}

// Postings are the figures of needs, or of offers.
type Postings struct {
	Total int
	// By counts by dimension and value. A posting under several themes, kinds
	// or regions counts under each, and under what is above them.
	By    map[string]map[string]int
	Money map[string]Sums // by currency
	// ToOpen are the days from the draft to the opening, ToEnd from the opening
	// to the end.
	ToOpen, ToEnd Median
}

// Sums are amounts in minor units. Of needs: sought, agreed, delivered. Of
// offers: offered, of that pledged, of that committed. They are different
// things, and never added up.
type Sums struct {
	Postings int
	Amounts  [3]int64
}

// Median is the middle of so many durations in days.
type Median struct {
	Count, Days int
}

// YearFigures are the figures of one year.
type YearFigures struct {
	Year          int
	Needs, Offers int
	Steps         Steps
}

// The dimensions of statistics.
func countedBy() map[string]dimension {
	return map[string]dimension{FacetStatus: byStatus, FacetTheme: byTheme, FacetRegion: byRegion, FacetKind: byKind}
}

// Statistics counts for an actor; year 0 is all years.
func (s *State) Statistics(actor cooperation.Actor, year int) Statistics {
	rung := rungOf(actor, s.conv.ID)
	exact := rung == forSecretariat || rung == forSystem
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := Statistics{Year: year, Position: s.position}
	series := map[int]*YearFigures{}
	of := func(year int) *YearFigures {
		if series[year] == nil {
			series[year] = &YearFigures{Year: year}
		}
		return series[year]
	}
	for year, n := range s.needs.index.openings() {
		of(year).Needs = n
	}
	for year, n := range s.offers.index.openings() {
		of(year).Offers = n
	}
	for cohort := range s.proposals.cohorts {
		of(cohort).Steps = s.steps(cohort, exact)
	}
	out.Needs = s.needs.index.postings(rung, year)
	out.Offers = s.offers.index.postings(rung, year)
	out.Steps = s.steps(year, exact)
	out.StepDays = s.stepDays(year, exact)
	if len(series) > 0 {
		first, last := 9999, 0
		for y := range series {
			first, last = min(first, y), max(last, y)
		}
		for y := first; y <= last; y++ {
			f := of(y)
			f.Steps.Rounded = !exact
			out.Series = append(out.Series, *f)
		}
	}
	return out
}

// postings counts what was opened in a year, or ever.
func (x *index) postings(rung rung, year int) Postings {
	p := Postings{By: map[string]map[string]int{}}
	found := x.opened(year)
	p.Total = found.count()
	for name, d := range countedBy() {
		in := found
		if name == FacetRegion {
			in = found.clone(0)
			in.and(x.shown[overCoverage][publicLevel])
		}
		p.By[name] = map[string]int{}
		for value, set := range x.values[d] {
			if n := set.common(in); n > 0 {
				p.By[name][value] = n
			}
		}
		if n := x.everywhere.common(in); name == FacetRegion && n > 0 {
			p.By[name][wholeWorld] += n
		}
	}
	p.Money = x.money(found, rung)
	var toOpen, toEnd spans
	found.each(func(o uint32) {
		s := x.spans[o]
		toOpen.add(s.created, s.opened)
		toEnd.add(s.opened, s.ended)
	})
	p.ToOpen, p.ToEnd = toOpen.median(), toEnd.median()
	return p
}

// money adds up the amounts that those on a rung see.
func (x *index) money(found set, rung rung) map[string]Sums {
	priced := found.clone(0)
	if l, limited := rung.level(); limited {
		priced.and(x.shown[overAmount][l])
	}
	totals := map[string]*Sums{}
	var last string // mostly the same currency again
	var sums *Sums
	priced.each(func(o uint32) {
		currency := x.currencies[o]
		if currency == "" {
			return
		}
		if sums == nil || currency != last {
			if last, sums = currency, totals[currency]; sums == nil {
				sums = &Sums{}
				totals[currency] = sums
			}
		}
		sums.Postings++
		for i, amount := range x.sums[o] {
			sums.Amounts[i] = min(sums.Amounts[i], math.MaxInt64-amount) + amount // never over the end
		}
	})
	out := make(map[string]Sums, len(totals))
	for currency, sums := range totals {
		out[currency] = *sums
	}
	return out
}

// wholeWorld is the M49 code of the whole world.
const wholeWorld = "001"

// opened is what the public sees and was opened in the year, or ever.
func (x *index) opened(year int) set {
	found := x.seen[forPublic].clone(x.width())
	from, to := daysOf(year), daysOf(year+1)
	if year == 0 {
		from, to = none+1, math.MaxInt32
	}
	found.keep(func(o uint32) bool {
		day := x.spans[o].opened
		return day >= from && day < to
	})
	return found
}

// openings counts by year what the public sees and was opened.
func (x *index) openings() map[int]int {
	out := map[int]int{}
	last, from, to := 0, int32(0), int32(0) // postings of a year stand together
	x.seen[forPublic].each(func(o uint32) {
		day := x.spans[o].opened
		if day == none {
			return
		}
		if last == 0 || day < from || day >= to {
			last = time.Unix(int64(day)*86400, 0).UTC().Year()
			from, to = daysOf(last), daysOf(last+1)
		}
		out[last]++
	})
	return out
}

// daysOf is the first day of a year.
func daysOf(year int) int32 {
	return int32(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// life is the days of a posting's life; none for those that have not come.
type life struct{ created, opened, ended int32 }

// lifeOf writes the days down. What has ended without ever being open has no
// end that would count.
func lifeOf(created, opened time.Time, ended *cooperation.Remark) life {
	l := life{dayOf(created), dayOf(opened), none}
	if ended != nil && l.opened != none {
		l.ended = dayOf(ended.Time)
	}
	return l
}

func dayOf(t time.Time) int32 {
	if t.IsZero() {
		return none
	}
	return int32(t.Unix() / 86400)
}

// spans counts durations by their days. Nothing takes longer than the last
// count, or takes as long.
type spans struct {
	count int
	of    [7320]int32 // twenty years
}

func (s *spans) add(from, to int32) {
	if from == none || to == none {
		return
	}
	s.of[min(max(to-from, 0), int32(len(s.of)-1))]++
	s.count++
}

// median is the middle one; of an even number, the lower of the two.
func (s *spans) median() Median {
	m := Median{Count: s.count}
	for days, left := 0, (s.count+1)/2; left > 0; days++ {
		left -= int(s.of[days])
		m.Days = days
	}
	return m
}

// needSums is what a need seeks, and what of it was agreed and delivered.
func needSums(n *cooperation.Need) (sums [3]int64) {
	sought, currency := n.SoughtMinor()
	sums[0] = sought
	for i, m := range []cooperation.Money{n.Coverage.Agreed, n.Coverage.Delivered} {
		if amount, err := m.Minor(); err == nil && m.Currency == currency {
			sums[1+i] = amount
		}
	}
	return sums
}

// offerSums is what an offer amounts to, and the same again where it is
// pledged, and where it is committed, as far as it says so openly.
func offerSums(o *cooperation.Offer) (sums [3]int64) {
	amount, err := o.Ceiling.Minor()
	if err != nil {
		return sums
	}
	sums[0] = amount
	if !cooperation.OfferFieldVisible(o, "firmness", cooperation.SeesPublic) {
		return sums
	}
	if o.Firmness == cooperation.Pledge || o.Firmness == cooperation.FirmCommitment {
		sums[1] = amount
	}
	if o.Firmness == cooperation.FirmCommitment {
		sums[2] = amount
	}
	return sums
}
