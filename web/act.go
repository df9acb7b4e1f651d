package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// act is a step that the reader may take on what a page shows: a button, with
// what it asks for.
type act struct {
	Address, Label, Hint string
	Version              uint64 // of the document as the page shows it; 0 where none is asked for
	Hidden               []hidden
	Fields               []field
	Main                 bool // the step that most readers come for
	Open                 bool // it was refused, and shows what was filled in
}

// hidden is what a form sends without asking for it.
type hidden struct{ Name, Value string }

// act makes a step. Where it was just refused it shows again what was filled
// in, and what was wrong.
func (v *visit) act(address, label string, version uint64, fields ...field) act {
	a := act{Address: address, Label: v.text(label), Version: version, Open: v.posted != nil && v.Request.URL.Path == address}
	for _, f := range fields {
		f.ID = path.Base(address) + "-" + f.Name
		if a.Open {
			f = v.filled(f)
		}
		a.Fields = append(a.Fields, f)
	}
	return a
}

// mistake is what was wrong with a field.
type mistake struct{ Name, ID, Label, Sentence string }

// filled is a field with what the reader had filled in, and what was wrong
// with it.
func (v *visit) filled(f field) field {
	if v.posted == nil {
		return f
	}
	given := v.posted[f.Name]
	if f.Type != "password" && len(given) > 0 {
		f.Value = given[0]
	}
	for i := range f.Choices {
		f.Choices[i].Chosen = false
		for _, g := range given {
			f.Choices[i].Chosen = f.Choices[i].Chosen || g == f.Choices[i].Tag
		}
	}
	for i := range v.mistakes {
		if m := &v.mistakes[i]; m.Name == f.Name || strings.HasSuffix(m.Name, "."+f.Name) || m.ID == "" && strings.HasPrefix(f.Name, m.Name+".") {
			m.ID, m.Label, f.Mistake = f.At(), f.Label, m.Sentence
		}
	}
	return f
}

// labelled names the fields that no form of the page asks for.
func (v *visit) labelled() []mistake {
	for i := range v.mistakes {
		m := &v.mistakes[i]
		if label, ok := v.words.Lookup("field." + m.Name); ok && m.Label == "" {
			m.Label = label
		} else if m.Label == "" && strings.Contains(m.Name, ".") {
			m.Label = v.words.FieldLabel(m.Name)
		}
	}
	return v.mistakes
}

// read serves a page.
func (p *pages) read(engine *gin.Engine, at string, page func(*visit) error) {
	p.reads[at] = true
	engine.Match([]string{http.MethodGet, http.MethodHead}, at, func(c *gin.Context) { p.open(p.visit(c), page) })
}

// private serves a page for those who are signed in; others are asked to sign
// in first.
func (p *pages) private(engine *gin.Engine, at string, page func(*visit) error) {
	p.read(engine, at, func(v *visit) error {
		if v.who.User == nil {
			p.toSignIn(v)
			return nil
		}
		return page(v)
	})
}

// toSignIn leads to the page on which one signs in, and from there back.
func (p *pages) toSignIn(v *visit) {
	v.Header("Cache-Control", "no-store")
	v.Redirect(http.StatusSeeOther, "/sign-in?"+url.Values{"back": {v.standing()}}.Encode())
}

// standing is the address of the page on which the reader stands; a step stands
// on the page above it.
func (v *visit) standing() string {
	if v.Request.Method == http.MethodPost {
		return path.Dir(v.Request.URL.Path)
	}
	return v.Request.URL.Path
}

func (p *pages) open(v *visit, page func(*visit) error) {
	if v.Param("convention") != "" && v.conv == nil {
		p.absent(v)
		return
	}
	if err := page(v); err != nil {
		p.fail(v, err)
	}
}

// mostPosted bounds what a form of a page sends, in bytes.
const mostPosted = 256 << 10

// act serves a step: do takes it and says where to go on; the page there says
// what was done under the key "done.<done>". What is refused is shown on the
// page on which the step stands, with all that was filled in.
func (p *pages) act(engine *gin.Engine, at, done string, page func(*visit) error, do func(*visit) (address string, err error)) {
	p.dones[done], p.acts[at] = true, true
	engine.POST(at, func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostPosted)
		v := p.visit(c)
		p.open(v, func(v *visit) error {
			if v.who.User == nil {
				p.toSignIn(v)
				return nil
			}
			if err := c.Request.ParseForm(); err != nil {
				return cooperation.Refuse(cooperation.TooLarge, "error.too_large.body", message.Int("max", mostPosted>>10))
			}
			address, err := do(v)
			if err == nil {
				p.went(v, address, done)
				return nil
			}
			return p.again(v, err, page)
		})
	})
}

// reopened leads a reader who asks again for the address of a refused step, or
// shares it, to the page on which the step stands.
func (p *pages) reopened(engine *gin.Engine) {
	for at := range p.acts {
		if !p.reads[at] {
			above, up := path.Dir(at), 1
			for ; !p.reads[above] && above != "/"; up++ {
				above = path.Dir(above)
			}
			engine.GET(at, func(c *gin.Context) {
				to := c.Request.URL.Path
				for range up {
					to = path.Dir(to)
				}
				c.Redirect(http.StatusSeeOther, to)
			})
		}
	}
}

// went leads on after a step.
func (p *pages) went(v *visit, address, done string) {
	to, err := url.Parse(address)
	if err == nil && done != "" {
		q := to.Query()
		q.Set("done", done)
		to.RawQuery = q.Encode()
		address = to.String()
	}
	v.Header("Cache-Control", "no-store")
	v.Redirect(http.StatusSeeOther, address)
}

// again shows the page on which a step was refused, with the reason. Where the
// reader may not even see that page, the reason stands alone.
func (p *pages) again(v *visit, err error, page func(*visit) error) error {
	var refusal *cooperation.Error
	if page == nil || !errors.As(err, &refusal) || refusal.Code == cooperation.NotFound {
		return err
	}
	v.status, v.alert, v.posted, v.secret = statusOf(refusal.Code), v.say(refusal.Message), v.Request.PostForm, true
	for _, f := range refusal.Fields {
		v.mistakes = append(v.mistakes, mistake{Name: f.Field, Sentence: v.say(f.Message)})
	}
	if page(v) != nil {
		return err
	}
	return nil
}

// match is the version on which a form was filled in.
func (v *visit) match() platform.Match {
	version, err := strconv.ParseUint(v.PostForm("version"), 10, 64)
	if err != nil {
		return 0
	}
	return platform.Match(version)
}

// done is what was just done, in words; "" for nothing.
func (p *pages) done(v *visit) string {
	if step := v.Query("done"); step != "" && p.dones[step] {
		return v.text("done." + step)
	}
	return ""
}
