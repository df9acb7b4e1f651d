// Package notify decides who is told what of what happened, puts it into words
// and delivers it.
//
// The decision (Teller) is pure: an occasion and the people of the convention
// in, notifications out. Its result is recorded in the commit of the occasion,
// so nobody is told of what did not happen, and what happened is not forgotten.
// The id of a notification follows from the recipient and what it tells:
// deciding twice tells once.
//
// Delivery (Deliverer) sends what is recorded as pending and records the
// outcome afterwards. A process that dies between the receiver's acceptance
// and the record sends again, under the same Message-ID; that is the only way
// in which a message can arrive twice.
package notify
