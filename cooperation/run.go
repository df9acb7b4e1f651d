package cooperation

import "time"

// Run is one execution of the matcher over a convention.
type Run struct {
	Meta
	Trigger    string    `json:"trigger"`          // "schedule", "posting" or "command"
	Position   uint64    `json:"position"`         // the position in the log that it read
	Day        Date      `json:"day"`              // the "now" of dates and windows
	Engine     string    `json:"engine"`           // version of the matching engine
	Weights    int       `json:"weights"`          // version of the weights
	Record     string    `json:"record,omitempty"` // fingerprint of what was on record, and of the model that reads it
	Rules      string    `json:"rules,omitempty"`  // fingerprint of the themes, regions, Parties and weights
	Digest     string    `json:"digest"`           // SHA-256 of engine, weights, record, rules and results: equal digests, equal rankings
	Needs      int       `json:"needs"`            // needs looked at
	Offers     int       `json:"offers"`           // offers looked at
	Pairs      int       `json:"pairs"`            // pairings that pass the filters
	Unmatched  int       `json:"unmatched"`
	Proposals  int       `json:"proposals"` // proposals that stand after it
	Added      int       `json:"added"`
	Superseded int       `json:"superseded"`
	Kept       int       `json:"kept"`
	Started    time.Time `json:"started"`
	Seconds    float64   `json:"seconds"`
	Attempt    int       `json:"attempt"`           // which attempt at its slot it is; a higher one fences it off
	Slot       string    `json:"slot,omitempty"`    // the slot of the schedule
	Done       bool      `json:"done"`              // all of its commits are in
	Results    []byte    `json:"results,omitempty"` // compressed shortlists with scores
}
