package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

//go:embed templates static
var embedded embed.FS

// templates are all templates, once for each language, with that language's
// words in them: a set is shared by all requests and knows nothing of any.
type templates map[string]*template.Template

func newTemplates(texts *i18n.Catalogue) templates {
	sets := templates{}
	for _, tag := range i18n.Languages() {
		l := texts.Localizer(tag)
		sets[tag] = template.Must(template.New("").Funcs(template.FuncMap{
			"t":     func(key string) string { return l.Text(key) },
			"n":     func(key string, count int) string { return l.Render(message.New(key, message.Count(count)), nil) },
			"colon": l.Colon,
			"int":   func(n int) string { return l.Integer(int64(n)) },
			"dict":  dict,
		}).ParseFS(embedded, "templates/*.gohtml"))
	}
	return sets
}

// dict makes the value of a template inside a template from names and values.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("a name without a value")
	}
	out := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("a name that is no text: %v", pairs[i])
		}
		out[name] = pairs[i+1]
	}
	return out, nil
}

// assets are the files that pages load, each under a name that changes with its
// contents, so that browsers keep them for good.
type assets struct {
	files   map[string]file   // by address
	address map[string]string // by name
}

// file is what an address answers with.
type file struct{ plain, small []byte }

func newAssets() assets {
	a := assets{files: map[string]file{}, address: map[string]string{}}
	files, err := fs.Glob(embedded, "static/*")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, found := range files {
		content, err := embedded.ReadFile(found)
		if err != nil {
			panic(err) // it is part of the program
		}
		sum := sha256.Sum256(content)
		name := path.Base(found)
		ending := path.Ext(name)
		address := "/static/" + strings.TrimSuffix(name, ending) + "." + hex.EncodeToString(sum[:6]) + ending
		a.files[address], a.address[name] = file{content, squeezed(content)}, address
	}
	return a
}

// serve answers with a file.
func (a assets) serve(c *gin.Context) {
	f, ok := a.files[c.Request.URL.Path]
	if !ok {
		c.Status(http.StatusNotFound)
		return
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	h := c.Writer.Header()
	h.Set("Content-Type", types[path.Ext(c.Request.URL.Path)])
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept-Encoding")
	content := f.plain
	if access.TakesGzip(c.Request.Header.Values("Accept-Encoding")) {
		content = f.small
		h.Set("Content-Encoding", "gzip")
	}
	c.Status(http.StatusOK)
	_, _ = c.Writer.Write(content) // the reader may have gone away
}

// squeezed is the content as gzip makes it.
func squeezed(content []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(content) // into memory: it cannot fail
	_ = z.Close()
	return b.Bytes()
}

// worthwhile is the size in bytes from which a page is compressed.
const worthwhile = 1 << 10

// write sends a page, compressed for whoever takes that. Compression tells an
// eavesdropper by its length when something that he made the reader send comes
// back beside a secret; so a page that repeats what its address says, to
// somebody who is signed in, is not compressed.
func (v *visit) write(status int, content []byte) {
	v.Writer.Header().Add("Vary", "Accept-Encoding")
	repeats := v.who.User != nil && v.Request.URL.RawQuery != "" || v.Request.Method == http.MethodPost
	if len(content) >= worthwhile && !repeats && access.TakesGzip(v.Request.Header.Values("Accept-Encoding")) {
		v.Header("Content-Encoding", "gzip")
		content = squeezed(content)
	}
	v.Status(status)
	_, _ = v.Writer.Write(content) // the reader may have gone away
}

// page is what a template shows.
type page interface {
	// template is the name of its template.
	template() string
	// title is what the window and the first heading say.
	title() string
}

// show writes a page in its frame.
func (p *pages) show(v *visit, status int, content page) {
	set := p.templates[v.words.Language()]
	if v.status != 0 {
		status = v.status
	}
	var body bytes.Buffer
	if err := set.ExecuteTemplate(&body, content.template(), content); err != nil {
		p.Logger.ErrorContext(v.Request.Context(), "a page could not be written", "page", content.template(), "error", err)
		v.Status(http.StatusInternalServerError)
		return
	}
	f := p.frame(v, status, content)
	f.Body = template.HTML(body.String()) //nolint:gosec // written by a template, which has escaped what is in it
	var whole bytes.Buffer
	if err := set.ExecuteTemplate(&whole, "frame", f); err != nil {
		p.Logger.ErrorContext(v.Request.Context(), "the frame of a page could not be written", "error", err)
		v.Status(http.StatusInternalServerError)
		return
	}
	headers(v.Writer.Header(), v.words.Language())
	v.Header("Cache-Control", "no-cache")
	if v.secret || v.who.User != nil || status != http.StatusOK {
		v.Header("Cache-Control", "no-store")
	}
	v.write(status, whole.Bytes())
}

// headers are those that every page has.
func headers(h http.Header, language string) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", language)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Cookie")
}

// plain is a page of some sentences.
type plain struct {
	Title, Alert string
	Lead         []string
	Links        []link
}

func (plain) template() string { return "plain" }

func (p plain) title() string { return p.Title }

// absent answers that there is no such page, or none for this reader.
func (p *pages) absent(v *visit) {
	p.show(v, http.StatusNotFound, plain{Title: v.text("page.absent.title"), Lead: []string{v.text("page.absent.lead")}, Links: []link{{"/", v.text("page.home.title")}}})
}

// fail says what was wrong. What nobody foresaw is logged, and not told.
func (p *pages) fail(v *visit, err error) {
	status, alert := p.fault(v, err)
	if status == http.StatusNotFound {
		p.absent(v)
		return
	}
	p.show(v, status, plain{Title: v.text("page.refused.title"), Alert: alert})
}

// fault is the status of an error, and its sentence.
func (p *pages) fault(v *visit, err error) (status int, sentence string) {
	var refusal *cooperation.Error
	if errors.As(err, &refusal) {
		sentence = v.say(refusal.Message)
		for _, f := range refusal.Fields {
			sentence += " " + v.say(f.Message)
		}
		return statusOf(refusal.Code), sentence
	}
	id := cooperation.NewID()
	p.Logger.ErrorContext(v.Request.Context(), "unexpected error", "request_id", id, "error", err)
	return http.StatusInternalServerError, v.say(message.New("error.internal.unexpected", message.Of(message.Text, "request_id", id)))
}
