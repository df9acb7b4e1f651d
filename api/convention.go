package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// ListConventions lists what this installation serves.
func (a *api) ListConventions(ctx context.Context, _ ListConventionsRequestObject) (ListConventionsResponseObject, error) {
	c, _ := callOf(ctx)
	out := ListConventions200JSONResponse{Items: []Convention{}}
	for _, conv := range a.platform.Conventions() {
		out.Items = append(out.Items, c.conventionView(conv))
	}
	out.Total = len(out.Items)
	return out, nil
}

// GetConvention gives a convention with the rules of its bodies.
func (a *api) GetConvention(ctx context.Context, r GetConventionRequestObject) (GetConventionResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	return GetConvention200JSONResponse(c.conventionDetail(conv)), nil
}

// conventionAt finds the convention that the address names.
func (c *call) conventionAt(id string) (*cooperation.Convention, error) {
	conv, ok := c.api.platform.Convention(id)
	if !ok {
		return nil, cooperation.Refuse(cooperation.NotFound, "error.not_found.convention")
	}
	c.about(conv)
	return conv, nil
}

func (c *call) conventionView(conv *cooperation.Convention) Convention {
	v := Convention{ID: conv.ID, Name: c.in(conv.Name), Names: conv.Name, ShortName: c.in(conv.ShortName), ShortNames: conv.ShortName,
		Adopted: conv.Adopted, InForce: conv.InForce, Languages: conv.Languages, Kinds: []Named{},
		Parties: len(conv.PartiesOn(cooperation.DateOf(c.now)))}
	for _, k := range conv.Kinds {
		v.Kinds = append(v.Kinds, c.named(message.Kind, string(k)))
	}
	return v
}

func (c *call) conventionDetail(conv *cooperation.Convention) ConventionDetail {
	v := c.conventionView(conv)
	d := ConventionDetail{ID: v.ID, Name: v.Name, Names: v.Names, ShortName: v.ShortName, ShortNames: v.ShortNames,
		Adopted: v.Adopted, InForce: v.InForce, Languages: v.Languages, Kinds: v.Kinds, Parties: v.Parties,
		Depositary: c.in(conv.Depositary), Secretariat: c.in(conv.SecretariatName), Facilitator: ConventionDetailFacilitator(conv.Facilitator),
		Reviewed: conv.Reviewed, ReviewBody: conv.ReviewBody, Shortlist: conv.Shortlist,
		Clocks: Clocks{LookDays: conv.LookDays, OpeningDays: conv.OpeningDays, SilenceDays: conv.SilenceDays, ObjectionDays: conv.ObjectionDays, IntroduceDays: conv.IntroduceDays, ReplyMonths: conv.ReplyMonths, TermsDays: conv.TermsDays,
			OfferValidityMonths: conv.OfferValidityMonths, NeedValidityMonths: conv.NeedValidityMonths, ReconfirmDays: conv.ReconfirmDays},
		Weights: weightsView(conv.Weights), Regions: []ProfileRegion{}, Declarations: []Declaration{}, Programme: []ProgrammeDomain{}, Meetings: []Meeting{}}
	for _, r := range conv.Regions {
		d.Regions = append(d.Regions, ProfileRegion{ID: r.ID, Name: c.in(r.Name), Names: r.Name, Countries: present(r.Countries)})
	}
	for _, s := range conv.Declarations {
		d.Declarations = append(d.Declarations, Declaration{ID: s.ID, Text: c.in(s.Text), Texts: s.Text, For: texts(s.For)})
	}
	for _, p := range conv.Programme {
		d.Programme = append(d.Programme, ProgrammeDomain{ID: p.ID, Name: c.in(p.Name), Names: p.Name, Themes: present(p.Themes)})
	}
	for _, m := range conv.Meetings {
		d.Meetings = append(d.Meetings, Meeting{ID: m.ID, Name: c.in(m.Name), Names: m.Name, Body: m.Body, Begin: m.Begin, End: m.End, Place: c.in(m.Place)})
	}
	return d
}

func weightsView(w cooperation.Weights) Weights {
	return Weights{Version: w.Version, Parts: map[string]Millionths{"theme": w.Theme, "kind": w.Kind, "language": w.Language,
		"region": w.Region, "size": w.Size, "time": w.Time}}
}

// ListParties lists the Parties to a convention.
func (a *api) ListParties(ctx context.Context, r ListPartiesRequestObject) (ListPartiesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	out := ListParties200JSONResponse{Items: []Party{}, Signatories: []Named{}, Reservations: []string{}, Total: len(conv.Parties),
		AsOf: conv.PartiesAsOf, Source: c.in(conv.PartiesSource), Dates: PartyListDates(conv.PartyDates)}
	for _, p := range conv.Parties {
		v := Party{Country: p.Country, Name: p.Country.Name(c.words.Language()), Act: PartyAct(p.Act), Since: p.Since, Until: p.Until}
		if p.Act != "" {
			v.ActLabel = c.text("act."+string(p.Act), string(p.Act))
		}
		out.Items = append(out.Items, v)
	}
	for _, s := range conv.Signatories {
		out.Signatories = append(out.Signatories, c.named(message.Country, s.Alpha2()))
	}
	for _, n := range conv.PartiesReservations {
		out.Reservations = append(out.Reservations, c.in(n))
	}
	return out, nil
}

// ListThemes lists the theme tree of a convention.
func (a *api) ListThemes(ctx context.Context, r ListThemesRequestObject) (ListThemesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	out := ListThemes200JSONResponse{Items: []Theme{}, Total: len(conv.Themes)}
	for _, t := range conv.Themes {
		out.Items = append(out.Items, Theme{ID: t.ID, Parent: t.Parent, Name: c.in(t.Name), Names: t.Name, Articles: present(t.Articles)})
	}
	return out, nil
}

// present is a list that is written as [] where it is empty.
func present[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// texts writes codes as plain texts.
func texts[T ~string](codes []T) []string {
	out := make([]string, 0, len(codes))
	for _, c := range codes {
		out = append(out, string(c))
	}
	return out
}

// alpha2 writes countries as their codes.
func alpha2(countries []reference.Country) []string {
	out := make([]string, 0, len(countries))
	for _, c := range countries {
		out = append(out, c.Alpha2())
	}
	return out
}
