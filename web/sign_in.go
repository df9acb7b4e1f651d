package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/message"
)

// Access is what the pages ask of the room that lets people in.
type Access interface {
	Methods() access.Methods
	SignInByPassword(ctx context.Context, mail, password string) (*access.SignedIn, error)
	SignOut(ctx context.Context) (*http.Cookie, error)
	BeginOIDC(ctx context.Context, name string) (address string, cookie *http.Cookie, err error)
	FinishOIDC(ctx context.Context, name, state, code, browser string) (*access.SignedIn, error)
	JourneyCookie() string
	Sessions(ctx context.Context, user string) ([]access.Entry, error)
	EndSession(ctx context.Context, user, id string) error
	EndOthers(ctx context.Context, user string) error
	ChangePassword(ctx context.Context, current, wanted string) (*access.SignedIn, error)
	Passkeys(ctx context.Context, user string) ([]access.Passkey, error)
	RemovePasskey(ctx context.Context, id string) (*access.SignedIn, error)
	RequestLink(ctx context.Context, mail string, purpose cooperation.LinkPurpose) error
	SendLink(ctx context.Context, actor cooperation.Actor, user string, purpose cooperation.LinkPurpose) error
	LookAtLink(ctx context.Context, secret string) (access.Opening, error)
	UseLink(ctx context.Context, secret string, answer access.Answer) (*access.SignedIn, error)
}

// mostForm bounds the forms that are read, in bytes.
const mostForm = 16 << 10

// serveSignIn adds the pages by which people come in and go.
func (p *pages) serveSignIn(engine *gin.Engine) {
	pages := engine.Group("/", func(c *gin.Context) { c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm) })
	pages.GET("/sign-in", func(c *gin.Context) { v := p.visit(c); p.ask(v, p.signInForm(v, "")) })
	pages.POST("/sign-in", p.signIn)
	pages.GET("/sign-in/link", func(c *gin.Context) { v := p.visit(c); p.ask(v, p.requestForm(v, c.Query("for"), "")) })
	pages.POST("/sign-in/link", p.requestLink)
	pages.GET("/sign-out", func(c *gin.Context) { v := p.visit(c); p.ask(v, p.signOutForm(v)) })
	pages.POST("/sign-out", p.signOut)
	pages.GET("/auth/oidc/:provider/start", p.startOIDC)
	pages.GET("/auth/oidc/:provider/callback", p.finishOIDC)
	pages.GET("/link/:secret", p.lookAtLink)
	pages.POST("/link/:secret", p.useLink)
	pages.GET("/reply/:secret", p.lookAtReply)
	pages.POST("/reply/:secret", p.useReply)
}

// enter sets the cookie of a session and leads to the page for which one came,
// or to the first.
func enter(c *gin.Context, cookie *http.Cookie) {
	http.SetCookie(c.Writer, cookie)
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, backTo(c.Query("back")))
}

func (p *pages) signInForm(v *visit, mail string) *form {
	f := newForm(v, "web.sign_in.title")
	f.Fields = []field{mailField(v, mail), passwordField(v)}
	methods := p.Access.Methods()
	f.Submit, f.Passkey = v.text("web.sign_in.submit"), methods.Passkey
	for _, provider := range methods.Providers {
		f.Links = append(f.Links, link{provider.Start, v.say(message.New("web.sign_in.provider", message.Of(message.Text, "provider", provider.Title)))})
	}
	if methods.Link {
		f.Links = append(f.Links, link{"/sign-in/link", v.text("web.request.sign_in")}, link{"/sign-in/link?for=reset", v.text("web.request.reset")})
	}
	return f
}

func (p *pages) signIn(c *gin.Context) {
	v := p.visit(c)
	in, err := p.Access.SignInByPassword(c.Request.Context(), c.PostForm("mail"), c.PostForm("password"))
	if err != nil {
		p.refuse(v, p.signInForm(v, c.PostForm("mail")), err)
		return
	}
	enter(c, in.Cookie)
}

// requestForm asks for the address to which a link is sent.
func (p *pages) requestForm(v *visit, purpose, mail string) *form {
	f := newForm(v, "web.request.sign_in")
	if purpose == string(cooperation.LinkReset) {
		f.Title = v.text("web.request.reset")
	}
	f.Lead = []string{v.text("web.request.lead")}
	f.Fields = []field{mailField(v, mail)}
	f.Submit = v.text("web.request.submit")
	f.Links = []link{{"/sign-in", v.text("web.sign_in.title")}}
	return f
}

func (p *pages) requestLink(c *gin.Context) {
	v, purpose := p.visit(c), cooperation.LinkSignIn
	if c.Query("for") == string(cooperation.LinkReset) {
		purpose = cooperation.LinkReset
	}
	f := p.requestForm(v, c.Query("for"), c.PostForm("mail"))
	if err := p.Access.RequestLink(c.Request.Context(), c.PostForm("mail"), purpose); err != nil {
		p.refuse(v, f, err)
		return
	}
	f.Lead, f.Fields, f.Submit = []string{v.text("web.request.sent")}, nil, ""
	p.ask(v, f)
}

func (p *pages) signOutForm(v *visit) *form {
	f := newForm(v, "web.sign_out.title")
	f.Lead, f.Submit = []string{v.text("web.sign_out.lead")}, v.text("web.sign_out.title")
	return f
}

func (p *pages) signOut(c *gin.Context) {
	cookie, err := p.Access.SignOut(c.Request.Context())
	if err != nil {
		v := p.visit(c)
		p.refuse(v, p.signOutForm(v), err)
		return
	}
	enter(c, cookie)
}
