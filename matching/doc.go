// Package matching decides which offers answer a need and in which order.
//
// It is pure: the moment, the convention's data, needs and offers go in, ranked
// pairings with their reasons come out. It reads no clock, no file and no
// database, keeps no state between calls and gives the same bytes for the same
// input on any machine and with any number of goroutines.
//
// [Definition] is the law: the hard filters in a fixed order, then a score that
// is the sum of named parts. [Rank] applies it to every pair and is what the
// words "candidate", "filtered" and "change" mean. [Index] gives the same
// answers faster; the case table of package matchtest and a comparison on
// random input hold it to the definition.
package matching

// EngineVersion names the rules by which this engine filters and scores. It
// is recorded with every run; it changes whenever the same input, weights and
// moment could give another result than before.
const EngineVersion = "2"
