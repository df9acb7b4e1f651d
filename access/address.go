package access

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// address is where a request came from. Proxies append to X-Forwarded-For, so
// it is read from its end, and only as long as the word of a trusted proxy
// stands for the entry: whatever a client wrote into it comes earlier.
func (a *Access) address(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	at = at.Unmap().WithZone("")
	entries := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, entry := range slices.Backward(entries) {
		if !a.trusts(at) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(entry))
		if err != nil {
			break
		}
		at = before.Unmap().WithZone("")
	}
	return at
}

func (a *Access) trusts(at netip.Addr) bool {
	return slices.ContainsFunc(a.trusted, func(p netip.Prefix) bool { return p.Contains(at) })
}

// block is the network that counts as one client: an IPv6 subscriber has a
// whole /64.
func block(at netip.Addr) string {
	if at.Is6() {
		if p, err := at.Prefix(64); err == nil {
			return p.String()
		}
	}
	return at.String()
}

// coarse is what is kept of an address: enough for its owner to know it again,
// too little to find them.
func coarse(at netip.Addr) string {
	bits := 24
	if at.Is6() {
		bits = 48
	}
	p, err := at.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
