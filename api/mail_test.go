package api_test

import (
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"

	"entente/cooperation"
)

const oneClick = "application/x-www-form-urlencoded"

func TestOneClickEndsTheMailsAndLookingAtThePageDoesNot(t *testing.T) {
	i := install(t)
	at := "/unsubscribe/" + i.platform.UnsubscribeSecret(i.users["interpreter"], cooperation.GroupProposals)
	rhythm := func() string {
		var p struct{ Groups struct{ Proposals string } }
		i.ask("interpreter", "GET", "/api/v1/me/preferences", nil).is(200).into(&p)
		return p.Groups.Proposals
	}
	page := i.ask("", "GET", at, nil).is(200)
	if body := string(page.Body); rhythm() != "" || !strings.Contains(body, `<html lang="fr" dir="ltr">`) || !strings.Contains(body, `<form method="post"`) || !strings.Contains(body, "propositions") {
		t.Errorf("after looking, the rhythm is %q and the page %s", rhythm(), body)
	}
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page may do too much: %v", page.Header)
	}
	for range 2 { // mail programs may try again
		done := i.ask("", "POST", at, "List-Unsubscribe=One-Click", "Content-Type", oneClick).is(200)
		if rhythm() != "none" || strings.Contains(string(done.Body), "<form") {
			t.Errorf("after the click, the rhythm is %q: %s", rhythm(), done.Body)
		}
	}
	for _, wrong := range []string{"x", "a.b.c", i.users["interpreter"] + ".proposals.AAAA"} {
		i.ask("", "GET", "/unsubscribe/"+wrong, nil).problem(404, "error.not_found.document")
		i.ask("", "POST", "/unsubscribe/"+wrong, "List-Unsubscribe=One-Click", "Content-Type", oneClick).problem(404, "error.not_found.document")
	}
	if strings.Contains(i.log.String(), at) {
		t.Error("the log tells the secret address")
	}
}

func TestPreferencesAreReadAndReplacedWithTheirVersion(t *testing.T) {
	i := install(t)
	before := i.ask("focal", "GET", "/api/v1/me/preferences", nil).is(200)
	body := `{"mail":"weekly","groups":{"subscriptions":"immediate"},"language":"ar","time_zone":"Africa/Luanda","quiet_until":"2026-12-31"}`
	i.ask("focal", "PUT", "/api/v1/me/preferences", body, "If-Match", before.Header.Get("ETag")).is(200)
	i.ask("focal", "PUT", "/api/v1/me/preferences", body, "If-Match", before.Header.Get("ETag")).problem(412, "error.conflict.version")
	var now struct {
		Mail, Language string
		Zone           string `json:"time_zone"`
		Quiet          string `json:"quiet_until"`
		Groups         map[string]string
		Bounces        bool
	}
	i.ask("focal", "GET", "/api/v1/me/preferences", nil).is(200).into(&now)
	if now.Mail != "weekly" || now.Language != "ar" || now.Zone != "Africa/Luanda" || now.Quiet != "2026-12-31" || now.Groups["subscriptions"] != "immediate" || now.Bounces {
		t.Errorf("the preferences are %+v", now)
	}
	p := i.ask("focal", "PUT", "/api/v1/me/preferences", `{"mail":"daily","language":"en","time_zone":"Nowhere/None"}`, "If-Match", "*").problem(422, "error.invalid.fields")
	if got := strings.Join(p.fields(), "; "); got != "time_zone: error.invalid.time_zone" {
		t.Errorf("the mistakes are %s", got)
	}
}

// channelsAreUsed walks the operations of preferences and mail.
func (i *installation) channelsAreUsed() {
	i.t.Helper()
	i.ask("focal", "GET", "/api/v1/me/preferences", nil).is(200)
	i.ask("focal", "PUT", "/api/v1/me/preferences", `{"mail":"immediate","language":"en"}`, "If-Match", "*").is(200)
	var s struct{ ID string }
	i.ask("focal", "POST", "/api/v1/subscriptions", `{"convention":"fctc"}`).is(201).into(&s)
	i.ask("focal", "GET", "/api/v1/subscriptions?convention=fctc", nil).is(200)
	i.ask("focal", "GET", "/api/v1/subscriptions/"+s.ID, nil).is(200)
	i.ask("focal", "PUT", "/api/v1/subscriptions/"+s.ID, `{"countries":["KE"]}`, "If-Match", `"1"`).is(200)
	i.ask("focal", "DELETE", "/api/v1/subscriptions/"+s.ID, nil, "If-Match", `"2"`).is(204)
	i.ask("administrator", "GET", "/api/v1/mail", nil).is(200)
	i.ask("administrator", "POST", "/api/v1/mail/pause", nil).is(200)
	i.ask("administrator", "POST", "/api/v1/mail/resume", nil).is(200)
	i.ask("administrator", "GET", "/api/v1/bounces", nil).is(200)
	i.ask("administrator", "POST", "/api/v1/bounces", `{"address":"nobody@example.org","status":"5.1.1"}`).is(200)
	i.ask("administrator", "POST", "/api/v1/bounces/"+i.users["focal"]+"/confirm", nil).is(204)
	at := "/unsubscribe/" + i.platform.UnsubscribeSecret(i.users["focal"], cooperation.GroupDigest)
	i.ask("", "GET", at, nil).is(200)
	i.ask("", "POST", at, "List-Unsubscribe=One-Click", "Content-Type", oneClick).is(200)
}

// Pages, feeds, calendars and files of open data are held against the description as bytes.
func readChannels() {
	for _, format := range []string{"text/html", "application/atom+xml", "application/xml", "text/calendar"} {
		openapi3filter.RegisterBodyDecoder(format, openapi3filter.FileBodyDecoder)
	}
}
