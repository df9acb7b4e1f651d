package cooperation

import (
	"encoding/json"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzWebhookAddress takes anything as the address of a webhook. What is taken
// is https without credentials and fragment, or, where that is allowed, http to
// this very machine and to no name that only looks like it.
func FuzzWebhookAddress(f *testing.F) {
	for _, seed := range []string{"", "https://hooks.example/in", "http://127.0.0.1:8080/", "http://127.evil.example/", "http://localhost.evil.example/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
		"https://user:secret@hooks.example/", "https://hooks.example/#part", "https:hooks.example", "https://", "https://:443", "HTTPS://hooks.example", "//hooks.example", "file:///etc/passwd", "https://hooks.example\\@evil.example", "https://a\x00b"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, address string, loopback bool) {
		key := checkWebhookURL(address, loopback)
		if key != "" {
			if !strings.HasPrefix(key, "error.invalid.url") {
				t.Errorf("%q is refused with %q", address, key)
			}
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q is taken", address)
		}
		if u.Scheme == "https" {
			return
		}
		ip, err := netip.ParseAddr(u.Hostname())
		if u.Scheme != "http" || !loopback || u.Hostname() != "localhost" && (err != nil || !ip.Unmap().IsLoopback()) {
			t.Errorf("%q is taken, loopback %t", address, loopback)
		}
	})
}

// FuzzSubscription reads anything as the wish of a person. What is taken names
// only kinds, themes and regions that there are, and is the same when it is
// written and read again.
func FuzzSubscription(f *testing.F) {
	for _, seed := range []string{`{}`, `{"kinds":["need","offer"]}`, `{"kinds":["run"]}`, `{"themes":["art8"],"countries":["AO"],"regions":["002"]}`, `{"regions":["999",""]}`, `{"countries":["XX"]}`,
		`{"kinds":["need","need"]}`, `{"themes":["\u202e"]}`, `[]`, `null`, `{"themes":[` + strings.Repeat(`"a",`, 60) + `"a"]}`} {
		f.Add([]byte(seed))
	}
	c := &Convention{ID: "fctc", Themes: []Theme{{ID: "art8"}}}
	f.Fuzz(func(t *testing.T, text []byte) {
		var content SubscriptionContent
		if json.Unmarshal(text, &content) != nil {
			return
		}
		s, err := NewSubscription("id", c, content, Actor{ID: "ann", Grants: []Grant{{Convention: "fctc", Role: ObserverRole}}}, time.Unix(1800000000, 0))
		if err != nil {
			if CodeOf(err) != Invalid {
				t.Errorf("%s: %v", text, err)
			}
			return
		}
		strange := func(of []string, known ...string) bool {
			return slices.ContainsFunc(of, func(v string) bool { return !slices.Contains(known, v) })
		}
		if strange(s.Kinds, "need", "offer") || strange(s.Themes, "art8") || len(s.Regions) > 50 || len(s.Countries) > 250 {
			t.Errorf("%s is taken", text)
		}
		written, err := json.Marshal(s.SubscriptionContent)
		var again SubscriptionContent
		if err == nil {
			err = json.Unmarshal(written, &again)
		}
		if rewritten, _ := json.Marshal(again); err != nil || string(rewritten) != string(written) {
			t.Errorf("%s became %s and %s: %v", text, written, rewritten, err)
		}
		s.WantsNeed(c, &Need{})
	})
}

// FuzzScope takes anything as the scope of a token. What is taken allows what
// it names and nothing else, and is not handed out by whoever has less.
func FuzzScope(f *testing.F) {
	for _, seed := range []string{"", "read", "write", "needs:read", "needs:write", "bulk-reads:read", "needs", ":read", "needs:", "needs:read:write", "Needs:read", "needs:read\n", "needs :read", "réads:read"} {
		f.Add(seed, "needs")
	}
	f.Fuzz(func(t *testing.T, scope, part string) {
		now := time.Unix(1800000000, 0)
		token := &Token{Name: "mine", Scopes: []string{scope}, Created: now, Expires: now.Add(time.Hour)}
		if err := token.Check(); err != nil {
			if CodeOf(err) != Invalid {
				t.Errorf("%q: %v", scope, err)
			}
			return
		}
		of, what, limited := strings.Cut(scope, ":")
		if !limited {
			what = of
		}
		a := Actor{ID: "ann", Scopes: token.Scopes}
		if a.MayUse(part, false) != (!limited || of == part) || a.MayUse(part, true) != ((!limited || of == part) && what == ScopeWrite) {
			t.Errorf("%q allows of %q reading: %t, writing: %t", scope, part, a.MayUse(part, false), a.MayUse(part, true))
		}
		if !a.MayHandOut([]string{scope}) || a.MayHandOut([]string{ScopeWrite}) != (scope == ScopeWrite) || a.MayHandOut([]string{ScopeRead}) == limited {
			t.Errorf("%q hands out itself: %t, everything: %t", scope, a.MayHandOut([]string{scope}), a.MayHandOut([]string{ScopeWrite}))
		}
	})
}
