package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// serveNeeds adds the pages of needs.
func (p *pages) serveNeeds(engine *gin.Engine) {
	p.read(engine, "/c/:convention/needs", p.needs)
	p.read(engine, "/c/:convention/needs/:id", p.need)
}

// needs lists needs.
func (p *pages) needs(v *visit) error {
	q := v.query([]string{string(cooperation.NeedOpen), string(cooperation.NeedPartlyCovered)}, codes(cooperation.NeedStatuses()))
	found, err := v.state.SearchNeeds(v.actor(), q)
	if err != nil {
		return err
	}
	l := v.list("need", &q, found.Total, found.Next, found.Facets)
	l.Feed, l.Export = "/api/v1/feeds/"+v.conv.ID, apiList("need", v.conv.ID, v.Request.URL.Query())
	for _, n := range found.Items {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			l.Cards = append(l.Cards, v.needCard(shown))
		}
	}
	p.show(v, http.StatusOK, l)
	return nil
}

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// countries are the names of States.
func (v *visit) countries(list []reference.Country) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name(v.words.Language())
	}
	return v.words.List(names)
}

// needCard is a need in a list, as far as it was shown.
func (v *visit) needCard(n *cooperation.Need) card {
	c := card{Address: v.within("/needs/" + n.ID), Title: n.Title, Language: string(n.ContentLanguage), Whose: v.countries(n.Beneficiaries),
		Status: v.name(message.Status, "need."+string(n.Status)), StatusCode: string(n.Status),
		Themes: all(v, message.Theme, n.Themes), Kinds: all(v, message.Kind, n.KindList())}
	if c.Title == "" {
		c.Title, c.Language = v.text("page.withheld.title"), ""
	}
	if t, ok := n.Translations[v.words.Language()]; ok && t.Title != "" {
		c.Title, c.Language = t.Title, ""
	}
	gap, currency := n.Gap()
	if gap > 0 {
		c.Facts = add(v, c.Facts, "page.need.gap", v.money(gap, currency))
	}
	c.Facts = add(v, c.Facts, "field.need.deadline", v.day(n.Deadline))
	c.Facts = add(v, c.Facts, "page.need.languages", v.wishes(n))
	return c
}

// wishes are the languages in which help can be received.
func (v *visit) wishes(n *cooperation.Need) string {
	tags := make([]reference.Language, len(n.Languages))
	for i, w := range n.Languages {
		tags[i] = w.Language
	}
	return all(v, message.Language, tags)
}

// posting is a need or an offer, whole.
type posting struct {
	Kind               string
	Title, Language    string
	Status, StatusCode string
	Whose              string
	Back               link
	Themes             []link
	Lead               []fact // what a reader looks for first
	Sections           []section
	Costs              []costRow
	CostTotal          *costRow
	Withheld           []string
	Fits               *fits // for its own side and those who judge it
	Files              []link
	Edit               link     // to where it is changed, for those who may
	Missing            []string // what would make it more specific, for its own side and those who judge it
	Remarks            []fact   // the clearance, and what was said when it was sent back or ended
	Acts               []act
	JSON               string // the address of the document itself
	History            string // of its versions, for those who are signed in
	Duplicates         []duplicate
	Helped             []assessmentRow // help with it, for those who may know of that
}

// section is some facts under a heading.
type section struct {
	ID, Heading string
	Facts       []fact
}

// costRow is one line of what is costed.
type costRow struct{ Activity, Result, Cost, National, Other, Sought string }

func (posting) template() string { return "posting" }

func (p posting) title() string { return p.Title }

func (p *pages) need(v *visit) error {
	n, withheld, err := p.Platform.Need(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if n.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	out := v.needPage(n, withheld)
	out.Fits, out.Duplicates = p.forNeed(v, n, mostFits), p.duplicatesOf(v, n)
	if v.who.User != nil {
		out.History = v.within("/needs/" + n.ID + "/history")
		if out.Helped, err = v.helpWith(n.ID); err != nil {
			return err
		}
	}
	if err := p.own(v, &out); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (v *visit) needPage(n *cooperation.Need, withheld []string) posting {
	c := v.needCard(n)
	out := posting{Kind: "need", Title: c.Title, Language: c.Language, Status: c.Status, StatusCode: c.StatusCode, Whose: c.Whose,
		Back: link{v.within("/needs"), v.text("page.needs.title")}, Themes: themesOf(v, "needs", n.Themes), JSON: "/api/v1/needs/" + n.ID}
	lead := add(v, nil, "field.need.kinds", all(v, message.Kind, n.KindList()))
	lead = add(v, lead, "field.need.languages", v.languageWishes(n))
	if sought, currency := n.SoughtMinor(); sought > 0 {
		lead = add(v, lead, "page.money.sought", v.money(sought, currency))
		gap, _ := n.Gap()
		lead = add(v, lead, "page.need.gap", v.money(gap, currency))
	}
	lead = add(v, lead, "field.need.deadline", v.day(n.Deadline))
	if n.Urgency != "" {
		lead = add(v, lead, "field.need.urgency", v.text("urgency."+string(n.Urgency)))
	}
	lead = add(v, lead, "page.need.period", v.period(n.Start, n.End))
	out.Lead = add(v, lead, "field.need.valid_until", v.day(n.ValidUntil))
	problem, barrier := n.Problem, n.Barrier
	language := string(n.ContentLanguage)
	if t, ok := n.Translations[v.words.Language()]; ok {
		if t.Problem != "" {
			problem, language = t.Problem, v.words.Language()
		}
		if t.Barrier != "" {
			barrier = t.Barrier
		}
	}
	written := func(facts []fact, key, text string) []fact { return v.written(facts, key, text, language) }
	what := written(nil, "field.need.problem", problem)
	what = written(what, "field.need.barrier", barrier)
	for _, k := range n.Kinds {
		if k.Change != "" {
			what = append(what, fact{Label: v.name(message.Kind, string(k.Kind)), Value: k.Change, Foreign: true, Language: language})
		}
	}
	where := written(nil, "field.need.places", v.places(n))
	where = written(where, "field.need.authority", n.Authority)
	where = written(where, "field.need.coordination", n.Coordination)
	where = written(where, "field.need.existing_help", n.ExistingHelp)
	where = written(where, "field.need.past_help", n.PastHelp)
	where = written(where, "field.need.asked_elsewhere", n.AskedElsewhere)
	where = written(where, "field.need.own_contribution", n.OwnContribution)
	treaty := written(nil, "field.need.article", n.Article)
	treaty = written(treaty, "field.need.commitment", n.Commitment)
	treaty = written(treaty, "field.need.programme_activity", n.ProgrammeActivity)
	if n.FocalPoint != nil {
		where = v.contact(where, "need", n.FocalPoint)
	}
	out.section(v, "what", what)
	out.section(v, "where", where)
	out.section(v, "treaty", treaty)
	out.costs(v, n)
	out.withhold(v, withheld)
	return out
}

// written adds what somebody wrote.
func (v *visit) written(facts []fact, key, text, language string) []fact {
	if text == "" {
		return facts
	}
	return append(facts, fact{Label: v.text(key), Value: text, Foreign: true, Language: language})
}

// contact adds whom to write to.
func (v *visit) contact(facts []fact, kind string, c *cooperation.Contact) []fact {
	for _, one := range []struct{ field, value string }{{"name", c.Name}, {"organisation", c.Organisation}, {"mail", c.Mail}, {"phone", c.Phone}} {
		facts = v.written(facts, "field."+kind+".focal_point."+one.field, one.value, "")
	}
	return facts
}

// languageWishes are the languages with how firm each is.
func (v *visit) languageWishes(n *cooperation.Need) string {
	var items []string
	for _, w := range n.Languages {
		items = append(items, v.name(message.Language, string(w.Language))+" ("+v.text("strength."+string(w.Strength))+")")
	}
	if n.Interpretation {
		items = append(items, v.text("field.need.interpretation"))
	}
	return v.words.List(items)
}

// period writes two days, of which either may be missing.
func (v *visit) period(start, end cooperation.Date) string {
	switch {
	case start.IsZero() && end.IsZero():
		return ""
	case start.IsZero():
		return v.say(message.New("page.period.until", message.Of(message.Date, "end", end.String())))
	case end.IsZero():
		return v.say(message.New("page.period.from", message.Of(message.Date, "start", start.String())))
	}
	return v.say(message.New("page.period.both", message.Of(message.Date, "start", start.String()), message.Of(message.Date, "end", end.String())))
}

func (v *visit) places(n *cooperation.Need) string {
	var items []string
	for _, p := range n.Places {
		item := p.Country.Name(v.words.Language())
		if p.Area != "" {
			item = p.Area + ", " + item
		}
		items = append(items, item)
	}
	return v.words.List(items)
}

func (p *posting) section(v *visit, id string, facts []fact) {
	if len(facts) > 0 {
		p.Sections = append(p.Sections, section{ID: id, Heading: v.text("page." + p.Kind + "." + id), Facts: facts})
	}
}

// costs are the costed lines with their sum.
func (p *posting) costs(v *visit, n *cooperation.Need) {
	amount := func(text, currency string) string {
		if text == "" {
			return ""
		}
		return v.words.Money(text, currency)
	}
	for _, c := range n.Costs {
		p.Costs = append(p.Costs, costRow{c.Activity, c.Result, amount(c.Cost, c.Currency), amount(c.National, c.Currency), amount(c.Other, c.Currency), amount(c.Sought, c.Currency)})
	}
	if sought, currency := n.SoughtMinor(); len(n.Costs) > 1 && currency != "" {
		p.CostTotal = &costRow{Activity: v.text("page.need.total"), Sought: v.money(sought, currency)}
	}
}

// withhold names the fields that the reader does not see: what is missing on a
// page is said to be.
func (p *posting) withhold(v *visit, fields []string) {
	for _, f := range fields {
		p.Withheld = append(p.Withheld, v.words.FieldLabel(p.Kind+"."+f))
	}
}
