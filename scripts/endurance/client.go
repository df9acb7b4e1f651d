package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// client is one who uses the server: reads most of the time, and keeps one
// need of its own that it changes again and again, so that the number of
// documents stays what it is.
type client struct {
	*server
	number int
	tally  *tally
	random *rand.Rand
	need   string
	etag   string
}

// reads are what clients look at; {need} is the client’s own.
var reads = []struct{ role, path string }{
	{"", "/api/v1/needs?convention=fctc&limit=20"}, {"focal_point", "/api/v1/needs?convention=fctc&theme=fctc-art8&limit=50"},
	{"observer", "/api/v1/needs?convention=fctc&q=smoke-free+places"}, {"", "/api/v1/offers?convention=fctc&limit=20"},
	{"secretariat", "/api/v1/proposals?convention=fctc&limit=50"}, {"secretariat", "/api/v1/notifications?convention=fctc"},
	{"focal_point", "/api/v1/needs/{need}"}, {"secretariat", "/api/v1/needs/{need}/matches"}, {"", "/api/v1/conventions"},
	{"", "/api/v1/conventions/fctc"}, {"", "/"}, {"", "/api/v1/needs/aaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"", "/api/v1/runs?convention=fctc"},
}

// work lets all clients work until the time is over or the requests are used
// up.
func work(ctx context.Context, enough context.CancelFunc, p *plan, s *server, t *tally) {
	var left atomic.Int64
	left.Store(p.requests)
	var all sync.WaitGroup
	for n := range p.clients {
		all.Go(func() {
			c := &client{server: s, number: n, tally: t, random: rand.New(rand.NewPCG(1, uint64(n)))}
			for ctx.Err() == nil {
				if left.Add(-1) < 0 {
					enough()
					return
				}
				c.step(ctx)
				pause(ctx, time.Duration(c.random.ExpFloat64()*float64(p.think)))
			}
		})
	}
	all.Wait()
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(min(d, 5*time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// step is one request: one in five writes.
func (c *client) step(ctx context.Context) {
	if c.random.IntN(5) == 0 {
		c.write(ctx)
		return
	}
	r := reads[c.random.IntN(len(reads))]
	path := strings.Replace(r.path, "{need}", cmp.Or(c.need, "aaaaaaaaaaaaaaaaaaaaaaaaaa"), 1)
	began := time.Now()
	status, _, text := c.call(ctx, http.MethodGet, path, r.role, "", nil)
	c.tally.add(ctx, "read", status, time.Since(began), text)
}

// write makes the client's need, or changes it.
func (c *client) write(ctx context.Context) {
	content := map[string]any{"beneficiaries": []string{"AO"}, "themes": []string{"fctc-art8"}, "kinds": []map[string]string{{"kind": "training"}},
		"title": fmt.Sprintf("Client %d, edition %d", c.number, c.random.IntN(1000))}
	method, path, headers := http.MethodPut, "/api/v1/needs/"+c.need, map[string]string{"If-Match": c.etag}
	if c.need == "" {
		content["convention"] = "fctc"
		method, path, headers = http.MethodPost, "/api/v1/needs", map[string]string{"Idempotency-Key": fmt.Sprintf("client-%d-%d", c.number, c.random.Uint64())}
	}
	body, err := json.Marshal(content)
	if err != nil {
		panic(err) // plain data
	}
	began := time.Now()
	status, header, text := c.call(ctx, method, path, "focal_point", string(body), headers)
	c.tally.add(ctx, "write", status, time.Since(began), text)
	if status != http.StatusCreated && status != http.StatusOK {
		return
	}
	c.etag = header.Get("ETag")
	var made struct{ ID string }
	if json.Unmarshal([]byte(text), &made) == nil && made.ID != "" {
		c.need = made.ID
	}
}
