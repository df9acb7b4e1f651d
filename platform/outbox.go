package platform

import (
	"context"
	"net/url"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// OutboxQuery says which mails, or deliveries, to list.
type OutboxQuery struct {
	Standings []cooperation.MailStanding       // only these; all when empty
	Statuses  []cooperation.NotificationStatus // of deliveries: only these; all when empty
	Group     cooperation.Group                // of mails: only this sort; all when empty
	Cursor    string
	Limit     int
}

// OutboxMail is a mail as those see it who see to the mails: whether it was
// sent, and not what it says.
type OutboxMail struct {
	ID       string
	Name     string // of the recipient; "" where the actor may not know it, and for a mailbox
	Person   string // the recipient's id, where the actor may know it
	Body     string // whose mailbox it goes to
	Reason   string
	Group    cooperation.Group
	Subject  message.Message // empty where the actor may not know it
	Standing cooperation.MailStanding
	Attempts int
	Made     time.Time
	Next     time.Time
	Sent     time.Time
	Class    string // of the last failure
	Again    bool   // whether the actor may send it again
}

// Outbox is a page of mails, with how many there are of each standing.
type Outbox struct {
	Mails  []OutboxMail
	Counts map[cooperation.MailStanding]int // whatever standing was asked for
	Total  int
	Next   string
	Paused bool // no mails are sent for now
}

// Outbox lists what became of the messages of a convention, the latest first.
func (p *Platform) Outbox(actor cooperation.Actor, convention string, q OutboxQuery) (*Outbox, error) {
	r, err := p.outboxRoom(actor, convention)
	if err != nil {
		return nil, err
	}
	out := &Outbox{Counts: map[cooperation.MailStanding]int{}, Paused: p.MailPaused()}
	page, err := r.state.NotificationsIf(func(n *cooperation.Notification) bool { return out.count(n, &q) }, q.asked(convention), q.Cursor, q.Limit)
	return p.filled(out, page, err, actor, convention)
}

// AccountOutbox lists what became of the mails about accounts to people with a
// role in the convention.
func (p *Platform) AccountOutbox(actor cooperation.Actor, convention string, q OutboxQuery) (*Outbox, error) {
	if _, err := p.outboxRoom(actor, convention); err != nil {
		return nil, err
	}
	out := &Outbox{Counts: map[cooperation.MailStanding]int{}, Paused: p.MailPaused()}
	page, err := p.accounts.NotificationsIf(func(n *cooperation.Notification, u *cooperation.User) bool {
		return u != nil && !u.Erased && slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool { return g.Convention == convention }) && out.count(n, &q)
	}, q.asked(convention), q.Cursor, q.Limit)
	return p.filled(out, page, err, actor, convention)
}

// outboxRoom is the room of a convention whose mails the actor may see to.
func (p *Platform) outboxRoom(actor cooperation.Actor, convention string) (*room, error) {
	r, err := p.room(convention)
	if err == nil && !cooperation.MaySeeOutbox(actor, convention) {
		err = cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return r, err
}

func (q *OutboxQuery) asked(convention string) []any {
	return []any{"outbox", convention, q.Standings, q.Statuses, q.Group}
}

// count counts a message, and reports whether it is asked for.
func (o *Outbox) count(n *cooperation.Notification, q *OutboxQuery) bool {
	if q.Group != "" && n.Group() != q.Group {
		return false
	}
	standing := n.Standing()
	o.Counts[standing]++
	return len(q.Standings) == 0 || slices.Contains(q.Standings, standing)
}

// filled is a page with what the actor may see of its mails.
func (p *Platform) filled(out *Outbox, page catalogue.Page[*cooperation.Notification], err error, actor cooperation.Actor, convention string) (*Outbox, error) {
	if err != nil {
		return nil, err
	}
	out.Total, out.Next = page.Total, page.Next
	now := p.clock()
	for _, n := range page.Items {
		m := OutboxMail{ID: n.ID, Reason: n.Reason, Group: n.Group(), Standing: n.Standing(), Attempts: n.Attempts, Made: n.Created, Next: n.Next, Sent: n.Sent, Class: n.Error}
		if n.Recipient == cooperation.CommitteeRecipient(n.Committee) {
			m.Body = n.Committee
		} else if u, err := p.Person(actor, n.Recipient); err == nil {
			m.Person, m.Name = u.ID, u.Name
		}
		if cooperation.MaySeeMailSubject(actor, convention) {
			m.Subject = n.Subject
		}
		again := *n
		m.Again = n.Convention != "" && again.Again(actor, now) == nil
		out.Mails = append(out.Mails, m)
	}
	return out, nil
}

// SendMailAgain sends a mail of a convention once more that was given up.
func (p *Platform) SendMailAgain(ctx context.Context, actor cooperation.Actor, convention, id string) error {
	r, err := p.outboxRoom(actor, convention)
	if err != nil {
		return err
	}
	return r.do(ctx, "notification.resend", actor, func(d *draft) error {
		n, ok := r.notification(d, id)
		if !ok {
			return cooperation.Absent()
		}
		again := *n
		if err := again.Again(actor, p.clock()); err != nil {
			return err
		}
		d.putNotification(&again)
		return nil
	})
}

// OutboxDelivery is a delivery to a webhook as those see it who see to what
// leaves the convention.
type OutboxDelivery struct {
	Host     string // of the receiver: the rest of its address may be a secret
	Owner    string // the name of whose webhook it is; "" where the actor may not know it
	Event    string
	Status   cooperation.NotificationStatus
	Attempts int
	Happened time.Time
	Next     time.Time
	Sent     time.Time
	Answer   int    // the status of the last answer; 0 without one
	Class    string // of the last failure
}

// DeliveryLog is a page of deliveries, with how many there are of each status.
type DeliveryLog struct {
	Deliveries []OutboxDelivery
	Counts     map[cooperation.NotificationStatus]int
	Total      int
	Next       string
}

// DeliveryLog lists what became of the deliveries to all webhooks of a
// convention, the latest first.
func (p *Platform) DeliveryLog(actor cooperation.Actor, convention string, q OutboxQuery) (*DeliveryLog, error) {
	r, err := p.outboxRoom(actor, convention)
	if err != nil {
		return nil, err
	}
	out := &DeliveryLog{Counts: map[cooperation.NotificationStatus]int{}}
	page, err := r.state.DeliveriesIf(func(d *cooperation.Delivery) bool {
		out.Counts[d.Status]++
		return len(q.Statuses) == 0 || slices.Contains(q.Statuses, d.Status)
	}, q.asked(convention), q.Cursor, q.Limit)
	if err != nil {
		return nil, err
	}
	out.Total, out.Next = page.Total, page.Next
	for _, d := range page.Items {
		one := OutboxDelivery{Event: d.Event, Status: d.Status, Attempts: d.Attempts, Happened: d.Happened, Next: d.Next, Sent: d.Sent, Answer: d.Answer, Class: d.Error}
		if w, ok := r.state.Webhook(d.Webhook); ok {
			if u, err := url.Parse(w.URL); err == nil {
				one.Host = u.Host
			}
			if u, err := p.Person(actor, w.Owner); err == nil {
				one.Owner = u.Name
			}
		}
		out.Deliveries = append(out.Deliveries, one)
	}
	return out, nil
}
