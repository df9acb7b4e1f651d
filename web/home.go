// Package web shows Entente's pages: rendered on the server, readable without
// JavaScript, in the reader's language. For now that is the first page, to
// which messages link.
package web

import (
	"embed"
	"html/template"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/reference"
)

//go:embed home.gohtml style.css
var files embed.FS

// Platform is what the pages ask of the platform.
type Platform interface {
	Conventions() []*cooperation.Convention
	State(convention string) (*catalogue.State, bool)
}

// Options are what the pages are made of; both are required.
type Options struct {
	Platform Platform
	Texts    *i18n.Catalogue
}

// policy lets a page load its own style and nothing else.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// New makes the handler of GET / and GET /style.css.
func New(o Options) http.Handler {
	page := template.Must(template.ParseFS(files, "home.gohtml"))
	engine := gin.New()
	engine.Use(gin.Recovery())
	read := []string{http.MethodGet, http.MethodHead}
	engine.Match(read, "/", func(c *gin.Context) {
		local := o.Texts.Localizer(language(c.Query("lang"), c.GetHeader("Accept-Language")))
		h := c.Writer.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Language", local.Language())
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		h.Set("Vary", "Accept-Language")
		if err := page.Execute(c.Writer, homeOf(o, local)); err != nil {
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
}

// row is one convention with what is open in it.
type row struct{ ID, Name, Needs, Offers, Proposals string }

// choice is a language that the reader may choose, by its own name.
type choice struct {
	Tag, Name, Direction string
	Chosen               bool
}

func homeOf(o Options, l *i18n.Localizer) home {
	h := home{Language: l.Language(), Direction: l.Direction(), Lead: l.Text("web.home.lead"), Note: l.Text("web.home.note"), API: l.Text("web.home.api"),
		Convention: l.Text("web.home.convention"), Needs: l.Text("web.home.needs"), Offers: l.Text("web.home.offers"), Proposals: l.Text("web.home.proposals")}
	for _, c := range o.Platform.Conventions() {
		state, ok := o.Platform.State(c.ID)
		if !ok {
			continue
		}
		n := state.Counts()
		h.Conventions = append(h.Conventions, row{c.ID, c.ShortName.In(reference.Language(l.Language())),
			l.Integer(int64(n["need"]["open"] + n["need"]["partly_covered"])), l.Integer(int64(n["offer"]["open"])), l.Integer(int64(n["proposal"]["proposed"]))})
	}
	for _, tag := range i18n.Languages() {
		other := o.Texts.Localizer(tag)
		h.Languages = append(h.Languages, choice{tag, other.SelfName(), other.Direction(), tag == l.Language()})
	}
	return h
}
