package cooperation

import (
	"slices"
	"time"
)

// The actions on introductions, and the one that begins them.
const (
	IntroduceSides     Action = "introduce"
	ReplyIntroduction  Action = "reply"
	AskIntroduction    Action = "ask"
	AnswerIntroduction Action = "answer"
)

// IntroductionActions lists the actions on introductions.
func IntroductionActions() []Action {
	return []Action{ReplyIntroduction, AskIntroduction, AnswerIntroduction}
}

// MayIntroduction decides whether the actor may do the action to an
// introduction, and for whom of those who are asked: the first who has not
// answered. What is not allowed here is denied.
func MayIntroduction(a Actor, action Action, x *Introduction) (place int, may bool) {
	if a.ReadOnly || !slices.Contains(IntroductionActions(), action) {
		return 0, false
	}
	place = -1
	for i := range x.Asked {
		if w := &x.Asked[i]; ownerOf(w.Asked).Is(a, x.Convention) && (place < 0 || x.Asked[place].Reply != "" && w.Reply == "") {
			place = i
		}
	}
	return max(place, 0), place >= 0
}

// SeesIntroduction says what the actor sees of an introduction: all of it,
// whoever facilitates; what concerns both sides, these. To others, the members
// of the committee among them, there is none: what the sides say to each other
// is theirs.
func SeesIntroduction(a Actor, k *Timekeeper, x *Introduction, s *Sides) Sight {
	if k.Facilitates(a, x.Committee, s) {
		return SeesAll
	}
	if s.Need != nil && s.Need.heldBy(a, FocalPoint, Approver) || slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.heldBy(a, ProviderRole, Approver) }) {
		return SeesShared
	}
	if _, asked := MayIntroduction(Actor{Grants: a.Grants}, ReplyIntroduction, x); asked {
		return SeesShared // also after its posting has another side
	}
	return SeesNothing
}

// own reports whether what somebody who is asked says is the actor's own: it
// acts for it, or for who benefits or gives with it.
func (w *AskedSide) own(a Actor, convention string, s *Sides) bool {
	if ownerOf(w.Asked).Is(a, convention) {
		return true
	}
	if w.Side == NeedSide {
		return s.Need != nil && s.Need.heldBy(a, FocalPoint, Approver)
	}
	return slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.Provider == w.Participant && o.heldBy(a, ProviderRole, Approver) })
}

// Shown is the introduction as the actor may see it; nil when there is none for
// him. Why another side declined, that it was silent, and whom it has excluded
// are that side's own, and the facilitator's; persons are named to the
// secretariat.
func (x *Introduction) Shown(a Actor, k *Timekeeper, s *Sides) *Introduction {
	sight := SeesIntroduction(a, k, x, s)
	if !sight.Any() {
		return nil
	}
	c := *x
	office := a.system || a.Has(x.Convention, Secretariat)
	c.Asked, c.Questions = slices.Clone(x.Asked), slices.Clone(x.Questions)
	for i := range c.Asked {
		w := &c.Asked[i]
		if !office {
			w.By = ""
		}
		if sight == SeesAll || w.own(a, x.Convention, s) {
			continue
		}
		w.Excluded, w.Acts = nil, 0
		if w.Reason == ReasonNoAnswer {
			w.Reason, w.Time = "", time.Time{}
		}
		if !w.Shared {
			w.Reason, w.Text = "", ""
		}
	}
	for i := range c.Questions {
		q := &c.Questions[i]
		q.Answers = slices.Clone(q.Answers)
		if office {
			continue
		}
		q.By = ""
		for j := range q.Answers {
			q.Answers[j].By = ""
		}
	}
	if !office {
		c.CreatedBy = ""
	}
	if c.Stopped != nil && !office {
		told := *c.Stopped
		told.By, c.Stopped = "", &told
	}
	return &c
}

// GivenContact is whom one of the two sides can be written to.
type GivenContact struct {
	Asked
	Contact *Contact // as the posting says it; nil where it says none
}

// Contacts are the contacts of both sides, for these and for whoever
// facilitates, as long as the two are brought together.
func (x *Introduction) Contacts(a Actor, k *Timekeeper, p *Proposal, s *Sides) (out []GivenContact) {
	if !SeesIntroduction(a, k, x, s).Any() || p.Introduction != x.ID || !p.Met() || s.Need == nil {
		return nil
	}
	for _, w := range x.Asked {
		if w.Side == NeedSide {
			out = append(out, GivenContact{w.Asked, s.Need.FocalPoint})
			continue
		}
		for _, o := range s.Offers {
			if o.Provider == w.Participant {
				out = append(out, GivenContact{w.Asked, o.FocalPoint})
			}
		}
	}
	return out
}

// Owner are those who act for the side.
func (c *GivenContact) Owner() Owner { return ownerOf(c.Asked) }
