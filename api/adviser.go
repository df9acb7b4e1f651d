package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// NameAdviser designates the focal point for gender and diversity.
func (a *api) NameAdviser(ctx context.Context, r NameAdviserRequestObject) (NameAdviserResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameAdviser(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch),
			cooperation.Adviser{Country: r.Body.Country, From: r.Body.From, Until: r.Body.Until})
	})
	if err != nil {
		return nil, err
	}
	return NameAdviser200JSONResponse{v}, nil
}

// RemoveAdviser takes a designation back.
func (a *api) RemoveAdviser(ctx context.Context, r RemoveAdviserRequestObject) (RemoveAdviserResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.RemoveAdviser(ctx, c.actor, r.Params.Convention, r.ID, placeIn(r.Place), expected(r.Params.IfMatch))
	})
	if err != nil {
		return nil, err
	}
	return RemoveAdviser200JSONResponse{v}, nil
}

// InviteObserver invites an observer for a time or to a meeting.
func (a *api) InviteObserver(ctx context.Context, r InviteObserverRequestObject) (InviteObserverResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.InviteObserver(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch),
			cooperation.Invitation{Participant: cooperation.Participant(r.Body.Participant), From: r.Body.From, Until: r.Body.Until, Meeting: r.Body.Meeting})
	})
	if err != nil {
		return nil, err
	}
	return InviteObserver200JSONResponse{v}, nil
}

// RemoveInvitation takes an invitation back.
func (a *api) RemoveInvitation(ctx context.Context, r RemoveInvitationRequestObject) (RemoveInvitationResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.RemoveInvitation(ctx, c.actor, r.Params.Convention, r.ID, placeIn(r.Place), expected(r.Params.IfMatch))
	})
	if err != nil {
		return nil, err
	}
	return RemoveInvitation200JSONResponse{v}, nil
}

// advised says who advises on gender and diversity, and who is invited.
func (c *call) advised(v *CommitteeDetail, b *platform.CommitteeIn, today cooperation.Date) {
	for i, a := range b.Advisers {
		v.Advisers = append(v.Advisers, Adviser{Place: i + 1, Country: a.Country, Name: a.Country.Name(c.words.Language()), From: a.From, Until: a.Until, Current: a.On(today)})
	}
	if country, ok := b.AdviserOn(today); ok {
		v.Adviser = c.memberNamed(country)
	}
	for i, n := range b.Invitations {
		name := c.in(n.Name)
		if _, state := n.Participant.State(); state {
			name = c.name(message.Party, string(n.Participant))
		}
		v.Invitations = append(v.Invitations, Invitation{Place: i + 1, Participant: string(n.Participant), Name: name, From: n.From, Until: n.Until, Meeting: n.Meeting, Current: n.On(today)})
	}
}

func (c *call) memberNamed(country reference.Country) Named {
	return c.named(message.Country, country.Alpha2())
}

// rollsOver says who may be elected, and what is to be seen to before the
// membership changes.
func (c *call) rollsOver(v *CommitteeDetail, b *platform.CommitteeIn, today cooperation.Date) {
	for _, t := range b.EligibleOn(today) {
		v.Eligible = append(v.Eligible, c.memberNamed(t.Country))
	}
	for _, r := range b.TermReminders(today) {
		v.Coming = append(v.Coming, RollOver{Sort: RollOverSort(r.Sort), Sentence: c.say(r.Sentence()), Country: r.Country, Day: r.Day, Due: r.Due})
	}
}
