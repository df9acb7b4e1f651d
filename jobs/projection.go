package jobs

import (
	"context"
	"time"
)

// Projector keeps the present documents as plain ones, for people's own tools.
type Projector interface {
	// Behind reports whether there is something to project.
	Behind(ctx context.Context, convention string) (bool, error)
	// Project brings the projection up to what this replica knows.
	Project(ctx context.Context, convention string) error
}

// tenure is how long one replica may be at projecting a convention. The first
// time, all of it is written, document by document.
const tenure = 15 * time.Minute

// follow projects what was committed, on one of the replicas. Each of them
// looks at every change and some time after: who finds the claim taken leaves
// it to its holder, and what that one had not seen yet is done at the next look.
func (j *Jobs) follow(ctx context.Context, convention string) {
	look := time.NewTicker(5 * j.o.Every)
	defer look.Stop()
	for {
		changed := j.o.Platform.Changed(convention)
		j.project(ctx, convention)
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-look.C:
		}
	}
}

func (j *Jobs) project(ctx context.Context, convention string) {
	behind, err := j.o.Projector.Behind(ctx, convention)
	if err != nil || !behind {
		if err != nil && ctx.Err() == nil {
			j.o.Logger.Warn("cannot ask how far it is projected; trying again", "convention", convention, "error", err)
		}
		return
	}
	now := j.o.Platform.Now()
	key := "job/projection/" + convention
	won, err := j.o.Claims.Claim(ctx, key, []byte(j.o.Holder), now.Add(tenure), now)
	if err != nil || !won {
		if err != nil && ctx.Err() == nil {
			j.o.Logger.Warn("cannot claim the projection; trying again", "convention", convention, "error", err)
		}
		return
	}
	limited, cancel := context.WithTimeout(ctx, tenure-time.Minute) // nobody else has it before this one has stopped
	defer cancel()
	// Who had the claim until now may have done it between the look and the claim.
	if behind, err = j.o.Projector.Behind(limited, convention); err == nil && behind {
		err = j.o.Projector.Project(limited, convention)
	}
	if err != nil && ctx.Err() == nil {
		j.o.Logger.Error("projection failed; it is tried again", "convention", convention, "error", err)
	}
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer done()
	if err := j.o.Claims.Release(ctx, key, []byte(j.o.Holder), j.o.Platform.Now()); err != nil {
		j.o.Logger.Warn("cannot release the projection; its claim runs out", "convention", convention, "error", err)
	}
}
