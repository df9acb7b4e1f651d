package api_test

import "testing"

// nobody is the id of no document.
const nobody = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

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
	r.problem(403, "error.forbidden.scope")
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
