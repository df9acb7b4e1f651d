package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// ReasonClocks: steps wait for the recipient, or for those whom it looks after.
const ReasonClocks = "clocks.due"

// reminded is how many reminders one message lists. It names all of them: of
// what it reminds, one is not reminded again.
const reminded = 30

// clocks reminds everybody of all that waits for them in one message.
func (t *telling) clocks() {
	for _, u := range t.users {
		a := cooperation.ActorOf(u, true)
		var due []cooperation.DueReminder
		for _, d := range t.occasion.Due {
			if !d.Told(u.ID) && slices.ContainsFunc(d.To, func(o cooperation.Owner) bool { return o.Is(a, t.convention.ID) }) {
				due = append(due, d)
			}
		}
		if len(due) > 0 {
			t.addClocks(u, due)
		}
	}
}

func (t *telling) addClocks(u *cooperation.User, due []cooperation.DueReminder) {
	key := "notify." + ReasonClocks
	n := cooperation.Notification{Reason: ReasonClocks,
		Subject: message.New(key+".subject", t.conventionArg(), message.Count(len(due))),
		Lines:   []message.Message{message.New(key+".line", message.Count(len(due)))}}
	for _, d := range due {
		n.Reminders = append(n.Reminders, d.ID)
		if len(n.Items) < reminded {
			n.Items = append(n.Items, cooperation.Item{Heading: t.clockHeading(&d), Document: d.Clock.Document})
		}
		if len(n.Documents) < documents && !slices.Contains(n.Documents, d.Clock.Document) {
			n.Documents = append(n.Documents, d.Clock.Document)
		}
	}
	if more := len(due) - len(n.Items); more > 0 {
		n.Lines = append(n.Lines, message.New(key+".more", message.Count(more)))
	}
	t.add(n, u.ID, u.Mail, n.Reminders...)
}

// clockHeading says what waits, and until when.
func (t *telling) clockHeading(d *cooperation.DueReminder) message.Message {
	what := []message.Arg{message.Of(message.Key, "clock", "clock."+string(d.Clock.Kind)), message.Of(message.Text, "title", quoted(d.Title, nil, ""))}
	switch {
	case d.Clock.Last.IsZero():
		return message.New("notify.clock.waiting", what...)
	case d.Clock.Over(t.now):
		return message.New("notify.clock.over", append(what, message.Of(message.Date, "until", d.Clock.Last.String()))...)
	}
	return message.New("notify.clock.until", append(what, message.Of(message.Date, "until", d.Clock.Last.String()))...)
}
