package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/i18n"
)

// Routes are the methods and patterns of all pages, such as
// "GET /c/:convention/needs/:id", for whoever wants to see that each was
// looked at.
func Routes(texts *i18n.Catalogue) []string {
	// Nobody is asked anything while routes are made.
	pages := New(Options{Platform: struct{ Platform }{}, Access: struct{ Access }{}, Texts: texts, Demo: []DemoRole{{}}, DemoTime: struct{ DemoTime }{}})
	engine, ok := pages.(*gin.Engine)
	if !ok {
		return nil
	}
	var out []string
	for _, r := range engine.Routes() {
		if r.Method != http.MethodHead {
			out = append(out, r.Method+" "+r.Path)
		}
	}
	slices.Sort(out)
	return out
}
