package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/exchange"
	"entente/message"
)

// openData says which data of a convention are open, where they are, and what
// their columns mean.
type openData struct {
	Title, AsOf string
	Notes       []string
	Tables      []openTable
	Others      []link // whole documents, and news
}

// openTable is a table of open data, with its columns.
type openTable struct {
	ID, Heading string
	Files       []link
	Columns     []columnRow
}

// columnRow is a column with what stands in it.
type columnRow struct{ Name, Sentence string }

func (openData) template() string { return "open" }

func (o openData) title() string { return o.Title }

// serveOpenData adds the page of open data.
func (p *pages) serveOpenData(engine *gin.Engine) {
	p.read(engine, "/c/:convention/data", p.openData)
}

func (p *pages) openData(v *visit) error {
	out := openData{Title: v.text("page.open.title"), AsOf: v.say(message.New("page.open.as_of", message.Of(message.Text, "date", v.words.Date(p.Platform.Now()))))}
	for _, key := range exchange.Notes() {
		out.Notes = append(out.Notes, v.text(key))
	}
	out.Tables = []openTable{v.openTable("needs", exchange.OpenNeeds().Columns()), v.openTable("offers", exchange.OpenOffers().Columns()), v.openTable("partnerships", exchange.OpenPartnerships().Columns()), v.openTable("programme", exchange.OpenProgramme().Columns())}
	if len(v.state.AllPartnerships().Items) > 0 { // the standard knows no file without any
		out.Tables[2].Files = append(out.Tables[2].Files, link{"/api/v1/data/" + v.conv.ID + "/iati.xml", v.text("page.open.format.iati")})
	}
	whole := func(kind string) string { return "/api/v1/exports/" + kind + "?convention=" + v.conv.ID }
	out.Others = []link{{whole("needs"), v.text("page.data.needs")}, {whole("offers"), v.text("page.data.offers")},
		{"/api/v1/feeds/" + v.conv.ID, v.text("page.data.feed")}, {"/openapi.json", v.text("web.home.api")}}
	p.show(v, http.StatusOK, out)
	return nil
}

// openTable names the files of a table and its columns.
func (v *visit) openTable(name string, columns []exchange.Column) openTable {
	t := openTable{ID: name, Heading: v.text("page.open.table." + name)}
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		t.Files = append(t.Files, link{"/api/v1/data/" + v.conv.ID + "/" + name + "." + format, v.text("page.open.format." + format)})
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, columnRow{c.Name, v.say(c.Meaning())})
	}
	return t
}
