package proof_test

import (
	"net/http"
	"testing"

	"entente/cooperation"
)

// scarcity are the person-days that the offer of a race gives.
const scarcity = 10

// offered makes the offer of a race: so many person-days, and no more.
func (a *arena) offered(firmness string) {
	a.t.Helper()
	a.scarce = a.posted("offer", "provider", "sponsor", map[string]any{"convention": convention, "provider": "NO", "title": "Ten days", "description": "Two lawyers.", "themes": []string{"fctc-art8"},
		"kinds": []any{map[string]any{"kind": "legal"}}, "languages": []string{"en"}, "firmness": firmness, "capacity": map[string]any{"unit": "person_days", "quantity": scarcity}})
}

// terms take so many days of the offer of a race.
func (a *arena) terms(quantity int) map[string]any {
	today := cooperation.DateOf(a.clock.Now())
	return map[string]any{"start": today, "end": today.AddMonths(6), "languages": []string{"en"}, "milestones": []any{map[string]any{"title": "First draft", "due": today.AddMonths(3)}},
		"providers": []any{map[string]any{"offer": a.scarce, "provider": "NO", "lead": true, "kinds": []string{"legal"}, "quantity": quantity}}}
}

// talks are terms that the provider has proposed for a need of its own: all that
// the offer of the race gives.
func (a *arena) talks() string {
	a.t.Helper()
	need := a.another()
	p := idOf(a.must("focal", http.MethodPost, "/api/v1/needs/"+need+"/interest", map[string]any{"offer": a.scarce}))
	return idOf(a.must("provider", http.MethodPost, "/api/v1/agreements", map[string]any{"proposal": p, "terms": a.terms(scarcity)}))
}

// agreementRaces are the races of those who come to terms.
func agreementRaces() []race {
	first := map[string]any{"number": 1}
	accept := func(role string, on int) deed { return deed{role: role, verb: "accept", body: first, on: on} }
	cleared := map[string]any{"number": 1, "clearance": map[string]any{"date": "2026-01-15"}}
	talks := func(n int, firmness string) func(a *arena) []string {
		return func(a *arena) (ids []string) {
			a.offered(firmness)
			for range n {
				ids = append(ids, a.talks())
			}
			return ids
		}
	}
	all := []deed{accept("focal", 0), {role: "approver", verb: "terms", body: func(a *arena) any { return map[string]any{"terms": a.terms(scarcity / 2)} }},
		{role: "provider", verb: "withdraw"}, {role: "sponsor", verb: "end", body: map[string]any{"reason": "timing"}}}
	return []race{
		{name: "accepting one version of terms", noun: "agreements", begin: talks(1, "indication"), deeds: []deed{accept("focal", 0), accept("approver", 0)}, any: true, most: 1, least: 1, then: givenOnce(1)},
		{name: "accepting, countering, taking back, breaking off", noun: "agreements", begin: talks(1, "indication"), deeds: all, most: 1, least: 1, then: givenOnce(0)},
		{name: "accepting, countering, taking back, breaking off, whatever the others do", noun: "agreements", begin: talks(1, "indication"), deeds: all, any: true, least: 1, then: givenOnce(0)},
		{name: "clearing what both have accepted", noun: "agreements", any: true, least: 2, then: givenOnce(1), deeds: []deed{{role: "approver", verb: "clear", body: cleared}, {role: "sponsor", verb: "clear", body: cleared}},
			begin: func(a *arena) []string {
				ids := talks(1, "pledge")(a)
				a.must("focal", http.MethodPost, "/api/v1/agreements/"+ids[0]+"/accept", first, "If-Match", "*")
				return ids
			}},
		{name: "two agreements for the last that an offer gives", noun: "agreements", begin: talks(2, "indication"), any: true, most: 1, least: 1, then: givenOnce(1),
			deeds: []deed{accept("focal", 0), accept("focal", 1), accept("approver", 1), accept("approver", 0)}},
		{name: "four agreements for the last that an offer gives, each in one version", noun: "agreements", begin: talks(4, "indication"), most: 1, least: 1, then: givenOnce(1),
			deeds: []deed{accept("focal", 0), accept("focal", 1), accept("approver", 2), accept("approver", 3)}},
	}
}

// givenOnce holds what the offer of a race has given against the agreements: at
// most one took of it, and at least so many, and who came too late was told what
// remains.
func givenOnce(least int) func(t *testing.T, a *arena, o *outcome) {
	return func(t *testing.T, a *arena, o *outcome) {
		t.Helper()
		s, _ := a.servers[1].State(convention)
		agreed, taken := 0, 0
		for _, id := range o.ids {
			x, _ := s.Agreement(id)
			q, _ := s.Proposal(x.Proposal)
			if (x.Status == cooperation.AgreementAgreed) != (q.Status == cooperation.AgreedProposal) {
				t.Errorf("the agreement is %s, and the proposal %s", x.Status, q.Status)
			}
			if w, made := s.Partnership(x.Partnership); made {
				n, _ := s.Need(x.Need)
				if agreed, taken = agreed+1, taken+w.Providers[0].Quantity; n.Status != cooperation.NeedCovered || len(n.Coverage.Parts) != 1 {
					t.Errorf("the need is %s with %+v", n.Status, n.Coverage.Parts)
				}
			}
		}
		offer, _ := s.Offer(a.scarce)
		if agreed < least || agreed > 1 || offer.Taken.Quantity != taken || len(offer.Taken.Takings) != agreed {
			t.Errorf("%d have agreed on %d days, and of the offer %d are taken: %+v", agreed, taken, offer.Taken.Quantity, offer.Taken.Takings)
		}
		if len(o.ids) > 1 && o.told["error.conflict.terms_unfit"] == 0 {
			t.Errorf("nobody was told that nothing remains: %v", o.told)
		}
	}
}

// deliveryRaces are the races of partners.
func deliveryRaces() []race {
	delivered := func(quantity int) map[string]any {
		return map[string]any{"delivered": []any{map[string]any{"share": 1, "kinds": []string{"legal"}, "quantity": quantity}}}
	}
	stop := map[string]any{"reason": "timing"}
	roles := func(verb string, body any) (all []deed) {
		for _, role := range []string{"focal", "approver", "provider", "sponsor"} {
			all = append(all, deed{role: role, verb: verb, body: body})
		}
		return all
	}
	lessons := map[string]any{"text": "Train the trainers first."}
	ending := []deed{{role: "focal", verb: "complete", body: map[string]any{}}, {role: "approver", verb: "stop", body: stop}, {role: "provider", verb: "confirm"}, {role: "sponsor", verb: "complete", body: delivered(4)}}
	paid := map[string]any{"share": 1, "sort": "paid", "amount": map[string]any{"amount": "100", "currency": "USD"}, "on": cooperation.DateOf(begin), "text": "Transfer 17"}
	stated := func(a *arena) []string {
		ids := only((*arena).active)(a)
		a.must("focal", http.MethodPost, "/api/v1/partnerships/"+ids[0]+"/complete", delivered(4), "If-Match", "*")
		return ids
	}
	return []race{
		{name: "beginning", noun: "partnerships", begin: only((*arena).agreed), deeds: roles("begin", nil), any: true, most: 1, least: 1, then: givenBack},
		{name: "completing and stopping one version", noun: "partnerships", begin: stated, deeds: ending, most: 1, least: 1, then: givenBack},
		{name: "completing and stopping, whatever the others do", noun: "partnerships", begin: stated, deeds: ending, any: true, least: 1, then: givenBack},
		{name: "stopping", noun: "partnerships", begin: only((*arena).active), deeds: roles("stop", stop), any: true, most: 1, least: 1, then: givenBack},
		{name: "agreeing to what was delivered", noun: "partnerships", begin: stated, deeds: roles("confirm", nil), any: true, least: 1, then: givenBack},
		{name: "reporting on a milestone", noun: "partnerships", begin: only((*arena).active), deeds: roles("milestones", map[string]any{"milestone": 1, "text": "It rains."}), any: true, most: crowd, least: crowd, then: givenBack},
		{name: "taking an entry back", noun: "partnerships", deeds: []deed{{role: "provider", verb: "disbursements/correct", body: map[string]any{"number": 1, "text": "Twice."}}, {role: "sponsor", verb: "disbursements/correct", body: map[string]any{"number": 1, "text": "Twice."}}},
			any: true, most: 1, least: 1, then: givenBack, begin: func(a *arena) []string {
				ids := only((*arena).active)(a)
				a.must("provider", http.MethodPost, "/api/v1/partnerships/"+ids[0]+"/disbursements", paid, "If-Match", "*")
				return ids
			}},
		{name: "giving feedback", noun: "partnerships", begin: only((*arena).active), deeds: roles("feedback", map[string]any{"rating": 4}), any: true, most: 2, least: 2},
		{name: "clearing lessons, and drafting others", noun: "partnerships", any: true, least: 2, deeds: []deed{{role: "focal", verb: "lessons", body: lessons}, {role: "provider", verb: "lessons/clear", body: map[string]any{"draft": 1}}, {role: "sponsor", verb: "lessons/clear", body: map[string]any{"draft": 2}}},
			begin: func(a *arena) []string {
				ids := only((*arena).active)(a)
				a.must("focal", http.MethodPost, "/api/v1/partnerships/"+ids[0]+"/lessons", lessons, "If-Match", "*")
				return ids
			}},
	}
}

// agreed is a partnership that takes all that the offer of the race gives.
func (a *arena) agreed() string {
	a.t.Helper()
	a.offered("indication")
	var made struct{ Partnership string }
	a.must("focal", http.MethodPost, "/api/v1/agreements/"+a.talks()+"/accept", map[string]any{"number": 1}, "If-Match", "*").into(a.t, &made)
	return made.Partnership
}

// active is a partnership that is under way.
func (a *arena) active() string {
	a.t.Helper()
	id := a.agreed()
	a.must("focal", http.MethodPost, "/api/v1/partnerships/"+id+"/begin", nil, "If-Match", "*")
	return id
}

// givenBack holds what the offer and the need of a partnership say of it against
// what became of it.
func givenBack(t *testing.T, a *arena, o *outcome) {
	t.Helper()
	s, _ := a.servers[1].State(convention)
	w, _ := s.Partnership(o.ids[0])
	n, _ := s.Need(w.Need)
	offer, _ := s.Offer(a.scarce)
	taken, status, open := scarcity, cooperation.NeedCovered, cooperation.OfferExhausted
	if w.Status == cooperation.PartnershipStopped {
		taken, status = 0, cooperation.NeedOpen
	}
	if w.Status == cooperation.PartnershipCompleted {
		if taken = 0; len(w.Delivered) > 0 {
			taken = w.Delivered[0].Quantity
		}
		status = cooperation.NeedMet
	}
	if taken < scarcity {
		open = cooperation.OfferOpen
	}
	if offer.Taken.Quantity != taken || offer.Status != open || n.Status != status {
		t.Errorf("the partnership is %s with %v; the offer is %s with %d days taken, and the need %s", w.Status, w.Delivered, offer.Status, offer.Taken.Quantity, n.Status)
	}
}
