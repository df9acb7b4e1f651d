package api_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestMistakesAreNamedByFieldAllAtOnce(t *testing.T) {
	i := install(t)
	with := func(field string, value any) map[string]any {
		b := needBody("Title")
		b[field] = value
		return b
	}
	for _, c := range []struct {
		what string
		body any
		want []string
	}{
		{"an unknown field", with("colour", "red"), []string{"colour: error.invalid.unknown_field"}},
		{"a name in capitals", with("TITLE", "x"), []string{"TITLE: error.invalid.unknown_field"}},
		{"what the platform sets", with("status", "open"), []string{"status: error.invalid.read_only"}},
		{"an unknown field inside", with("focal_point", map[string]any{"fax": "1"}), []string{"focal_point.fax: error.invalid.unknown_field"}},
		{"an unknown country", with("beneficiaries", []string{"AO", "XX"}), []string{"beneficiaries[1]: error.invalid.unknown_country"}},
		{"a country in small letters", with("beneficiaries", []string{"ao"}), []string{"beneficiaries[0]: error.invalid.unknown_country"}},
		{"a country that is too long", with("beneficiaries", []string{"AGO"}), []string{"beneficiaries[0]: error.invalid.unknown_country"}},
		{"a number for a country", with("beneficiaries", []any{7}), []string{"beneficiaries[0]: error.invalid.not_text"}},
		{"a language that is none", with("content_language", "klingonese!"), []string{"content_language: error.invalid.unknown_language"}},
		{"a day that is none", with("deadline", "2026-02-30"), []string{"deadline: error.invalid.date"}},
		{"an empty day", with("deadline", ""), []string{"deadline: error.invalid.date"}},
		{"a day in another age", with("deadline", "0001-01-01"), []string{"deadline: error.invalid.date"}},
		{"a kind that is none", with("kinds", []any{map[string]any{"kind": "magic"}}), []string{"kinds[0].kind: error.invalid.not_one_of"}},
		{"a kind without its kind", with("kinds", []any{map[string]any{"change": "x"}}), []string{"kinds[0].kind: error.invalid.required"}},
		{"a text for a list", with("themes", "fctc-art8"), []string{"themes: error.invalid.not_list"}},
		{"a list for an object", with("reached", []any{}), []string{"reached: error.invalid.not_object"}},
		{"a fraction of a person", with("reached", map[string]any{"total": 1.5}), []string{"reached.total: error.invalid.number"}},
		{"fewer than none", with("reached", map[string]any{"total": -1}), []string{"reached.total: error.invalid.too_small"}},
		{"more than there are", with("reached", map[string]any{"total": 1e12}), []string{"reached.total: error.invalid.too_large"}},
		{"a text for yes", with("interpretation", "yes"), []string{"interpretation: error.invalid.not_boolean"}},
		{"null", with("problem", nil), []string{"problem: error.invalid.not_text"}},
		{"too long a title", with("title", strings.Repeat("é", 301)), []string{"title: error.invalid.too_long"}},
		{"too many themes", with("themes", []string{"fctc-art5", "fctc-art6", "fctc-art8", "fctc-art14"}), []string{"themes: error.invalid.too_many"}},
		{"a theme twice", with("themes", []string{"fctc-art8", "fctc-art8"}), []string{"themes: error.invalid.duplicate"}},
		{"an audience that is none", with("visibility", map[string]any{"costs": "friends"}), []string{"visibility.costs: error.invalid.not_one_of"}},
		{"a currency that is none", with("costs", []any{map[string]any{"activity": "a", "cost": "1.00", "currency": "XXQ"}}), []string{"costs[0].currency: error.invalid.unknown_currency"}},
		{"nothing", map[string]any{}, []string{"beneficiaries: error.invalid.required", "convention: error.invalid.required", "title: error.invalid.required"}},
		{"several mistakes", map[string]any{"convention": "fctc", "beneficiaries": []string{"XX"}, "title": 3, "x": 1},
			[]string{"beneficiaries[0]: error.invalid.unknown_country", "title: error.invalid.not_text", "x: error.invalid.unknown_field"}},
		{"a list for the document", []any{}, []string{": error.invalid.not_object"}},
		{"a convention that is not served", with("convention", "nowhere"), []string{"convention: error.invalid.unknown_convention"}},
		{"a theme of no convention", with("themes", []string{"nothing"}), []string{"themes[0]: error.invalid.unknown_theme"}},
		{"text that turns its direction", with("title", "a\u202Eb"), []string{"title: error.invalid.characters"}},
	} {
		p := i.ask("focal", "POST", "/api/v1/needs", c.body).problem(422, "error.invalid.fields")
		if !slices.Equal(p.fields(), c.want) {
			t.Errorf("%s: %v and not %v", c.what, p.fields(), c.want)
		}
		for _, f := range p.Fields {
			if f.Detail == "" || strings.Contains(f.Detail, "error.") {
				t.Errorf("%s: %s has no words: %q", c.what, f.Field, f.Detail)
			}
		}
	}
}

func TestParametersAreCheckedByName(t *testing.T) {
	i := install(t)
	for query, want := range map[string][]string{
		"":                                             {"convention: error.invalid.required"},
		"convention=":                                  {"convention: error.invalid.blank"},
		"convention=nowhere":                           {"convention: error.invalid.unknown_convention"},
		"convention=fctc&limit=0":                      {"limit: error.invalid.limit"},
		"convention=fctc&limit=201":                    {"limit: error.invalid.limit"},
		"convention=fctc&limit=many":                   {"limit: error.invalid.limit"},
		"convention=fctc&staus=open":                   {"staus: error.invalid.unknown_parameter"},
		"convention=fctc&status=opened":                {"status: error.invalid.unknown_status"},
		"convention=fctc&country=XX":                   {"country[0]: error.invalid.unknown_country"},
		"convention=fctc&country=AO&country=x":         {"country[1]: error.invalid.unknown_country"},
		"convention=fctc&kind=magic":                   {"kind[0]: error.invalid.not_one_of"},
		"convention=fctc&theme=nothing":                {"theme: error.invalid.unknown_theme"},
		"convention=fctc&language=!!":                  {"language[0]: error.invalid.unknown_language"},
		"convention=fctc&deadline_from=soon":           {"deadline_from: error.invalid.date"},
		"convention=fctc&amount_from=5":                {"currency: error.invalid.required"},
		"convention=fctc&amount_from=x":                {"amount_from: error.invalid.form"},
		"convention=fctc&amount_to=1.001&currency=USD": {"amount_to: error.invalid.amount"},
		"convention=fctc&currency=QQQ":                 {"currency: error.invalid.unknown_currency"},
		"convention=fctc&sort=random":                  {"sort: error.invalid.not_one_of"},
		"convention=fctc&sort=relevance":               {"q: error.invalid.required"},
		"convention=fctc&facets=perhaps":               {"facets: error.invalid.not_boolean"},
		"convention=fctc&q=%ff":                        {"q: error.invalid.characters"},
	} {
		p := i.ask("", "GET", "/api/v1/needs?"+query, nil).problem(400, "error.invalid.fields")
		if !slices.Equal(p.fields(), want) {
			t.Errorf("%s: %v and not %v", query, p.fields(), want)
		}
	}
	i.ask("", "GET", "/api/v1/needs?convention=fctc&q=%zz", nil).problem(400, "error.invalid.form")
	i.ask("", "GET", "/api/v1/needs?convention=fctc;status=open", nil).problem(400, "error.invalid.form")
	i.ask("", "GET", "/api/v1/needs?convention=fctc&convention=cms", nil).is(400)
	i.ask("", "GET", "/api/v1/offers?convention=fctc&deadline_from=2026-01-01&deadline_to=2027-01-01&region=002&language=PT-br", nil).is(200)
}

// endless is a body that never ends.
type endless struct{ sent int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.sent += len(p)
	return len(p), nil
}

func TestBodiesThatMeanNoGoodAreRefused(t *testing.T) {
	i := install(t)
	post := func(body any, headers ...string) *answer {
		return i.ask("focal", "POST", "/api/v1/needs", body, headers...)
	}
	post(strings.Repeat(`{"title":`, 20_000)).is(400)
	post(strings.Repeat(`[`, 500_000)).is(400)
	post(`{"convention":"fctc"} {"convention":"fctc"}`).problem(400, "error.invalid.json_at")
	post("{\n  \"title\": x}").problem(400, "error.invalid.json_at")
	post("").problem(400, "error.invalid.body_missing")
	post(" \n ").problem(400, "error.invalid.body_missing")
	post("{\"title\":\"\xff\"}").problem(400, "error.invalid.characters")
	post("title: x", "Content-Type", "application/yaml").problem(415, "error.media_type.unsupported")
	post("{}", "Content-Type", "").problem(415, "error.media_type.unsupported")
	post("{}", "Content-Type", "application/json; charset=utf-16").problem(415, "error.media_type.unsupported")
	post(strings.Repeat(" ", 1<<20)+"{}").problem(413, "error.too_large.body")
	flood := &endless{}
	post(flood).problem(413, "error.too_large.body")
	if flood.sent > 4<<20 {
		t.Errorf("%d bytes of a flood were read", flood.sent)
	}
	// a whole number that only Go cannot hold as one
	b := strings.Replace(`{"convention":"fctc","beneficiaries":["AO"],"title":"t","reached":{"total":N}}`, "N", "1e3", 1)
	if a := post(b); a.Status != 201 && a.Status != 422 {
		t.Errorf("1e3 people: %d %s", a.Status, a.Body)
	}
	broken := io.MultiReader(strings.NewReader(`{"title":`), readerThatFails{})
	post(broken).is(400)
	i.ask("secretary", "POST", "/api/v1/imports/needs", "{}").problem(415, "error.media_type.unsupported")
	i.ask("secretary", "POST", "/api/v1/imports/needs", "", "Content-Type", "text/csv").is(422)
	i.ask("secretary", "POST", "/api/v1/imports/needs", "x", "Content-Type", "multipart/form-data").problem(415, "error.media_type.unsupported")
	i.ask("secretary", "POST", "/api/v1/imports/needs", "x", "Content-Type", "multipart/form-data; boundary=b").is(422)
	i.ask("focal", "POST", "/api/v1/imports/needs", csvNeeds, "Content-Type", "text/csv").problem(403, "error.forbidden.action")
	i.ask("", "POST", "/api/v1/imports/needs", csvNeeds, "Content-Type", "text/csv").problem(401, "error.unauthenticated.missing")
}

type readerThatFails struct{}

func (readerThatFails) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAddressesThatAreNotThere(t *testing.T) {
	i := install(t)
	for _, path := range []string{"/", "/api", "/api/v1", "/api/v1/needs/", "/api/v1/need", "/api/v2/needs", "/api/v1/needs/" + nobody + "/destroy"} {
		i.ask("", "GET", path, nil).problem(404, "error.not_found.path")
	}
	i.ask("", "GET", "/api/v1/conventions/nowhere", nil).problem(404, "error.not_found.convention")
	a := i.ask("", "DELETE", "/api/v1/needs/"+nobody, nil)
	p := a.problem(405, "error.method.not_allowed")
	if allow := a.Header.Get("Allow"); !strings.Contains(allow, "GET") || !strings.Contains(allow, "PUT") || !strings.Contains(p.Detail, "PUT") {
		t.Errorf("405 allows %q and says %q", allow, p.Detail)
	}
}

func TestTheNumberOfARequestIsTakenOverWhenItIsSane(t *testing.T) {
	i := install(t)
	if got := i.ask("", "GET", "/healthz", nil, "X-Request-Id", "trace-1.A_b").Header.Get("X-Request-Id"); got != "trace-1.A_b" {
		t.Errorf("it became %q", got)
	}
	for _, bad := range []string{strings.Repeat("x", 65), "a b", "a\"b", "<script>", "é"} {
		if got := i.ask("", "GET", "/healthz", nil, "X-Request-Id", bad).Header.Get("X-Request-Id"); got == bad || len(got) != 26 {
			t.Errorf("%q became %q", bad, got)
		}
	}
	p := i.ask("", "GET", "/nowhere", nil, "X-Request-Id", "trace-2").problem(404, "error.not_found.path")
	if p.RequestID != "trace-2" || !strings.Contains(i.log.String(), "trace-2") {
		t.Errorf("the problem has %q, and the log %s", p.RequestID, i.log.String())
	}
}

func TestARequestThatTakesTooLongIsGivenUp(t *testing.T) {
	i := install(t)
	r, err := http.NewRequestWithContext(expired(t), http.MethodPost, "/api/v1/needs", strings.NewReader(`{"convention":"fctc","beneficiaries":["AO"],"title":"t"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+i.tokens["focal"])
	a := i.send(r).is(503)
	if a.Header.Get("Retry-After") == "" {
		t.Error("503 does not say when to try again")
	}
}
