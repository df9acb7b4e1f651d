package jobs

import (
	"context"
	"time"

	"github.com/robfig/cron/v3"

	"entente/cooperation"
)

// slotted is a job that runs once for every slot of its schedule, on one of
// the replicas. A slot whose holder died is taken over when its claim ends;
// of slots that passed while nobody ran, only the latest is made up for.
type slotted struct {
	jobs     *Jobs
	name     string // "match/fctc"
	schedule cron.Schedule
	run      func(ctx context.Context, slot string) error
	done     time.Time // the slot that was last known to be done
}

func (j *Jobs) slotted(job, convention string, s cron.Schedule, run func(context.Context, string) error) *slotted {
	return &slotted{jobs: j, name: job + "/" + convention, schedule: s, run: run}
}

// tick runs the latest slot if nobody has yet.
func (s *slotted) tick(ctx context.Context) {
	o := s.jobs.o
	now := o.Platform.Now()
	slot, ok := latest(s.schedule, now)
	if !ok || slot.Equal(s.done) { // not "before": a clock that was ahead has marked a slot that is yet to come
		return
	}
	key := "job/" + s.name + "/" + slot.UTC().Format(time.RFC3339)
	_, finished, err := o.Claims.Value(ctx, key, now)
	if err != nil {
		o.Logger.Warn("cannot ask who has the slot; trying again", "slot", key, "error", err)
		return
	}
	if finished {
		s.done = slot
		return
	}
	won, err := o.Claims.Claim(ctx, key, []byte(o.Holder), now.Add(o.Lease), now)
	if err != nil {
		o.Logger.Warn("cannot claim the slot; trying again", "slot", key, "error", err)
		return
	}
	if !won {
		return
	}
	if err := s.run(ctx, key); err != nil {
		s.failed(ctx, key, err)
		return
	}
	if err := o.Claims.Set(ctx, key, []byte("done"), o.Platform.Now().Add(remembered)); err != nil {
		o.Logger.Warn("cannot record that the slot is done; it may run again, without effect", "slot", key, "error", err)
		return
	}
	s.done = slot
}

// failed gives the slot up for others when this process stops or somebody
// else was faster. Otherwise the claim stays until it runs out, so that what
// fails is not tried again at once.
func (s *slotted) failed(ctx context.Context, key string, cause error) {
	o := s.jobs.o
	if ctx.Err() == nil && cooperation.CodeOf(cause) != cooperation.Conflict {
		o.Logger.Error("job failed; it is tried again", "slot", key, "error", cause)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := o.Claims.Release(ctx, key, []byte(o.Holder), o.Platform.Now()); err != nil {
		o.Logger.Warn("cannot release the slot; its claim runs out", "slot", key, "error", err)
	}
}

// remembered is how long it is known that a slot is done. Only the latest slot
// is ever asked about, and schedules of less than one a week are not used.
const remembered = 8 * 24 * time.Hour

// latest is the last slot of the schedule that is not after now, within the
// past week.
func latest(s cron.Schedule, now time.Time) (time.Time, bool) {
	for _, back := range []time.Duration{2 * time.Minute, 2 * time.Hour, 26 * time.Hour, 8 * 24 * time.Hour} {
		slot := s.Next(now.UTC().Add(-back))
		if slot.IsZero() || slot.After(now) {
			continue
		}
		for next := s.Next(slot); !next.IsZero() && !next.After(now); next = s.Next(next) {
			slot = next
		}
		return slot, true
	}
	return time.Time{}, false
}
