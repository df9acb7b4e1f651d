package scenario

import "entente/client"

// providersOf are those whose offers are ranked, the best first.
func providersOf(matches []client.NeedMatch) (out []string) {
	for _, m := range matches {
		out = append(out, m.Offer.Participants[0].ID)
	}
	return out
}

// partOf is a part of a score.
func partOf(parts []client.Part, name string) client.Part {
	for _, p := range parts {
		if p.Name == name {
			return p
		}
	}
	return client.Part{}
}

// duplicates are what is likely to be the same as a need, as the person sees it.
func (p *person) duplicates(need string) []client.LikelyDuplicate {
	p.t.Helper()
	a, err := p.c.ListDuplicatesWithResponse(p.ctx(), need)
	p.ok(err)
	return a.JSON200.Items
}

// proposesTogether proposes several offers for a need together.
func (p *person) proposesTogether(need string, offers ...string) (q client.Proposal) {
	p.t.Helper()
	a, err := p.c.ProposeBundleWithResponse(p.ctx(), need, client.NewBundle{Offers: offers})
	if p.ok(err) {
		q = *a.JSON200
	}
	return q
}

// organisation is an organization as the person sees it.
func (p *person) organisation(id string) (o client.Organisation) {
	p.t.Helper()
	a, err := p.c.GetOrganisationWithResponse(p.ctx(), id, &client.GetOrganisationParams{Convention: p.w.convention})
	if p.ok(err) {
		o = *a.JSON200
	}
	return o
}
