package cooperation

import (
	"slices"
	"strconv"
	"time"

	"entente/message"
)

// Role is what a person does for a convention.
type Role string

// The roles. The chair is not one: it follows from the committee's terms.
const (
	FocalPoint      Role = "focal_point"      // drafts needs and answers for a State
	Approver        Role = "approver"         // clears needs and offers for a State or organisation
	ProviderRole    Role = "provider"         // posts offers for a State or organisation
	CommitteeMember Role = "committee_member" // sits on a committee for a State
	Secretariat     Role = "secretariat"      // runs the convention
	ObserverRole    Role = "observer"         // reads what is public, comments when invited, never decides
	Administrator   Role = "administrator"    // runs the installation; sees no convention's confidential matter by that alone
)

// Roles lists all roles.
func Roles() []Role {
	return []Role{FocalPoint, Approver, ProviderRole, CommitteeMember, Secretariat, ObserverRole, Administrator}
}

// ForParticipant reports whether the role is held for a State or organisation.
func (r Role) ForParticipant() bool {
	return r == FocalPoint || r == Approver || r == ProviderRole || r == CommitteeMember
}

// Grant is one role of a person in one convention.
type Grant struct {
	Convention  string      `json:"convention,omitempty"` // empty for the administrator alone
	Role        Role        `json:"role"`
	Participant Participant `json:"participant,omitempty"` // the State or organisation it is held for
	Committee   string      `json:"committee,omitempty"`   // for committee members
}

// Sentence says the role, for whom it is held and where, to the one who holds
// it.
func (g Grant) Sentence() message.Message {
	if g.Role == Administrator {
		return message.New("grant.administrator")
	}
	convention := message.Of(message.Convention, "convention", g.Convention)
	if g.Participant == "" {
		return message.New("grant."+string(g.Role), convention)
	}
	key := "grant." + string(g.Role)
	if !g.Role.ForParticipant() {
		key += "_of"
	}
	return message.New(key, convention, message.Of(message.Party, "participant", string(g.Participant)))
}

// User is a person's account, kept apart from the conventions in the log of
// accounts. Documents name users by their opaque id only.
type User struct {
	Schema      int          `json:"schema"`
	ID          string       `json:"id"`
	Version     uint64       `json:"version"`
	Name        string       `json:"name" validate:"required,max=200"`
	Mail        string       `json:"mail,omitempty" validate:"omitempty,email,max=254"`
	Language    string       `json:"language" validate:"oneof=ar en es fr ru zh"`
	Grants      []Grant      `json:"grants" validate:"max=50"`
	Service     bool         `json:"service,omitempty"` // a program: it has tokens, and never signs in
	Disabled    bool         `json:"disabled,omitempty"`
	Erased      bool         `json:"erased,omitempty"`     // the person is forgotten: nothing but the id is left
	Epoch       uint64       `json:"epoch,omitempty"`      // raised when credentials change: sessions of another epoch are dead
	Invitation  string       `json:"invitation,omitempty"` // id of the one-time link that is out; every other is dead
	Invited     time.Time    `json:"invited,omitzero"`     // when last invited
	Activated   time.Time    `json:"activated,omitzero"`   // when the invitation was accepted
	Preferences *Preferences `json:"preferences,omitempty"`
	Bounce      *Bounce      `json:"bounce,omitempty"` // mails to the address come back
	Created     time.Time    `json:"created"`
	Updated     time.Time    `json:"updated,omitzero"`
}

// Waiting reports whether the person was invited and has not accepted yet.
// Nobody acts for such an account, and it is told of nothing but the
// invitation: the address may be a slip.
func (u *User) Waiting() bool { return !u.Invited.IsZero() && u.Activated.IsZero() }

// Actor is who acts: a user with grants, the public (the zero Actor), or the
// platform itself.
type Actor struct {
	ID       string
	Grants   []Grant
	ReadOnly bool
	Scopes   []string // what a token may be used for; nil when nothing limits the actor
	system   bool
}

// System is the platform acting by itself: clocks, runs, the notifier, and
// the operator at the command line.
func System(id string) Actor { return Actor{ID: "system:" + id, system: true} }

// ActorOf is a user as an actor. A disabled user is the public, and so is one
// who has not accepted the invitation.
func ActorOf(u *User, readOnly bool) Actor {
	if u == nil || u.Disabled || u.Erased || u.Waiting() {
		return Actor{}
	}
	return Actor{ID: u.ID, Grants: u.Grants, ReadOnly: readOnly}
}

// IsSystem reports whether the platform itself acts.
func (a Actor) IsSystem() bool { return a.system }

// IsPublic reports whether nobody is signed in.
func (a Actor) IsPublic() bool { return a.ID == "" }

// Has reports whether the actor holds one of the roles in the convention.
func (a Actor) Has(convention string, roles ...Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == convention && slices.Contains(roles, g.Role)
	})
}

// For reports whether the actor holds one of the roles in the convention for
// the participant.
func (a Actor) For(convention string, p Participant, roles ...Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == convention && g.Participant == p && slices.Contains(roles, g.Role)
	})
}

// Within reports whether the actor holds any role in the convention.
func (a Actor) Within(convention string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Convention == convention })
}

// sitsOn reports whether the actor is a member of the committee.
func (a Actor) sitsOn(convention, committee string) bool {
	return committee != "" && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == convention && g.Role == CommitteeMember && g.Committee == committee
	})
}

// Administers reports whether the actor runs the installation.
func (a Actor) Administers() bool {
	return a.system || slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == Administrator })
}

// Check holds an account against its rules. known says whether a convention,
// and a committee in it where one is named, exist.
func (u *User) Check(known func(convention, committee string) bool) error {
	m := checkShape(u)
	for i, g := range u.Grants {
		path := "grants[" + strconv.Itoa(i) + "]"
		switch {
		case !slices.Contains(Roles(), g.Role):
			m.add(path+".role", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(Roles())))
		case g.Role == Administrator && g.Convention == "":
		case g.Convention == "":
			m.add(path+".convention", "error.invalid.required")
		case !known(g.Convention, ""):
			m.add(path+".convention", "error.invalid.unknown_convention", message.Of(message.Text, "value", g.Convention))
		default:
			g.checkHolder(&m, path, known)
		}
	}
	return m.err()
}

// checkHolder holds a role within a convention that exists against the rules:
// for whom it is held, and on which committee. Both mistakes are told at once.
func (g Grant) checkHolder(m *mistakes, path string, known func(convention, committee string) bool) {
	switch {
	case !g.Role.ForParticipant():
	case g.Participant == "":
		m.add(path+".participant", "error.invalid.required")
	case !g.Participant.Valid():
		m.add(path+".participant", "error.invalid.unknown_holder", message.Of(message.Text, "value", string(g.Participant)))
	}
	switch {
	case g.Committee != "" && !known(g.Convention, g.Committee):
		m.add(path+".committee", "error.invalid.unknown_committee", message.Of(message.Text, "value", g.Committee))
	case g.Role == CommitteeMember && g.Committee == "":
		m.add(path+".committee", "error.invalid.required")
	}
}
