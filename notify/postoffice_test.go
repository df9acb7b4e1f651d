package notify

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// postOffice is a mail server in this process.
type postOffice struct {
	address string
	trust   *x509.CertPool

	mu       sync.Mutex
	letters  []letter
	rcpt     func(to string) error // the answer to RCPT; nil accepts
	data     func() error          // the answer to the end of DATA, before it is kept
	password string                // what signing in asks for; empty: it is not offered
	signedIn int
	hello    string
}

// letter is a mail that was accepted.
type letter struct {
	from, to string
	raw      []byte
	*enmime.Envelope
}

// openPostOffice serves until the test ends. mode is that of SMTPOptions.
func openPostOffice(t *testing.T, mode string) *postOffice {
	t.Helper()
	o := &postOffice{}
	s := smtp.NewServer(o)
	s.Domain, s.AllowInsecureAuth = "mail.example", false
	s.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.address = l.Addr().String()
	if mode != "none" {
		certificate := selfSigned(t)
		o.trust = x509.NewCertPool()
		o.trust.AddCert(certificate.Leaf)
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	if mode == "tls" {
		l = tls.NewListener(l, s.TLSConfig)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = s.Serve(l) // it ends with an error when it is closed
	}()
	t.Cleanup(func() {
		_ = s.Close()
		<-served
	})
	return o
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func selfSigned(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// got returns the letters accepted so far.
func (o *postOffice) got() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]letter(nil), o.letters...)
}

// answer sets what the server answers from now on.
func (o *postOffice) answer(rcpt func(string) error, data func() error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rcpt, o.data = rcpt, data
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hello = c.Hostname()
	s := &session{office: o}
	if o.password != "" {
		return signing{s}, nil
	}
	return s, nil
}

type session struct {
	office   *postOffice
	from, to string
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.to = to
	if s.office.rcpt != nil {
		return s.office.rcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	if s.office.data != nil {
		if err := s.office.data(); err != nil {
			return err
		}
	}
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	s.office.letters = append(s.office.letters, letter{s.from, s.to, raw, envelope})
	return nil
}

// signing is a session that asks for a password.
type signing struct{ *session }

func (s signing) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s signing) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.office.mu.Lock()
		defer s.office.mu.Unlock()
		if user != "entente" || password != s.office.password {
			return errors.New("wrong password: " + password)
		}
		s.office.signedIn++
		return nil
	}), nil
}

func reply(code int, words string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: words}
}
