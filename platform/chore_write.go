package platform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"entente/cooperation"
)

// beatChores writes how far the chores of this process are.
func (p *Platform) beatChores(ctx context.Context) {
	p.chores.mu.Lock()
	live := slices.Collect(maps.Values(p.chores.live))
	p.chores.mu.Unlock()
	for _, e := range live {
		e.mu.Lock()
		ended := !e.chore.Live()
		quiet := e.chore.Done == e.written.Done && e.chore.State == e.written.State && p.clock().Sub(e.written.Seen) < choreLost/10
		e.mu.Unlock()
		if quiet {
			continue
		}
		if err := p.writeChore(ctx, e); err != nil {
			if ctx.Err() == nil {
				p.log.WarnContext(ctx, "how far a chore is was not written; it is tried again", "error", err)
			}
			continue
		}
		if ended {
			p.forgetChore(e)
		}
	}
}

// writeChore keeps what is known of a chore.
func (p *Platform) writeChore(ctx context.Context, e *errand) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.chore.Seen = p.clock().UTC().Truncate(time.Millisecond)
	value, err := json.Marshal(&e.chore)
	if err != nil {
		return err
	}
	if err := p.store.Ephemeral().Set(ctx, choreKey(e.chore.Convention, e.chore.ID), value, e.chore.Asked.Add(choreKept)); err != nil {
		return err
	}
	e.written = e.chore
	return nil
}

// listChore puts a chore at the head of its convention's list. Who reads and
// writes the list holds its claim.
func (p *Platform) listChore(ctx context.Context, convention, id string) error {
	key, values := choresKey(convention), p.store.Ephemeral()
	for tries := 0; ; tries++ {
		now := p.clock()
		won, err := values.Claim(ctx, key, []byte(id), now.Add(choreLease), now)
		if err != nil {
			return unavailable(err)
		}
		if won {
			break
		}
		if tries == 100 {
			return cooperation.Refuse(cooperation.Unavailable, "error.unavailable.chores")
		}
		select {
		case <-time.After(choreBeat / 20):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	ids, err := p.listedChores(ctx, convention)
	if err == nil {
		ids = append([]string{id}, ids...)
		value, _ := json.Marshal(ids[:min(len(ids), mostListed)]) // texts: it cannot fail
		err = values.Set(ctx, key, value, p.clock().Add(choreKept))
	}
	if err = errors.Join(err, values.Release(ctx, key, []byte(id), p.clock())); err != nil {
		return unavailable(err)
	}
	return nil
}

func (p *Platform) listedChores(ctx context.Context, convention string) (ids []string, err error) {
	value, found, err := p.store.Ephemeral().Value(ctx, choresKey(convention), p.clock())
	if err != nil || !found {
		return nil, err
	}
	if err := json.Unmarshal(value, &ids); err != nil {
		return nil, fmt.Errorf("the list of chores of %s: %w", convention, err)
	}
	return ids, nil
}

func choreKey(convention, id string) string { return "chore/" + convention + "/" + id }

func choresKey(convention string) string { return "chores/" + convention }
