package platform

import (
	"cmp"
	"context"
	"runtime"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
)

// WeightsEffect is what other weights would do to the rankings of a convention
// as they stand.
type WeightsEffect struct {
	Needs         int // that stand
	Matched       int // that have a candidate
	Changed       int // whose first place another offer would take
	Moved         []MovedNeed
	Before, After FirstPlaces
}

// MovedNeed is a need whose first place another offer would take.
type MovedNeed struct {
	Need          string
	Before, After matching.Match
}

// FirstPlaces says how the first places are shared out among providers.
type FirstPlaces struct {
	Providers int   // that have one
	TopFive   int64 // what the five with the most have of all, in millionths
}

// PreviewWeights says what the weights of a file would do, to those who may
// adopt them; it adopts nothing. At most so many needs are listed, in the order
// of their ids, and only such whose matches the actor may see; all are counted.
func (p *Platform) PreviewWeights(ctx context.Context, actor cooperation.Actor, convention string, file cooperation.WeightsFile, most int) (*WeightsEffect, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	now := p.clock()
	tried, err := r.tried(actor, file, now)
	if err != nil {
		return nil, err
	}
	today := cooperation.DateOf(now)
	r.weighing.Lock() // it may take seconds and memory; one at a time is enough
	defer r.weighing.Unlock()
	snapshot, err := r.state.Snapshot(today)
	if err != nil {
		return nil, err
	}
	table, err := r.state.Table(today, tried.Learned)
	if err != nil {
		return nil, err
	}
	other, err := catalogue.Setting(tried, today, table)
	if err != nil {
		return nil, err
	}
	before, err := firstOf(ctx, snapshot, snapshot.Setting, today)
	if err != nil {
		return nil, err
	}
	after, err := firstOf(ctx, snapshot, other, today)
	if err != nil {
		return nil, err
	}
	return r.effect(actor, snapshot, before, after, most), nil
}

// firstOf ranks all needs and keeps the first place of each.
func firstOf(ctx context.Context, s catalogue.Snapshot, setting *matching.Setting, day cooperation.Date) ([]matching.Report, error) {
	return matching.NewIndex(matching.DayOf(day.Time()), setting, s.Needs, s.Offers).Needs(ctx, 1, runtime.GOMAXPROCS(0))
}

// effect compares two rankings of the same needs.
func (r *room) effect(actor cooperation.Actor, s catalogue.Snapshot, before, after []matching.Report, most int) *WeightsEffect {
	e := &WeightsEffect{Needs: len(s.Needs), Before: r.shared(before), After: r.shared(after)}
	for i := range before {
		if len(before[i].Matches) == 0 {
			continue
		}
		e.Matched++
		a, b := before[i].Matches[0], after[i].Matches[0]
		if a.ID == b.ID {
			continue
		}
		e.Changed++
		if n, ok := r.state.Need(before[i].ID); ok && len(e.Moved) < most && cooperation.MaySeeMatches(actor, r.convention(), n) {
			e.Moved = append(e.Moved, MovedNeed{before[i].ID, a, b})
		}
	}
	return e
}

// shared counts the first places by the lead provider.
func (r *room) shared(reports []matching.Report) FirstPlaces {
	counts, total := map[cooperation.Participant]int{}, 0
	for i := range reports {
		if len(reports[i].Matches) == 0 {
			continue
		}
		if o, ok := r.state.Offer(reports[i].Matches[0].ID); ok {
			counts[o.Provider]++
			total++
		}
	}
	var all []int
	for _, n := range counts {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(b, a) })
	top := 0
	for _, n := range all[:min(5, len(all))] {
		top += n
	}
	out := FirstPlaces{Providers: len(all)}
	if total > 0 {
		out.TopFive = int64(top) * 1_000_000 / int64(total)
	}
	return out
}
