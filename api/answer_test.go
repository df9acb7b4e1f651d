package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// answer is what the server said.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   []byte
}

// ask sends a request as somebody ("" is the public) and holds the answer
// against the description. The body is JSON text, or anything that can be
// written as JSON. Headers come in pairs.
func (i *installation) ask(who, method, path string, body any, headers ...string) *answer {
	i.t.Helper()
	var reader io.Reader = http.NoBody
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	case io.Reader:
		reader = b
	default:
		text, err := json.Marshal(b)
		if err != nil {
			i.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	r := httptest.NewRequestWithContext(i.t.Context(), method, path, reader)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		if i.tokens[who] == "" {
			i.t.Fatalf("nobody is called %s", who)
		}
		r.Header.Set("Authorization", "Bearer "+i.tokens[who])
	}
	for n := 0; n < len(headers); n += 2 {
		if r.Header.Set(headers[n], headers[n+1]); headers[n+1] == "" {
			r.Header.Del(headers[n])
		}
	}
	return i.send(r)
}

func (i *installation) send(r *http.Request) *answer {
	i.t.Helper()
	w := httptest.NewRecorder()
	i.handler.ServeHTTP(w, r)
	a := &answer{t: i.t, Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	i.conforms(r, a)
	return a
}

// conforms fails the test when the answer is not one that the unmodified
// description allows.
func (i *installation) conforms(r *http.Request, a *answer) {
	i.t.Helper()
	for _, must := range []string{"X-Request-Id", "Content-Language"} {
		if a.Header.Get(must) == "" {
			i.t.Errorf("%s %s: no %s", r.Method, r.URL.Path, must)
		}
	}
	if a.Status >= 400 && a.Header.Get("Content-Type") != "application/problem+json" && r.URL.Path != "/readyz" {
		i.t.Errorf("%s %s: %d is not a problem document: %s", r.Method, r.URL.Path, a.Status, a.Body)
	}
	if a.Header.Get("Content-Type") == "application/problem+json" && !bytes.HasSuffix(a.Body, []byte("\n")) {
		i.t.Errorf("%s %s: the problem does not end its line: %s", r.Method, r.URL.Path, a.Body)
	}
	route := i.route(r.Method, r.URL.Path)
	if route == nil {
		if a.Status != http.StatusNotFound && a.Status != http.StatusMethodNotAllowed {
			i.t.Errorf("%s %s is not described and was answered with %d", r.Method, r.URL.Path, a.Status)
		}
		return
	}
	same := fmt.Sprint(route.Operation.OperationID, a.Status, a.Header, string(a.Body))
	if _, seen := i.conform.LoadOrStore(same, true); seen {
		return // schemas are compiled anew for every answer, and many answers are the same
	}
	input := &openapi3filter.ResponseValidationInput{Status: a.Status, Header: a.Header, Body: io.NopCloser(bytes.NewReader(a.Body)),
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: route},
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	if err := openapi3filter.ValidateResponse(i.t.Context(), input); err != nil {
		i.t.Errorf("%s %s answered %d, which its description does not allow: %v\n%s", r.Method, r.URL.Path, a.Status, err, a.Body)
	}
}

// route finds the operation that the description gives an address.
func (i *installation) route(method, path string) *routers.Route {
	steps := strings.Split(path, "/")
	for template, item := range i.doc.Paths.Map() {
		named := strings.Split(template, "/")
		op := item.GetOperation(method)
		if op == nil || len(named) != len(steps) {
			continue
		}
		if slices.EqualFunc(named, steps, func(n, s string) bool { return n == s || strings.HasPrefix(n, "{") }) {
			return &routers.Route{Spec: i.doc, Path: template, PathItem: item, Method: method, Operation: op}
		}
	}
	return nil
}

// is fails the test unless the answer has the status.
func (a *answer) is(status int) *answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("the answer is %d and not %d: %s", a.Status, status, a.Body)
	}
	return a
}

// problem reads a problem and fails the test unless it has status and key.
func (a *answer) problem(status int, key string) *problem {
	a.t.Helper()
	a.is(status)
	var p problem
	a.into(&p)
	if p.Status != status || p.Key != key {
		a.t.Fatalf("the problem is %d %s and not %d %s: %s", p.Status, p.Key, status, key, a.Body)
	}
	return &p
}

func (a *answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%v: %s", err, a.Body)
	}
}

// problem is what tests read of a problem.
type problem struct {
	Type, Title, Detail, Code, Key string
	Status                         int
	RequestID                      string `json:"request_id"`
	Fields                         []struct{ Field, Detail, Key string }
}

// fields are the mistakes as "field: key".
func (p *problem) fields() []string {
	var out []string
	for _, f := range p.Fields {
		out = append(out, f.Field+": "+f.Key)
	}
	return out
}

// document is what tests read of a need or an offer.
type document struct {
	ID, Convention, Title, Status string
	Version                       uint64
	Problem                       string
	Costs                         []any
	ValidUntil                    string            `json:"valid_until"`
	CarriedOver                   string            `json:"carried_over_from"`
	FocalPoint                    map[string]string `json:"focal_point"`
	Withheld                      []string
	Labels                        struct {
		Status                                 string
		Themes, Kinds, Participants, Languages map[string]string
	}
	Missing []struct{ Field, Sentence string }
}

func (a *answer) document() document {
	a.t.Helper()
	var d document
	a.into(&d)
	return d
}

func needBody(title string) map[string]any {
	return map[string]any{
		"convention": "fctc", "beneficiaries": []string{"AO"}, "title": title, "themes": []string{"fctc-art8"},
		"problem":     "The law of 2007 has no rules on smoke-free places, and nobody in the ministry has ever drafted one.",
		"kinds":       []any{map[string]any{"kind": "legal", "change": "A bill is before parliament."}},
		"languages":   []any{map[string]any{"language": "pt", "strength": "preferred"}, map[string]any{"language": "en", "strength": "preferred"}},
		"focal_point": map[string]any{"mail": "unit@example.org"}, "places": []any{map[string]any{"country": "AO"}},
		"start": "2027-01-01", "end": "2027-12-31", "analysis": map[string]any{"source": "own"}, "reached": map[string]any{"total": 1000},
	}
}

func offerBody(title string) map[string]any {
	return map[string]any{
		"convention": "fctc", "provider": "NO", "title": title, "themes": []string{"fctc-art8"}, "description": "Two lawyers for a month.",
		"kinds": []any{map[string]any{"kind": "legal"}}, "languages": []string{"en", "pt"}, "firmness": "indication",
		"ceiling": map[string]any{"amount": "50000.00", "currency": "USD"},
	}
}

// without is a body less some fields.
func without(body map[string]any, fields ...string) map[string]any {
	body = maps.Clone(body)
	for _, f := range fields {
		delete(body, f)
	}
	return body
}

// openNeed posts a need and takes it to the matcher.
func (i *installation) openNeed(title string) document {
	i.t.Helper()
	return i.openedNeed(needBody(title))
}

func (i *installation) openedNeed(need map[string]any) document {
	i.t.Helper()
	d := i.ask("focal", "POST", "/api/v1/needs", need).is(201).document()
	at := "/api/v1/needs/" + d.ID
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15","reference":"NV 12/2026"}}`, "If-Match", `"1"`).is(200)
	return i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"2"`).is(200).document()
}

// openOffer posts an offer and takes it to the matcher.
func (i *installation) openOffer(title string) document {
	i.t.Helper()
	return i.opened(offerBody(title))
}

func (i *installation) opened(offer map[string]any) document {
	i.t.Helper()
	d := i.ask("provider", "POST", "/api/v1/offers", offer).is(201).document()
	at := "/api/v1/offers/" + d.ID
	i.ask("provider", "POST", at+"/submit", nil, "If-Match", `"1"`).is(200)
	return i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"2"`).is(200).document()
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// expired is a context whose time is over.
func expired(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(1, 0))
	t.Cleanup(cancel)
	return ctx
}
