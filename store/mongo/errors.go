package mongo

import (
	"context"
	"errors"
	"fmt"

	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"entente/store"
)

// Codes of the server's errors that are told apart.
const (
	codeUnauthorized    = 13
	codeAuthentication  = 18
	codeCursorNotFound  = 43
	codeDiskFull        = 14031
	codeQuotaExceeded   = 12501
	codeLockTimeout     = 24
	codeExceededMaxTime = 50
)

// wrap gives an error of the driver its place and, where it comes from outside
// the program, its type and remedy. Own time limits count as unavailable; when
// the caller's context ended, its error shows through.
func (s *Store) wrap(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", doing, err)
	if cause := ctx.Err(); cause != nil {
		return fmt.Errorf("mongo: %s: %w (%w)", s.place, err, cause)
	}
	if remedy, outside := remedyFor(err); outside {
		return &store.Unavailable{Place: s.place.String(), Remedy: remedy, Err: err}
	}
	return fmt.Errorf("mongo: %s: %w", s.place, err)
}

// remedyFor tells whether an error comes from outside the program, and what
// the operator can do about it.
func remedyFor(err error) (string, bool) {
	var server driver.ServerError
	known := errors.As(err, &server)
	var concern driver.WriteException
	switch {
	case known && (server.HasErrorCode(codeDiskFull) || server.HasErrorCode(codeQuotaExceeded)):
		return "the server's disk is full; make room on it", true
	case known && (server.HasErrorCode(codeUnauthorized) || server.HasErrorCode(codeAuthentication)):
		return "give this user the role readWrite on the database, and check name and password", true
	case errors.As(err, &concern) && concern.WriteConcernError != nil:
		return "a majority of the replica set does not confirm writes; check its members", true
	case driver.IsTimeout(err), driver.IsNetworkError(err), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, new(topology.ServerSelectionError)):
		return "start the server or check its address, and the replica set's primary", true
	case known && (server.HasErrorCode(codeLockTimeout) || server.HasErrorCode(codeExceededMaxTime) ||
		server.HasErrorLabel("RetryableWriteError") || server.HasErrorLabel("TransientTransactionError")):
		return "the replica set changes its primary or is overloaded; it recovers by itself", true
	}
	return "", false
}
