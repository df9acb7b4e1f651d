// Package web shows Entente's pages: rendered on the server, readable without
// JavaScript, in the reader's language. For now that is the first page, to
// which messages link, and those by which people sign in.
package web

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/reference"
)

//go:embed home.gohtml form.gohtml style.css
var files embed.FS

// Platform is what the pages ask of the platform.
type Platform interface {
	Conventions() []*cooperation.Convention
	State(convention string) (*catalogue.State, bool)
}

// Options are what the pages are made of. Platform, Access and Texts are
// required.
type Options struct {
	Platform Platform
	Access   Access
	Texts    *i18n.Catalogue
	Logger   *slog.Logger // default slog.Default
}

// pages are the pages with their templates, which all requests share.
type pages struct {
	Options
	home, form *template.Template
}

// policy lets a page load its own style and nothing else.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Paths are those that the handler of New answers.
func Paths() []string {
	return []string{"GET /{$}", "GET /style.css", "/sign-in", "/sign-in/link", "/sign-out", "/link/", "GET /auth/oidc/"}
}

// New makes the handler of the pages.
func New(o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	p := &pages{Options: o, home: template.Must(template.ParseFS(files, "home.gohtml")), form: template.Must(template.ParseFS(files, "form.gohtml"))}
	engine := gin.New()
	engine.Use(gin.Recovery())
	p.serveSignIn(engine)
	read := []string{http.MethodGet, http.MethodHead}
	engine.Match(read, "/", func(c *gin.Context) {
		local := p.local(c)
		headers(c.Writer.Header(), local.Language(), policy)
		who := access.Of(c.Request.Context())
		c.Header("Cache-Control", "no-cache")
		if who.User != nil {
			c.Header("Cache-Control", "no-store")
		}
		if err := p.home.Execute(c.Writer, p.homeOf(local, who)); err != nil {
			_ = c.Error(err) // the reader has gone away
		}
	})
	engine.Match(read, "/style.css", func(c *gin.Context) {
		c.Header("Cache-Control", "max-age="+maxAge)
		c.FileFromFS("style.css", http.FS(files))
	})
	return engine
}

// maxAge is how long a browser keeps the style, in seconds: an hour.
const maxAge = "3600"

// headers are those that every page has.
func headers(h http.Header, language, policy string) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", language)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Add("Vary", "Accept-Language")
}

// local is the language of a page: the one asked for in its address, or the
// browser's.
func (p *pages) local(c *gin.Context) *i18n.Localizer {
	return p.Texts.Localizer(language(c.Query("lang"), c.GetHeader("Accept-Language")))
}

// language is the one asked for in the address, or the browser's.
func language(asked, accepted string) string {
	if slices.Contains(i18n.Languages(), asked) {
		return asked
	}
	return i18n.Negotiate(accepted)
}

// home is what the first page shows.
type home struct {
	Language, Direction, Lead, Note, API string
	Convention, Needs, Offers, Proposals string
	Conventions                          []row
	Languages                            []choice
	Who                                  string // who is signed in
	Door                                 link   // to sign in, or out
}

// row is one convention with what is open in it.
type row struct{ ID, Name, Needs, Offers, Proposals string }

// choice is a language that the reader may choose, by its own name.
type choice struct {
	Tag, Name, Direction string
	Chosen               bool
}

func (p *pages) homeOf(l *i18n.Localizer, who access.Identity) home {
	h := home{Language: l.Language(), Direction: l.Direction(), Lead: l.Text("web.home.lead"), Note: l.Text("web.home.note"), API: l.Text("web.home.api"),
		Convention: l.Text("web.home.convention"), Needs: l.Text("web.home.needs"), Offers: l.Text("web.home.offers"), Proposals: l.Text("web.home.proposals")}
	for _, c := range p.Platform.Conventions() {
		state, ok := p.Platform.State(c.ID)
		if !ok {
			continue
		}
		n := state.Counts()
		h.Conventions = append(h.Conventions, row{c.ID, c.ShortName.In(reference.Language(l.Language())),
			l.Integer(int64(n["need"]["open"] + n["need"]["partly_covered"])), l.Integer(int64(n["offer"]["open"])), l.Integer(int64(n["proposal"]["proposed"]))})
	}
	h.Languages = chosen(p.Texts, l.Language())
	h.Door = link{"/sign-in", l.Text("web.sign_in.title")}
	if who.User != nil {
		h.Who, h.Door = who.User.Name, link{"/sign-out", l.Text("web.sign_out.title")}
	}
	return h
}

// chosen lists the languages, of which one is chosen.
func chosen(texts *i18n.Catalogue, language string) []choice {
	var out []choice
	for _, tag := range i18n.Languages() {
		other := texts.Localizer(tag)
		out = append(out, choice{tag, other.SelfName(), other.Direction(), tag == language})
	}
	return out
}
