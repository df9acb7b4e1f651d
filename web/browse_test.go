package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
	"entente/reference"
)

// country is a State by its code.
func country(t *testing.T, code string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(code)
	if !ok {
		t.Fatalf("no country %s", code)
	}
	return c
}

// secretary acts for the secretariat of the tobacco convention.
func secretary() cooperation.Actor {
	return cooperation.Actor{ID: "secretary", Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.Secretariat}}}
}

// posted imports needs and offers and returns their ids by title.
func (s *site) posted(needs []cooperation.NeedContent, offers []cooperation.OfferContent) map[string]string {
	s.t.Helper()
	var needRows []cooperation.ImportRow[cooperation.NeedContent]
	for i, n := range needs {
		needRows = append(needRows, cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, Convention: "fctc", ExternalID: "n" + n.Title, Content: n})
	}
	var offerRows []cooperation.ImportRow[cooperation.OfferContent]
	for i, o := range offers {
		offerRows = append(offerRows, cooperation.ImportRow[cooperation.OfferContent]{Line: i + 2, Convention: "fctc", ExternalID: "o" + o.Title, Content: o})
	}
	first, err := s.platform.ImportNeeds(s.t.Context(), secretary(), needRows, false)
	if err != nil || len(first.Errors) > 0 {
		s.t.Fatal(err, first.Errors)
	}
	second, err := s.platform.ImportOffers(s.t.Context(), secretary(), offerRows, false)
	if err != nil || len(second.Errors) > 0 {
		s.t.Fatal(err, second.Errors)
	}
	ids := map[string]string{}
	for _, n := range needs {
		ids[n.Title] = cooperation.DerivedID("need", "fctc", "n"+n.Title)
	}
	for _, o := range offers {
		ids[o.Title] = cooperation.DerivedID("offer", "fctc", "o"+o.Title)
	}
	return ids
}

func need(t *testing.T, title, of, theme string, kind cooperation.Kind) cooperation.NeedContent {
	return cooperation.NeedContent{Title: title, Beneficiaries: []reference.Country{country(t, of)}, Themes: []string{theme}, Kinds: []cooperation.Outcome{{Kind: kind}},
		Languages: []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}}, ContentLanguage: "en"}
}

func offer(title, of, theme string, kind cooperation.Kind) cooperation.OfferContent {
	return cooperation.OfferContent{Title: title, Provider: cooperation.Participant(of), Themes: []string{theme}, Kinds: []cooperation.Outcome{{Kind: kind}}, Languages: []reference.Language{"en"}, ContentLanguage: "en"}
}

// themes are two themes of the tobacco convention that are not related.
func themes(t *testing.T, s *site) (one, other string) {
	t.Helper()
	state, _ := s.platform.State("fctc")
	for _, theme := range state.Convention().Themes {
		switch {
		case theme.Parent == "" && one == "":
			one = theme.ID
		case theme.Parent == "" && other == "":
			other = theme.ID
		}
	}
	return one, other
}

var heading = regexp.MustCompile(`<h3><a [^>]*>([^<]*)</a></h3>`)

// titles lists the titles of the cards of a page.
func titles(page string) (out []string) {
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return out
}

func TestNeedsAndOffersAreFoundByFacetAndByWord(t *testing.T) {
	s := newSite(t)
	one, other := themes(t, s)
	s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training), need(t, "Taxes", "FJ", other, cooperation.Legal)},
		[]cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training), offer("Lawyers", "CA", other, cooperation.Legal)})
	for _, c := range []struct{ address, want string }{
		{"/needs", "Quitlines Taxes"},
		{"/needs?theme=" + one, "Quitlines"},
		{"/needs?theme=" + one + "&theme=" + other, "Quitlines Taxes"},
		{"/needs?kind=legal", "Taxes"},
		{"/needs?country=KE", "Quitlines"},
		{"/needs?country=KE&kind=legal", ""},
		{"/needs?q=quitlines", "Quitlines"},
		{"/needs?theme=nonsense&kind=nonsense&country=zz&region=zz&language=%%%&sort=nonsense", "Quitlines Taxes"},
		{"/offers", "Lawyers Trainers"},
		{"/offers?provider=NO", "Trainers"},
		{"/offers?status=closed", ""},
	} {
		page := s.ask(http.MethodGet, "/c/fctc"+c.address, http.StatusOK)
		if got := strings.Join(titles(page), " "); got != c.want {
			t.Errorf("%s shows %q, not %q", c.address, got, c.want)
		}
		if none := strings.Contains(page, "Nothing fits"); none != (c.want == "") {
			t.Errorf("%s: that nothing fits is said: %v", c.address, none)
		}
	}
	page := s.ask(http.MethodGet, "/c/fctc/needs?kind=legal&q=tax", http.StatusOK)
	s.has(page, `name="kind" value="legal" checked`, `value="tax"`, "1 result<", `/api/v1/needs?convention=fctc&amp;kind=legal&amp;q=tax`)
	s.ask(http.MethodGet, "/c/fctc/needs?cursor=forged", http.StatusUnprocessableEntity)
	s.ask(http.MethodGet, "/c/nowhere/needs", http.StatusNotFound)
}

func TestAPostingShowsWhatTheReaderMaySeeAndNamesTheRest(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	n := need(t, "Quitlines", "KE", one, cooperation.Training)
	n.Problem, n.ExistingHelp, n.Excluded = "Nobody answers the calls.", "Known to Parties only.", []cooperation.Participant{"CU"}
	n.Costs = []cooperation.CostLine{{Activity: "Staff", Currency: "USD", Cost: "1200.00", Sought: "1000.00", National: "200.00"}, {Activity: "Lines", Currency: "USD", Cost: "500.00", Sought: "500.00"}}
	ids := s.posted([]cooperation.NeedContent{n}, []cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	page := s.ask(http.MethodGet, "/c/fctc/needs/"+ids["Quitlines"], http.StatusOK)
	s.has(page, "Kenya", "Nobody answers the calls.", "1,500", "Not shown to you", "<li>Existing assistance</li>")
	for _, secret := range []string{"Known to Parties only.", "Cuba"} {
		if strings.Contains(page, secret) {
			t.Errorf("the public reads %q", secret)
		}
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/offers/"+ids["Trainers"], http.StatusOK), "Norway", "The whole world")
	s.ask(http.MethodGet, "/c/apmbc/needs/"+ids["Quitlines"], http.StatusNotFound)
	s.ask(http.MethodGet, "/c/fctc/offers/"+ids["Quitlines"], http.StatusNotFound)
	focal := cooperation.Actor{ID: "focal", Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "KE"}}}
	draft, err := s.platform.CreateNeed(t.Context(), focal, "fctc", need(t, "A draft", "KE", one, cooperation.Legal), "")
	if err != nil {
		t.Fatal(err)
	}
	s.ask(http.MethodGet, "/c/fctc/needs/"+draft.ID, http.StatusNotFound)
}

func TestHostileTextShowsAsText(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	hostile := `<script>alert(1)</script>"'><img src=x onerror=alert(2)> مرحبا 👩🏽‍🔬 ` + strings.Repeat("w", 100)
	n := need(t, "Quitlines "+hostile, "KE", one, cooperation.Training)
	n.Problem, n.Authority = hostile, "javascript:alert(3)"
	s.posted([]cooperation.NeedContent{n}, nil)
	list := s.ask(http.MethodGet, "/c/fctc/needs?q="+url.QueryEscape(hostile), http.StatusOK)
	list += s.ask(http.MethodGet, "/c/fctc/needs", http.StatusOK)
	at := regexp.MustCompile(`/c/fctc/needs/[a-z0-9]+`).FindString(list)
	for _, page := range []string{list, s.ask(http.MethodGet, at, http.StatusOK)} {
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img src=x") {
			t.Errorf("markup came through:\n%s", page)
		}
		s.has(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	}
}

func TestEveryPageIsInEveryLanguage(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	ids := s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training)}, []cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	for _, path := range []string{"/c/fctc", "/c/fctc/needs", "/c/fctc/offers", "/c/fctc/needs/" + ids["Quitlines"], "/c/fctc/offers/" + ids["Trainers"]} {
		seen := map[string]string{}
		for _, language := range i18n.Languages() {
			page := s.ask(http.MethodGet, path+"?lang="+language, http.StatusOK)
			s.has(page, `<html lang="`+language+`" dir="`+i18n.Direction(language)+`"`)
			if of, known := seen[page]; known {
				t.Errorf("%s is the same in %s and %s", path, of, language)
			}
			seen[page] = language
		}
	}
}
