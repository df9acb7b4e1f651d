// Package record knows who helped whom, with what, and when, and says of every
// provider how that relates to a beneficiary and a theme: by how it helped this
// beneficiary with this theme, and where little is known of that, by how it
// helped the beneficiary, its neighbours, its sub-region, its region, others
// with the theme, and anybody at all. Thin knowledge leans on what is wider
// ("back-off"), in proportion to how thin it is ("shrinkage").
//
// It uses past help, geography and official languages, and no other tie of
// history. It is pure: the same rows, year and model give the same numbers, to
// the last bit, on every machine.
package record
