package notify

import (
	"bytes"
	"net/mail"
	"strings"
	"testing"
	"time"
)

// FuzzMail composes a mail of anything: it is one mail with the headers that
// we give it and no other, for a reader that knows nothing of how it was made.
func FuzzMail(f *testing.F) {
	for _, seed := range []string{"", "A law", "a\r\nBcc: everybody@example.org\r\n\r\nbody", "\u202e\u0000", "=?utf-8?q?x?=", strings.Repeat("é", 400), "\xff", "a@b", "\"x\" <a@b>", ".\r\n.\r\n"} {
		f.Add(seed, seed, "somebody@example.org", seed)
	}
	channel, err := NewSMTP(SMTPOptions{Address: "127.0.0.1:25", TLS: "none", From: "entente@example.org"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, subject, name, to, text string) {
		m := greeting()
		m.Subject, m.Name, m.To, m.PlainText, m.HTML = subject, name, to, text, text
		m.Date = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		msg, class := channel.compose(m)
		if class != "" {
			return
		}
		var written bytes.Buffer
		if _, err := msg.WriteTo(&written); err != nil {
			return // refused: nothing is sent
		}
		read, err := mail.ReadMessage(&written)
		if err != nil {
			t.Fatalf("nobody can read it: %v", err)
		}
		for header := range read.Header {
			switch header {
			case "Date", "From", "To", "Subject", "Message-Id", "List-Id", "Auto-Submitted", "Content-Language", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
				"List-Unsubscribe", "List-Unsubscribe-Post", "User-Agent", "X-Mailer":
			default:
				t.Errorf("header %q came from %q, %q, %q", header, subject, name, to)
			}
		}
		if all, err := read.Header.AddressList("To"); err != nil || len(all) != 1 {
			t.Errorf("%q <%q> goes to %v, %v", name, to, all, err)
		}
	})
}
