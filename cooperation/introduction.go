package cooperation

import (
	"slices"
	"strconv"
	"time"
)

// IntroductionStatus is a step of the life of an introduction.
type IntroductionStatus string

// The life of an introduction: asked → interested, declined or expired; also
// ended.
const (
	IntroductionAsked      IntroductionStatus = "asked"      // somebody has still to answer
	IntroductionInterested IntroductionStatus = "interested" // all want to talk, and do
	IntroductionDeclined   IntroductionStatus = "declined"
	IntroductionExpired    IntroductionStatus = "expired" // somebody has not answered in time
	IntroductionEnded      IntroductionStatus = "ended"   // the need or an offer has ended
)

// IntroductionStatuses lists the steps in order.
func IntroductionStatuses() []IntroductionStatus {
	return []IntroductionStatus{IntroductionAsked, IntroductionInterested, IntroductionDeclined, IntroductionExpired, IntroductionEnded}
}

// Reply is what somebody who is asked says.
type Reply string

// The replies. That more information is wanted is no answer yet: it is a
// question, and stops the clock of whoever asks it once.
const (
	ReplyInterested      Reply = "interested"
	ReplyDeclined        Reply = "declined"
	ReplyMoreInformation Reply = "more_information"
)

// ReasonNoAnswer is the reason of who did not answer in time. Only the platform
// gives it.
const ReasonNoAnswer Reason = "no_answer"

// ReplyReasons lists the reasons that somebody who declines may give.
func ReplyReasons() []Reason {
	return slices.DeleteFunc(Reasons(), func(r Reason) bool { return r == ReasonNoAnswer })
}

// The limits of what is asked in one introduction.
const (
	mostQuestions = 30
	mostAnswers   = 20 // to one question
)

// AnswerMonths are the months for which a question stops a reply clock at most.
const AnswerMonths = 1

// Introduction brings the sides of a proposal together: they get each other's
// contact, and each of them is asked whether it wants to talk. A proposal that
// is introduced again has another.
type Introduction struct {
	Meta
	Proposal  string             `json:"proposal"`
	Round     int                `json:"round"` // which introduction of the proposal it is, from 1
	Need      string             `json:"need"`
	Offers    []string           `json:"offers"`
	Committee string             `json:"committee,omitempty"` // responsible for the proposal
	By        IntroducedBy       `json:"by"`
	Status    IntroductionStatus `json:"status"`
	Asked     []AskedSide        `json:"asked"`
	Questions []SideQuestion     `json:"questions,omitempty"`
	Ended     time.Time          `json:"ended,omitzero"`    // when it was declined, expired or ended
	Stopped   *Remark            `json:"stopped,omitempty"` // by which whoever facilitates has ended the talks
}

// AskedSide is somebody who is asked whether it wants to talk: the State that
// leads the need, and every provider.
type AskedSide struct {
	Asked
	Reply    Reply         `json:"reply,omitempty"`  // interested or declined; none as long as it has not answered
	Reason   Reason        `json:"reason,omitempty"` // for declining, or no_answer: confidential
	Text     string        `json:"text,omitempty" validate:"max=2000"`
	Shared   bool          `json:"shared,omitempty"`   // reason and text are told to the other side
	Excluded []Participant `json:"excluded,omitempty"` // whom it does not want to be proposed again
	Acts     int           `json:"acts,omitempty"`     // how often it has acted: a link is good until it does
	By       string        `json:"by,omitempty"`
	Time     time.Time     `json:"time,omitzero"`
}

// SideQuestion is what one side asks the other before it answers, or while both
// talk.
type SideQuestion struct {
	Asked
	Text    string           `json:"text" validate:"required,max=4000"`
	By      string           `json:"by,omitempty"`
	Time    time.Time        `json:"time"`
	Stops   bool             `json:"stops,omitempty"`   // it stops the clock of who asks
	Resumed time.Time        `json:"resumed,omitzero"`  // when that clock went on
	Unheard bool             `json:"unheard,omitempty"` // it went on without an answer
	Answers []QuestionAnswer `json:"answers,omitempty"`
}

// QuestionAnswer is what the other side says to a question.
type QuestionAnswer struct {
	Asked
	Text string    `json:"text" validate:"required,max=4000"`
	By   string    `json:"by,omitempty"`
	Time time.Time `json:"time"`
}

// IntroductionID is the id of an introduction of a proposal.
func IntroductionID(proposal string, round int) string {
	return DerivedID("introduction", proposal, strconv.Itoa(round))
}

// BeginIntroduction makes the introduction of a proposal that has just become
// introduced. Whoever has said that it wants to talk is not asked again.
func BeginIntroduction(p *Proposal, s *Sides, a Actor, now time.Time) *Introduction {
	p.Round++
	x := &Introduction{Meta: newMeta(IntroductionID(p.ID, p.Round), p.Convention, a, now), Proposal: p.ID, Round: p.Round, Need: p.Need,
		Offers: slices.Clone(p.Offers), Committee: p.Committee, By: p.IntroducedBy, Status: IntroductionAsked}
	p.Introduction = x.ID
	if s.Need != nil && len(s.Need.Beneficiaries) > 0 {
		x.ask(NeedSide, Participant(s.Need.Beneficiaries[0].Alpha2()))
	}
	for _, o := range s.Offers {
		x.ask(OfferSide, o.Provider)
	}
	x.takeInterests(p)
	return x
}

func (x *Introduction) ask(side Side, whose Participant) {
	asked := Asked{Side: side, Participant: whose}
	if x.of(asked) < 0 {
		x.Asked = append(x.Asked, AskedSide{Asked: asked})
	}
}

// of is the place of somebody who is asked; -1 when it is not.
func (x *Introduction) of(asked Asked) int {
	return slices.IndexFunc(x.Asked, func(a AskedSide) bool { return a.Asked == asked })
}

// TakeInterests notes as interested whoever has said so of the proposal, and
// lets both talk when all have. It reports whether that changes anything.
func (x *Introduction) TakeInterests(p *Proposal, now time.Time) (changed bool) {
	if changed = x.takeInterests(p); changed {
		x.touch(now)
	}
	return changed
}

func (x *Introduction) takeInterests(p *Proposal) (changed bool) {
	x.Asked = slices.Clone(x.Asked)
	for _, i := range p.Interests {
		if n := x.of(Asked{i.Side, i.Participant}); n >= 0 && x.Asked[n].Reply == "" {
			x.Asked[n].Reply, x.Asked[n].By, x.Asked[n].Time = ReplyInterested, i.By, i.Time
			x.Asked[n].Acts++
			changed = true
		}
	}
	return x.meet(p) || changed
}

// meet lets both sides talk once all want to.
func (x *Introduction) meet(p *Proposal) bool {
	if x.Status != IntroductionAsked || slices.ContainsFunc(x.Asked, func(a AskedSide) bool { return a.Reply != ReplyInterested }) {
		return false
	}
	x.Status = IntroductionInterested
	if p.Status == Introduced {
		p.Status = InTalks
	}
	return true
}

// Under reports whether somebody has still to answer.
func (x *Introduction) Under() bool { return x.Status == IntroductionAsked }

// Standing reports whether the two sides are brought together by it: they are
// asked, or talk.
func (x *Introduction) Standing() bool {
	return x.Status == IntroductionAsked || x.Status == IntroductionInterested
}
