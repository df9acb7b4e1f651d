package api

import (
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// needDocument is a need as the API shows it: the domain's own document, with
// what the reader's sight and language add.
type needDocument struct {
	*cooperation.Need
	Withheld []string `json:"withheld"`
	Labels   Labels   `json:"labels"`
	Missing  []Hint   `json:"missing,omitempty"`
	// HelpOffered are the sorts of help that the State may ask for.
	HelpOffered []cooperation.AssessmentSort `json:"help_offered,omitempty"`
}

// offerDocument is an offer as the API shows it.
type offerDocument struct {
	*cooperation.Offer
	Withheld []string `json:"withheld"`
	Labels   Labels   `json:"labels"`
}

// newNeed is the body that drafts a need.
type newNeed struct {
	Convention string `json:"convention"`
	cooperation.NeedContent
}

// newOffer is the body that drafts an offer.
type newOffer struct {
	Convention string `json:"convention"`
	cooperation.OfferContent
}

// needView puts a need that has been reduced to what the actor may see into
// its answer.
func (c *call) needView(n *cooperation.Need, withheld []string) needDocument {
	if n.Beneficiaries == nil || n.Themes == nil || n.Kinds == nil {
		whole := *n // documents are shared: the original is not touched
		whole.Beneficiaries, whole.Themes, whole.Kinds = present(n.Beneficiaries), present(n.Themes), present(n.Kinds)
		n = &whole
	}
	l := c.labels("need."+string(n.Status), n.Themes, n.KindList())
	for _, b := range n.Beneficiaries {
		c.label(&l.Participants, message.Country, b.Alpha2())
	}
	for _, p := range n.Preferred {
		c.label(&l.Participants, message.Party, string(p))
	}
	for _, p := range n.Excluded {
		c.label(&l.Participants, message.Party, string(p))
	}
	if commitment, ok := c.commitment(n.Commitment); ok {
		l.Commitment = commitment.In(reference.Language(c.words.Language()))
	}
	for _, w := range n.Languages {
		c.label(&l.Languages, message.Language, string(w.Language))
	}
	return needDocument{Need: n, Withheld: present(withheld), Labels: l}
}

// offerView puts an offer that has been reduced to what the actor may see into
// its answer.
func (c *call) offerView(o *cooperation.Offer, withheld []string) offerDocument {
	if o.Themes == nil || o.Kinds == nil {
		whole := *o
		whole.Themes, whole.Kinds = present(o.Themes), present(o.Kinds)
		o = &whole
	}
	l := c.labels("offer."+string(o.Status), o.Themes, o.KindList())
	for _, p := range append(o.Providers(), o.Excluded...) {
		c.label(&l.Participants, message.Party, string(p))
	}
	for _, country := range append(alpha2(o.Countries), alpha2(o.NotCountries)...) {
		c.label(&l.Participants, message.Country, country)
	}
	for _, lang := range o.Languages {
		c.label(&l.Languages, message.Language, string(lang))
	}
	return offerDocument{Offer: o, Withheld: present(withheld), Labels: l}
}

func (c *call) labels(status string, themes []string, kinds []cooperation.Kind) Labels {
	l := Labels{Status: c.name(message.Status, status)}
	for _, t := range themes {
		c.label(&l.Themes, message.Theme, t)
	}
	for _, k := range kinds {
		c.label(&l.Kinds, message.Kind, string(k))
	}
	return l
}

func (c *call) label(to *map[string]string, t message.Type, code string) {
	if *to == nil {
		*to = map[string]string{}
	}
	(*to)[code] = c.name(t, code)
}

// hints say what would make a need more specific to those who draft or judge
// it: its own side, the committee and the secretariat.
func (c *call) hints(conv *cooperation.Convention, n *cooperation.Need) []Hint {
	if cooperation.SeesNeed(c.actor, n) < cooperation.SeesCommittee {
		return nil
	}
	var out []Hint
	for _, h := range cooperation.Unspecific(conv, &n.NeedContent) {
		out = append(out, Hint{Field: h.Field, Sentence: c.say(h.Message)})
	}
	return out
}

// advise says what would make a need more specific, and the help that is
// offered with one that is less specific than the profile asks for.
func (c *call) advise(v *needDocument, n *cooperation.Need) {
	v.Missing = c.hints(c.convention, n)
	if c.convention != nil && cooperation.SeesNeed(c.actor, n) == cooperation.SeesAll {
		v.HelpOffered = cooperation.HelpOffered(c.convention, n)
	}
}

// needInShort names a need, or the activity of the programme that stands in the
// place of one. Title and beneficiaries are never withheld from
// those who see a need at all; from others all but the id is.
func (c *call) needInShort(state documents, id string) Posting {
	p := Posting{ID: id, Participants: []Named{}}
	n, ok := state.Need(id)
	if x, found := state.ProgrammeActivity(id); found {
		p.ExternalID, p.Title, p.Programme = x.Number, x.Title, true
	}
	if !ok || !cooperation.SeesNeed(c.actor, n).Any() {
		return p
	}
	p.ExternalID, p.Title = n.ExternalID, n.Title
	for _, b := range n.Beneficiaries {
		p.Participants = append(p.Participants, c.named(message.Country, b.Alpha2()))
	}
	return p
}

// offerInShort names an offer, like needInShort.
func (c *call) offerInShort(state documents, id string) Posting {
	p := Posting{ID: id, Participants: []Named{}}
	o, ok := state.Offer(id)
	if !ok || !cooperation.SeesOffer(c.actor, o).Any() {
		return p
	}
	p.ExternalID, p.Title = o.ExternalID, o.Title
	for _, provider := range o.Providers() {
		p.Participants = append(p.Participants, c.named(message.Party, string(provider)))
	}
	return p
}

// documents finds both sides of a pairing.
type documents interface {
	ProgrammeActivity(id string) (*cooperation.ProgrammeActivity, bool)
	Need(id string) (*cooperation.Need, bool)
	Offer(id string) (*cooperation.Offer, bool)
}

// clearance is what the approver states; kind and person are the platform's.
func clearance(g ClearanceGiven) cooperation.Clearance {
	return cooperation.Clearance{Date: g.Date, Reference: g.Reference}
}

// languages is a list of tags in their canonical form, so that "PT-br" is
// found as "pt-BR".
func languages(tags []reference.Language) []reference.Language {
	out := make([]reference.Language, 0, len(tags))
	for _, t := range tags {
		if canonical, ok := reference.ParseLanguage(string(t)); ok {
			out = append(out, canonical)
		}
	}
	return out
}
