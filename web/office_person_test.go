package web_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

func TestTheSecretariatInvitesAndSeesToPeople(t *testing.T) {
	s := newSite(t)
	kenya := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE")
	s.as(kenya)
	s.ask(http.MethodPost, "/c/fctc/office/people/invite", http.StatusForbidden, "name", "Friend", "mail", "friend@example.org", "language", "en", "role", "secretariat")
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	const people = "/c/fctc/office/people"
	s.has(s.ask(http.MethodGet, people, http.StatusOK), kenya.Mail, "Focal point: Kenya", "Active")
	if page := s.ask(http.MethodGet, people+"?role=approver", http.StatusOK); strings.Contains(page, kenya.Mail) {
		t.Error("somebody without the role is listed")
	}
	refused := s.ask(http.MethodPost, people+"/invite", http.StatusUnprocessableEntity, "name", "Approver of <Fiji>", "mail", "no address", "language", "en", "role", "approver", "participant", "Fiji")
	s.has(refused, `role="alert"`, `value="Approver of &lt;Fiji&gt;"`, `href="#invite-mail"`)
	at, _, _ := strings.Cut(s.choose(people+"/invite", "name", "Approver of <Fiji>", "mail", "approver@example.org", "language", "en", "role", "approver", "participant", "Fiji"), "?")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Approver of &lt;Fiji&gt;", "Approver: Fiji", "Invited", at+"/reinvite")
	s.choose(at + "/reinvite")
	s.has(s.ask(http.MethodGet, at+"?done=office.reinvite", http.StatusOK), "The invitation was sent again.")

	at = people + "/" + kenya.ID
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Send a one-time link", `value="reset"`)
	for range 3 {
		s.choose(at+"/link", "purpose", "reset")
	}
	s.has(s.ask(http.MethodPost, at+"/link", http.StatusTooManyRequests, "purpose", "reset"), `role="alert"`)
	if mails := s.platform.PendingAccountMails(time.Now().Add(time.Hour)); !slices.ContainsFunc(mails, func(n *cooperation.Notification) bool { return n.Recipient == kenya.ID && n.Reason == "account.reset" }) {
		t.Error("no link is on its way")
	}
	if strings.Contains(s.ask(http.MethodGet, people, http.StatusOK), "/link/") {
		t.Error("the link is shown")
	}
	s.choose(at+"/grant", "version", version(t, page, "grant"), "role", "approver", "participant", "KE")
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Take back: Approver: Kenya")
	s.ask(http.MethodPost, at+"/disable", http.StatusConflict, "version", "1")
	s.choose(at+"/revoke", "version", version(t, page, "revoke"), "role", "approver", "participant", "KE")
	s.choose(at+"/disable", "version", version(t, s.ask(http.MethodGet, at, http.StatusOK), "disable"))
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Disabled", at+"/enable")
	if regexp.MustCompile(at + "/grant").MatchString(page) {
		t.Error("a disabled account is offered roles")
	}
	s.choose(at+"/enable", "version", version(t, page, "enable"))
	s.ask(http.MethodGet, people+"/none", http.StatusNotFound)
}
