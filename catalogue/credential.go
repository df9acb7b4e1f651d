package catalogue

import "entente/cooperation"

func (a *Accounts) prepareCredential(c Change) (func(), error) {
	doc, err := decode[cooperation.Credential](c)
	if err == nil {
		err = a.credentials.check(c.Kind, c.ID, c.Version)
	}
	return func() { a.putCredential(c, doc) }, err
}

func (a *Accounts) putCredential(c Change, doc *cooperation.Credential) {
	_, before := a.credentials.put(c.ID, c.Version, doc)
	if before != nil {
		for _, l := range before.OIDC {
			if a.subjects[l] == c.ID {
				delete(a.subjects, l)
			}
		}
	}
	if doc != nil {
		for _, l := range doc.OIDC {
			a.subjects[l] = c.ID
		}
	}
}

// Credential returns how the user signs in; false when there is no way yet.
func (a *Accounts) Credential(user string) (*cooperation.Credential, bool) {
	return read(&a.progress, &a.credentials, user)
}

// UserByOIDC returns the account that is tied to the person at the provider.
func (a *Accounts) UserByOIDC(issuer, subject string) (*cooperation.User, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.users.find(a.subjects[cooperation.OIDCLink{Issuer: issuer, Subject: subject}])
}

// Key returns the installation's key; false before the first need of one.
func (a *Accounts) Key() (*cooperation.Key, bool) {
	return read(&a.progress, &a.keys, cooperation.KeyID)
}

// HasUsers reports whether anybody ever had an account.
func (a *Accounts) HasUsers() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.users.entries) > 0
}
