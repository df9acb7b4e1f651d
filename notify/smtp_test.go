package notify

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

// greeting is a mail with something of everything.
func greeting() Mail {
	return Mail{ID: "abc@entente.example", List: "pilot.entente.example", To: "reader@mail.example", Name: "Читатель", Date: noon, Language: "ru",
		Subject: "Новые проекты партнерств", PlainText: "Здравствуйте.\n.\nFrom here on.\n", HTML: "<p>Здравствуйте.</p>"}
}

func newSMTP(t *testing.T, o SMTPOptions) *SMTP {
	t.Helper()
	if o.From == "" {
		o.From = "entente@mail.example"
	}
	if o.TLS == "" {
		o.TLS = "none"
	}
	channel, err := NewSMTP(o)
	if err != nil {
		t.Fatal(err)
	}
	return channel
}

func TestAMailArrivesWhole(t *testing.T) {
	office := openPostOffice(t, "none")
	m := greeting()
	if retry, err := newSMTP(t, SMTPOptions{Address: office.address, HELO: "client.mail.example"}).Send(t.Context(), m); err != nil || retry {
		t.Fatal(retry, err)
	}
	letters := office.got()
	if len(letters) != 1 || office.hello != "client.mail.example" {
		t.Fatalf("%d mails arrived from %q", len(letters), office.hello)
	}
	l := letters[0]
	for header, want := range map[string]string{
		"Message-ID": "<abc@entente.example>", "List-Id": "<pilot.entente.example>", "Auto-Submitted": "auto-generated",
		"Subject": m.Subject, "Content-Language": "ru", "Date": "Tue, 10 Mar 2026 12:00:00 +0000", "From": `"Entente" <entente@mail.example>`,
	} {
		if got := l.GetHeader(header); got != want {
			t.Errorf("%s: %q, wanted %q", header, got, want)
		}
	}
	to, err := l.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Читатель" || to[0].Address != "reader@mail.example" || l.from != "entente@mail.example" || l.to != to[0].Address {
		t.Errorf("from %q to %q, %v %v", l.from, l.to, to, err)
	}
	if strings.ReplaceAll(l.Text, "\r\n", "\n") != m.PlainText || l.HTML != m.HTML || len(l.Errors) != 0 {
		t.Errorf("the mail reads %q and %q, %v", l.Text, l.HTML, l.Errors)
	}
	if l.GetHeader("User-Agent") != "" || l.GetHeader("X-Mailer") != "" {
		t.Error("the mail tells of the library that made it")
	}
}

func TestNoFieldOfAMailCanStartAnotherHeader(t *testing.T) {
	office := openPostOffice(t, "none")
	const evil = "x\r\nBcc: all@mail.example\r\n\r\nbody"
	m := greeting()
	m.Subject, m.Name, m.ID, m.List, m.Language = evil, evil, "abc"+evil, evil, evil
	if _, err := newSMTP(t, SMTPOptions{Address: office.address}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	for _, l := range office.got() {
		head, _, _ := bytes.Cut(l.raw, []byte("\r\n\r\n"))
		if bytes.Contains(head, []byte("\nBcc:")) || l.GetHeader("Bcc") != "" || l.to != "reader@mail.example" || l.Text == "" {
			t.Errorf("a header was injected:\n%s", head)
		}
	}
	m = greeting()
	m.To = "reader@mail.example>\r\nRCPT TO:<other@mail.example"
	if retry, err := newSMTP(t, SMTPOptions{Address: office.address}).Send(t.Context(), m); retry || classOf(err) != Address {
		t.Errorf("an address with a line break: %v %v", retry, err)
	}
	if n := len(office.got()); n != 1 {
		t.Errorf("%d mails arrived", n)
	}
}

func TestEncryptionAndSigningInAsConfigured(t *testing.T) {
	for _, tc := range []struct {
		name, server, client string
		untrusted            bool
		password, given      string
		want                 Class
	}{
		{"starttls", "starttls", "starttls", false, "", "", ""},
		{"tls", "tls", "tls", false, "", "", ""},
		{"starttls with a password", "starttls", "starttls", false, "open", "open", ""},
		{"tls with a password", "tls", "tls", false, "open", "open", ""},
		{"a wrong password", "tls", "tls", false, "open", "wrong", Auth},
		{"a wrong password after starttls", "starttls", "starttls", false, "open", "wrong", Auth},
		{"a password that would be sent in clear", "none", "none", false, "open", "open", Auth},
		{"a password for a server that asks for none", "tls", "tls", false, "", "open", Auth},
		{"a server without starttls", "none", "starttls", false, "", "", Insecure},
		{"a server without tls", "none", "tls", false, "", "", Insecure},
		{"a stranger's certificate", "tls", "tls", true, "", "", Insecure},
		{"a stranger's certificate after starttls", "starttls", "starttls", true, "", "", Insecure},
	} {
		t.Run(tc.name, func(t *testing.T) {
			office := openPostOffice(t, tc.server)
			office.password = tc.password
			o := SMTPOptions{Address: office.address, TLS: tc.client, Trust: office.trust, Timeout: 5 * time.Second}
			if tc.untrusted {
				o.Trust = x509.NewCertPool()
			}
			if tc.given != "" {
				o.User, o.Password = "entente", tc.given
			}
			retry, err := newSMTP(t, o).Send(t.Context(), greeting())
			if classOf(err) != tc.want || retry != (tc.want != "") {
				t.Fatalf("retry %v, %v; wanted %q", retry, err, tc.want)
			}
			if got := len(office.got()); (got == 1) != (tc.want == "") || tc.want == "" && tc.password != "" && office.signedIn != 1 {
				t.Errorf("%d mails arrived, signed in %d times", got, office.signedIn)
			}
		})
	}
}

func classOf(err error) Class {
	var f *Failure
	if errors.As(err, &f) {
		return f.Class
	}
	return ""
}

func TestAnswersOfTheServerDecideWhetherToTryAgain(t *testing.T) {
	for _, tc := range []struct {
		name       string
		rcpt, data error
		want       Class
	}{
		{"greylisted", reply(450, "later"), nil, Deferred},
		{"mailbox full", reply(452, "full"), nil, Deferred},
		{"local error", nil, reply(451, "broken"), Deferred},
		{"unknown recipient", reply(550, "who"), nil, Refused},
		{"spam", nil, reply(554, "no"), Refused},
		{"not signed in", reply(530, "sign in"), nil, Auth},
	} {
		t.Run(tc.name, func(t *testing.T) {
			office := openPostOffice(t, "none")
			office.answer(func(string) error { return tc.rcpt }, func() error { return tc.data })
			retry, err := newSMTP(t, SMTPOptions{Address: office.address}).Send(t.Context(), greeting())
			if classOf(err) != tc.want || retry != tc.want.Retry() || len(office.got()) != 0 {
				t.Errorf("retry %v, %v; wanted %q", retry, err, tc.want)
			}
		})
	}
}

func TestTheTableOfReplies(t *testing.T) {
	for _, tc := range []struct {
		code                int
		connecting, handing Class
	}{
		{421, Deferred, Deferred}, {450, Deferred, Deferred}, {454, Auth, Deferred},
		{530, Auth, Auth}, {534, Auth, Refused}, {535, Auth, Refused}, {538, Auth, Refused},
		{500, Protocol, Refused}, {550, Protocol, Refused}, {552, Protocol, Refused}, {554, Protocol, Refused},
		{250, Protocol, Protocol}, {999, Protocol, Protocol},
	} {
		err := &textproto.Error{Code: tc.code, Msg: "to reader@mail.example"}
		if got := classify(err, connecting); got != tc.connecting {
			t.Errorf("%d while connecting: %s, wanted %s", tc.code, got, tc.connecting)
		}
		if got := classify(err, handing); got != tc.handing {
			t.Errorf("%d while handing over: %s, wanted %s", tc.code, got, tc.handing)
		}
	}
}

// listening accepts connections and treats them as told.
func listening(t *testing.T, treat func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			treat(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
	})
	return l.Addr().String()
}

// untilClosed reads until the other side hangs up.
func untilClosed(conn net.Conn) {
	buffer := make([]byte, 512)
	for {
		if _, err := conn.Read(buffer); err != nil {
			return
		}
	}
}

func TestAServerThatIsSilentGoneOrNoMailServerIsTriedAgain(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := gone.Addr().String()
	_ = gone.Close()
	for _, tc := range []struct {
		name, address string
		want          Class
	}{
		{"nobody listens", nobody, Network},
		{"hangs up", listening(t, func(net.Conn) {}), Network},
		{"says nothing", listening(t, untilClosed), Timeout},
		{"speaks something else", listening(t, func(c net.Conn) { _, _ = c.Write([]byte("hello there\r\n")); untilClosed(c) }), Protocol},
		{"turns everybody away", listening(t, func(c net.Conn) { _, _ = c.Write([]byte("554 no service\r\n")); untilClosed(c) }), Protocol},
		{"is busy", listening(t, func(c net.Conn) { _, _ = c.Write([]byte("421 busy\r\n")); untilClosed(c) }), Deferred},
	} {
		t.Run(tc.name, func(t *testing.T) {
			retry, err := newSMTP(t, SMTPOptions{Address: tc.address, Timeout: 200 * time.Millisecond}).Send(t.Context(), greeting())
			if !retry || classOf(err) != tc.want {
				t.Errorf("retry %v, %v; wanted %q", retry, err, tc.want)
			}
		})
	}
}

func TestTheContextEndsAConversationAtOnce(t *testing.T) {
	reached := make(chan struct{}, 1)
	address := listening(t, func(c net.Conn) {
		reached <- struct{}{}
		untilClosed(c)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-reached
		cancel()
	}()
	began := time.Now()
	if _, err := newSMTP(t, SMTPOptions{Address: address, Timeout: time.Minute}).Send(ctx, greeting()); err == nil || time.Since(began) > 30*time.Second {
		t.Errorf("ended after %v with %v", time.Since(began), err)
	}
	if _, err := newSMTP(t, SMTPOptions{Address: address}).Send(ctx, greeting()); err == nil {
		t.Error("a mail was sent after the context ended")
	}
}

func TestNoSecretAndNoAddressReachesAnError(t *testing.T) {
	const canary = "canary-4711"
	for _, server := range []string{"none", "starttls", "tls"} {
		for _, client := range []string{"none", "starttls", "tls"} {
			office := openPostOffice(t, server)
			office.password = "another"
			office.answer(func(to string) error { return reply(550, "no "+to+" "+canary) }, nil)
			channel := newSMTP(t, SMTPOptions{Address: office.address, TLS: client, Trust: office.trust, Timeout: 300 * time.Millisecond, User: "entente", Password: canary})
			_, err := channel.Send(t.Context(), greeting())
			if err == nil {
				t.Fatalf("%s and %s: the mail was sent", server, client)
			}
			for _, secret := range []string{canary, "mail.example", "127.0.0.1", "entente"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s and %s: the error tells %q: %v", server, client, secret, err)
				}
			}
			if errors.Unwrap(err) != nil {
				t.Errorf("%s and %s: the error carries another: %v", server, client, errors.Unwrap(err))
			}
		}
	}
	for _, o := range []SMTPOptions{
		{Address: canary, TLS: "none", From: "entente@mail.example"}, {Address: canary + ":x", TLS: "none", From: "entente@mail.example"},
		{Address: "mail.example:25", TLS: "none", From: canary}, {Address: "mail.example:25", TLS: "some", From: "entente@mail.example", Password: canary},
		{Address: "mail.example:70000", TLS: "none", From: "entente@mail.example", Password: canary},
	} {
		if _, err := NewSMTP(o); err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
