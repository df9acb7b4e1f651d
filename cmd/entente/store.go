package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/store"
	"entente/store/archive"
	"entente/store/mongo"
	"entente/store/sqlite"
)

// storeCommand does things to stores as a whole.
type storeCommand struct {
	Copy    storeCopy    `cmd:"" help:"${cli_store_copy_help}"`
	Project storeProject `cmd:"" help:"${cli_store_project_help}"`
}

// storeCopy fills an empty store with what another one holds.
type storeCopy struct {
	From string `help:"${cli_store_from}" required:"" placeholder:"URI"`
	To   string `help:"${cli_store_to}" required:"" placeholder:"URI"`
}

// Run is called by kong.
func (c *storeCopy) Run(ctx context.Context, p *program) (err error) {
	for option, uri := range map[string]string{"--from": c.From, "--to": c.To} {
		if !isStore(uri) {
			return cooperation.Refuse(cooperation.Invalid, "cli.config.store",
				message.Of(message.Text, "option", option), message.Of(message.Text, "value", withoutSecrets(uri)))
		}
	}
	if c.From == c.To {
		return cooperation.Refuse(cooperation.Invalid, "cli.store.same")
	}
	if !isThere(c.From) {
		return refuseArchive(archive.ErrNothing, c.From, c.To, "")
	}
	from, err := openStore(ctx, c.From)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := connect(ctx, c.To)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	s, err := archive.Copy(ctx, from, to, time.Now())
	if err != nil {
		return refuseArchive(err, c.From, c.To, "")
	}
	p.showArchive(s)
	p.say("cli.store.copied", message.Of(message.Text, "store", withoutSecrets(c.To)))
	return nil
}

// isStore tells whether the program has an engine for the URI.
func isStore(uri string) bool {
	for _, scheme := range []string{"sqlite://", "mongodb://", "mongodb+srv://"} {
		if strings.HasPrefix(uri, scheme) {
			return true
		}
	}
	return false
}

// connect opens a store in whatever state it is.
func connect(ctx context.Context, uri string) (store.Store, error) {
	if strings.HasPrefix(uri, "sqlite://") {
		return sqlite.Open(ctx, uri)
	}
	return mongo.Open(ctx, uri)
}

// isThere tells whether there is a store that a command which only reads could
// read. To open one that is not there would make it: a slip in the name of a
// file would leave an empty one.
func isThere(uri string) bool {
	path, err := sqlite.Path(uri)
	if err != nil {
		return true // another engine, or a mistake that opening it explains
	}
	info, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist) && (err != nil || info.Size() > 0)
}

// openStore opens a store for use: one that a restore has not finished filling
// is refused.
func openStore(ctx context.Context, uri string) (store.Store, error) {
	s, err := connect(ctx, uri)
	if err != nil {
		return nil, err
	}
	unfinished, err := archive.Unfinished(ctx, s, time.Now())
	if err == nil && unfinished {
		err = cooperation.Refuse(cooperation.State, "cli.store.unfinished", message.Of(message.Text, "store", withoutSecrets(uri)))
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// refuseArchive puts into a person's words why a backup, restore or copy was
// refused. Other errors stay as they are, for the operator.
func refuseArchive(err error, from, to, file string) error {
	from, to = withoutSecrets(from), withoutSecrets(to)
	switch {
	case errors.Is(err, archive.ErrNothing):
		return cooperation.Refuse(cooperation.Invalid, "cli.store.nothing", message.Of(message.Text, "store", from))
	case errors.Is(err, archive.ErrNotEmpty):
		return cooperation.Refuse(cooperation.State, "cli.store.not_empty", message.Of(message.Text, "store", to))
	case errors.Is(err, archive.ErrDiffers):
		return cooperation.Refuse(cooperation.State, "cli.store.differs", message.Of(message.Text, "store", to), message.Of(message.Text, "cause", err.Error()))
	case errors.Is(err, archive.ErrForeign):
		return cooperation.Refuse(cooperation.Invalid, "cli.restore.foreign", message.Of(message.Text, "file", file), message.Of(message.Text, "cause", err.Error()))
	case errors.Is(err, archive.ErrDamaged):
		return cooperation.Refuse(cooperation.Invalid, "cli.restore.damaged", message.Of(message.Text, "file", file), message.Of(message.Text, "cause", err.Error()))
	case errors.Is(err, store.ErrNewer) && file != "":
		return cooperation.Refuse(cooperation.Invalid, "cli.restore.newer", message.Of(message.Text, "file", file))
	}
	return err
}

// showArchive prints for each log what was written, read or copied.
func (p *program) showArchive(s archive.Summary) {
	for _, l := range s.Logs {
		p.say("cli.verify.log", message.Of(message.Text, "log", l.Log), message.Count(l.Commits), message.Int("erased", l.Erased),
			message.Of(message.Text, "hash", l.Hash.String()))
	}
	if s.Blobs > 0 {
		p.say("cli.attachments.archived", message.Int("files", s.Blobs), message.Int("bytes", s.Bytes))
	}
	if s.Kept > 0 {
		p.say("cli.store.kept", message.Count(s.Kept))
	}
}
