package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"entente/message"
	"entente/notify"
	"entente/platform"
)

// mailCommand is what a mail server has the program do.
type mailCommand struct {
	Bounce mailBounce `cmd:"" help:"${cli_mail_bounce_help}"`
}

type mailBounce struct{}

// Run is called by kong. It reads a mail that came back and pauses the
// addresses that take no mail for good, as POST /api/v1/bounces does.
func (*mailBounce) Run(ctx context.Context, p *program) error {
	all, err := notify.ReadReport(p.in)
	if err != nil && !errors.Is(err, notify.ErrNoReport) {
		return err
	}
	// What is left is read as well: some mail servers take a pipe that is closed
	// early for a failure.
	if _, rest := io.Copy(io.Discard, p.in); rest != nil {
		return rest
	}
	if err != nil {
		fmt.Fprintln(p.err, p.local.Text("cli.mail.no_report"))
		return exitCode(exitUsage)
	}
	return p.on(ctx, func(on *platform.Platform) error {
		for _, one := range all {
			if err := p.bounced(ctx, on, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// bounced notes what came back of one recipient. The final recipient may be
// one to whom a mail server has forwarded it: then the original one counts.
func (p *program) bounced(ctx context.Context, on *platform.Platform, one notify.Returned) error {
	said := []message.Arg{message.Of(message.Text, "address", one.Address), message.Of(message.Text, "status", one.Status)}
	if !notify.AddressFault(one.Status) {
		p.say("cli.mail.kept", said...)
		return nil
	}
	for _, address := range []string{one.Address, one.Original} {
		if address == "" {
			continue
		}
		if noted, err := on.Bounced(ctx, operator, address, one.Status); noted || err != nil {
			if err == nil {
				p.say("cli.mail.bounced", message.Of(message.Text, "address", address), said[1])
			}
			return err
		}
	}
	p.say("cli.mail.unknown", said[:1]...)
	return nil
}
