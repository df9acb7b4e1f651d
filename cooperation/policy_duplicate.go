package cooperation

// judges says as what the actor may decide whether a need has a duplicate: the
// State that asks, the bodies that are responsible or informed, the
// secretariat; empty for those who may not.
func judges(a Actor, c *Convention, n *Need) string {
	switch {
	case a.ReadOnly || a.IsPublic() || !SeesNeed(a, n).Any():
		return ""
	case n.heldBy(a, FocalPoint, Approver):
		return "beneficiary"
	case a.Has(c.ID, Secretariat):
		return "secretariat"
	case facilitates(a, c, n.Themes) && !a.system:
		return "committee"
	}
	return ""
}

// MayJudgeDuplicate decides who may say whether a need has a duplicate: the
// State that asks, the members of the bodies that are responsible or informed,
// and the secretariat.
func MayJudgeDuplicate(a Actor, c *Convention, n *Need) bool { return judges(a, c, n) != "" }

// MaySeeDuplicates decides who may see what is likely to duplicate a need: its
// own side, those who act for a Party or a provider, the members of committees
// and the secretariat. Each sees only what else they may see.
func MaySeeDuplicates(a Actor, n *Need) bool { return SeesNeed(a, n) >= SeesShared }

// Shown is what was decided as the actor may see it: who said it is for the
// side of the need and the secretariat.
func (d *Duplicate) Shown(a Actor, n *Need) *Duplicate {
	if d == nil || SeesNeed(a, n) == SeesAll {
		return d
	}
	c := *d
	c.CreatedBy, c.Verdicts = "", nil
	for _, v := range d.Verdicts {
		v.By = ""
		c.Verdicts = append(c.Verdicts, v)
	}
	return &c
}
