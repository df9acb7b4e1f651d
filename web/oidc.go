package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// startOIDC sends the reader to an identity provider.
func (p *pages) startOIDC(c *gin.Context) {
	address, cookie, err := p.Access.BeginOIDC(c.Request.Context(), c.Param("provider"))
	if err != nil {
		v := p.visit(c)
		p.refuse(v, p.signInForm(v, ""), err)
		return
	}
	http.SetCookie(c.Writer, cookie)
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, address)
}

// finishOIDC takes whom the provider has sent back.
func (p *pages) finishOIDC(c *gin.Context) {
	browser, _ := c.Cookie(p.Access.JourneyCookie()) // without one, it is refused
	in, err := p.Access.FinishOIDC(c.Request.Context(), c.Param("provider"), c.Query("state"), c.Query("code"), browser)
	if err != nil {
		v := p.visit(c)
		p.refuse(v, p.signInForm(v, ""), err)
		return
	}
	enter(c, in.Cookie)
}
