package catalogue

import (
	"bytes"
	"encoding/json"
	"testing"

	"entente/cooperation"
)

// FuzzCursor lists with anything for a cursor. Only what the same query gave
// is taken, everything else is refused as invalid; nothing panics.
func FuzzCursor(f *testing.F) {
	l := newLog(f)
	for n := range 6 {
		l.commit(needChange(openNeed(n, "a law on taxes")))
	}
	q := Query{Limit: 2, Text: "taxes"}
	page, err := l.state.SearchNeeds(cooperation.System("test"), q)
	if err != nil || page.Next == "" {
		f.Fatalf("no page to go on from: %v", err)
	}
	for _, seed := range []string{"", page.Next, page.Next + "A", "e30", "bnVsbA", "W10", "%00", cursor{Form: "x", Key: -1, Ordinal: 1 << 31}.encode()} {
		f.Add(seed, "taxes")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, cursor, text string) {
		found, err := l.state.SearchNeeds(cooperation.System("test"), Query{Limit: 2, Text: text, Cursor: cursor})
		if err != nil {
			if cooperation.CodeOf(err) != cooperation.Invalid {
				t.Errorf("%q: %v", cursor, err)
			}
			return
		}
		if len(found.Items) > 2 {
			t.Errorf("%d on a page of two", len(found.Items))
		}
	})
}

// FuzzCheckpoint restores anything. A damaged checkpoint is refused or is what
// it says; it never ends the program, and never takes memory that it names
// without having it.
func FuzzCheckpoint(f *testing.F) {
	l := newLog(f)
	l.commit(needChange(openNeed(1, "first")), body(KindRun, "r", 1, &cooperation.Run{Trigger: "schedule"}), erased(KindActivity, "gone", 4))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		f.Fatal(err)
	}
	f.Add(kept.Bytes())
	f.Add(bytes.ReplaceAll(kept.Bytes(), []byte(`"documents":3`), []byte(`"documents":9007199254740993`)))
	f.Add(bytes.ReplaceAll(kept.Bytes(), []byte(`"documents":3`), []byte(`"documents":-1`)))
	f.Add(bytes.ReplaceAll(kept.Bytes(), []byte("\t"), []byte(" ")))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := Restore(convention(), bytes.NewReader(content))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if _, err := s.Checkpoint(&again); err != nil {
			t.Errorf("what was restored cannot be written: %v", err)
		}
	})
}

// FuzzApply applies a document with anything for its body, kind and schema: it
// is refused, or held and found.
func FuzzApply(f *testing.F) {
	need, err := json.Marshal(openNeed(1, "first"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(KindNeed, 1, need)
	for _, kind := range []string{KindNeed, KindOffer, KindActivity, KindProposal, KindPartnership, KindRun, KindNotification, KindOrganisation, KindUser, "x"} {
		for _, seed := range []string{"{}", "null", "[]", `{"schema":9}`, `{"status":"open","themes":["demand","x"],"costs":[{}]}`, `{"status":"pending","next":"x"}`} {
			f.Add(kind, 1, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, schema int, body []byte) {
		s := New(convention())
		err := s.Apply(1, morning, []Change{{Kind: kind, ID: "a", Version: 1, Schema: schema, Body: body}})
		if (err == nil) != (s.Position() == 1) {
			t.Errorf("position %d with %v", s.Position(), err)
		}
		if schema > cooperation.Schema && err == nil {
			t.Error("a body of a later release was taken")
		}
		if _, err := s.Snapshot(date("2026-03-02")); err != nil {
			t.Error(err)
		}
		a := NewAccounts()
		if err := a.Apply(1, morning, []Change{{Kind: kind, ID: "a", Version: 1, Schema: schema, Body: body}}); (err == nil) != (a.Position() == 1) {
			t.Errorf("accounts at %d with %v", a.Position(), err)
		}
	})
}
