package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/store"
)

// verifyCommand checks every log from its first commit, that the state can be
// rebuilt from them, and that the files that documents name are there and
// whole. It goes on after what is broken, and says all of it.
type verifyCommand struct{}

// Run is called by kong.
func (verifyCommand) Run(ctx context.Context, p *program) error {
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	empty := cooperation.Refuse(cooperation.Invalid, "cli.verify.empty", message.Of(message.Text, "store", withoutSecrets(uri)))
	if !isThere(uri) {
		return empty
	}
	s, err := openStore(ctx, uri)
	if err != nil {
		return err
	}
	logs, broken, err := verifyLogs(ctx, p, s)
	switch err = errors.Join(err, s.Close()); {
	case err != nil:
		return err
	case logs == 0:
		return empty
	case broken > 0:
		return exitCode(exitFail)
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	p.say("cli.verify.state")
	return errors.Join(verifyFiles(ctx, p, i), i.close())
}

// verifyLogs checks every log and says how many there are, and how many of
// them are broken.
func verifyLogs(ctx context.Context, p *program, s store.Store) (count, broken int, err error) {
	logs, err := s.Logs(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, log := range logs {
		err := verifyLog(ctx, p, s, log)
		var refusal *cooperation.Error
		switch {
		case errors.As(err, &refusal):
			broken++
			p.refusal(refusal, nil)
			fmt.Fprintln(p.err)
		case err != nil:
			return 0, 0, fmt.Errorf("log %s: %w", log, err)
		}
	}
	return len(logs), broken, nil
}

// verifyLog checks one log and says what is in it.
func verifyLog(ctx context.Context, p *program, s store.Store, log string) error {
	var head store.Hash
	commits, erased := 0, 0
	for c, err := range s.Read(ctx, log, 0) {
		if err == nil {
			err = c.Verify(head)
		}
		if errors.Is(err, store.ErrBroken) || errors.Is(err, store.ErrGap) {
			return broken(log, err)
		}
		if err != nil {
			return err
		}
		for _, v := range c.Versions {
			if v.Erased() {
				erased++
			}
		}
		head = c.Hash
		commits++
	}
	p.say("cli.verify.log", message.Of(message.Text, "log", log), message.Count(commits), message.Int("erased", erased),
		message.Of(message.Text, "hash", fmt.Sprintf("%x", head[:])))
	return nil
}

// broken is what an operator is told of a log whose chain does not hold.
func broken(log string, err error) error {
	cause := strings.TrimPrefix(err.Error(), store.ErrBroken.Error()+": ")
	return cooperation.Refuse(cooperation.Unavailable, "cli.verify.broken", message.Of(message.Text, "log", log), message.Of(message.Text, "cause", cause))
}

// verifyFiles reads every file that a document names.
func verifyFiles(ctx context.Context, p *program, i *installation) error {
	bad := 0
	whole, err := i.platform.VerifyFiles(ctx, func(sum string, missing bool) {
		bad++
		key := "cli.attachments.damaged"
		if missing {
			key = "cli.attachments.missing"
		}
		fmt.Fprintln(p.err, p.local.Render(message.New(key, message.Of(message.Text, "sha256", sum)), nil))
	})
	if err != nil {
		return err
	}
	if whole > 0 {
		p.say("cli.attachments.whole", message.Int("files", whole))
	}
	if bad > 0 {
		return cooperation.Refuse(cooperation.Unavailable, "cli.attachments.broken", message.Int("files", bad))
	}
	return nil
}
