package access

import (
	"context"
	"net/netip"

	"entente/cooperation"
)

// Kind says how it is known who sends a request.
type Kind string

// The kinds. Who sends a token is api's to find out: a token's scopes are
// those of its operations.
const (
	Public  Kind = "public"  // nobody is signed in
	Session Kind = "session" // a browser's session
)

// Identity is who sends a request.
type Identity struct {
	Kind    Kind
	Actor   cooperation.Actor
	User    *cooperation.User // nil for the public
	Session string            // id of the session
}

// visit is what Guard knows of a request.
type visit struct {
	identity Identity
	address  netip.Addr
	agent    string
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{identity: Identity{Kind: Public}}
}

// Of returns who sends the request that the context belongs to: the public
// where no Guard has seen it.
func Of(ctx context.Context) Identity { return visitOf(ctx).identity }
