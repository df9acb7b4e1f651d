package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/platform"
)

// told is an installation in which a focal point was told of a pairing by mail,
// and the mail was given up.
func told(t *testing.T) (s *site, kenya, secretariat *cooperation.User, mail string) {
	t.Helper()
	s = newSite(t)
	kenya, secretariat = s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.person("Secretariat", cooperation.Secretariat, "")
	if _, err := s.platform.SetPreferences(t.Context(), cooperation.ActorOf(kenya, false), platform.Match(kenya.Version), "en", cooperation.Preferences{Mail: cooperation.Immediate}); err != nil {
		t.Fatal(err)
	}
	one, _ := themes(t, s)
	s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training)}, []cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	if _, err := s.platform.Run(t.Context(), secretary(), "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
		t.Fatal(err)
	}
	state, _ := s.platform.State("fctc")
	for _, n := range state.PendingNotifications(time.Now().Add(time.Hour)) {
		if n.Recipient == kenya.ID {
			mail = n.ID
		}
	}
	if mail == "" {
		t.Fatal("nobody is written to")
	}
	if err := s.platform.RecordDelivery(t.Context(), mail, 0, false, time.Time{}, "refused"); err != nil {
		t.Fatal(err)
	}
	return s, kenya, secretariat, mail
}

func TestTheSecretariatSeesToMailsAndSendsThemAgain(t *testing.T) {
	s, kenya, secretariat, mail := told(t)
	const at = "/c/fctc/office/outbox"
	s.as(kenya)
	s.ask(http.MethodGet, at, http.StatusForbidden)
	s.ask(http.MethodPost, at+"/again", http.StatusForbidden, "mail", mail)
	s.as(secretariat)
	s.has(s.ask(http.MethodGet, "/c/fctc/office", http.StatusOK), `href="`+at+`"`)
	page := s.ask(http.MethodGet, at+"?state=failed", http.StatusOK)
	s.has(page, "The server refuses this message.", `href="/c/fctc/office/people/`+kenya.ID+`"`, `value="`+mail+`"`, "New pairings", "Given up")
	if strings.Contains(page, kenya.Mail) || strings.Contains(page, "Pause the sending") {
		t.Error("the page shows an address, or what only an administrator may do")
	}
	if page := s.ask(http.MethodGet, at+"?state=sent", http.StatusOK); strings.Contains(page, kenya.Name) || !strings.Contains(page, "There is none of this sort.") {
		t.Error("what was not sent is listed as sent")
	}
	if page := s.ask(http.MethodGet, at+"?sort=postings&state=failed", http.StatusOK); strings.Contains(page, kenya.Name) {
		t.Error("a mail of another sort is listed")
	}
	s.has(s.ask(http.MethodPost, at+"/again", http.StatusNotFound, "mail", "none"), "<h1")
	s.choose(at+"/again", "mail", mail)
	if n, _ := s.notification(mail); n.Status != cooperation.Pending || n.Begun != 1 {
		t.Errorf("sent again, the mail is %+v", n)
	}
	s.has(s.ask(http.MethodPost, at+"/again", http.StatusConflict, "mail", mail), `role="alert"`, "This mail was not given up")
	for _, language := range i18n.Languages() {
		for _, of := range []string{"messages", "accounts", "webhooks"} {
			s.ask(http.MethodGet, at+"?lang="+language+"&of="+of, http.StatusOK)
		}
	}
}

func TestAddressesThatRefuseMailsAreConfirmedAndAccountMailsListed(t *testing.T) {
	s, kenya, secretariat, _ := told(t)
	const at = "/c/fctc/office/outbox"
	if _, err := s.platform.Bounced(t.Context(), cooperation.System("test"), kenya.Mail, "5.1.1"); err != nil {
		t.Fatal(err)
	}
	s.as(secretariat)
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Addresses that refuse mails", kenya.Name)
	s.choose(at+"/confirm", "person", kenya.ID)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "Addresses that refuse mails") {
		t.Error("a confirmed address is still listed")
	}
	s.choose("/c/fctc/office/people/"+kenya.ID+"/link", "purpose", "reset")
	mails := s.platform.PendingAccountMails(time.Now().Add(time.Hour))
	page := s.ask(http.MethodGet, at+"?of=accounts", http.StatusOK)
	s.has(page, "Choose a new password", kenya.Name, "Waiting")
	for _, n := range mails {
		if n.Link != "" && strings.Contains(page, n.Link) {
			t.Error("the page shows a link that opens an account")
		}
	}
	if _, err := s.platform.CreateWebhook(t.Context(), cooperation.ActorOf(secretariat, false), "fctc", cooperation.WebhookContent{URL: "https://hooks.example.org/secret-part", Events: []string{"*"}}, ""); err != nil {
		t.Fatal(err)
	}
	one, _ := themes(t, s)
	s.posted([]cooperation.NeedContent{need(t, "Another", "KE", one, cooperation.Training)}, nil)
	if n, err := s.platform.Announce(t.Context(), "fctc"); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	page = s.ask(http.MethodGet, at+"?of=webhooks", http.StatusOK)
	s.has(page, "hooks.example.org", "need.opened", "Secretariat")
	if strings.Contains(page, "secret-part") {
		t.Error("the page shows the whole address of a webhook")
	}
}

func TestAdministratorsSeeToMailsWithoutWhatTheySay(t *testing.T) {
	s, kenya, _, _ := told(t)
	admin, err := s.platform.CreateUser(t.Context(), cooperation.System("test"), cooperation.User{Name: "Administrator", Mail: "administrator@example.org", Language: "en", Grants: []cooperation.Grant{{Role: cooperation.Administrator}}})
	if err != nil {
		t.Fatal(err)
	}
	s.as(admin)
	const at = "/c/fctc/office/outbox"
	s.has(s.ask(http.MethodGet, "/c/fctc", http.StatusOK), `href="`+at+`"`)
	page := s.ask(http.MethodGet, at+"?state=failed", http.StatusOK)
	s.has(page, kenya.Name, "New pairings", "Pause the sending of mails")
	if regexp.MustCompile(`<bdi>[^<]*[Pp]ropos`).MatchString(page) {
		t.Errorf("an administrator reads what mails are about:\n%s", page)
	}
	s.choose(at + "/pause")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "The sending of mails is paused for the whole platform.", "Resume the sending of mails")
	s.choose(at + "/resume")
}

// notification is a message as it stands now.
func (s *site) notification(id string) (*cooperation.Notification, bool) {
	state, _ := s.platform.State("fctc")
	return state.Notification(id)
}
