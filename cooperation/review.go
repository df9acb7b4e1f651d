package cooperation

import (
	"slices"
	"time"

	"entente/message"
	"entente/reference"
)

// ReviewStatus is a step of the life of a review.
type ReviewStatus string

// The life of a review. While it is open the silence runs; in the three steps
// after it, it is stopped; the others are its end.
const (
	ReviewOpen        ReviewStatus = "open"
	ReviewObjected    ReviewStatus = "objected"  // an objection stands
	ReviewModifying   ReviewStatus = "modifying" // both sides are asked whether they agree to a modification
	ReviewWaiting     ReviewStatus = "waiting"   // too few members are not recused
	ReviewEndorsed    ReviewStatus = "endorsed"
	ReviewRecommended ReviewStatus = "recommended" // by a body that advises
	ReviewReturned    ReviewStatus = "returned"
	ReviewWithdrawn   ReviewStatus = "withdrawn" // objections were not resolved in time; without prejudice
	ReviewEnded       ReviewStatus = "ended"     // nothing is left to review
)

// ReviewStatuses lists all steps in order.
func ReviewStatuses() []ReviewStatus {
	return []ReviewStatus{ReviewOpen, ReviewObjected, ReviewModifying, ReviewWaiting, ReviewEndorsed, ReviewRecommended, ReviewReturned, ReviewWithdrawn, ReviewEnded}
}

// Under reports whether the review is under way.
func (s ReviewStatus) Under() bool {
	return s == ReviewOpen || s == ReviewObjected || s == ReviewModifying || s == ReviewWaiting
}

// Review is a committee's look at one or several proposals, under a silence
// procedure: what nobody objects to is endorsed. It is advice: the sides may go
// ahead at any time.
type Review struct {
	Meta
	Committee     string        `json:"committee"`
	Informed      []string      `json:"informed,omitempty"` // bodies that see it and comment
	Proposals     []string      `json:"proposals"`          // those that are left
	Cases         []Case        `json:"cases"`              // what is before the members, as it was when the review was opened
	Beneficiaries []Participant `json:"beneficiaries"`      // all on the side of a need
	Providers     []Participant `json:"providers"`          // all on the side of an offer, co-providers included
	Status        ReviewStatus  `json:"status"`

	Opened    time.Time         `json:"opened"`
	OpenedFor reference.Country `json:"opened_for"`         // the State that presided
	Silences  []Silence         `json:"silences,omitempty"` // each with why it began; the last one counts
	Contested time.Time         `json:"contested,omitzero"` // since when objections stand; zero while none does
	Held      int               `json:"held,omitempty"`     // working days that earlier objections took
	Waiting   time.Time         `json:"waiting,omitzero"`   // since when too few members are not recused
	Completed time.Time         `json:"completed,omitzero"` // when it ended
	Returned  *Remark           `json:"returned,omitempty"` // why the chair returned it, for both sides

	Comments      []Comment      `json:"comments,omitempty"`
	Objections    []Objection    `json:"objections,omitempty"`
	Modifications []Modification `json:"modifications,omitempty"`
	Declared      []Declared     `json:"declared,omitempty"` // interests that members declared
	Notes         []Note         `json:"notes,omitempty"`
	Advice        *Advice        `json:"advice,omitempty"` // of the focal point for gender and diversity; nil: not yet given
}

// Case is a proposal as it stood when its review was opened: the versions of
// both sides' postings, which the log keeps, and the score with its reasons.
type Case struct {
	Proposal string       `json:"proposal"`
	Need     Frozen       `json:"need"`
	Offers   []Frozen     `json:"offers"`
	Score    int64        `json:"score"` // millionths of a point
	Holds    bool         `json:"holds"` // whether the pairing passed the filters
	Parts    []FrozenPart `json:"parts,omitempty"`
}

// Frozen names a version of a posting.
type Frozen struct {
	ID      string `json:"id"`
	Version uint64 `json:"version"`
}

// FrozenPart is a part of a score with its sentence.
type FrozenPart struct {
	Name   string          `json:"part"`
	Value  int64           `json:"value"`
	Weight int64           `json:"weight"`
	Points int64           `json:"points"`
	Why    message.Message `json:"why"`
}

// Silence is a time in which members may object.
type Silence struct {
	From    time.Time  `json:"from"`
	Days    int        `json:"days"` // working days
	Why     SilenceWhy `json:"why"`
	Stopped time.Time  `json:"stopped,omitzero"`
	Left    int        `json:"left,omitempty"` // working days when it was stopped
}

// SilenceWhy says why a silence began.
type SilenceWhy string

// Why a silence begins. What is before the members is the same after an
// objection was withdrawn: they get what was left. It is another text after a
// modification: they get the whole time.
const (
	SilenceOpened   SilenceWhy = "opened"
	SilenceResumed  SilenceWhy = "resumed"  // the last objection was withdrawn, or a modification was not agreed to: what was left
	SilenceModified SilenceWhy = "modified" // both sides agreed to a modification: a new one
	SilenceManned   SilenceWhy = "manned"   // enough members are not recused again: what was left
)

// SilenceWhys lists the reasons.
func SilenceWhys() []SilenceWhy {
	return []SilenceWhy{SilenceOpened, SilenceResumed, SilenceModified, SilenceManned}
}

// Comment is what a member, an observer or somebody of an informed body wrote.
type Comment struct {
	For      Participant `json:"for,omitempty"`      // the State or organisation for which it was written
	Recused  bool        `json:"recused,omitempty"`  // by a member that is recused
	Observer bool        `json:"observer,omitempty"` // by an observer, or a member of an informed body
	Text     string      `json:"text"`
	By       string      `json:"by"`
	Time     time.Time   `json:"time"`
}

// Objection is why a member does not agree.
type Objection struct {
	Country reference.Country `json:"country"`
	Text    string            `json:"text"`
	By      string            `json:"by"`
	Time    time.Time         `json:"time"`
	Ended   time.Time         `json:"ended,omitzero"`
	How     ObjectionEnd      `json:"how,omitempty"`
}

// ObjectionEnd says how an objection ended.
type ObjectionEnd string

// How an objection ends.
const (
	ObjectionWithdrawn ObjectionEnd = "withdrawn" // by the member
	ObjectionSettled   ObjectionEnd = "settled"   // the text was modified, and may be objected to anew
	ObjectionRecused   ObjectionEnd = "recused"   // the member declared an interest
)

// Modification is another text of the proposal, for both sides to agree to.
type Modification struct {
	Text    string    `json:"text"`
	By      string    `json:"by"`
	Time    time.Time `json:"time"`
	Asked   []Asked   `json:"asked"`
	Answers []Answer  `json:"answers,omitempty"`
	Ended   time.Time `json:"ended,omitzero"`
	Agreed  bool      `json:"agreed,omitempty"`
}

// Asked is somebody who is to answer to a modification.
type Asked struct {
	Side        Side        `json:"side"`
	Participant Participant `json:"participant"`
}

// Answer is what a side says to a modification. Every provider of a bundle
// answers.
type Answer struct {
	Asked
	Agreed bool      `json:"agreed"`
	By     string    `json:"by"`
	Time   time.Time `json:"time"`
}

// Declared is an interest that a member declared. It is recused from then on.
type Declared struct {
	Country reference.Country `json:"country"`
	Text    string            `json:"text,omitempty"`
	By      string            `json:"by"`
	Time    time.Time         `json:"time"`
}

// Note is what a member remarks on one part of the score, or on the whole.
type Note struct {
	Country   reference.Country `json:"country"`
	Proposal  string            `json:"proposal,omitempty"`
	Criterion string            `json:"criterion"` // a part of the score; empty: the whole
	Text      string            `json:"text"`
	By        string            `json:"by"`
	Time      time.Time         `json:"time"`
}

// Advice is what the focal point for gender and diversity says. It is no veto.
type Advice struct {
	Country reference.Country `json:"country"`
	Text    string            `json:"text"`
	By      string            `json:"by"`
	Time    time.Time         `json:"time"`
}

// Recused reports whether a member has no part in the decision: its own State is
// on one of the sides, co-providers included, or it declared an interest.
func (r *Review) Recused(country reference.Country) bool {
	return Recused(country, r.Beneficiaries...) || Recused(country, r.Providers...) || r.HasDeclared(country)
}

// Standing lists the objections that stand.
func (r *Review) Standing() []Objection {
	var out []Objection
	for _, o := range r.Objections {
		if o.Ended.IsZero() {
			out = append(out, o)
		}
	}
	return out
}

// Pending is the modification to which the sides are asked to agree.
func (r *Review) Pending() (*Modification, bool) {
	if n := len(r.Modifications); n > 0 && r.Modifications[n-1].Ended.IsZero() {
		return &r.Modifications[n-1], true
	}
	return nil, false
}

// Text is what both sides agreed to last; empty where nothing was modified.
func (r *Review) Text() string {
	for _, m := range slices.Backward(r.Modifications) {
		if m.Agreed {
			return m.Text
		}
	}
	return ""
}

// silence is the one that counts.
func (r *Review) silence() *Silence {
	if len(r.Silences) == 0 {
		return nil
	}
	return &r.Silences[len(r.Silences)-1]
}
