package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// Platform is what the API asks of the platform: the use cases, each declared
// beside its handlers, and the state to read from. *platform.Platform is one.
type Platform interface {
	accounts
	attachments
	conventions
	organisations
	committees
	activities
	commitments
	duplicates
	recommendations
	assessments
	deliveries
	agreements
	partnerships
	needs
	offers
	matches
	plans
	programmes
	runs
	proposals
	notifications
	records
	audits
	imports
	pastHelp
	weightings
	people
	exports
	tokens
	webhooks
	preferences
	subscriptions
	mail
	templates
	calendars
	clocks
	reviews
	desks
	introductions
	Ready(ctx context.Context) error // nil when it can read and write
}

// accounts knows who asks.
type accounts interface {
	// Authenticate returns whom a bearer token stands for; false when for
	// nobody.
	Authenticate(secret string) (cooperation.Actor, *cooperation.User, bool)
}

// conventions knows what is served and how far this replica has read.
type conventions interface {
	Conventions() []*cooperation.Convention
	Convention(id string) (*cooperation.Convention, bool)
	State(convention string) (*catalogue.State, bool)
	Position(convention string) uint64
	// Names are what the convention calls its themes, bodies and regions.
	Names(convention string) platform.Names
	// Await waits until this replica knows the position, for a bounded time.
	Await(ctx context.Context, convention string, position uint64) error
}
