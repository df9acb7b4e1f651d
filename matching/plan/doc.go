// Package plan assigns what offers can give to the needs of one convention: who
// would help whom with how much, if everybody were to be served as well as can
// be.
//
// [Solve] finds the best assignment there is, exactly and in integers, by a
// min-cost flow of its own: as many needs as possible get something before any
// gets more; then the first portions of all needs are filled as far as they can
// be; then the sum over pairings of score times the share of the need that is
// covered is as large as possible. No offer gives more than it has, no need
// gets more than it lacks, and no provider gives more than its share. Where
// several assignments are equally good, the one that is returned depends on the
// ids alone, not on the order in which needs and offers were given.
//
// The package is pure: it reads no clock, no file and no database. A plan is
// advice; it decides nothing.
package plan
