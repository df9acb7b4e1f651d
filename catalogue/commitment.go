package catalogue

import (
	"slices"

	"entente/cooperation"
	"entente/reference"
)

// commitments is the ledger of commitments, with their codes.
type commitments struct {
	ledger[cooperation.Commitment]
	codes map[string]string // as they are compared → id
}

func newCommitments() commitments { return commitments{codes: map[string]string{}} }

func (l *commitments) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Commitment](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		_, before := l.put(c.ID, c.Version, doc)
		if before != nil && l.codes[cooperation.FoldCode(before.Code)] == c.ID {
			delete(l.codes, cooperation.FoldCode(before.Code))
		}
		if doc != nil {
			l.codes[cooperation.FoldCode(doc.Code)] = c.ID
		}
	}, err
}

// Commitment returns the commitment with the id, or else with the code.
func (s *State) Commitment(reference string) (*cooperation.Commitment, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c, ok := s.commitments.find(reference); ok {
		return c, true
	}
	return s.commitments.find(s.commitments.codes[cooperation.FoldCode(reference)])
}

// CommitmentQuery says which commitments to list.
type CommitmentQuery struct {
	Party    reference.Country // one that it binds; Status and Overdue are then those of this Party
	Themes   []string          // with those below them
	Status   []cooperation.CommitmentStatus
	Overdue  bool // beside those of Status, those that are overdue
	From, To cooperation.Date
	Retired  bool             // those that no longer apply too
	Day      cooperation.Date // today
	Cursor   string
	Limit    int // 1 to MaxLimit; 0 is DefaultLimit
}

// Commitments lists commitments, the latest entered first. They are open to
// everybody.
func (s *State) Commitments(q CommitmentQuery) (Page[*cooperation.Commitment], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	for i := range s.commitments.entries {
		if c := s.commitments.entries[i].doc; c != nil && q.wants(conv, c) {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.commitments.ledger, found, q.Cursor,
		form(KindCommitment, q.Party, q.Themes, q.Status, q.Overdue, q.From, q.To, q.Retired), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *CommitmentQuery) wants(conv *cooperation.Convention, c *cooperation.Commitment) bool {
	switch {
	case c.Retired != nil && !q.Retired:
		return false
	case q.Party != 0 && !c.Binds(conv, q.Party, q.Day):
		return false
	case len(q.Themes) > 0 && !slices.ContainsFunc(c.Themes, func(t string) bool { return q.asksFor(conv, t) }):
		return false
	case !q.From.IsZero() && c.Deadline.Before(q.From):
		return false
	case !q.To.IsZero() && (c.Deadline.IsZero() || q.To.Before(c.Deadline)):
		return false
	case len(q.Status) == 0 && !q.Overdue:
		return true
	}
	status := c.Status(conv, q.Day)
	if q.Party != 0 {
		status = c.StatusOf(q.Party)
	}
	return slices.Contains(q.Status, status) || q.Overdue && c.Overdue(status, q.Day)
}

// asksFor reports whether a theme is one of those asked for, or below one.
func (q *CommitmentQuery) asksFor(conv *cooperation.Convention, theme string) bool {
	return slices.Contains(q.Themes, theme) || slices.ContainsFunc(conv.Ancestors(theme), func(t string) bool { return slices.Contains(q.Themes, t) })
}
