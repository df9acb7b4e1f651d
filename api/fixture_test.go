package api_test

import (
	"bytes"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"entente/access"
	"entente/api"
	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/platform"
	"entente/profiles"
	"entente/store/sqlite"
)

func TestMain(m *testing.M) {
	readLines()
	readChannels()
	readPages()
	goleak.VerifyTestMain(m)
}

// loaded is what all tests share and none changes.
var loaded = sync.OnceValues(func() (shared, error) {
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.json")
	if err != nil {
		return shared{}, err
	}
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		return shared{}, err
	}
	c, _ := set.Convention("fctc") // with pairings reviewed, without a look to wait for
	c.Reviewed, c.LookDays = true, 0
	for i := range c.Committees {
		if c.Committees[i].ID == c.ReviewBody {
			c.Committees[i].Composition.GenderFocalPoint = true
		}
	}
	return shared{doc, set}, nil
})

type shared struct {
	doc *openapi3.T
	set *profiles.Set
}

// description is openapi.json as it stands, and conventions those shipped.
func description(t testing.TB) *openapi3.T   { t.Helper(); return both(t).doc }
func conventions(t testing.TB) *profiles.Set { t.Helper(); return both(t).set }

func both(t testing.TB) shared {
	t.Helper()
	s, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// teller tells the secretariat of every occasion.
type teller struct{}

func (teller) Tell(o cooperation.Occasion, users []*cooperation.User, now time.Time) []*cooperation.Notification {
	about := ""
	switch {
	case o.Run != nil:
		about = o.Run.ID
	case o.Need != nil:
		about = o.Need.ID + string(o.Need.Status)
	case o.Offer != nil:
		about = o.Offer.ID + string(o.Offer.Status)
	}
	var out []*cooperation.Notification
	for _, u := range users {
		if !slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
			return g.Role == cooperation.Secretariat && g.Convention == o.Convention.ID
		}) {
			continue
		}
		n := &cooperation.Notification{Recipient: u.ID, Reason: o.Reason, Status: cooperation.InApp,
			Subject: message.New("error.not_found.title"), Lines: []message.Message{message.New("error.invalid.unknown_theme", message.Of(message.Text, "value", "x"))}}
		n.Schema, n.Version, n.Convention, n.Created, n.Updated = cooperation.Schema, 1, o.Convention.ID, now, now
		n.ID = cooperation.DerivedID("notification", u.ID, o.Reason, about)
		out = append(out, n)
	}
	return out
}

// grants are the roles of the people of the tests, by their names.
func grants() map[string][]cooperation.Grant {
	g := func(role cooperation.Role, participant cooperation.Participant) []cooperation.Grant {
		return []cooperation.Grant{{Convention: "fctc", Role: role, Participant: participant}}
	}
	member := g(cooperation.CommitteeMember, "KE")
	member[0].Committee = "bureau"
	return map[string][]cooperation.Grant{
		"focal": g(cooperation.FocalPoint, "AO"), "approver": g(cooperation.Approver, "AO"),
		"provider": g(cooperation.ProviderRole, "NO"), "sponsor": g(cooperation.Approver, "NO"),
		"secretary": g(cooperation.Secretariat, ""), "member": member, "observer": g(cooperation.ObserverRole, ""), "interpreter": g(cooperation.ObserverRole, ""),
		"neighbour": g(cooperation.FocalPoint, "NA"), "clerk": g(cooperation.Approver, "NA"), "rival": g(cooperation.ProviderRole, "SE"),
		"reader":        g(cooperation.FocalPoint, "AO"),
		"foreigner":     {{Convention: "apmbc", Role: cooperation.Secretariat}},
		"abroad":        abroad(),
		"administrator": {{Role: cooperation.Administrator}},
		"dismissed":     append(g(cooperation.Secretariat, ""), g(cooperation.Approver, "AO")...),
	}
}

// abroad are all roles of the people of the tests, in another convention.
func abroad() []cooperation.Grant {
	var all []cooperation.Grant
	for role, participant := range map[cooperation.Role]cooperation.Participant{cooperation.FocalPoint: "AO", cooperation.Approver: "AO",
		cooperation.ProviderRole: "NO", cooperation.ObserverRole: "", cooperation.Secretariat: ""} {
		all = append(all, cooperation.Grant{Convention: "apmbc", Role: role, Participant: participant})
	}
	return all
}

// installation is a whole program in memory, with a token for everybody.
type installation struct {
	pool     []string // proposals that nobody has taken up
	t        testing.TB
	platform *platform.Platform
	access   *access.Access
	bare     http.Handler // without its guard
	handler  http.Handler
	doc      *openapi3.T
	registry *prometheus.Registry
	tokens   map[string]string
	users    map[string]string // the ids of the people, by their names
	conform  sync.Map          // answers that have been held against the description
	late     atomic.Int64      // by how much the platform's clock is ahead
	log      *safeBuffer
	logger   *slog.Logger
	made     int // documents that tests have named
}

// safeBuffer is a log that may be read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func install(t testing.TB) *installation {
	t.Helper()
	store, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	i := &installation{t: t, doc: description(t), registry: prometheus.NewRegistry(), tokens: map[string]string{}, users: map[string]string{}, log: &safeBuffer{}}
	i.logger = slog.New(slog.NewTextHandler(i.log, nil))
	if i.platform, err = platform.Open(t.Context(), platform.Options{Store: store, Conventions: conventions(t).All(), Teller: teller{}, Logger: i.logger, Poll: 5 * time.Millisecond, Clock: i.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(i.platform.Close)
	operator := cooperation.System("test")
	for _, name := range slices.Sorted(maps.Keys(grants())) {
		language := "en"
		if name == "interpreter" {
			language = "fr"
		}
		u, err := i.platform.CreateUser(t.Context(), operator, cooperation.User{Name: name, Language: language, Grants: grants()[name], Disabled: name == "dismissed"})
		if err != nil {
			t.Fatal(err)
		}
		secret, _, err := i.platform.CreateToken(t.Context(), operator, u.ID, "test", name == "reader", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		i.tokens[name], i.users[name] = secret, u.ID
	}
	i.access, err = access.New(access.Options{People: i.platform, Values: store.Ephemeral(), Texts: i18ntest.Strict(t), Clock: i.clock, Logger: i.logger, PublicURL: "https://entente.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	i.bare = api.New(api.Options{Platform: i.platform, Access: i.access, Texts: i18ntest.Strict(t), Logger: i.logger, Registry: i.registry, Version: "test"})
	i.handler = i.access.Guard(i.bare)
	return i
}

// clock is what the platform takes for now.
func (i *installation) clock() time.Time { return time.Now().Add(time.Duration(i.late.Load())) }
