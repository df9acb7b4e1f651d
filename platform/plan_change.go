package platform

import (
	"fmt"
	"slices"

	"entente/cooperation"
	"entente/matching"
	planning "entente/matching/plan"
	"entente/message"
	"entente/reference"
)

// changes checks what could be otherwise, and names needs and offers by their
// ids. Only what stands, and what the actor may see the pairings of, can be
// changed in thought.
func (r *room) changes(actor cooperation.Actor, l *lens, asked []planning.Change) ([]planning.Change, error) {
	var wrong []cooperation.FieldError
	changes := slices.Clone(asked)
	if len(changes) > MostChanges {
		wrong = append(wrong, cooperation.FieldError{Field: "what_if.changes", Message: message.New("error.invalid.plan_changes", message.Int("max", MostChanges))})
		changes = nil
	}
	for i := range changes {
		field, m := r.change(actor, l, &changes[i])
		if !m.Zero() {
			wrong = append(wrong, cooperation.FieldError{Field: fmt.Sprintf("what_if.changes[%d]%s", i, field), Message: m})
		}
	}
	if len(wrong) > 0 {
		return nil, &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(len(wrong))), Fields: wrong}
	}
	return changes, nil
}

// change checks one change; it says which field is wrong and why.
func (r *room) change(actor cooperation.Actor, l *lens, c *planning.Change) (field string, m message.Message) {
	named, said := 0, 0
	for _, is := range []bool{c.Need != "", c.Offer != "", c.Provider != ""} {
		named += count(is)
	}
	for _, is := range []bool{c.Amount != 0, !c.Posting.Zero(), c.Out} {
		said += count(is)
	}
	switch {
	case named != 1 || said != 1, c.Need != "" && c.Amount != 0, c.Provider != "" && !c.Posting.Zero(),
		c.Need != "" && c.Posting.Sort == matching.ChangeCoverage:
		return "", message.New("error.invalid.plan_change")
	case c.Amount < 0 || c.Amount > planning.MaxAmount:
		return ".amount", message.New("error.invalid.plan_amount")
	case c.Need != "" && !r.standingNeed(actor, l, &c.Need):
		return ".need", message.New("error.invalid.plan_need", message.Of(message.Text, "value", brief(c.Need)))
	case c.Offer != "" && !r.standingOffer(actor, l, &c.Offer):
		return ".offer", message.New("error.invalid.plan_offer", message.Of(message.Text, "value", brief(c.Offer)))
	case c.Provider != "" && !r.standingProvider(actor, l, c.Provider):
		return ".provider", message.New("error.invalid.plan_provider", message.Of(message.Text, "value", brief(string(c.Provider))))
	}
	return r.posting(c.Posting)
}

// posting checks how a posting could be otherwise.
func (r *room) posting(c matching.Change) (field string, m message.Message) {
	value := message.Of(message.Text, "value", brief(c.Value))
	switch c.Sort {
	case matching.ChangeLanguage:
		if _, ok := reference.ParseLanguage(c.Value); !ok {
			return ".language", message.New("error.invalid.unknown_language", value)
		}
	case matching.ChangeKind:
		if k, ok := matching.ParseKind(c.Value); !ok || !r.convention().Offers(cooperation.Kind(k.String())) {
			return ".kind", message.New("error.invalid.unknown_kind", value)
		}
	case matching.ChangeTheme:
		if _, ok := r.convention().Theme(c.Value); !ok {
			return ".theme", message.New("error.invalid.unknown_theme", value)
		}
	case matching.ChangeCoverage:
		if _, ok := reference.ParseCountry(c.Value); !ok {
			return ".country", message.New("error.invalid.unknown_country", value)
		}
	}
	return "", message.Message{}
}

// standingNeed finds an open need whose pairings the actor may see, by its id
// or its external id, which it replaces by the id; or an open activity of the
// programme by its id.
func (r *room) standingNeed(actor cooperation.Actor, l *lens, id *string) bool {
	if x, ok := r.state.ProgrammeActivity(*id); ok {
		return x.Status == cooperation.ProgrammeOpen
	}
	n, ok := r.state.Need(*id)
	if !ok {
		n, ok = r.state.NeedByExternalID(*id)
	}
	if !ok || l.needs[n.ID] == nil || !cooperation.MaySeeMatches(actor, r.convention(), n) {
		return false
	}
	*id = n.ID
	return true
}

// standingOffer is standingNeed for offers.
func (r *room) standingOffer(actor cooperation.Actor, l *lens, id *string) bool {
	o, ok := r.state.Offer(*id)
	if !ok {
		o, ok = r.state.OfferByExternalID(*id)
	}
	if !ok || l.offers[o.ID] == nil || !cooperation.MaySeeOfferMatches(actor, r.convention(), o) {
		return false
	}
	*id = o.ID
	return true
}

// standingProvider reports whether a provider leads an open offer whose
// pairings the actor may see.
func (r *room) standingProvider(actor cooperation.Actor, l *lens, provider matching.Party) bool {
	for id, o := range l.offers {
		if o.Provider == provider && r.standingOffer(actor, l, &id) {
			return true
		}
	}
	return false
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// brief bounds what is repeated of a request.
func brief(s string) string {
	if r := []rune(s); len(r) > 64 {
		return string(r[:64]) + "…"
	}
	return s
}
