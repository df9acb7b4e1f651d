package catalogue

import (
	"sync"

	"entente/cooperation"
)

// The kinds of what is found beside documents: what the profile of the
// convention names.
const (
	FoundTheme     = "theme"
	FoundParty     = "party"
	FoundCommittee = "committee"
)

// guide finds by words what has a name in a convention: its themes, Parties,
// bodies and organisations. It is made when somebody first searches, and looks
// at each search which organisations have changed: they are few.
type guide struct {
	mu            sync.RWMutex // locked for writing before the state is locked for reading
	index         *index
	scribe        *scribe
	entries       []named
	organisations []*cooperation.Organisation // by their place in the ledger
	places        map[int]uint32              // of organisations in the ledger → in the guide
}

// named is something that has a name.
type named struct {
	kind, id string
	passages []passage
}

// lookUp brings the guide up to what the state holds. The guide and the state
// are locked.
func (g *guide) lookUp(conv *cooperation.Convention, l *ledger[cooperation.Organisation]) {
	if g.index == nil {
		g.index, g.scribe, g.places = newIndex(), newScribe(), map[int]uint32{}
		for _, t := range conv.Themes {
			g.add(named{FoundTheme, t.ID, inAll(t.Name)})
		}
		for i := range conv.Committees {
			g.add(named{FoundCommittee, conv.Committees[i].ID, inAll(conv.Committees[i].Name)})
		}
		for _, p := range conv.Parties {
			names := cooperation.Names{}
			for _, language := range cooperation.ReaderLanguages() {
				names[language] = p.Country.Name(string(language))
			}
			g.add(named{FoundParty, p.Country.Alpha2(), inAll(names)})
		}
	}
	for i, e := range l.entries {
		if i >= len(g.organisations) {
			g.organisations = append(g.organisations, nil)
		}
		if g.organisations[i] == e.doc {
			continue
		}
		g.organisations[i] = e.doc
		what := named{kind: KindOrganisation, id: e.id}
		if e.doc != nil && e.doc.Known() {
			what.passages = append(inAll(e.doc.Names), passage{"", e.doc.Name})
		}
		place, known := g.places[i]
		if !known {
			g.places[i] = g.add(what)
			continue
		}
		before := g.card(g.entries[place])
		g.entries[place] = what
		g.index.replace(place, before, g.card(what))
	}
}

func (g *guide) add(what named) uint32 {
	place := uint32(len(g.entries))
	g.entries = append(g.entries, what)
	g.index.replace(place, nil, g.card(what))
	return place
}

// card is what the index keeps of a name: names are for everybody.
func (g *guide) card(what named) *card {
	c := &card{deadline: none, life: life{none, none, none}}
	if len(what.passages) > 0 {
		c.words = g.scribe.bag(what.passages)
		c.words.length = max(1, c.words.length/uint32(len(what.passages))) // it is one name, whatever the language
		for r := range c.seen {
			c.seen[r] = true
		}
	}
	return c
}

// inAll is a name in every language that it has.
func inAll(names cooperation.Names) []passage {
	var out []passage
	for _, language := range cooperation.ReaderLanguages() {
		if name := names[language]; name != "" {
			out = append(out, passage{language, name})
		}
	}
	return out
}
