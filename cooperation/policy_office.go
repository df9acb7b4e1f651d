package cooperation

// MaySeeOffice decides who is shown what the secretariat of a convention works
// with: its own people. What they may do there, each step decides for itself.
func MaySeeOffice(a Actor, convention string) bool { return a.Has(convention, Secretariat) }
