package profiles

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// readParties reads the list of Parties: a mapping in the file itself, or the
// name of a file beside it.
func (b *builder) readParties(files map[string][]byte, used map[string]bool) {
	n := b.need("parties")
	if n == nil {
		return
	}
	if n.Kind == yaml.MappingNode {
		b.partyList(b.source, n)
		return
	}
	name, ok := b.scalar(n)
	if !ok {
		return
	}
	if !strings.HasSuffix(name, partiesSuffix) {
		b.report(n, "profiles.file.suffix", text("file", name), text("suffix", partiesSuffix))
		return
	}
	body, ok := files[name]
	if !ok {
		b.report(n, "profiles.file.missing", text("file", name))
		return
	}
	if used[name] {
		b.report(n, "profiles.file.shared", text("file", name))
	}
	used[name] = true
	list := source{name, b.mistakes}
	if root := list.parse(body); root != nil {
		b.partyList(list, root)
	}
}

// partyList reads the Parties, the signatories that are not Parties, where
// the list comes from and what is not known to be current.
func (b *builder) partyList(s source, n *yaml.Node) {
	c := b.c
	o := s.object(n, "as_of dates source reservations parties signatories")
	c.PartiesAsOf = o.day("as_of")
	c.PartyDates = choice(o, "dates", "", cooperation.DatesOfDeposit, cooperation.DatesOfForce)
	c.PartiesSource = o.names("source")
	o.each("reservations", func(n *yaml.Node) {
		c.PartiesReservations = append(c.PartiesReservations, s.translated(n))
	})
	lines := map[reference.Country]int{}
	if list := o.need("parties"); list != nil {
		o.members(list, func(n *yaml.Node) { s.party(c, n, lines) })
	}
	slices.SortFunc(c.Parties, func(x, y cooperation.Party) int { return cmp.Compare(x.Country, y.Country) })
	c.Signatories = o.countries("signatories", false)
	for _, country := range c.Signatories {
		if lines[country] != 0 {
			o.report(o.at("signatories"), "profiles.party.signatory", message.Of(message.Country, "country", country.Alpha2()), message.Int("line", lines[country]))
		}
	}
}

func (s source) party(c *cooperation.Convention, n *yaml.Node, lines map[reference.Country]int) {
	o := s.object(n, "country act since until")
	code := o.need("country")
	if code == nil {
		return
	}
	country, ok := s.country(code)
	if !ok {
		return
	}
	if lines[country] != 0 {
		o.report(code, "profiles.party.duplicate", message.Of(message.Country, "country", country.Alpha2()), message.Int("line", lines[country]))
		return
	}
	lines[country] = code.Line
	p := cooperation.Party{Country: country, Since: o.optionalDay("since"), Until: o.optionalDay("until")}
	if o.has("act") {
		p.Act = choice(o, "act", "", cooperation.Ratification, cooperation.Acceptance, cooperation.Approval,
			cooperation.FormalConfirmation, cooperation.Accession, cooperation.Succession)
	}
	switch {
	case !p.Since.IsZero() && p.Since.Before(c.Adopted):
		o.report(o.at("since"), "profiles.party.early", message.Of(message.Date, "adopted", c.Adopted.String()))
	case !p.Until.IsZero() && p.Until.Before(p.Since):
		o.report(o.at("until"), "profiles.date.order", message.Of(message.Date, "from", p.Since.String()), message.Of(message.Date, "until", p.Until.String()))
	}
	c.Parties = append(c.Parties, p)
}
