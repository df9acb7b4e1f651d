// Package yeartest lives through a year of a busy convention in a few seconds:
// people post, clear, admit, review, object, withdraw and forget, by a seeded
// plan; the platform's clocks are looked at in their slots, by several
// replicas, late, twice, or not for days; mails go to a post office that writes
// down what it gets and is closed now and then.
//
// Beside it an auditor reads the log of what happened and works out, by rules of
// its own, who should have been told of what, when, and by how many mails. It
// decodes the documents of the platform and calls nothing else of it.
//
// What people do is a table (steps in plan.go), and so is what they are to be
// told (rules in audit.go): a new part of the platform adds a row to each.
package yeartest
