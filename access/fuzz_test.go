package access

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// FuzzForwarded reads anything as X-Forwarded-For: nobody who is not a trusted
// proxy changes where a request is taken to come from, and what proxies append
// stands, whatever the client wrote before it.
func FuzzForwarded(f *testing.F) {
	for _, seed := range []string{"", "198.51.100.7", "198.51.100.7, 10.0.0.2", ",,", "::1", "fe80::1%eth0", "::ffff:198.51.100.7", "unknown", "\"[2001:db8::1]:80\"", "10.0.0.1,10.0.0.2", "\xff", "198.51.100.7:80"} {
		f.Add(seed)
	}
	a := &Access{trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	f.Fuzz(func(t *testing.T, written string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["X-Forwarded-For"] = []string{written}
		r.RemoteAddr = "203.0.113.9:4711"
		if got := a.address(r); got.String() != "203.0.113.9" {
			t.Errorf("a stranger who writes %q comes from %v", written, got)
		}
		r.RemoteAddr = "10.0.0.1:4711"
		r.Header.Add("X-Forwarded-For", "203.0.113.9")
		got := a.address(r)
		if got.String() != "203.0.113.9" {
			t.Errorf("behind a proxy, a client who writes %q comes from %v", written, got)
		}
		if block(got) == "" || coarse(got) == "" || coarse(got) == got.String() {
			t.Errorf("%v counts as %q and is kept as %q", got, block(got), coarse(got))
		}
	})
}
