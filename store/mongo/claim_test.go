package mongo

import (
	"testing"
	"time"
)

func TestWhoHoldsAClaim(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000)
	attempt := func(number int64, expiresIn time.Duration, releases int64) attemptDocument {
		return attemptDocument{Number: number, Expiry: now.Add(expiresIn), Releases: releases}
	}
	cases := map[string]struct {
		attempts []attemptDocument
		except   int64
		want     int64 // 0: nobody
	}{
		"nobody tried":               {nil, 0, 0},
		"the first":                  {[]attemptDocument{attempt(1, 1, 0)}, 0, 0},
		"the first, for a while":     {[]attemptDocument{attempt(1, time.Second, 0)}, 0, 1},
		"an expired one":             {[]attemptDocument{attempt(1, 0, 0)}, 0, 0},
		"who took over":              {[]attemptDocument{attempt(1, -time.Second, 0), attempt(2, time.Second, 0)}, 0, 2},
		"a released one":             {[]attemptDocument{attempt(1, time.Second, 0), attempt(2, time.Second, 1)}, 0, 0},
		"after a released one":       {[]attemptDocument{attempt(1, time.Second, 0), attempt(2, time.Second, 1), attempt(3, time.Second, 0)}, 0, 3},
		"another one than oneself":   {[]attemptDocument{attempt(3, time.Second, 0)}, 3, 0},
		"one that a sweep has shown": {[]attemptDocument{attempt(1, time.Second, 0), attempt(9, time.Second, 0)}, 9, 1},
	}
	for name, c := range cases {
		a, held := chain{attempts: c.attempts}.holder(now, c.except)
		if a.Number != c.want || held != (c.want != 0) {
			t.Errorf("%s: %d, %v; want %d", name, a.Number, held, c.want)
		}
	}
}

func TestOneKeysAttemptsAreNotAnothers(t *testing.T) {
	keys := []string{"a", "a#", "a#0000000001", "a%23", "a%", "a%25", "a#0000000001#", "A"}
	seen := map[string]string{}
	for _, k := range keys {
		p := attemptPrefix(k)
		for other, prefix := range seen {
			if len(prefix) <= len(p) && p[:len(prefix)] == prefix || len(p) <= len(prefix) && prefix[:len(p)] == p {
				t.Errorf("%q and %q share %q", k, other, p)
			}
		}
		seen[k] = p
	}
}
