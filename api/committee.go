package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// committees are the use cases of committees; see platform for what each one
// promises.
type committees interface {
	Committee(convention, id string) (*platform.CommitteeIn, error)
	NameMember(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, t cooperation.Term) (*platform.CommitteeIn, error)
	ReplaceMember(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match, t cooperation.Term) (*platform.CommitteeIn, error)
	RemoveMember(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	NameChair(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, t cooperation.Presidency) (*platform.CommitteeIn, error)
	RemoveChair(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	NameAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, a cooperation.Adviser) (*platform.CommitteeIn, error)
	RemoveAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	InviteObserver(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, i cooperation.Invitation) (*platform.CommitteeIn, error)
	RemoveInvitation(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	NameOfficers(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, list []cooperation.Officer) (*platform.CommitteeIn, error)
	NameObservers(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, list []cooperation.Participant) (*platform.CommitteeIn, error)
	NameContact(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, mail string) (*platform.CommitteeIn, error)
}

// ListCommittees lists the bodies of a convention with their members of today.
func (a *api) ListCommittees(ctx context.Context, r ListCommitteesRequestObject) (ListCommitteesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	out := ListCommittees200JSONResponse{Items: []Committee{}, Total: len(conv.Committees)}
	for i := range conv.Committees {
		out.Items = append(out.Items, c.committeeView(&conv.Committees[i]))
	}
	return out, nil
}

func (c *call) committeeView(b *cooperation.Committee) Committee {
	today := cooperation.DateOf(c.now)
	v := Committee{ID: b.ID, Name: c.in(b.Name), Names: b.Name, Kind: CommitteeKind(b.Kind), Themes: present(b.Mandate.Themes),
		Mandate: c.in(b.Mandate.Text), MandateSource: b.Mandate.Source, Members: []Member{}, Observers: []Named{}}
	for _, t := range b.MembersOn(today) {
		v.Members = append(v.Members, Member{Country: t.Country, Name: t.Country.Name(c.words.Language()), From: t.From, Until: t.Until,
			As: texts(t.As), Seat: t.Seat})
	}
	if chair, ok := b.ChairOn(today); ok {
		v.Chair = c.named(message.Country, chair.Alpha2())
	}
	for _, o := range b.Observers {
		v.Observers = append(v.Observers, Named{ID: string(o.ID), Name: c.in(o.Name)})
	}
	return v
}
