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
	seen := j.o.Platform.Revision(convention)
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		// Taken before looking, so that what is posted meanwhile is not missed.
		changed = j.o.Platform.Changed(convention)
		if j.o.Platform.Revision(convention) == seen {
			continue // a draft, a message, a run: nothing that the matcher reads
		}
		if !j.settle(ctx, convention) {
			return
		}
		changed = j.o.Platform.Changed(convention)
		seen = j.o.Platform.Revision(convention)
		j.afterPosting(ctx, convention)
	}
}

// patience is how many quiet times a stream of postings can put the run off.
const patience = 10

// settle waits until nothing has been posted for a while, or for long enough;
// false means stop.
func (j *Jobs) settle(ctx context.Context, convention string) bool {
	enough := time.NewTimer(patience * j.o.Quiet)
	defer enough.Stop()
	quiet := time.NewTimer(j.o.Quiet)
	defer quiet.Stop()
	for {
		changed := j.o.Platform.Changed(convention)
		select {
		case <-ctx.Done():
			return false
		case <-quiet.C:
			return true
		case <-enough.C:
			return true
		case <-changed:
			quiet.Reset(j.o.Quiet)
		}
	}
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
