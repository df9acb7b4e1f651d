package profiles

import (
	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
)

// readCommittees reads the bodies. Bodies may refer to each other, so these
// references are checked when all are named.
func (b *builder) readCommittees() {
	n := b.need("committees")
	if n == nil {
		return
	}
	b.members(n, func(n *yaml.Node) {
		o := b.object.object(n, "id name kind mandate composition working members chairs observers contact")
		body := cooperation.Committee{
			ID:   b.committees.name(o),
			Name: o.names("name"),
			Kind: choice(o, "kind", "", cooperation.StandingCommittee, cooperation.OpenEndedCommittee, cooperation.PlenaryCommittee),
		}
		if m := o.need("mandate"); m != nil {
			mandate := o.object(m, "themes text source")
			body.Mandate = cooperation.Mandate{Themes: b.themeList(mandate, "themes"), Text: mandate.names("text"), Source: mandate.text("source")}
		}
		body.Composition = b.composition(o, body.Kind)
		body.Working = b.working(o)
		b.observers(o, &body)
		body.Contact = o.note("contact")
		b.terms(o, &body)
		b.c.Committees = append(b.c.Committees, body)
	})
	if len(b.c.Committees) == 0 {
		b.report(b.at("committees"), "profiles.committee.none")
	}
}

const compositionKeys = `seats term_years overlapping min_affected min_providers regional_seats officers chair
	chair_years gender_focal_point minimum_not_recused observers_by_meeting source`

func (b *builder) composition(body object, kind cooperation.CommitteeKind) cooperation.Composition {
	n := body.values["composition"]
	if n == nil {
		return cooperation.Composition{}
	}
	o := body.object(n, compositionKeys)
	c := cooperation.Composition{
		Seats:              o.whole("seats", 0, 1, 500),
		TermYears:          o.whole("term_years", 0, 1, 20),
		Overlapping:        o.flag("overlapping"),
		MinAffected:        o.whole("min_affected", 0, 0, 100),
		MinProviders:       o.whole("min_providers", 0, 0, 100),
		ChairYears:         o.whole("chair_years", 0, 1, 20),
		GenderFocalPoint:   o.flag("gender_focal_point"),
		MinimumNotRecused:  o.whole("minimum_not_recused", 0, 0, 100),
		ObserversByMeeting: o.flag("observers_by_meeting"),
		Source:             o.note("source"),
	}
	if o.has("chair") {
		c.Chair = choice(o, "chair", "", cooperation.ChairAnyMember, cooperation.ChairSecondYear, cooperation.ChairElected)
	}
	taken := ids{}
	o.each("regional_seats", func(n *yaml.Node) {
		s := o.object(n, "id region name seats")
		seat := cooperation.RegionalSeat{ID: taken.name(s), Name: s.optionalNames("name"), Seats: s.whole("seats", 1, 1, 100)}
		if s.has("region") {
			seat.Region = b.regions.refers(s.source, s.values["region"], "profiles.region.unknown")
		} else if !s.has("name") && !s.broken {
			s.report(s.node, "profiles.key.missing", text("key", "name"))
		}
		c.RegionalSeats = append(c.RegionalSeats, seat)
	})
	officers := ids{}
	o.each("officers", func(n *yaml.Node) {
		s := o.object(n, "id name seats")
		c.Officers = append(c.Officers, cooperation.Office{ID: officers.name(s), Name: s.names("name"), Seats: s.whole("seats", 1, 1, 100)})
	})
	contradictions(o, kind, c)
	return c
}

// contradictions reports rules of composition that cannot hold together.
func contradictions(o object, kind cooperation.CommitteeKind, c cooperation.Composition) {
	if kind != "" && kind != cooperation.StandingCommittee {
		for _, key := range []string{"seats", "term_years", "overlapping", "min_affected", "min_providers", "regional_seats", "gender_focal_point", "minimum_not_recused"} {
			if o.has(key) {
				o.report(o.at(key), "profiles.composition.standing", text("key", key))
			}
		}
		return
	}
	regional := 0
	for _, s := range c.RegionalSeats {
		regional += s.Seats
	}
	if c.Seats > 0 {
		if regional > c.Seats {
			o.report(o.at("regional_seats"), "profiles.composition.regional", message.Int("regional", regional), message.Int("seats", c.Seats))
		}
		if wanted := c.MinAffected + c.MinProviders; wanted > c.Seats {
			o.report(o.at("seats"), "profiles.composition.seats", message.Int("wanted", wanted), message.Int("seats", c.Seats))
		}
		if c.MinimumNotRecused > c.Seats {
			o.report(o.at("minimum_not_recused"), "profiles.composition.seats", message.Int("wanted", c.MinimumNotRecused), message.Int("seats", c.Seats))
		}
	}
	if c.Chair == cooperation.ChairSecondYear && c.TermYears < 2 {
		o.report(o.at("chair"), "profiles.composition.second_year")
	}
	if c.Overlapping && (c.TermYears < 2 || c.Seats == 1) {
		o.report(o.at("overlapping"), "profiles.composition.overlapping")
	}
}

func (b *builder) working(body object) cooperation.Working {
	n := body.values["working"]
	if n == nil {
		return cooperation.Working{}
	}
	o := body.object(n, "consensus recommends joint_conclusions commitments reports_to outputs")
	w := cooperation.Working{
		Consensus: o.flag("consensus"), Recommends: o.flag("recommends"),
		JointConclusions: o.flag("joint_conclusions"), Commitments: o.flag("commitments"),
		ReportsTo: o.note("reports_to"), Outputs: choices(o, "outputs", cooperation.Outputs()...),
	}
	if w.ReportsTo != "" {
		b.later = append(b.later, func() {
			b.committees.refers(o.source, o.values["reports_to"], "profiles.committee.unknown")
		})
	}
	return w
}

func (b *builder) observers(body object, c *cooperation.Committee) {
	taken := ids{}
	body.each("observers", func(n *yaml.Node) {
		o := body.object(n, "id name")
		id := cooperation.Participant(taken.name(o))
		if _, state := id.State(); id != "" && (state || !id.Valid()) {
			o.report(o.at("id"), "profiles.observer.id", text("id", string(id)))
		}
		c.Observers = append(c.Observers, cooperation.Observer{ID: id, Name: o.names("name")})
	})
}
