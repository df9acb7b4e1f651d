package notify

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"entente/cooperation"
)

// opened is the delivery of a need that was opened.
func opened() *cooperation.Delivery {
	w := &cooperation.Webhook{Meta: cooperation.Meta{ID: "hook", Convention: "pilot"}}
	return cooperation.Announce(w, "need.opened", "need", "aneed", 3, 17, noon, noon)
}

// receiver is a receiver with a certificate that the poster trusts.
func receiver(t *testing.T, answer http.HandlerFunc) (address string, trust *x509.CertPool) {
	t.Helper()
	s := httptest.NewUnstartedServer(answer)
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return s.URL, pool
}

// poster may call this machine, as trials may.
func poster(t *testing.T, o PosterOptions) *Poster {
	t.Helper()
	o.Loopback = true
	p := NewPoster(o)
	t.Cleanup(p.Close)
	return p
}

func TestAReceiverCanVerifyAnEventByTheStandardLibraryWithEitherSecret(t *testing.T) {
	now, fresh := time.Now(), []byte("a secret of 32 bytes, and no more")
	old := []byte("the secret that was there before")
	var body []byte
	var header http.Header
	address, trust := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		header = r.Header
		body, _ = io.ReadAll(r.Body)
	})
	d := opened()
	if r := poster(t, PosterOptions{Trust: trust}).Post(t.Context(), address, d, [][]byte{fresh, old}, now); r.Class != "" || r.Status != 200 {
		t.Fatalf("the receiver answered %+v", r)
	}
	for what, secret := range map[string][]byte{"the new": fresh, "the old": old} {
		w, err := standardwebhooks.NewWebhook(WebhookSecret(secret))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Verify(body, header); err != nil {
			t.Errorf("with %s secret: %v", what, err)
		}
	}
	other, err := standardwebhooks.NewWebhook(WebhookSecret([]byte("somebody else's secret of 32 byte")))
	if err != nil {
		t.Fatal(err)
	}
	if other.Verify(body, header) == nil {
		t.Error("a secret that did not sign verifies")
	}
	if header.Get("Webhook-Id") != d.ID || header.Get("Content-Type") != "application/json" {
		t.Errorf("the headers are %v", header)
	}
	var got map[string]any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	want := `{"type":"need.opened","timestamp":"2026-03-10T12:00:00Z","data":{"kind":"need","id":"aneed","version":3,"convention":"pilot","position":17}}`
	if string(body) != want {
		t.Errorf("the body is %s", body)
	}
}

func TestNoAddressInsideIsCalledHoweverItIsWritten(t *testing.T) {
	called := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	t.Cleanup(s.Close)
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	p := NewPoster(PosterOptions{Timeout: 2 * time.Second})
	t.Cleanup(p.Close)
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "10.0.0.1", "172.16.5.4",
		"192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255"} {
		if r := p.Post(t.Context(), "https://"+host+":"+port+"/", opened(), [][]byte{{1}}, noon); r.Class != Blocked {
			t.Errorf("%s: %+v", host, r)
		}
	}
	if r := p.Post(t.Context(), "http://example.org/", opened(), nil, noon); r.Class != Blocked {
		t.Errorf("without encryption: %+v", r)
	}
	if called {
		t.Error("a receiver inside was called")
	}
}

// A name may be resolved to one address when it is looked at and to another
// when it is called: what is checked is the address of the connection.
func TestANameThatComesToPointInsideIsNotCalled(t *testing.T) {
	answers := &nameServer{}
	p := NewPoster(PosterOptions{Timeout: 2 * time.Second, Resolver: answers.serve(t)})
	t.Cleanup(p.Close)
	for _, inside := range []string{"127.0.0.1", "10.1.2.3", "169.254.169.254"} {
		answers.point(inside)
		if r := p.Post(t.Context(), "https://hooks.example.org/", opened(), nil, noon); r.Class != Blocked {
			t.Errorf("a name that points to %s: %+v", inside, r)
		}
	}
	if answers.asked() == 0 {
		t.Error("the name was not resolved")
	}
}

func TestEveryFaultOfAReceiverHasItsClass(t *testing.T) {
	silent := func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
	for what, c := range map[string]struct {
		does func(net.Conn)
		want Class
	}{
		"takes the connection and says nothing": {silent, Timeout},
		"begins an answer and stops": {func(c net.Conn) {
			_, _ = http.ReadRequest(bufio.NewReader(c)) // an answer that comes before it is none
			_, _ = io.WriteString(c, "HTTP/1.1 200 O")
			silent(c)
		}, Timeout},
		"hangs up":              {func(c net.Conn) { _ = c.Close() }, Network},
		"resets the connection": {func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0); _ = c.Close() }, Network},
		"speaks no HTTP":        {func(c net.Conn) { _, _ = io.WriteString(c, "220 mail.example ESMTP\r\n"); silent(c) }, Protocol},
		"answers with endless headers": {func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
			for i := 0; i < 100; i++ {
				_, _ = io.WriteString(c, "X-Fill: "+strings.Repeat("x", 4096)+"\r\n")
			}
			silent(c)
		}, Protocol},
	} {
		t.Run(what, func(t *testing.T) {
			address := faulty(t, c.does)
			p := poster(t, PosterOptions{Timeout: 300 * time.Millisecond})
			if r := p.Post(t.Context(), "http://"+address, opened(), nil, noon); r.Class != c.want || r.Status != 0 {
				t.Errorf("a receiver that %s: %+v and not %s", what, r, c.want)
			}
		})
	}
	closed := faulty(t, nil)
	for address, want := range map[string]Class{"http://" + closed: Network, "https://nowhere.invalid/": NoName} {
		p := NewPoster(PosterOptions{Loopback: true, Timeout: 3 * time.Second, Resolver: (&nameServer{}).serve(t)})
		if r := p.Post(t.Context(), address, opened(), nil, noon); r.Class != want {
			t.Errorf("%s: %+v and not %s", address, r, want)
		}
		p.Close()
	}
}

func TestAReceiverThatIsNotTrustedOrSendsElsewhereIsNotServed(t *testing.T) {
	calls := 0
	address, trust := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	if r := poster(t, PosterOptions{}).Post(t.Context(), address, opened(), nil, noon); r.Class != Insecure || calls != 0 {
		t.Errorf("a certificate of nobody: %+v", r)
	}
	if r := poster(t, PosterOptions{Trust: trust}).Post(t.Context(), address, opened(), nil, noon); r.Class != Redirected || r.Status != 307 || calls != 1 {
		t.Errorf("a redirect: %+v after %d calls", r, calls)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	if r := poster(t, PosterOptions{}).Post(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), opened(), nil, noon); r.Class != Insecure {
		t.Errorf("a receiver without encryption under https: %+v", r)
	}
}

func TestAnEndlessAnswerDoesNotHoldTheSenderUp(t *testing.T) {
	address, trust := receiver(t, func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	})
	started := time.Now()
	if r := poster(t, PosterOptions{Trust: trust, Timeout: 20 * time.Second}).Post(t.Context(), address, opened(), nil, noon); r.Class != "" || time.Since(started) > 15*time.Second {
		t.Errorf("%+v after %v", r, time.Since(started))
	}
}

// faulty is a receiver that does what it should not. Without a deed, nobody
// listens.
func faulty(t *testing.T, does func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if does == nil {
		_ = l.Close()
		return l.Addr().String()
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() { defer conn.Close(); does(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); running.Wait() })
	return l.Addr().String()
}

// nameServer answers every name with one address, or with none.
type nameServer struct {
	mu      sync.Mutex
	address netip.Addr
	count   int
}

func (n *nameServer) point(to string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.address = netip.MustParseAddr(to)
}

func (n *nameServer) asked() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.count
}

// serve makes a resolver that asks this server.
func (n *nameServer) serve(t *testing.T) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		question := make([]byte, 1500)
		for {
			size, from, err := c.ReadFrom(question)
			if errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.EBADF) {
				return
			}
			if err == nil && size > 12 {
				_, _ = c.WriteTo(n.answer(question[:size]), from)
			}
		}
	})
	t.Cleanup(func() { _ = c.Close(); running.Wait() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

// answer is the message of a name server (RFC 1035): the question again, and
// an address to a question for one of IPv4.
func (n *nameServer) answer(question []byte) []byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.count++
	end := 12
	for end < len(question) && question[end] != 0 {
		end += int(question[end]) + 1
	}
	end += 5
	out := append([]byte{question[0], question[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[12:end]...)
	if !n.address.IsValid() {
		out[3] = 0x83 // there is no such name
		return out
	}
	if question[end-3] == 1 { // an address of IPv4
		out[7] = 1
		four := n.address.As4()
		out = append(out, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4)
		out = append(out, four[:]...)
	}
	return out
}

// net/http gives this fault no name, and which of several a receiver that hangs
// up causes is a matter of microseconds.
func TestAReceiverThatHangsUpBeforeTheRequestHasAFaultOfTheNetwork(t *testing.T) {
	if got := classOfPost(errors.New("http: server closed idle connection")); got != Network {
		t.Errorf("the class is %s", got)
	}
}
