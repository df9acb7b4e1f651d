package web

import (
	"github.com/gin-gonic/gin"

	"entente/cooperation"
)

// servePostings adds the pages on which needs and offers are written.
func (p *pages) servePostings(engine *gin.Engine) {
	for _, of := range []string{"/c/:convention/needs", "/c/:convention/offers"} {
		p.private(engine, of+"/new", p.newPosting)
		p.act(engine, of+"/new/create", "created", p.newPosting, p.create)
		p.act(engine, of+"/new/carry", "carried", p.newPosting, p.carry)
		at := of + "/:id/edit"
		p.private(engine, at, p.tasks)
		p.act(engine, at+"/discard", "discarded", p.tasks, p.discard)
		p.act(engine, at+"/help-request", "helped", p.tasks, p.askHelp)
		p.private(engine, at+"/check", p.check)
		p.act(engine, at+"/check/submit", "submitted", p.check, p.submit)
		p.private(engine, at+"/:matter", p.editMatter)
		p.act(engine, at+"/:matter/save", "saved", p.editMatter, p.saveMatter)
		p.glances(engine, at+"/:matter/glance")
		p.upload(engine, at+"/files/add", "attached", cooperation.MaxFile, p.editFiles, p.attach)
		p.act(engine, at+"/files/remove", "detached", p.editFiles, p.detach)
	}
}
