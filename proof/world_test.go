package proof_test

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"entente/access"
	"entente/api"
	"entente/cooperation"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/store"
)

// convention is where everything happens; the other one is there so that its
// people are strangers.
const convention, other = "fctc", "cms"

// begin is when every world begins: a Monday morning.
var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// clock is a clock that tests set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is what the platform takes for now.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// member of the body that reviews, in the order of election.
var members = []string{"KE", "SE", "JP", "IN", "AO"}

// people are those who act, by their ids, with their roles.
var people = sync.OnceValue(func() map[string][]cooperation.Grant {
	in := func(role cooperation.Role, whose cooperation.Participant) []cooperation.Grant {
		return []cooperation.Grant{{Convention: convention, Role: role, Participant: whose}}
	}
	all := map[string][]cooperation.Grant{
		"focal": in(cooperation.FocalPoint, "AO"), "approver": in(cooperation.Approver, "AO"),
		"drafter": in(cooperation.FocalPoint, "NA"), "clerk": in(cooperation.Approver, "NA"),
		"provider": in(cooperation.ProviderRole, "NO"), "sponsor": in(cooperation.Approver, "NO"),
		"rival": in(cooperation.ProviderRole, "SE"), "backer": in(cooperation.Approver, "SE"),
		"secretary": in(cooperation.Secretariat, ""), "observer": in(cooperation.ObserverRole, ""),
		"outsider":      in(cooperation.FocalPoint, "ZA"),
		"foreigner":     {{Convention: other, Role: cooperation.Secretariat}},
		"administrator": {{Role: cooperation.Administrator}},
	}
	for _, state := range members {
		seat := in(cooperation.CommitteeMember, cooperation.Participant(state))
		seat[0].Committee = "bureau"
		all["member-"+state] = seat
	}
	return all
})

// everybody are the ids of all people, in order, and the public.
var everybody = sync.OnceValue(func() []string { return append(slices.Sorted(maps.Keys(people())), "") })

// conventions are the tobacco convention with a body that reviews pairings one
// by one, and another.
var conventions = sync.OnceValues(func() ([]*cooperation.Convention, error) {
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		return nil, err
	}
	c, _ := set.Convention(convention)
	c.Reviewed = true
	from, until := cooperation.DateOf(begin).AddMonths(-6), cooperation.DateOf(begin).AddMonths(240)
	for i := range c.Committees {
		b := &c.Committees[i]
		if b.ID != c.ReviewBody {
			continue
		}
		b.Working.Recommends, b.Composition.GenderFocalPoint, b.Contact = false, true, "bureau@example.org"
		for n, code := range members {
			b.Members = append(b.Members, cooperation.Term{Country: country(code), From: from, Until: until, Election: n + 1})
		}
		b.Chairs = []cooperation.Presidency{{Country: country(members[0]), From: from, Until: until}}
	}
	o, _ := set.Convention(other)
	return []*cooperation.Convention{c, o}, nil
})

func country(code string) reference.Country {
	c, _ := reference.ParseCountry(code)
	return c
}

// piecesOfOne is how much of long work one commit takes: little, so that little
// work takes several.
const piecesOfOne = 4

// platformOn opens the platform on a store, as a process that starts does.
func platformOn(t testing.TB, s store.Store, at *clock) *platform.Platform {
	t.Helper()
	p, err := start(t.Context(), s, at)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func start(ctx context.Context, s store.Store, at *clock) (*platform.Platform, error) {
	served, err := conventions()
	if err != nil {
		return nil, err
	}
	return platform.Open(ctx, platform.Options{Store: s, Conventions: served, Teller: notify.NewTeller(), Clock: at.Now, Portion: platform.Portion{Pieces: piecesOfOne, Bytes: 16 << 10},
		Logger: quiet(), Poll: 20 * time.Millisecond, Key: "a key of this test and of nothing else", Loopback: true})
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// populate makes the accounts of all people.
func populate(t testing.TB, p *platform.Platform) {
	t.Helper()
	for id, grants := range people() {
		u := cooperation.User{ID: id, Name: "Person " + id, Mail: id + "@mail.example.org", Language: "en", Grants: grants}
		if _, err := p.CreateUser(t.Context(), cooperation.System("test"), u); err != nil {
			t.Fatal(err)
		}
	}
}

// server is the whole API in process. What it serves can be exchanged for
// another installation in a moment; who asks is believed.
type server struct {
	*platform.Platform
	handler http.Handler
}

// Authenticate takes a secret for the id of a person.
func (s *server) Authenticate(secret string) (cooperation.Actor, *cooperation.User, bool) {
	u, ok := s.User(secret)
	if !ok || u.Disabled {
		return cooperation.Actor{}, nil, false
	}
	return cooperation.ActorOf(u, false), u, true
}

// newServer makes a server over an installation.
func newServer(t testing.TB, p *platform.Platform) *server {
	t.Helper()
	s := &server{Platform: p}
	texts, err := catalogues()
	if err != nil {
		t.Fatal(err)
	}
	door, err := access.New(access.Options{People: s, Values: p.Store().Ephemeral(), Texts: texts, Logger: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(door.Close)
	s.handler = door.Guard(api.New(api.Options{Platform: s, Access: door, Texts: texts, Logger: quiet(), Version: "test"}))
	return s
}

// answer is what came of a request.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// into reads the answer.
func (a answer) into(t interface{ Fatalf(string, ...any) }, v any) {
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
}

// key is what a problem says in the answer, for programs.
func (a answer) key() string {
	var p struct{ Key string }
	_ = json.Unmarshal(a.body, &p) // an answer without one has none
	return p.Key
}

// ask sends a request for somebody; for "" as the public.
func (s *server) ask(who, method, path string, body any, headers ...string) answer {
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			panic(err) // bodies are maps of texts
		}
		content = strings.NewReader(string(text))
	}
	r := httptest.NewRequest(method, path, content)
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.Bytes()}
}

// verified holds every chain of a store to account, as entente verify does.
func verified(t interface {
	Fatalf(string, ...any)
}, s store.Store, ctx testing.TB) {
	logs, err := s.Logs(ctx.Context())
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, log := range logs {
		var head store.Hash
		versions := map[string]uint64{}
		for c, err := range s.Read(ctx.Context(), log, 0) {
			if err == nil {
				err = c.Verify(head)
			}
			if err != nil {
				t.Fatalf("log %s: %v", log, err)
			}
			head = c.Hash
			for _, v := range c.Versions {
				before, known := versions[v.Kind+v.ID]
				if versions[v.Kind+v.ID] = v.Number; v.Number != before+1 && (known || v.Kind != "committee") { // a body's first version is the profile's
					t.Fatalf("log %s, commit %d: version %d of %s %s follows %d", log, c.Number, v.Number, v.Kind, v.ID, before)
				}
			}
		}
	}
}

// length is how many commands a sequence has on average: many short sequences
// find more than few long ones, and are read more easily.
const length = "16"

func TestMain(m *testing.M) {
	if os.Getenv(workURI) != "" {
		workAndDie()
	}
	debug.SetGCPercent(400) // thousands of installations are opened and thrown away, and all of them are small
	if err := flag.Set("rapid.steps", length); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}
