package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// countries lists the Parties of a convention with what they seek and give.
type countries struct {
	Title string
	Rows  []countryRow
	Note  string
}

// countryRow is a Party in the list.
type countryRow struct {
	Link          link
	Since         string
	Needs, Offers int
}

func (countries) template() string { return "countries" }

func (c countries) title() string { return c.Title }

// countryPage is what there is of one State.
type countryPage struct {
	Title      string
	Back       link
	Facts      []fact
	Needs      []card
	MoreNeeds  string
	Offers     []card
	MoreOffers string
	Running    []card
	Received   []card
	Gives      []card
	Mechanism  []fact // how it coordinates help, as its needs say
}

func (countryPage) template() string { return "country" }

func (c countryPage) title() string { return c.Title }

// serveCountries adds the pages of Parties.
func (p *pages) serveCountries(engine *gin.Engine) {
	p.read(engine, "/c/:convention/countries", p.countries)
	p.read(engine, "/c/:convention/countries/:code", p.country)
	p.read(engine, "/c/:convention/themes/:theme", p.theme)
}

func (p *pages) countries(v *visit) error {
	out := countries{Title: v.text("page.countries.title"), Note: v.day(v.conv.PartiesAsOf) + "; " + v.in(v.conv.PartiesSource)}
	needs, offers, err := v.counted()
	if err != nil {
		return err
	}
	for i := range v.conv.Parties {
		party := &v.conv.Parties[i]
		code := party.Country.Alpha2()
		since := ""
		if !party.Since.IsZero() {
			since = v.day(party.Since)
		}
		out.Rows = append(out.Rows, countryRow{Since: since, Link: link{v.within("/countries/" + code), v.country(party.Country)}, Needs: needs[code], Offers: offers[code]})
	}
	slices.SortStableFunc(out.Rows, func(a, b countryRow) int { return strings.Compare(a.Link.Text, b.Link.Text) })
	p.show(v, http.StatusOK, out)
	return nil
}

// counted counts open needs by beneficiary and open offers by provider.
func (v *visit) counted() (needs, offers map[string]int, err error) {
	needs, offers = map[string]int{}, map[string]int{}
	asked, err := v.state.SearchNeeds(v.actor(), catalogue.Query{Status: []string{string(cooperation.NeedOpen), string(cooperation.NeedPartlyCovered)}, Limit: 1, Facets: true})
	if err != nil {
		return nil, nil, err
	}
	for _, c := range asked.Facets[catalogue.FacetCountry] {
		needs[c.Value] = c.Count
	}
	given, err := v.state.SearchOffers(v.actor(), catalogue.Query{Status: []string{string(cooperation.OfferOpen)}, Limit: 1, Facets: true})
	if err != nil {
		return nil, nil, err
	}
	for _, c := range given.Facets[catalogue.FacetProvider] {
		offers[c.Value] = c.Count
	}
	return needs, offers, nil
}

// mostOfCountry is how much of each sort the page of a country shows.
const mostOfCountry = 20

func (p *pages) country(v *visit) error {
	country, ok := reference.ParseCountry(v.Param("code"))
	if !ok || country.Alpha2() != v.Param("code") {
		return cooperation.Absent()
	}
	code, who := country.Alpha2(), cooperation.Participant(country.Alpha2())
	out := countryPage{Title: v.country(country), Back: link{v.within("/countries"), v.text("page.countries.title")}}
	out.Facts = v.aboutState(country)
	needs, err := v.state.SearchNeeds(v.actor(), catalogue.Query{Country: []reference.Country{country}, Status: []string{string(cooperation.NeedOpen), string(cooperation.NeedPartlyCovered)}, Limit: mostOfCountry})
	if err != nil {
		return err
	}
	for _, n := range needs.Items {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			out.Needs = append(out.Needs, v.needCard(shown))
			if shown.Coordination != "" && !slices.ContainsFunc(out.Mechanism, func(f fact) bool { return f.Value == shown.Coordination }) {
				out.Mechanism = append(out.Mechanism, fact{Label: shown.Title, Value: shown.Coordination, Foreign: true, Language: string(shown.ContentLanguage)})
			}
		}
	}
	if needs.Total > len(out.Needs) {
		out.MoreNeeds = v.within("/needs?country=" + code)
	}
	offers, err := v.state.SearchOffers(v.actor(), catalogue.Query{Provider: []cooperation.Participant{who}, Status: []string{string(cooperation.OfferOpen)}, Limit: mostOfCountry})
	if err != nil {
		return err
	}
	for _, o := range offers.Items {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			out.Offers = append(out.Offers, v.offerCard(shown))
		}
	}
	if offers.Total > len(out.Offers) {
		out.MoreOffers = v.within("/offers?provider=" + code)
	}
	running, err := v.state.SearchActivities(v.actor(), catalogue.Query{Country: []reference.Country{country}, Limit: mostOfCountry})
	if err != nil {
		return err
	}
	for _, a := range running.Items {
		out.Running = append(out.Running, v.activityCard(a))
	}
	if out.Received, err = p.partnershipsOf(v, catalogue.PartnershipQuery{Beneficiary: country, Limit: mostOfCountry}); err != nil {
		return err
	}
	if out.Gives, err = p.partnershipsOf(v, catalogue.PartnershipQuery{Provider: who, Limit: mostOfCountry}); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// aboutState says what a State is under the convention and in the lists of the
// United Nations.
func (v *visit) aboutState(country reference.Country) []fact {
	var facts []fact
	for i := range v.conv.Parties {
		if party := &v.conv.Parties[i]; party.Country == country {
			facts = add(v, facts, "page.country.party", v.since(party))
		}
	}
	facts = add(v, facts, "page.facet.region", v.name(message.Region, country.SubRegion().Code()))
	var groups []string
	for key, in := range map[string]bool{"ldc": country.LDC(), "lldc": country.LLDC(), "sids": country.SIDS()} {
		if in {
			groups = append(groups, v.text("page.country."+key))
		}
	}
	slices.Sort(groups)
	facts = add(v, facts, "page.country.groups", v.words.List(groups))
	return add(v, facts, "page.country.languages", all(v, message.Language, country.Languages()))
}

// since says from when a State is a Party.
func (v *visit) since(p *cooperation.Party) string {
	if p.Since.IsZero() {
		return v.text("page.country.yes")
	}
	return v.say(message.New("page.country.since", message.Of(message.Date, "since", p.Since.String())))
}

// activityCard is help that is running.
func (v *visit) activityCard(a *cooperation.Activity) card {
	c := card{Title: a.Title, Language: string(a.ContentLanguage), Whose: participants(v, a.Providers), Status: v.name(message.Status, "activity."+string(a.Status)), StatusCode: string(a.Status),
		Themes: all(v, message.Theme, a.Themes), Kinds: all(v, message.Kind, a.Kinds), Address: a.Evidence}
	c.Facts = add(v, c.Facts, "page.need.period", v.period(a.Start, a.End))
	if !a.Amount.IsZero() {
		c.Facts = add(v, c.Facts, "page.delivery.amount", v.words.Money(a.Amount.Amount, a.Amount.Currency))
	}
	return c
}

func (p *pages) partnershipsOf(v *visit, q catalogue.PartnershipQuery) ([]card, error) {
	page, err := v.state.Partnerships(q)
	if err != nil {
		return nil, err
	}
	var out []card
	for _, x := range page.Items {
		if shown, _ := p.Platform.ShowPartnership(v.actor(), x); shown != nil {
			out = append(out, v.partnershipCard(shown))
		}
	}
	return out, nil
}

// themePage is what there is under a theme.
type themePage struct {
	Title      string
	Back       link
	Articles   string
	Above      *link
	Below      []link
	Needs      []card
	MoreNeeds  string
	Offers     []card
	MoreOffers string
	Agreed     []card
}

func (themePage) template() string { return "theme" }

func (t themePage) title() string { return t.Title }

func (p *pages) theme(v *visit) error {
	of, ok := v.conv.Theme(v.Param("theme"))
	if !ok {
		return cooperation.Absent()
	}
	out := themePage{Title: v.in(of.Name), Back: link{v.within("/matrix"), v.text("page.matrix.title")}, Articles: v.words.List(of.Articles)}
	if above, ok := v.conv.Theme(of.Parent); ok {
		out.Above = &link{v.within("/themes/" + above.ID), v.in(above.Name)}
	}
	for _, t := range v.conv.Themes {
		if t.Parent == of.ID {
			out.Below = append(out.Below, link{v.within("/themes/" + t.ID), v.in(t.Name)})
		}
	}
	needs, err := v.state.SearchNeeds(v.actor(), catalogue.Query{Theme: []string{of.ID}, Status: []string{string(cooperation.NeedOpen), string(cooperation.NeedPartlyCovered)}, Limit: mostOfCountry})
	if err != nil {
		return err
	}
	for _, n := range needs.Items {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			out.Needs = append(out.Needs, v.needCard(shown))
		}
	}
	if needs.Total > len(out.Needs) {
		out.MoreNeeds = v.within("/needs?theme=" + of.ID)
	}
	offers, err := v.state.SearchOffers(v.actor(), catalogue.Query{Theme: []string{of.ID}, Status: []string{string(cooperation.OfferOpen)}, Limit: mostOfCountry})
	if err != nil {
		return err
	}
	for _, o := range offers.Items {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			out.Offers = append(out.Offers, v.offerCard(shown))
		}
	}
	if offers.Total > len(out.Offers) {
		out.MoreOffers = v.within("/offers?theme=" + of.ID)
	}
	if out.Agreed, err = p.partnershipsOf(v, catalogue.PartnershipQuery{Theme: of.ID, Limit: mostOfCountry}); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}
