package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// serveOffers adds the pages of offers.
func (p *pages) serveOffers(engine *gin.Engine) {
	p.read(engine, "/c/:convention/offers", p.offers)
	p.read(engine, "/c/:convention/offers/:id", p.offer)
}

// offers lists offers.
func (p *pages) offers(v *visit) error {
	q := v.query([]string{string(cooperation.OfferOpen)}, codes(cooperation.OfferStatuses()))
	found, err := v.state.SearchOffers(v.actor(), q)
	if err != nil {
		return err
	}
	l := v.list("offer", &q, found.Total, found.Next, found.Facets)
	l.Feed, l.Export = "/api/v1/feeds/"+v.conv.ID, apiList("offer", v.conv.ID, v.Request.URL.Query())
	for _, o := range found.Items {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			l.Cards = append(l.Cards, v.offerCard(shown))
		}
	}
	p.show(v, http.StatusOK, l)
	return nil
}

// offerCard is an offer in a list, as far as it was shown.
func (v *visit) offerCard(o *cooperation.Offer) card {
	c := card{Address: v.within("/offers/" + o.ID), Title: o.Title, Language: string(o.ContentLanguage), Whose: participants(v, o.Providers()),
		Status: v.name(message.Status, "offer."+string(o.Status)), StatusCode: string(o.Status),
		Themes: all(v, message.Theme, o.Themes), Kinds: all(v, message.Kind, o.KindList())}
	if c.Title == "" {
		c.Title, c.Language = v.text("page.withheld.title"), ""
	}
	if t, ok := o.Translations[v.words.Language()]; ok && t.Title != "" {
		c.Title, c.Language = t.Title, ""
	}
	if o.Type != "" {
		c.Facts = add(v, c.Facts, "field.offer.type", v.text("offer_type."+string(o.Type)))
	}
	if left, currency := o.RemainingMinor(); left > 0 {
		c.Facts = add(v, c.Facts, "page.offer.remaining", v.money(left, currency))
	}
	c.Facts = add(v, c.Facts, "page.need.languages", all(v, message.Language, o.Languages))
	c.Facts = add(v, c.Facts, "field.offer.valid_until", v.day(o.ValidUntil))
	return c
}

func (p *pages) offer(v *visit) error {
	o, withheld, err := p.Platform.Offer(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if o.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	out := v.offerPage(o, withheld)
	out.Fits = p.forOffer(v, o, mostFits)
	if v.who.User != nil {
		out.History = v.within("/offers/" + o.ID + "/history")
	}
	if err := p.own(v, &out); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (v *visit) offerPage(o *cooperation.Offer, withheld []string) posting {
	c := v.offerCard(o)
	out := posting{Kind: "offer", Title: c.Title, Language: c.Language, Status: c.Status, StatusCode: c.StatusCode, Whose: c.Whose,
		Back: link{v.within("/offers"), v.text("page.offers.title")}, Themes: themesOf(v, "offers", o.Themes), JSON: "/api/v1/offers/" + o.ID}
	lead := add(v, nil, "field.offer.kinds", c.Kinds)
	lead = append(lead, c.Facts...)
	if o.Firmness != "" {
		lead = add(v, lead, "field.offer.firmness", v.text("firmness."+string(o.Firmness)))
	}
	if o.Terms != "" {
		lead = add(v, lead, "field.offer.terms", v.text("terms."+string(o.Terms)))
	}
	out.Lead = add(v, lead, "page.need.period", v.period(o.Start, o.End))
	description, language := o.Description, string(o.ContentLanguage)
	if t, ok := o.Translations[v.words.Language()]; ok && t.Description != "" {
		description, language = t.Description, v.words.Language()
	}
	what := v.written(nil, "field.offer.description", description, language)
	for _, k := range o.Kinds {
		if k.Change != "" {
			what = append(what, fact{Label: v.name(message.Kind, string(k.Kind)), Value: k.Change, Foreign: true, Language: language})
		}
	}
	what = v.written(what, "field.offer.host_contribution", o.HostContribution, language)
	where := add(v, nil, "field.offer.countries", v.countries(o.Countries))
	where = add(v, where, "field.offer.regions", all(v, message.Region, o.Regions))
	if len(o.Countries)+len(o.Regions) == 0 {
		where = add(v, where, "field.offer.countries", v.text("page.offer.world"))
	}
	where = add(v, where, "field.offer.excluded_countries", v.countries(o.NotCountries))
	if o.FocalPoint != nil {
		where = v.contact(where, "offer", o.FocalPoint)
	}
	out.section(v, "what", what)
	out.section(v, "where", where)
	out.withhold(v, withheld)
	return out
}
