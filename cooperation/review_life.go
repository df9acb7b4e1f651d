package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// entries bounds every list of a review.
const entries = 100

// turn is a command on a review: who acts where, by which rules.
type turn struct {
	k       *Timekeeper
	body    Committee
	country reference.Country // of a member
	now     time.Time
}

// begun refuses what the actor may not do, and what the step of the review does
// not allow. deciding commands wait for the platform where a clock has run out.
func (r *Review) begun(k *Timekeeper, action Action, a Actor, now time.Time) (*turn, error) {
	b, ok := k.convention.Committee(r.Committee)
	if !ok || !SeesReview(a, r, &b, k.Day(now)).Any() {
		return nil, absent()
	}
	if err := MayReview(a, action, r, &b, k.Day(now)); err != nil {
		return nil, err
	}
	if !slices.Contains(stepsOf(action), r.Status) {
		return nil, refused("review", string(action), string(r.Status))
	}
	if !slices.Contains([]Action{CommentReview, NoteReview, AdviseReview}, action) && r.ripe(k, now) {
		return nil, Refuse(State, "error.state.review.over")
	}
	country, _ := MemberFor(a, r.Convention, &b, k.Day(now))
	r.own()
	return &turn{k, b, country, now}, nil
}

// own lets a command change the lists of a copy of the review.
func (r *Review) own() {
	r.Proposals, r.Silences, r.Comments, r.Objections = slices.Clone(r.Proposals), slices.Clone(r.Silences), slices.Clone(r.Comments), slices.Clone(r.Objections)
	r.Modifications, r.Declared, r.Notes = slices.Clone(r.Modifications), slices.Clone(r.Declared), slices.Clone(r.Notes)
}

// said is a text that somebody writes.
type said struct {
	Text string `json:"text" validate:"max=2000"`
}

func checkSaid(text string, required bool, written int) (string, error) {
	text = strings.TrimSpace(text)
	m := checkShape(&said{text})
	if required && text == "" {
		m.add("text", "error.invalid.required")
	}
	if written >= entries {
		m.add("text", "error.invalid.too_many", message.Int("max", entries))
	}
	return text, m.err()
}

// Comment adds a comment. Members comment, those that are recused too, and those
// who are invited; none of it decides anything.
func (r *Review) Comment(k *Timekeeper, text string, a Actor, now time.Time) error {
	t, err := r.begun(k, CommentReview, a, now)
	if err != nil {
		return err
	}
	if text, err = checkSaid(text, true, len(r.Comments)); err != nil {
		return err
	}
	c := Comment{For: Participant(t.country.Alpha2()), Recused: t.country != 0 && r.Recused(t.country), Text: text, By: a.ID, Time: stamp(now)}
	if t.country == 0 {
		c.For, _ = ObserverOf(a, r, &t.body, k.Day(now))
		c.Observer = true
	}
	r.Comments = append(r.Comments, c)
	r.touch(now)
	return nil
}

// Object says that a member does not agree, and why. The silence stops.
func (r *Review) Object(k *Timekeeper, text string, a Actor, now time.Time) error {
	t, err := r.begun(k, ObjectReview, a, now)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(r.Standing(), func(o Objection) bool { return o.Country == t.country }) {
		return Refuse(State, "error.state.review.objected", message.Of(message.Country, "country", t.country.Alpha2()))
	}
	if text, err = checkSaid(text, true, len(r.Objections)); err != nil {
		return err
	}
	r.Objections = append(r.Objections, Objection{Country: t.country, Text: text, By: a.ID, Time: stamp(now)})
	r.settle(k, &t.body, SilenceResumed, now)
	r.touch(now)
	return nil
}

// WithdrawObjection takes back the objection of the actor's State. After the last
// one, the silence goes on with what was left.
func (r *Review) WithdrawObjection(k *Timekeeper, a Actor, now time.Time) error {
	t, err := r.begun(k, WithdrawObjection, a, now)
	if err != nil {
		return err
	}
	if !r.endObjections(ObjectionWithdrawn, now, func(o *Objection) bool { return o.Country == t.country }) {
		return Refuse(State, "error.state.review.no_objection", message.Of(message.Country, "country", t.country.Alpha2()))
	}
	r.settle(k, &t.body, SilenceResumed, now)
	r.touch(now)
	return nil
}

func (r *Review) endObjections(how ObjectionEnd, now time.Time, which func(*Objection) bool) (any bool) {
	for i := range r.Objections {
		if o := &r.Objections[i]; o.Ended.IsZero() && which(o) {
			o.Ended, o.How, any = stamp(now), how, true
		}
	}
	return any
}

// Modify puts another text of what is proposed to both sides. The silence stops
// until all have answered.
func (r *Review) Modify(k *Timekeeper, text string, a Actor, now time.Time) error {
	t, err := r.begun(k, ModifyReview, a, now)
	if err != nil {
		return err
	}
	if text, err = checkSaid(text, true, len(r.Modifications)); err != nil {
		return err
	}
	m := Modification{Text: text, By: a.ID, Time: stamp(now)}
	for _, c := range r.Cases {
		if !slices.Contains(r.Proposals, c.Proposal) {
			continue
		}
		if n, ok := k.postings.Need(c.Need.ID); ok {
			include(&m.Asked, Asked{NeedSide, Participant(n.Beneficiaries[0].Alpha2())})
		}
		for _, f := range c.Offers {
			if o, ok := k.postings.Offer(f.ID); ok {
				include(&m.Asked, Asked{OfferSide, o.Provider})
			}
		}
	}
	r.Modifications = append(r.Modifications, m)
	r.settle(k, &t.body, SilenceResumed, now)
	r.touch(now)
	return nil
}

// Answer is what a side says to the modification that is pending. When all have
// agreed, the objections to the text before are settled and a new silence
// begins; when one does not, everything is as it was.
func (r *Review) Answer(k *Timekeeper, agreed bool, a Actor, now time.Time) error {
	t, err := r.begun(k, AnswerReview, a, now)
	if err != nil {
		return err
	}
	m, _ := r.Pending()
	m.Answers = slices.Clone(m.Answers)
	before := len(m.Answers)
	for _, asked := range r.askedOf(a) {
		if !m.answered(asked) {
			m.Answers = append(m.Answers, Answer{Asked: asked, Agreed: agreed, By: a.ID, Time: stamp(now)})
		}
	}
	if len(m.Answers) == before {
		return Refuse(State, "error.state.review.answered")
	}
	why := SilenceResumed
	switch {
	case !agreed:
		m.Ended = stamp(now)
	case len(m.Answers) == len(m.Asked):
		m.Ended, m.Agreed, why = stamp(now), true, SilenceModified
		r.endObjections(ObjectionSettled, now, func(*Objection) bool { return true })
		r.contest(k, false, now)
		r.Held = 0 // it is another text
	}
	r.settle(k, &t.body, why, now)
	r.touch(now)
	return nil
}

func (m *Modification) answered(asked Asked) bool {
	return slices.ContainsFunc(m.Answers, func(a Answer) bool { return a.Asked == asked })
}

// Return sends the proposals back to both sides with a reason. A review may be
// opened again later.
func (r *Review) Return(k *Timekeeper, text string, a Actor, now time.Time) error {
	_, err := r.begun(k, ReturnReview, a, now)
	if err != nil {
		return err
	}
	why, err := remark("", text, true, a, now)
	if err != nil {
		return err
	}
	r.Returned = why
	r.finish(k, ReviewReturned, now)
	r.touch(now)
	return nil
}

// Advise records what the focal point for gender and diversity says; a second
// advice takes the place of the first. It is no veto.
func (r *Review) Advise(k *Timekeeper, text string, a Actor, now time.Time) error {
	t, err := r.begun(k, AdviseReview, a, now)
	if err != nil {
		return err
	}
	if text, err = checkSaid(text, true, 0); err != nil {
		return err
	}
	r.Advice = &Advice{Country: t.country, Text: text, By: a.ID, Time: stamp(now)}
	r.touch(now)
	return nil
}

// Note records what a member remarks on a part of the score, or on the whole
// where no part is named. A second note of the same State on the same takes the
// place of the first.
func (r *Review) Note(k *Timekeeper, n Note, a Actor, now time.Time) error {
	t, err := r.begun(k, NoteReview, a, now)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(r.Cases, func(c Case) bool { return c.Proposal == n.Proposal })
	var m mistakes
	if n.Proposal == "" && len(r.Cases) == 1 {
		at, n.Proposal = 0, r.Cases[0].Proposal
	}
	switch {
	case at < 0:
		m.add("proposal", "error.invalid.not_one_of", message.Of(message.Text, "allowed", strings.Join(r.Proposals, ", ")))
	case n.Criterion != "" && !slices.ContainsFunc(r.Cases[at].Parts, func(p FrozenPart) bool { return p.Name == n.Criterion }):
		var names []string
		for _, p := range r.Cases[at].Parts {
			names = append(names, p.Name)
		}
		m.add("criterion", "error.invalid.not_one_of", message.Of(message.Text, "allowed", strings.Join(names, ", ")))
	}
	if err := m.err(); err != nil {
		return err
	}
	same := func(o Note) bool {
		return o.Country == t.country && o.Proposal == n.Proposal && o.Criterion == n.Criterion
	}
	r.Notes = slices.DeleteFunc(r.Notes, same)
	if n.Text, err = checkSaid(n.Text, true, len(r.Notes)); err != nil {
		return err
	}
	n.Country, n.By, n.Time = t.country, a.ID, stamp(now)
	r.Notes = append(r.Notes, n)
	r.touch(now)
	return nil
}

// Declare says that a member has an interest. It is recused from then on, and its
// objection, if any, ends; where too few are left, the review waits.
func (r *Review) Declare(k *Timekeeper, text string, a Actor, now time.Time) error {
	t, err := r.begun(k, DeclareReview, a, now)
	if err != nil {
		return err
	}
	if r.Recused(t.country) {
		return Refuse(State, "error.state.review.recused", message.Of(message.Country, "country", t.country.Alpha2()))
	}
	if text, err = checkSaid(text, false, len(r.Declared)); err != nil {
		return err
	}
	r.Declared = append(r.Declared, Declared{Country: t.country, Text: text, By: a.ID, Time: stamp(now)})
	r.endObjections(ObjectionRecused, now, func(o *Objection) bool { return o.Country == t.country })
	r.settle(k, &t.body, SilenceResumed, now)
	r.touch(now)
	return nil
}

// Leave takes a proposal out of the review because its sides no longer wait for
// it: one withdrew, or a posting has ended. With the last of them the review is
// over. It reports whether anything changed.
func (r *Review) Leave(k *Timekeeper, proposal string, now time.Time) bool {
	if !r.Status.Under() || !slices.Contains(r.Proposals, proposal) {
		return false
	}
	r.own()
	r.Proposals = slices.DeleteFunc(r.Proposals, func(p string) bool { return p == proposal })
	if len(r.Proposals) == 0 {
		r.finish(k, ReviewEnded, now)
	}
	r.touch(now)
	return true
}
