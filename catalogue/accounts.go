package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
)

// Accounts is everything that the log of accounts says, at one position of
// it: people, how they sign in, the tokens of programs that act for them, and
// the installation's key. NewAccounts and RestoreAccounts make one.
type Accounts struct {
	progress
	users       ledger[cooperation.User]
	tokens      ledger[cooperation.Token]
	credentials ledger[cooperation.Credential]
	keys        ledger[cooperation.Key]
	told        notifications
	erasures    ledger[cooperation.Erasure]
	switches    ledger[cooperation.MailSwitch]
	mails       map[string]string               // folded mail → user id
	hashes      map[string]string               // hash → token id
	invitations map[string]string               // link id → user id
	subjects    map[cooperation.OIDCLink]string // at an OpenID provider → user id
}

// NewAccounts makes the state before the first commit of the log of accounts.
func NewAccounts() *Accounts {
	return &Accounts{progress: progress{trails: trails{}}, mails: map[string]string{}, hashes: map[string]string{}, invitations: map[string]string{},
		subjects: map[cooperation.OIDCLink]string{}, told: newNotifications()}
}

// Apply moves the accounts from position-1 to position; see State.Apply.
func (a *Accounts) Apply(position uint64, at time.Time, changes []Change) error {
	if err := a.follows(position); err != nil {
		return err
	}
	changes = latest(changes)
	installs := make([]func(), len(changes))
	for i, c := range changes {
		var err error
		if installs[i], err = a.prepare(c, nil); err != nil {
			return err
		}
	}
	a.move(position, at, changes, installs)
	return nil
}

// Newer reports why Apply would refuse a version; see State.Newer.
func (a *Accounts) Newer(kind, id string, version uint64) error {
	a.mu.RLock()
	defer a.mu.RUnlock()
	switch kind {
	case KindUser:
		return a.users.check(kind, id, version)
	case KindToken:
		return a.tokens.check(kind, id, version)
	case KindCredential:
		return a.credentials.check(kind, id, version)
	case KindKey:
		return a.keys.check(kind, id, version)
	case KindNotification:
		return a.told.check(kind, id, version)
	case KindErasure:
		return a.erasures.check(kind, id, version)
	case KindMailSwitch:
		return a.switches.check(kind, id, version)
	}
	return unknownKind(kind)
}

func (a *Accounts) prepare(c Change, _ *scribe) (install func(), err error) {
	switch c.Kind {
	case KindUser:
		u, err := decode[cooperation.User](c)
		if err == nil {
			err = a.users.check(c.Kind, c.ID, c.Version)
		}
		return func() { a.putUser(c, u) }, err
	case KindToken:
		t, err := decode[cooperation.Token](c)
		if err == nil {
			err = a.tokens.check(c.Kind, c.ID, c.Version)
		}
		return func() { a.putToken(c, t) }, err
	case KindCredential:
		return a.prepareCredential(c)
	case KindKey:
		return prepare(&a.keys, c)
	case KindNotification:
		return a.told.prepare(c)
	case KindErasure:
		return prepare(&a.erasures, c)
	case KindMailSwitch:
		return prepare(&a.switches, c)
	}
	return nil, unknownKind(c.Kind)
}

func (a *Accounts) putUser(c Change, u *cooperation.User) {
	_, before := a.users.put(c.ID, c.Version, u)
	if before != nil && a.mails[foldMail(before.Mail)] == c.ID {
		delete(a.mails, foldMail(before.Mail))
	}
	if before != nil && before.Invitation != "" {
		delete(a.invitations, before.Invitation)
	}
	if u != nil && u.Invitation != "" {
		a.invitations[u.Invitation] = c.ID
	}
	if u != nil && u.Mail != "" {
		a.mails[foldMail(u.Mail)] = c.ID
	}
}

func (a *Accounts) putToken(c Change, t *cooperation.Token) {
	_, before := a.tokens.put(c.ID, c.Version, t)
	if before != nil && a.hashes[before.Hash] == c.ID {
		delete(a.hashes, before.Hash)
	}
	if t != nil && t.Hash != "" {
		a.hashes[t.Hash] = c.ID
	}
}

// foldMail makes addresses that reach the same person equal: in practice no
// mail system tells upper from lower case.
func foldMail(mail string) string { return strings.ToLower(strings.TrimSpace(mail)) }

// User returns the account with the id.
func (a *Accounts) User(id string) (*cooperation.User, bool) { return read(&a.progress, &a.users, id) }

// UserByMail returns the account with the mail address, whatever its case.
func (a *Accounts) UserByMail(mail string) (*cooperation.User, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.users.find(a.mails[foldMail(mail)])
}

// UserByInvitation returns the account that was invited by the link with the id
// and has not accepted yet.
func (a *Accounts) UserByInvitation(link string) (*cooperation.User, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.users.find(a.invitations[link])
}

// Token returns the token with the id.
func (a *Accounts) Token(id string) (*cooperation.Token, bool) {
	return read(&a.progress, &a.tokens, id)
}

// TokenByHash returns the token whose secret has the hash, also a revoked or
// expired one.
func (a *Accounts) TokenByHash(hash string) (*cooperation.Token, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.tokens.find(a.hashes[hash])
}

// Users lists the accounts, the latest made first.
func (a *Accounts) Users(cursor string, limit int) (Page[*cooperation.User], error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	page, err := newest(&a.users, a.users.everything(), cursor, form(KindUser), limit)
	page.Position = a.position
	return page, err
}

// UsersIf lists the accounts for which is holds, the latest made first. asked
// names what is asked, so that a cursor of one question is refused by another.
func (a *Accounts) UsersIf(is func(*cooperation.User) bool, asked []any, cursor string, limit int) (Page[*cooperation.User], error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	page, err := wantedOf(&a.users, KindUser, is, asked, cursor, limit)
	page.Position = a.position
	return page, err
}

// TokensOf lists the tokens of a user in the order in which they were made,
// revoked and expired ones too.
func (a *Accounts) TokensOf(user string) []*cooperation.Token {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var out []*cooperation.Token
	for _, e := range a.tokens.entries {
		if e.doc != nil && e.doc.User == user {
			out = append(out, e.doc)
		}
	}
	return out
}

// Within lists the accounts that hold any role in the convention and may act:
// neither disabled nor waiting for an answer to an invitation. They come in the
// order of their ids.
func (a *Accounts) Within(convention string) []*cooperation.User {
	return a.usersIf(func(u *cooperation.User) bool { return cooperation.ActorOf(u, true).Within(convention) })
}

// UsersWith lists the accounts that hold one of the roles in the convention
// and may act, in the order of their ids.
func (a *Accounts) UsersWith(convention string, roles ...cooperation.Role) []*cooperation.User {
	return a.usersIf(func(u *cooperation.User) bool {
		return cooperation.ActorOf(u, true).Has(convention, roles...)
	})
}

func (a *Accounts) usersIf(is func(*cooperation.User) bool) []*cooperation.User {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var out []*cooperation.User
	for _, e := range a.users.entries {
		if e.doc != nil && is(e.doc) {
			out = append(out, e.doc)
		}
	}
	slices.SortFunc(out, func(x, y *cooperation.User) int { return cmp.Compare(x.ID, y.ID) })
	return out
}
