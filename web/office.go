package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
)

// Offices are what the secretariat of a convention works with.
type Offices interface {
	OfficePeople
	OfficeRuns
	Weightings
	OfficeAudits
	OfficeImports
	OfficeChores
	Outboxes
}

// office leads the secretariat to its work.
type office struct {
	Title string
	Back  link
	Rooms []officeRoom
}

// officeRoom is one of the pages of the secretariat.
type officeRoom struct {
	Link link
	Lead string
}

func (office) template() string { return "office" }

func (o office) title() string { return o.Title }

// serveOffice adds the pages of the secretariat.
func (p *pages) serveOffice(engine *gin.Engine) {
	const at = "/c/:convention/office"
	p.secretariat(engine, at, p.office)
	p.serveOfficePeople(engine, at+"/people")
	p.serveOfficeRuns(engine, at+"/runs")
	p.serveWeights(engine, at+"/weights")
	p.serveImports(engine, at+"/imports")
	p.serveChores(engine, at+"/work")
	p.serveOutbox(engine, at+"/outbox")
	p.secretariat(engine, at+"/parties", p.officeParties)
	p.secretariat(engine, at+"/audit", p.officeAudit)
}

// secretariat serves a page for the secretariat alone.
func (p *pages) secretariat(engine *gin.Engine, at string, page func(*visit) error) {
	p.private(engine, at, inOffice(page))
}

// office shows where the work of the secretariat is done.
func (p *pages) office(v *visit) error {
	out := office{Title: v.text("page.office.title")}
	for _, room := range []string{"people", "parties", "imports", "runs", "weights", "outbox", "work", "audit"} {
		out.Rooms = append(out.Rooms, officeRoom{link{v.within("/office/" + room), v.text("page.office." + room + ".title")}, v.text("page.office." + room + ".lead")})
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// toOffice leads back to the office, and readers who have none to the first page
// of the convention.
func (v *visit) toOffice() link {
	if !cooperation.MaySeeOffice(v.actor(), v.conv.ID) {
		return link{v.within(""), v.in(v.conv.ShortName)}
	}
	return link{v.within("/office"), v.text("page.office.title")}
}

// inOffice is a page that only the secretariat of the convention is shown.
func inOffice(page func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if !cooperation.MaySeeOffice(v.actor(), v.conv.ID) {
			return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
		}
		return page(v)
	}
}

// officeStep serves a step of the secretariat on one of its pages.
func (p *pages) officeStep(engine *gin.Engine, at, done string, page func(*visit) error, do func(*visit) (address string, err error)) {
	p.act(engine, at, done, inOffice(page), func(v *visit) (address string, err error) {
		err = inOffice(func(v *visit) (err error) {
			address, err = do(v)
			return err
		})(v)
		return address, err
	})
}
