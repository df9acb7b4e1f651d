package api_test

import (
	"net/url"
	"strings"
	"testing"

	"entente/cooperation"
)

// someone is what answers say of a person.
type someone struct {
	ID, Name, Mail, Status string
	Version                uint64
	Grants                 []cooperation.Grant
}

func (a *answer) person() someone {
	a.t.Helper()
	var p someone
	a.into(&p)
	return p
}

// staffChanges is the part of the journey in which people are invited, act,
// are replaced and forgotten.
func (i *installation) staffChanges() {
	i.t.Helper()
	body := map[string]any{"name": "Focal point of Kenya", "mail": "kenya@example.org", "language": "en", "grants": grants()["focal"]}
	made := i.ask("secretary", "POST", "/api/v1/people", body).is(201)
	eva := made.person()
	at := "/api/v1/people/" + eva.ID
	if eva.Status != "invited" || made.Header.Get("Location") != at || made.Header.Get("ETag") != `"1"` {
		i.t.Errorf("invited is %+v: %v", eva, made.Header)
	}
	i.ask("secretary", "POST", at+"/invitation", nil).is(200)
	i.ask("secretary", "DELETE", at+"/invitation", nil).is(200)
	i.setPassword(eva.ID)
	signed := []string{"Cookie", i.signIn("kenya@example.org", phrase).is(200).cookie()}
	as := func(method, path string, body any, headers ...string) *answer {
		return i.ask("", method, path, body, append(headers, signed...)...)
	}
	me := as("GET", "/api/v1/me", nil).is(200)
	if p := me.person(); p.Status != "active" || p.Mail != "kenya@example.org" {
		i.t.Errorf("she reads of herself %+v", p)
	}
	as("PUT", "/api/v1/me", map[string]any{"name": "Eva N. Mbeki", "language": "fr"}, "If-Match", me.Header.Get("ETag")).is(200)
	as("PUT", at, map[string]any{"name": "Eva", "mail": "other@example.org", "language": "fr"}, "If-Match", "*").problem(403, "error.forbidden.own_mail")
	var token struct {
		Token  struct{ ID string }
		Secret string
	}
	wanted := map[string]any{"name": "mine", "scopes": []string{"needs:read"}, "days": 1}
	as("POST", "/api/v1/tokens", wanted, "Idempotency-Key", "once").is(201).into(&token)
	as("POST", "/api/v1/tokens", wanted, "Idempotency-Key", "once").problem(409, "error.conflict.token_made")
	if a := as("GET", "/api/v1/tokens", nil).is(200); !strings.Contains(string(a.Body), token.Token.ID) || strings.Contains(string(a.Body), token.Secret) {
		i.t.Errorf("her tokens are %s", a.Body)
	}
	i.ask("", "GET", "/api/v1/me", nil, "Authorization", "Bearer "+token.Secret).problem(403, "error.forbidden.scope")
	as("DELETE", "/api/v1/tokens/"+token.Token.ID, nil).is(204)
	i.ask("", "GET", "/api/v1/needs?convention=fctc", nil, "Authorization", "Bearer "+token.Secret).is(401)
	if export := as("GET", "/api/v1/me/export", nil).is(200); !strings.Contains(string(export.Body), "Eva N. Mbeki") || strings.Contains(string(export.Body), "argon2id") {
		i.t.Errorf("her copy is %s", export.Body)
	}
	roles := map[string]any{"grants": []cooperation.Grant{{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "AO"}}}
	i.ask("approver", "POST", at+"/grant", roles, "If-Match", "*").is(200)
	i.ask("approver", "POST", at+"/revoke", roles, "If-Match", "*").is(200)
	if list := i.ask("approver", "GET", "/api/v1/people?convention=fctc&role=focal_point&limit=200", nil).is(200); !strings.Contains(string(list.Body), eva.ID) {
		i.t.Errorf("the approver's people are %s", list.Body)
	}
	i.programsActByTokens()
	i.ask("secretary", "PUT", at, map[string]any{"name": "Eva M.", "mail": "kenya@example.org", "language": "en"}, "If-Match", "*").is(200)
	i.ask("secretary", "POST", at+"/disable", nil, "If-Match", "*").is(200)
	as("GET", "/api/v1/me", nil).is(401)
	i.ask("secretary", "POST", at+"/enable", nil, "If-Match", "*").is(200)
	i.ask("secretary", "POST", at+"/hand-over", map[string]any{"to": i.users["observer"]}, "If-Match", "*").is(200)
	i.ask("administrator", "POST", at+"/erase", nil).is(200)
	i.ask("administrator", "GET", at, nil).problem(404, "error.not_found.document")
	i.oneLeavesByOneself()
}

func (i *installation) programsActByTokens() {
	i.t.Helper()
	program := i.ask("secretary", "POST", "/api/v1/people", map[string]any{"name": "report", "service": true, "language": "en", "grants": grants()["focal"]}).is(201).person()
	at := "/api/v1/people/" + program.ID
	i.ask("secretary", "GET", at, nil).is(200)
	var made struct {
		Token  struct{ ID string }
		Secret string
	}
	i.ask("secretary", "POST", at+"/tokens", map[string]any{"name": "x", "scopes": []string{"wants:read"}, "days": 1}).problem(422, "error.invalid.fields")
	i.ask("secretary", "POST", at+"/tokens", map[string]any{"name": "x", "scopes": []string{"me:read"}, "days": 1}).is(201).into(&made)
	if p := i.ask("", "GET", "/api/v1/me", nil, "Authorization", "Bearer "+made.Secret).is(200).person(); p.ID != program.ID {
		i.t.Errorf("the program is %+v", p)
	}
	i.ask("secretary", "GET", at+"/tokens", nil).is(200)
	i.ask("secretary", "DELETE", at+"/tokens/"+made.Token.ID, nil).is(204)
}

func (i *installation) oneLeavesByOneself() {
	i.t.Helper()
	i.guest("leaving@example.org", "en")
	cookie := i.signIn("leaving@example.org", phrase).is(200).cookie()
	i.ask("", "POST", "/api/v1/me/erase", map[string]any{"confirm": false}, "Cookie", cookie).is(422)
	i.ask("focal", "POST", "/api/v1/me/erase", map[string]any{"confirm": true}).problem(403, "error.forbidden.session")
	i.ask("", "POST", "/api/v1/me/erase", map[string]any{"confirm": true}, "Cookie", cookie).is(200)
	i.ask("", "GET", "/api/v1/me", nil, "Cookie", cookie).is(401)
	i.signIn("leaving@example.org", phrase).is(401)
}

func TestPeopleAreListedPageByPageAndUnderOneQuestion(t *testing.T) {
	i := install(t)
	var page struct {
		Items []someone
		Next  string
		Total int
	}
	seen := map[string]bool{}
	path := "/api/v1/people?convention=fctc&limit=4"
	for cursor := ""; ; {
		i.ask("secretary", "GET", path+cursor, nil).is(200).into(&page)
		for _, p := range page.Items {
			if seen[p.ID] {
				t.Errorf("%s is listed twice", p.Name)
			}
			seen[p.ID] = true
		}
		if page.Next == "" {
			break
		}
		cursor = "&cursor=" + url.QueryEscape(page.Next)
		page.Next = ""
		i.ask("secretary", "GET", "/api/v1/people?convention=apmbc&limit=4"+cursor, nil).problem(400, "error.invalid.cursor")
	}
	if len(seen) != page.Total || page.Total < 10 {
		t.Errorf("%d of %d are listed", len(seen), page.Total)
	}
	i.ask("focal", "GET", "/api/v1/people?role=approver", nil).is(200).into(&page)
	if page.Total != 2 { // of her State: one of them is disabled
		t.Errorf("the drafter finds %+v", page.Items)
	}
}

func TestATokenMadeByATokenReachesNoFurtherAndNotForLong(t *testing.T) {
	i := install(t)
	limited := i.limited("focal", "tokens:write", "needs:read")
	ask := func(scopes ...string) *answer {
		return i.ask("", "POST", "/api/v1/tokens", map[string]any{"name": "x", "scopes": scopes, "days": 1}, limited...)
	}
	ask("needs:read").is(201)
	ask("needs:write").problem(403, "error.forbidden.scopes")
	ask("read").problem(403, "error.forbidden.scopes")
	i.ask("focal", "POST", "/api/v1/tokens", map[string]any{"name": "x", "scopes": []string{"read"}, "days": 367}).is(422)
}
