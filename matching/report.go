package matching

// Result is what the definition says of one pair.
type Result struct {
	// Reason is Candidate, or why the pair is not one; then nothing else is set.
	Reason Reason
	Score  Score
	// Parts are all parts in their order, with their messages. Their points
	// add up to the score.
	Parts []Part
}

// Match is a candidate in a ranked list: an offer for a need, or a need for an
// offer.
type Match struct {
	ID         string // of the offer, in the report of a need; of the need, in that of an offer
	ExternalID string
	Score      Score
	// Parts are all parts in their order, without their messages, which
	// Explain gives.
	Parts [PartCount]Part
	// Preferred says that the need named the provider or a co-provider among
	// its preferred partners. It is set in the report of a need only: what a
	// need prefers is not told to the offer's side.
	Preferred bool
}

// Report is the answer for one need or one offer.
type Report struct {
	ID         string // of the need or offer that was asked about
	ExternalID string
	// Matches are the candidates by score, highest first, then by id; all of
	// them, or the first k.
	Matches []Match
	// Candidates is the number of all candidates, listed or not.
	Candidates int
	// Filtered counts the pairs removed, each under the first filter that it
	// fails. Pairs that only an exclusion removes, and pairs of different
	// conventions, appear nowhere.
	Filtered map[Reason]int
	// Change is the single change of the posting asked about that would bring
	// the most further candidates; zero when none would bring any.
	Change Change
}
