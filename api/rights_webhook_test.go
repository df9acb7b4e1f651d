package api_test

import (
	"fmt"

	"entente/platform"
)

func webhookBody() map[string]any {
	return map[string]any{"convention": "fctc", "url": "https://hooks.example.org/entente", "events": []string{"need.opened"}}
}

// Webhooks are their owner's; the secretariat knows of them and may delete them.
func (tables) Webhooks(i *installation) []right {
	made := 0
	hook := func() string {
		made++
		var w struct{ ID string }
		i.ask("provider", "POST", "/api/v1/webhooks", webhookBody(), "Idempotency-Key", fmt.Sprint("hook ", made)).is(201).into(&w)
		return w.ID
	}
	steady := hook()
	paused := func() string {
		id := steady
		i.ask("provider", "POST", "/api/v1/webhooks/"+id+"/resume", nil, "If-Match", "*")
		i.ask("provider", "POST", "/api/v1/webhooks/"+id+"/pause", nil, "If-Match", "*").is(200)
		return id
	}
	running := func() string {
		i.ask("provider", "POST", "/api/v1/webhooks/"+steady+"/resume", nil, "If-Match", "*")
		return steady
	}
	var pending struct{ ID string }
	i.ask("provider", "POST", "/api/v1/webhooks/"+steady+"/test", nil).is(202).into(&pending)
	sent := func() string {
		var d struct{ ID string }
		i.ask("provider", "POST", "/api/v1/webhooks/"+running()+"/test", nil).is(202).into(&d)
		if err := i.platform.RecordAnswer(i.t.Context(), "fctc", d.ID, 0, platform.Answer{Delivered: true, Status: 200}); err != nil {
			i.t.Fatal(err)
		}
		return steady + " " + d.ID
	}
	content := without(webhookBody(), "convention")
	return []right{
		{op: "listWebhooks", query: "convention=fctc", may: "200 others"},
		{op: "createWebhook", body: webhookBody(), may: "403 foreigner administrator abroad, 201 others"},
		{op: "getWebhook", id: steady, may: "200 provider secretary, 404 others"},
		{op: "getWebhook", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceWebhook", id: steady, body: content, may: "200 provider, 403 secretary, 404 others"},
		{op: "rotateWebhook", id: steady, may: "200 provider, 403 secretary, 404 others"},
		{op: "testWebhook", id: steady, may: "202 provider, 403 secretary, 404 others"},
		{op: "pauseWebhook", fresh: running, may: "200 provider, 403 secretary, 404 others"},
		{op: "resumeWebhook", fresh: paused, may: "200 provider, 403 secretary, 404 others"},
		{op: "listDeliveries", id: steady, may: "200 provider secretary, 404 others"},
		{op: "redeliver", what: "of what waits", id: steady + " " + pending.ID, may: "409 provider, 403 secretary, 404 others"},
		{op: "redeliver", fresh: sent, may: "202 provider, 403 secretary, 404 others"},
		{op: "deleteWebhook", fresh: hook, may: "204 provider secretary, 404 others"},
	}
}
