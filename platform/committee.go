package platform

import (
	"context"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// CommitteeIn is a body of a convention as it is named, with the version of
// what is named: 1 is the profile's.
type CommitteeIn struct {
	Convention *cooperation.Convention
	cooperation.Committee
	Version uint64
	Changed time.Time // when somebody was last named; zero for the profile's
}

// Committee returns a body of a convention.
func (p *Platform) Committee(convention, id string) (*CommitteeIn, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	c := r.convention()
	b, ok := c.Committee(id)
	if !ok {
		return nil, cooperation.Absent()
	}
	in := &CommitteeIn{Convention: c, Committee: b, Version: 1}
	if n, named := r.state.Naming(id); named {
		in.Version, in.Changed = n.Version, n.Updated
	}
	return in, nil
}

// naming is what is being named to a committee.
type naming struct {
	*cooperation.Naming
	convention *cooperation.Convention
	body       *cooperation.Committee
	now        time.Time
	country    reference.Country       // whom people are told about
	invited    cooperation.Participant // or who is invited, or no longer
}

// name lets a command change a copy of what is named to a committee and
// commits it with what people have to be told.
func (p *Platform) name(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, command string, change func(*naming) error) (*CommitteeIn, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	err = r.do(ctx, command, actor, func(d *draft) error {
		now := p.clock()
		c := r.under(d)
		b, ok := c.Committee(id)
		if !ok {
			return cooperation.Absent()
		}
		n := cooperation.NameFor(c, &b, actor, now)
		if before, named := r.naming(d, id); named {
			again := *before
			n = &again
		}
		if err := match.check(n.Version); err != nil {
			return err
		}
		work := &naming{Naming: n, convention: c, body: &b, now: now}
		if err := change(work); err != nil {
			return err
		}
		d.put("committee", n.ID, n.Version, n)
		b = b.With(n)
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Committee: &b, Named: n, Country: work.country, Invited: work.invited}, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.Committee(convention, id)
}

// NameMember names a Party to a standing committee for a term.
func (p *Platform) NameMember(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, t cooperation.Term) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_member", func(n *naming) error {
		n.country = t.Country
		return n.NameMember(n.convention, n.body, t, actor, n.now)
	})
}

// ReplaceMember corrects a term, counted from 1.
func (p *Platform) ReplaceMember(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match Match, t cooperation.Term) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.replace_member", func(n *naming) error {
		return n.ReplaceMember(n.convention, n.body, at, t, actor, n.now)
	})
}

// RemoveMember takes back a term, counted from 1.
func (p *Platform) RemoveMember(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match Match) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.remove_member", func(n *naming) error {
		if at >= 1 && at <= len(n.Members) {
			n.country = n.Members[at-1].Country
		}
		return n.RemoveMember(n.body, at, actor, n.now)
	})
}

// NameChair names who presides for a time.
func (p *Platform) NameChair(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, t cooperation.Presidency) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_chair", func(n *naming) error {
		n.country = t.Country
		return n.NameChair(n.convention, n.body, t, actor, n.now)
	})
}

// RemoveChair takes back a presidency, counted from 1.
func (p *Platform) RemoveChair(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match Match) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.remove_chair", func(n *naming) error {
		if at >= 1 && at <= len(n.Chairs) {
			n.country = n.Chairs[at-1].Country
		}
		return n.RemoveChair(n.body, at, actor, n.now)
	})
}

// NameAdviser designates the focal point for gender and diversity for a time.
func (p *Platform) NameAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, a cooperation.Adviser) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_adviser", func(n *naming) error {
		n.country = a.Country
		return n.NameAdviser(n.convention, n.body, a, actor, n.now)
	})
}

// RemoveAdviser takes back a designation, counted from 1.
func (p *Platform) RemoveAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match Match) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.remove_adviser", func(n *naming) error {
		if at >= 1 && at <= len(n.Advisers) {
			n.country = n.Advisers[at-1].Country
		}
		return n.RemoveAdviser(n.body, at, actor, n.now)
	})
}

// InviteObserver invites an observer for a time or to a meeting.
func (p *Platform) InviteObserver(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, i cooperation.Invitation) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.invite", func(n *naming) error {
		n.invited = i.Participant
		return n.Invite(n.convention, n.body, i, actor, n.now)
	})
}

// RemoveInvitation takes back an invitation, counted from 1.
func (p *Platform) RemoveInvitation(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match Match) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.remove_invitation", func(n *naming) error {
		if at >= 1 && at <= len(n.Invitations) {
			n.invited = n.Invitations[at-1].Participant
		}
		return n.RemoveInvitation(n.body, at, actor, n.now)
	})
}

// NameOfficers says who holds the offices of a body.
func (p *Platform) NameOfficers(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, list []cooperation.Officer) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_officers", func(n *naming) error {
		return n.NameOfficers(n.convention, n.body, list, actor, n.now)
	})
}

// NameObservers says which organisations are invited to a body's work.
func (p *Platform) NameObservers(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, list []cooperation.Participant) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_observers", func(n *naming) error {
		return n.NameObservers(n.convention, list, actor, n.now)
	})
}

// NameContact says to which mailbox a body's messages go.
func (p *Platform) NameContact(ctx context.Context, actor cooperation.Actor, convention, id string, match Match, mail string) (*CommitteeIn, error) {
	return p.name(ctx, actor, convention, id, match, "committee.name_contact", func(n *naming) error {
		return n.NameContact(mail, actor, n.now)
	})
}
