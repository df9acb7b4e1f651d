package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

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
	Rules            link
	Needs, Offers    link
	MostNeeds        int // the longest of the bars
	PartiesAsOf      string
	Parties          int
	PartiesSource    string
	SecretariatNames string
	Map              *worldMap
	Data             []link // the same, for programs
	Days             []fact // how long the steps take, where it may be told
	Years            []yearBar
}

// yearBar is what was posted in a year.
type yearBar struct {
	Year                  string
	Needs, Offers         int
	NeedWidth, OfferWidth int // in hundredths of the longest bar
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
	out := convention{Post: v.posts("need", "offer"), Short: v.in(c.ShortName), Name: v.in(c.Name), Rounded: s.Steps.Rounded, Facilitator: v.text("facilitator." + string(c.Facilitator)), Rules: link{v.within("/rules"), v.text("page.rules.title")},
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
	out.Days, out.Years = v.stepDays(&s), yearBars(&s)
	out.Data = []link{{v.within("/data"), v.text("page.open.link")}, {v.within("/programme"), v.text("page.programme.title")}, {"/api/v1/feeds/" + c.ID, v.text("page.data.feed")}, {"/openapi.json", v.text("web.home.api")}}
	var err error
	if out.Map, err = v.worldMap(); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// stepDays are the median days from one step to the next, of those that may be
// told.
func (v *visit) stepDays(s *catalogue.Statistics) []fact {
	var out []fact
	for _, step := range []struct {
		key string
		of  catalogue.Median
	}{{"page.days.opened", s.Needs.ToOpen}, {"page.days.introduced", s.StepDays.ToIntroduction}, {"page.days.agreed", s.StepDays.ToAgreement}, {"page.days.delivered", s.StepDays.ToDelivery}} {
		if step.of.Count > 0 {
			out = add(v, out, step.key, v.say(message.New("page.days.count", message.Count(step.of.Days))))
		}
	}
	return out
}

// mostYears is how many years the chart of postings shows.
const mostYears = 10

// yearBars are what was posted in each of the last years.
func yearBars(s *catalogue.Statistics) []yearBar {
	series, most := s.Series[max(0, len(s.Series)-mostYears):], 1
	for _, y := range series {
		most = max(most, y.Needs, y.Offers)
	}
	var out []yearBar
	for _, y := range series {
		out = append(out, yearBar{strconv.Itoa(y.Year), y.Needs, y.Offers, 100 * y.Needs / most, 100 * y.Offers / most})
	}
	return out
}

// themeBars are the themes of the first level, with their counts.
func themeBars(v *visit, needs, offers map[string]int) []pairBar {
	var out []pairBar
	most := 1
	for _, t := range v.conv.Themes {
		if t.Parent == "" && needs[t.ID]+offers[t.ID] > 0 {
			out = append(out, pairBar{Link: link{v.within("/themes/" + t.ID), v.in(t.Name)}, Needs: needs[t.ID], Offers: offers[t.ID]})
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
