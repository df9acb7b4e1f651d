package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// nobody is the id of no document.
const nobody = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// whoever reads a table of rights: everybody who has a name, and the public.
var everybody = []string{"", "focal", "approver", "provider", "sponsor", "secretary", "member", "observer", "neighbour", "reader", "foreigner", "administrator"}

func TestWhoMayDoWhat(t *testing.T) {
	i := install(t)
	draft := i.ask("focal", "POST", "/api/v1/needs", needBody("A draft")).is(201).document()
	open := i.openNeed("An open need")
	offer := i.openOffer("An open offer")
	run := i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201).document()
	var proposals struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc", nil).is(200).into(&proposals)
	if len(proposals.Items) != 1 {
		t.Fatalf("there are %d proposals", len(proposals.Items))
	}
	proposal := proposals.Items[0].ID

	// Each row gives a status for everybody that it names, and one for the rest.
	rows := []struct {
		what, method, path string
		body               any
		rest               int
		who                map[string]int
	}{
		{"read the conventions", "GET", "/api/v1/conventions", nil, 200, nil},
		{"list needs", "GET", "/api/v1/needs?convention=fctc", nil, 200, nil},
		{"read an open need", "GET", "/api/v1/needs/" + open.ID, nil, 200, nil},
		{"read a draft", "GET", "/api/v1/needs/" + draft.ID, nil, 404, map[string]int{"focal": 200, "approver": 200, "reader": 200}},
		{"read what is not there", "GET", "/api/v1/needs/" + nobody, nil, 404, nil},
		{"read an id that is none", "GET", "/api/v1/needs/x", nil, 404, nil},
		{"draft a need for Angola", "POST", "/api/v1/needs", needBody("Another"), 403, map[string]int{"": 401, "focal": 201, "approver": 201}},
		{"draft an offer of Norway", "POST", "/api/v1/offers", offerBody("Another"), 403, map[string]int{"": 401, "provider": 201, "sponsor": 201}},
		{"replace a draft", "PUT", "/api/v1/needs/" + draft.ID, without(needBody("Again"), "convention"), 404, map[string]int{"": 401, "focal": 412, "approver": 412, "reader": 412}},
		{"submit a draft", "POST", "/api/v1/needs/" + draft.ID + "/submit", `{"clearance":{"date":"2026-01-15"}}`, 404, map[string]int{"": 401, "focal": 412, "approver": 412, "reader": 412}},
		{"admit an open need", "POST", "/api/v1/needs/" + open.ID + "/admit", nil, 412, map[string]int{"": 401}},
		{"admit what is not there", "POST", "/api/v1/needs/" + nobody + "/admit", nil, 404, map[string]int{"": 401}},
		{"carry an open need over", "POST", "/api/v1/needs/" + open.ID + "/carry-over", nil, 403, map[string]int{"": 401, "focal": 201, "approver": 201}},
		{"carry a draft over", "POST", "/api/v1/needs/" + draft.ID + "/carry-over", nil, 404, map[string]int{"": 401, "focal": 409, "approver": 409, "reader": 403}},
		{"rank the offers for a need", "GET", "/api/v1/needs/" + open.ID + "/matches", nil, 403, map[string]int{"": 401, "focal": 200, "approver": 200, "reader": 200, "secretary": 200, "member": 200}},
		{"rank the needs for an offer", "GET", "/api/v1/offers/" + offer.ID + "/matches", nil, 403, map[string]int{"": 401, "provider": 200, "sponsor": 200, "secretary": 200, "member": 200}},
		{"rank for a draft", "GET", "/api/v1/needs/" + draft.ID + "/matches", nil, 404, map[string]int{"": 401, "focal": 200, "approver": 200, "reader": 200}},
		{"list runs", "GET", "/api/v1/runs?convention=fctc", nil, 403, map[string]int{"": 401, "secretary": 200, "member": 200}},
		{"read a run", "GET", "/api/v1/runs/" + run.ID, nil, 404, map[string]int{"": 401, "secretary": 200, "member": 200}},
		{"start a run", "POST", "/api/v1/runs", `{"convention":"fctc"}`, 403, map[string]int{"": 401, "secretary": 201}},
		{"list proposals", "GET", "/api/v1/proposals?convention=fctc", nil, 200, map[string]int{"": 401}},
		{"read a proposal", "GET", "/api/v1/proposals/" + proposal, nil, 404, map[string]int{"": 401, "focal": 200, "approver": 200, "reader": 200, "provider": 200, "sponsor": 200, "secretary": 200, "member": 200}},
		{"list notifications", "GET", "/api/v1/notifications", nil, 200, map[string]int{"": 401}},
		{"mark another's notification", "POST", "/api/v1/notifications/" + nobody + "/read", nil, 404, map[string]int{"": 401}},
	}
	for _, row := range rows {
		for _, who := range everybody {
			want, named := row.who[who]
			if !named {
				want = row.rest
			}
			headers := []string{}
			if row.method != "GET" {
				headers = append(headers, "If-Match", `"99"`)
			}
			a := i.ask(who, row.method, row.path, row.body, headers...)
			if a.Status != want {
				t.Errorf("%q may %s with %d and not %d: %s", who, row.what, a.Status, want, a.Body)
			}
			if a.Status == http.StatusUnauthorized && a.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: 401 does not say how to sign in", row.what)
			}
		}
	}
}

// withoutID is a problem less what differs from request to request.
func withoutID(t *testing.T, a *answer) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	delete(body, "request_id")
	a.Header.Del("X-Request-Id")
	for name := range a.Header {
		body["header "+name] = a.Header[name]
	}
	return body
}

func TestWhatOneMayNotSeeIsLikeWhatDoesNotExist(t *testing.T) {
	i := install(t)
	need := i.ask("focal", "POST", "/api/v1/needs", needBody("A draft")).is(201).document()
	offer := i.ask("provider", "POST", "/api/v1/offers", offerBody("A draft")).is(201).document()
	i.openNeed("Open")
	i.openOffer("Open")
	run := i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201).document()
	var proposals struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc", nil).is(200).into(&proposals)
	var told struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/notifications", nil).is(200).into(&told)

	for _, c := range []struct {
		method, before, id, after string
		body                      any
	}{
		{"GET", "/api/v1/needs/", need.ID, "", nil},
		{"GET", "/api/v1/needs/", need.ID, "/matches", nil},
		{"PUT", "/api/v1/needs/", need.ID, "", without(needBody("Mine"), "convention")},
		{"POST", "/api/v1/needs/", need.ID, "/submit", `{"clearance":{"date":"2026-01-15"}}`},
		{"POST", "/api/v1/needs/", need.ID, "/admit", nil},
		{"POST", "/api/v1/needs/", need.ID, "/carry-over", nil},
		{"GET", "/api/v1/offers/", offer.ID, "", nil},
		{"PUT", "/api/v1/offers/", offer.ID, "", without(offerBody("Mine"), "convention")},
		{"POST", "/api/v1/offers/", offer.ID, "/withdraw", nil},
		{"GET", "/api/v1/runs/", run.ID, "", nil},
		{"GET", "/api/v1/proposals/", proposals.Items[0].ID, "", nil},
		{"POST", "/api/v1/notifications/", told.Items[0].ID, "/read", nil},
	} {
		for _, who := range []string{"neighbour", "foreigner", "administrator"} {
			hidden := i.ask(who, c.method, c.before+c.id+c.after, c.body, "If-Match", `"1"`)
			absent := i.ask(who, c.method, c.before+nobody+c.after, c.body, "If-Match", `"1"`)
			hidden.problem(404, "error.not_found.document")
			if d := cmp.Diff(withoutID(t, absent), withoutID(t, hidden)); d != "" {
				t.Errorf("%s may tell that %s %s%s exists: %s", who, c.method, c.before, c.after, d)
			}
		}
	}
}

func TestATokenThatStandsForNobodyIsRefusedEverywhere(t *testing.T) {
	i := install(t)
	for _, header := range []string{"Bearer entente_wrong", "Bearer", "Basic dXNlcjpwYXNz", "entente_x", "Bearer " + i.tokens["focal"] + "x"} {
		for _, path := range []string{"/api/v1/conventions", "/api/v1/needs?convention=fctc", "/api/v1/notifications", "/healthz"} {
			a := i.ask("", "GET", path, nil, "Authorization", header)
			a.problem(401, "error.unauthenticated.token")
			if a.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: 401 does not say how to sign in", path)
			}
		}
	}
	r := i.ask("reader", "POST", "/api/v1/needs", needBody("With a token that may only read"))
	r.problem(403, "error.forbidden.read_only")
}

func TestOnlyWhatThePublicReadsMayBeKept(t *testing.T) {
	i := install(t)
	for _, c := range []struct{ who, path, want string }{
		{"", "/api/v1/needs?convention=fctc", "no-cache"}, {"focal", "/api/v1/needs?convention=fctc", "no-store"},
		{"", "/api/v1/needs/" + nobody, "no-store"}, {"", "/api/v1/notifications", "no-store"},
	} {
		a := i.ask(c.who, "GET", c.path, nil)
		for header, want := range map[string]string{"Cache-Control": c.want, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if got := a.Header.Get(header); got != want {
				t.Errorf("%q reading %s: %s is %q and not %q", c.who, c.path, header, got, want)
			}
		}
	}
}

// Preferred partners are for the need's own side and the secretariat, like the
// field that names them.
func TestWhomANeedPrefersIsNotToldToMembers(t *testing.T) {
	i := install(t)
	body := needBody("With a preferred partner")
	body["preferred"] = []string{"NO"}
	d := i.ask("focal", "POST", "/api/v1/needs", body).is(201).document()
	at := "/api/v1/needs/" + d.ID
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15","reference":"NV 12/2026"}}`, "If-Match", `"1"`).is(200)
	i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"2"`).is(200)
	i.openOffer("Of Norway")
	for who, want := range map[string]bool{"focal": true, "secretary": true, "member": false} {
		var ranking struct{ Matches []struct{ Preferred bool } }
		i.ask(who, "GET", at+"/matches", nil).is(200).into(&ranking)
		if len(ranking.Matches) != 1 || ranking.Matches[0].Preferred != want {
			t.Errorf("%s is told %+v, want preferred: %v", who, ranking.Matches, want)
		}
	}
}
