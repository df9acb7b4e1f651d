package cooperation_test

import (
	"testing"

	"entente/cooperation"
)

// talking is a proposal whose sides talk, with both sides' postings.
func talking(n *cooperation.Need, offers ...*cooperation.Offer) (*cooperation.Proposal, *cooperation.Sides) {
	q := &cooperation.Proposal{Need: n.ID, Status: cooperation.InTalks, Committee: "review"}
	q.ID, q.Convention, q.Version = "proposal", pilotID, 3
	for _, o := range offers {
		q.Offers = append(q.Offers, o.ID)
	}
	return q, &cooperation.Sides{Need: n, Offers: offers}
}

// offering is an open offer in dollars.
func offering(id string, provider cooperation.Participant, ceiling string, kinds ...cooperation.Kind) *cooperation.Offer {
	o := offerIn("open", cooperation.Indication)
	o.ID, o.Provider, o.CoProviders, o.Kinds, o.Capacity, o.Excluded = id, provider, nil, nil, cooperation.Capacity{}, nil
	if o.Ceiling = (cooperation.Money{}); ceiling != "" {
		o.Ceiling, o.Capacity.Unit = usd(ceiling), "amount"
	}
	for _, k := range kinds {
		o.Kinds = append(o.Kinds, cooperation.Outcome{Kind: k})
	}
	return o
}

func TestAPartnershipTakesFromEveryOfferAndCoversTheNeed(t *testing.T) {
	f, tr := cooperation.Finance, cooperation.Training
	n, money, trainers := wanting("100", f, tr), offering("money", "FR", "70", f), offering("trainers", "DE", "", tr)
	q, s := talking(n, money, trainers)
	terms := cooperation.PartnershipTerms{Providers: []cooperation.Share{
		{Offer: "money", Provider: "FR", Lead: true, Kinds: []cooperation.Kind{f}, Pledged: usd("70")},
		{Offer: "trainers", Provider: "DE", Kinds: []cooperation.Kind{tr}, Covers: usd("30")}}}
	p, err := cooperation.FormPartnership("p", q, s, terms, kenyaFocal, noon)
	ok(t, err)
	if p.Status != cooperation.PartnershipAgreed || p.Need != n.ID || p.Proposal != q.ID || q.Status != cooperation.AgreedProposal {
		t.Errorf("it is %+v of a proposal that is %s", p, q.Status)
	}
	if n.Status != cooperation.NeedCovered || money.Status != cooperation.OfferExhausted || trainers.Status != cooperation.OfferOpen || len(trainers.Taken.Partnerships) != 1 {
		t.Errorf("the need is %s, the offers %s and %s", n.Status, money.Status, trainers.Status)
	}
	if _, err := cooperation.FormPartnership("p2", q, s, terms, kenyaFocal, noon); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("a second time it is refused with %v", err)
	}
}

func TestWhatIsGivenOfAKindMayLeaveARest(t *testing.T) {
	tr := cooperation.Training
	n, trainers := wanting("", tr), offering("trainers", "DE", "", tr)
	q, s := talking(n, trainers)
	terms := cooperation.PartnershipTerms{Rest: []cooperation.Kind{tr}, Providers: []cooperation.Share{{Offer: "trainers", Provider: "DE", Lead: true, Kinds: []cooperation.Kind{tr}}}}
	_, err := cooperation.FormPartnership("p", q, s, terms, kenyaFocal, noon)
	ok(t, err)
	if n.Status != cooperation.NeedPartlyCovered || len(n.Missing()) != 1 {
		t.Errorf("it is %s, and %v is missing", n.Status, n.Missing())
	}
}
