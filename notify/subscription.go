package notify

import (
	"crypto/sha256"
	"encoding/hex"

	"entente/cooperation"
	"entente/message"
)

// ReasonSubscription: the recipient has subscribed to what was posted.
const ReasonSubscription = "subscription.opened"

// subscribers tells those who have subscribed of what was opened, and of
// nothing that they may not see or that is their own act: one message a
// person, however many subscriptions and postings there are.
func (t *telling) subscribers() {
	wishes := map[string][]*cooperation.Subscription{}
	for _, s := range t.occasion.Wishes {
		wishes[s.Owner] = append(wishes[s.Owner], s)
	}
	for _, u := range t.users {
		if len(wishes[u.ID]) > 0 && u.ID != t.occasion.Actor.ID {
			t.subscriber(u, wishes[u.ID])
		}
	}
}

func (t *telling) subscriber(u *cooperation.User, wishes []*cooperation.Subscription) {
	a, key := cooperation.ActorOf(u, true), "notify."+ReasonSubscription
	var items []cooperation.Item
	all := sha256.New()
	item := func(kind, id, title string, translations map[string]cooperation.Translation, whose message.Arg) {
		name := message.Of(message.Text, "title", quoted(title, translations, u.Language))
		items = append(items, cooperation.Item{Heading: message.New("notify."+kind, name, whose), Document: kind + "/" + id})
		all.Write([]byte(id))
	}
	for _, n := range t.occasion.Needs {
		if wanted(wishes, func(s *cooperation.Subscription) bool { return s.WantsNeed(t.convention, n) }) && cooperation.SeesNeed(a, n).Any() {
			item("need", n.ID, n.Title, n.Translations, beneficiariesArg(n))
		}
	}
	for _, o := range t.occasion.Offers {
		if wanted(wishes, func(s *cooperation.Subscription) bool { return s.WantsOffer(t.convention, o) }) && cooperation.SeesOffer(a, o).Any() {
			item("offer", o.ID, o.Title, o.Translations, message.Of(message.Party, "provider", string(o.Provider)))
		}
	}
	if len(items) == 0 {
		return
	}
	n := cooperation.Notification{Reason: ReasonSubscription,
		Subject: message.New(key+".subject", t.conventionArg(), message.Count(len(items))),
		Lines:   []message.Message{message.New(key+".intro", message.Count(len(items)))}, Items: items[:min(gathered, len(items))]}
	for _, i := range items[:min(documents, len(items))] {
		n.Documents = append(n.Documents, i.Document)
	}
	if more := len(items) - len(n.Items); more > 0 {
		n.Lines = append(n.Lines, message.New(key+".more", message.Count(more)))
	}
	t.add(n, u.ID, u.Mail, hex.EncodeToString(all.Sum(nil)))
}

func wanted(wishes []*cooperation.Subscription, is func(*cooperation.Subscription) bool) bool {
	for _, s := range wishes {
		if is(s) {
			return true
		}
	}
	return false
}
