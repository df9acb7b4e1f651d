package matching

// sieve applies the hard filters to all postings of one side at once, for one
// posting of the other. Every filter is a set of those that pass it; the order
// of the reasons decides under which of them a removed posting is counted,
// exactly as in [Filter]. A sieve is used again and again by one goroutine.
type sieve struct {
	all bitset
	// passing holds those that pass a filter; nil where all do.
	passing [reasonCount]bitset
	// shut marks the filters that nobody passes.
	shut [reasonCount]bool
	// refused are the places of pairs that an exclusion removes.
	refused []int32

	alive, near bitset
	buffers     [reasonCount]bitset
}

// reset forgets the posting that was sieved for; all are the postings to sieve.
func (s *sieve) reset(all bitset) {
	s.all, s.alive, s.near = all, sized(s.alive, len(all)), sized(s.near, len(all))
	clear(s.passing[:])
	clear(s.shut[:])
	s.refused = s.refused[:0]
}

// take makes the passing set of a filter a set of the sieve's own, with the
// content of another, and returns it.
func (s *sieve) take(r Reason, content bitset) bitset {
	s.buffers[r] = sized(s.buffers[r], len(s.all))
	s.passing[r] = s.buffers[r]
	copy(s.passing[r], content)
	return s.passing[r]
}

// pass states those that pass a filter as the union of sets; with none of them
// nobody passes.
func (s *sieve) pass(r Reason, sets ...bitset) {
	switch len(sets) {
	case 0:
		s.shut[r] = true
	case 1:
		s.passing[r] = sets[0]
	default:
		union := s.take(r, sets[0])
		for _, set := range sets[1:] {
			union.join(set)
		}
	}
}

// remove lets the given places not pass a filter, of which nothing but
// removals was stated.
func (s *sieve) remove(r Reason, places []int32) {
	if len(places) == 0 {
		return
	}
	if s.passing[r] == nil {
		s.take(r, s.all)
	}
	for _, i := range places {
		s.passing[r].remove(i)
	}
}

// run returns the candidates and counts what the filters removed. The set
// returned is valid until the next run.
func (s *sieve) run(filtered *[reasonCount]int) bitset {
	copy(s.alive, s.all)
	for r := NeedClosed; r <= CapacityUsed; r++ {
		removed := 0
		switch {
		case s.shut[r]:
			removed = s.alive.count()
			clear(s.alive)
		case s.passing[r] != nil:
			removed = s.alive.meetCounting(s.passing[r])
		}
		filtered[r] += removed
	}
	for _, i := range s.refused {
		s.alive.remove(i)
	}
	return s.alive
}

// only returns those that fail the given filter and no other, exclusions
// included; false when there is none. The set is valid until the next call.
func (s *sieve) only(r Reason) (bitset, bool) {
	if s.passing[r] == nil && !s.shut[r] {
		return nil, false
	}
	copy(s.near, s.all)
	for other := NeedClosed; other <= CapacityUsed; other++ {
		switch {
		case other == r:
			if !s.shut[r] {
				s.near.drop(s.passing[r])
			}
		case s.shut[other]:
			return nil, false
		case s.passing[other] != nil:
			s.near.meet(s.passing[other])
		}
	}
	for _, i := range s.refused {
		s.near.remove(i)
	}
	return s.near, s.near.count() > 0
}
