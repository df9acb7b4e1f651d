package access_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"go.uber.org/goleak"

	"entente/access"
	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/platform"
	"entente/store"
	"entente/store/mongo"
	"entente/store/sqlite"
	"entente/store/storetest/mongotest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a clock that tests set. It stands still otherwise.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// house is a database with a clock, on which replicas stand.
type house struct {
	t     *testing.T
	clock *clock
	open  func() (store.Store, error)
	poll  time.Duration // how often a replica asks for others' commits; 0 is as often as in service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	uri := "sqlite://" + filepath.Join(t.TempDir(), "entente.db")
	return &house{t: t, poll: 5 * time.Millisecond, clock: &clock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)},
		open: func() (store.Store, error) { return sqlite.Open(t.Context(), uri) }}
}

// onBothEngines runs a test over SQLite and over the MongoDB protocol.
func onBothEngines(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newHouse(t)) })
	t.Run("mongo", func(t *testing.T) {
		h, uri := newHouse(t), mongotest.Start(t)
		h.open = func() (store.Store, error) { return mongo.Open(t.Context(), uri) }
		test(t, h)
	})
}

type silent struct{}

func (silent) Tell(cooperation.Occasion, []*cooperation.User, time.Time) []*cooperation.Notification {
	return nil
}

// replica is one program on the database: its platform, and a server whose
// pages are those of this file.
type replica struct {
	*house
	platform *platform.Platform
	access   *access.Access
	handler  http.Handler
	seen     func(context.Context) // of the next request
}

func (h *house) replica(change ...func(*access.Options)) *replica {
	h.t.Helper()
	s, err := h.open()
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.t.Error(err)
		}
	})
	p, err := platform.Open(h.t.Context(), platform.Options{Store: s, Teller: silent{}, Clock: h.clock.Now, Poll: h.poll})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(p.Close)
	texts := i18ntest.Strict(h.t)
	o := access.Options{People: p, Values: s.Ephemeral(), Texts: texts, Clock: h.clock.Now, PublicURL: "https://entente.example.org"}
	for _, c := range change {
		c(&o)
	}
	a, err := access.New(o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(a.Close)
	r := &replica{house: h, platform: p, access: a}
	inside := pages(a)
	r.handler = a.Guard(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if r.seen != nil {
			r.seen(request.Context())
		}
		inside.ServeHTTP(w, request)
	}))
	return r
}

// pages are a server that says who asks, lets them in and out.
func pages(a *access.Access) http.Handler {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		who := access.Of(r.Context())
		if who.User != nil {
			w.Write([]byte(who.User.Name))
		}
	})
	answer := func(w http.ResponseWriter, in *access.SignedIn, err error) {
		switch cooperation.CodeOf(err) {
		case cooperation.Rate:
			w.WriteHeader(http.StatusTooManyRequests)
		case cooperation.Invalid:
			w.WriteHeader(http.StatusUnprocessableEntity)
		case "":
			if err != nil {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			http.SetCookie(w, in.Cookie)
		default:
			http.Error(w, err.Error(), http.StatusForbidden)
		}
	}
	pages.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		in, err := a.SignInByPassword(r.Context(), r.FormValue("mail"), r.FormValue("password"))
		answer(w, in, err)
	})
	pages.HandleFunc("POST /link/{secret}", func(w http.ResponseWriter, r *http.Request) {
		in, err := a.UseLink(r.Context(), r.PathValue("secret"), access.Answer{Name: r.FormValue("name"), Mail: r.FormValue("mail"), Language: r.FormValue("language"), Password: r.FormValue("password")})
		answer(w, in, err)
	})
	pages.HandleFunc("POST /password", func(w http.ResponseWriter, r *http.Request) {
		in, err := a.ChangePassword(r.Context(), r.FormValue("current"), r.FormValue("password"))
		answer(w, in, err)
	})
	pages.HandleFunc("POST /out", func(w http.ResponseWriter, r *http.Request) {
		c, err := a.SignOut(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		http.SetCookie(w, c)
	})
	pages.HandleFunc("GET /sessions", func(w http.ResponseWriter, r *http.Request) {
		all, err := a.Sessions(r.Context(), access.Of(r.Context()).User.ID)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(all)
	})
	return pages
}

// person makes an account whose password is the one given.
func (r *replica) person(name, password string) *cooperation.User {
	r.t.Helper()
	u, err := r.platform.CreateUser(r.t.Context(), cooperation.System("test"), cooperation.User{Name: name, Mail: strings.ToLower(name) + "@example.org", Language: "en"})
	if err != nil {
		r.t.Fatal(err)
	}
	if password == "" {
		return u
	}
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		r.t.Fatal(err)
	}
	err = r.platform.ChangeCredential(r.t.Context(), cooperation.System("test"), u.ID, func(c *cooperation.Credential) error { c.Password = hash; return nil })
	if err != nil {
		r.t.Fatal(err)
	}
	u, _ = r.platform.User(u.ID)
	return u
}

// browser keeps cookies as one does, and remembers the last answer. Its
// address is the network's that it sits in.
type browser struct {
	t       *testing.T
	at      *replica
	address string
	cookies map[string]string
	answer  *httptest.ResponseRecorder
}

func (r *replica) browser() *browser {
	return &browser{t: r.t, at: r, address: "192.0.2.7", cookies: map[string]string{}}
}

func (b *browser) send(r *http.Request) *browser {
	b.t.Helper()
	r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(b.address), 4711).String()
	r.Header.Set("User-Agent", "Firefox/150")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	b.answer = httptest.NewRecorder()
	b.at.handler.ServeHTTP(b.answer, r)
	for _, c := range b.answer.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return b
}

func (b *browser) get(path string) *browser {
	b.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, "https://entente.example.org"+path, nil))
}

// post sends a form, by pairs of a name and a value.
func (b *browser) post(path string, form ...string) *browser {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "https://entente.example.org"+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// is holds the last answer to a status.
func (b *browser) is(status int) *browser {
	b.t.Helper()
	if b.answer.Code != status {
		b.t.Fatalf("answered with %d and not %d: %s", b.answer.Code, status, b.answer.Body)
	}
	return b
}

// who is the person that the server sees, "" for the public.
func (b *browser) who() string {
	b.t.Helper()
	return b.get("/").is(200).answer.Body.String()
}

// cookie is the value of the session's cookie.
func (b *browser) cookie() string { return b.cookies["__Host-entente"] }

func (b *browser) signIn(name, password string) *browser {
	b.t.Helper()
	return b.post("/in", "mail", name+"@example.org", "password", password)
}

const good = "correct horse battery"

// becomes waits until the server sees somebody else, for two seconds.
func (b *browser) becomes(name string) time.Duration {
	b.t.Helper()
	began := time.Now()
	for b.who() != name {
		if time.Since(began) > 2*time.Second {
			b.t.Fatalf("after two seconds the server still sees %q and not %q", b.who(), name)
		}
		<-time.After(5 * time.Millisecond)
	}
	return time.Since(began)
}
