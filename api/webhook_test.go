package api_test

import (
	"strings"
	"testing"

	"entente/platform"
)

func TestASecretIsShownWhenItIsMadeAndNeverAgain(t *testing.T) {
	i := install(t)
	var made struct {
		ID, Secret, Status, StatusLabel string
		Version                         uint64
	}
	i.ask("provider", "POST", "/api/v1/webhooks", webhookBody(), "Idempotency-Key", "k").is(201).into(&made)
	if !strings.HasPrefix(made.Secret, "whsec_") || made.Status != "active" {
		t.Fatalf("the new webhook is %+v", made)
	}
	at := "/api/v1/webhooks/" + made.ID
	for _, body := range []string{string(i.ask("provider", "GET", at, nil).is(200).Body), string(i.ask("provider", "GET", "/api/v1/webhooks?convention=fctc", nil).is(200).Body),
		string(i.ask("provider", "PUT", at, without(webhookBody(), "convention"), "If-Match", `"1"`).is(200).Body)} {
		if strings.Contains(body, "whsec_") {
			t.Errorf("the secret is shown again: %s", body)
		}
	}
	var rotated struct{ Secret string }
	i.ask("provider", "POST", at+"/rotate", nil, "If-Match", `"2"`).is(200).into(&rotated)
	if rotated.Secret == made.Secret || !strings.HasPrefix(rotated.Secret, "whsec_") {
		t.Errorf("after the rotation the secret is %q", rotated.Secret)
	}
	if strings.Contains(i.log.String(), made.Secret[6:]) {
		t.Error("the secret is in the log")
	}
	i.ask("provider", "GET", at, nil, "If-None-Match", `"3"`).is(304)
	i.ask("provider", "PUT", at, without(webhookBody(), "convention"), "If-Match", `"2"`).problem(412, "error.conflict.version")
}

func TestAWebhookThatCannotBeCalledIsRefusedWithItsMistakes(t *testing.T) {
	i := install(t)
	body := webhookBody()
	body["url"], body["events"] = "http://10.0.0.1/", []string{"need.read", "need.opened"}
	p := i.ask("provider", "POST", "/api/v1/webhooks", body).problem(422, "error.invalid.fields")
	if got := strings.Join(p.fields(), "; "); got != "events[0]: error.invalid.unknown_event; url: error.invalid.url_https" {
		t.Errorf("the mistakes are %s", got)
	}
}

func TestWhatWasSentToAWebhookIsListedWithItsState(t *testing.T) {
	i := install(t)
	var w struct{ ID string }
	i.ask("provider", "POST", "/api/v1/webhooks", webhookBody()).is(201).into(&w)
	at := "/api/v1/webhooks/" + w.ID
	i.ask("provider", "POST", at+"/test", nil, "Idempotency-Key", "a").is(202)
	i.ask("provider", "POST", at+"/test", nil, "Idempotency-Key", "b").is(202)
	var page struct {
		Items []struct{ Event, Status, Kind, Document string }
		Next  string
		Total int
	}
	i.ask("provider", "GET", at+"/deliveries?limit=1&status=pending", nil).is(200).into(&page)
	if page.Total != 2 || len(page.Items) != 1 || page.Items[0].Event != "webhook.test" || page.Items[0].Document != w.ID || page.Next == "" {
		t.Errorf("the deliveries are %+v", page)
	}
	i.ask("provider", "GET", at+"/deliveries?status=failed", nil).is(200).into(&page)
	if page.Total != 0 {
		t.Errorf("given up are %+v", page)
	}
	i.ask("provider", "POST", at+"/pause", nil, "If-Match", "*").is(200)
	i.ask("provider", "POST", at+"/test", nil).problem(409, "error.state.webhook_paused")
	i.ask("provider", "DELETE", at, nil, "If-Match", "*").is(204)
	i.ask("provider", "GET", at, nil).problem(404, "error.not_found.document")
}

// webhooksAreUsed walks every operation of webhooks.
func (i *installation) webhooksAreUsed() {
	i.t.Helper()
	var w, d struct{ ID string }
	i.ask("provider", "POST", "/api/v1/webhooks", webhookBody()).is(201).into(&w)
	at := "/api/v1/webhooks/" + w.ID
	i.ask("provider", "GET", "/api/v1/webhooks?convention=fctc", nil).is(200)
	i.ask("provider", "GET", at, nil).is(200)
	i.ask("provider", "PUT", at, without(webhookBody(), "convention"), "If-Match", `"1"`).is(200)
	i.ask("provider", "POST", at+"/rotate", nil, "If-Match", `"2"`).is(200)
	i.ask("provider", "POST", at+"/test", nil).is(202).into(&d)
	i.ask("provider", "GET", at+"/deliveries", nil).is(200)
	if err := i.platform.RecordAnswer(i.t.Context(), "fctc", d.ID, 0, platform.Answer{Status: 404, Class: "rejected"}); err != nil {
		i.t.Fatal(err)
	}
	i.ask("provider", "POST", at+"/deliveries/"+d.ID+"/redeliver", nil).is(202)
	i.ask("provider", "POST", at+"/pause", nil, "If-Match", "*").is(200)
	i.ask("provider", "POST", at+"/resume", nil, "If-Match", "*").is(200)
	i.ask("provider", "DELETE", at, nil, "If-Match", "*").is(204)
}
