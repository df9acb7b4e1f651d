package access

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"sort"
	"strconv"
	"time"

	"entente/cooperation"
	"entente/message"
)

// quota is how many attempts of one sort are let through in a window of time,
// over all replicas.
type quota struct {
	what   string
	most   int
	window time.Duration
}

// digest names something in a key of the ephemeral values: neither addresses
// nor secrets are kept there.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// attempt counts an attempt by whom, or refuses it when the window is full.
// Each attempt is a claim, because claims are what replicas cannot take twice.
// They are taken in order, so the first free one is found by halving. undo
// gives the attempt back: those that succeed are not held against anybody.
func (a *Access) attempt(ctx context.Context, q quota, whom string) (undo func(), err error) {
	now := a.clock()
	end := now.Truncate(q.window).Add(q.window)
	prefix := "limit/" + q.what + "/" + digest(whom) + "/" + strconv.FormatInt(end.Unix(), 36) + "/"
	holder := []byte(cooperation.NewID())
	first := sort.Search(q.most, func(i int) bool {
		_, held, failed := a.values.Holder(ctx, prefix+strconv.Itoa(i), now)
		if failed != nil {
			err = failed
		}
		return !held
	})
	for i := first; i < q.most && err == nil; i++ {
		var won bool
		key := prefix + strconv.Itoa(i)
		if won, err = a.values.Claim(ctx, key, holder, end, now); won {
			return func() { a.forget(ctx, key, holder) }, nil
		}
	}
	if err != nil {
		return nil, err
	}
	minutes := int(end.Sub(now)/time.Minute) + 1
	return nil, cooperation.Refuse(cooperation.Rate, "error.rate.sign_in", message.Int("minutes", minutes))
}

// forget gives an attempt back. That it fails only leaves one attempt less.
func (a *Access) forget(ctx context.Context, key string, holder []byte) {
	if err := a.values.Release(ctx, key, holder, a.clock()); err != nil {
		a.log.WarnContext(ctx, "an attempt to sign in stays counted", "error", err)
	}
}
