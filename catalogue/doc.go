// Package catalogue holds the state of a convention in memory: every document
// at a position of the convention's log, indexed for lists, facet counts, text
// search, clocks and the matcher. It is rebuilt from a checkpoint and the log,
// and kept current by applying each commit once, in order.
//
// A [State] belongs to one convention, [Accounts] to the log of people's
// accounts. One goroutine applies; any number may read meanwhile. Documents
// that a state gives out are shared and never changed: whoever wants to change
// one copies it first.
package catalogue
