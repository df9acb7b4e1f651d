package access

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"entente/i18n"
)

// Values are the short-lived values that all replicas share. store.Ephemeral
// is one.
type Values interface {
	Set(ctx context.Context, key string, value []byte, expiry time.Time) error
	Value(ctx context.Context, key string, now time.Time) ([]byte, bool, error)
	Delete(ctx context.Context, key string) error
	Consume(ctx context.Context, key string, now time.Time) ([]byte, bool, error)
	Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (won bool, err error)
	Holder(ctx context.Context, key string, now time.Time) ([]byte, bool, error)
	Release(ctx context.Context, key string, value []byte, now time.Time) error
}

// Options are what an Access is made of. People, Values and Texts are
// required.
type Options struct {
	People People
	Values Values
	Texts  *i18n.Catalogue
	Clock  func() time.Time // default time.Now
	Logger *slog.Logger     // default slog.Default

	// PublicURL is where people reach the installation. Passkeys and identity
	// providers need it; with https, cookies are sent over https alone.
	PublicURL string
	// Secure keeps cookies to https also without such an address: where the
	// server itself speaks TLS.
	Secure bool
	// Trusted are the proxies whose word on a client's address is taken.
	Trusted []netip.Prefix

	Providers []Provider // identity providers, in the order in which they are shown

	// Mail says that mails are sent, so that links can be asked for.
	Mail bool

	Idle time.Duration // a session that is not used ends after it; default 8 h
	Life time.Duration // every session ends after it; default 7 days

	// AddressRate and AccountRate are the requests a second that one address,
	// and one account or token, may send in the long run; five seconds' worth
	// may come at once. 0 means no limit.
	AddressRate, AccountRate int
}

// The default lengths of a session.
const (
	DefaultIdle = 8 * time.Hour
	DefaultLife = 7 * 24 * time.Hour
)

// Access decides who sends a request. New makes one; Close must be called.
type Access struct {
	people      People
	values      Values
	texts       *i18n.Catalogue
	clock       func() time.Time
	log         *slog.Logger
	public      *url.URL // nil where none is known
	secure      bool
	trusted     []netip.Prefix
	idle, life  time.Duration
	crossOrigin *http.CrossOriginProtection
	addresses   *limiter
	accounts    *limiter
	seen        *cache
	hasher      *hasher
	page        *template.Template // of a refusal
	sending     sync.WaitGroup
	methods     Methods
	providers   []*identityProvider
	passkeys    *webauthn.WebAuthn // nil where no public address is known
}

// New makes an Access. It fails where the options contradict each other.
func New(o Options) (*Access, error) {
	a := &Access{people: o.People, values: o.Values, texts: o.Texts, clock: o.Clock, log: o.Logger, secure: o.Secure, trusted: o.Trusted,
		idle: o.Idle, life: o.Life, crossOrigin: http.NewCrossOriginProtection(), seen: newCache(), hasher: newHasher(min(runtime.GOMAXPROCS(0), 4)),
		page: template.Must(template.New("refusal").Parse(refusalPage))}
	if a.clock == nil {
		a.clock = time.Now
	}
	if a.log == nil {
		a.log = slog.Default()
	}
	if a.idle <= 0 {
		a.idle = DefaultIdle
	}
	if a.life <= 0 {
		a.life = DefaultLife
	}
	a.methods.Link = o.Mail
	a.addresses, a.accounts = newLimiter(o.AddressRate), newLimiter(o.AccountRate)
	if o.PublicURL == "" {
		if len(o.Providers) > 0 {
			return nil, errors.New("identity providers need the public address")
		}
		return a, nil
	}
	public, err := url.Parse(o.PublicURL)
	if err != nil {
		return nil, err
	}
	a.public = public
	a.secure = a.secure || public.Scheme == "https"
	a.newProviders(o.Providers)
	if err := a.newPasskeys(); err != nil {
		return nil, err
	}
	// A proxy may give another Host than the one in people's address bars.
	return a, a.crossOrigin.AddTrustedOrigin(public.Scheme + "://" + public.Host)
}
