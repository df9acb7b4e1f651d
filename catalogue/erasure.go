package catalogue

import "entente/cooperation"

// Erasure returns the record of somebody who is, or is to be, forgotten.
func (a *Accounts) Erasure(user string) (*cooperation.Erasure, bool) {
	return read(&a.progress, &a.erasures, user)
}

// Erasures lists all such records, in the order in which they were asked for.
func (a *Accounts) Erasures() []*cooperation.Erasure {
	a.mu.RLock()
	defer a.mu.RUnlock()
	out := make([]*cooperation.Erasure, 0, len(a.erasures.entries))
	for _, e := range a.erasures.entries {
		if e.doc != nil {
			out = append(out, e.doc)
		}
	}
	return out
}
