package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/message"
	"entente/reference"
)

// visit is one request for a page: who reads, in which language, and of which
// convention.
type visit struct {
	*gin.Context
	words *i18n.Localizer
	who   access.Identity
	theme string // "light", "dark", or "" for that of the system
	conv  *cooperation.Convention
	state *catalogue.State
	names i18n.Names

	// Of a step that was refused:
	status   int // 0 for none
	alert    string
	mistakes []mistake
	posted   url.Values // what was filled in

	secret bool // what it shows is for this reader alone, or its address is a secret
}

// The cookies by which a browser keeps what a reader without an account chose.
const (
	languageCookie = "language"
	themeCookie    = "theme"
)

// visit reads who asks for what.
func (p *pages) visit(c *gin.Context) *visit {
	v := &visit{Context: c, words: p.local(c), who: access.Of(c.Request.Context())}
	if theme, err := c.Cookie(themeCookie); err == nil && (theme == "light" || theme == "dark") {
		v.theme = theme
	}
	id := c.Param("convention")
	v.names = p.Platform.Names(id)
	if state, ok := p.Platform.State(id); ok && id != "" {
		v.state, v.conv = state, state.Convention()
	}
	return v
}

// local is the language of a page: the one asked for in its address, chosen in
// this browser before, of the reader's account, or asked for by the browser.
func (p *pages) local(c *gin.Context) *i18n.Localizer {
	chosen, _ := c.Cookie(languageCookie)
	own := ""
	if who := access.Of(c.Request.Context()); who.User != nil {
		own = who.User.Language
	}
	for _, tag := range []string{c.Query("lang"), chosen, own} {
		if slices.Contains(i18n.Languages(), tag) {
			return p.Texts.Localizer(tag)
		}
	}
	return p.Texts.Localizer(i18n.Negotiate(c.GetHeader("Accept-Language")))
}

// actor is who reads, as the policies know him.
func (v *visit) actor() cooperation.Actor { return v.who.Actor }

// text is the text under a key.
func (v *visit) text(key string) string { return v.words.Text(key) }

// say puts a message into words.
func (v *visit) say(m message.Message) string { return v.words.Render(m, v.names) }

// in is a text of a profile in the reader's language.
func (v *visit) in(n cooperation.Names) string { return n.In(reference.Language(v.words.Language())) }

// name is the name of a code in the reader's language, and the code itself
// where nothing names it.
func (v *visit) name(t message.Type, code string) string {
	return v.words.Name(t, code, v.names)
}

// all are the names of codes, joined as the language does.
func all[T ~string](v *visit, t message.Type, codes []T) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = v.name(t, string(code))
	}
	return v.words.List(names)
}

// day writes a date; nothing where none is stated.
func (v *visit) day(d cooperation.Date) string {
	if d.IsZero() {
		return ""
	}
	return v.words.Date(d.Time())
}

// money writes an amount; nothing where none is stated.
func (v *visit) money(minor int64, currency string) string {
	if currency == "" {
		return ""
	}
	m := cooperation.NewMoney(minor, currency)
	return v.words.Money(m.Amount, m.Currency)
}

// within is an address of the convention.
func (v *visit) within(path string) string { return "/c/" + v.conv.ID + path }

// here is the address of this page with other values in its query; a value of
// "" takes the parameter away.
func (v *visit) here(values ...string) string {
	q := v.Request.URL.Query()
	for i := 0; i < len(values); i += 2 {
		q.Del(values[i])
		if values[i+1] != "" {
			q.Set(values[i], values[i+1])
		}
	}
	if len(q) == 0 {
		return v.Request.URL.Path
	}
	return v.Request.URL.Path + "?" + q.Encode()
}

// back is the address of this page to come back to. It keeps only what lists
// are asked for: an address may hold a secret, which is repeated nowhere.
func (v *visit) back(status int) string {
	if v.secret || status != http.StatusOK {
		return "/"
	}
	q := url.Values{}
	for name, values := range v.Request.URL.Query() {
		if slices.Contains([]string{"q", "sort", "status", "theme", "kind", "region", "country", "language", "provider", "unread", "cursor"}, name) {
			q[name] = values
		}
	}
	return (&url.URL{Path: v.Request.URL.Path, RawQuery: q.Encode()}).String()
}

// settings keeps the language and the colours that a reader chose, and leads
// back to where he was.
func (p *pages) settings(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm)
	keep := func(name, value string, allowed []string) {
		if value != "" && slices.Contains(allowed, value) {
			http.SetCookie(c.Writer, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Request.TLS != nil})
		}
	}
	keep(languageCookie, c.PostForm(languageCookie), i18n.Languages())
	keep(themeCookie, c.PostForm(themeCookie), []string{"light", "dark", "system"})
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, backTo(c.PostForm("back")))
}

// backTo is the path of this site that a form names, without a language in its
// query, for another was just chosen; the first page where it names none.
func backTo(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || len(u.Path) == 0 || u.Path[0] != '/' || len(u.Path) > 1 && (u.Path[1] == '/' || u.Path[1] == '\\') {
		return "/"
	}
	q := u.Query()
	q.Del("lang")
	return (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
}
