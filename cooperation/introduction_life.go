package cooperation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// Introduce brings both sides of a proposal together on behalf of whoever
// facilitates, or of the platform when that has not done so in time. admissible
// says whether the pairing passes the filters of today: what a side has excluded
// is not asked again.
func (p *Proposal) Introduce(k *Timekeeper, s *Sides, admissible bool, a Actor, now time.Time) error {
	if !SeesProposal(a, p, s.Need, s.Offers).Any() {
		return absent()
	}
	if err := authorise(!a.ReadOnly && k.Facilitates(a, p.Committee, s)); err != nil {
		return err
	}
	if !p.introducible(k, now) {
		return refused("proposal", "introduce", string(p.Status))
	}
	if !s.stand() || !admissible {
		return Refuse(State, "error.state.pairing")
	}
	by := ByFacilitator
	if a.system {
		by = ByClock
	}
	p.Status, p.Introduced, p.IntroducedBy, p.Interests, p.Ended = Introduced, stamp(now), by, nil, nil
	p.touch(now)
	return nil
}

// introducible reports whether the step of the proposal lets its facilitator
// introduce both sides.
func (p *Proposal) introducible(k *Timekeeper, now time.Time) bool {
	switch p.Status {
	case Endorsed, Recommended:
		return true
	case Proposed:
		return !k.convention.Reviewed && !now.Before(p.looked(k))
	}
	return false
}

// Drop takes a proposal back that is to be introduced and whose pairing passes
// the filters no longer. Only the clock does it; a later run may propose it again.
func (p *Proposal) Drop(k *Timekeeper, a Actor, now time.Time) error {
	if err := authorise(a.system); err != nil {
		return err
	}
	if !p.introducible(k, now) {
		return refused("proposal", "supersede", string(p.Status))
	}
	p.Status = SupersededProposal
	p.touch(now)
	return nil
}

// ReplyContent is what somebody who is asked answers.
type ReplyContent struct {
	Reply   Reply         `json:"reply"`
	Reason  Reason        `json:"reason,omitempty"`                           // for declining
	Text    string        `json:"text,omitempty" validate:"max=2000"`         // in words; the question, where more information is wanted
	Share   bool          `json:"share,omitempty"`                            // tell reason and text to the other side
	Exclude []Participant `json:"exclude,omitempty" validate:"max=20,unique"` // of the other side: not to be proposed again
}

// Answer notes what one of those who are asked says, on the introduction and on
// its proposal. One that wants to talk may still decline while both do.
func (x *Introduction) Answer(k *Timekeeper, p *Proposal, s *Sides, r ReplyContent, a Actor, now time.Time) error {
	if r.Reply == ReplyMoreInformation {
		return x.Ask(k, p, s, r.Text, a, now)
	}
	n, err := x.gate(k, p, s, a, ReplyIntroduction, now)
	if err != nil {
		return err
	}
	if err := x.check(n, &r); err != nil {
		return err
	}
	w := x.act(n, a, now)
	w.Reply, w.Reason, w.Text, w.Shared, w.Excluded = r.Reply, r.Reason, r.Text, r.Share, r.Exclude
	if r.Reply == ReplyDeclined {
		x.Status, x.Ended = IntroductionDeclined, stamp(now)
		p.Status, p.Ended = Declined, &Ending{Side: w.Side, Participant: w.Participant, By: a.ID, Time: stamp(now)}
	} else {
		p.noteInterest(w.Asked, a, now)
		x.meet(p)
	}
	x.touch(now)
	p.touch(now)
	return nil
}

// act begins an act of somebody who is asked: the links that are out die.
func (x *Introduction) act(n int, a Actor, now time.Time) *AskedSide {
	x.Asked = slices.Clone(x.Asked)
	w := &x.Asked[n]
	w.Acts++
	w.By, w.Time = a.ID, stamp(now)
	return w
}

// Alternate says how near a proposal is to being introduced in place of another
// for the same need, the nearest first; false when it is not on its way.
func (p *Proposal) Alternate() (place int, ok bool) {
	place = slices.Index([]ProposalStatus{Endorsed, Recommended, InReview, Proposed, ReturnedProposal}, p.Status)
	return place, place >= 0
}

// check holds an answer against the rules.
func (x *Introduction) check(n int, r *ReplyContent) error {
	r.Text = strings.TrimSpace(r.Text)
	m := checkShape(r)
	switch r.Reply {
	case ReplyInterested:
		if x.Asked[n].Reply == ReplyInterested {
			return refused("introduction", string(ReplyIntroduction), string(x.Status))
		}
		if r.Reason != "" || r.Share || len(r.Exclude) > 0 {
			m.add("reason", "error.invalid.only_declining")
		}
	case ReplyDeclined:
		if !slices.Contains(ReplyReasons(), r.Reason) {
			m.add("reason", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(ReplyReasons())))
		}
		for i, excluded := range r.Exclude {
			if !slices.ContainsFunc(x.Asked, func(a AskedSide) bool { return a.Side != x.Asked[n].Side && a.Participant == excluded }) {
				m.add("exclude["+strconv.Itoa(i)+"]", "error.invalid.other_side", value(string(excluded)))
			}
		}
	default:
		m.add("reply", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText([]Reply{ReplyInterested, ReplyMoreInformation, ReplyDeclined})))
	}
	return m.err()
}

// noteInterest notes on the proposal that a side wants to talk.
func (p *Proposal) noteInterest(asked Asked, a Actor, now time.Time) {
	if !slices.ContainsFunc(p.Interests, func(i Interest) bool { return i.Side == asked.Side && i.Participant == asked.Participant }) {
		p.Interests = append(slices.Clip(p.Interests), Interest{Side: asked.Side, Participant: asked.Participant, By: a.ID, Time: stamp(now)})
	}
}

// Interested notes that one of those who are asked wants to talk because it did
// what only who wants to talk does: it proposes terms, or accepts them. It
// changes the proposal too, and reports whether it changed anything.
func (x *Introduction) Interested(p *Proposal, side Side, whose Participant, a Actor, now time.Time) (changed bool) {
	if n := x.of(Asked{side, whose}); n < 0 || !x.Standing() || p.Introduction != x.ID {
		return false
	}
	p.noteInterest(Asked{side, whose}, a, now)
	if !x.TakeInterests(p, now) {
		return false
	}
	p.touch(now)
	return true
}

// Ask asks the other side something. The first question of somebody who has not
// answered yet stops its clock until it has an answer, for a month at most.
func (x *Introduction) Ask(k *Timekeeper, p *Proposal, s *Sides, text string, a Actor, now time.Time) error {
	n, err := x.gate(k, p, s, a, AskIntroduction, now)
	if err != nil {
		return err
	}
	q := SideQuestion{Asked: x.Asked[n].Asked, Text: strings.TrimSpace(text), By: a.ID, Time: stamp(now)}
	m := checkShape(&struct {
		Text string `json:"text" validate:"required,max=4000"`
	}{q.Text})
	if err := m.err(); err != nil {
		return err
	}
	if len(x.Questions) >= mostQuestions {
		return Refuse(TooLarge, "error.too_large.questions", message.Int("max", mostQuestions))
	}
	q.Stops = x.Under() && x.Asked[n].Reply == "" && x.pauseOf(q.Asked) == nil
	x.act(n, a, now)
	x.Questions = append(slices.Clip(x.Questions), q)
	x.touch(now)
	return nil
}

// Respond answers a question of the other side, counted from 1. The clock that
// it has stopped goes on.
func (x *Introduction) Respond(k *Timekeeper, p *Proposal, s *Sides, question int, text string, a Actor, now time.Time) error {
	n, err := x.gate(k, p, s, a, AnswerIntroduction, now)
	if err != nil {
		return err
	}
	if question < 1 || question > len(x.Questions) || x.Questions[question-1].Side == x.Asked[n].Side {
		m := mistakes{}
		m.add("question", "error.invalid.question")
		return m.err()
	}
	text = strings.TrimSpace(text)
	m := checkShape(&struct {
		Text string `json:"text" validate:"required,max=4000"`
	}{text})
	if err := m.err(); err != nil {
		return err
	}
	x.Questions = slices.Clone(x.Questions)
	q := &x.Questions[question-1]
	if len(q.Answers) >= mostAnswers {
		return Refuse(TooLarge, "error.too_large.questions", message.Int("max", mostAnswers))
	}
	q.Answers = append(slices.Clip(q.Answers), QuestionAnswer{Asked: x.Asked[n].Asked, Text: text, By: a.ID, Time: stamp(now)})
	if q.Stops && q.Resumed.IsZero() {
		q.Resumed = stamp(now)
	}
	x.touch(now)
	return nil
}

// gate lets those through who are asked, as long as both sides are brought
// together, and says whose act it is. After a clock has run out nothing is
// decided until the platform has done what follows.
func (x *Introduction) gate(k *Timekeeper, p *Proposal, s *Sides, a Actor, action Action, now time.Time) (int, error) {
	if !SeesIntroduction(a, k, x, s).Any() {
		return 0, absent()
	}
	n, may := MayIntroduction(a, action, x)
	if err := authorise(may); err != nil {
		return 0, err
	}
	if !x.Standing() || p.Introduction != x.ID || p.Status != Introduced && p.Status != InTalks {
		return 0, refused("introduction", string(action), string(x.Status))
	}
	if x.Over(k, now) {
		return 0, Refuse(State, "error.state.introduction.over")
	}
	return n, nil
}

// Elapse does what follows when clocks have run out: one that a question has
// stopped goes on, and who has not answered in time ends the introduction and its
// proposal. Only the clock does it. It reports whether anything follows.
func (x *Introduction) Elapse(k *Timekeeper, p *Proposal, a Actor, now time.Time) (changed bool, err error) {
	if err := authorise(a.system); err != nil {
		return false, err
	}
	for x.Under() {
		clocks := x.Clocks(k)
		i := slices.IndexFunc(clocks, func(c Clock) bool { return c.Kind == AnswerClock && c.Over(now) })
		if i < 0 {
			changed = x.expire(clocks, p, now) || changed
			break
		}
		x.resume(clocks[i].Due)
		changed = true
	}
	if changed {
		x.touch(now)
	}
	return changed, nil
}

// resume lets a clock go on at the moment at which the answer was due.
func (x *Introduction) resume(due time.Time) {
	x.Questions = slices.Clone(x.Questions)
	for i := range x.Questions {
		if q := &x.Questions[i]; q.Stops && q.Resumed.IsZero() {
			q.Resumed, q.Unheard = stamp(due), true
			return
		}
	}
}

// expire ends an introduction whose clock has run out. Whoever has not answered
// by then has not answered in time.
func (x *Introduction) expire(clocks []Clock, p *Proposal, now time.Time) bool {
	over := slices.ContainsFunc(clocks, func(c Clock) bool { return c.Kind == ReplyClock && c.Over(now) })
	if !over {
		return false
	}
	end := &Ending{Time: stamp(now)}
	x.Asked = slices.Clone(x.Asked)
	silent := 0
	for i := range x.Asked {
		w := &x.Asked[i]
		if w.Reply != "" || !slices.ContainsFunc(clocks, func(c Clock) bool { return c.ID == x.clockID(w.Asked) && c.Over(now) }) {
			continue
		}
		w.Reason, w.Time = ReasonNoAnswer, stamp(now)
		if silent++; silent == 1 {
			end.Side, end.Participant = w.Side, w.Participant
		} else {
			end.Side, end.Participant = "", ""
		}
	}
	x.Status, x.Ended = IntroductionExpired, stamp(now)
	if p.Introduction == x.ID && p.Status == Introduced {
		p.Status, p.Ended = ExpiredProposal, end
		p.touch(now)
	}
	return true
}

// Close ends an introduction because the need or an offer has ended.
func (x *Introduction) Close(now time.Time) (changed bool) {
	if !x.Standing() {
		return false
	}
	x.Status, x.Ended = IntroductionEnded, stamp(now)
	x.touch(now)
	return true
}

// mostExcluded bounds whom a posting excludes.
const mostExcluded = 100

// Exclude notes on a posting whom its side does not want to be proposed again.
// It is as confidential as what the side wrote itself.
func (n *Need) Exclude(whom []Participant, now time.Time) error {
	excluded, err := alsoExcluded(n.Excluded, whom)
	if err != nil {
		return err
	}
	n.Excluded = excluded
	n.Preferred = slices.DeleteFunc(slices.Clone(n.Preferred), func(p Participant) bool { return slices.Contains(excluded, p) })
	n.touch(now)
	return nil
}

// Exclude is Need.Exclude for an offer.
func (o *Offer) Exclude(whom []Participant, now time.Time) error {
	excluded, err := alsoExcluded(o.Excluded, whom)
	if err == nil {
		o.Excluded = excluded
		o.touch(now)
	}
	return err
}

func alsoExcluded(before, more []Participant) ([]Participant, error) {
	out := slices.Clone(before)
	for _, p := range more {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if len(out) > mostExcluded {
		var m mistakes
		m.add("exclude", "error.invalid.too_many", message.Int("max", mostExcluded))
		return nil, m.err()
	}
	return out, nil
}

// Unheard are those whose clock has gone on between two versions of an
// introduction because nobody has answered their question in time.
func Unheard(before, x *Introduction) (out []Asked) {
	for i, q := range x.Questions {
		if q.Unheard && (i >= len(before.Questions) || !before.Questions[i].Unheard) {
			out = append(out, q.Asked)
		}
	}
	return out
}

// IntroductionEvent names what happened to an introduction between two versions
// of it: what it has come to, or a question, an answer or a reply; "resumed" when
// a clock went on by itself.
func IntroductionEvent(before, x *Introduction) string {
	answers := func(of *Introduction) (n int) {
		for _, q := range of.Questions {
			n += len(q.Answers)
		}
		return n
	}
	switch {
	case before.Status != x.Status:
		return string(x.Status)
	case len(x.Questions) > len(before.Questions):
		return "question"
	case answers(x) > answers(before):
		return "answer"
	case slices.ContainsFunc(x.Asked, func(w AskedSide) bool { n := before.of(w.Asked); return n >= 0 && before.Asked[n].Reply != w.Reply }):
		return "replied"
	}
	return "resumed"
}
