package access

import (
	"sync"
	"time"
)

// cache remembers for a moment which sessions stand, so that a page with its
// parts asks the store once. A moment is all that a revocation elsewhere waits
// for.
type cache struct {
	mu    sync.Mutex
	known map[string]known // by id of the session
}

// known is a session that was read at a time.
type known struct {
	stored stored
	usage  usage
	read   time.Time
}

// The bounds of the cache.
const (
	remembered = time.Second
	mostKnown  = 10_000
)

func newCache() *cache { return &cache{known: map[string]known{}} }

func (c *cache) get(id string, now time.Time) (known, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.known[id]
	if age := now.Sub(k.read); !ok || age < 0 || age >= remembered {
		return known{}, false
	}
	return k, true
}

func (c *cache) put(id string, k known) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= mostKnown {
		clear(c.known)
	}
	c.known[id] = k
}

func (c *cache) drop(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, id)
}
