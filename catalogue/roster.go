package catalogue

import (
	"slices"
	"strings"
	"sync"
)

// roster keeps what the matcher looks at, in the order of the ids. Changes are
// only noted as they come; a list is made when the matcher asks, from the one
// before, which is never changed and may still be in use.
type roster[F any] struct {
	id    func(*F) string
	fresh map[string]*F // what changed since the last list; nil for what no longer stands
	count uint64        // changes noted so far

	asking sync.Mutex // held while a list is made
	list   []F
}

// change notes the new features of a posting. The state is locked for
// writing.
func (r *roster[F]) change(id string, feature *F) {
	r.fresh[id] = feature
	r.count++
}

// take returns what changed since the last time. It is called with asking
// held and the state locked for reading, so that nobody else is at fresh.
func (r *roster[F]) take() map[string]*F {
	if len(r.fresh) == 0 {
		return nil // and not the map itself, which the next commit writes to
	}
	fresh := r.fresh
	r.fresh = map[string]*F{}
	return fresh
}

// update merges changes into the list. It is called with asking held; readers
// of the state go on.
func (r *roster[F]) update(fresh map[string]*F) []F {
	if len(fresh) == 0 {
		return r.list
	}
	changed := make([]string, 0, len(fresh))
	for id := range fresh {
		changed = append(changed, id)
	}
	slices.Sort(changed)
	list := make([]F, 0, len(r.list)+len(changed))
	rest := r.list
	for _, id := range changed {
		i, found := slices.BinarySearchFunc(rest, id, func(f F, id string) int { return strings.Compare(r.id(&f), id) })
		list = append(list, rest[:i]...)
		if rest = rest[i:]; found {
			rest = rest[1:]
		}
		if f := fresh[id]; f != nil {
			list = append(list, *f)
		}
	}
	if list = append(list, rest...); len(list) == 0 {
		list = nil // as in a state that never had any
	}
	r.list = list
	return list
}
