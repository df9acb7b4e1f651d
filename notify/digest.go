package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// ReasonDigest: what has waited for the recipient's hour.
const ReasonDigest = "digest"

// gathered is how many messages a digest shows; of more it says how many
// there are.
const gathered = 30

// digest puts what has waited for one person into one message. What the
// person may no longer know is left out; where nothing is left, there is no
// digest.
func (t *telling) digest() {
	held := t.occasion.Held
	u, ok := t.user(held[0].Recipient)
	if !ok {
		return
	}
	held = slices.DeleteFunc(slices.Clone(held), func(n *cooperation.Notification) bool { return !entitled(u, n) })
	if len(held) == 0 {
		return
	}
	key := "notify." + ReasonDigest
	n := cooperation.Notification{Reason: ReasonDigest, Read: t.now, // each of them is there to be read by itself
		Subject: message.New(key+".subject", t.conventionArg(), message.Count(len(held))),
		Lines:   []message.Message{message.New(key+".intro", message.Count(len(held)))}}
	for _, h := range held[:min(gathered, len(held))] {
		item := cooperation.Item{Heading: h.Subject, Reasons: h.Lines}
		for _, i := range h.Items {
			item.Reasons = append(slices.Clone(item.Reasons), i.Heading)
		}
		n.Items = append(n.Items, item)
	}
	for _, h := range held {
		n.Gathered = append(n.Gathered, h.ID)
		for _, d := range h.Documents {
			if len(n.Documents) < documents && !slices.Contains(n.Documents, d) {
				n.Documents = append(n.Documents, d)
			}
		}
	}
	if more := len(held) - len(n.Items); more > 0 {
		n.Lines = append(n.Lines, message.New(key+".more", message.Count(more)))
	}
	t.add(n, u.ID, u.Mail, held[0].ID, held[len(held)-1].ID, held[0].Digest) // the last: of an earlier one, in whose place it comes
}

// user finds one of the people of the convention.
func (t *telling) user(id string) (*cooperation.User, bool) {
	i := slices.IndexFunc(t.users, func(u *cooperation.User) bool { return u.ID == id })
	if i < 0 {
		return nil, false
	}
	return t.users[i], true
}
