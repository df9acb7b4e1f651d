// Package scenario tells, as tests, how the bodies of the four conventions
// work, in the steps of the texts that lay it down: each through the public API
// from the posting of a need to the end of what came of it, on the days of a
// virtual clock, and with what each of those concerned sees of it and is told.
package scenario
