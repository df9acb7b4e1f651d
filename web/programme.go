package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// Programmes are the lines of the costed programme of a convention.
type Programmes interface {
	ProgrammeActivity(actor cooperation.Actor, id string) (*cooperation.ProgrammeActivity, error)
}

// programmePage is the costed programme as a table that adds up.
type programmePage struct {
	Title  string
	Parts  []programmePart
	Totals []programmeRow // of the whole, a currency each
	Files  []link
}

// programmePart is what belongs to one domain of the programme.
type programmePart struct {
	ID, Heading string
	Rows        []programmeRow
	Totals      []programmeRow // a currency each
}

// programmeRow is a line, or a sum of lines, with how it is paid for.
type programmeRow struct {
	Number                                      string
	Link                                        link
	Status, StatusCode                          string
	Cost, Core, Voluntary, Sought, Agreed, Rest string
}

// programmeLine is one line of the programme.
type programmeLine struct {
	Title              string
	Status, StatusCode string
	Back               link
	Facts              []fact
	Description        string
	Funding            []programmeSource
	Width              int // of what was found, in hundredths of the cost
	Needs              []card
	Themes             []link
}

// programmeSource is where money comes from, or is still to come from.
type programmeSource struct {
	Label, Amount string
	Sum           bool
}

func (programmePage) template() string { return "programme" }

func (p programmePage) title() string { return p.Title }

func (programmeLine) template() string { return "programme-line" }

func (p programmeLine) title() string { return p.Title }

// serveProgramme adds the pages of the programme.
func (p *pages) serveProgramme(engine *gin.Engine) {
	p.read(engine, "/c/:convention/programme", p.programme)
	p.read(engine, "/c/:convention/programme/:id", p.programmeLine)
}

// programmeSum adds up lines in one currency.
type programmeSum struct {
	currency                                    string
	cost, core, voluntary, sought, agreed, rest int64
}

// programmeSums are sums of lines, a currency each in the order in which they
// are met: currencies are never added up.
type programmeSums []programmeSum

func (s *programmeSums) add(currency string, f *cooperation.Funding) {
	i := slices.IndexFunc(*s, func(of programmeSum) bool { return of.currency == currency })
	if i < 0 {
		i = len(*s)
		*s = append(*s, programmeSum{currency: currency})
	}
	of := &(*s)[i]
	of.cost, of.core, of.voluntary = of.cost+f.Cost, of.core+f.Core, of.voluntary+f.Voluntary
	of.sought, of.agreed, of.rest = of.sought+f.Sought, of.agreed+f.Agreed, of.rest+f.Rest
}

func (s programmeSums) rows(v *visit) []programmeRow {
	out := make([]programmeRow, len(s))
	for i, of := range s {
		m := func(minor int64) string { return v.money(minor, of.currency) }
		out[i] = programmeRow{Cost: m(of.cost), Core: m(of.core), Voluntary: m(of.voluntary), Sought: m(of.sought), Agreed: m(of.agreed), Rest: m(of.rest)}
	}
	return out
}

// funding is how a line is paid for, as far as the reader sees that.
func (v *visit) funding(x *cooperation.ProgrammeActivity) cooperation.Funding {
	var needs []*cooperation.Need
	for _, n := range v.state.NeedsOf(x) {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			needs = append(needs, shown)
		}
	}
	return x.Funding(needs)
}

func (p *pages) programme(v *visit) error {
	out := programmePage{Title: v.text("page.programme.title")}
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		out.Files = append(out.Files, link{"/api/v1/data/" + v.conv.ID + "/programme." + format, v.text("page.open.format." + format)})
	}
	var whole programmeSums
	parts := map[string]*programmeSums{}
	q := catalogue.ProgrammeQuery{Limit: catalogue.MaxLimit}
	for {
		page, err := v.state.ProgrammeActivities(q)
		if err != nil {
			return err
		}
		for _, x := range page.Items {
			if len(out.Parts) == 0 || out.Parts[len(out.Parts)-1].ID != "domain-"+x.Domain {
				out.Parts = append(out.Parts, programmePart{ID: "domain-" + x.Domain, Heading: v.domain(x.Domain)})
				parts["domain-"+x.Domain] = &programmeSums{}
			}
			part, f := &out.Parts[len(out.Parts)-1], v.funding(x)
			part.Rows = append(part.Rows, v.programmeRow(x, &f))
			whole.add(x.Currency, &f)
			parts[part.ID].add(x.Currency, &f)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	for i := range out.Parts {
		out.Parts[i].Totals = parts[out.Parts[i].ID].rows(v)
	}
	if len(out.Parts) > 1 {
		out.Totals = whole.rows(v)
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// domain is the name of a domain of the programme; a word for all where
// a line belongs to none.
func (v *visit) domain(id string) string {
	if d, ok := v.conv.Domain(id); ok {
		return v.in(d.Name)
	}
	return v.text("page.programme.activities")
}

func (v *visit) programmeRow(x *cooperation.ProgrammeActivity, f *cooperation.Funding) programmeRow {
	m := func(minor int64) string { return v.money(minor, x.Currency) }
	return programmeRow{Number: x.Number, Link: link{v.within("/programme/" + x.ID), x.Title}, Status: v.name(message.Status, "programme_activity."+string(x.Status)), StatusCode: string(x.Status),
		Cost: m(f.Cost), Core: m(f.Core), Voluntary: m(f.Voluntary), Sought: m(f.Sought), Agreed: m(f.Agreed), Rest: m(f.Rest)}
}

func (p *pages) programmeLine(v *visit) error {
	x, err := p.Platform.ProgrammeActivity(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if x.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	f := v.funding(x)
	row := v.programmeRow(x, &f)
	out := programmeLine{Title: x.Title, Status: row.Status, StatusCode: row.StatusCode, Back: link{v.within("/programme"), v.text("page.programme.title")}, Description: x.Description, Themes: themesOf(v, "offers", x.Themes)}
	out.Facts = add(v, out.Facts, "field.programme_activity.number", x.Number)
	if x.Domain != "" {
		out.Facts = add(v, out.Facts, "field.programme_activity.domain", v.domain(x.Domain))
	}
	out.Facts = add(v, out.Facts, "page.need.period", v.period(x.Start, x.End))
	out.Funding = []programmeSource{{Label: v.text("field.programme_activity.core"), Amount: row.Core}, {Label: v.text("field.programme_activity.voluntary"), Amount: row.Voluntary}}
	for _, n := range f.Needs {
		if c := v.needCard(n.Need); n.Agreed > 0 {
			out.Funding = append(out.Funding, programmeSource{Label: v.say(message.New("page.programme.by", message.Of(message.Text, "title", c.Title))), Amount: v.money(n.Agreed, x.Currency)})
		}
		out.Needs = append(out.Needs, v.needCard(n.Need))
	}
	out.Funding = append(out.Funding, programmeSource{Label: v.text("page.programme.rest"), Amount: row.Rest}, programmeSource{Label: v.text("field.programme_activity.cost"), Amount: row.Cost, Sum: true})
	if f.Cost > 0 {
		out.Width = int(100 * min(f.Cost, f.Cost-f.Rest) / f.Cost)
	}
	p.show(v, http.StatusOK, out)
	return nil
}
