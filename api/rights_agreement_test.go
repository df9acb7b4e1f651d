package api_test

import (
	"strings"
	"testing"
	"time"
)

// paired brings both sides of a new pairing together.
func (i *installation) paired(offer string) (need, proposal string) {
	i.t.Helper()
	body := needBody("To be agreed on")
	body["kinds"] = []any{map[string]any{"kind": "legal"}, map[string]any{"kind": "training"}}
	made := i.ask("focal", "POST", "/api/v1/needs", body).is(201).document().ID
	i.ask("approver", "POST", "/api/v1/needs/"+made+"/submit", submission, "If-Match", "*").is(200)
	i.ask("secretary", "POST", "/api/v1/needs/"+made+"/admit", nil, "If-Match", "*").is(200)
	var q struct{ ID string }
	i.ask("focal", "POST", "/api/v1/needs/"+made+"/interest", map[string]any{"offer": offer}).is(200).into(&q)
	return made, q.ID
}

// generous is an offer of which all of these partnerships may take.
func (i *installation) generous(firmness string) string {
	i.t.Helper()
	body := offerBody("Generous")
	body["firmness"] = firmness
	delete(body, "ceiling")
	made := i.ask("sponsor", "POST", "/api/v1/offers", body).is(201).document().ID
	i.ask("sponsor", "POST", "/api/v1/offers/"+made+"/submit", submission, "If-Match", "*").is(200)
	i.ask("secretary", "POST", "/api/v1/offers/"+made+"/admit", nil, "If-Match", "*").is(200)
	return made
}

// legalTerms give a law of an offer.
func (i *installation) legalTerms(offer string) map[string]any {
	day := func(days int) string { return i.clock().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	return map[string]any{"start": day(10), "end": day(100), "languages": []string{"en"},
		"providers": []any{map[string]any{"offer": offer, "provider": "NO", "lead": true, "kinds": []string{"legal"}}}}
}

// negotiated has the need's side put terms on the table, and goes on from there.
func (i *installation) negotiated(offer string, steps ...string) (id string) {
	i.t.Helper()
	_, q := i.paired(offer)
	var made struct{ ID string }
	i.ask("focal", "POST", "/api/v1/agreements", map[string]any{"proposal": q, "terms": i.legalTerms(offer)}).is(201).into(&made)
	for _, who := range steps {
		i.ask(who, "POST", "/api/v1/agreements/"+made.ID+"/accept", `{"number":1}`, "If-Match", "*").is(200)
	}
	return made.ID
}

// Both sides negotiate; whoever facilitates reads along. That there is a
// partnership is public.
func (tables) Agreements(i *installation) []right {
	offer, pledge := i.generous("indication"), i.generous("pledge")
	standing := i.negotiated(offer)
	fresh := func() string { return i.negotiated(offer) }
	agreed := i.negotiated(offer, "provider")
	var x struct{ Partnership, Need string }
	i.ask("focal", "GET", "/api/v1/agreements/"+agreed, nil).is(200).into(&x)
	partly := func() string {
		i.t.Helper()
		var x struct{ Need string }
		i.ask("focal", "GET", "/api/v1/agreements/"+i.negotiated(offer, "provider"), nil).is(200).into(&x)
		return x.Need
	}
	return []right{
		{op: "listAgreements", query: inFCTC, may: "200 others"},
		{op: "beginAgreement", body: func() any {
			_, q := i.paired(offer)
			return map[string]any{"proposal": q, "terms": i.legalTerms(offer)}
		}, may: "201 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "getAgreement", id: standing, may: "200 focal approver provider sponsor reader secretary member, 404 others"},
		{op: "getAgreement", what: "absent", id: nobody, may: "404 others"},
		{op: "listAgreementHistory", id: standing, may: "200 focal approver provider sponsor reader secretary member, 404 others"},
		{op: "proposeTerms", fresh: fresh, body: map[string]any{"terms": i.legalTerms(offer), "note": "Sooner."}, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "acceptTerms", fresh: fresh, body: `{"number":1}`, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "acceptTerms", what: "another version", id: standing, body: `{"number":2}`, may: "409 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "clearTerms", fresh: func() string { return i.negotiated(pledge, "provider") }, body: `{"number":1,"clearance":{"date":"2026-01-15"}}`, may: "200 approver sponsor, 403 focal provider secretary member, 404 others"},
		{op: "withdrawTerms", fresh: fresh, may: "200 focal approver, 403 provider sponsor secretary member, 404 others"},
		{op: "endTalks", fresh: fresh, body: `{"reason":"timing"}`, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "settleNeed", fresh: partly, may: "200 focal approver, 403 others"},
		{op: "listPartnerships", query: inFCTC, may: "200 others"},
		{op: "getPartnership", id: x.Partnership, may: "200 others"},
		{op: "getPartnership", what: "absent", id: nobody, may: "404 others"},
		{op: "listPartnershipHistory", id: x.Partnership, may: "200 others"},
	}
}

// From terms that do not fit to a need of which the rest is not needed.
func TestBothSidesComeToTerms(t *testing.T) {
	i := install(t)
	offer := i.openOffer("Lawyers").ID
	need, q := i.paired(offer)
	terms := i.legalTerms(offer)
	share := terms["providers"].([]any)[0].(map[string]any)
	share["pledged"] = map[string]any{"amount": "60000", "currency": "USD"}
	share["kinds"] = []string{"legal", "finance"}
	refused := i.ask("provider", "POST", "/api/v1/agreements", map[string]any{"proposal": q, "terms": terms}, "Accept-Language", "fr").is(422)
	for _, want := range []string{"terms.providers[0].pledged.amount", "terms.providers[0].kinds[1]", "Reste"} {
		if !strings.Contains(string(refused.Body), want) {
			t.Errorf("%s is not in %s", want, refused.Body)
		}
	}
	share["kinds"], share["pledged"] = []string{"legal"}, map[string]any{"amount": "20000", "currency": "USD"}
	var x struct {
		ID, Status, Partnership, Title string
		Version                        int
		Versions                       []struct {
			Number int
			By     string
		}
		Awaited []struct{ ID, Name string }
		May     []string
		Labels  struct{ Status string }
	}
	i.ask("provider", "POST", "/api/v1/agreements", map[string]any{"proposal": q, "terms": terms, "note": "As we said."}).is(201).into(&x)
	if len(x.Awaited) != 1 || x.Awaited[0].ID != "AO" || x.Title != "To be agreed on" || strings.Join(x.May, " ") != "propose withdraw end" {
		t.Errorf("begun, it is %+v", x)
	}
	at := "/api/v1/agreements/" + x.ID
	i.ask("member", "GET", at, nil).is(200).into(&x)
	if len(x.Versions) != 0 {
		t.Errorf("a body reads %+v", x.Versions)
	}
	var clocks struct {
		Items []struct{ Kind, Document string }
	}
	i.ask("focal", "GET", "/api/v1/clocks?convention=fctc&kind=terms", nil).is(200).into(&clocks)
	if len(clocks.Items) != 1 || clocks.Items[0].Document != "agreement/"+x.ID {
		t.Errorf("the clocks of whoever is to answer are %+v", clocks)
	}
	share["pledged"] = map[string]any{"amount": "30000", "currency": "USD"}
	i.ask("focal", "POST", at+"/terms", map[string]any{"terms": terms}, "If-Match", `"1"`).is(200).into(&x)
	i.ask("focal", "POST", at+"/terms", map[string]any{"terms": terms}, "If-Match", `"1"`).is(412)
	i.ask("provider", "POST", at+"/accept", `{"number":1}`, "If-Match", "*").is(409)
	x.May, x.Awaited = nil, nil
	i.ask("provider", "POST", at+"/accept", `{"number":2}`, "If-Match", "*", "Accept-Language", "es").is(200).into(&x)
	if x.Status != "agreed" || x.Partnership == "" || x.Labels.Status != "Acordado" || len(x.May) != 0 {
		t.Errorf("accepted, it is %+v", x)
	}

	var p struct {
		Status, Plan string
		About        struct{ Title string }
		Themes       []string
		Providers    []struct {
			Pledged struct{ Amount string }
		}
		Withheld []string
	}
	i.ask("", "GET", "/api/v1/partnerships/"+x.Partnership, nil).is(200).into(&p)
	if p.Status != "agreed" || p.About.Title != "To be agreed on" || len(p.Themes) != 1 || p.Providers[0].Pledged.Amount != "30000" || len(p.Withheld) != 3 {
		t.Errorf("the public reads %+v", p)
	}
	i.ask("", "GET", "/api/v1/partnerships/"+x.Partnership, nil, "If-None-Match", `"1"`).is(304)
	var list struct{ Total int }
	for query, want := range map[string]int{"": 1, "&need=" + need: 1, "&offer=" + offer: 1, "&beneficiary=AO&provider=NO&theme=fctc-art8&kind=legal&status=agreed": 1, "&beneficiary=KE": 0, "&provider=SE": 0, "&theme=fctc-art6": 0, "&kind=training": 0, "&status=active": 0, "&need=x": 0, "&offer=x": 0} {
		if i.ask("", "GET", "/api/v1/partnerships?convention=fctc"+query, nil).is(200).into(&list); list.Total != want {
			t.Errorf("%q lists %d partnerships, want %d", query, list.Total, want)
		}
	}
	for query, want := range map[string]int{"": 1, "&status=agreed&proposal=" + q + "&need=" + need + "&offer=" + offer: 1, "&status=open": 0, "&proposal=x": 0, "&need=x": 0, "&offer=x": 0} {
		if i.ask("provider", "GET", "/api/v1/agreements?convention=fctc"+query, nil).is(200).into(&list); list.Total != want {
			t.Errorf("%q lists %d agreements, want %d", query, list.Total, want)
		}
	}

	var n struct {
		Status   string
		Coverage struct {
			Kinds []string
			Parts []any
		}
	}
	i.ask("focal", "GET", "/api/v1/needs/"+need, nil).is(200).into(&n)
	if n.Status != "partly_covered" || strings.Join(n.Coverage.Kinds, " ") != "legal" || len(n.Coverage.Parts) != 1 {
		t.Errorf("the need is %+v", n)
	}
	i.ask("focal", "POST", "/api/v1/needs/"+need+"/settle", `{"text":"The ministry trains by itself."}`, "If-Match", "*").is(200).into(&n)
	if n.Status != "covered" {
		t.Errorf("with the rest not needed it is %s", n.Status)
	}
}
