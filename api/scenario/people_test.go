package scenario

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"entente/client"
	"entente/cooperation"
)

// person is somebody with an account, or the public, at the client.
type person struct {
	w    *world
	t    *testing.T
	name string
	c    *client.ClientWithResponses
	no   string // the key of the refusal that the next call is to meet

	account string
	secret  string    // of the token
	renew   time.Time // when another one is needed
}

// comes gives somebody an account with roles.
func (w *world) comes(name, language string, grants ...cooperation.Grant) *person {
	w.t.Helper()
	for i := range grants {
		grants[i].Convention = w.convention
	}
	operator := cooperation.System("test")
	u, err := w.platform.CreateUser(w.t.Context(), operator, cooperation.User{Name: name, Language: language, Grants: grants})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.client(name, u.ID, language)
}

func (w *world) client(name, account, language string) *person {
	w.t.Helper()
	p := &person{w: w, t: w.t, name: name, account: account}
	c, err := client.New("https://entente.example.org", "", client.WithHTTPClient(w), client.WithRequestEditorFn(client.InLanguage(language)),
		client.WithRequestEditorFn(p.signed), client.WithRequestEditorFn(asItStands))
	if err != nil {
		w.t.Fatal(err)
	}
	p.c = c
	return p
}

// signed adds the token of the person, a new one each year.
func (p *person) signed(ctx context.Context, r *http.Request) error {
	if p.account == "" {
		return nil
	}
	if now := p.w.clock(); now.After(p.renew) {
		const life = 360 * 24 * time.Hour
		secret, _, err := p.w.platform.IssueToken(ctx, cooperation.System("test"), p.account, p.name, []string{cooperation.ScopeWrite}, life)
		if err != nil {
			return err
		}
		p.secret, p.renew = secret, now.Add(life-24*time.Hour)
	}
	r.Header.Set("Authorization", "Bearer "+p.secret)
	return nil
}

// asItStands takes a document as it is where no version is named.
func asItStands(_ context.Context, r *http.Request) error {
	if r.Method != http.MethodGet && r.Header.Get("If-Match") == "" {
		r.Header.Set("If-Match", "*")
	}
	return nil
}

// public is whoever has no account.
func (w *world) public() *person { return w.client("the public", "", "en") }

func (w *world) focalPoint(state, language string) *person {
	return w.comes("focal point of "+state, language, grant(cooperation.FocalPoint, state))
}

func (w *world) approver(state string) *person {
	return w.comes("approver of "+state, "en", grant(cooperation.Approver, state))
}

func (w *world) provider(participant string) *person {
	return w.comes("provider "+participant, "en", grant(cooperation.ProviderRole, participant), grant(cooperation.Approver, participant))
}

func (w *world) member(committee, state string) *person {
	g := grant(cooperation.CommitteeMember, state)
	g.Committee = committee
	return w.comes(state+" on "+committee, "en", g)
}

func (w *world) observer(participant string) *person {
	return w.comes("observer "+participant, "en", grant(cooperation.ObserverRole, participant))
}

func (w *world) secretariat() *person {
	return w.comes("secretariat", "en", grant(cooperation.Secretariat, ""))
}

func grant(role cooperation.Role, participant string) cooperation.Grant {
	return cooperation.Grant{Role: role, Participant: cooperation.Participant(participant)}
}

// refused is the person, whose next call has to be refused with the key, as a
// whole or for one of its fields.
func (p *person) refused(key string) *person {
	c := *p
	c.no = key
	return &c
}

// blind is the person for whom what it asks for does not exist.
func (p *person) blind() *person { return p.refused("error.not_found.document") }

// ok reports whether a call was taken, and fails the test where it was not what
// is to be expected.
func (p *person) ok(err error) bool {
	p.t.Helper()
	var refusal *client.Problem
	switch {
	case err == nil && p.no == "":
		return true
	case err == nil:
		p.t.Fatalf("%s was not refused with %s", p.name, p.no)
	case p.no == "" || !errors.As(err, &refusal) || refusal.Key != p.no && !slices.ContainsFunc(refusal.Fields, func(m client.Mistake) bool { return m.Key == p.no }):
		p.t.Fatalf("%s expected %q and met: %v", p.name, p.no, err)
	}
	return false
}

func (p *person) ctx() context.Context { return p.t.Context() }
