package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/message"
)

// DemoRole is a role that a reader of the demo may take.
type DemoRole struct {
	Convention string
	Name       string
	User       string // id of its account
}

// DemoTime is the time of the demo.
type DemoTime interface {
	// Pass lets so many days pass, with all that they bring about.
	Pass(ctx context.Context, days int) error
}

// demo lets a reader choose whom to be, and lets days pass.
type demo struct {
	Title  string
	Groups []demoGroup
	Today  string // "" where no days pass but those of the world
	Days   []choice
}

// demoGroup are the roles of a convention.
type demoGroup struct {
	ID, Name string
	Roles    []DemoRole
}

func (demo) template() string { return "demo" }

func (d demo) title() string { return d.Title }

// demoLinks make the links by which the demo signs people in.
type demoLinks interface {
	IssueLink(ctx context.Context, purpose cooperation.LinkPurpose, user string, life time.Duration) (id string, err error)
	LinkSecret(id string) string
}

// serveDemo adds the page on which a reader of the demo chooses whom to be.
func (p *pages) serveDemo(engine *gin.Engine) {
	p.read(engine, "/demo", func(v *visit) error {
		out := demo{Title: v.text("page.demo.title")}
		for _, conv := range p.Platform.Conventions() {
			g := demoGroup{ID: conv.ID, Name: v.in(conv.ShortName)}
			for _, role := range p.Demo {
				if role.Convention == conv.ID {
					g.Roles = append(g.Roles, role)
				}
			}
			out.Groups = append(out.Groups, g)
		}
		if p.DemoTime != nil {
			out.Today = v.words.Date(p.Platform.Now())
			for _, days := range demoDays() {
				out.Days = append(out.Days, choice{Tag: strconv.Itoa(days), Name: v.say(message.New("page.demo.pass", message.Count(days)))})
			}
		}
		v.secret = true
		p.show(v, http.StatusOK, out)
		return nil
	})
	engine.POST("/demo", func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm)
		v := p.visit(c)
		at := slices.IndexFunc(p.Demo, func(r DemoRole) bool { return r.User == c.PostForm("user") })
		links, ok := p.Platform.(demoLinks)
		if at < 0 || !ok {
			p.absent(v)
			return
		}
		id, err := links.IssueLink(c.Request.Context(), cooperation.LinkSignIn, p.Demo[at].User, time.Minute)
		if err != nil {
			p.fail(v, err)
			return
		}
		in, err := p.Access.UseLink(c.Request.Context(), links.LinkSecret(id), access.Answer{})
		if err != nil {
			p.fail(v, err)
			return
		}
		http.SetCookie(c.Writer, in.Cookie)
		c.Header("Cache-Control", "no-store")
		c.Redirect(http.StatusSeeOther, "/c/"+p.Demo[at].Convention+"/desk")
	})
	if p.DemoTime != nil {
		p.serveDemoTime(engine)
	}
}

// demoDays are how many days a reader may let pass at once: one, or those of a
// week.
func demoDays() []int { return []int{1, 7} }

// serveDemoTime adds the step that lets days pass. Whoever reads the demo may
// take it, as he may be anybody in it.
func (p *pages) serveDemoTime(engine *gin.Engine) {
	p.dones["demo"], p.acts["/demo/days"] = true, true
	engine.POST("/demo/days", func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm)
		v := p.visit(c)
		days, err := strconv.Atoi(c.PostForm("days"))
		if err != nil || !slices.Contains(demoDays(), days) {
			p.absent(v)
			return
		}
		if err := p.DemoTime.Pass(c.Request.Context(), days); err != nil {
			p.fail(v, err)
			return
		}
		p.went(v, "/demo", "demo")
	})
}
