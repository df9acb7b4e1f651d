package notify

import (
	"entente/cooperation"
	"entente/message"
)

// webhook tells the owner of a webhook that it was paused. Its address is not
// repeated: who has it in the mail has a piece of another system.
func (t *telling) webhook() {
	w := t.occasion.Webhook
	key := "notify." + ReasonWebhook
	for _, u := range t.users {
		if u.ID != w.Owner {
			continue
		}
		cause := "failing"
		if w.Cause == cooperation.PausedGone {
			cause = "gone"
		}
		t.add(cooperation.Notification{Reason: ReasonWebhook, Documents: []string{"webhook/" + w.ID},
			Subject: message.New(key+".subject", t.conventionArg()),
			Lines:   []message.Message{message.New(key + "." + cause), message.New(key + ".advice")},
		}, u.ID, u.Mail, w.ID, decimal(w.Version))
	}
}
