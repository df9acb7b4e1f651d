package mongo

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store"
)

// FuzzPlace reads anything as a connection string: what is shown of it never
// holds what stands before the last @ of its servers, and errors neither.
func FuzzPlace(f *testing.F) {
	for _, seed := range []string{"", "canary", "p@ss", "a:b@c", "%40", "/", "?", "#", "\x00"} {
		for _, rest := range []string{"host/db", "a,b,c/db?replicaSet=r", "/", "host", "[::1]:27017/a%2eb", "host/a.b"} {
			f.Add(seed, rest)
		}
	}
	f.Fuzz(func(t *testing.T, secret, rest string) {
		const canary = "k4n4r1"
		if strings.ContainsAny(secret, "/?@") || strings.Contains(rest, canary) {
			return // no part of a password unless it is escaped
		}
		p, err := parsePlace("mongodb://user:" + canary + secret + "@" + rest)
		if err != nil {
			if strings.Contains(err.Error(), canary) {
				t.Errorf("the error tells the password: %v", err)
			}
			return
		}
		if strings.Contains(p.String(), canary) || p.hosts == "" || p.database == "" || len(p.database) > 63 {
			t.Errorf("%+v", p)
		}
	})
}

// FuzzCommitDocument decodes anything as a stored commit: it is refused as
// newer or broken, or written again the same.
func FuzzCommitDocument(f *testing.F) {
	c := store.Commit{Log: "cms", Number: 7, ID: "i", Command: "c", Actor: "a", Reason: "r", Fence: "f", Time: time.UnixMilli(1).UTC(),
		Versions: []store.Version{{Kind: "need", ID: "n", Number: 1, Schema: 1, Body: []byte("{}")}}}
	store.Seal(store.Hash{}, &c)
	good, err := bson.Marshal(encode(&c))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	c.Versions[0].Body, c.Versions[0].Salt = nil, nil
	erased, err := bson.Marshal(encode(&c))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(erased)
	f.Add([]byte{5, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d commitDocument
		if bson.Unmarshal(raw, &d) != nil {
			return
		}
		c, err := d.decode()
		if err != nil {
			return
		}
		again := encode(&c)
		if back, err := again.decode(); err != nil || back.Hash != c.Hash || len(back.Versions) != len(c.Versions) {
			t.Errorf("%+v became %+v, %v", c, back, err)
		}
		if utf8.ValidString(d.Log) && c.Log != d.Log {
			t.Errorf("log %q became %q", d.Log, c.Log)
		}
	})
}
