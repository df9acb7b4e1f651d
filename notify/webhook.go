package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"entente/cooperation"
)

// WebhookSecret writes the key of a webhook as its owner is given it.
func WebhookSecret(key []byte) string { return "whsec_" + base64.StdEncoding.EncodeToString(key) }

// event is the body of a message to a webhook: what has happened to which
// document, and nothing that is in it. Who wants to know more reads it through
// the API, with rights of its own.
type event struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      eventData `json:"data"`
}

type eventData struct {
	Kind       string `json:"kind"`
	ID         string `json:"id"`
	Version    uint64 `json:"version"`
	Convention string `json:"convention"`
	Position   uint64 `json:"position"`
}

// payload is the body of a delivery. It is the same in every attempt.
func payload(d *cooperation.Delivery) ([]byte, error) {
	return json.Marshal(event{Type: d.Event, Timestamp: d.Happened.UTC(),
		Data: eventData{Kind: d.Kind, ID: d.Document, Version: d.Of, Convention: d.Convention, Position: d.Position}})
}

// sign makes the header webhook-signature of the Standard Webhooks
// specification: one signature for each key, apart by spaces.
func sign(id string, at time.Time, body []byte, keys [][]byte) string {
	signatures := make([]string, len(keys))
	for i, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
		mac.Write(body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(signatures, " ")
}

// PosterOptions say how receivers of webhooks are reached.
type PosterOptions struct {
	Loopback bool           // whether addresses of this machine may be called, and by http; for trials
	Trust    *x509.CertPool // whose certificates are trusted; default the system's
	Timeout  time.Duration  // for one attempt; default 15 seconds
	Resolver *net.Resolver  // of names; default the system's
}

// Poster brings events to the receivers of webhooks. It calls no address
// inside: the address is checked after its name was resolved, at the moment of
// the connection, so that a name cannot be made to point elsewhere in between.
type Poster struct {
	loopback bool
	timeout  time.Duration
	client   *http.Client
}

// Limits of what is read of an answer. Nothing in it is needed but its status.
const (
	answerHeaders = 32 << 10
	answerBody    = 64 << 10
)

// NewPoster makes a Poster. Close gives its connections back.
func NewPoster(o PosterOptions) *Poster {
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	options := []ssrf.Option{ssrf.WithAnyPort()}
	if o.Loopback {
		options = append(options, ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")), ssrf.WithAllowedV6Prefixes(netip.MustParsePrefix("::1/128")))
	}
	dialer := &net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver, Control: ssrf.New(options...).Safe}
	transport := &http.Transport{
		Proxy:                  nil, // a proxy would make the connection for us, and check nothing
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: o.Trust, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    o.Timeout,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           50,
		MaxIdleConnsPerHost:    2,
		MaxConnsPerHost:        4,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: answerHeaders,
		DisableCompression:     true, // nothing is unpacked
	}
	return &Poster{loopback: o.Loopback, timeout: o.Timeout, client: &http.Client{Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Close gives idle connections back.
func (p *Poster) Close() { p.client.CloseIdleConnections() }

// Post makes one attempt and returns how the receiver answered. keys are those
// that sign, the present one first.
func (p *Poster) Post(ctx context.Context, address string, d *cooperation.Delivery, keys [][]byte, at time.Time) Reply {
	body, err := payload(d)
	if err != nil {
		return Reply{Class: Internal}
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil || r.URL.Scheme != "https" && !p.loopback {
		return Reply{Class: Blocked}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Entente")
	r.Header.Set("Webhook-Id", d.ID)
	r.Header.Set("Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("Webhook-Signature", sign(d.ID, at, body, keys))
	answer, err := p.client.Do(r)
	if err != nil {
		return Reply{Class: classOfPost(err)}
	}
	defer answer.Body.Close()
	reply := replyOf(answer.StatusCode, answer.Header.Get("Retry-After"), at)
	// The rest is read so that the connection can serve again, and no further. What the receiver says counts from its
	// status on: whether the body comes is of no interest.
	_, _ = io.CopyN(io.Discard, answer.Body, answerBody)
	return reply
}

// classOfPost finds the class of an error before there was an answer.
func classOfPost(err error) Class {
	var name *net.DNSError
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrInvalidHostPort):
		return Blocked
	case isTimeout(err):
		return Timeout
	case errors.As(err, &name):
		return NoName
	case isInsecure(err) || strings.Contains(err.Error(), "HTTP response to HTTPS client"):
		return Insecure
	case isBroken(err) || strings.Contains(err.Error(), "server closed idle connection"):
		return Network // the second: hung up between the connection and the request
	}
	return Protocol
}
