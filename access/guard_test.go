package access_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/access"
)

// broken values cannot be read.
type broken struct{ access.Values }

func (broken) Value(context.Context, string, time.Time) ([]byte, bool, error) {
	return nil, false, errors.New("the disk is on fire")
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	b := r.browser().signIn("ana", good).is(200)
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", "http://entente.example.org:8080"},
		{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
	} {
		post := httptest.NewRequest(http.MethodPost, "https://entente.example.org/out", nil)
		for i := 0; i < len(headers); i += 2 {
			post.Header.Set(headers[i], headers[i+1])
		}
		b.send(post).is(http.StatusForbidden)
		if b.who() != "Ana" {
			t.Fatalf("%v: the post was carried out", headers)
		}
	}
	// Behind a proxy that asks under another name, the origin is still ours.
	post := httptest.NewRequest(http.MethodPost, "http://10.0.0.5:8080/out", nil)
	post.Header.Set("Origin", "https://entente.example.org")
	b.send(post).is(200)
	// A program sends neither header.
	b.send(httptest.NewRequest(http.MethodPost, "https://entente.example.org/out", nil)).is(200)
}

func TestEveryAnswerHasTheHeadersThatProtectItsReader(t *testing.T) {
	r := newHouse(t).replica()
	for _, path := range []string{"/", "/healthz"} {
		h := r.browser().get(path).answer.Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Content-Security-Policy": "default-src 'none'", "Strict-Transport-Security": "max-age=", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if !strings.HasPrefix(h.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
	}
	plain := newHouse(t).replica(func(o *access.Options) { o.PublicURL = "http://127.0.0.1:8080" })
	if got := plain.browser().get("/").answer.Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("an installation without TLS asks for it: %s", got)
	}
}

func TestWhoSendsTooMuchIsToldWhenToGoOn(t *testing.T) {
	h := newHouse(t)
	r := h.replica(func(o *access.Options) { o.AddressRate = 2 })
	b := r.browser()
	for range 10 {
		b.get("/").is(200)
	}
	b.get("/").is(http.StatusTooManyRequests)
	if a := b.answer; a.Header().Get("Retry-After") != "1" || !strings.Contains(a.Body.String(), "<h1>Too many requests</h1>") {
		t.Errorf("a page says %s %s", a.Header().Get("Retry-After"), a.Body)
	}
	b.get("/api/v1/needs").is(http.StatusTooManyRequests)
	var problem struct{ Code, Key, Detail, Request_id string }
	if err := json.Unmarshal(b.answer.Body.Bytes(), &problem); err != nil || b.answer.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%v: %s", err, b.answer.Body)
	}
	if problem.Code != "rate" || problem.Key != "error.rate.requests" || problem.Detail == "" || problem.Request_id != b.answer.Header().Get("X-Request-Id") {
		t.Errorf("the problem is %+v", problem)
	}
	b.get("/healthz").is(200)
	other := r.browser()
	other.address = "192.0.2.8"
	other.get("/").is(200)
	h.clock.advance(time.Second)
	b.get("/").is(200).get("/").is(200).get("/").is(http.StatusTooManyRequests)
}

func TestAWholeIPv6NetworkCountsAsOneAddress(t *testing.T) {
	r := newHouse(t).replica(func(o *access.Options) { o.AddressRate = 1 })
	b := r.browser()
	for i := range 5 {
		b.address = "2001:db8::" + strconv.Itoa(i+1)
		b.get("/").is(200)
	}
	b.address = "2001:db8::ffff"
	b.get("/").is(http.StatusTooManyRequests)
	b.address = "2001:db8:0:1::1"
	b.get("/").is(200)
}

func TestAPersonAndATokenHaveALimitFromAnyAddress(t *testing.T) {
	r := newHouse(t).replica(func(o *access.Options) { o.AccountRate = 1 })
	r.person("Ana", good)
	b := r.browser().signIn("ana", good).is(200)
	token := func(secret string) *browser {
		get := httptest.NewRequest(http.MethodGet, "https://entente.example.org/api/v1/needs", nil)
		get.Header.Set("Authorization", "Bearer "+secret)
		return b.send(get)
	}
	for i := range 5 {
		b.address = "192.0.2." + strconv.Itoa(i+1)
		b.get("/").is(200)
		token("one").is(200)
	}
	b.get("/").is(http.StatusTooManyRequests)
	token("one").is(http.StatusTooManyRequests)
	token("another").is(200)
}

func TestTheAddressOfAClientIsTakenFromTrustedProxiesOnly(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1", "", "192.0.2.0/24"},
		{"192.0.2.1", "203.0.113.9", "192.0.2.0/24"},                // nobody vouches for it
		{"10.0.0.1", "203.0.113.9", "203.0.113.0/24"},               // the proxy does
		{"10.0.0.1", "198.51.100.4, 203.0.113.9", "203.0.113.0/24"}, // the client wrote the first
		{"10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.0/24"},     // two proxies in a row
		{"10.0.0.1", "garbage", "10.0.0.0/24"},
		{"10.0.0.1", "", "10.0.0.0/24"},
		{"fd00::1", "2001:db8:aaaa::1", "2001:db8:aaaa::/48"},
		{"::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.0/24"},
	} {
		r := newHouse(t).replica(func(o *access.Options) { o.Trusted = trusted })
		r.person("Ana", good)
		b := r.browser().signIn("ana", good).is(200) // to be shown the list
		post := httptest.NewRequest(http.MethodPost, "https://entente.example.org/in?mail=ana@example.org&password="+strings.ReplaceAll(good, " ", "+"), nil)
		if c.forwarded != "" {
			post.Header.Set("X-Forwarded-For", c.forwarded)
		}
		b.address = c.peer
		b.send(post).is(200)
		if all := sessions(t, b); len(all) != 1 || all[0].Address != c.want {
			t.Errorf("from %s, forwarded for %q: %+v, want %s", c.peer, c.forwarded, all, c.want)
		}
	}
}
