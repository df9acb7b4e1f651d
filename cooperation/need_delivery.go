package cooperation

import "slices"

// deliver notes that what a partnership covers of the need was delivered. With
// that of all partnerships, and nothing left to seek, the need is met. It
// reports whether that changed anything; doing it again changes nothing.
func (n *Need) deliver(partnership string) (changed bool) {
	i := slices.IndexFunc(n.Coverage.Parts, func(p Part) bool { return p.Partnership == partnership && !p.Delivered })
	if i < 0 {
		return false
	}
	n.Coverage.Parts = slices.Clone(n.Coverage.Parts)
	n.Coverage.Parts[i].Delivered = true
	if n.Status == NeedCovered || n.Status.Matchable() {
		n.resettle()
	} else {
		n.Coverage.recount(&n.NeedContent)
	}
	return true
}

// delivered reports whether all that is covered was delivered.
func (c *Coverage) delivered() bool {
	return len(c.Parts) > 0 && !slices.ContainsFunc(c.Parts, func(p Part) bool { return !p.Delivered })
}
