package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Histories tell how documents came to be what they are.
type Histories interface {
	History(ctx context.Context, actor cooperation.Actor, kind, id string, from uint64, limit int) (*platform.History, error)
}

// history is how a document came to be what it is, the latest first.
type history struct {
	Title       string
	Back        link
	Records     []record
	Next, First string
}

// record is one version of a document.
type record struct {
	When, Status string
	Who          string // for those who may see people
	Reason       string
	Fields       []string // that differ from the version before
	Erased       bool
}

func (history) template() string { return "history" }

func (h history) title() string { return h.Title }

// histories are the kinds of documents whose history has a page, by their name in
// addresses.
func histories() map[string]string {
	return map[string]string{"needs": catalogue.KindNeed, "offers": catalogue.KindOffer, "proposals": catalogue.KindProposal, "introductions": catalogue.KindIntroduction,
		"agreements": catalogue.KindAgreement, "partnerships": catalogue.KindPartnership, "assessments": catalogue.KindAssessment, "recommendations": catalogue.KindRecommendation, "reviews": catalogue.KindReview}
}

// serveHistory adds the pages of histories.
func (p *pages) serveHistory(engine *gin.Engine) {
	for name, kind := range histories() {
		p.private(engine, "/c/:convention/"+name+"/:id/history", func(v *visit) error { return p.history(v, name, kind) })
	}
}

func (p *pages) history(v *visit, name, kind string) error {
	from, _ := strconv.ParseUint(v.Query("cursor"), 10, 63) // anything else begins at the latest
	h, err := p.Platform.History(v.Request.Context(), v.actor(), kind, v.Param("id"), from, perPage)
	if err != nil {
		return err
	}
	out := history{Title: v.text("page.history.title"), Back: link{v.within("/" + name + "/" + v.Param("id")), v.text("page.history.back")}}
	for _, r := range h.Records {
		one := record{When: v.words.DateTime(r.Time), Who: r.Name, Reason: r.Reason, Erased: r.Erased}
		if r.Status != "" {
			one.Status = v.name(message.Status, kind+"."+r.Status)
		}
		for _, c := range r.Changes {
			if label, known := v.labelOf(kind, c.Path); known && !slices.Contains(one.Fields, label) {
				one.Fields = append(one.Fields, label)
			}
		}
		out.Records = append(out.Records, one)
	}
	if h.Next > 0 {
		out.Next = v.here("cursor", strconv.FormatUint(h.Next, 10))
	}
	if from > 0 {
		out.First = v.here("cursor", "")
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// labelOf is the label of a field of a kind of documents, or of what is around
// it; most of what only the program needs has none.
func (v *visit) labelOf(kind, field string) (string, bool) {
	for end := len(field); end > 0; end-- {
		if end == len(field) || field[end] == '.' || field[end] == '[' {
			if label, ok := v.words.Lookup("field." + kind + "." + field[:end]); ok {
				return label, true
			}
		}
	}
	return "", false
}
