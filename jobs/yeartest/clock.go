package yeartest

import (
	"sync"
	"time"
)

// clock is the time of the year, which the year itself moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the platform's clock.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}
