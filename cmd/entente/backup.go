package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/store"
	"entente/store/archive"
)

// backupCommand writes all logs into a file, also while others serve.
type backupCommand struct {
	File string `arg:"" help:"${cli_backup_file}"`
}

// Run is called by kong.
func (c *backupCommand) Run(ctx context.Context, p *program) (err error) {
	if err := c.free(); err != nil {
		return err
	}
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return err
	}
	if !isThere(uri) {
		return refuseArchive(archive.ErrNothing, uri, "", c.File)
	}
	from, err := openStore(ctx, uri)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	s, err := c.write(ctx, from)
	if err != nil {
		return refuseArchive(err, uri, "", c.File)
	}
	p.showArchive(s)
	p.say("cli.backup.done", message.Of(message.Text, "file", c.File))
	return nil
}

// free refuses to write over a file.
func (c *backupCommand) free() error {
	_, err := os.Lstat(c.File)
	if err == nil {
		return cooperation.Refuse(cooperation.Conflict, "cli.backup.exists", message.Of(message.Text, "file", c.File))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// write writes a file beside, which gets its name only when it is whole and on
// the disk. It can be read by its owner alone.
func (c *backupCommand) write(ctx context.Context, from store.Store) (archive.Summary, error) {
	folder := filepath.Dir(c.File)
	part, err := os.CreateTemp(folder, "."+filepath.Base(c.File)+".part-*") // mode 0600
	if err != nil {
		return archive.Summary{}, err
	}
	s, err := archive.Write(ctx, from, part, time.Now())
	if err == nil {
		err = part.Sync()
	}
	err = errors.Join(err, part.Close())
	if err == nil {
		err = c.free() // somebody may have been faster
	}
	if err == nil {
		err = os.Rename(part.Name(), c.File)
	}
	if err != nil {
		return archive.Summary{}, errors.Join(err, os.Remove(part.Name()))
	}
	return s, syncFolder(folder)
}

// syncFolder makes a new name in the folder last.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write folder %s to disk: %w", folder, err)
	}
	return nil
}
