package cooperation

import (
	"slices"

	"entente/message"
	"entente/reference"
)

// The actions on reviews. Return and Withdraw are those of postings too.
const (
	OpenReview        Action = "open"
	CommentReview     Action = "comment"
	ObjectReview      Action = "object"
	WithdrawObjection Action = "withdraw_objection"
	ModifyReview      Action = "modify"
	AnswerReview      Action = "answer"
	ReturnReview      Action = "return"
	AdviseReview      Action = "advise"
	NoteReview        Action = "note"
	DeclareReview     Action = "declare"
)

// ReviewActions lists the actions on reviews.
func ReviewActions() []Action {
	return []Action{OpenReview, CommentReview, ObjectReview, WithdrawObjection, ModifyReview, AnswerReview, ReturnReview, AdviseReview, NoteReview, DeclareReview}
}

// MemberFor is the State for which the actor sits on the committee on the day.
// On a body without terms it is the State for which the role is held.
func MemberFor(a Actor, convention string, b *Committee, day Date) (reference.Country, bool) {
	for _, g := range a.Grants {
		country, state := g.Participant.State()
		if g.Convention == convention && g.Role == CommitteeMember && g.Committee == b.ID && state && (b.Kind != StandingCommittee || b.MemberOn(country, day)) {
			return country, true
		}
	}
	return 0, false
}

// Presides reports whether the actor sits on the committee for the State that
// presides on the day; who is recused does not.
func Presides(a Actor, convention string, b *Committee, day Date, recused func(reference.Country) bool) bool {
	country, _, ok := b.PresidingOn(day, recused)
	return ok && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == convention && g.Role == CommitteeMember && g.Committee == b.ID && string(g.Participant) == country.Alpha2()
	})
}

// ObserverOf is the State or organisation for which the actor is invited to the
// work of the committee on the day, or sits on a body that is informed.
func ObserverOf(a Actor, r *Review, b *Committee, day Date) (Participant, bool) {
	for _, g := range a.Grants {
		switch {
		case g.Convention != r.Convention:
		case g.Role == CommitteeMember && slices.Contains(r.Informed, g.Committee):
			return g.Participant, true
		case g.Role == ObserverRole && g.Participant != "" && b.InvitedOn(g.Participant, day):
			return g.Participant, true
		}
	}
	return "", false
}

// MayReview decides whether the actor may do the action to a review on the day,
// or to the proposals of which one is to be made. What is not allowed here is
// denied, with the rule that denies it.
func MayReview(a Actor, action Action, r *Review, b *Committee, day Date) error {
	if a.ReadOnly {
		return authorise(false)
	}
	country, member := MemberFor(a, r.Convention, b, day)
	switch action {
	case OpenReview, ModifyReview, ReturnReview:
		if !Presides(a, r.Convention, b, day, r.Recused) {
			return r.presided(b, day, member)
		}
		return nil
	case ObjectReview, WithdrawObjection:
		if member && r.Recused(country) {
			return Refuse(Forbidden, "error.forbidden.member_recused", message.Of(message.Country, "country", country.Alpha2()), message.Of(message.Text, "rule", b.rule()))
		}
		return authorise(member)
	case DeclareReview, NoteReview:
		return authorise(member)
	case CommentReview:
		_, observer := ObserverOf(a, r, b, day)
		return authorise(member || observer)
	case AdviseReview:
		adviser, named := b.AdviserOn(day)
		if member && named && adviser != country || member && !named {
			return Refuse(Forbidden, "error.forbidden.adviser", message.Of(message.Text, "rule", b.rule()))
		}
		return authorise(member)
	case AnswerReview:
		return authorise(len(r.askedOf(a)) > 0)
	}
	return authorise(false)
}

// presided says to a member who presides.
func (r *Review) presided(b *Committee, day Date, member bool) error {
	country, _, ok := b.PresidingOn(day, r.Recused)
	if !member || !ok {
		return authorise(false)
	}
	return Refuse(Forbidden, "error.forbidden.chair", message.Of(message.Country, "country", country.Alpha2()), message.Of(message.Text, "rule", b.rule()))
}

// sideOf is the side of whose people the actor is one.
func (r *Review) sideOf(a Actor) (Side, bool) {
	if slices.ContainsFunc(r.Beneficiaries, func(p Participant) bool { return a.For(r.Convention, p, FocalPoint, Approver) }) {
		return NeedSide, true
	}
	return OfferSide, slices.ContainsFunc(r.Providers, func(p Participant) bool { return a.For(r.Convention, p, ProviderRole, Approver) })
}

// askedOf are those for whom the actor may answer to the modification that is
// pending.
func (r *Review) askedOf(a Actor) (out []Asked) {
	m, pending := r.Pending()
	if !pending {
		return nil
	}
	for _, asked := range m.Asked {
		roles := []Role{FocalPoint, Approver}
		if asked.Side == OfferSide {
			roles = []Role{ProviderRole, Approver}
		}
		if a.For(r.Convention, asked.Participant, roles...) {
			out = append(out, asked)
		}
	}
	return out
}

// rule is where the composition of the committee is laid down.
func (b *Committee) rule() string {
	if b.Composition.Source != "" {
		return b.Composition.Source
	}
	return b.Mandate.Source
}

// SeesReview says what the actor sees of a review: all of it, its members and
// the facilitator; what concerns both sides, these; what is said openly, those
// who are invited.
func SeesReview(a Actor, r *Review, b *Committee, day Date) Sight {
	if a.system || a.Has(r.Convention, Secretariat) {
		return SeesAll
	}
	if a.sitsOn(r.Convention, r.Committee) {
		return SeesCommittee
	}
	if _, side := r.sideOf(a); side {
		return SeesShared
	}
	if _, observer := ObserverOf(a, r, b, day); observer {
		return SeesPublic
	}
	return SeesNothing
}

// May reports whether the actor may do the action on the day, the step of the
// review allows it, and there is still something to do.
func (r *Review) May(action Action, a Actor, b *Committee, day Date) bool {
	if !slices.Contains(stepsOf(action), r.Status) || MayReview(a, action, r, b, day) != nil {
		return false
	}
	country, _ := MemberFor(a, r.Convention, b, day)
	objects := slices.ContainsFunc(r.Standing(), func(o Objection) bool { return o.Country == country })
	switch action {
	case ObjectReview:
		return !objects
	case WithdrawObjection:
		return objects
	case DeclareReview:
		return !r.Recused(country)
	case AnswerReview:
		m, _ := r.Pending()
		return slices.ContainsFunc(r.askedOf(a), func(asked Asked) bool { return !m.answered(asked) })
	}
	return true
}

// stepsOf are the steps of a review in which an action is allowed.
func stepsOf(action Action) []ReviewStatus {
	switch action {
	case ObjectReview:
		return []ReviewStatus{ReviewOpen, ReviewObjected, ReviewModifying}
	case WithdrawObjection:
		return []ReviewStatus{ReviewObjected, ReviewModifying, ReviewWaiting}
	case ModifyReview:
		return []ReviewStatus{ReviewOpen, ReviewObjected}
	case AnswerReview:
		return []ReviewStatus{ReviewModifying, ReviewWaiting}
	case CommentReview, ReturnReview, AdviseReview, NoteReview, DeclareReview:
		return []ReviewStatus{ReviewOpen, ReviewObjected, ReviewModifying, ReviewWaiting}
	}
	return nil
}

// HasDeclared reports whether a State has declared an interest.
func (r *Review) HasDeclared(country reference.Country) bool {
	return slices.ContainsFunc(r.Declared, func(d Declared) bool { return d.Country == country })
}
