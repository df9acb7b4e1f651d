// Package matchtest holds what any implementation of the ranking must pass:
// a table of cases, each with the decision that the filters must take or the
// order in which two postings must be ranked and the reason why, and random
// input made to be awkward (ties, dates at the border, empty lists, joint
// needs, exclusions), on which it is compared with the definition.
package matchtest
