package main

import (
	"context"
	"encoding/json"
	"errors"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// verifiedJSON is the form of match --run ID --verify --json. Why says why a
// run is not confirmed, by the key of the sentence.
type verifiedJSON struct {
	Run       string  `json:"run"`
	Confirmed bool    `json:"confirmed"`
	Why       string  `json:"why,omitempty"`
	Position  uint64  `json:"position,omitempty"`
	Digest    string  `json:"digest,omitempty"`
	Compared  int     `json:"compared"`
	Skipped   int     `json:"skipped"`
	Seconds   float64 `json:"seconds,omitempty"`
}

// verify repeats a recorded run and says whether it is confirmed.
func (c *matchCommand) verify(ctx context.Context, p *program, i *installation) error {
	v, err := i.platform.VerifyRun(ctx, operator, c.Recorded)
	if c.JSON {
		return c.writeVerified(p, v, err)
	}
	if err != nil {
		return err
	}
	run := v.Run
	p.say("cli.match.verified", message.Of(message.Text, "run", run.ID), message.Of(message.Date, "day", run.Day.String()), message.Int("position", run.Position),
		message.Of(message.Text, "engine", run.Engine), message.Int("weights", run.Weights), message.Of(message.Text, "digest", run.Digest),
		message.Int("compared", v.Compared), message.Int("skipped", v.Skipped))
	return nil
}

// writeVerified says the same to programs, a refusal too.
func (c *matchCommand) writeVerified(p *program, v *platform.Verification, err error) error {
	out := verifiedJSON{Run: c.Recorded, Confirmed: err == nil}
	var refusal *cooperation.Error
	switch {
	case errors.As(err, &refusal):
		out.Why = refusal.Message.Key
	case err != nil:
		return err
	default:
		out.Position, out.Digest, out.Compared, out.Skipped, out.Seconds = v.Run.Position, v.Run.Digest, v.Compared, v.Skipped, v.Seconds
	}
	if err := json.NewEncoder(p.out).Encode(out); err != nil {
		return err
	}
	if !out.Confirmed {
		return exitCode(exitFail)
	}
	return nil
}
