package cooperation

// MaySeePlan decides who may have a plan made: the secretariat, and those who
// sit on a body to which pairings are referred. What it says of a need is then
// only for those who may see the pairings of that need.
func MaySeePlan(a Actor, c *Convention) bool { return MaySeeRuns(a, c) }
