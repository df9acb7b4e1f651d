package api_test

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

// limited gives the person another token, limited to the scopes.
func (i *installation) limited(who string, scopes ...string) []string {
	i.t.Helper()
	user, _, ok := i.platform.Authenticate(i.tokens[who])
	if !ok {
		i.t.Fatalf("%s has no token", who)
	}
	secret, _, err := i.platform.IssueToken(i.t.Context(), cooperation.System("test"), user.ID, "limited", scopes, time.Hour)
	if err != nil {
		i.t.Fatal(err)
	}
	return []string{"Authorization", "Bearer " + secret}
}

func TestATokenReachesWhatItsScopesNameAndNothingElse(t *testing.T) {
	i := install(t)
	draft := i.ask("focal", "POST", "/api/v1/needs", needBody("A draft")).is(201).document()
	for _, c := range []struct {
		scopes       string
		method, path string
		want         int
		wants        string // the scope that the answer names
	}{
		{"needs:read", "GET", "/api/v1/needs/" + draft.ID, 200, ""},
		{"needs:write", "GET", "/api/v1/needs/" + draft.ID, 200, ""},
		{"read", "GET", "/api/v1/needs/" + draft.ID, 200, ""},
		{"offers:read", "GET", "/api/v1/needs/" + draft.ID, 403, "needs:read"},
		{"offers:read", "GET", "/api/v1/needs/" + nobody, 403, "needs:read"},
		{"offers:write", "GET", "/api/v1/needs?convention=fctc", 403, "needs:read"},
		{"needs:read", "POST", "/api/v1/needs", 403, "needs:write"},
		{"read", "POST", "/api/v1/needs", 403, "needs:write"},
		{"offers:write", "POST", "/api/v1/needs", 403, "needs:write"},
		{"needs:read notifications:read", "POST", "/api/v1/notifications/" + nobody + "/read", 403, "notifications:write"},
		{"needs:write", "POST", "/api/v1/needs", 201, ""},
		{"write", "POST", "/api/v1/needs", 201, ""},
		{"offers:read", "GET", "/healthz", 200, ""},
		{"offers:read", "GET", "/openapi.json", 200, ""},
	} {
		var body any
		if c.method == "POST" && strings.HasSuffix(c.path, "needs") {
			body = needBody("With " + c.scopes)
		}
		a := i.ask("", c.method, c.path, body, i.limited("focal", strings.Fields(c.scopes)...)...)
		if a.Status != c.want {
			t.Errorf("%s: %s %s is answered with %d: %s", c.scopes, c.method, c.path, a.Status, a.Body)
		}
		if c.wants != "" && !strings.Contains(string(a.Body), c.wants) {
			t.Errorf("%s: %s %s does not name the scope %s: %s", c.scopes, c.method, c.path, c.wants, a.Body)
		}
	}
}
