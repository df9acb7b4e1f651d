package cooperation

// MaySeeWordings decides who may read how a convention words its mails, and
// see samples of them: its secretariat.
func MaySeeWordings(a Actor, convention string) bool { return a.Has(convention, Secretariat) }

// MayWordMails decides who may change how a convention words its mails: its
// secretariat.
func MayWordMails(a Actor, convention string) bool {
	return !a.ReadOnly && MaySeeWordings(a, convention)
}
