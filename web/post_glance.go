package web

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
)

// glance is what the platform makes of a posting as it stands: what is still
// unspecific, and who would fit.
type glance struct {
	Kind  string
	Hints []linkedSentence // of one page they have no link
	Fits  *fits
	Sums  []fact // of the lines of costs
}

// mostGlanced is how many candidates are shown while a posting is written.
const mostGlanced = 3

// glance looks at a posting; with a matter, at what that asks for.
func (p *pages) glance(v *visit, w *work, m *matter) glance {
	g := glance{Kind: w.kind()}
	for _, h := range v.unspecific(w) {
		for i := range w.matters {
			of := &w.matters[i]
			if !of.holds(h.Field) || m != nil && of.Name != m.Name {
				continue
			}
			s := linkedSentence{Sentence: v.say(h.Message)}
			if m == nil {
				s.Link = link{w.at(v, "/edit/"+of.Name), v.text("page.posting." + w.kind() + "." + of.Name)}
			}
			g.Hints = append(g.Hints, s)
			break
		}
	}
	g.Fits = p.preview(v, w)
	if m != nil && m.Name == "costs" {
		g.Sums = v.totals(w.tree.rows("costs"))
	}
	return g
}

// preview is who would fit a posting as it is written; nil where that cannot be
// said.
func (p *pages) preview(v *visit, w *work) *fits {
	if len(w.tree.rows("themes")) == 0 || len(w.tree.rows("kinds")) == 0 {
		return nil
	}
	if w.need != nil {
		m, err := p.Platform.PreviewNeed(v.actor(), w.need.ID, w.need.NeedContent, mostGlanced)
		if err != nil {
			return nil
		}
		return v.offersFor(m)
	}
	m, err := p.Platform.PreviewOffer(v.actor(), w.offer.ID, w.offer.OfferContent, mostGlanced)
	if err != nil {
		return nil
	}
	return v.needsFor(m)
}

// glances serves what the platform makes of a page as it is filled in: a piece
// of a page, which nothing keeps and which changes nothing.
func (p *pages) glances(engine *gin.Engine, at string) {
	engine.POST(at, func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostPosted)
		v := p.visit(c)
		w, m, err := p.glanced(v)
		if err != nil {
			c.Status(http.StatusNoContent) // there is nothing to say; saving says why
			return
		}
		var piece bytes.Buffer
		if err := p.templates[v.words.Language()].ExecuteTemplate(&piece, "glance", p.glance(v, w, m)); err != nil {
			p.Logger.ErrorContext(c.Request.Context(), "a piece of a page could not be written", "error", err)
			c.Status(http.StatusInternalServerError)
			return
		}
		headers(c.Writer.Header(), v.words.Language())
		c.Header("Cache-Control", "no-store")
		v.write(http.StatusOK, piece.Bytes())
	})
}

// glanced is a posting with what is filled in on a page.
func (p *pages) glanced(v *visit) (*work, *matter, error) {
	if v.conv == nil || v.who.User == nil {
		return nil, nil, cooperation.Absent()
	}
	if err := v.Request.ParseForm(); err != nil {
		return nil, nil, err
	}
	w, err := p.work(v)
	if err != nil {
		return nil, nil, err
	}
	m, ok := w.matter(v.Param("matter"))
	if !ok || m.Special != "" {
		return nil, nil, cooperation.Absent()
	}
	v.read(m, w.tree)
	w.complete()
	return w, m, w.settle()
}

// totals add up the lines of costs.
func (v *visit) totals(rows []any) []fact {
	sums, currency := map[string]int64{}, ""
	columns := []string{"cost", "national", "other", "sought"}
	for _, row := range rows {
		currency = plainly(cell(row, &entry{Path: "currency"}))
		for _, column := range columns {
			if minor, err := (cooperation.Money{Amount: plainly(cell(row, &entry{Path: column})), Currency: currency}).Minor(); err == nil {
				sums[column] += minor
			}
		}
	}
	var out []fact
	for _, column := range columns {
		if len(rows) > 0 && currency != "" {
			out = append(out, fact{Label: v.words.FieldLabel("need.costs." + column), Value: v.money(sums[column], currency)})
		}
	}
	return out
}
