package mongo

import (
	"fmt"
	"time"

	"entente/store"
)

// commitDocument is a commit as the collection has it. Bodies are JSON text,
// never BSON: their bytes are what the digests are over. Hashes are
// hexadecimal, for people who look with mongosh.
type commitDocument struct {
	ID       string            `bson:"_id"`
	Log      string            `bson:"log"`
	Number   int64             `bson:"number"`
	Envelope int               `bson:"envelope"`
	Command  string            `bson:"command_id"`
	What     string            `bson:"command"`
	Actor    string            `bson:"actor"`
	Reason   string            `bson:"reason"`
	Time     time.Time         `bson:"time"`
	Fence    string            `bson:"fence"`
	Previous string            `bson:"previous"`
	Hash     string            `bson:"hash"`
	Versions []versionDocument `bson:"versions"`
}

type versionDocument struct {
	Kind   string  `bson:"kind"`
	ID     string  `bson:"id"`
	Number int64   `bson:"number"`
	Schema int     `bson:"schema"`
	Digest string  `bson:"digest"`
	Salt   []byte  `bson:"salt"` // null once erased
	Body   *string `bson:"body"` // null once erased
}

// commitID is the _id of a commit. The digits make the order of texts that of
// numbers.
func commitID(log string, number uint64) string { return fmt.Sprintf("%s/%020d", log, number) }

func encode(c *store.Commit) commitDocument {
	d := commitDocument{
		ID: commitID(c.Log, c.Number), Log: c.Log, Number: int64(c.Number), Envelope: store.Envelope,
		Command: c.ID, What: c.Command, Actor: c.Actor, Reason: c.Reason, Time: c.Time, Fence: c.Fence,
		Previous: c.Previous.String(), Hash: c.Hash.String(), Versions: make([]versionDocument, len(c.Versions)),
	}
	for i := range c.Versions {
		v := &c.Versions[i]
		w := versionDocument{
			Kind: v.Kind, ID: v.ID, Number: int64(v.Number), Schema: v.Schema, Digest: v.Digest.String(), Salt: v.Salt,
		}
		if !v.Erased() {
			body := string(v.Body)
			w.Body = &body
		}
		d.Versions[i] = w
	}
	return d
}

// decode returns ErrNewer for a newer envelope and ErrBroken for one that
// cannot have been written.
func (d *commitDocument) decode() (store.Commit, error) {
	if d.Envelope != store.Envelope {
		return store.Commit{}, fmt.Errorf("%w: commit %d of log %q has envelope %d", store.ErrNewer, d.Number, d.Log, d.Envelope)
	}
	c := store.Commit{
		Log: d.Log, Number: uint64(d.Number), ID: d.Command, Command: d.What, Actor: d.Actor, Reason: d.Reason,
		Time: d.Time.UTC(), Fence: d.Fence,
	}
	if len(d.Versions) > 0 {
		c.Versions = make([]store.Version, len(d.Versions))
	}
	err := firstError(c.Previous.UnmarshalText([]byte(d.Previous)), c.Hash.UnmarshalText([]byte(d.Hash)))
	for i := range d.Versions {
		v := &d.Versions[i]
		w := store.Version{Kind: v.Kind, ID: v.ID, Number: uint64(v.Number), Schema: v.Schema}
		if v.Body != nil {
			w.Body, w.Salt = []byte(*v.Body), v.Salt
		}
		err = firstError(err, w.Digest.UnmarshalText([]byte(v.Digest)))
		c.Versions[i] = w
	}
	if err != nil {
		return store.Commit{}, fmt.Errorf("%w: commit %d of log %q: %w", store.ErrBroken, d.Number, d.Log, err)
	}
	return c, nil
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
