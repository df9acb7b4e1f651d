package cooperation

import (
	"slices"
	"time"

	"entente/message"
)

// checkOrganisation checks an organisation that a posting names: that the
// convention knows it, and that it is admitted where it is to give. One that
// was never admitted is known to its own side alone; own says that it is the
// posting's first provider, whose people have drafted it.
func (c *Convention) checkOrganisation(m *mistakes, field string, p Participant, own, gives bool) {
	o, known := c.Organisation(p)
	switch {
	case !known || !own && !o.Known():
		m.add(field, "error.invalid.unknown_organisation", value(string(p)))
	case gives && o.Status != OrganisationAdmitted:
		m.add(field, "error.invalid.organisation_not_admitted", message.Of(message.Party, "organisation", string(p)))
	}
}

// declared reports whether a participant is an organisation whose declaration
// stands.
func (c *Convention) declared(p Participant, declaration string) bool {
	o, ok := c.Organisation(p)
	return ok && o.Declares(declaration)
}

// checkAdmission says why an offer cannot be opened: one of those who give is
// an organisation that is not admitted, or that has not itself made a
// declaration that the convention requires.
func (c *Convention) checkAdmission(o *OfferContent) error {
	for _, p := range o.Providers() {
		if _, state := p.State(); state {
			continue
		}
		organisation := message.Of(message.Party, "organisation", string(p))
		found, known := c.Organisation(p)
		if !known || found.Status != OrganisationAdmitted {
			return Refuse(State, "error.state.organisation", organisation)
		}
		if missing := c.Undeclared(found); len(missing) > 0 {
			return Refuse(State, "error.state.declaration", organisation, message.Of(message.Text, "declaration", missing[0].ID))
		}
	}
	return nil
}

// check holds what an organisation says of itself against the rules.
func (o *OrganisationContent) check(id string) error {
	m := checkShape(o)
	p := Participant(id)
	if _, state := p.State(); !p.Valid() || state {
		m.add("id", "error.invalid.organisation_id")
	}
	for lang := range o.Names {
		if !slices.Contains(ReaderLanguages(), lang) {
			m.add("names."+string(lang), "error.invalid.unknown_language", value(string(lang)))
		}
	}
	return m.err()
}

// checkStatement holds a declaration against the profile: it must be one that
// the convention asks of organisations, made today at the latest.
func (c *Convention) checkStatement(s *Statement, now time.Time) error {
	m := checkShape(s)
	asked := c.DeclarationsFor(ProviderOrganisation)
	if !slices.ContainsFunc(asked, func(d Declaration) bool { return d.ID == s.Declaration }) {
		m.add("declaration", "error.invalid.unknown_declaration", value(s.Declaration))
	}
	if s.Date.IsZero() || DateOf(now).Before(s.Date) {
		m.add("date", "error.invalid.past_date")
	}
	return m.err()
}

// OrganisationNames lists the names of an organisation in the languages of the
// readers, for those who fold them into one text.
func (o *OrganisationContent) OrganisationNames() []string {
	all := []string{o.Name, o.Acronym}
	for _, lang := range ReaderLanguages() {
		if name := o.Names[lang]; name != "" {
			all = append(all, name)
		}
	}
	return all
}
