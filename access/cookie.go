package access

import (
	"net/http"
	"strings"
	"time"
)

// cookieName is the name of the session's cookie. With the prefix, browsers
// take it over https only, for this host only and for all of its paths: no
// other host of the domain can plant one.
func (a *Access) cookieName() string {
	if a.secure {
		return "__Host-entente"
	}
	return "entente"
}

func (a *Access) cookie(value string, expires time.Time) *http.Cookie {
	return &http.Cookie{Name: a.cookieName(), Value: value, Path: "/", Expires: expires, Secure: a.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

func (a *Access) noCookie() *http.Cookie {
	c := a.cookie("", time.Time{})
	c.MaxAge = -1
	return c
}

// given reads id and secret from the cookie of a request.
func (a *Access) given(r *http.Request) (id, secret string, ok bool) {
	c, err := r.Cookie(a.cookieName())
	if err != nil || len(c.Value) > 128 {
		return "", "", false
	}
	id, secret, ok = strings.Cut(c.Value, ".")
	return id, secret, ok && id != "" && secret != ""
}
