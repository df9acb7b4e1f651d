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

// MaySeeOutbox decides who may see what becomes of the mails of a convention,
// and of the deliveries to its webhooks: its secretariat, and administrators.
func MaySeeOutbox(a Actor, convention string) bool {
	return a.Administers() || convention != "" && a.Has(convention, Secretariat)
}

// MaySeeMailSubject decides who of them may see of what the mails tell: postings
// that are drafts may be named there.
func MaySeeMailSubject(a Actor, convention string) bool {
	return convention != "" && a.Has(convention, Secretariat)
}

// MaySendAgain decides who may send a mail once more that was given up.
func MaySendAgain(a Actor, convention string) bool { return !a.ReadOnly && MaySeeOutbox(a, convention) }

// MayPauseMail decides who may stop and start the sending of mails for the
// whole installation.
func MayPauseMail(a Actor) bool { return !a.ReadOnly && a.Administers() }
