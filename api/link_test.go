package api_test

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

// issue issues a link and returns its address in the API.
func (i *installation) issue(purpose cooperation.LinkPurpose, user string) string {
	i.t.Helper()
	id, err := i.platform.IssueLink(i.t.Context(), purpose, user, time.Hour)
	if err != nil {
		i.t.Fatal(err)
	}
	return "/api/v1/links/" + i.platform.LinkSecret(id)
}

// linkIsUsed is the part of the journey that resets a password by a link, to
// the one that it was.
func (i *installation) linkIsUsed(user string) {
	i.t.Helper()
	at := i.issue(cooperation.LinkReset, user)
	var shown struct {
		Purpose, Name, Mail string
		Asks                []string
	}
	i.ask("", "GET", at, nil).is(200).into(&shown)
	if shown.Purpose != "reset" || shown.Name != "Legal officer" || shown.Mail != "officer@example.org" || strings.Join(shown.Asks, " ") != "password" {
		i.t.Errorf("the link is for %+v", shown)
	}
	p := i.ask("", "POST", at, `{"password":"short"}`).problem(422, "error.invalid.fields")
	if len(p.Fields) != 1 || p.Fields[0].Field != "password" {
		i.t.Errorf("a short password is explained with %+v", p.Fields)
	}
	cookie := i.ask("", "POST", at, map[string]string{"password": phrase}).is(200).cookie()
	i.ask("", "POST", at, map[string]string{"password": phrase}).problem(404, "error.not_found.link")
	i.ask("", "GET", at, nil).problem(404, "error.not_found.link")
	i.ask("", "POST", "/api/v1/sign-out", nil, "Cookie", cookie).is(204)
}

func TestTheLinkOfTheFirstAdministratorIsDeadWhereThereIsOne(t *testing.T) {
	i := install(t) // which has one
	at := i.issue(cooperation.LinkFirstAdministrator, "")
	i.ask("", "GET", at, nil).problem(404, "error.not_found.link")
	i.ask("", "POST", at, `{"name":"Clerk","mail":"clerk@example.org","language":"en","password":"correct horse battery"}`).problem(404, "error.not_found.link")
}
