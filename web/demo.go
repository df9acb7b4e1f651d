package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
)

// DemoRole is a role that a reader of the demo may take.
type DemoRole struct {
	Convention string
	Name       string
	User       string // id of its account
}

// demo lets a reader choose whom to be.
type demo struct {
	Title  string
	Groups []demoGroup
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
	engine.GET("/demo", func(c *gin.Context) {
		v := p.visit(c)
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
		v.secret = true
		p.show(v, http.StatusOK, out)
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
}
