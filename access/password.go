package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
)

// ErrRefused is the one answer to a sign-in that does not succeed: it does not
// tell whether there is such an account.
var ErrRefused = errors.New("not signed in")

// The quotas of signing in, over all replicas. Successes are not counted.
func perAccount() quota { return quota{"password", 10, 15 * time.Minute} }
func perAddress() quota { return quota{"address", 50, 15 * time.Minute} }

// SignInByPassword opens a session for who knows the password of the account
// with the address.
func (a *Access) SignInByPassword(ctx context.Context, mail, password string) (*SignedIn, error) {
	u, _ := a.people.UserByMail(mail)
	if err := a.prove(ctx, strings.ToLower(strings.TrimSpace(mail)), u, password); err != nil {
		return nil, err
	}
	return a.open(ctx, u, "password")
}

// prove holds a password against the user's, who is nil where there is no such
// account: the work is the same, and so is the counting.
func (a *Access) prove(ctx context.Context, account string, u *cooperation.User, password string) error {
	again, err := a.attempt(ctx, perAccount(), account)
	if err != nil {
		return err
	}
	once, err := a.attempt(ctx, perAddress(), block(visitOf(ctx).address))
	if err != nil {
		return err
	}
	hash := ""
	if u != nil && !cooperation.ActorOf(u, false).IsPublic() && !u.Service {
		if c, ok := a.people.Credential(u.ID); ok {
			hash = c.Password
		}
	}
	ok, err := a.hasher.matches(ctx, password, hash)
	if err != nil {
		return err
	}
	if !ok {
		return ErrRefused
	}
	again()
	once()
	return nil
}

// ChangePassword sets the password of who asks, who must know the present one
// where there is one. All other sessions end; the one that asks is replaced.
func (a *Access) ChangePassword(ctx context.Context, current, wanted string) (*SignedIn, error) {
	who := Of(ctx)
	if who.User == nil {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.session")
	}
	if c, ok := a.people.Credential(who.User.ID); ok && c.Password != "" {
		err := a.prove(ctx, "present/"+who.User.ID, who.User, current)
		if errors.Is(err, ErrRefused) {
			return nil, wrongField("current", message.New("error.invalid.password_wrong"))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := a.setPassword(ctx, who.Actor, who.User, "password", wanted); err != nil {
		return nil, err
	}
	return a.reopen(ctx, who.User.ID, "password")
}

// setPassword checks and sets a password.
func (a *Access) setPassword(ctx context.Context, actor cooperation.Actor, u *cooperation.User, field, wanted string) error {
	if err := CheckPassword(field, wanted, u); err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, wanted)
	if err != nil {
		return err
	}
	return a.people.ChangeCredential(ctx, actor, u.ID, func(c *cooperation.Credential) error {
		c.Password = hash
		return nil
	})
}

// reopen replaces the session that asks by one of the user's new epoch: the
// change of a credential has ended all sessions of before.
func (a *Access) reopen(ctx context.Context, user, method string) (*SignedIn, error) {
	u, ok := a.people.User(user)
	if !ok {
		return nil, cooperation.Absent()
	}
	return a.open(ctx, u, method)
}
