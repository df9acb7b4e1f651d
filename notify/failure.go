package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

// Class is a kind of failure of delivery. It is all that is kept and shown of
// one: servers put addresses into their words, and errors of the conversation
// may hold secrets.
type Class string

// The classes of failures.
const (
	Bounced   Class = "bounced"      // the server refuses the recipient for good (5xx): the address is paused
	Refused   Class = "refused"      // the server refuses this message for good (5xx)
	Deferred  Class = "deferred"     // the server asks to try again later (4xx)
	Network   Class = "network"      // the server cannot be reached, or the connection broke
	Timeout   Class = "timeout"      // no answer in time
	Insecure  Class = "tls"          // no trusted encryption as configured
	Auth      Class = "auth"         // the server does not accept how we sign in
	Protocol  Class = "protocol"     // the server is not one, or says what it may not
	Address   Class = "address"      // the address cannot be one
	Internal  Class = "internal"     // the message could not be made
	NoAddress Class = "no_address"   // there is no address any more
	NoRole    Class = "not_entitled" // the person no longer holds the role for which it was told
	Unwanted  Class = "unsubscribed" // the person wants no such mails any more
	Stale     Class = "stale"        // too old to be worth sending
)

// Retry reports whether another attempt may go better. What is wrong with the
// connection or the configuration is put right without touching the message;
// what is wrong with the message is not.
func (c Class) Retry() bool {
	switch c {
	case Deferred, Network, Timeout, Insecure, Auth, Protocol:
		return true
	}
	return false
}

// Failure is the error of a channel: its class and nothing else.
type Failure struct{ Class Class }

func (f *Failure) Error() string { return "mail not delivered: " + string(f.Class) }

// stage is how far a conversation had come when it failed.
type stage int

const (
	connecting stage = iota // until the server has let us in
	addressing              // while the recipient was named
	handing                 // while the message was handed over
)

// classify finds the class of an error of the SMTP conversation.
func classify(err error, at stage) Class {
	var reply *textproto.Error
	switch {
	case errors.As(err, &reply):
		if at == addressing && bounces(reply) {
			return Bounced
		}
		return classOfReply(reply.Code, at)
	case isTimeout(err):
		return Timeout
	case isInsecure(err):
		return Insecure
	case isBroken(err):
		return Network
	case at == connecting && strings.Contains(err.Error(), "AUTH"), errors.Is(err, smtp.ErrUnencrypted), errors.Is(err, smtp.ErrWrongHostname):
		return Auth // the library has no error values for what a server does not offer
	}
	return Protocol
}

// classOfReply is the table of the server's replies (RFC 5321, 4.2 and 4.3;
// RFC 4954, 6). While connecting, a permanent refusal concerns us and not the
// message: the configuration can be put right, so it is tried again.
func classOfReply(code int, at stage) Class {
	switch {
	case at == connecting && (code == 454 || code == 534 || code == 535 || code == 538), code == 530:
		return Auth
	case code >= 400 && code < 500:
		return Deferred
	case code >= 500 && code < 600 && at != connecting:
		return Refused
	}
	return Protocol
}

// bounces reports whether a refusal of a recipient is about the address: there
// is no such mailbox, or it was closed. Servers that give no enhanced status
// (RFC 3463) are taken at their code; a refusal for want of rights, by policy
// or because a mailbox is full is not about the address.
func bounces(reply *textproto.Error) bool {
	if reply.Code != 550 && reply.Code != 551 && reply.Code != 553 {
		return false
	}
	status := enhanced.FindString(reply.Msg)
	return status == "" || AddressFault(status)
}

var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}`)

// AddressFault reports whether an enhanced status of RFC 3463 says for good
// that an address takes no mail.
func AddressFault(status string) bool {
	return strings.HasPrefix(status, "5.1.") && status != "5.1.7" && status != "5.1.8" || status == "5.2.1"
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

func isInsecure(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert) ||
		strings.Contains(err.Error(), "STARTTLS") // the library has no error value for a server that does not offer it
}

func isBroken(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
