package api_test

import (
	"fmt"

	"entente/cooperation"
)

// Preferences and subscriptions are everybody's own.
func (tables) Preferences(i *installation) []right {
	made := 0
	wish := func() string {
		made++
		var s struct{ ID string }
		i.ask("observer", "POST", "/api/v1/subscriptions", `{"convention":"fctc","kinds":["need"]}`, "Idempotency-Key", fmt.Sprint(made)).is(201).into(&s)
		return s.ID
	}
	own := wish()
	return []right{
		{op: "getPreferences", may: "200 others"},
		{op: "replacePreferences", body: `{"mail":"daily","language":"en"}`, may: "200 others"},
		{op: "listSubscriptions", query: "convention=fctc", may: "200 others"},
		{op: "createSubscription", body: `{"convention":"fctc"}`, may: "403 foreigner administrator abroad, 201 others"},
		{op: "getSubscription", id: own, may: "200 observer, 404 others"},
		{op: "getSubscription", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceSubscription", id: own, body: `{"kinds":["offer"]}`, may: "200 observer, 404 others"},
		{op: "deleteSubscription", fresh: wish, may: "204 observer, 404 others"},
	}
}

// The sending of mails is the administrator's to stop; who knows of addresses
// that refuse is said by cooperation.MayReportBounce.
func (tables) Mail(i *installation) []right {
	click := i.platform.UnsubscribeSecret(i.users["observer"], cooperation.GroupPostings)
	return []right{
		{op: "getMail", may: "200 administrator, 403 others"},
		{op: "pauseMail", may: "200 administrator, 403 others"},
		{op: "resumeMail", may: "200 administrator, 403 others"},
		{op: "listBounces", may: "200 others"},
		{op: "reportBounce", body: `{"address":"nobody@example.org","status":"5.1.1"}`, may: "200 administrator secretary foreigner abroad, 403 others"},
		{op: "confirmMail", id: i.users["observer"], may: "204 administrator secretary observer, 404 others"},
		{op: "showUnsubscribe", id: click, may: "200 others"},
		{op: "unsubscribe", id: click, body: "List-Unsubscribe=One-Click", headers: []string{"Content-Type", oneClick}, may: "200 others public"},
		{op: "unsubscribe", what: "wrong", id: nobody, body: "List-Unsubscribe=One-Click", headers: []string{"Content-Type", oneClick}, may: "404 others public"},
		{op: "showUnsubscribe", what: "wrong", id: nobody, may: "404 others"},
	}
}
