package platform

import (
	"context"

	"entente/cooperation"
)

// Waiting is how many commands wait for their turn at a log.
func (p *Platform) Waiting(log string) int {
	for _, j := range p.journals() {
		if j.name == log {
			return len(j.queue)
		}
	}
	return 0
}

// PauseAfter is pauseAfter.
var PauseAfter = pauseAfter

// Write commits documents as they are: what a test needs to be there.
func (p *Platform) Write(ctx context.Context, convention string, documents ...Written) error {
	r, err := p.room(convention)
	if err != nil {
		return err
	}
	return r.do(ctx, "test.write", cooperation.System("test"), func(d *draft) error {
		for _, w := range documents {
			d.put(w.Kind, w.ID, w.Version, w.Document)
		}
		return nil
	})
}

// Written is a document that a test writes.
type Written struct {
	Kind, ID string
	Version  uint64
	Document any
}
