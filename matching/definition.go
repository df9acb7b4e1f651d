package matching

// Definition says of one pair whether it is a candidate on a day and, when it
// is, how many points it gets and why. It is the law that every faster way of
// ranking follows: [Filter], and then the sum of the parts.
func Definition(now Day, s *Setting, n *Need, o *Offer) Result {
	if reason := Filter(now, s, n, o); reason != Candidate {
		return Result{Reason: reason}
	}
	w := newWorkshop(now, s)
	need, offer := w.need(n), w.offer(o)
	found := w.vocabulary.find(&need, &offer)
	weights := s.weights.byPart()
	return w.vocabulary.explain(&need, &offer, &found, &weights)
}

// explain adds the sentences to what was found of a candidate.
func (v *vocabulary) explain(n *needFeatures, o *offerFeatures, found *findings, weights *[PartCount]int32) Result {
	parts := found.parts(weights)
	for p, sentence := range v.words(n, o, found) {
		parts[p].Message = sentence
	}
	return Result{Score: found.score(weights), Parts: parts[:]}
}
