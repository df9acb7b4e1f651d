package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// needsOverview is what a body examines in place of pairings: all needs under
// its mandate in aggregate, with what is offered, already running, and missing.
type needsOverview struct {
	Title   string
	Back    link
	Of      string // the day on which it was made, for who prints it
	Figures []figure
	Steps   []figure
	Rounded bool
	Tables  []overviewTable
	Gaps    []overviewGap
	JSON    string
	Write   string // where a text that follows from it is drafted
}

// overviewTable is one dimension.
type overviewTable struct {
	ID, Heading string
	Offers      bool // whether offers are counted along this dimension, as activities
	Activities  bool
	Rows        []overviewRow
}

// overviewRow is one theme, region, kind or language.
type overviewRow struct {
	Link                              link
	Needs, States, Offers, Activities int
	Sought, Gap                       []string // a currency each
	NeedWidth, OfferWidth             int
}

// overviewGap is help that is asked for and that nobody offers.
type overviewGap struct {
	Theme link
	Kind  string
	Needs int
}

func (needsOverview) template() string { return "needs-overview" }

func (o needsOverview) title() string { return o.Title }

// serveOverviews adds the pages on which a body sees all needs.
func (p *pages) serveOverviews(engine *gin.Engine) {
	p.read(engine, "/c/:convention/committees/:body/overview", p.overview)
}

func (p *pages) overview(v *visit) error {
	b, known := v.conv.Committee(v.Param("body"))
	if !known {
		return cooperation.Absent()
	}
	o, _, err := v.state.Overview(v.actor(), &b)
	if err != nil {
		return err
	}
	now, steps := p.Platform.Now(), v.state.StepsOf(v.actor(), b.ID)
	out := needsOverview{Title: v.text("output.needs_overview"), Back: link{v.within("/committees/" + b.ID), v.in(b.Name)}, Of: v.words.Date(now), Rounded: steps.Rounded,
		JSON: "/api/v1/committees/" + b.ID + "/overview?" + url.Values{"convention": {v.conv.ID}}.Encode()}
	number := func(list *[]figure, key string, n int) {
		*list = append(*list, figure{v.text(key), v.words.Integer(int64(n)), ""})
	}
	number(&out.Figures, "page.overview.needs", o.Needs)
	number(&out.Figures, "page.overview.states", o.States)
	number(&out.Figures, "page.overview.offers", o.Offers)
	number(&out.Figures, "page.overview.activities", o.Activities)
	number(&out.Steps, "page.figure.proposed", steps.Proposed)
	number(&out.Steps, "page.figure.endorsed", steps.Endorsed)
	number(&out.Steps, "page.figure.introduced", steps.Introduced)
	number(&out.Steps, "page.figure.agreed", steps.Agreed)
	number(&out.Steps, "page.figure.delivered", steps.Delivered)
	for _, d := range []struct {
		id    string
		of    message.Type
		cells []cooperation.OverviewCell
	}{{"theme", message.Theme, o.Themes}, {"region", message.Region, o.Regions}, {"kind", message.Kind, o.Kinds}, {"language", message.Language, o.Languages}} {
		if len(d.cells) > 0 {
			out.Tables = append(out.Tables, v.overviewTable(d.id, d.of, d.cells))
		}
	}
	for _, g := range o.Gaps {
		out.Gaps = append(out.Gaps, overviewGap{link{v.within("/needs?" + url.Values{"theme": {g.Theme}, "kind": {string(g.Kind)}}.Encode()), v.name(message.Theme, g.Theme)}, v.name(message.Kind, string(g.Kind)), g.Needs})
	}
	out.Write = p.drafts(v, &b)
	p.show(v, http.StatusOK, out)
	return nil
}

// overviewTable puts one dimension into words.
func (v *visit) overviewTable(id string, of message.Type, cells []cooperation.OverviewCell) overviewTable {
	out := overviewTable{ID: id, Heading: v.text("page.overview.by_" + id), Offers: id != "region", Activities: id != "language"}
	most := 1
	for _, c := range cells {
		most = max(most, c.Needs, c.Offers)
	}
	for _, c := range cells {
		row := overviewRow{Link: link{v.within("/needs?" + url.Values{id: {c.ID}}.Encode()), v.name(of, c.ID)}, Needs: c.Needs, States: c.States, Offers: c.Offers, Activities: c.Activities,
			NeedWidth: 100 * c.Needs / most, OfferWidth: 100 * c.Offers / most}
		for _, m := range c.Money {
			row.Sought, row.Gap = append(row.Sought, v.money(m.Sought, m.Currency)), append(row.Gap, v.money(m.Gap, m.Currency))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
