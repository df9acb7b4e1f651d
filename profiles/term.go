package profiles

import (
	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// terms reads who sits on a committee and who presides, and holds both
// against the rules of composition.
func (b *builder) terms(body object, c *cooperation.Committee) {
	if c.Kind != "" && c.Kind != cooperation.StandingCommittee && body.has("members") {
		body.report(body.at("members"), "profiles.composition.standing", text("key", "members"))
		return
	}
	var nodes []*yaml.Node // of c.Members
	body.each("members", func(n *yaml.Node) {
		if t, ok := b.term(body, n, c); ok {
			t.Election = len(c.Members) + 1
			c.Members, nodes = append(c.Members, t), append(nodes, n)
		}
	})
	for i, t := range c.Members {
		for j := range i {
			if o := c.Members[j]; o.Country == t.Country && !t.From.IsZero() && !o.From.IsZero() && (t.On(o.From) || o.On(t.From)) {
				body.report(nodes[i], "profiles.term.twice", message.Of(message.Country, "country", t.Country.Alpha2()), message.Int("line", nodes[j].Line))
			}
		}
	}
	composed(body, c, nodes)
	var chairs []*yaml.Node
	body.each("chairs", func(n *yaml.Node) {
		o := body.object(n, "country from until")
		p := cooperation.Presidency{Country: memberCountry(o)}
		p.From, p.Until = o.period("from", "until")
		if p.Country != 0 && !p.From.IsZero() && !p.Until.IsZero() {
			c.Chairs, chairs = append(c.Chairs, p), append(chairs, n)
		}
	})
	presided(body, c, chairs)
}

func (b *builder) term(body object, n *yaml.Node, c *cooperation.Committee) (cooperation.Term, bool) {
	o := body.object(n, "country from until as seat")
	t := cooperation.Term{Country: memberCountry(o), As: choices(o, "as", cooperation.SeatAffected, cooperation.SeatProvider, cooperation.SeatGender)}
	t.From, t.Until = o.period("from", "until")
	if years := c.Composition.TermYears; years > 0 && !t.From.IsZero() && !t.Until.IsZero() && t.From.AddMonths(12*years).Before(t.Until) {
		o.report(o.at("until"), "profiles.term.long", message.Int("years", years))
	}
	if o.has("seat") {
		t.Seat = o.text("seat")
		if !reserved(c.Composition, t.Seat) {
			o.report(o.at("seat"), "profiles.term.seat", text("id", t.Seat))
		}
	}
	return t, t.Country != 0 && !t.From.IsZero() && !t.Until.IsZero()
}

func memberCountry(o object) reference.Country {
	if n := o.need("country"); n != nil {
		c, _ := o.country(n)
		return c
	}
	return 0
}

func reserved(c cooperation.Composition, seat string) bool {
	for _, s := range c.RegionalSeats {
		if s.ID == seat {
			return true
		}
	}
	return false
}

// composed holds the members against the rules on every day on which a term
// begins: only then can a rule become broken by a naming. Rules about who
// must be among the members apply when all seats are taken.
func composed(body object, c *cooperation.Committee, nodes []*yaml.Node) {
	rules := c.Composition
	told := map[string]bool{}
	tell := func(n *yaml.Node, key string, args ...message.Arg) {
		if !told[key] {
			told[key] = true
			body.report(n, key, args...)
		}
	}
	for i, t := range c.Members {
		day := message.Of(message.Date, "day", t.From.String())
		members := c.MembersOn(t.From)
		if rules.Seats == 0 || len(members) < rules.Seats {
			continue
		}
		if len(members) > rules.Seats {
			tell(nodes[i], "profiles.term.seats", day, message.Int("members", len(members)), message.Int("seats", rules.Seats))
			continue
		}
		affected, providers := 0, 0
		for _, m := range members {
			if m.Has(cooperation.SeatAffected) {
				affected++
			}
			if m.Has(cooperation.SeatProvider) {
				providers++
			}
		}
		if affected < rules.MinAffected {
			tell(nodes[i], "profiles.term.affected", day, message.Int("number", rules.MinAffected))
		}
		if providers < rules.MinProviders {
			tell(nodes[i], "profiles.term.providers", day, message.Int("number", rules.MinProviders))
		}
		if rules.Overlapping && !cooperation.Overlap(members) {
			tell(nodes[i], "profiles.term.together", day)
		}
	}
}

// presided holds the presidencies against the terms.
func presided(body object, c *cooperation.Committee, nodes []*yaml.Node) {
	rules := c.Composition
	for i, p := range c.Chairs {
		country := message.Of(message.Country, "country", p.Country.Alpha2())
		for j := range i {
			if o := c.Chairs[j]; p.On(o.From) || o.On(p.From) {
				body.report(nodes[i], "profiles.chair.twice", message.Int("line", nodes[j].Line))
			}
		}
		if rules.ChairYears > 0 && !p.Until.Before(p.From.AddMonths(12*rules.ChairYears)) {
			body.report(nodes[i], "profiles.chair.long", message.Int("years", rules.ChairYears))
		}
		if rules.Chair == "" || rules.Chair == cooperation.ChairElected {
			continue
		}
		member := false
		second := false
		for _, t := range c.Members {
			if t.Country == p.Country && t.On(p.From) && t.On(p.Until) {
				member = true
				second = second || t.SecondYear(p.From)
			}
		}
		switch {
		case !member:
			body.report(nodes[i], "profiles.chair.member", country)
		case rules.Chair == cooperation.ChairSecondYear && !second:
			body.report(nodes[i], "profiles.chair.second_year", country)
		}
	}
}
