// Package proof holds what Entente promises as a whole, in tests alone: that no
// sequence of commands leads where the life cycles do not, gives anything away
// twice, leaves a deadline without an end or shows somebody what is confidential;
// that whatever is cut off anywhere is completed once or undone; and that of many
// who act at once each is heard or told why not.
//
// The commands are rows of tables, so that a new step of the way from a proposal
// to a partnership is a new row.
package proof
