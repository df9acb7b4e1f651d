package catalogue

import (
	"errors"
	"runtime"
	"sync"
)

// newScribes makes a scribe for each goroutine that prepares at once.
func newScribes() []*scribe {
	all := make([]*scribe, runtime.GOMAXPROCS(0))
	for i := range all {
		all[i] = newScribe()
	}
	return all
}

// latest leaves the last version of each document, at the place of its first.
func latest(changes []Change) []Change {
	if len(changes) < 2 {
		return changes
	}
	type name struct{ kind, id string }
	seen := make(map[name]int, len(changes))
	out := make([]Change, 0, len(changes))
	for _, c := range changes {
		if i, again := seen[name{c.Kind, c.ID}]; again {
			out[i] = c
			continue
		}
		seen[name{c.Kind, c.ID}] = len(out)
		out = append(out, c)
	}
	return out
}

// worthSharing is the number of changes from which it pays to prepare them by
// several goroutines.
const worthSharing = 16

// prepareAll prepares changes, each goroutine with a scribe of its own. What
// it returns is in the order of the changes.
func prepareAll(changes []Change, scribes []*scribe, prepare func(Change, *scribe) (func(), error)) ([]func(), error) {
	installs := make([]func(), len(changes))
	errs := make([]error, len(scribes))
	if len(changes) < worthSharing {
		scribes = scribes[:1]
	}
	var wg sync.WaitGroup
	for w, s := range scribes {
		wg.Go(func() {
			for i := w; i < len(changes) && errs[w] == nil; i += len(scribes) {
				installs[i], errs[w] = prepare(changes[i], s)
			}
		})
	}
	wg.Wait()
	return installs, errors.Join(errs...)
}
