package api_test

import (
	"strings"
	"testing"
)

func TestASearchFindsNeedsOffersAndNamesInOneList(t *testing.T) {
	i := install(t)
	need, offer := i.openNeed("Tobacco taxes for Angola").ID, i.openOffer("Advice on tobacco taxes").ID
	i.ask("focal", "POST", "/api/v1/needs", needBody("Plain packaging")).is(201)
	type result struct {
		Total int
		Next  string
		Items []struct {
			Kind, ID, Title, Status string
			Label                   string `json:"status_label"`
			Participants            []struct{ ID, Name string }
			Snippet                 []struct {
				Text  string
				Match bool
			}
		}
	}
	search := func(who, query, language string) (r result) {
		t.Helper()
		i.ask(who, "GET", "/api/v1/search?convention=fctc&"+query, nil, "Accept-Language", language).is(200).into(&r)
		return r
	}
	all := search("", "q=taxes", "en")
	kinds := map[string]string{}
	for _, hit := range all.Items {
		kinds[hit.Kind] = hit.ID
		marked := false
		for _, piece := range hit.Snippet {
			marked = marked || piece.Match && strings.HasPrefix(strings.ToLower(piece.Text), "tax")
		}
		if hit.Title == "" || !marked && hit.Kind != "theme" && hit.Kind != "need" {
			t.Errorf("a hit is %+v", hit)
		}
	}
	if kinds["need"] != need || kinds["offer"] != offer || all.Total != len(all.Items) {
		t.Errorf("it finds %+v", all)
	}
	only := search("", "q=taxes&kind=offer", "fr")
	if only.Total != 1 || only.Items[0].Participants[0].Name != "Norvège" || only.Items[0].Label == "" || only.Items[0].Label == "Open" {
		t.Errorf("of one kind it finds %+v", only)
	}
	if party := search("", "q=Angola&kind=party", "ru"); party.Total != 1 || party.Items[0].Title != "Ангола" {
		t.Errorf("a Party is found as %+v", party)
	}
	if body := search("", "q=bureau&kind=committee", "en"); body.Total == 0 || body.Items[0].ID != "bureau" {
		t.Errorf("a committee is found as %+v", body)
	}
	if own, other := search("focal", "q=packaging&kind=need", "en"), search("secretary", "q=packaging&kind=need", "en"); own.Total != 1 || other.Total != 0 {
		t.Errorf("a draft is found by its State %d times, by the secretariat %d times", own.Total, other.Total)
	}
	first := search("", "q=taxes&limit=1", "en")
	if rest := search("", "q=taxes&limit=1&cursor="+first.Next, "en"); len(rest.Items) != 1 || rest.Items[0].ID == first.Items[0].ID {
		t.Errorf("the next page holds %+v", rest)
	}
	for _, query := range []string{"", "q=", "q=%20", "q=x&kind=person", "q=x&cursor=y", "q=x&limit=0"} {
		i.ask("", "GET", "/api/v1/search?convention=fctc&"+query, nil).is(400)
	}
}
