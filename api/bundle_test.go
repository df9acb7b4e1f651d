package api_test

import (
	"strings"
	"testing"
)

// bundled is what the ranking of a need says of bundles and marks.
type bundled struct {
	Matches []struct {
		Offer struct{ ID string }
		Marks []struct{ Name, Label, Sentence string }
	}
	Bundles struct {
		Suitable, Searched int
		None               string
		Items              []struct {
			Score   int64
			Members []struct {
				Offer       struct{ ID, Title string }
				Kinds       []string
				Share       int64
				Contributor bool
				Sentences   []string
			}
			Parts []struct {
				Name, Sentence string
				Points         int64
			}
			Sentence string
			Marks    []struct{ Name, Label, Sentence string }
		}
	}
}

func TestOffersThatCoverANeedTogetherAreShownWithTheirReasons(t *testing.T) {
	i := install(t)
	need := needBody("A law and what it costs")
	need["kinds"] = []any{map[string]any{"kind": "legal", "change": "A bill is before parliament."}, map[string]any{"kind": "finance", "change": "It is paid for."}}
	need["languages"] = []any{map[string]any{"language": "pt", "strength": "required"}}
	d := i.ask("focal", "POST", "/api/v1/needs", need).is(201).document()
	at := "/api/v1/needs/" + d.ID
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15","reference":"NV 12/2026"}}`, "If-Match", `"1"`).is(200)
	i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"2"`).is(200)

	advice := offerBody("Advice")
	advice["co_providers"] = []any{map[string]any{"participant": "BR", "role": "implementing"}}
	lawyers := i.opened(advice).ID
	var got bundled
	i.ask("focal", "GET", at+"/matches", nil).is(200).into(&got)
	if len(got.Bundles.Items) != 0 || got.Bundles.None != "None of the offers that fit gives: Finance." {
		t.Errorf("with one offer: %+v", got.Bundles)
	}
	if len(got.Matches) != 1 || len(got.Matches[0].Marks) != 1 || got.Matches[0].Marks[0].Name != "triangular" || got.Matches[0].Marks[0].Label != "Triangular cooperation" {
		t.Errorf("an offer of a developing and a developed country is marked: %+v", got.Matches)
	}

	money := offerBody("Money")
	money["kinds"], money["languages"] = []any{map[string]any{"kind": "finance"}}, []string{"en"}
	donor := i.opened(money).ID
	got = bundled{}
	i.ask("focal", "GET", at+"/matches", nil).is(200).into(&got)
	if len(got.Bundles.Items) != 1 || got.Bundles.None != "" || got.Bundles.Suitable != 2 || got.Bundles.Searched != 2 {
		t.Fatalf("with both offers: %+v", got.Bundles)
	}
	b := got.Bundles.Items[0]
	var sum int64
	for _, p := range b.Parts {
		if sum += p.Points; p.Sentence == "" {
			t.Errorf("nothing explains %s", p.Name)
		}
	}
	if sum != b.Score || len(b.Marks) != 1 || b.Marks[0].Name != "triangular" || !strings.Contains(b.Sentence, "Finance; Legislation") {
		t.Errorf("points add up to %d: %+v", sum, b)
	}
	if len(b.Members) != 2 {
		t.Fatalf("%d members", len(b.Members))
	}
	for _, m := range b.Members {
		if want := map[string]string{lawyers: "legal", donor: "finance"}[m.Offer.ID]; len(m.Kinds) != 1 || m.Kinds[0] != want || m.Contributor != (want == "finance") || m.Offer.Title == "" {
			t.Errorf("a member is %+v, want %s", m, want)
		}
	}
	var ofOffer struct {
		Matches []struct{ Marks []struct{ Name string } }
	}
	i.ask("provider", "GET", "/api/v1/offers/"+lawyers+"/matches", nil).is(200).into(&ofOffer)
	if len(ofOffer.Matches) != 1 || len(ofOffer.Matches[0].Marks) != 1 {
		t.Errorf("the provider's side sees %+v", ofOffer)
	}
	i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	var proposals struct {
		Items []struct {
			ID     string
			Offers []struct{ ID string }
			Marks  []struct{ Name string }
		}
	}
	i.ask("focal", "GET", "/api/v1/proposals?convention=fctc&need="+d.ID, nil).is(200).into(&proposals)
	if len(proposals.Items) != 1 || proposals.Items[0].Offers[0].ID != lawyers || len(proposals.Items[0].Marks) != 1 || proposals.Items[0].Marks[0].Name != "triangular" {
		t.Errorf("the proposals are %+v", proposals)
	}
	for lang, want := range map[string]string{"fr": "Coopération triangulaire", "zh": "三方合作"} {
		got = bundled{}
		i.ask("focal", "GET", at+"/matches", nil, "Accept-Language", lang).is(200).into(&got)
		if len(got.Bundles.Items) != 1 || got.Bundles.Items[0].Marks[0].Label != want {
			t.Errorf("in %s: %+v", lang, got.Bundles)
		}
	}
}
