// Package bundle finds offers that together give what a need asks for and no
// one of them gives alone: one funds, another trains in the right language, a
// third lends equipment.
//
// A bundle has two to four members. Together they give every kind of assistance
// that the need asks for and, where it states an amount, at least that amount;
// and none of them can be left out. What is not stated is not counted on: an
// offer without an amount adds none.
//
// A member is either a candidate of the need, which passes all its filters and
// gives every kind that both name; or a contributor, which fails for want of a
// common language only and gives finance and equipment alone. Nobody needs a
// language for these (see [matching.Filter]), and whatever the need asks for
// besides is given by candidates, so that each bundle as a whole meets the
// languages that the need requires. Formally a contributor is an offer that is
// no candidate of the need, and is one of the same need with no kinds but those
// of its own that are finance or equipment.
//
// Like the engine it is pure, works in integers and gives the same for the same.
package bundle
