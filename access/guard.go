package access

import (
	"context"
	"net/http"
	"time"

	"entente/cooperation"
	"entente/message"
)

// Guard stands before the whole server. It refuses who sends too much and what
// other sites make a browser post, sets the headers that every answer has, and
// puts who asks into the context (Of).
func (a *Access) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.protect(w.Header())
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			next.ServeHTTP(w, r) // whoever asks whether the program lives is always told
			return
		}
		v := &visit{identity: Identity{Kind: Public}, address: a.address(r), agent: r.UserAgent()}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		if wait := a.addresses.wait(block(v.address), a.clock()); wait > 0 {
			a.tooMany(w, r, wait)
			return
		}
		if err := a.crossOrigin.Check(r); err != nil {
			a.refuse(w, r, http.StatusForbidden, "forbidden", message.New("error.forbidden.cross_origin"))
			return
		}
		if err := a.identify(w, r, v); err != nil {
			a.log.ErrorContext(r.Context(), "a session cannot be read", "error", err)
			w.Header().Set("Retry-After", "5")
			a.refuse(w, r, http.StatusServiceUnavailable, "unavailable", message.New("error.unavailable.store"))
			return
		}
		if key := account(r, v); key != "" {
			if wait := a.accounts.wait(key, a.clock()); wait > 0 {
				a.tooMany(w, r, wait)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// protect sets the headers that keep an answer from being used against its
// reader. The policy allows nothing: a page that needs more says so itself.
func (a *Access) protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	if a.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// account is what the second limit counts by: the person of a session, or the
// token, whoever may stand behind it.
func account(r *http.Request, v *visit) string {
	if given := r.Header.Get("Authorization"); given != "" {
		return digest(given)
	}
	if v.identity.User != nil {
		return v.identity.User.ID
	}
	return ""
}

// identify finds out who sends the request by its cookie. A token goes before
// it, and is the API's to judge. A cookie that stands for nobody is removed.
func (a *Access) identify(w http.ResponseWriter, r *http.Request, v *visit) error {
	id, secret, ok := a.given(r)
	if !ok || r.Header.Get("Authorization") != "" {
		return nil
	}
	w.Header().Add("Vary", "Cookie")
	hash := digest(secret)
	now := a.clock()
	k, cached := a.seen.get(id, now)
	if !cached {
		var found bool
		var err error
		k.stored, k.usage, found, err = a.readSession(r.Context(), id)
		if err != nil {
			return err
		}
		if !found || !k.usage.fits(hash, now) {
			http.SetCookie(w, a.noCookie())
			return nil
		}
		k.read = now
		if err := a.catchUp(r.Context(), k.stored); err != nil {
			return err
		}
	}
	if !k.usage.fits(hash, now) || !a.alive(k.stored, k.usage, now) {
		http.SetCookie(w, a.noCookie())
		return nil
	}
	u, _ := a.people.User(k.stored.User)
	v.identity = Identity{Kind: Session, Actor: cooperation.ActorOf(u, false), User: u, Session: id}
	if cached {
		return nil
	}
	if k.usage.Hash == hash && now.Sub(k.usage.Used) >= touching {
		fresh, err := a.touch(r.Context(), id, hash, k.stored)
		if err != nil {
			return err
		}
		if fresh != "" {
			http.SetCookie(w, a.cookie(id+"."+fresh, k.stored.Expires))
		}
		return nil // the next request reads it as it is now
	}
	a.seen.put(id, k)
	return nil
}

// catchUp waits a little until this replica knows the change of the account
// that the session was opened after.
func (a *Access) catchUp(ctx context.Context, s stored) error {
	for range 40 {
		if u, ok := a.people.User(s.User); ok && u.Epoch >= s.Epoch {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(25 * time.Millisecond):
		}
	}
	return nil
}
