package main

import (
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"entente/cooperation"
	"entente/platform"
)

// mailServer is a real SMTP server that keeps what it accepts.
type mailServer struct {
	address string
	mu      sync.Mutex
	mails   []mail
	onData  func() // called after a mail was accepted, before the client is told
}

type mail struct {
	to       string
	envelope *enmime.Envelope
}

func (s *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: s}, nil
}

type mailSession struct {
	server *mailServer
	to     string
}

func (*mailSession) Mail(string, *smtp.MailOptions) error { return nil }
func (m *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	m.to = to
	return nil
}
func (*mailSession) Reset()        {}
func (*mailSession) Logout() error { return nil }

func (m *mailSession) Data(r io.Reader) error {
	envelope, err := enmime.ReadEnvelope(r)
	if err != nil {
		return err
	}
	m.server.mu.Lock()
	m.server.mails = append(m.server.mails, mail{m.to, envelope})
	accepted := m.server.onData
	m.server.mu.Unlock()
	if accepted != nil {
		accepted()
	}
	return nil
}

// whenAccepted has f called after each mail that is accepted from now on.
func (s *mailServer) whenAccepted(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onData = f
}

func (s *mailServer) received() []mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]mail(nil), s.mails...)
}

func startMailServer(t *testing.T) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &mailServer{address: listener.Addr().String()}
	server := smtp.NewServer(s)
	server.Domain, server.MaxMessageBytes = "localhost", 10<<20
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }() // ends with Close
	t.Cleanup(func() { server.Close(); <-served })
	return s
}

func (s *mailServer) env(uri string) []string {
	return []string{"ENTENTE_STORE=" + uri, "ENTENTE_SMTP=" + s.address, "ENTENTE_SMTP_TLS=none"}
}

// atOnce lets everybody who has an account be written to at once: who has said
// nothing gets one mail in the morning, and no test waits for it.
func atOnce(t *testing.T, env []string) {
	t.Helper()
	s, err := openStore(t.Context(), strings.TrimPrefix(env[0], "ENTENTE_STORE="))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	on, err := platform.Open(t.Context(), platform.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	for _, u := range on.Users("fctc") {
		if _, err := on.SetPreferences(t.Context(), cooperation.ActorOf(u, false), 0, "", cooperation.Preferences{Mail: cooperation.Immediate}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheBodyIsToldByOneGroupedMailAndASecondRunSendsNothing(t *testing.T) {
	server := startMailServer(t)
	env := server.env(freshSQLite(t))
	must(t, env, "token", "create", "--role", "committee_member", "--convention", "fctc", "--participant", "TR", "--committee", reviewBody(t, "fctc"), "--mail", "bureau@example.org", "--language", "fr")
	atOnce(t, env)
	must(t, env, "import", "needs", rows(t, "needs", 12))
	must(t, env, "import", "offers", rows(t, "offers", 6))
	must(t, env, "match", "--convention", "fctc")
	mails := server.received()
	if len(mails) != 1 || mails[0].to != "bureau@example.org" {
		t.Fatalf("%d mails, want one to the body: %v", len(mails), mails)
	}
	text := mails[0].envelope
	if !strings.Contains(text.Text, "Posting number") || !strings.Contains(text.HTML, "Posting number") || text.GetHeader("Message-ID") == "" {
		t.Errorf("the mail does not name the pairings in both forms:\n%s\n%s", text.Text, text.HTML)
	}
	if !regexp.MustCompile(`lang="?fr`).MatchString(text.HTML) {
		t.Errorf("the mail is not in the recipient's language:\n%s", text.HTML)
	}
	if to := text.GetHeader("To"); !strings.Contains(to, "Membre du comité") || strings.Contains(to, "committee_member") {
		t.Errorf("the account is not named by its role in its language: %q", to)
	}
	before := must(t, env, "verify")
	must(t, env, "match", "--convention", "fctc")
	if got := len(server.received()); got != 1 {
		t.Errorf("%d mails after a second run, want 1", got)
	}
	if after := must(t, env, "verify"); after != before {
		t.Errorf("a second run wrote to the log:\n%s\n%s", before, after)
	}
}

// reviewBody is the body that is told of a convention's pairings.
func reviewBody(t *testing.T, convention string) string {
	t.Helper()
	p := &program{config: &Config{}}
	set, err := p.profiles()
	if err != nil {
		t.Fatal(err)
	}
	c, ok := set.Convention(convention)
	if !ok {
		t.Fatalf("no convention %s", convention)
	}
	return c.ReviewBody
}
