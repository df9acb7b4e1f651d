package cooperation

// MayVerifyRun decides who may have a run of the matcher repeated: those who
// may start one.
func MayVerifyRun(a Actor, convention string) bool { return MayRun(a, convention) }
