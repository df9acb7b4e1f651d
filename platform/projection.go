package platform

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
)

// Projection keeps the present documents as plain ones, for people's own
// tools. Entente never reads it but for the bookmark, and it may be thrown away
// and rebuilt at will.
type Projection interface {
	// Put writes a JSON object over what is there under the id, unless that is
	// of a later position.
	Put(ctx context.Context, collection, id string, document []byte) error
	// Remove removes what is there under the id.
	Remove(ctx context.Context, collection, id string) error
	// IDs lists what is there of a convention.
	IDs(ctx context.Context, collection, convention string) ([]string, error)
	// Bookmark is how far the log was projected; 0 when not to the end.
	Bookmark(ctx context.Context, log string) (uint64, error)
	SetBookmark(ctx context.Context, log string, position uint64) error
}

// nobody is whose sight is projected: what the public sees, and nothing else.
// Whoever may look into the database need not be one of those whom a posting
// trusts.
var nobody = cooperation.Actor{}

// projections says for the kinds of documents in which collection the public
// sight of them goes, which there are, and what the public sees of one (nil
// for nothing).
func (r *room) projections() map[string]projection {
	return map[string]projection{
		catalogue.KindNeed: {"needs", r.everyNeed, func(id string) any {
			n, ok := r.state.Need(id)
			if !ok {
				return nil
			}
			shown, withheld := n.Shown(nobody)
			if shown == nil {
				return nil
			}
			return struct {
				*cooperation.Need
				Withheld []string `json:"withheld,omitempty"`
				Position uint64   `json:"position"`
			}{shown, withheld, r.lastChange(catalogue.KindNeed, id)}
		}},
		catalogue.KindOffer: {"offers", r.everyOffer, func(id string) any {
			o, ok := r.state.Offer(id)
			if !ok {
				return nil
			}
			shown, withheld := o.Shown(nobody)
			if shown == nil {
				return nil
			}
			return struct {
				*cooperation.Offer
				Withheld []string `json:"withheld,omitempty"`
				Position uint64   `json:"position"`
			}{shown, withheld, r.lastChange(catalogue.KindOffer, id)}
		}},
		catalogue.KindOrganisation: {"organisations", r.everyOrganisation, func(id string) any {
			o, ok := r.state.Organisation(id)
			if !ok {
				return nil
			}
			shown := o.Shown(nobody)
			if shown == nil {
				return nil
			}
			return struct {
				*cooperation.Organisation
				Position uint64 `json:"position"`
			}{shown, r.lastChange(catalogue.KindOrganisation, id)}
		}},
	}
}

// projection is how one kind is projected.
type projection struct {
	collection string
	every      func() ([]string, error)
	show       func(id string) any
}

// key is the id of a document in its collection. Ids are unique over all
// conventions but for those of organisations.
func (of projection) key(convention, id string) string {
	if of.collection == "organisations" {
		return convention + "/" + id
	}
	return id
}

func (r *room) everyNeed() ([]string, error) {
	whole, err := r.state.AllNeeds(cooperation.System("projector"), catalogue.Query{})
	var ids []string
	for _, n := range whole.Items {
		ids = append(ids, n.ID)
	}
	return ids, err
}

func (r *room) everyOffer() ([]string, error) {
	whole, err := r.state.AllOffers(cooperation.System("projector"), catalogue.Query{})
	var ids []string
	for _, o := range whole.Items {
		ids = append(ids, o.ID)
	}
	return ids, err
}

func (r *room) everyOrganisation() ([]string, error) {
	return r.state.IDs(catalogue.KindOrganisation), nil
}

// lastChange is the position of the last version of a document: the same
// whenever it is projected.
func (r *room) lastChange(kind, id string) uint64 {
	trail := r.state.Trail(kind, id)
	if len(trail) == 0 {
		return 0
	}
	return trail[len(trail)-1]
}

// Project rebuilds the projection of a convention, and returns how many
// documents are in it. Cut off anywhere, it leaves a projection that is built
// anew the next time.
func (p *Platform) Project(ctx context.Context, to Projection, convention string) (count int, err error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	position := r.state.Position()
	if err := to.SetBookmark(ctx, convention, 0); err != nil {
		return 0, err
	}
	for _, kind := range slices.Sorted(maps.Keys(r.projections())) {
		of := r.projections()[kind]
		n, err := of.rebuild(ctx, to, convention)
		if err != nil {
			return count, err
		}
		count += n
	}
	return count, to.SetBookmark(ctx, convention, position)
}

// rebuild writes what there is and removes what is not there any more.
func (of projection) rebuild(ctx context.Context, to Projection, convention string) (count int, err error) {
	ids, err := of.every()
	if err != nil {
		return 0, err
	}
	stale, err := to.IDs(ctx, of.collection, convention)
	if err != nil {
		return 0, err
	}
	gone := map[string]bool{}
	for _, id := range stale {
		gone[id] = true
	}
	for _, id := range ids {
		kept, err := of.project(ctx, to, convention, id)
		if err != nil {
			return count, err
		}
		if kept {
			count++
		}
		delete(gone, of.key(convention, id))
	}
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		if err := to.Remove(ctx, of.collection, id); err != nil {
			return count, err
		}
	}
	return count, nil
}

// project writes one document, or removes it when the public does not see it.
func (of projection) project(ctx context.Context, to Projection, convention, id string) (kept bool, err error) {
	key := of.key(convention, id)
	view := of.show(id)
	if view == nil {
		return false, to.Remove(ctx, of.collection, key)
	}
	text, err := json.Marshal(view)
	if err != nil {
		return false, fmt.Errorf("project %s %s: %w", of.collection, id, err)
	}
	return true, to.Put(ctx, of.collection, key, text)
}

// pass is how many commits are followed between two bookmarks.
const pass = 500

// ProjectionBehind reports whether the projection of a convention is not at
// what this replica knows.
func (p *Platform) ProjectionBehind(ctx context.Context, to Projection, convention string) (bool, error) {
	r, err := p.room(convention)
	if err != nil {
		return false, err
	}
	at, err := to.Bookmark(ctx, convention)
	return at != r.state.Position(), err
}

// FollowProjection brings the projection of a convention up to what this
// replica knows, and returns how many documents it looked at. One that was
// never finished, or is ahead of the log, is rebuilt.
func (p *Platform) FollowProjection(ctx context.Context, to Projection, convention string) (count int, err error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	for {
		position := r.state.Position()
		from, err := to.Bookmark(ctx, convention)
		if err != nil || from == position {
			return count, err
		}
		if from == 0 || from > position {
			n, err := p.Project(ctx, to, convention)
			return count + n, err
		}
		until := min(position, from+pass)
		n, err := p.projectCommits(ctx, to, r, from, until)
		count += n
		if err == nil {
			err = to.SetBookmark(ctx, convention, until)
		}
		if err != nil {
			return count, err
		}
	}
}

// projectCommits projects what the commits after one position up to another
// have changed, as it is now.
func (p *Platform) projectCommits(ctx context.Context, to Projection, r *room, from, until uint64) (int, error) {
	type document struct{ kind, id string }
	touched := map[document]bool{}
	var order []document
	kinds := r.projections()
	for c, err := range p.store.Read(ctx, r.convention().ID, from) {
		if err != nil {
			return 0, unavailable(err)
		}
		if c.Number > until {
			break
		}
		for _, v := range c.Versions {
			d := document{v.Kind, v.ID}
			if _, public := kinds[v.Kind]; public && !touched[d] {
				touched[d] = true
				order = append(order, d)
			}
		}
	}
	for i, d := range order {
		if _, err := kinds[d.kind].project(ctx, to, r.convention().ID, d.id); err != nil {
			return i, err
		}
	}
	return len(order), nil
}
