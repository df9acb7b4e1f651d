package main

import (
	"context"
	"errors"
	"os"
	"time"

	"entente/message"
	"entente/store/archive"
)

// restoreCommand fills an empty store from a backup.
type restoreCommand struct {
	File string `arg:"" help:"${cli_restore_file}"`
}

// Run is called by kong.
func (c *restoreCommand) Run(ctx context.Context, p *program) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	to, err := connect(ctx, uri)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	s, err := archive.Read(ctx, file, to, time.Now())
	if err != nil {
		return refuseArchive(err, "", uri, c.File)
	}
	p.showArchive(s)
	p.say("cli.restore.done", message.Of(message.Text, "store", withoutSecrets(uri)), message.Of(message.Text, "time", s.Time.Format(time.RFC3339)))
	return nil
}
