package yeartest

import (
	"context"
	"strings"
	"sync"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
	"entente/platform"
)

// office is a post office that writes down what it gets. While it is closed it
// takes nothing, and it may be tried again.
type office struct {
	mu     sync.Mutex
	now    func() time.Time
	closed bool
	got    []letter
}

// letter is a mail that was taken.
type letter struct {
	id   string // of the notification
	to   string
	text string
	at   time.Time
}

// Send implements notify.Channel.
func (o *office) Send(_ context.Context, m notify.Mail) (retry bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return true, &notify.Failure{Class: notify.Network}
	}
	id, _, _ := strings.Cut(m.ID, "@")
	o.got = append(o.got, letter{id: id, to: m.To, text: m.Subject + "\n" + m.PlainText, at: o.now()})
	return false, nil
}

func (o *office) close(closed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = closed
}

// taken are the letters since the last time that somebody asked.
func (o *office) taken() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	got := o.got
	o.got = nil
	return got
}

// outbox shows the deliverer what the platform has to send, as the program does.
type outbox struct{ *platform.Platform }

func (o outbox) Pending(now time.Time) []*cooperation.Notification {
	all := o.PendingAccountMails(now)
	for _, c := range o.Conventions() {
		if s, ok := o.State(c.ID); ok {
			all = append(all, s.PendingNotifications(now)...)
		}
	}
	return all
}

func (o outbox) Current(convention, id string) (*cooperation.Notification, bool) {
	if s, ok := o.State(convention); ok {
		return s.Notification(id)
	}
	return o.AccountMail(id)
}

func (o outbox) Contact(convention, committee string) (mail, language string, ok bool) {
	c, found := o.Convention(convention)
	if !found {
		return "", "", false
	}
	body, found := c.Committee(committee)
	return body.Contact, "en", found && body.Contact != ""
}

func (o outbox) Record(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	return o.RecordDelivery(context.WithoutCancel(ctx), id, attempt, sent, next, class) // however slow the machine is
}

func (o outbox) Paused() bool { return o.MailPaused() }

func (o outbox) Bounced(ctx context.Context, address, status string) error {
	_, err := o.Platform.Bounced(ctx, cooperation.System("notifier"), address, status)
	return err
}

func (o outbox) Names(convention string) i18n.Names { return o.Platform.Names(convention) }
