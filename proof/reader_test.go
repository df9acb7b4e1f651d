package proof_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// readings are the addresses of everything that can be read, as the description
// of the API lists them: what is added to it is read too. A part in braces is
// filled in with the ids of the documents that its noun names.
var readings = sync.OnceValues(func() ([]string, error) {
	described, err := openapi3.NewLoader().LoadFromFile("../api/openapi.json")
	if err != nil {
		return nil, err
	}
	var all []string
	for path, item := range described.Paths.Map() {
		if item.Get == nil || !strings.HasPrefix(path, "/api/v1/") || slices.Contains(ofProfile, path) {
			continue
		}
		query := url.Values{}
		for _, p := range slices.Concat(item.Parameters, item.Get.Parameters) {
			if value, ok := map[string]string{"convention": convention, "limit": "200", "facets": "true"}[p.Value.Name]; ok && p.Value.In == "query" {
				query.Set(p.Value.Name, value)
			}
		}
		all = append(all, path+"?"+query.Encode())
	}
	slices.Sort(all)
	return all, nil
})

// ofProfile is what shows the profile alone. It names every State.
var ofProfile = []string{"/api/v1/conventions", "/api/v1/conventions/{id}", "/api/v1/conventions/{id}/parties"}

var braces = regexp.MustCompile(`\{[a-z0-9_]+\}`)

// addresses are the readings with the ids of what there is.
func (g *game) addresses() []string {
	templates, err := readings()
	if err != nil {
		g.t.Fatalf("%v", err)
	}
	ids := map[string][]string{"conventions": {convention}, "committees": {"bureau"}, "feeds": {convention}}
	for _, noun := range []string{"needs", "offers", "proposals", "reviews", "introductions", "runs", "recommendations", "activities", "assessments", "agreements", "partnerships"} {
		var list struct{ Items []struct{ ID string } }
		a := g.server.ask("secretary", http.MethodGet, "/api/v1/"+noun+"?convention="+convention+"&limit=200", nil)
		if a.status != http.StatusOK {
			g.t.Fatalf("the secretariat reads no %s: %d", noun, a.status)
		}
		a.into(g.t, &list)
		for _, item := range list.Items {
			ids[noun] = append(ids[noun], item.ID)
		}
	}
	for _, p := range g.model.postings { // drafts too, of which the secretariat knows nothing
		if noun := p.kind + "s"; !slices.Contains(ids[noun], p.id) {
			ids[noun] = append(ids[noun], p.id)
		}
	}
	var all []string
	for _, template := range templates {
		noun, _, _ := strings.Cut(strings.TrimPrefix(template, "/api/v1/"), "/")
		switch holes := braces.FindAllString(template, -1); {
		case len(holes) == 0:
			all = append(all, template)
		case len(holes) == 1:
			for _, id := range ids[noun] {
				all = append(all, strings.Replace(template, holes[0], id, 1))
			}
		}
	}
	return all
}

// read has somebody, or everybody, read everything, and looks for what is
// confidential.
func (g *game) read() {
	whole := append([]string{"everybody"}, everybody()...)
	who := among(&draw{g.t}, "reader", whole)
	if who == whole[0] {
		for _, who := range whole[1:] {
			g.readBy(who)
		}
		return
	}
	g.readBy(who)
}

func (g *game) readBy(who string) {
	hidden := g.hidden(who)
	scores := g.scores(who)
	for _, path := range g.addresses() {
		a := g.server.ask(who, http.MethodGet, path, nil)
		if a.status >= 500 {
			g.t.Fatalf("%q reads %s: %d %s", who, path, a.status, a.key())
		}
		text := string(a.body)
		if read := leak(text, hidden); read != "" {
			g.t.Logf("%s", text)
			g.t.Fatalf("%q reads %s at %s", who, read, path)
		}
		if !scores && strings.Contains(text, `"score"`) {
			g.t.Logf("%s", text)
			g.t.Fatalf("%q reads a score at %s", who, path)
		}
	}
}

// hidden are the secrets that somebody may not read.
func (g *game) hidden(who string) (out []secret) {
	for _, s := range g.model.secrets {
		if !s.readers(g.model, who) {
			out = append(out, s)
		}
	}
	return out
}

// leak says which of the secrets stands in a text; "" for none.
func leak(text string, hidden []secret) string {
	for _, s := range hidden {
		if strings.Contains(text, s.text) {
			return s.what
		}
	}
	return ""
}

// scores reports whether somebody may read a score at all: whoever is on a side,
// on the body or in the secretariat.
func (g *game) scores(who string) bool {
	if runs(who) || seat(who) != "" {
		return true
	}
	for _, p := range g.model.postings {
		if p.own(who) {
			return true
		}
	}
	return false
}
