package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

// Outbox is where the notifications to be sent are, with what is needed to
// send them. It is safe for concurrent use.
type Outbox interface {
	// Pending lists the notifications whose next attempt is due at now, of all
	// conventions. They are not to be changed.
	Pending(now time.Time) []*cooperation.Notification
	// Current returns a notification as it stands now.
	Current(convention, id string) (*cooperation.Notification, bool)
	// User returns an account.
	User(id string) (*cooperation.User, bool)
	// Contact returns the mailbox of a body and its language; false when it has none.
	Contact(convention, committee string) (mail, language string, ok bool)
	// Paused reports whether no mails are to be sent for now.
	Paused() bool
	// UnsubscribeSecret is what the address for unsubscribing ends in.
	UnsubscribeSecret(user string, group cooperation.Group) string
	// Bounced notes that mails to an address come back.
	Bounced(ctx context.Context, address, status string) error
	// Record records the outcome of an attempt, counted from 0. It does nothing
	// when that attempt is not the one that is due.
	Record(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error
	// Names are the names in a convention.
	Names(convention string) i18n.Names
	// Template is the convention's own wording of the mails for a reason, in a
	// language; false where it has none.
	Template(convention, reason, language string) (*cooperation.Template, bool)
	// LinkSecret is what the address of a one-time link ends with. It is asked
	// for at the moment of sending, and kept nowhere.
	LinkSecret(id string) string
	// Now is the clock by which things are due.
	Now() time.Time
}

// Claims let one of several processes do a thing.
type Claims interface {
	// Claim takes a claim until expiry and tells whether the caller won it.
	Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (won bool, err error)
}

// DelivererOptions are what a Deliverer is made of. Outbox, Claims, Channel
// and Texts are required.
type DelivererOptions struct {
	Outbox    Outbox
	Claims    Claims
	Channel   Channel
	Texts     *i18n.Catalogue
	PublicURL string        // where people reach the installation; may be empty
	Holder    string        // names this process in claims
	Timeout   time.Duration // for one attempt; default one minute
	Logger    *slog.Logger  // default slog.Default
}

// Deliverer sends pending notifications and records what came of it.
type Deliverer struct{ DelivererOptions }

// NewDeliverer makes a Deliverer.
func NewDeliverer(o DelivererOptions) *Deliverer {
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Deliverer{o}
}

// workers is how many mails are on their way at once.
const workers = 4

// recordTimeout bounds the recording of an outcome.
const recordTimeout = 10 * time.Second

// Round makes one attempt for every notification that is due, and returns when
// all are done or ctx has ended. A failed attempt is not an error of the round:
// it is recorded. Errors are those of the store.
func (d *Deliverer) Round(ctx context.Context) error {
	if d.Outbox.Paused() {
		return nil
	}
	now := d.Outbox.Now()
	queue := make(chan *cooperation.Notification)
	var mu sync.Mutex
	var errs []error
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for n := range queue {
				if err := d.attempt(ctx, n); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, n := range d.Outbox.Pending(now) {
		if _, known := d.Outbox.User(n.Recipient); known && n.Late(now) {
			continue // it comes with the next digest
		}
		if n.Status == cooperation.Pending && !n.Next.After(now) && ctx.Err() == nil {
			queue <- n
		}
	}
	close(queue)
	running.Wait()
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("%d notifications: %w", len(errs), errs[0])
}

// attempt sends one notification, if no other process does, and records the
// outcome.
func (d *Deliverer) attempt(ctx context.Context, n *cooperation.Notification) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("notification %s: panic: %v", n.ID, p)
		}
	}()
	if ctx.Err() != nil || d.Outbox.Paused() {
		return nil
	}
	// The claim is never released: a process that has not yet read the record
	// of this attempt must not make it again. It outlasts the attempt and the
	// record; when the process dies in between, another makes the attempt then.
	now := d.Outbox.Now()
	expiry := now.Add(d.Timeout + 2*recordTimeout)
	won, err := d.Claims.Claim(ctx, n.AttemptClaim(), []byte(d.Holder), expiry, now)
	if err != nil || !won {
		return err
	}
	// The list is as old as the round, and the claim of somebody who has sent the
	// mail since may have run out.
	if c, ok := d.Outbox.Current(n.Convention, n.ID); !ok || c.Status != cooperation.Pending || c.Attempts != n.Attempts {
		return nil
	}
	class, retry := d.send(ctx, n, now)
	if class != "" && ctx.Err() != nil {
		return nil // cut off by us: that says nothing about the receiver
	}
	return d.record(ctx, n, outcomeOf(n.Attempts-n.Begun, class, retry, d.Outbox.Now()))
}

// send returns the class of the failure, empty on success, and whether another
// attempt may go better.
func (d *Deliverer) send(ctx context.Context, n *cooperation.Notification, now time.Time) (Class, bool) {
	if now.Sub(n.Created) > staleAfter {
		return Stale, false
	}
	to, class := d.recipient(n)
	if class != "" {
		return class, false
	}
	if to.Link = d.link(n); aboutAccount(n) && n.Link != "" && to.Link == "" {
		d.Logger.Error("a mail with a link cannot be sent: the address of the installation is not configured", "notification", n.ID)
		return Internal, false
	}
	to.Unsubscribe = d.unsubscribe(n)
	if t, own := d.Outbox.Template(n.Convention, n.Reason, d.Texts.Localizer(to.Language).Language()); own {
		to.Template = t
	}
	m, err := Render(n, to, d.Texts, d.Outbox.Names(n.Convention), d.PublicURL)
	if err != nil {
		d.Logger.Error("a notification cannot be put into words", "notification", n.ID, "error", err)
		return Internal, false
	}
	bounded, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	retry, err := d.Channel.Send(bounded, m)
	if err == nil {
		return "", false
	}
	var failure *Failure
	if !errors.As(err, &failure) {
		failure = &Failure{Internal}
	}
	if failure.Class == Bounced && !toCommittee(n) {
		if err := d.Outbox.Bounced(context.WithoutCancel(ctx), to.Mail, ""); err != nil {
			d.Logger.Error("an address that refuses mails could not be paused", "notification", n.ID, "error", err)
		}
	}
	d.Logger.Warn("a notification was not delivered by mail", "notification", n.ID, "attempt", n.Attempts+1, "class", failure.Class)
	return failure.Class, retry
}

// recipient finds the address to which a notification goes now, which may have
// changed since it was decided.
func (d *Deliverer) recipient(n *cooperation.Notification) (Recipient, Class) {
	if toCommittee(n) {
		mail, language, ok := d.Outbox.Contact(n.Convention, n.Committee)
		if !ok || mail == "" {
			return Recipient{}, NoAddress
		}
		return Recipient{Mail: mail, Language: language}, ""
	}
	u, ok := d.Outbox.User(n.Recipient)
	switch {
	case !ok || u.Disabled || u.Mail == "":
		return Recipient{}, NoAddress
	case !entitled(u, n):
		return Recipient{}, NoRole
	case u.Bounces() && n.Convention != "": // how to sign in is tried: it may be what confirms the address
		return Recipient{}, NoAddress
	case u.Preferences.Rhythm(n.Group()) == cooperation.Never:
		return Recipient{}, Unwanted
	}
	return Recipient{Name: u.Name, Mail: u.Mail, Language: u.Language}, ""
}

// link is the address of the one-time link that the mail carries; empty when it
// carries none or nobody knows where the installation is.
func (d *Deliverer) link(n *cooperation.Notification) string {
	if n.Link == "" || d.PublicURL == "" {
		return ""
	}
	page := "/link/"
	if aboutIntroductions(n.Reason) {
		page = "/reply/"
	}
	return strings.TrimSuffix(d.PublicURL, "/") + page + d.Outbox.LinkSecret(n.Link)
}

// unsubscribe is the address at which one click ends mails of the sort; empty
// where there is none: something is asked of the recipient, or it is a body.
func (d *Deliverer) unsubscribe(n *cooperation.Notification) string {
	group := n.Group()
	u, err := url.Parse(d.PublicURL)
	if err != nil || u.Host == "" || toCommittee(n) || !group.Ends() {
		return ""
	}
	return u.JoinPath("unsubscribe", d.Outbox.UnsubscribeSecret(n.Recipient, group)).String()
}

// record writes the outcome down, also when the process is being stopped:
// what the receiver has accepted must not be sent again.
func (d *Deliverer) record(ctx context.Context, n *cooperation.Notification, o outcome) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	if err := d.Outbox.Record(ctx, n.ID, n.Attempts, o.sent, o.next, string(o.class)); err != nil {
		return fmt.Errorf("recording the delivery of notification %s: %w", n.ID, err)
	}
	return nil
}
