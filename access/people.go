package access

import (
	"context"
	"time"

	"entente/cooperation"
)

// People is what access asks of the platform: the accounts, and what proves
// whose they are. *platform.Platform is one.
type People interface {
	User(id string) (*cooperation.User, bool)
	UserByMail(mail string) (*cooperation.User, bool)
	UserByOIDC(issuer, subject string) (*cooperation.User, bool)
	Credential(user string) (*cooperation.Credential, bool)
	// ChangeCredential changes how a user signs in; every change raises the
	// epoch of the user.
	ChangeCredential(ctx context.Context, actor cooperation.Actor, user string, change func(*cooperation.Credential) error) error
	CreateUser(ctx context.Context, actor cooperation.Actor, u cooperation.User) (*cooperation.User, error)
	// Link looks at a one-time link, ConsumeLink uses it up, for one caller.
	Link(ctx context.Context, secret string) (cooperation.Link, bool)
	ConsumeLink(ctx context.Context, secret string) (cooperation.Link, bool, error)
	// SendLink has a one-time link sent to its user by mail.
	SendLink(ctx context.Context, actor cooperation.Actor, purpose cooperation.LinkPurpose, user string, life time.Duration) error
}

// itself is the room as an actor: it acts for people who have proved who they
// are and have no session yet.
func itself() cooperation.Actor { return cooperation.System("access") }
