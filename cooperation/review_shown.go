package cooperation

import "slices"

// Shown is the review as somebody with the sight may see it; nil when it does
// not exist for them. Comments, notes, objections and advice are the members';
// of them both sides learn that an objection stands, what they are asked to
// agree to, and why the review was returned. Those who are invited read the
// comments and the advice, and no scores. Persons are named to nobody but the
// secretariat.
func (r *Review) Shown(s Sight, a Actor) *Review {
	if !s.Any() {
		return nil
	}
	c := *r
	if s == SeesAll {
		return &c
	}
	c.own()
	c.CreatedBy = ""
	if r.Returned != nil {
		why := *r.Returned
		why.By = ""
		c.Returned = &why
	}
	c.anonymous()
	switch s {
	case SeesShared:
		side, _ := r.sideOf(a)
		c.forSide(side)
	case SeesPublic:
		c.forObserver()
	}
	return &c
}

// anonymous takes the names of persons out.
func (r *Review) anonymous() {
	for i := range r.Comments {
		r.Comments[i].By = ""
	}
	for i := range r.Objections {
		r.Objections[i].By = ""
	}
	for i := range r.Declared {
		r.Declared[i].By = ""
	}
	for i := range r.Notes {
		r.Notes[i].By = ""
	}
	for i := range r.Modifications {
		m := &r.Modifications[i]
		m.By, m.Answers = "", slices.Clone(m.Answers)
		for j := range m.Answers {
			m.Answers[j].By = ""
		}
	}
	if r.Advice != nil {
		given := *r.Advice
		given.By, r.Advice = "", &given
	}
}

// forSide leaves what concerns one of the sides: of objections, that they stand;
// of answers, its own.
func (r *Review) forSide(side Side) {
	r.Comments, r.Notes, r.Declared, r.Advice = nil, nil, nil, nil
	for i := range r.Objections {
		r.Objections[i].Text, r.Objections[i].Country = "", 0
	}
	for i := range r.Modifications {
		r.Modifications[i].Answers = slices.DeleteFunc(r.Modifications[i].Answers, func(a Answer) bool { return a.Side != side })
	}
}

// forObserver leaves what is said openly.
func (r *Review) forObserver() {
	r.Notes, r.Declared, r.Objections, r.Modifications, r.Returned = nil, nil, nil, nil, nil
	r.Cases = slices.Clone(r.Cases)
	for i := range r.Cases {
		r.Cases[i].Score, r.Cases[i].Parts = 0, nil
	}
}

// ReviewEvent names what happened to a review for those who are told of it;
// before is nil for one that was opened, and nobody is told of what has no name.
func ReviewEvent(before, after *Review) string {
	switch {
	case before == nil:
		return "opened"
	case before.Status.Under() && !after.Status.Under():
		return string(after.Status)
	case len(after.Objections) > len(before.Objections):
		return "objected"
	case len(after.Silences) > len(before.Silences):
		return "resumed"
	}
	return ""
}
