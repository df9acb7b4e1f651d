package access

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"entente/cooperation"
	"entente/message"
)

// Passkey is one that somebody has, as they see it in a list.
type Passkey struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
}

// kept is a passkey as it is kept with the other credentials.
type kept struct {
	Passkey
	Credential webauthn.Credential `json:"credential"`
}

// Ceremony is what a browser is asked to do: its id comes back with the
// browser's answer.
type Ceremony struct {
	ID      string
	Options json.RawMessage
}

// begun is a ceremony under way. It is good for one answer.
type begun struct {
	User string               `json:"user,omitempty"` // empty where nobody is signed in yet
	Data webauthn.SessionData `json:"data"`
}

// The bounds of passkeys.
const (
	ceremonyLife = 5 * time.Minute
	mostPasskeys = 20
	counting     = 400 * 24 * time.Hour // how long the counter of a passkey is remembered
)

// newPasskeys makes what checks passkeys, for the host of the public address.
// Browsers make none for a bare number.
func (a *Access) newPasskeys() (err error) {
	if _, err := netip.ParseAddr(a.public.Hostname()); err == nil {
		return nil
	}
	a.passkeys, err = webauthn.New(&webauthn.Config{RPID: a.public.Hostname(), RPDisplayName: "Entente", RPOrigins: []string{a.public.Scheme + "://" + a.public.Host}})
	a.methods.Passkey = err == nil
	return err
}

// owner is a user as the library asks for one.
type owner struct {
	user *cooperation.User
	keys []kept
}

func (o owner) WebAuthnID() []byte          { return []byte(o.user.ID) }
func (o owner) WebAuthnName() string        { return o.user.Mail }
func (o owner) WebAuthnDisplayName() string { return o.user.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential {
	var out []webauthn.Credential
	for _, k := range o.keys {
		out = append(out, k.Credential)
	}
	return out
}

func (a *Access) owner(u *cooperation.User) (owner, error) {
	o := owner{user: u}
	c, ok := a.people.Credential(u.ID)
	if !ok {
		return o, nil
	}
	for _, text := range c.Passkeys {
		var k kept
		if err := json.Unmarshal(text, &k); err != nil {
			return o, err
		}
		o.keys = append(o.keys, k)
	}
	return o, nil
}

// Passkeys lists the passkeys of a user, in the order in which they were added.
func (a *Access) Passkeys(_ context.Context, user string) ([]Passkey, error) {
	u, ok := a.people.User(user)
	if !ok {
		return nil, cooperation.Absent()
	}
	o, err := a.owner(u)
	out := []Passkey{}
	for _, k := range o.keys {
		out = append(out, k.Passkey)
	}
	return out, err
}

// BeginPasskey asks the browser of who is signed in to make a passkey.
func (a *Access) BeginPasskey(ctx context.Context) (Ceremony, error) {
	u := Of(ctx).User
	if u == nil {
		return Ceremony{}, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.session")
	}
	if a.passkeys == nil {
		return Ceremony{}, noPasskeys()
	}
	o, err := a.owner(u)
	if err != nil {
		return Ceremony{}, err
	}
	if len(o.keys) >= mostPasskeys {
		return Ceremony{}, cooperation.Refuse(cooperation.TooLarge, "error.too_large.passkeys", message.Int("max", mostPasskeys))
	}
	options, data, err := a.passkeys.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.WebAuthnCredentials()).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: new(true), UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return Ceremony{}, err
	}
	return a.keep(ctx, u.ID, data, options)
}

func noPasskeys() error {
	return cooperation.Refuse(cooperation.State, "error.state.no_public_address")
}

// keep keeps a ceremony until its answer comes.
func (a *Access) keep(ctx context.Context, user string, data *webauthn.SessionData, options any) (Ceremony, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, err
	}
	id := newSecret()
	return Ceremony{ID: id, Options: text}, a.write(ctx, ceremonyKey(id), begun{user, *data}, a.clock().Add(ceremonyLife))
}

func ceremonyKey(id string) string { return "ceremony/" + digest(id) }

// take ends a ceremony: an answer is taken once.
func (a *Access) take(ctx context.Context, id string) (b begun, ok bool, err error) {
	text, ok, err := a.values.Consume(ctx, ceremonyKey(id), a.clock())
	if err != nil || !ok {
		return b, false, err
	}
	return b, true, json.Unmarshal(text, &b)
}

// AddPasskey takes the passkey that the browser has made. Other sessions end,
// as with every change of a credential; the one that asks is replaced.
func (a *Access) AddPasskey(ctx context.Context, ceremony, name string, answer []byte) (*Passkey, *SignedIn, error) {
	u := Of(ctx).User
	if u == nil {
		return nil, nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.session")
	}
	b, ok, err := a.take(ctx, ceremony)
	if err != nil {
		return nil, nil, err
	}
	if !ok || b.User != u.ID || a.passkeys == nil {
		return nil, nil, wrongField("ceremony", message.New("error.invalid.passkey"))
	}
	o, err := a.owner(u)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, nil, wrongField("credential", message.New("error.invalid.passkey"))
	}
	made, err := a.passkeys.CreateCredential(o, b.Data, parsed)
	if err != nil {
		return nil, nil, wrongField("credential", message.New("error.invalid.passkey"))
	}
	made.Attestation = webauthn.CredentialAttestation{} // nobody asks who has made the device
	k := kept{Passkey{cooperation.NewID(), strings.TrimSpace(clip(name, 100)), a.clock().UTC().Truncate(time.Millisecond)}, *made}
	text, err := json.Marshal(k)
	if err != nil {
		return nil, nil, err
	}
	err = a.people.ChangeCredential(ctx, Of(ctx).Actor, u.ID, func(c *cooperation.Credential) error {
		c.Passkeys = append(c.Passkeys, text)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	in, err := a.reopen(ctx, u.ID, "passkey")
	return &k.Passkey, in, err
}

// RemovePasskey removes a passkey of who asks, unless it is the last way in.
func (a *Access) RemovePasskey(ctx context.Context, id string) (*SignedIn, error) {
	u := Of(ctx).User
	if u == nil {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.session")
	}
	err := a.people.ChangeCredential(ctx, Of(ctx).Actor, u.ID, func(c *cooperation.Credential) error {
		at := slices.IndexFunc(c.Passkeys, func(text json.RawMessage) bool {
			var k kept
			return json.Unmarshal(text, &k) == nil && k.ID == id
		})
		if at < 0 {
			return cooperation.Absent()
		}
		if c.Passkeys = slices.Delete(c.Passkeys, at, at+1); !c.Any() {
			return cooperation.Refuse(cooperation.State, "error.state.last_method")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.reopen(ctx, u.ID, "passkey")
}

// BeginPasskeySignIn asks a browser for any passkey of this host: which person
// it stands for is in the answer.
func (a *Access) BeginPasskeySignIn(ctx context.Context) (Ceremony, error) {
	if a.passkeys == nil {
		return Ceremony{}, noPasskeys()
	}
	options, data, err := a.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, err
	}
	return a.keep(ctx, "", data, options)
}

// SignInByPasskey opens a session for whose passkey has answered.
func (a *Access) SignInByPasskey(ctx context.Context, ceremony string, answer []byte) (*SignedIn, error) {
	b, ok, err := a.take(ctx, ceremony)
	if err != nil {
		return nil, err
	}
	parsed, unreadable := protocol.ParseCredentialRequestResponseBytes(answer)
	if !ok || b.User != "" || unreadable != nil || a.passkeys == nil {
		return nil, ErrRefused
	}
	count := "passkey-count/" + digest(string(parsed.RawID))
	seen, err := a.counter(ctx, count)
	if err != nil {
		return nil, err
	}
	var trouble error
	who, used, err := a.passkeys.ValidatePasskeyLogin(func(rawID, handle []byte) (webauthn.User, error) {
		u, ok := a.people.User(string(handle))
		if !ok || u.Service || cooperation.ActorOf(u, false).IsPublic() {
			return nil, ErrRefused
		}
		o, err := a.owner(u)
		trouble = err
		for i := range o.keys {
			if bytes.Equal(o.keys[i].Credential.ID, rawID) {
				o.keys[i].Credential.Authenticator.SignCount = max(seen, o.keys[i].Credential.Authenticator.SignCount)
			}
		}
		return o, err
	}, b.Data, parsed)
	if trouble != nil {
		return nil, trouble
	}
	if err != nil || used.Authenticator.CloneWarning {
		return nil, errors.Join(ErrRefused, err)
	}
	// How often a device has signed is kept apart from the credential, whose
	// every change would end the sessions.
	if err := a.write(ctx, count, used.Authenticator.SignCount, a.clock().Add(counting)); err != nil {
		return nil, err
	}
	return a.open(ctx, who.(owner).user, "passkey")
}

func (a *Access) counter(ctx context.Context, key string) (n uint32, err error) {
	text, ok, err := a.values.Value(ctx, key, a.clock())
	if err != nil || !ok {
		return 0, err
	}
	return n, json.Unmarshal(text, &n)
}
