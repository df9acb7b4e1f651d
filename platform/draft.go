package platform

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"

	"entente/store"
)

// order is one command that waits for its turn.
type order struct {
	ctx                            context.Context
	id, command, actor, why, fence string
	decide                         func(*draft) error
	done                           chan error
	taken                          atomic.Bool
}

// take is true for the first who asks: the journal when the command's turn has
// come, or its caller who gives it up before.
func (o *order) take() bool { return o.taken.CompareAndSwap(false, true) }

// change is a new version of one document, decided but not yet written.
type change struct {
	kind, id string
	version  uint64
	document any
	body     []byte
}

// draft is what a command decides: the documents as they will be. Reading
// through it sees what earlier commands of the same insert decided.
type draft struct {
	pending map[string]change // kind/id → what was decided earlier in this insert
	portion Portion           // of long work
	changes []change
	size    int   // of the changes, as the store counts it
	broken  error // a document that has no text
}

// put decides a new version of a document, which is not changed afterwards.
func (d *draft) put(kind, id string, version uint64, document any) {
	body, err := json.Marshal(document)
	if err != nil && d.broken == nil {
		d.broken = fmt.Errorf("encode %s %s: %w", kind, id, err)
	}
	d.changes = append(d.changes, change{kind, id, version, document, body})
	d.size += store.Version{Kind: kind, ID: id, Body: body}.Size()
}

// Portion is how much of long work one commit takes at most: of an import, of a
// run, of clocks that have run out. At least one piece of it goes into each.
type Portion struct {
	Pieces int // postings that are taken over, or clocks; default 100
	Bytes  int // default half of what the store allows, so that other commands have their turn in between
}

func (p Portion) orDefault() Portion {
	if p.Pieces <= 0 {
		p.Pieces = 100
	}
	if p.Bytes <= 0 {
		p.Bytes = store.MaxCommit / 2
	}
	return p
}

// add takes one more piece of such work in. False says that it does not fit
// beside what is there: the draft is as it was, and the piece is for the next
// commit.
func (d *draft) add(piece func() error) (bool, error) {
	changes, size := len(d.changes), d.size
	err := piece()
	fits := d.size <= d.portion.Bytes || changes == 0
	if err != nil || !fits {
		d.changes, d.size = d.changes[:changes], size
	}
	return fits, err
}

// decided returns a document that is not in the state yet.
func decided[T any](d *draft, kind, id string) (doc T, ok bool) {
	for i := len(d.changes) - 1; i >= 0; i-- {
		if c := d.changes[i]; c.kind == kind && c.id == id {
			doc, ok = c.document.(T)
			return doc, ok
		}
	}
	doc, ok = d.pending[kind+"/"+id].document.(T)
	return doc, ok
}

// decidedAll returns the documents of a kind that are not in the state yet,
// each as it was decided last.
func decidedAll[T any](d *draft, kind string) map[string]T {
	out := map[string]T{}
	note := func(c change) {
		if doc, ok := c.document.(T); ok && c.kind == kind {
			out[c.id] = doc
		}
	}
	for _, c := range d.pending {
		note(c)
	}
	for _, c := range d.changes {
		note(c)
	}
	return out
}
