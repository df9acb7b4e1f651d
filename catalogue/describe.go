package catalogue

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/reference"
)

// describer makes the cards of postings of one convention. It serves any
// number of goroutines.
type describer struct {
	conv      *cooperation.Convention
	probes    [rungs]cooperation.Actor
	ancestors map[string][]string            // theme → itself and what is above it
	regions   map[reference.Country][]string // country → M49 codes and profile regions that hold it
	members   map[string][]reference.Country // region → countries
}

func newDescriber(conv *cooperation.Convention) *describer {
	d := &describer{conv: conv, probes: probes(conv.ID), ancestors: map[string][]string{},
		regions: map[reference.Country][]string{}, members: map[string][]reference.Country{}}
	for _, t := range conv.Themes {
		d.ancestors[t.ID] = append([]string{t.ID}, conv.Ancestors(t.ID)...)
	}
	for _, c := range reference.Countries() {
		for r := c.Region(); r != 0; r = r.Parent() {
			d.regions[c] = append(d.regions[c], r.Code())
		}
	}
	for _, r := range conv.Regions {
		for _, c := range r.Countries {
			if !slices.Contains(d.regions[c], r.ID) {
				d.regions[c] = append(d.regions[c], r.ID)
			}
		}
	}
	for _, c := range reference.Countries() {
		for _, r := range d.regions[c] {
			d.members[r] = append(d.members[r], c)
		}
	}
	return d
}

// need makes the card of a need.
func (d *describer) need(n *cooperation.Need, s *scribe) *card {
	c := &card{deadline: days(n.Deadline), updated: n.Updated.UnixMilli()}
	c.values[byStatus] = []string{string(n.Status)}
	c.values[byTheme] = d.themes(n.Themes)
	c.values[byKind] = kinds(n.Kinds)
	for _, l := range n.Languages {
		c.values[byLanguage] = with(c.values[byLanguage], l.Language.Base())
	}
	for _, b := range n.Beneficiaries {
		c.holders = append(c.holders, cooperation.Participant(b.Alpha2()))
	}
	d.countries(c, n.Beneficiaries)
	c.amount, c.currency = n.Gap()
	c.sums, c.life = needSums(n), lifeOf(n.Created, n.Admitted, n.Ended)
	for r, actor := range d.probes {
		c.seen[r] = cooperation.SeesNeed(actor, n).Any()
	}
	for l := range levels {
		c.shown[overCoverage][l] = true // the beneficiaries are never withheld
		c.shown[overDeadline][l] = cooperation.NeedFieldVisible(n, "deadline", l.sight())
		c.shown[overAmount][l] = cooperation.NeedFieldVisible(n, "costs", l.sight())
	}
	passages, named := needPassages(n)
	c.words, c.values[byName] = s.bag(passages), named
	return c
}

// offer makes the card of an offer.
func (d *describer) offer(o *cooperation.Offer, s *scribe) *card {
	c := &card{deadline: days(o.ValidUntil), updated: o.Updated.UnixMilli(), holders: o.Providers()}
	c.values[byStatus] = []string{string(o.Status)}
	c.values[byTheme] = d.themes(o.Themes)
	c.values[byKind] = kinds(o.Kinds)
	for _, l := range o.Languages {
		c.values[byLanguage] = with(c.values[byLanguage], l.Base())
	}
	for _, p := range c.holders {
		c.values[byProvider] = with(c.values[byProvider], string(p))
	}
	d.cover(c, o)
	c.amount, c.currency = o.RemainingMinor()
	c.sums, c.life = offerSums(o), lifeOf(o.Created, o.Admitted, o.Ended)
	for r, actor := range d.probes {
		c.seen[r] = cooperation.SeesOffer(actor, o).Any()
	}
	for l := range levels {
		visible := func(field string) bool { return cooperation.OfferFieldVisible(o, field, l.sight()) }
		c.shown[overCoverage][l] = visible("countries") && visible("regions")
		c.shown[overDeadline][l] = visible("valid_until")
		c.shown[overAmount][l] = visible("ceiling") && visible("capacity")
	}
	passages, named := offerPassages(o)
	c.words, c.values[byName] = s.bag(passages), named
	return c
}

// cover notes the countries and regions for which an offer holds, as far as
// it says so openly: what it excludes is confidential and not looked at.
func (d *describer) cover(c *card, o *cooperation.Offer) {
	world := reference.World.Code()
	if len(o.Countries) == 0 && len(o.Regions) == 0 || slices.Contains(o.Regions, world) {
		c.everywhere = true
		return
	}
	var holds [1 << 10]bool
	var list []reference.Country
	put := func(countries []reference.Country) {
		for _, country := range countries {
			if !holds[country%1024] {
				holds[country%1024] = true
				list = append(list, country)
			}
		}
	}
	put(o.Countries)
	for _, region := range o.Regions {
		put(d.members[region])
	}
	d.countries(c, list)
}

// countries notes countries and the regions that hold them.
func (d *describer) countries(c *card, list []reference.Country) {
	for _, country := range list {
		c.values[byCountry] = append(c.values[byCountry], country.Alpha2())
		for _, region := range d.regions[country] {
			c.values[byRegion] = with(c.values[byRegion], region)
		}
	}
}

// themes lists themes with all that are above them.
func (d *describer) themes(ids []string) []string {
	var out []string
	for _, id := range ids {
		above := d.ancestors[id]
		if above == nil {
			above = []string{id} // of an older profile
		}
		for _, a := range above {
			out = with(out, a)
		}
	}
	return out
}

func kinds(outcomes []cooperation.Outcome) []string {
	var out []string
	for _, o := range outcomes {
		out = with(out, string(o.Kind))
	}
	return out
}

// with appends a value that is stated and new.
func with(list []string, value string) []string {
	if value == "" || slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

func days(d cooperation.Date) int32 {
	if d.IsZero() {
		return none
	}
	return d.Days()
}

// needPassages lists the texts of a need that everybody may read who sees it,
// and the countries that it names.
func needPassages(n *cooperation.Need) (passages []passage, named []string) {
	p := pages{language: n.ContentLanguage, translations: n.Translations,
		public: func(field string) bool { return cooperation.NeedFieldVisible(n, field, cooperation.SeesPublic) }}
	p.text("title", n.Title)
	p.text("problem", n.Problem)
	p.text("barrier", n.Barrier)
	p.text("authority", n.Authority)
	p.text("article", n.Article)
	p.text("commitment", n.Commitment)
	p.text("coordination", n.Coordination)
	p.text("existing_help", n.ExistingHelp)
	p.text("past_help", n.PastHelp)
	p.text("own_contribution", n.OwnContribution)
	for _, k := range n.Kinds {
		p.text("kinds", k.Change)
	}
	for _, line := range n.Costs {
		p.text("costs", line.Activity)
		p.text("costs", line.Result)
	}
	for _, b := range n.Beneficiaries {
		named = with(named, b.Alpha2())
	}
	for _, place := range n.Places {
		p.text("places", place.Area)
		if p.public("places") {
			named = with(named, place.Country.Alpha2())
		}
	}
	p.translated()
	return p.list, named
}

// offerPassages lists the texts of an offer that everybody may read who sees
// it, and the countries that it names: its providers and where it holds.
func offerPassages(o *cooperation.Offer) (passages []passage, named []string) {
	p := pages{language: o.ContentLanguage, translations: o.Translations,
		public: func(field string) bool { return cooperation.OfferFieldVisible(o, field, cooperation.SeesPublic) }}
	p.text("title", o.Title)
	p.text("description", o.Description)
	p.text("host_contribution", o.HostContribution)
	for _, k := range o.Kinds {
		p.text("kinds", k.Change)
	}
	for _, e := range o.Evidence {
		p.text("evidence", e.Title)
	}
	for _, provider := range o.Providers() {
		if state, ok := provider.State(); ok {
			named = with(named, state.Alpha2())
		} else {
			p.list = append(p.list, passage{"", strings.ReplaceAll(string(provider), "-", " ")})
		}
	}
	if p.public("countries") {
		for _, c := range o.Countries {
			named = with(named, c.Alpha2())
		}
	}
	p.translated()
	return p.list, named
}

// pages collects the texts of a posting that are not withheld.
type pages struct {
	language     reference.Language
	translations map[string]cooperation.Translation
	public       func(field string) bool
	list         []passage
}

func (p *pages) text(field, text string) {
	if text != "" && p.public(field) {
		p.list = append(p.list, passage{p.language, text})
	}
}

// translated adds the translations of what is not withheld itself.
func (p *pages) translated() {
	if !p.public("translations") {
		return
	}
	for _, l := range cooperation.ReaderLanguages() {
		t, ok := p.translations[string(l)]
		if !ok {
			continue
		}
		p.language = l
		p.text("title", t.Title)
		p.text("problem", t.Problem)
		p.text("barrier", t.Barrier)
		p.text("description", t.Description)
	}
}
