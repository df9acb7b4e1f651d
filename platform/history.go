package platform

import (
	"context"
	"errors"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// HistoryImport is a file of past help: where it comes from, its rows, and
// which theme of the convention further names of the file are.
type HistoryImport struct {
	cooperation.HistorySource
	Rows   []cooperation.ImportRow[cooperation.HistoryRow]
	Themes map[string]string
}

// HistoryOutcome says what an import of past help came to.
type HistoryOutcome struct {
	Set     *cooperation.HistorySet // as it would be in a dry run; nil when no row could be taken
	Changed bool                    // the log says, or would say, something else than before
	Left    int                     // rows of themes that the importer leaves out
	Errors  []cooperation.RowError  // of the rows that were not taken over
}

// errSwept says that another import of the source has emptied a part that this
// one has written.
var errSwept = errors.New("parts swept")

// ImportHistory takes past help over, as the set of its source: what was
// imported from that source before no longer counts. Rows with mistakes are
// reported and the others go in; where none is left, nothing changes. A set
// larger than a commit is written in parts that nobody sees until the last
// commit names them; an import that was cut off is simply done again. With dry
// set nothing is written.
func (p *Platform) ImportHistory(ctx context.Context, actor cooperation.Actor, convention string, in HistoryImport, dry bool) (*HistoryOutcome, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayKeepHistory(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	conv := r.convention()
	themes, err := cooperation.NewThemeNames(conv, in.Themes)
	if err != nil {
		return nil, err
	}
	taken := conv.TakeHistory(in.Rows, themes, p.clock())
	out := &HistoryOutcome{Left: taken.Left, Errors: taken.Errors}
	set, parts, err := cooperation.NewHistory(conv, in.HistorySource, taken.Rows, actor, p.clock())
	if err != nil || len(taken.Rows) == 0 {
		return out, err
	}
	if err := r.roomForHistory(set); err != nil {
		return nil, err
	}
	before, known := r.state.HistorySet(set.ID)
	if out.Set, out.Changed = set, !known || !before.Same(set); !out.Changed {
		out.Set = before
	}
	if dry || !out.Changed {
		return out, nil
	}
	for range 3 { // two imports of one source at once sweep each other's parts
		if out.Set, err = p.writeHistory(ctx, r, actor, set, parts); !errors.Is(err, errSwept) {
			return out, err
		}
	}
	return nil, cooperation.Refuse(cooperation.Conflict, "error.conflict.history")
}

// roomForHistory refuses a set with which all of them would have too many rows.
func (r *room) roomForHistory(set *cooperation.HistorySet) error {
	total := r.state.HistoryRows() + set.Rows
	if before, known := r.state.HistorySet(set.ID); known && before.Removed == nil {
		total -= before.Rows
	}
	if total > cooperation.MaxHistoryTotal {
		return cooperation.Refuse(cooperation.TooLarge, "error.import.history_total", message.Int("max", cooperation.MaxHistoryTotal))
	}
	return nil
}

// writeHistory writes the parts, and then the set that names them.
func (p *Platform) writeHistory(ctx context.Context, r *room, actor cooperation.Actor, set *cooperation.HistorySet, parts []*cooperation.HistoryPart) (*cooperation.HistorySet, error) {
	for rest := parts; len(rest) > 0; {
		var taken int
		err := r.do(ctx, "history.part", actor, func(d *draft) (err error) {
			taken, err = p.putParts(r, d, rest)
			return err
		})
		if err != nil {
			return nil, err
		}
		rest = rest[taken:]
	}
	var written cooperation.HistorySet
	err := r.do(ctx, "history.import", actor, func(d *draft) error {
		for _, part := range parts {
			if now, ok := r.historyPart(d, part.ID); !ok || len(now.Lines) == 0 {
				return errSwept
			}
		}
		written = *set
		if before, known := r.historySet(d, set.ID); known {
			again := *before
			again.Replace(set, p.clock())
			written = again
		}
		d.put(catalogue.KindHistory, written.ID, written.Version, &written)
		p.sweepHistory(r, d, &written)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &written, nil
}

// putParts writes as many parts as one commit holds. What is there already is
// passed over.
func (p *Platform) putParts(r *room, d *draft, parts []*cooperation.HistoryPart) (taken int, err error) {
	for _, part := range parts {
		fits, err := d.add(func() error {
			fresh := *part
			if before, known := r.historyPart(d, part.ID); known {
				if len(before.Lines) > 0 {
					return nil
				}
				fresh = *before
				fresh.Refill(part.Lines, p.clock())
			}
			d.put(catalogue.KindHistoryPart, fresh.ID, fresh.Version, &fresh)
			return nil
		})
		if err != nil || !fits {
			return taken, err
		}
		taken++
	}
	return taken, nil
}

// sweepHistory empties the parts that the set no longer names.
func (p *Platform) sweepHistory(r *room, d *draft, set *cooperation.HistorySet) {
	named := map[string]bool{}
	for _, id := range set.Parts {
		named[id] = true
	}
	for _, part := range r.state.HistoryParts(set.ID) {
		now, known := r.historyPart(d, part.ID)
		if named[part.ID] || !known || len(now.Lines) == 0 {
			continue
		}
		empty := *now
		empty.Empty(p.clock())
		d.put(catalogue.KindHistoryPart, empty.ID, empty.Version, &empty)
	}
}

// RemoveHistory takes a set of past help out: it counts no more.
func (p *Platform) RemoveHistory(ctx context.Context, actor cooperation.Actor, convention, id string, match Match) error {
	r, err := p.room(convention)
	if err != nil {
		return err
	}
	return r.do(ctx, "history.remove", actor, func(d *draft) error {
		before, known := r.historySet(d, id)
		if !known || before.Shown(actor) == nil {
			return cooperation.Absent()
		}
		if err := match.check(before.Version); err != nil {
			return err
		}
		removed := *before
		if err := removed.Remove("", actor, p.clock()); err != nil {
			return err
		}
		d.put(catalogue.KindHistory, removed.ID, removed.Version, &removed)
		p.sweepHistory(r, d, &removed)
		return nil
	})
}

// HistorySet returns a set of past help as the actor may see it.
func (p *Platform) HistorySet(actor cooperation.Actor, convention, id string) (*cooperation.HistorySet, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if h, known := r.state.HistorySet(id); known {
		if shown := h.Shown(actor); shown != nil {
			return shown, nil
		}
	}
	return nil, cooperation.Absent()
}

func (r *room) historySet(d *draft, id string) (*cooperation.HistorySet, bool) {
	if h, ok := decided[*cooperation.HistorySet](d, catalogue.KindHistory, id); ok {
		return h, true
	}
	return r.state.HistorySet(id)
}

func (r *room) historyPart(d *draft, id string) (*cooperation.HistoryPart, bool) {
	if h, ok := decided[*cooperation.HistoryPart](d, catalogue.KindHistoryPart, id); ok {
		return h, true
	}
	return r.state.HistoryPart(id)
}
