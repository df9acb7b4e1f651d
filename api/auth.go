package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
)

// authenticate finds out who asks. A token that stands for nobody is refused
// also where none is needed: its owner believes that it works. Operations that
// the description does not open to the public end here without one, and
// whatever changes something with one that may only read.
func (a *api) authenticate(g *gin.Context) {
	c, _ := callOf(g)
	if given := g.Request.Header.Values("Authorization"); len(given) > 0 {
		scheme, secret, _ := strings.Cut(given[0], " ")
		actor, user, ok := cooperation.Actor{}, (*cooperation.User)(nil), false
		if len(given) == 1 && strings.EqualFold(scheme, "Bearer") {
			actor, user, ok = a.platform.Authenticate(strings.TrimSpace(secret))
		}
		if !ok {
			a.fail(g, unauthenticated("error.unauthenticated.token"))
			return
		}
		c.actor = actor
		c.speakTo(user)
	} else {
		c.bySession()
	}
	c.keep(c.actor.IsPublic() && c.method == http.MethodGet)
	op := a.document.operation(c)
	if op == nil {
		return
	}
	if !op.public && c.actor.IsPublic() {
		a.fail(g, unauthenticated("error.unauthenticated.missing"))
		return
	}
	if err := op.within(c); err != nil {
		a.fail(g, err)
	}
}
