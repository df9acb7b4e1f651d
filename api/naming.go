package api

import (
	"context"
	"strconv"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// GetCommittee gives a committee with all that was named.
func (a *api) GetCommittee(ctx context.Context, r GetCommitteeRequestObject) (GetCommitteeResponseObject, error) {
	c, _ := callOf(ctx)
	if _, err := c.served(r.Params.Convention); err != nil {
		return nil, err
	}
	b, err := a.platform.Committee(r.Params.Convention, r.ID)
	if err != nil {
		return nil, err
	}
	c.header.Set("ETag", tag(b.Version))
	if known(r.Params.IfNoneMatch, b.Version) {
		return GetCommittee304Response{}, nil
	}
	return GetCommittee200JSONResponse{CommitteeDocumentJSONResponse(c.committeeDetail(b))}, nil
}

// NameMember names a member.
func (a *api) NameMember(ctx context.Context, r NameMemberRequestObject) (NameMemberResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameMember(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), term(r.Body))
	})
	if err != nil {
		return nil, err
	}
	return NameMember200JSONResponse{v}, nil
}

// ReplaceMember corrects a term.
func (a *api) ReplaceMember(ctx context.Context, r ReplaceMemberRequestObject) (ReplaceMemberResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.ReplaceMember(ctx, c.actor, r.Params.Convention, r.ID, placeIn(r.Place), expected(r.Params.IfMatch), term(r.Body))
	})
	if err != nil {
		return nil, err
	}
	return ReplaceMember200JSONResponse{v}, nil
}

// RemoveMember takes a term back.
func (a *api) RemoveMember(ctx context.Context, r RemoveMemberRequestObject) (RemoveMemberResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.RemoveMember(ctx, c.actor, r.Params.Convention, r.ID, placeIn(r.Place), expected(r.Params.IfMatch))
	})
	if err != nil {
		return nil, err
	}
	return RemoveMember200JSONResponse{v}, nil
}

// NameChair names a chair.
func (a *api) NameChair(ctx context.Context, r NameChairRequestObject) (NameChairResponseObject, error) {
	p := cooperation.Presidency{Country: r.Body.Country, From: r.Body.From, Until: r.Body.Until, Elected: r.Body.Elected, Record: r.Body.Record}
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameChair(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), p)
	})
	if err != nil {
		return nil, err
	}
	return NameChair200JSONResponse{v}, nil
}

// RemoveChair takes a presidency back.
func (a *api) RemoveChair(ctx context.Context, r RemoveChairRequestObject) (RemoveChairResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.RemoveChair(ctx, c.actor, r.Params.Convention, r.ID, placeIn(r.Place), expected(r.Params.IfMatch))
	})
	if err != nil {
		return nil, err
	}
	return RemoveChair200JSONResponse{v}, nil
}

// NameOfficers names the officers.
func (a *api) NameOfficers(ctx context.Context, r NameOfficersRequestObject) (NameOfficersResponseObject, error) {
	var list []cooperation.Officer
	for _, o := range r.Body.Items {
		list = append(list, cooperation.Officer{Office: o.Office, Country: o.Country, From: o.From, Until: o.Until})
	}
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameOfficers(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), list)
	})
	if err != nil {
		return nil, err
	}
	return NameOfficers200JSONResponse{v}, nil
}

// NameObservers invites observers.
func (a *api) NameObservers(ctx context.Context, r NameObserversRequestObject) (NameObserversResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameObservers(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), codesOf[cooperation.Participant](r.Body.Items))
	})
	if err != nil {
		return nil, err
	}
	return NameObservers200JSONResponse{v}, nil
}

// NameContact sets the mailbox of a committee.
func (a *api) NameContact(ctx context.Context, r NameContactRequestObject) (NameContactResponseObject, error) {
	v, err := named(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*platform.CommitteeIn, error) {
		return a.platform.NameContact(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), r.Body.Contact)
	})
	if err != nil {
		return nil, err
	}
	return NameContact200JSONResponse{v}, nil
}

// named does a command and answers with the committee as it is named now.
func named(ctx context.Context, convention string, do func(context.Context, *call) (*platform.CommitteeIn, error)) (CommitteeDocumentJSONResponse, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(convention)
	if err != nil {
		return CommitteeDocumentJSONResponse{}, err
	}
	b, err := do(ctx, c)
	if err != nil {
		return CommitteeDocumentJSONResponse{}, err
	}
	c.about(conv)
	c.header.Set("ETag", tag(b.Version))
	return CommitteeDocumentJSONResponse(c.committeeDetail(b)), nil
}

// placeIn reads a place whose form the description has checked.
func placeIn(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0 // no place
	}
	return n
}

func term(b *TermContent) cooperation.Term {
	return cooperation.Term{Country: b.Country, From: b.From, Until: b.Until, As: codesOf[cooperation.SeatRole](b.As), Seat: b.Seat, Election: b.Election}
}

// committeeDetail puts a committee into the reader's words.
func (c *call) committeeDetail(b *platform.CommitteeIn) CommitteeDetail {
	today, lang := cooperation.DateOf(c.now), c.words.Language()
	v := CommitteeDetail{ID: b.ID, Convention: b.Convention.ID, Version: b.Version, Updated: b.Changed, Name: c.in(b.Name), Names: b.Name,
		Kind: CommitteeDetailKind(b.Kind), Themes: present(b.Mandate.Themes), Mandate: c.in(b.Mandate.Text), MandateSource: b.Mandate.Source,
		Composition: c.composition(b), Terms: []Term{}, Chairs: []Presidency{}, Officers: []Officer{}, Observers: []Named{},
		Advisers: []Adviser{}, Invitations: []Invitation{}, Eligible: []Named{}, Coming: []RollOver{}, Findings: []Finding{}}
	if cooperation.SeesContact(c.actor, b.Convention.ID, b.ID) {
		v.Contact = b.Contact
	}
	for i, t := range b.Members {
		v.Terms = append(v.Terms, Term{Place: i + 1, Country: t.Country, Name: t.Country.Name(lang), From: t.From, Until: t.Until,
			As: present(codesOf[TermAs](t.As)), Seat: t.Seat, Election: t.Election, Current: t.On(today)})
	}
	for i, p := range b.Chairs {
		v.Chairs = append(v.Chairs, Presidency{Place: i + 1, Country: p.Country, Name: p.Country.Name(lang), From: p.From, Until: p.Until,
			Elected: p.Elected, Record: p.Record, Current: p.On(today)})
	}
	for _, o := range b.Officers {
		label := o.Office
		for _, office := range b.Composition.Officers {
			if office.ID == o.Office {
				label = c.in(office.Name)
			}
		}
		v.Officers = append(v.Officers, Officer{Office: o.Office, Label: label, Country: o.Country, Name: o.Country.Name(lang), From: o.From, Until: o.Until, Current: o.On(today)})
	}
	for _, o := range b.Observers {
		v.Observers = append(v.Observers, Named{ID: string(o.ID), Name: c.in(o.Name)})
	}
	c.advised(&v, b, today)
	c.rollsOver(&v, b, today)
	for _, f := range b.Findings(b.Convention, today) {
		v.Findings = append(v.Findings, Finding{Field: f.Field, Key: f.Key, Sentence: c.say(f.In(reference.Language(lang)))})
	}
	return v
}

// composition says how a committee is made up.
func (c *call) composition(b *platform.CommitteeIn) Composition {
	r := b.Composition
	v := Composition{Seats: r.Seats, TermYears: r.TermYears, Overlapping: r.Overlapping, MinAffected: r.MinAffected, MinProviders: r.MinProviders,
		Chair: CompositionChair(r.Chair), ChairYears: r.ChairYears, GenderFocalPoint: r.GenderFocalPoint, MinimumNotRecused: r.MinimumNotRecused,
		ObserversByMeeting: r.ObserversByMeeting, Source: r.Source, RegionalSeats: []Seat{}, Offices: []Seat{}}
	for _, s := range r.RegionalSeats {
		name := c.in(s.Name)
		if s.Region != "" {
			name = c.name(message.Region, s.Region)
		}
		v.RegionalSeats = append(v.RegionalSeats, Seat{ID: s.ID, Name: name, Seats: s.Seats})
	}
	for _, o := range r.Officers {
		v.Offices = append(v.Offices, Seat{ID: o.ID, Name: c.in(o.Name), Seats: o.Seats})
	}
	return v
}
