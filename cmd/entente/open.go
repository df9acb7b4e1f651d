package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/store"
	"entente/web"
)

// installation is an open store with the platform over it.
type installation struct {
	platform *platform.Platform
	store    store.Store
	log      *slog.Logger
	registry *prometheus.Registry // of measurements
	traces   trace.TracerProvider // nil where nobody asked for traces
	watch    *observer
	deliver  func(context.Context) error // nil where no channel is configured
	measures *notify.Measures
	demo     []web.DemoRole // whom a reader of the demo may be
	demoTime web.DemoTime   // lets days pass in the demo
	cleanups []cleanup
}

// cleanup gives back one thing that was opened.
type cleanup struct {
	name string
	do   func(context.Context) error
}

// later registers a cleanup the moment a thing exists.
func (i *installation) later(name string, do func(context.Context) error) {
	i.cleanups = append(i.cleanups, cleanup{name, do})
}

// stopping bounds how long a process may take to stop.
const stopping = 20 * time.Second

// close gives everything back, the last first. A second call does nothing.
func (i *installation) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopping)
	defer cancel()
	var errs []error
	for n := len(i.cleanups) - 1; n >= 0; n-- {
		if err := i.cleanups[n].do(ctx); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", i.cleanups[n].name, err))
		}
	}
	i.cleanups = nil
	return errors.Join(errs...)
}

// open opens the profiles, the store and the platform. What was opened before
// a failure is given back.
func (p *program) open(ctx context.Context) (i *installation, err error) {
	i = &installation{log: p.logger(), registry: prometheus.NewRegistry()}
	defer func() {
		if err != nil {
			err = errors.Join(err, i.close())
		}
	}()
	if err := p.startTraces(ctx, i); err != nil {
		return i, err
	}
	i.watch = newObserver(i.registry, i.traces)
	set, err := p.profiles()
	if err != nil {
		return i, err
	}
	uri, err := p.config.storeURI(p.environment)
	if err != nil {
		return i, err
	}
	if i.store, err = openStore(ctx, uri); err != nil {
		return i, err
	}
	i.later("store", func(context.Context) error { return i.store.Close() })
	i.platform, err = platform.Open(ctx, platform.Options{Store: i.store, Conventions: set.All(), Teller: notify.NewTeller(), Logger: i.log, Key: p.config.Key, Clock: p.clock,
		Observe: i.watch.work, Loopback: p.config.Loopback == "yes"})
	if err != nil {
		return i, err
	}
	i.later("platform", func(context.Context) error { i.platform.Close(); return nil })
	i.measures = notify.NewMeasures(i.registry, i.waiting)
	i.deliver, err = p.delivery(i)
	return i, err
}

// profiles are the shipped conventions, with those of the installation's
// folder in place of and beside them.
func (p *program) profiles() (*profiles.Set, error) {
	set, err := profiles.Load(p.profileFolders()...)
	var bad *profiles.Error
	if errors.As(err, &bad) {
		p.mistakes(bad.Mistakes)
		return nil, exitCode(exitFail)
	}
	return set, err
}

func (p *program) profileFolders() []fs.FS {
	folders := []fs.FS{profiles.Shipped()}
	if p.config.Profiles != "" {
		folders = append(folders, os.DirFS(p.config.Profiles))
	}
	return folders
}

// delivery makes the round that sends what is pending, or nil where no SMTP
// server is configured: mails then stay to be read in the application.
func (p *program) delivery(i *installation) (func(context.Context) error, error) {
	c := p.config
	if c.SMTP == "" {
		return nil, nil
	}
	channel, err := p.smtp()
	if err != nil {
		return nil, err
	}
	d := notify.NewDeliverer(notify.DelivererOptions{Outbox: outbox{i.platform}, Claims: i.store.Ephemeral(), Channel: i.watch.channel(channel),
		Texts: p.texts, PublicURL: c.PublicURL, Holder: holder(), Logger: i.log})
	return d.Round, nil
}

// smtp is the channel to the configured mail server.
func (p *program) smtp() (*notify.SMTP, error) {
	c := p.config
	return notify.NewSMTP(notify.SMTPOptions{Address: c.SMTP, TLS: c.SMTPTLS, User: c.SMTPUser, Password: c.SMTPPassword, From: c.SMTPFrom})
}

// holder names this process in claims.
func holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), cooperation.NewID()[:6])
}

// outbox shows the notifier what the platform has to send.
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
	if convention == "" {
		return o.AccountMail(id)
	}
	s, ok := o.State(convention)
	if !ok {
		return nil, false
	}
	return s.Notification(id)
}

func (o outbox) Contact(convention, committee string) (mail, language string, ok bool) {
	c, found := o.Convention(convention)
	if !found {
		return "", "", false
	}
	body, found := c.Committee(committee)
	if !found || body.Contact == "" {
		return "", "", false
	}
	language = "en"
	if len(c.Languages) > 0 {
		language = i18n.Negotiate(string(c.Languages[0]))
	}
	return body.Contact, language, true
}

func (o outbox) Record(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	return o.RecordDelivery(ctx, id, attempt, sent, next, class)
}

func (o outbox) Paused() bool { return o.MailPaused() }

func (o outbox) Bounced(ctx context.Context, address, status string) error {
	_, err := o.Platform.Bounced(ctx, cooperation.System("notifier"), address, status)
	return err
}

func (o outbox) Names(convention string) i18n.Names { return o.Platform.Names(convention) }
