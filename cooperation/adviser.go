package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// Adviser is the member that a committee has designated to advise it on gender
// and on the diverse needs of people, for a time.
type Adviser struct {
	Country reference.Country `json:"country"`
	From    Date              `json:"from"`
	Until   Date              `json:"until"` // the last day
}

// On reports whether the designation runs on the day.
func (a Adviser) On(day Date) bool { return !day.Before(a.From) && !a.Until.Before(day) }

// AdviserOn is the focal point for gender and diversity of the day: the member
// that is designated or, where none is, the longest-serving of those that were
// named in that role.
func (b *Committee) AdviserOn(day Date) (reference.Country, bool) {
	for _, a := range b.Advisers {
		if a.On(day) && b.MemberOn(a.Country, day) {
			return a.Country, true
		}
	}
	for _, t := range b.MembersOn(day) {
		if t.Has(SeatGender) {
			return t.Country, true
		}
	}
	return 0, false
}

// NameAdviser designates a member as the focal point for gender and diversity.
func (n *Naming) NameAdviser(c *Convention, b *Committee, a Adviser, actor Actor, now time.Time) error {
	return n.record(b, actor, now, func(m *mistakes) {
		if !b.Composition.GenderFocalPoint {
			m.add("country", "error.invalid.no_adviser")
			return
		}
		checkLimit(m, len(n.Advisers)+1)
		c.checkHolding(m, "", a.Country, a.From, a.Until)
		for _, other := range n.Advisers {
			if overlap(other.From, other.Until, a.From, a.Until) {
				m.add("from", "error.invalid.term_overlap", message.Of(message.Date, "from", other.From.String()), message.Of(message.Date, "until", other.Until.String()))
			}
		}
		if len(*m) == 0 && !serves(n.Members, a.Country, a.From, a.Until) {
			b.cite(m, a.From, breach{"country", ruleAdviserMember, []message.Arg{message.Of(message.Country, "country", a.Country.Alpha2())}})
		}
		n.Advisers = append(slices.Clip(n.Advisers), a)
	})
}

// RemoveAdviser takes a designation out, counted from 1.
func (n *Naming) RemoveAdviser(b *Committee, at int, actor Actor, now time.Time) error {
	if at < 1 || at > len(n.Advisers) {
		return absent()
	}
	return n.record(b, actor, now, func(*mistakes) { n.Advisers = slices.Delete(slices.Clone(n.Advisers), at-1, at) })
}

// Invitation is an observer that is invited for a term, or for one meeting. It
// may be an organisation or a State. It comments and never decides.
type Invitation struct {
	Participant Participant `json:"participant"`
	Name        Names       `json:"name,omitempty"` // of an organisation
	From        Date        `json:"from"`
	Until       Date        `json:"until"`             // the last day
	Meeting     string      `json:"meeting,omitempty"` // which meeting it is for; none named = for the whole time
}

// On reports whether the invitation holds on the day.
func (i Invitation) On(day Date) bool { return !day.Before(i.From) && !i.Until.Before(day) }

// InvitedOn reports whether a State or organisation is invited to the work of
// the committee on the day, as a standing observer or for a time.
func (b *Committee) InvitedOn(p Participant, day Date) bool {
	return slices.ContainsFunc(b.Observers, func(o Observer) bool { return o.ID == p }) ||
		slices.ContainsFunc(b.Invitations, func(i Invitation) bool { return i.Participant == p && i.On(day) })
}

// Invite invites an observer for a term, or for a meeting where the profile
// provides for that.
func (n *Naming) Invite(c *Convention, b *Committee, i Invitation, actor Actor, now time.Time) error {
	return n.record(b, actor, now, func(m *mistakes) {
		checkLimit(m, len(n.Invitations)+1)
		i.Meeting, i.Name = strings.TrimSpace(i.Meeting), nil
		*m = append(*m, checkShape(&meetingName{i.Meeting})...)
		c.checkPeriod(m, "", i.From, i.Until)
		n.checkInvited(m, c, b, &i)
		n.Invitations = append(slices.Clip(n.Invitations), i)
	})
}

// meetingName is what the name of a meeting is held against.
type meetingName struct {
	Meeting string `json:"meeting" validate:"max=200"`
}

func (n *Naming) checkInvited(m *mistakes, c *Convention, b *Committee, i *Invitation) {
	if i.Meeting != "" && !b.Composition.ObserversByMeeting {
		b.cite(m, i.From, breach{"meeting", ruleObservers, nil})
	}
	country, state := i.Participant.State()
	organisation, known := c.Organisation(i.Participant)
	switch {
	case i.Participant == "":
		m.add("participant", "error.invalid.required")
	case state && slices.ContainsFunc(n.Members, func(t Term) bool { return t.Country == country && overlap(t.From, t.Until, i.From, i.Until) }):
		m.add("participant", "error.invalid.invited_member", message.Of(message.Country, "country", country.Alpha2()))
	case state:
	case known && organisation.Known():
		i.Name = organisation.invitedAs()
	default:
		m.add("participant", "error.invalid.unknown_organisation", value(string(i.Participant)))
	}
}

// RemoveInvitation takes an invitation back, counted from 1.
func (n *Naming) RemoveInvitation(b *Committee, at int, actor Actor, now time.Time) error {
	if at < 1 || at > len(n.Invitations) {
		return absent()
	}
	return n.record(b, actor, now, func(*mistakes) { n.Invitations = slices.Delete(slices.Clone(n.Invitations), at-1, at) })
}
