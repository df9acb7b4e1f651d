package cooperation

import "slices"

// MayGive decides whether the actor may give the role to somebody, and take it
// back: the administrator every one; the secretariat those of its convention;
// an approver those that draft and provide for the same State or organisation.
// Who approves for a State, sits on a committee or runs a convention is not
// for States to enter: they tell the secretariat.
func MayGive(a Actor, g Grant) bool {
	switch {
	case a.ReadOnly:
		return false
	case a.Administers():
		return true
	case g.Role == Administrator || g.Convention == "":
		return false
	case a.Has(g.Convention, Secretariat):
		return true
	}
	return (g.Role == FocalPoint || g.Role == ProviderRole) && g.Participant != "" && a.For(g.Convention, g.Participant, Approver)
}

// mayGiveAll reports whether every one of the roles is the actor's to give,
// and there is one.
func mayGiveAll(a Actor, grants []Grant) bool {
	return len(grants) > 0 && !slices.ContainsFunc(grants, func(g Grant) bool { return !MayGive(a, g) })
}

// MayInvite decides whether the actor may invite somebody to the roles. The
// administrator may invite to none, and see to them later.
func MayInvite(a Actor, grants []Grant) bool {
	return mayGiveAll(a, grants) || len(grants) == 0 && a.Administers() && !a.ReadOnly
}

// MayManage decides whether the actor may change the account itself: name,
// address, whether it is disabled. Whoever changes an address can take the
// account over, so this is for who is above every role that the person holds:
// the administrator, and the secretariat of all conventions concerned.
func MayManage(a Actor, u *User) bool {
	return !a.ReadOnly && !u.Erased && (a.Administers() || runsAll(a, u))
}

// MayReinvite decides whether the actor may send the invitation again, or take
// it back: who may manage the account, and who could have sent it.
func MayReinvite(a Actor, u *User) bool {
	return u.Waiting() && !u.Erased && (MayManage(a, u) || mayGiveAll(a, u.Grants))
}

// MaySendLink decides whether the actor may have a one-time link, to sign in or
// to choose another password, sent to the person's own address: administrators,
// and the secretariat of a convention in which the person holds a role. Nobody
// but the person sees it, so that it gives the actor nothing. Whoever has not
// accepted an invitation is invited again instead.
func MaySendLink(a Actor, u *User) bool {
	if a.ReadOnly || u.Erased || u.Disabled || u.Service || u.Waiting() || u.Mail == "" {
		return false
	}
	return a.Administers() || slices.ContainsFunc(u.Grants, func(g Grant) bool { return g.Convention != "" && a.Has(g.Convention, Secretariat) })
}

// MayRename decides whether the actor may change name and language.
func MayRename(a Actor, u *User) bool {
	return MayManage(a, u) || a.is(u) && !a.ReadOnly && !u.Erased
}

// MayErase decides whether the actor may have the person forgotten: each
// oneself, and the administrator.
func MayErase(a Actor, u *User) bool {
	return !a.ReadOnly && (a.Administers() || a.is(u))
}

// MayExport decides whether the actor may take a copy of everything that is
// kept of the person: each of oneself, and the operator.
func MayExport(a Actor, u *User) bool { return a.system || a.is(u) }

// MaySeeTokens decides whether the actor may see which tokens of the user there
// are: each one's own, the administrator and, for the programs of its
// conventions, the secretariat.
func MaySeeTokens(a Actor, u *User) bool {
	return a.is(u) || a.Administers() || u.Service && runsAll(a, u)
}

// MayHoldTokens decides whether the actor may make and revoke them.
func MayHoldTokens(a Actor, u *User) bool { return !a.ReadOnly && MaySeeTokens(a, u) }

// MayListPeople decides whether the actor may list the people of a convention
// at all. Whom the list shows is for SeesUser.
func MayListPeople(a Actor, convention string) bool {
	return a.Administers() || convention != "" && a.Within(convention)
}

func (a Actor) is(u *User) bool { return a.ID != "" && a.ID == u.ID }

// runsAll reports whether the actor is the secretariat of every convention in
// which the user holds a role, and of one at least.
func runsAll(a Actor, u *User) bool {
	for _, g := range u.Grants {
		if g.Role == Administrator || !a.Has(g.Convention, Secretariat) {
			return false
		}
	}
	return len(u.Grants) > 0
}

// SeesGrant decides whether the actor sees that somebody holds the role: who
// runs the installation or the convention, those who act for the same State or
// organisation, and those who sit on the same committee.
func SeesGrant(a Actor, g Grant) bool {
	return a.Administers() || a.Has(g.Convention, Secretariat) || a.colleague(g) || a.sitsOn(g.Convention, g.Committee)
}

// colleague reports whether the role is held for a State or organisation for
// which the actor acts too.
func (a Actor) colleague(g Grant) bool {
	return g.Participant != "" && a.For(g.Convention, g.Participant, FocalPoint, Approver, ProviderRole)
}

// Shown is a copy of the account with what the actor may see of it; nil when
// the person does not exist for the actor. Each sees oneself; of others one
// sees the roles that SeesGrant allows, the name with any of them, and the
// address where one runs the convention or acts for the same State.
func (u *User) Shown(a Actor) *User {
	if u.Erased {
		return nil
	}
	shown := *u
	shown.Epoch, shown.Invitation = 0, ""
	if a.is(u) || a.Administers() {
		shown.Grants = slices.Clone(u.Grants)
		return &shown
	}
	shown.Grants = nil
	mail := false
	for _, g := range u.Grants {
		if SeesGrant(a, g) {
			shown.Grants = append(shown.Grants, g)
			mail = mail || a.Has(g.Convention, Secretariat) || a.colleague(g)
		}
	}
	if len(shown.Grants) == 0 || !mail && (u.Disabled || u.Waiting()) {
		return nil
	}
	if !mail {
		shown.Mail = ""
	}
	return &shown
}
