package catalogue

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/matching"
)

// organisations is the ledger of organisations with those whose offers take no
// part in the matching.
type organisations struct {
	ledger[cooperation.Organisation]
	barred map[cooperation.Participant]bool
	count  uint64 // changes of who is barred, as this process has seen them
}

func newOrganisations() organisations {
	return organisations{barred: map[cooperation.Participant]bool{}}
}

func (l *organisations) prepare(c Change, conv *cooperation.Convention) (func(), error) {
	doc, err := decode[cooperation.Organisation](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		l.put(c.ID, c.Version, doc)
		p := cooperation.Participant(c.ID)
		if barred := doc != nil && !conv.Provides(doc); barred != l.barred[p] {
			l.count++
			l.barred[p] = barred
		}
	}, err
}

// barredNow lists those whose offers are not matched: organisations that are
// not admitted, or that have not declared what the convention requires. One
// that nobody has entered, named by an import of an earlier release, is not
// barred.
func (l *organisations) barredNow() map[matching.Party]bool {
	out := map[matching.Party]bool{}
	for p, is := range l.barred {
		if is {
			out[matching.Party(p)] = true
		}
	}
	return out
}

// OrganisationQuery says which organisations to list.
type OrganisationQuery struct {
	Status []cooperation.OrganisationStatus
	Sort   []cooperation.OrganisationSort
	Text   string // in a name, the acronym or the id, whatever the case
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// Organisations lists the organisations that the actor may see, the latest
// entered first.
func (s *State) Organisations(actor cooperation.Actor, q OrganisationQuery) (Page[*cooperation.Organisation], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	text := strings.ToLower(strings.TrimSpace(q.Text))
	var found set
	for i := range s.organisations.entries {
		if o := s.organisations.entries[i].doc; o != nil && q.wants(o, text) && cooperation.SeesOrganisation(actor, o).Any() {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.organisations.ledger, found, q.Cursor, form(KindOrganisation, q.Status, q.Sort, text), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *OrganisationQuery) wants(o *cooperation.Organisation, text string) bool {
	if len(q.Status) > 0 && !slices.Contains(q.Status, o.Status) || len(q.Sort) > 0 && !slices.Contains(q.Sort, o.Sort) {
		return false
	}
	return text == "" || strings.Contains(o.ID, text) || slices.ContainsFunc(o.OrganisationNames(), func(name string) bool {
		return strings.Contains(strings.ToLower(name), text)
	})
}
