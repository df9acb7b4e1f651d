package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/profiles"
	"entente/store"
	"entente/store/mongo"
	"entente/store/sqlite"
)

// profilesFit looks whether the conventions can be read.
func (d *doctor) profilesFit() {
	set, err := profiles.Load(d.profileFolders()...)
	if err != nil {
		d.fail("profiles", "doctor.profiles.fail")
		return
	}
	var ids []string
	for _, c := range set.All() {
		ids = append(ids, c.ID)
	}
	d.ok("profiles", "doctor.profiles.ok", text("conventions", strings.Join(ids, ", ")))
}

// store opens the store and looks whether it answers, takes writes, keeps
// them, and is whole.
func (d *doctor) store(ctx context.Context) {
	uri, err := d.config.storeURI(d.environment)
	if err != nil {
		d.fail("store", "doctor.store.fail", text("store", d.config.Store), text("cause", err.Error()))
		return
	}
	shown := withoutSecrets(uri)
	if path, is := sqlitePath(uri); is {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			d.warn("store", "doctor.store.absent", text("store", shown))
			d.disk(path)
			return
		}
	}
	s, err := openStore(ctx, uri)
	if err != nil {
		d.refused("store", shown, err)
		return
	}
	defer func() {
		if err := s.Close(); err != nil {
			d.refused("store", shown, err)
		}
	}()
	if err := s.Ping(ctx); err != nil {
		d.refused("store", shown, err)
	} else {
		d.ok("store", "doctor.store.ok", text("store", shown))
	}
	switch engine := s.(type) {
	case *sqlite.Store:
		d.sqlite(ctx, engine)
		d.disk(engine.Path())
	case *mongo.Store:
		d.mongo(ctx, engine)
	}
	d.lastCommits(ctx, s)
}

// refused says why the store cannot be used: in our words where we have some.
func (d *doctor) refused(check, place string, err error) {
	var refusal *cooperation.Error
	if errors.As(err, &refusal) {
		d.findings = append(d.findings, finding{check, verdictFail, refusal.Message})
		return
	}
	d.fail(check, "doctor.store.fail", text("store", place), text("cause", err.Error()))
}

// sqlitePath is the file of a URI, if it names one.
func sqlitePath(uri string) (string, bool) {
	rest, is := strings.CutPrefix(uri, "sqlite://")
	path, err := url.PathUnescape(rest)
	return path, is && err == nil
}

func (d *doctor) sqlite(ctx context.Context, s *sqlite.Store) {
	e, err := s.Examine(ctx)
	switch {
	case err != nil:
		d.refused("integrity", s.Path(), err)
		return
	case e.Damage != "":
		d.fail("integrity", "doctor.integrity.fail", text("file", s.Path()), text("cause", e.Damage))
	default:
		d.ok("integrity", "doctor.integrity.ok")
	}
	how := text("how", fmt.Sprintf("journal_mode=%s, synchronous=%s", e.Journal, map[bool]string{true: "full", false: "weaker than full"}[e.Synchronous]))
	if e.Journal == "wal" && e.Synchronous {
		d.ok("durability", "doctor.durability.ok", how)
	} else {
		d.fail("durability", "doctor.durability.weak", how)
	}
}

func (d *doctor) mongo(ctx context.Context, s *mongo.Store) {
	asked := time.Now()
	e, err := s.Examine(ctx)
	if err != nil {
		d.refused("durability", "mongodb", err)
		return
	}
	how := text("how", fmt.Sprintf("w=majority, j=true, replicaSet=%s, members=%d", e.ReplicaSet, e.Members))
	if e.ReplicaSet == "" || e.Members < 3 {
		d.warn("durability", "doctor.durability.alone", how)
	} else {
		d.ok("durability", "doctor.durability.ok", how)
	}
	if !e.Time.IsZero() {
		d.serverClock(asked, time.Now(), e.Time)
	}
}

// How much room there has to be beside the database.
const (
	tightSpace = 1 << 30
	noSpace    = 100 << 20
)

// disk looks at the room for the database file.
func (d *doctor) disk(path string) {
	folder := filepath.Dir(path)
	for { // the folder may not be made yet
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	free, known := freeSpace(folder)
	if !known {
		return
	}
	room := text("free", d.local.Decimal(strconv.FormatFloat(float64(free)/(1<<30), 'f', 1, 64)))
	in := text("folder", folder)
	switch {
	case free < noSpace:
		d.fail("disk", "doctor.disk.fail", room, in)
	case free < tightSpace:
		d.warn("disk", "doctor.disk.warn", room, in)
	default:
		d.ok("disk", "doctor.disk.ok", room, in)
	}
}

// lastCommits looks for commits from the future: some clock was wrong.
func (d *doctor) lastCommits(ctx context.Context, s store.Store) {
	logs, err := s.Logs(ctx)
	if err != nil {
		d.refused("clock", "store", err)
		return
	}
	for _, log := range logs {
		number, _, err := s.Head(ctx, log)
		if err != nil {
			d.refused("clock", log, err)
			return
		}
		c, ok, err := s.At(ctx, log, number)
		if err != nil || !ok {
			continue // what is wrong with the log is for verify to say
		}
		if ahead := time.Until(c.Time); ahead > tolerated {
			d.fail("clock", "doctor.clock.future", text("log", log), message.Int("seconds", int(ahead.Seconds())))
			return
		}
	}
}
