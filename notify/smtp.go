package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Channel hands a mail over to whoever brings it to the recipient. An error is
// a *Failure; retry says whether another attempt may go better. Nil means that
// the receiver has taken responsibility for the mail. A channel is safe for
// concurrent use.
type Channel interface {
	Send(ctx context.Context, m Mail) (retry bool, err error)
}

// SMTPOptions say how to reach the server. Address and From are required.
type SMTPOptions struct {
	Address  string         // host:port
	TLS      string         // "none", "starttls" (required of the server) or "tls" (from the first byte)
	User     string         // empty: no sign-in
	Password string         // sent over an encrypted connection only, or proven without being sent
	From     string         // an address, with or without a name
	HELO     string         // how this program presents itself; default the name of the machine
	Trust    *x509.CertPool // whose certificates are trusted; default the system's
	Timeout  time.Duration  // for connecting, and again for handing over; default 30 seconds
}

// SMTP is the channel of electronic mail.
type SMTP struct {
	options SMTPOptions
	host    string
	port    int
	from    *mail.Address
}

// NewSMTP checks the options and makes the channel. It does not connect.
func NewSMTP(o SMTPOptions) (*SMTP, error) {
	host, digits, err := net.SplitHostPort(o.Address)
	if err != nil || host == "" {
		return nil, errors.New("SMTP server: not an address of the form host:port")
	}
	port, err := strconv.Atoi(digits)
	if err != nil || port < 1 || port > 65535 {
		return nil, errors.New("SMTP server: the port is not a number from 1 to 65535")
	}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, errors.New("SMTP sender: not a mail address")
	}
	switch o.TLS {
	case "none", "starttls", "tls":
	default:
		return nil, fmt.Errorf("SMTP encryption %q: not one of none, starttls, tls", o.TLS)
	}
	if from.Name == "" {
		from.Name = "Entente"
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	return &SMTP{options: o, host: host, port: port, from: from}, nil
}

// Send delivers one mail in a conversation of its own, bounded by ctx and by
// the time-outs of the channel.
func (s *SMTP) Send(ctx context.Context, m Mail) (retry bool, err error) {
	class := s.send(ctx, m)
	if class == "" {
		return false, nil
	}
	return class.Retry(), &Failure{class}
}

// send returns the class of the failure, empty on success.
func (s *SMTP) send(ctx context.Context, m Mail) Class {
	msg, class := s.compose(m)
	if class != "" {
		return class
	}
	l := &line{}
	defer l.Close()
	// The library heeds the context only until it is connected: ending the
	// connection ends whatever is under way.
	defer context.AfterFunc(ctx, l.Close)()
	client, err := s.connect(ctx, l)
	if err != nil {
		return s.class(ctx, err, connecting)
	}
	if at, err := s.hand(client, msg); err != nil {
		return s.class(ctx, err, at)
	}
	// The server has accepted: what happens while parting changes nothing.
	_ = client.Quit()
	return ""
}

// class is classify, knowing that a connection ended by the context broke for
// lack of time.
func (s *SMTP) class(ctx context.Context, err error, at stage) Class {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return Timeout
	}
	return classify(err, at)
}

// compose makes the message. Each header field is encoded where it needs to
// be, so no value can break out of its line.
func (s *SMTP) compose(m Mail) (*gomail.Msg, Class) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	to, err := mail.ParseAddress(m.To)
	if err != nil {
		return nil, Address
	}
	msg.ToMailAddress(&mail.Address{Name: m.Name, Address: to.Address})
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date.UTC())
	msg.SetGenHeader("List-Id", "<"+m.List+">")
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office replies
	msg.SetGenHeader("Content-Language", m.Language)
	if m.Unsubscribe != "" { // one click, RFC 8058
		msg.SetGenHeader("List-Unsubscribe", "<"+m.Unsubscribe+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.PlainText)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, ""
}

// connect opens the connection, encrypts it as configured and signs in.
func (s *SMTP) connect(ctx context.Context, l *line) (*smtp.Client, error) {
	o := s.options
	config := &tls.Config{ServerName: s.host, RootCAs: o.Trust, MinVersion: tls.VersionTLS12}
	options := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTimeout(o.Timeout), gomail.WithTLSConfig(config), gomail.WithTLSPolicy(s.policy()),
		gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			return l.dial(ctx, network, address, o.TLS == "tls", config)
		}),
	}
	if o.HELO != "" {
		options = append(options, gomail.WithHELO(o.HELO))
	}
	if o.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(o.User), gomail.WithPassword(o.Password))
	}
	client, err := gomail.NewClient(s.host, options...)
	if err != nil {
		return nil, err
	}
	return client.DialToSMTPClientWithContext(ctx)
}

// policy is what the library does after connecting. Where the connection is
// encrypted from the first byte it has only to notice that: the library offers
// passwords on connections that it knows to be encrypted.
func (s *SMTP) policy() gomail.TLSPolicy {
	switch s.options.TLS {
	case "none":
		return gomail.NoTLS
	case "starttls":
		return gomail.TLSMandatory
	}
	return gomail.TLSOpportunistic
}

// hand gives the message to the server. It returns nil once the server has
// accepted it, and how far it has come.
func (s *SMTP) hand(client *smtp.Client, msg *gomail.Msg) (stage, error) {
	if err := client.UpdateDeadline(s.options.Timeout); err != nil {
		return handing, err
	}
	from, err := msg.GetSender(false)
	if err != nil {
		return handing, err
	}
	to, err := msg.GetRecipients()
	if err != nil {
		return handing, err
	}
	if err := client.Mail(from); err != nil {
		return handing, err
	}
	for _, address := range to {
		if err := client.Rcpt(address); err != nil {
			return addressing, err
		}
	}
	w, err := client.Data()
	if err != nil {
		return handing, err
	}
	if _, err := msg.WriteTo(w); err != nil {
		return handing, err // without the final dot: half a message must not be accepted
	}
	return handing, w.Close()
}
