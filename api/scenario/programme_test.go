package scenario

import "entente/client"

// enters puts a line into the programme.
func (p *person) enters(x client.NewProgrammeActivity) (made client.ProgrammeActivity) {
	p.t.Helper()
	x.Convention = p.w.convention
	a, err := p.c.CreateProgrammeActivityWithResponse(p.ctx(), nil, x)
	if p.ok(err) {
		made = *a.JSON201
	}
	return made
}

// programme is the costed programme as the person sees it.
func (p *person) programme() []client.ProgrammeActivity {
	p.t.Helper()
	a, err := p.c.ListProgrammeActivitiesWithResponse(p.ctx(), &client.ListProgrammeActivitiesParams{Convention: p.w.convention})
	p.ok(err)
	return a.JSON200.Items
}

// funding is how a line of the programme is paid for, as the person sees it.
func (p *person) funding(activity string) client.ProgrammeFunding {
	p.t.Helper()
	a, err := p.c.GetProgrammeFundingWithResponse(p.ctx(), activity)
	p.ok(err)
	return *a.JSON200
}

// financiers are the providers of the offers that fit a line of the programme.
func (p *person) financiers(activity string) (out []string) {
	p.t.Helper()
	a, err := p.c.ListProgrammeMatchesWithResponse(p.ctx(), activity, nil)
	if !p.ok(err) {
		return nil
	}
	for _, m := range a.JSON200.Matches {
		out = append(out, m.Offer.Participants[0].ID)
	}
	return out
}
