package catalogue

import (
	"slices"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

func TestWordsAreFoundInSixLanguages(t *testing.T) {
	for _, c := range []struct {
		language reference.Language
		title    string
		found    []string // queries that find it
		lost     []string // queries that do not
	}{
		{"en", "Training of customs officers against smuggling", []string{"officer", "OFFICERS", "the training of officer", "smuggle"}, []string{"office training police", "custom-made shoes"}},
		{"fr", "Réglementations de l’étiquetage des produits", []string{"reglementation", "RÉGLEMENTATION étiquetage", "etiquetages", "l'étiquetage"}, []string{"sevrage"}},
		{"es", "Cooperación para la destrucción de existencias", []string{"cooperaciones", "cooperacion", "destrucción de existencia"}, []string{"minas"}},
		{"ru", "Подготовка сотрудников таможни", []string{"подготовки", "СОТРУДНИК", "таможня"}, []string{"мины"}},
		{"ru", "Учёт запасов", []string{"учет", "учёта"}, nil},
		{"ar", "تدريب موظفي الجمارك", []string{"التدريب", "جمارك", "تَدْرِيب"}, []string{"ألغام"}},
		{"zh", "加强烟草控制能力建设", []string{"烟草控制", "能力", "控", "烟草 建设"}, []string{"草烟", "排雷"}},
		{"pt", "Formação de oficiais", []string{"formacao", "FORMAÇÃO oficiais"}, []string{"militares"}},
		{"", "Smoking cessation clinics", []string{"clinic", "smoke"}, []string{"mines"}},
		{"en", "Fiji’s national plan — étape 2", []string{"fiji plan", "etape 2"}, []string{"3"}},
	} {
		l := newLog(t)
		n := openNeed(1, c.title)
		n.ContentLanguage, n.Themes = c.language, []string{"supply"}
		l.commit(needChange(n))
		for _, q := range c.found {
			if total(t, l.state, cooperation.Actor{}, Query{Text: q}) != 1 {
				t.Errorf("%q does not find %q", q, c.title)
			}
		}
		for _, q := range c.lost {
			if total(t, l.state, cooperation.Actor{}, Query{Text: q}) != 0 {
				t.Errorf("%q finds %q", q, c.title)
			}
		}
	}
}

// total is how many needs a query counts.
func total(t *testing.T, s *State, a cooperation.Actor, q Query) int {
	t.Helper()
	page, err := s.SearchNeeds(a, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return page.Total
}

func TestTheNameOfAThemeOrCountryInAnyLanguageFindsPostingsInOthers(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "Офицеры")
	n.ContentLanguage, n.Themes = "ru", []string{"cessation"}
	l.commit(needChange(n))
	for _, q := range []string{"sevrage", "戒烟", "Abandono", "الإقلاع", "cessation", "Kenia", "肯尼亚", "كينيا", "Кения", "kenya sevrage офицер", "demand"} {
		if total(t, l.state, cooperation.Actor{}, Query{Text: q}) != 1 {
			t.Errorf("%q does not find a Kenyan need for help with cessation", q)
		}
	}
	for _, q := range []string{"Uganda", "impuestos", "kenya taxes"} {
		if total(t, l.state, cooperation.Actor{}, Query{Text: q}) != 0 {
			t.Errorf("%q finds a Kenyan need for help with cessation", q)
		}
	}
}

func TestTheTextOfAWithheldFieldFindsNothingForAnybody(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "Assistance")
	n.Problem, n.Barrier, n.AskedElsewhere = "secretword one", "barrierword", "elsewhereword"
	n.Visibility = map[string]cooperation.Audience{"problem": cooperation.ToCommittee}
	n.Translations = map[string]cooperation.Translation{"fr": {Title: "motpublic", Problem: "motsecret", Barrier: "motbarriere"}}
	l.commit(needChange(n))
	if total(t, l.state, cooperation.Actor{}, Query{Text: "motpublic"}) != 1 {
		t.Error("the public translation of the title is not found")
	}
	for _, a := range []cooperation.Actor{{}, secretariat()} {
		for _, word := range []string{"secretword", "barrierword", "elsewhereword", "motsecret", "motbarriere"} {
			if total(t, l.state, a, Query{Text: word}) != 0 {
				t.Errorf("%q is found by %q", word, a.ID)
			}
		}
	}
}

func TestFiltersSayNothingOfWithheldAmountsDeadlinesAndCoverage(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "Assistance")
	n.Costs = []cooperation.CostLine{{Activity: "a", Currency: "USD", Cost: "100", Sought: "100"}}
	n.Deadline = date("2026-09-01")
	n.Visibility = map[string]cooperation.Audience{"costs": cooperation.ToParties, "deadline": cooperation.ToOwn}
	o := openOffer(1, "Help")
	o.Countries = []reference.Country{mustCountry("CI")}
	o.Visibility = map[string]cooperation.Audience{"countries": cooperation.ToCommittee}
	l.commit(needChange(n), offerChange(o))
	party := cooperation.Actor{ID: "p", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.FocalPoint, Participant: "FR"}}}
	own := cooperation.Actor{ID: "k", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.FocalPoint, Participant: "KE"}}}
	amount, deadline := Query{Currency: "USD", AmountTo: 20_000}, Query{DeadlineTo: date("2026-12-31")}
	for _, c := range []struct {
		name string
		a    cooperation.Actor
		q    Query
		want int
	}{
		{"the public, by amount", cooperation.Actor{}, amount, 0},
		{"a Party, by amount", party, amount, 1},
		{"a Party, by deadline", party, deadline, 0},
		{"its own focal point, by deadline", own, deadline, 1},
		{"the secretariat, by deadline", secretariat(), deadline, 1},
	} {
		if got := total(t, l.state, c.a, c.q); got != c.want {
			t.Errorf("%s finds %d, want %d", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		a    cooperation.Actor
		want int
	}{{cooperation.Actor{}, 0}, {party, 0}, {secretariat(), 1}} {
		page, err := l.state.SearchOffers(c.a, Query{Country: []reference.Country{mustCountry("CI")}, Facets: true})
		if err != nil || page.Total != c.want {
			t.Errorf("%q finds %d offers for Côte d'Ivoire, want %d (%v)", c.a.ID, page.Total, c.want, err)
		}
		if named := slices.ContainsFunc(page.Facets[FacetCountry], func(f FacetCount) bool { return f.Value == "CI" }); named != (c.want == 1) {
			t.Errorf("%q is counted Côte d'Ivoire: %v", c.a.ID, named)
		}
	}
}

func TestAnExclusionNeverShowsInAList(t *testing.T) {
	l := newLog(t)
	o := openOffer(1, "Help")
	o.NotCountries = []reference.Country{mustCountry("CI")}
	l.commit(offerChange(o))
	page, err := l.state.SearchOffers(cooperation.Actor{}, Query{Country: []reference.Country{mustCountry("CI")}})
	if err != nil || page.Total != 1 {
		t.Errorf("the offer is missing from the list of the country that it excludes: %d, %v", page.Total, err)
	}
}

func TestWhatAnswersATextBestComesFirst(t *testing.T) {
	l := newLog(t)
	l.commit(needChange(openNeed(1, "Taxes, among many other things that have nothing to do with the matter at hand")),
		needChange(openNeed(2, "Taxes on tobacco")), needChange(openNeed(3, "Tobacco and tobacco taxes")), needChange(openNeed(4, "Mines")))
	page, err := l.state.SearchNeeds(cooperation.Actor{}, Query{Text: "tobacco tax"})
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != id(KindNeed, 3) {
		t.Errorf("got %d needs, %v; want the one that says tobacco twice first", len(page.Items), err)
	}
}
