package jobs

import (
	"context"
	"strconv"
	"time"

	"entente/platform"
)

// watch runs the matcher a moment after a posting, so that nobody waits for
// the hour. Several postings in a row are one run.
func (j *Jobs) watch(ctx context.Context, convention string) {
	changed := j.o.Platform.Changed(convention)
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		if !j.settle(ctx, convention) {
			return
		}
		// Taken before the run, so that what is posted during it is not missed.
		changed = j.o.Platform.Changed(convention)
		j.afterPosting(ctx, convention)
	}
}

// patience bounds how long a stream of postings can put the run off.
const patience = 5

// settle waits until nothing has changed for a while; false means stop.
func (j *Jobs) settle(ctx context.Context, convention string) bool {
	for range patience {
		changed := j.o.Platform.Changed(convention)
		quiet := time.NewTimer(j.o.Quiet)
		select {
		case <-ctx.Done():
			quiet.Stop()
			return false
		case <-quiet.C:
			return true
		case <-changed:
			quiet.Stop()
		}
	}
	return true
}

func (j *Jobs) afterPosting(ctx context.Context, convention string) {
	now := j.o.Platform.Now()
	key := "job/posting/" + convention + "/" + strconv.FormatUint(j.o.Platform.Position(convention), 10)
	won, err := j.o.Claims.Claim(ctx, key, []byte(j.o.Holder), now.Add(j.o.Lease), now)
	if err != nil {
		j.o.Logger.Warn("cannot claim the run after a posting; the schedule makes up for it", "convention", convention, "error", err)
		return
	}
	if !won {
		return
	}
	if err := j.match(ctx, convention, platform.RunOptions{Trigger: "posting"}); err != nil && ctx.Err() == nil {
		j.o.Logger.Error("run after a posting failed; the schedule makes up for it", "convention", convention, "error", err)
	}
}
