package cooperation

// MayHaveTokenMade decides whether the actor may make a token for the user:
// each for oneself, the administrator for anybody, and the secretariat for the
// programs of its own conventions.
func MayHaveTokenMade(a Actor, u *User) error {
	switch {
	case a.ReadOnly:
		return authorise(false)
	case a.Administers() || a.ID == u.ID && a.ID != "":
		return nil
	case u.Service && runsAll(a, u):
		return nil
	}
	return authorise(false)
}

// runsAll reports whether the actor is the secretariat of every convention in
// which the user holds a role, and of one at least.
func runsAll(a Actor, u *User) bool {
	for _, g := range u.Grants {
		if !a.Has(g.Convention, Secretariat) {
			return false
		}
	}
	return len(u.Grants) > 0
}
