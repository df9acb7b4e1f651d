package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// convention is the first page of a convention, with its figures.
type convention struct {
	Short, Name      string
	Post             []link // to post a need or an offer
	Figures          []figure
	Themes           []pairBar
	Money            []moneyRow
	Rounded          bool
	Facilitator      string
	Needs, Offers    link
	MostNeeds        int // the longest of the bars
	PartiesAsOf      string
	Parties          int
	PartiesSource    string
	SecretariatNames string
}

// figure is a number with what it counts.
type figure struct {
	Label, Value string
	Address      string // where what it counts is listed; "" where it is not
}

// pairBar is what there is of needs and of offers under a theme.
type pairBar struct {
	Link          link
	Needs, Offers int
	NeedWidth     int // in hundredths of the longest bar
	OfferWidth    int
}

// moneyRow is what needs seek, and what of it was agreed and delivered, in one
// currency. These are different things, and never added up.
type moneyRow struct{ Currency, Sought, Agreed, Delivered, Offered string }

func (convention) template() string { return "convention" }

func (c convention) title() string { return c.Short }

func (p *pages) serveConvention(engine *gin.Engine) {
	p.read(engine, "/c/:convention", p.convention)
}

func (p *pages) convention(v *visit) error {
	c, s := v.conv, v.state.Statistics(v.actor(), 0)
	out := convention{Post: v.posts("need", "offer"), Short: v.in(c.ShortName), Name: v.in(c.Name), Rounded: s.Steps.Rounded, Facilitator: v.text("facilitator." + string(c.Facilitator)),
		Needs: link{v.within("/needs"), v.text("page.needs.title")}, Offers: link{v.within("/offers"), v.text("page.offers.title")},
		Parties: len(c.Parties), PartiesAsOf: v.day(c.PartiesAsOf), PartiesSource: v.in(c.PartiesSource), SecretariatNames: v.in(c.SecretariatName)}
	n := v.state.Counts()
	add := func(label string, count int, address string) {
		out.Figures = append(out.Figures, figure{v.text(label), v.words.Integer(int64(count)), address})
	}
	add("web.home.needs", n["need"]["open"]+n["need"]["partly_covered"], v.within("/needs"))
	add("web.home.offers", n["offer"]["open"], v.within("/offers"))
	add("page.figure.proposed", s.Steps.Proposed, "")
	add("page.figure.endorsed", s.Steps.Endorsed, "")
	add("page.figure.introduced", s.Steps.Introduced, "")
	add("page.figure.agreed", s.Steps.Agreed, "")
	add("page.figure.delivered", s.Steps.Delivered, "")
	out.Themes = themeBars(v, s.Needs.By[catalogue.FacetTheme], s.Offers.By[catalogue.FacetTheme])
	out.Money = moneyRows(v, &s)
	p.show(v, http.StatusOK, out)
	return nil
}

// themeBars are the themes of the first level, with their counts.
func themeBars(v *visit, needs, offers map[string]int) []pairBar {
	var out []pairBar
	most := 1
	for _, t := range v.conv.Themes {
		if t.Parent == "" && needs[t.ID]+offers[t.ID] > 0 {
			out = append(out, pairBar{Link: link{v.within("/needs?theme=" + t.ID), v.in(t.Name)}, Needs: needs[t.ID], Offers: offers[t.ID]})
			most = max(most, needs[t.ID], offers[t.ID])
		}
	}
	slices.SortStableFunc(out, func(a, b pairBar) int { return cmp.Compare(b.Needs, a.Needs) })
	for i := range out {
		out[i].NeedWidth, out[i].OfferWidth = 100*out[i].Needs/most, 100*out[i].Offers/most
	}
	return out
}

// moneyRows are the sums of money, the currency with most postings first.
func moneyRows(v *visit, s *catalogue.Statistics) []moneyRow {
	codes := map[string]int{}
	for code, sums := range s.Needs.Money {
		codes[code] += sums.Postings
	}
	for code, sums := range s.Offers.Money {
		codes[code] += sums.Postings
	}
	list := slices.SortedFunc(maps.Keys(codes), func(a, b string) int { return cmp.Or(cmp.Compare(codes[b], codes[a]), cmp.Compare(a, b)) })
	var out []moneyRow
	for _, code := range list {
		of := func(sums catalogue.Sums, which int) string { return v.money(sums.Amounts[which], code) }
		out = append(out, moneyRow{v.words.CurrencyName(code), of(s.Needs.Money[code], 0), of(s.Needs.Money[code], 1), of(s.Needs.Money[code], 2), of(s.Offers.Money[code], 0)})
	}
	return out
}

// themesOf are the names of themes, each with where its postings are listed.
func themesOf(v *visit, kind string, themes []string) []link {
	out := make([]link, len(themes))
	for i, t := range themes {
		out[i] = link{v.within("/" + kind + "?theme=" + t), v.name(message.Theme, t)}
	}
	return out
}

// participants are the names of States and organisations.
func participants(v *visit, list []cooperation.Participant) string {
	return all(v, message.Party, list)
}
