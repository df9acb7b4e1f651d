package access

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
)

// Entry is a session as its owner sees it in a list.
type Entry struct {
	ID                     string
	Agent                  string // what the browser calls itself
	Address                string // the network that it came from, without the last part
	Method                 string // how its owner signed in
	Created, Used, Expires time.Time
	Current                bool // the one that asks
}

// SignedIn is the outcome of a sign-in: who it is, and the cookie that the
// answer must set.
type SignedIn struct {
	User   *cooperation.User
	Cookie *http.Cookie
}

// stored is a session under session/ID. It is written once and never again:
// so a session that was ended cannot come back by somebody's late writing.
type stored struct {
	User    string    `json:"user"`
	Epoch   uint64    `json:"epoch"`
	Slot    int       `json:"slot"`
	Agent   string    `json:"agent,omitempty"`
	Address string    `json:"address,omitempty"`
	Method  string    `json:"method"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
}

// open makes a session for a user who has just proved who they are. Its id
// and secret are always new: a cookie that somebody else has planted in the
// browser is worth nothing afterwards. A session of before in the same browser
// ends.
func (a *Access) open(ctx context.Context, u *cooperation.User, method string) (*SignedIn, error) {
	v := visitOf(ctx)
	if err := a.end(ctx, v.identity.Session); err != nil {
		return nil, err
	}
	now := a.clock().UTC().Truncate(time.Millisecond)
	id := cooperation.NewID()
	s := stored{User: u.ID, Epoch: u.Epoch, Agent: clip(v.agent, 200), Address: coarse(v.address), Method: method, Created: now, Expires: now.Add(a.life)}
	var err error
	if s.Slot, err = a.takeSlot(ctx, u.ID, id, s.Expires); err != nil {
		return nil, err
	}
	secret := newSecret()
	if err := a.writeUsage(ctx, id, usage{Hash: digest(secret), Turned: now, Used: now}, s.Expires); err != nil {
		return nil, err
	}
	if err := a.write(ctx, cooperation.SessionKey(id), s, s.Expires); err != nil {
		return nil, err
	}
	return &SignedIn{User: u, Cookie: a.cookie(id+"."+secret, s.Expires)}, nil
}

// takeSlot finds a place among the user's sessions: the slots are claims, so
// that they can be listed, and no two replicas give the same one away.
func (a *Access) takeSlot(ctx context.Context, user, id string, expires time.Time) (int, error) {
	for range 3 {
		for slot := range cooperation.MostSessions {
			won, err := a.values.Claim(ctx, cooperation.SessionSlotKey(user, slot), []byte(id), expires, a.clock())
			if won || err != nil {
				return slot, err
			}
		}
		all, err := a.sessionsOf(ctx, user)
		if err != nil {
			return 0, err
		}
		if len(all) > 0 {
			if err := a.end(ctx, all[len(all)-1].ID); err != nil {
				return 0, err
			}
		}
	}
	return 0, cooperation.Refuse(cooperation.Unavailable, "error.unavailable.sessions")
}

// Sessions lists the sessions of who asks, the last used first.
func (a *Access) Sessions(ctx context.Context, user string) ([]Entry, error) {
	return a.sessionsOf(ctx, user)
}

func (a *Access) sessionsOf(ctx context.Context, user string) ([]Entry, error) {
	now := a.clock()
	var out []Entry
	for slot := range cooperation.MostSessions {
		id, held, err := a.values.Holder(ctx, cooperation.SessionSlotKey(user, slot), now)
		if err != nil {
			return nil, err
		}
		if !held {
			continue
		}
		s, used, ok, err := a.readSession(ctx, string(id))
		if err != nil {
			return nil, err
		}
		if !ok || !a.alive(s, used, now) {
			// Its owner has left without a word; the place is free again.
			if err := a.values.Release(ctx, cooperation.SessionSlotKey(user, slot), id, now); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, Entry{ID: string(id), Agent: s.Agent, Address: s.Address, Method: s.Method, Created: s.Created, Used: used.Used,
			Expires: earlier(s.Expires, used.Used.Add(a.idle)), Current: string(id) == visitOf(ctx).identity.Session})
	}
	slices.SortFunc(out, func(x, y Entry) int { return cmp.Or(y.Used.Compare(x.Used), cmp.Compare(x.ID, y.ID)) })
	return out, nil
}

// alive reports whether a session stands: within both limits, and of the
// user's present epoch.
func (a *Access) alive(s stored, used usage, now time.Time) bool {
	u, ok := a.people.User(s.User)
	return ok && u.Epoch == s.Epoch && !cooperation.ActorOf(u, false).IsPublic() && now.Before(s.Expires) && now.Before(used.Used.Add(a.idle))
}

// EndSession ends one of the user's sessions. One that is not theirs is one
// that does not exist.
func (a *Access) EndSession(ctx context.Context, user, id string) error {
	s, _, ok, err := a.readSession(ctx, id)
	if err != nil {
		return err
	}
	if !ok || s.User != user {
		return cooperation.Absent()
	}
	return a.end(ctx, id)
}

// EndOthers ends all the user's sessions but the one that asks.
func (a *Access) EndOthers(ctx context.Context, user string) error {
	all, err := a.sessionsOf(ctx, user)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !s.Current {
			err = errors.Join(err, a.end(ctx, s.ID))
		}
	}
	return err
}

// SignOut ends the session that asks, if there is one, and returns the cookie
// that removes it from the browser.
func (a *Access) SignOut(ctx context.Context) (*http.Cookie, error) {
	if err := a.end(ctx, visitOf(ctx).identity.Session); err != nil {
		return nil, err
	}
	return a.noCookie(), nil
}

// end ends a session. Ending what is over already succeeds.
func (a *Access) end(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	a.seen.drop(id)
	s, _, ok, err := a.readSession(ctx, id)
	if err != nil || !ok {
		return err
	}
	if err := a.values.Delete(ctx, cooperation.SessionKey(id)); err != nil {
		return err
	}
	a.seen.drop(id) // somebody may have read it in between
	return errors.Join(a.values.Delete(ctx, cooperation.SessionUseKey(id)), a.values.Release(ctx, cooperation.SessionSlotKey(s.User, s.Slot), []byte(id), a.clock()))
}

// readSession reads a session with its use; false when it is over.
func (a *Access) readSession(ctx context.Context, id string) (s stored, u usage, ok bool, err error) {
	now := a.clock()
	value, ok, err := a.values.Value(ctx, cooperation.SessionKey(id), now)
	if err != nil || !ok {
		return s, u, false, err
	}
	used, ok, err := a.values.Value(ctx, cooperation.SessionUseKey(id), now)
	if err != nil || !ok {
		return s, u, false, err
	}
	return s, u, true, errors.Join(json.Unmarshal(value, &s), json.Unmarshal(used, &u))
}

func (a *Access) write(ctx context.Context, key string, value any, expiry time.Time) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return a.values.Set(ctx, key, text, expiry)
}

func earlier(x, y time.Time) time.Time {
	if y.Before(x) {
		return y
	}
	return x
}

// clip bounds what is kept of a header.
func clip(s string, most int) string {
	if len(s) > most {
		s = s[:most]
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
