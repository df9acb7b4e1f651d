package main

import (
	"context"
	"time"

	"entente/cooperation"
)

// farthest is how many days the demo goes ahead of the world: its tokens live
// so long.
const farthest = 300

// Pass lets days pass in the demo, one after the other, with all that clocks
// bring about on the way: nobody waits a week in front of a demo for a silence to
// end.
func (s *story) Pass(ctx context.Context, days int) error {
	s.passing.Lock()
	defer s.passing.Unlock()
	for range days {
		ahead := -time.Duration(s.behind.Load()) + 24*time.Hour
		if ahead > farthest*24*time.Hour {
			return cooperation.Refuse(cooperation.State, "error.state.demo.far")
		}
		s.behind.Store(int64(-ahead))
		for _, c := range s.on.Conventions() {
			if _, err := s.on.Tick(ctx, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// resume goes on today, or where an earlier visit of the same data left off,
// if that let days pass.
func (s *story) resume() {
	s.back(0)
	for _, c := range s.on.Conventions() {
		if state, ok := s.on.State(c.ID); ok {
			if ahead := state.Changed().Sub(s.now()); ahead > 0 {
				s.behind.Store(s.behind.Load() - int64(ahead))
			}
		}
	}
}
