package access

import (
	"context"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
)

// How long the links last that people ask for themselves, and that of the
// first administrator.
const (
	linkLife = 30 * time.Minute
	sentLife = 24 * time.Hour // of those that others have sent, for the person is not waiting for it
	// FirstLife is how long the link lasts that a server prints for the first
	// administrator.
	FirstLife = 24 * time.Hour
)

// The quotas of asking for mail: nobody's box is to be filled by others.
func mailsTo() quota   { return quota{"mail", 3, 15 * time.Minute} }
func mailsFrom() quota { return quota{"mail-from", 20, 15 * time.Minute} }

// RequestLink has a one-time link sent to the owner of the account with the
// address, to sign in or to choose a new password. It says nothing of whether
// there is one, and sending goes on after it has returned.
func (a *Access) RequestLink(ctx context.Context, mail string, purpose cooperation.LinkPurpose) error {
	if purpose != cooperation.LinkSignIn && purpose != cooperation.LinkReset {
		return wrongField("purpose", message.New("error.invalid.not_one_of", message.Of(message.Text, "allowed", "sign_in, reset")))
	}
	if _, err := a.attempt(ctx, mailsFrom(), block(visitOf(ctx).address)); err != nil {
		return err
	}
	if _, err := a.attempt(ctx, mailsTo(), strings.ToLower(strings.TrimSpace(mail))); err != nil {
		return err
	}
	u, ok := a.people.UserByMail(mail)
	if !ok || u.Service || cooperation.ActorOf(u, false).IsPublic() {
		return nil
	}
	background := context.WithoutCancel(ctx)
	a.sending.Go(func() {
		ctx, cancel := context.WithTimeout(background, 10*time.Second)
		defer cancel()
		if err := a.people.SendLink(ctx, itself(), purpose, u.ID, linkLife); err != nil {
			a.log.ErrorContext(ctx, "a one-time link could not be sent", "user", u.ID, "error", err)
		}
	})
	return nil
}

// SendLink has a one-time link sent to the address of somebody, for the actor,
// who does not see it. As many are sent as when the person asks.
func (a *Access) SendLink(ctx context.Context, actor cooperation.Actor, user string, purpose cooperation.LinkPurpose) error {
	if purpose != cooperation.LinkSignIn && purpose != cooperation.LinkReset {
		return wrongField("purpose", message.New("error.invalid.not_one_of", message.Of(message.Text, "allowed", "sign_in, reset")))
	}
	if u, ok := a.people.User(user); ok && cooperation.MaySendLink(actor, u) {
		if _, err := a.attempt(ctx, mailsTo(), strings.ToLower(strings.TrimSpace(u.Mail))); err != nil {
			return err
		}
	}
	return a.people.SendLink(ctx, actor, purpose, user, sentLife)
}

// Close waits for what is being sent.
func (a *Access) Close() { a.sending.Wait() }

// Opening is what a one-time link is for.
type Opening struct {
	Purpose cooperation.LinkPurpose
	User    *cooperation.User // nil for the first administrator's
	Expires time.Time
}

// Asks lists what the link's holder has to say, by the names of the fields.
func (o Opening) Asks() []string {
	switch o.Purpose {
	case cooperation.LinkSignIn:
		return nil
	case cooperation.LinkFirstAdministrator:
		return []string{"name", "mail", "language", "password"}
	}
	return []string{"password"}
}

// Answer is what the holder of a link says: a password where the link asks for
// one, and for the first administrator also who they are.
type Answer struct {
	Name, Mail, Language, Password string
}

// LookAtLink says what a link is for and does not use it up: programs that
// scan mail open every address.
func (a *Access) LookAtLink(ctx context.Context, secret string) (Opening, error) {
	l, ok := a.people.Link(ctx, secret)
	if !ok {
		return Opening{}, deadLink()
	}
	o := Opening{Purpose: l.Purpose, Expires: l.Expires}
	if l.Purpose == cooperation.LinkFirstAdministrator {
		return o, nil
	}
	if o.User, ok = a.people.User(l.User); !ok {
		return Opening{}, deadLink()
	}
	return o, nil
}

func deadLink() error { return cooperation.Refuse(cooperation.NotFound, "error.not_found.link") }

// UseLink does what a link is for and opens a session. What is wrong with the
// answer is found before the link is used up; of any number that use it at
// once, one succeeds.
func (a *Access) UseLink(ctx context.Context, secret string, answer Answer) (*SignedIn, error) {
	o, err := a.LookAtLink(ctx, secret)
	if err != nil {
		return nil, err
	}
	who := o.User
	if who == nil {
		who = &cooperation.User{Name: strings.TrimSpace(answer.Name), Mail: strings.TrimSpace(answer.Mail), Language: answer.Language,
			Grants: []cooperation.Grant{{Role: cooperation.Administrator}}}
		if err := checkFirst(who); err != nil {
			return nil, err
		}
	}
	hash := ""
	asked := o.Purpose != cooperation.LinkSignIn
	if asked {
		if err := CheckPassword("password", answer.Password, who); err != nil {
			return nil, err
		}
		if hash, err = a.hasher.hash(ctx, answer.Password); err != nil {
			return nil, err
		}
	}
	if _, ok, err := a.people.ConsumeLink(ctx, secret); err != nil || !ok {
		if err == nil {
			err = deadLink()
		}
		return nil, err
	}
	if o.User == nil {
		if who, err = a.people.CreateUser(ctx, itself(), *who); err != nil {
			return nil, err
		}
	}
	if !asked {
		return a.open(ctx, who, "link")
	}
	err = a.people.ChangeCredential(ctx, itself(), who.ID, func(c *cooperation.Credential) error {
		c.Password = hash
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.reopen(ctx, who.ID, "link")
}

// checkFirst holds what the first administrator says of themselves against the
// rules of accounts, and demands an address: without one they could not be
// sent a link when they forget the password.
func checkFirst(u *cooperation.User) error {
	if u.Mail == "" {
		return wrongField("mail", message.New("error.invalid.required"))
	}
	return u.Check(func(string, string) bool { return true })
}
