package cooperation

import (
	"slices"

	"entente/message"
	"entente/reference"
)

// The messages of the rules of compositions.
const (
	ruleSeats           = "error.invalid.rule_seats"
	ruleSeat            = "error.invalid.rule_seat"
	ruleUnreserved      = "error.invalid.rule_unreserved"
	ruleAffected        = "error.invalid.rule_affected"
	ruleProviders       = "error.invalid.rule_providers"
	ruleOverlapping     = "error.invalid.rule_overlapping"
	ruleTerm            = "error.invalid.rule_term"
	ruleRegion          = "error.invalid.rule_region"
	ruleChairYears      = "error.invalid.rule_chair_years"
	ruleChairSecondYear = "error.invalid.rule_chair_second_year"
	ruleChairMember     = "error.invalid.rule_chair_member"
	ruleAdviserMember   = "error.invalid.rule_adviser_member"
	ruleObservers       = "error.invalid.rule_observers"
)

// breach is a rule of a composition that members or chairs would not keep.
type breach struct {
	field string // of the command that would break it
	rule  string // the key of its message
	args  []message.Arg
}

// is reports whether two breaches are of the same rule at the same place.
func (x breach) is(y breach) bool { return x.rule == y.rule && slices.Equal(x.args, y.args) }

// RuleSource says where the rules of the composition are laid down.
func (b *Committee) RuleSource() string {
	if b.Composition.Source != "" {
		return b.Composition.Source
	}
	return b.Mandate.Source
}

// cite notes that a rule would be broken, with the day from which and the text
// that lays it down.
func (b *Committee) cite(m *mistakes, day Date, x breach) {
	args := append(slices.Clone(x.args), message.Of(message.Date, "day", day.String()), message.Of(message.Text, "source", b.RuleSource()))
	m.add(x.field, x.rule, args...)
}

// SeatCount is the number of members that the composition provides for; 0 when
// it sets none. Where only seats for regions are named, these are all.
func (c *Composition) SeatCount() int {
	if c.Seats > 0 {
		return c.Seats
	}
	return c.reservedSeats()
}

func (c *Composition) reservedSeats() int {
	n := 0
	for _, s := range c.RegionalSeats {
		n += s.Seats
	}
	return n
}

// Overlap reports whether the terms of the members are such that they do not
// all change on one day.
func Overlap(members []Term) bool {
	return len(members) < 2 || slices.ContainsFunc(members, func(t Term) bool { return t.From != members[0].From || t.Until != members[0].Until })
}

// breaches are the rules that these members of one day break, and that no
// later naming could mend. What a later naming can mend is only missing:
// Findings tell it.
func (b *Committee) breaches(members []Term) []breach {
	rules := &b.Composition
	var out []breach
	add := func(field, rule string, args ...message.Arg) { out = append(out, breach{field, rule, args}) }
	for _, seat := range rules.RegionalSeats {
		if held := count(members, func(t Term) bool { return t.Seat == seat.ID }); held > seat.Seats {
			add("seat", ruleSeat, append(numbers(held, seat.Seats), message.Of(message.Text, "seat", seat.ID))...)
		}
	}
	all := rules.SeatCount()
	if all == 0 || len(out) > 0 {
		return out
	}
	if len(members) > all {
		add("country", ruleSeats, numbers(len(members), all)...)
		return out
	}
	unreserved := all - rules.reservedSeats()
	if free := count(members, func(t Term) bool { return t.Seat == "" }); free > unreserved {
		add("seat", ruleUnreserved, numbers(free, unreserved)...)
	}
	left := all - len(members)
	if found := count(members, as(SeatAffected)); rules.MinAffected-found > left {
		add("as", ruleAffected, numbers(found, rules.MinAffected)...)
	}
	if found := count(members, as(SeatProvider)); rules.MinProviders-found > left {
		add("as", ruleProviders, numbers(found, rules.MinProviders)...)
	}
	if rules.Overlapping && left == 0 && !Overlap(members) {
		add("from", ruleOverlapping)
	}
	return out
}

// checkComposition refuses what would break a rule of the composition on a day
// of the term: on those on which a term begins, for only then can one become
// broken. What was broken before is not this naming's fault.
func (n *Naming) checkComposition(m *mistakes, c *Convention, b *Committee, before []Term, t Term) {
	n.checkTerm(m, c, b, t)
	days := []Date{}
	for _, other := range n.Members {
		if t.On(other.From) && !slices.Contains(days, other.From) {
			days = append(days, other.From)
		}
	}
	slices.SortFunc(days, func(x, y Date) int { return int(x.Days() - y.Days()) })
	for _, day := range days {
		old := b.breaches(termsOn(before, day))
		for _, x := range b.breaches(termsOn(n.Members, day)) {
			if !slices.ContainsFunc(old, x.is) {
				b.cite(m, day, x)
			}
		}
	}
}

// checkTerm holds one term against the rules that look at it alone: its
// length, and the region of its seat.
func (n *Naming) checkTerm(m *mistakes, c *Convention, b *Committee, t Term) {
	if years := b.Composition.TermYears; years > 0 && t.From.AddMonths(12*years).Before(t.Until) {
		b.cite(m, t.From, breach{"until", ruleTerm, []message.Arg{message.Int("years", years)}})
	}
	seat, ok := find(b.Composition.RegionalSeats, func(s *RegionalSeat) bool { return s.ID == t.Seat })
	if !ok || seat.Region == "" || t.Country == 0 {
		return
	}
	if region, known := c.Region(seat.Region); known && !slices.Contains(region.Countries, t.Country) {
		b.cite(m, t.From, breach{"seat", ruleRegion, []message.Arg{message.Of(message.Country, "country", t.Country.Alpha2()), message.Of(message.Region, "region", region.ID)}})
	}
}

func termsOn(terms []Term, day Date) []Term {
	return slices.DeleteFunc(slices.Clone(terms), func(t Term) bool { return !t.On(day) })
}

// chairBreach is the rule on chairs that a presidency breaks under the terms.
func (b *Committee) chairBreach(terms []Term, p Presidency) (breach, bool) {
	rules := b.Composition
	country := []message.Arg{message.Of(message.Country, "country", p.Country.Alpha2())}
	term, sits := find(terms, func(t *Term) bool { return t.Country == p.Country && t.On(p.From) })
	switch {
	case rules.ChairYears > 0 && !p.Until.Before(p.From.AddMonths(12*rules.ChairYears)):
		return breach{"until", ruleChairYears, []message.Arg{message.Int("years", rules.ChairYears)}}, true
	case rules.Chair == "" || rules.Chair == ChairElected:
		return breach{}, false
	case rules.Chair == ChairSecondYear && sits && !term.SecondYear(p.From):
		return breach{"country", ruleChairSecondYear, country}, true
	case rules.Chair == ChairSecondYear && sits && !term.On(p.Until):
		return breach{"until", ruleChairMember, country}, true
	case !sits:
		return breach{"country", ruleChairMember, country}, true
	case !serves(terms, p.Country, p.From, p.Until):
		return breach{"until", ruleChairMember, country}, true
	}
	return breach{}, false
}

// serves reports whether the State sits on the committee on every day from one
// to the other, in terms that follow each other.
func serves(terms []Term, country reference.Country, from, until Date) bool {
	for day := from; !until.Before(day); {
		t, ok := find(terms, func(t *Term) bool { return t.Country == country && t.On(day) })
		if !ok {
			return false
		}
		day = t.Until.AddDays(1)
	}
	return true
}

// follow lets what rests on the terms of a State follow a change of them: a
// presidency or a designation ends with the membership.
func (n *Naming) follow(m *mistakes, b *Committee, before []Term, country reference.Country) {
	var chairs []Presidency
	for _, p := range n.Chairs {
		if _, broken := b.chairBreach(before, p); p.Country == country && !broken {
			var stays bool
			if p, stays = n.cut(p); !stays {
				continue
			}
			if x, broken := b.chairBreach(n.Members, p); broken {
				b.cite(m, p.From, breach{"from", x.rule, x.args})
			}
		}
		chairs = append(chairs, p)
	}
	n.Chairs = chairs
	var advisers []Adviser
	for _, a := range n.Advisers {
		if a.Country == country && serves(before, country, a.From, a.Until) {
			p, stays := n.cut(Presidency{Country: a.Country, From: a.From, Until: a.Until})
			if !stays {
				continue
			}
			a.Until = p.Until
		}
		advisers = append(advisers, a)
	}
	n.Advisers = advisers
}

// cut ends what a State holds on the last day on which it still is a member;
// it does not stay when the State is no member when it begins.
func (n *Naming) cut(p Presidency) (Presidency, bool) {
	for day := p.From; !p.Until.Before(day); {
		t, ok := find(n.Members, func(t *Term) bool { return t.Country == p.Country && t.On(day) })
		if !ok {
			p.Until = day.AddDays(-1)
			break
		}
		day = t.Until.AddDays(1)
	}
	return p, !p.Until.Before(p.From)
}

// EligibleOn lists the members that may be elected chair from the day on, the
// longest-serving first: all, or those in the second year of their term. A body
// whose chair need not be a member has none.
func (b *Committee) EligibleOn(day Date) []Term {
	switch b.Composition.Chair {
	case ChairAnyMember:
		return b.MembersOn(day)
	case ChairSecondYear:
		return slices.DeleteFunc(b.MembersOn(day), func(t Term) bool { return !t.SecondYear(day) })
	}
	return nil
}
