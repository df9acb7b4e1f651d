package catalogue

import (
	"cmp"
	"slices"

	"entente/cooperation"
	"entente/matching"
)

// programme is the ledger of programme activities, with how often it changed.
type programme struct {
	ledger[cooperation.ProgrammeActivity]
	changes uint64
}

func (l *programme) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.ProgrammeActivity](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		l.put(c.ID, c.Version, doc)
		l.changes++
	}, err
}

// at is the activity at a place of the ledger, nil where there is none.
func (l *programme) at(ordinal uint32) *cooperation.ProgrammeActivity {
	if int(ordinal) >= len(l.entries) {
		return nil
	}
	return l.entries[ordinal].doc
}

// ProgrammeActivity returns the programme activity with the id.
func (s *State) ProgrammeActivity(id string) (*cooperation.ProgrammeActivity, bool) {
	return read(&s.progress, &s.programme.ledger, id)
}

// ProgrammeQuery says which programme activities to list.
type ProgrammeQuery struct {
	Domain string
	Status []cooperation.ProgrammeStatus
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// ProgrammeActivities lists programme activities in the order of the
// programme. They are open to everybody.
func (s *State) ProgrammeActivities(q ProgrammeQuery) (page Page[*cooperation.ProgrammeActivity], err error) {
	shape := form(KindProgramme, q.Domain, q.Status)
	after, err := decodeCursor(q.Cursor, shape)
	if err != nil {
		return page, err
	}
	limit, err := pageSize(q.Limit)
	if err != nil {
		return page, err
	}
	order := cooperation.CompareProgramme(s.Convention())
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []*cooperation.ProgrammeActivity
	for _, e := range s.programme.entries {
		if x := e.doc; x != nil && (q.Domain == "" || x.Domain == q.Domain) && (len(q.Status) == 0 || slices.Contains(q.Status, x.Status)) {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, order)
	page.Position, page.Total = s.position, len(all)
	if after != nil {
		last := s.programme.at(after.Ordinal)
		if last == nil {
			return page, badCursor()
		}
		all = slices.DeleteFunc(all, func(x *cooperation.ProgrammeActivity) bool { return order(x, last) <= 0 })
	}
	if len(all) > limit {
		all = all[:limit]
		page.Next = cursor{Form: shape, Ordinal: s.programme.ids[all[limit-1].ID]}.encode()
	}
	page.Items = all
	return page, nil
}

// Programme is what the plan reads of the programme: its open activities, as
// needs for finance without a beneficiary State, in the order of their ids;
// and how often it changed so far.
func (s *State) Programme() (needs []matching.Need, changes uint64) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, e := range s.programme.entries {
		if e.doc != nil && e.doc.Status == cooperation.ProgrammeOpen {
			needs = append(needs, ProgrammeFeatures(conv, e.doc))
		}
	}
	slices.SortFunc(needs, func(a, b matching.Need) int { return cmp.Compare(a.ID, b.ID) })
	return needs, s.programme.changes
}

// ProgrammeFeatures is what the matcher looks at in a programme activity: a
// need for finance whose coverage and eligibility hold of themselves, for
// there is no beneficiary State.
func ProgrammeFeatures(conv *cooperation.Convention, x *cooperation.ProgrammeActivity) matching.Need {
	n := matching.Need{ID: x.ID, ExternalID: x.Number, Convention: x.Convention, Themes: x.FundedBy(conv), Kinds: matching.Kinds(matching.Finance),
		Start: day(x.Start), End: day(x.End), Open: x.Status == cooperation.ProgrammeOpen}
	if sought, currency := x.SoughtMinor(); currency == cents {
		n.Gap = sought
	}
	return n
}

// NeedsOf lists the needs that say that they are a line of the programme, the
// oldest first.
func (s *State) NeedsOf(x *cooperation.ProgrammeActivity) (out []*cooperation.Need) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, e := range s.needs.entries {
		if e.doc != nil && x.Carries(e.doc) {
			out = append(out, e.doc)
		}
	}
	return out
}
