package catalogue

import (
	"strings"

	"entente/cooperation"
	"entente/reference"
)

// SearchActivities lists the activities that the actor may see and that the
// query asks for. It fails on a query that makes no sense, with a
// cooperation.Error.
func (s *State) SearchActivities(actor cooperation.Actor, q Query) (Page[*cooperation.Activity], error) {
	asked := s.ask(q.Text)
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := find(&s.activities, KindActivity, &q, viewerOf(actor, s.conv.ID, cooperation.ActivityRoles()...), asked)
	page.Position = s.position
	return page, err
}

// activity makes the card of an activity. Nothing in it is withheld from those
// who see it.
func (d *describer) activity(a *cooperation.Activity, s *scribe) *card {
	c := &card{deadline: days(a.End), updated: a.Updated.UnixMilli(), holders: a.Participants()}
	c.values[byStatus] = []string{string(a.Status)}
	c.values[byTheme] = d.themes(a.Themes)
	for _, k := range a.Kinds {
		c.values[byKind] = with(c.values[byKind], string(k))
	}
	for _, p := range a.Providers {
		c.values[byProvider] = with(c.values[byProvider], string(p))
	}
	var states []reference.Country
	for _, p := range a.Beneficiaries {
		if state, ok := p.State(); ok {
			states = append(states, state)
		}
	}
	d.countries(c, states)
	if amount, err := a.Amount.Minor(); err == nil {
		c.amount, c.currency = amount, a.Amount.Currency
	}
	c.life = lifeOf(a.Created, a.Created, a.Ended)
	for r, actor := range d.probes {
		c.seen[r] = cooperation.SeesActivity(actor, a).Any()
	}
	for v := range veils {
		for l := range levels {
			c.shown[v][l] = true
		}
	}
	passages, named := activityPassages(a)
	c.words, c.values[byName] = s.bag(passages), named
	return c
}

// activityPassages lists the texts of an activity, and the countries that it
// names.
func activityPassages(a *cooperation.Activity) (list []passage, named []string) {
	for _, text := range []string{a.Title, a.Description, a.Source} {
		if text != "" {
			list = append(list, passage{a.ContentLanguage, text})
		}
	}
	for _, p := range a.Participants() {
		if state, ok := p.State(); ok {
			named = with(named, state.Alpha2())
		} else {
			list = append(list, passage{"", strings.ReplaceAll(string(p), "-", " ")})
		}
	}
	return list, named
}
