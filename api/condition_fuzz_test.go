package api

import (
	"strings"
	"testing"
)

// FuzzCondition reads anything as If-Match and If-None-Match.
func FuzzCondition(f *testing.F) {
	for _, seed := range []string{"", "*", `"1"`, `W/"1"`, `"18446744073709551615"`, `"0"`, `"-1"`, `"1","2"`, `""1""`, "1"} {
		f.Add(seed, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, version uint64) {
		match := expected(text)
		if match == 0 && text != "*" {
			t.Errorf("If-Match %q matches anything", text)
		}
		if text == tag(version) && version > 0 && uint64(match) != version {
			t.Errorf("%q is %d", text, match)
		}
		if known(text, version) && text != "*" && !strings.Contains(text, tag(version)) && !strings.Contains(text, "*") {
			t.Errorf("If-None-Match %q names %d", text, version)
		}
		if id := requestID(text); id == "" || len(id) > 64 || strings.ContainsAny(id, "\r\n \"\x00") {
			t.Errorf("%q", id)
		}
	})
}
