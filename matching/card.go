package matching

// card is what scoring reads of an offer last: its size and dates, and its place
// in the order of ids.
type card struct {
	amount int64
	given  [2]Day // from, to
	rank   int32
	stated bool // something is known about the offer's dates
}

// newCard writes the card of an offer, all but its rank.
func newCard(f *offerFeatures) card {
	return card{amount: f.amount, given: [2]Day{f.given.from, f.given.to}, stated: f.given.stated}
}

// brief is what scoring reads of every candidate: its kinds and themes, and the
// numbers of its list of languages, of its providers and of its coverage in its
// segment. It is small, for what a candidate costs most is the wait for memory.
type brief struct {
	head         head
	tongues, who uint16
	coverage     uint32
}

// head is the kinds and up to three themes of an offer in one word.
type head uint64

// looseHead marks an offer of which a brief does not tell all.
const looseHead head = 1 << 63

// newHead writes the head of an offer.
func newHead(f *offerFeatures) head {
	h := head(f.kinds)
	for i, t := range f.themes[:min(len(f.themes), MaxThemes)] {
		h |= head(t) << (8 + 16*i)
	}
	if len(f.themes) > MaxThemes {
		h |= looseHead
	}
	return h
}

// kinds returns the kinds of the offer.
func (h head) kinds() KindSet { return KindSet(h) }

// theme returns the theme in a place, 0 for none.
func (h head) theme(i int) uint16 { return uint16(h >> (8 + 16*i)) }

// tongues are the languages of offers that the part "language" cannot tell
// apart, 0 where there are fewer.
type tongues struct {
	languages [6]uint16
	form      uint16 // the place in scorer.unspoken
}

// newTongues makes the entry of an offer; false when it has too many languages.
func newTongues(f *offerFeatures) (tongues, bool) {
	var t tongues
	n := copy(t.languages[:], f.languages)
	if n > 0 {
		t.form |= 1
	}
	if f.offer.InterpretationProvided {
		t.form |= 2
	}
	return t, n == len(f.languages)
}

// givers are the providers of offers that the parts "record" and "fairness", and
// within the whole world "region", cannot tell apart.
type givers struct {
	known  [3]uint16 // their numbers on record, any of them again where there are fewer
	states [2]uint16 // those that are States, the same, 0 for none
	lift   int32     // see offerFeatures
}

// newGivers makes the entry of an offer; false when it has too many providers.
func newGivers(f *offerFeatures) (givers, bool) {
	g, known, fits := givers{lift: f.lift}, 0, len(f.states) <= len(givers{}.states)
	for _, p := range f.known {
		if p == 0 {
			continue // a lead that is not on record
		}
		if known == len(g.known) || p > maxNumber {
			return g, false
		}
		g.known[known] = uint16(p)
		known++
	}
	for i := known; known > 0 && i < len(g.known); i++ {
		g.known[i] = g.known[0]
	}
	for i := range g.states {
		if n := len(f.states); n > 0 {
			g.states[i] = uint16(f.states[min(i, n-1)])
		}
	}
	return g, fits
}
