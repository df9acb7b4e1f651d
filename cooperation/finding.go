package cooperation

import (
	"slices"

	"entente/message"
	"entente/reference"
)

// Finding is something that the composition of a committee lacks on a day. It
// is shown and hinders nothing: States decide.
type Finding struct {
	Field string // "members", "chair", "officers"
	Key   string
	Args  []message.Arg
	Name  Names // of the seat or office, which only the profile names
}

// In is the finding as a message for a reader of the language.
func (f Finding) In(lang reference.Language) message.Message {
	args := f.Args
	if len(f.Name) > 0 {
		args = append(slices.Clip(args), message.Of(message.Text, "name", f.Name.In(lang)))
	}
	return message.New(f.Key, args...)
}

// Findings says what the composition of the committee lacks on the day, as far
// as its profile lays one down.
func (b *Committee) Findings(c *Convention, day Date) []Finding {
	var out findings
	members := b.MembersOn(day)
	b.findMembers(&out, members)
	if _, advised := b.AdviserOn(day); b.Composition.GenderFocalPoint && !advised {
		out.add("members", "gender", nil)
	}
	b.findSeats(&out, c, members)
	b.findChair(&out, day)
	for _, office := range b.Composition.Officers {
		held := count(b.Officers, func(o Officer) bool { return o.Office == office.ID && o.On(day) })
		if held != office.Seats {
			out.add("officers", "officers", office.Name, numbers(held, office.Seats)...)
		}
	}
	return out
}

type findings []Finding

func (f *findings) add(field, key string, name Names, args ...message.Arg) {
	*f = append(*f, Finding{Field: field, Key: "finding.committee." + key, Args: args, Name: name})
}

// numbers are what there is and what there should be.
func numbers(found, wanted int) []message.Arg {
	return []message.Arg{message.Int("found", found), message.Int("wanted", wanted)}
}

func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}

func as(r SeatRole) func(Term) bool { return func(t Term) bool { return t.Has(r) } }

// findMembers looks at the number of the members, their roles and their terms.
func (b *Committee) findMembers(out *findings, members []Term) {
	rules := b.Composition
	if rules.Seats > 0 && len(members) != rules.Seats {
		out.add("members", "seats", nil, numbers(len(members), rules.Seats)...)
	}
	if found := count(members, as(SeatAffected)); found < rules.MinAffected {
		out.add("members", "affected", nil, numbers(found, rules.MinAffected)...)
	}
	if found := count(members, as(SeatProvider)); found < rules.MinProviders {
		out.add("members", "providers", nil, numbers(found, rules.MinProviders)...)
	}
	for _, t := range members {
		if end := t.From.AddMonths(12 * rules.TermYears).AddDays(-1); rules.TermYears > 0 && t.Until != end {
			out.add("members", "term", nil, message.Of(message.Country, "country", t.Country.Alpha2()), message.Of(message.Date, "until", t.Until.String()),
				message.Of(message.Date, "expected", end.String()))
		}
	}
	if rules.Overlapping && !Overlap(members) {
		out.add("members", "overlapping", nil)
	}
}

// findSeats looks at the seats that are kept for regions or roles.
func (b *Committee) findSeats(out *findings, c *Convention, members []Term) {
	for _, seat := range b.Composition.RegionalSeats {
		name, region := seat.Name, ProfileRegion{}
		if seat.Region != "" {
			region, _ = c.Region(seat.Region)
			name = region.Name
		}
		held := 0
		for _, t := range members {
			if t.Seat != seat.ID {
				continue
			}
			if held++; seat.Region != "" && !slices.Contains(region.Countries, t.Country) {
				out.add("members", "region", name, message.Of(message.Country, "country", t.Country.Alpha2()))
			}
		}
		if held != seat.Seats {
			out.add("members", "seat", name, numbers(held, seat.Seats)...)
		}
	}
}

// findChair looks at who presides.
func (b *Committee) findChair(out *findings, day Date) {
	rule := b.Composition.Chair
	country, presided := b.ChairOn(day)
	chair := message.Of(message.Country, "country", country.Alpha2())
	term, sits := find(b.Members, func(t *Term) bool { return t.Country == country && t.On(day) })
	switch {
	case rule == "":
	case !presided:
		out.add("chair", "chair", nil)
	case rule != ChairElected && !sits:
		out.add("chair", "chair_member", nil, chair)
	case rule == ChairSecondYear && !term.SecondYear(day):
		out.add("chair", "chair_year", nil, chair)
	}
}
