package access

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter lets each key do so much a second. It is one process's own: it keeps
// a client from taking everything, and need not be exact over the replicas.
// Its memory is bounded: keys that were not met for two generations are
// forgotten, and have their full allowance again.
type limiter struct {
	mu         sync.Mutex
	rate       rate.Limit
	young, old map[string]*rate.Limiter
}

// The size of a generation of keys, and how many seconds' worth may come at
// once.
const (
	generation = 20_000
	patience   = 5
)

// newLimiter allows perSecond; 0 allows everything.
func newLimiter(perSecond int) *limiter {
	return &limiter{rate: rate.Limit(perSecond), young: map[string]*rate.Limiter{}}
}

// wait is how long the key has to wait for its next request; 0 when it may go
// on, and the request is counted.
func (l *limiter) wait(key string, now time.Time) time.Duration {
	if l.rate <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	one, ok := l.young[key]
	if !ok {
		if one, ok = l.old[key]; !ok {
			one = rate.NewLimiter(l.rate, int(l.rate)*patience)
		}
		if len(l.young) >= generation {
			l.young, l.old = map[string]*rate.Limiter{}, l.young
		}
		l.young[key] = one
	}
	turn := one.ReserveN(now, 1)
	delay := turn.DelayFrom(now)
	if delay > 0 {
		turn.CancelAt(now)
	}
	return delay
}
