package plan

import "entente/matching"

// Plan is the best assignment of a problem.
type Plan struct {
	// Portion is the amount in US cents in which the plan is made, and Nominal
	// what a need without a stated gap counts as.
	Portion, Nominal int64
	// Stated says that Nominal is the median of stated gaps; otherwise no need
	// states one and amounts mean nothing.
	Stated bool
	// Pairings are by the id of the need; those of a need, the largest first.
	Pairings []Pairing
	// Without are the needs that get nothing, by id.
	Without []Without
	// Helped is the number of needs that get something, of the Needs that have
	// a candidate.
	Helped, Needs int
	// Floors is how many first portions of needs are filled, in millionths.
	Floors int64
	// Score is the sum over pairings of score times share: millionths of a point.
	Score int64
	// Demand is what the needs with a candidate lack, Covered what of it the
	// plan gives, in US cents; a need without a stated gap counts as Nominal.
	Demand, Covered int64
	// Ceiling is the most that one provider may give, in US cents; Unlimited
	// where there is no limit.
	Ceiling int64
}

// Pairing is an offer that helps a need.
type Pairing struct {
	Need, Offer string
	Provider    matching.Party
	// Portions is what is given in portions, and Amount the same in US cents,
	// without what rounding would give too much.
	Portions, Amount int64
	Stated           bool  // whether the need states a gap, so that Amount is meant
	Share            int64 // of the need, in millionths
	Score            matching.Score
	Points           int64 // Score times share: what the pairing adds to the plan's score
	// Alternates are the candidates that could take its place: those that have
	// room for all of it first, then by score.
	Alternates []Alternate
}

// Alternate is a candidate that could take the place of a pairing.
type Alternate struct {
	Offer    string
	Provider matching.Party
	Score    matching.Score
	// Room is what it could still give beside the plan, in US cents, at the
	// most what the pairing gives.
	Room int64
}

// Without is a need that gets nothing.
type Without struct {
	Need       string
	Candidates int // that it has; their capacity is used by others, or used up
}
