// Package faulttest puts a proxy between the program and a server that it
// needs, and lets a test do to the connection what networks do: delay, reset,
// fall silent, crawl.
package faulttest

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// Fault is something that may befall a connection.
type Fault struct {
	Name       string         // what it is called in a test
	Type       string         // toxiproxy's name
	Stream     string         // "upstream": what we send; "downstream": what we are answered
	Attributes map[string]any // toxiproxy's
}

// The faults of the tests. A silent connection stays open and carries nothing;
// a reset one ends with RST.
func Latency(milliseconds int) Fault {
	return Fault{"latency", "latency", "downstream", map[string]any{"latency": milliseconds, "jitter": milliseconds / 4}}
}

// Reset ends connections, old and new, as soon as they carry something.
func Reset() Fault { return Fault{"reset", "reset_peer", "downstream", map[string]any{"timeout": 0}} }

// Deaf lets nothing through to the server and keeps the connection open.
func Deaf() Fault {
	return Fault{"half-open, deaf", "timeout", "upstream", map[string]any{"timeout": 0}}
}

// Mute lets nothing of the server's answers through and keeps the connection
// open: what was sent is done, and nobody is told.
func Mute() Fault {
	return Fault{"half-open, mute", "timeout", "downstream", map[string]any{"timeout": 0}}
}

// Crawl lets that many kilobytes a second through.
func Crawl(rate int) Fault {
	return Fault{"slow", "bandwidth", "downstream", map[string]any{"rate": rate}}
}

// Proxy stands before a server.
type Proxy struct {
	t     testing.TB
	proxy *toxiproxy.Proxy
}

// Before starts a proxy before the server at an address, until the test ends.
func Before(t testing.TB, upstream string) *Proxy {
	t.Helper()
	zerolog.SetGlobalLevel(zerolog.Disabled) // toxics log to standard error whatever they are told
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	p := &Proxy{t, toxiproxy.NewProxy(server, "proxy", "127.0.0.1:0", upstream)}
	p.Connect()
	t.Cleanup(func() { p.Heal(); p.Cut() })
	return p
}

// Address is where the proxy listens.
func (p *Proxy) Address() string { return p.proxy.Listen }

// Inject lets a fault befall all connections, those that are open too.
func (p *Proxy) Inject(f Fault) {
	p.t.Helper()
	text, err := json.Marshal(map[string]any{"name": f.Name, "type": f.Type, "stream": f.Stream, "attributes": f.Attributes})
	if err == nil {
		_, err = p.proxy.Toxics.AddToxicJson(bytes.NewReader(text))
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// Heal ends all faults.
func (p *Proxy) Heal() { p.proxy.Toxics.ResetToxics(context.Background()) }

// Cut ends all connections and refuses new ones.
func (p *Proxy) Cut() { p.proxy.Stop() }

// Connect accepts connections again, at the same address.
func (p *Proxy) Connect() {
	p.t.Helper()
	if err := p.proxy.Start(); err != nil {
		p.t.Fatal(err)
	}
}
