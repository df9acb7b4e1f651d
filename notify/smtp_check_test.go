package notify

import (
	"context"
	"net"
	"testing"
	"time"
)

func TestACheckMeetsWhatSendingWouldMeetAndSendsNothing(t *testing.T) {
	for _, tc := range []struct {
		name, server, client, password, given string
		want                                  Class
	}{
		{"in clear", "none", "none", "", "", ""},
		{"starttls with a password", "starttls", "starttls", "open", "open", ""},
		{"tls with a password", "tls", "tls", "open", "open", ""},
		{"a wrong password", "tls", "tls", "open", "wrong", Auth},
		{"a server without starttls", "none", "starttls", "", "", Insecure},
	} {
		t.Run(tc.name, func(t *testing.T) {
			office := openPostOffice(t, tc.server)
			office.password = tc.password
			o := SMTPOptions{Address: office.address, TLS: tc.client, Trust: office.trust, Timeout: 5 * time.Second}
			if tc.given != "" {
				o.User, o.Password = "entente", tc.given
			}
			if err := newSMTP(t, o).Check(t.Context()); classOf(err) != tc.want || (err == nil) != (tc.want == "") {
				t.Errorf("%v; wanted %q", err, tc.want)
			}
			if got := len(office.got()); got != 0 {
				t.Errorf("%d mails arrived", got)
			}
		})
	}
}

func TestACheckEndsWithItsContext(t *testing.T) {
	reached := make(chan struct{})
	address := listening(t, func(c net.Conn) { close(reached); untilClosed(c) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	if err := newSMTP(t, SMTPOptions{Address: address, Timeout: time.Minute}).Check(ctx); err == nil {
		t.Error("a silent server was called well")
	}
}
