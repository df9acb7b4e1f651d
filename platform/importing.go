package platform

import (
	"context"
	"errors"
	"maps"
	"slices"

	"entente/cooperation"
	"entente/message"
)

// ImportNeeds takes over rows of needs. Rows with mistakes are reported and
// the others go in; the same rows again change nothing. Every chunk is one
// commit, so an import that was cut off is simply done again. With dry set
// nothing is written.
func (p *Platform) ImportNeeds(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.NeedContent], dry bool) (cooperation.ImportResult, error) {
	return importRows(ctx, p, actor, "need.import", rows, dry, func(r *room, d *draft, row cooperation.ImportRow[cooperation.NeedContent]) (outcome, error) {
		now := p.clock()
		fresh, err := cooperation.ImportNeed(row.ExternalID, r.under(d), row.Content, actor, now)
		if err != nil {
			return unchanged, err
		}
		before, exists := r.need(d, fresh.ID)
		if !exists {
			d.putNeed(fresh)
			return created, nil
		}
		again := *before
		differs, err := again.Reimport(r.under(d), row.Content, actor, now)
		if err != nil || !differs {
			return unchanged, err
		}
		d.putNeed(&again)
		return changed, nil
	})
}

// ImportOffers takes over rows of offers, like ImportNeeds. An organisation
// that gives and that the convention does not know is entered with them.
func (p *Platform) ImportOffers(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.OfferContent], dry bool) (cooperation.ImportResult, error) {
	return importRows(ctx, p, actor, "offer.import", rows, dry, func(r *room, d *draft, row cooperation.ImportRow[cooperation.OfferContent]) (outcome, error) {
		now := p.clock()
		if err := r.enter(d, row.Content.Providers(), row.Content.Declarations, actor, now); err != nil {
			return unchanged, err
		}
		fresh, err := cooperation.ImportOffer(row.ExternalID, r.under(d), row.Content, actor, now)
		if err != nil {
			return unchanged, err
		}
		before, exists := r.offer(d, fresh.ID)
		if !exists {
			d.putOffer(fresh)
			return created, nil
		}
		again := *before
		differs, err := again.Reimport(r.under(d), row.Content, actor, now)
		if err != nil || !differs {
			return unchanged, err
		}
		d.putOffer(&again)
		return changed, nil
	})
}

// ImportActivities takes over rows of activities, like ImportNeeds. An
// organisation that takes part and that the convention does not know is
// entered with them, as it is with offers.
func (p *Platform) ImportActivities(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.ActivityContent], dry bool) (cooperation.ImportResult, error) {
	return importRows(ctx, p, actor, "activity.import", rows, dry, func(r *room, d *draft, row cooperation.ImportRow[cooperation.ActivityContent]) (outcome, error) {
		now := p.clock()
		if err := r.enter(d, row.Content.Participants(), nil, actor, now); err != nil {
			return unchanged, err
		}
		fresh, err := cooperation.ImportActivity(row.ExternalID, r.under(d), row.Content, actor, now)
		if err != nil {
			return unchanged, err
		}
		before, exists := r.activity(d, fresh.ID)
		if !exists {
			d.putActivity(fresh)
			return created, nil
		}
		again := *before
		differs, err := again.Reimport(r.under(d), row.Content, actor, now)
		if err != nil || !differs {
			return unchanged, err
		}
		d.putActivity(&again)
		return changed, nil
	})
}

type outcome int

const (
	unchanged outcome = iota
	created
	changed
)

// errDry keeps what a dry run decided from being committed.
var errDry = errors.New("dry run")

func importRows[T any](ctx context.Context, p *Platform, actor cooperation.Actor, command string, rows []cooperation.ImportRow[T], dry bool, take func(*room, *draft, cooperation.ImportRow[T]) (outcome, error)) (cooperation.ImportResult, error) {
	var total cooperation.ImportResult
	groups := byConvention(rows)
	for _, convention := range slices.Sorted(maps.Keys(groups)) {
		group := groups[convention]
		r, err := p.room(convention)
		if err != nil || !cooperation.MayRun(actor, convention) {
			for _, row := range group {
				total.Errors = append(total.Errors, cooperation.RowError{Line: row.Line, ExternalID: row.ExternalID, Err: unknownConvention(convention)})
			}
			continue
		}
		for len(group) > 0 {
			part, taken, err := importChunk(ctx, p, r, actor, command, group, dry, take)
			if err != nil {
				return total, err
			}
			total = total.Plus(part)
			group = group[taken:]
		}
	}
	return total, nil
}

func unknownConvention(id string) *cooperation.Error {
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(1)), Fields: []cooperation.FieldError{
		{Field: "convention", Message: message.New("error.invalid.unknown_convention", message.Of(message.Text, "value", id))}}}
}

// importChunk takes over the first rows of a group in one commit, as many as
// fit, and returns how many those were.
func importChunk[T any](ctx context.Context, p *Platform, r *room, actor cooperation.Actor, command string, rows []cooperation.ImportRow[T], dry bool, take func(*room, *draft, cooperation.ImportRow[T]) (outcome, error)) (result cooperation.ImportResult, taken int, err error) {
	err = r.do(ctx, command, actor, func(d *draft) error {
		result, taken = cooperation.ImportResult{}, 0 // decided anew when somebody else was first
		for _, row := range rows[:min(d.portion.Pieces, len(rows))] {
			var done outcome
			fits, err := d.add(func() (err error) {
				done, err = take(r, d, row)
				return err
			})
			var refusal *cooperation.Error
			switch {
			case errors.As(err, &refusal):
				result.Errors = append(result.Errors, cooperation.RowError{Line: row.Line, ExternalID: row.ExternalID, Err: refusal})
			case err != nil:
				return err
			case !fits:
				return endOf(dry)
			default:
				done.count(&result)
			}
			taken++
		}
		p.tellSubscribers(r, d, actor, p.clock())
		return endOf(dry)
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return result, taken, err
}

// endOf keeps a dry run from being committed.
func endOf(dry bool) error {
	if dry {
		return errDry
	}
	return nil
}

// count adds one row to the result.
func (o outcome) count(r *cooperation.ImportResult) {
	switch o {
	case created:
		r.Created++
	case changed:
		r.Changed++
	case unchanged:
		r.Unchanged++
	}
}

// byConvention groups the rows, in the order of the file within each.
func byConvention[T any](rows []cooperation.ImportRow[T]) map[string][]cooperation.ImportRow[T] {
	groups := map[string][]cooperation.ImportRow[T]{}
	for _, row := range rows {
		groups[row.Convention] = append(groups[row.Convention], row)
	}
	return groups
}
