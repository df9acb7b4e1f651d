package platform

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// Moment is a point of a log: a position, or a time.
type Moment struct {
	Position uint64
	Time     time.Time // when Position is 0
}

// Record is one version of a document, as its reader may know of it.
type Record struct {
	Version  uint64
	Position uint64 // of the commit in its log
	Time     time.Time
	Status   string // the step of its life, where its kind has one
	Erased   bool   // what it said was removed for good

	// What follows is for those who may read the whole record.
	Command  string
	Actor    string // an opaque id; empty where it is withheld
	Name     string // of the person, for those who may see people
	Reason   string
	Compared bool // whether there is a version before that Changes compares with
	Changes  []cooperation.FieldChange
}

// History is a part of a document's record, the latest version first.
type History struct {
	Records []Record
	Depth   cooperation.Depth
	Next    uint64 // the position from which to go on; 0 at the end
}

// subject is a document whose versions are read, for one reader.
type subject struct {
	kind, id, log string
	sight         cooperation.Sight // of the present version
	trail         []uint64
	read          func(catalogue.Change) (exhibit, error)
}

// exhibit is a version of a document as the reader may see it.
type exhibit struct {
	whole    any // as it is
	shown    any // as the reader sees it; nil when he does not
	withheld []string
	status   string
}

// version is a version with the commit that carries it.
type version struct {
	commit store.Commit
	number uint64
	erased bool
	exhibit
}

// History reads what became of a document: its versions up to a position, the
// latest first (0 is the last one). Each is shown as it would be today; see
// cooperation.Need.ShownThen. Versions that do not exist for the actor are
// left out, and what he may know of the others is cooperation.HistoryDepth. A
// page may hold fewer than limit records and still be followed by another.
func (p *Platform) History(ctx context.Context, actor cooperation.Actor, kind, id string, from uint64, limit int) (*History, error) {
	s, err := p.subject(actor, kind, id)
	if err != nil {
		return nil, err
	}
	return p.history(ctx, actor, s, from, limit)
}

func (p *Platform) history(ctx context.Context, actor cooperation.Actor, s *subject, from uint64, limit int) (*History, error) {
	h := &History{Depth: cooperation.HistoryDepth(s.sight)}
	steps := s.trail
	for len(steps) > 0 && from > 0 && steps[len(steps)-1] > from {
		steps = steps[:len(steps)-1]
	}
	if len(steps) > limit {
		h.Next = steps[len(steps)-limit-1]
		steps = steps[len(steps)-limit-1:] // with the one to compare the first with
	}
	versions, err := p.versions(ctx, s, steps)
	if err != nil {
		return nil, err
	}
	for i := len(versions) - 1; i >= 0; i-- {
		v := versions[i]
		if h.Next > 0 && v.commit.Number == steps[0] {
			break // it is the next page's
		}
		var before *version
		if i > 0 {
			before = &versions[i-1]
		}
		r, told, err := p.record(actor, s, h.Depth, before, &v)
		if err != nil {
			return nil, err
		}
		if told {
			h.Records = append(h.Records, r)
		}
	}
	return h, nil
}

// record is what the reader may know of a version, and whether it is anything.
func (p *Platform) record(actor cooperation.Actor, s *subject, depth cooperation.Depth, before, v *version) (r Record, told bool, err error) {
	r = Record{Version: v.number, Position: v.commit.Number, Time: v.commit.Time, Status: v.status, Erased: v.erased}
	comparable := before != nil && before.shown != nil && v.shown != nil
	if depth == cooperation.StepsOnly {
		return r, v.shown != nil && (!comparable || before.status != v.status), nil
	}
	if v.shown == nil && !v.erased {
		return r, false, nil
	}
	if v.erased && s.sight < cooperation.SeesAll {
		return r, false, nil // nobody can say any more whether it was for the reader to see
	}
	r.Command, r.Reason = v.commit.Command, v.commit.Reason
	if cooperation.SeesActors(s.sight) {
		r.Actor = v.commit.Actor
		if u, ok := p.accounts.User(r.Actor); ok && cooperation.NamesActors(actor, s.log) {
			r.Name = u.Name
		}
	} else {
		r.Reason = "" // in the words of somebody who is not named
		if strings.HasPrefix(v.commit.Actor, "system:") {
			r.Actor = v.commit.Actor
		}
	}
	if !comparable {
		return r, true, nil
	}
	r.Compared = true
	if r.Changes, err = cooperation.Changes(before.shown, v.shown); err != nil {
		return r, false, err
	}
	hidden, err := cooperation.WithheldChanges(before.whole, v.whole, append(append([]string{}, before.withheld...), v.withheld...))
	r.Changes = append(r.Changes, hidden...)
	return r, true, err
}

// versions reads the versions of a document in the commits at the positions.
func (p *Platform) versions(ctx context.Context, s *subject, steps []uint64) ([]version, error) {
	var out []version
	for _, position := range steps {
		in, err := p.versionsIn(ctx, s, position)
		if err != nil {
			return nil, err
		}
		out = append(out, in...)
	}
	return out, nil
}

// versionsIn reads the versions of a document in one commit.
func (p *Platform) versionsIn(ctx context.Context, s *subject, position uint64) ([]version, error) {
	c, err := p.commitAt(ctx, s.log, position)
	if err != nil {
		return nil, err
	}
	var out []version
	for _, w := range c.Versions {
		if w.Kind != s.kind || w.ID != s.id {
			continue
		}
		v := version{commit: c, number: w.Number, erased: w.Erased()}
		if !v.erased {
			if v.exhibit, err = s.read(catalogue.Change{Kind: w.Kind, ID: w.ID, Version: w.Number, Schema: w.Schema, Body: w.Body}); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// commitAt reads a commit that the state has seen, and holds it against its
// own hash.
func (p *Platform) commitAt(ctx context.Context, log string, position uint64) (store.Commit, error) {
	c, ok, err := p.store.At(ctx, log, position)
	switch {
	case err != nil:
		return c, unavailable(err)
	case !ok:
		return c, fmt.Errorf("log %s: commit %d is missing", log, position)
	}
	return c, c.Verify(c.Previous)
}

// versionAt reads a document as it was at a moment.
func (p *Platform) versionAt(ctx context.Context, s *subject, m Moment) (*version, error) {
	if err := p.reached(s.log, m); err != nil {
		return nil, err
	}
	for i := len(s.trail) - 1; i >= 0; i-- {
		if m.Position > 0 && s.trail[i] > m.Position {
			continue
		}
		in, err := p.versionsIn(ctx, s, s.trail[i])
		if err != nil {
			return nil, err
		}
		if len(in) == 0 || m.Position == 0 && in[0].commit.Time.After(m.Time) {
			continue
		}
		v := in[len(in)-1]
		switch {
		case v.erased && s.sight == cooperation.SeesAll:
			return nil, cooperation.Refuse(cooperation.NotFound, "error.not_found.erased")
		case v.shown == nil:
			return nil, cooperation.Absent()
		}
		return &v, nil
	}
	return nil, cooperation.Absent()
}

// reached refuses a moment that has not come yet: what is answered for it
// today might not hold when it has.
func (p *Platform) reached(log string, m Moment) error {
	position := p.accounts.Position()
	if r, ok := p.rooms[log]; ok {
		position = r.state.Position()
	}
	if m.Position > position || m.Position == 0 && m.Time.After(p.clock()) {
		e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", countOne())
		e.Fields = []cooperation.FieldError{{Field: "at", Message: ahead()}}
		return e
	}
	return nil
}
