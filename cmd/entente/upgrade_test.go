package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/catalogue"
	"entente/cooperation"
	"entente/notify"
	"entente/platform"
	"entente/store/storetest/mongotest"
)

// oldLog is what the release before wrote: see fill_test.go beside it.
const oldLog = "testdata/log-5b5c0c9/"

// oldDay is when its last ranking was made: what a ranking finds depends on the day.
var oldDay = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func unzip(t *testing.T, file string) []byte {
	t.Helper()
	f, err := os.Open(oldLog + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(zipped)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// oldStores are the log as the database file that the old program left, and
// as its backup on both engines of today.
func oldStores(t *testing.T) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "entente.db")
	if err := os.WriteFile(file, unzip(t, "entente.db.gz"), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"the file itself": "sqlite://" + file, "its backup in SQLite": freshSQLite(t), "its backup in MongoDB": mongotest.Start(t)}
	for name, uri := range all {
		if strings.HasPrefix(name, "its backup") {
			must(t, []string{"ENTENTE_STORE=" + uri}, "restore", oldLog+"entente.backup")
		}
	}
	return all
}

func TestALogOfTheReleaseBeforeOpensVerifiesAndIsJudgedTheSame(t *testing.T) {
	t.Parallel()
	hashes, err := os.ReadFile(oldLog + "verify.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, uri := range oldStores(t) {
		t.Run(name, func(t *testing.T) {
			if out := must(t, []string{"ENTENTE_STORE=" + uri}, "verify"); logLines(t, out) != logLines(t, string(hashes)) {
				t.Errorf("the old program said\n%s\nand this one says\n%s", hashes, out)
			}
			i, p := atOldDay(t, uri)
			if err := (&matchCommand{JSON: true}).match(t.Context(), p, i); err != nil {
				t.Fatal(err)
			}
			sameNeeds(t, string(unzip(t, "match.jsonl.gz")), p.out.(*bytes.Buffer).String())
			everyStepIsThere(t, i)
			postOnTop(t, i)
			if err := i.close(); err != nil {
				t.Fatal(err)
			}
			must(t, []string{"ENTENTE_STORE=" + uri}, "verify")
		})
	}
}

// atOldDay opens the store on the day of the old ranking.
func atOldDay(t *testing.T, uri string) (*installation, *program) {
	t.Helper()
	p := &program{config: &Config{}, out: &bytes.Buffer{}}
	set, err := p.profiles()
	if err != nil {
		t.Fatal(err)
	}
	i := &installation{log: slog.New(slog.DiscardHandler)}
	t.Cleanup(func() { _ = i.close() })
	if i.store, err = openStore(t.Context(), uri); err != nil {
		t.Fatal(err)
	}
	i.later("store", func(context.Context) error { return i.store.Close() })
	i.platform, err = platform.Open(t.Context(), platform.Options{Store: i.store, Conventions: set.All(), Teller: notify.NewTeller(),
		Clock: func() time.Time { return oldDay }, Logger: i.log})
	if err != nil {
		t.Fatal(err)
	}
	i.later("platform", func(context.Context) error { i.platform.Close(); return nil })
	return i, p
}

// sameNeeds compares what was found of each pair: the candidates of each need
// are the same, and so is the value of every other part that the old engine had, the
// count of every filter and the change suggested. Only the part region has
// another rule since then: wide sub-regions are regions. Weights, and so scores and
// order, belong to the profile, which counts past help and fairness as well
// since then.
func sameNeeds(t *testing.T, want, got string) {
	t.Helper()
	wanted, found := strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")
	if len(wanted) != 4 || len(found) != len(wanted) {
		t.Fatalf("%d conventions were ranked, want %d", len(found), len(wanted))
	}
	for n := range wanted {
		a, b := judged(t, wanted[n]), judged(t, found[n])
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("convention %d is judged otherwise (-then +now):\n%s", n+1, diff)
		}
		if len(a) == 0 {
			t.Errorf("convention %d has no needs: the log proves little", n+1)
		}
	}
}

// judged reads a ranking: need and offer, filter or change → what was found.
func judged(t *testing.T, text string) map[string]int64 {
	t.Helper()
	var r struct {
		Needs []struct {
			ID      string
			Matches []struct {
				Offer struct{ ID string }
				Parts []struct {
					Name  string
					Value int64
				}
			}
			Filtered map[string]int64
			Change   *struct {
				Sort, Value string
				Count       int64
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	all := map[string]int64{}
	for _, n := range r.Needs {
		all[n.ID] = 0
		for _, m := range n.Matches {
			for _, p := range m.Parts {
				if p.Name != "record" && p.Name != "fairness" && p.Name != "region" {
					all[n.ID+" "+m.Offer.ID+" "+p.Name] = p.Value
				}
			}
		}
		for filter, count := range n.Filtered {
			all[n.ID+" "+filter] = count
		}
		if n.Change != nil {
			all[n.ID+" "+n.Change.Sort+" "+n.Change.Value] = n.Change.Count
		}
	}
	return all
}

// everyStepIsThere makes sure that the log holds what it is meant to.
func everyStepIsThere(t *testing.T, i *installation) {
	t.Helper()
	state, _ := i.platform.State("fctc")
	needs, offers := map[cooperation.NeedStatus]int{}, map[cooperation.OfferStatus]int{}
	found, err := state.SearchNeeds(operator, catalogue.Query{Limit: catalogue.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range found.Items {
		needs[n.Status]++
	}
	given, err := state.SearchOffers(operator, catalogue.Query{Limit: catalogue.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range given.Items {
		offers[o.Status]++
	}
	for _, s := range []cooperation.NeedStatus{"draft", "submitted", "returned", "open", "partly_covered", "covered", "met", "closed", "withdrawn", "lapsed"} {
		if needs[s] == 0 {
			t.Errorf("no need is %s", s)
		}
	}
	for _, s := range []cooperation.OfferStatus{"draft", "submitted", "open", "exhausted", "closed", "withdrawn", "lapsed"} {
		if offers[s] == 0 {
			t.Errorf("no offer is %s", s)
		}
	}
	if last, ok := state.LastRun(); !ok || !last.Done {
		t.Error("no run is there")
	}
	if len(state.PendingNotifications(oldDay)) == 0 {
		t.Error("no message is to be sent")
	}
	users := i.platform.Users("fctc")
	if len(users) != 6 || users[0].Mail == "" || len(users[0].Grants) == 0 {
		t.Errorf("accounts %+v", users)
	}
}

// postOnTop makes sure that the old log can be gone on with.
func postOnTop(t *testing.T, i *installation) {
	t.Helper()
	before := i.platform.Position("fctc")
	for _, u := range i.platform.Users("fctc") {
		actor := cooperation.ActorOf(u, false)
		if actor.Has("fctc", cooperation.ProviderRole) {
			_, err := i.platform.CreateOffer(t.Context(), actor, "fctc", cooperation.OfferContent{Provider: "BR", Title: "After the upgrade"}, "")
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if i.platform.Position("fctc") != before+1 {
		t.Error("nothing was posted")
	}
}
