package cooperation

// MayReportBounce decides who may say, and know, that mails to a person's
// address come back: the platform, administrators, and the secretariat of a
// convention in which the person holds a role; and the person.
func MayReportBounce(a Actor, u *User) bool {
	if a.system || a.Administers() || a.ID != "" && a.ID == u.ID {
		return true
	}
	for _, g := range u.Grants {
		if g.Convention != "" && a.Has(g.Convention, Secretariat) {
			return true
		}
	}
	return false
}

// MayHandInBounces decides who may hand in reports of mails that came back:
// administrators, and the secretariat of any convention.
func MayHandInBounces(a Actor) bool {
	if a.ReadOnly {
		return false
	}
	for _, g := range a.Grants {
		if g.Role == Secretariat {
			return true
		}
	}
	return a.Administers()
}

// MayPauseMail decides who may stop and start the sending of mails for the
// whole installation.
func MayPauseMail(a Actor) bool { return !a.ReadOnly && a.Administers() }
