package cooperation

// MayKeepHistory decides who may import past help into a convention, replace
// it and remove it: its secretariat.
func MayKeepHistory(a Actor, convention string) bool {
	return !a.ReadOnly && (a.system || a.Has(convention, Secretariat))
}

// Shown is the set as the actor may see it. What a set counts is open to
// everybody, as help already running is; who imported it and why it was removed
// is for the secretariat. A set that was removed is there for the secretariat
// alone: nil for others.
func (h *HistorySet) Shown(a Actor) *HistorySet {
	if a.system || a.Has(h.Convention, Secretariat) {
		return h
	}
	if h.Removed != nil {
		return nil
	}
	c := *h
	c.CreatedBy = ""
	return &c
}
