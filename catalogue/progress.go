package catalogue

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// progress is how far a log has been applied. Its lock is the lock of the
// whole state: it is held for writing while a commit is put in, after all that
// can be prepared without it has been.
type progress struct {
	mu       sync.RWMutex
	position uint64
	at       time.Time
	trails   trails
	moved    chan struct{} // closed at the next move; nil when nobody waits
}

// Position is the number of the last commit that was applied.
func (p *progress) Position() uint64 {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.position
}

// Changed is the time of the last commit that was applied, the zero time
// before the first.
func (p *progress) Changed() time.Time {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.at
}

// Wait blocks until the position is reached, or returns the error of ctx.
func (p *progress) Wait(ctx context.Context, position uint64) error {
	for {
		moved := p.await(position)
		if moved == nil {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// await returns a channel that is closed at the next move, or nil when the
// position is reached already.
func (p *progress) await(position uint64) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.position >= position {
		return nil
	}
	if p.moved == nil {
		p.moved = make(chan struct{})
	}
	return p.moved
}

// follows refuses a commit that is not the next one.
func (p *progress) follows(position uint64) error {
	if p.position+1 != position {
		return fmt.Errorf("catalogue: commit %d cannot follow commit %d", position, p.position)
	}
	return nil
}

// move puts prepared changes in and tells those who wait.
func (p *progress) move(position uint64, at time.Time, changes []Change, installs []func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, install := range installs {
		install()
	}
	p.trails.note(position, changes)
	p.position, p.at = position, at
	if p.moved != nil {
		close(p.moved)
		p.moved = nil
	}
}
