package matching

// card is what scoring reads of an offer beside its head, in one cache line.
type card struct {
	reaches *reachTable
	amount  int64
	given   [2]Day    // from, to
	rank    int32     // place of the offer in the order of ids
	states  [2]uint16 // providers that are States, 0 where there are fewer
	stated  bool      // something is known about the offer's dates
}

// head is what scoring reads of an offer first, in one word: its kinds and up to
// three themes. Few candidates can reach the first places whatever else they
// offer; of the others nothing more is read.
type head uint64

// looseHead marks an offer whose head does not tell all its themes.
const looseHead head = 1 << 63

// newHead writes the head of an offer.
func newHead(f *offerFeatures) head {
	h := head(f.kinds)
	for i, t := range f.themes[:min(len(f.themes), MaxThemes)] {
		h |= head(t) << (8 + 16*i)
	}
	if len(f.themes) > MaxThemes || len(f.states) > len(card{}.states) {
		h |= looseHead
	}
	return h
}

// kinds returns the kinds of the offer.
func (h head) kinds() KindSet { return KindSet(h) }

// theme returns the theme in a place, 0 for none.
func (h head) theme(i int) uint16 { return uint16(h >> (8 + 16*i)) }

// hint is what scoring reads next: the numbers of the offer's list of languages
// and of its list of providers on record in its segment, its providers that are States, and whether it holds for the
// whole world alike.
type hint uint64

// worldwide marks an offer that names no part of the world and excludes none.
const worldwide hint = 1 << 63

// newHint writes the hint of an offer.
func newHint(list, who int32, states [2]uint16, world bool) hint {
	h := hint(uint16(list)) | hint(uint16(who))<<16 | hint(states[0])<<32 | hint(states[1])<<44
	if world {
		h |= worldwide
	}
	return h
}

// brief is what scoring reads of every candidate. Head and hint stand together,
// for what a candidate costs most is the wait for memory.
type brief struct {
	head head
	hint hint
}

// list returns the number of the list of languages.
func (h hint) list() uint16 { return uint16(h) }

// who returns the number of the list of providers on record.
func (h hint) who() uint16 { return uint16(h >> 16) }

// states returns the providers that are States.
func (h hint) states() [2]uint16 { return [2]uint16{uint16(h >> 32 & 0xfff), uint16(h >> 44 & 0xfff)} }

// newCard writes the card of an offer, all but its rank.
func newCard(f *offerFeatures) card {
	c := card{
		reaches: f.reaches, amount: f.amount, given: [2]Day{f.given.from, f.given.to},
		stated: f.given.stated,
	}
	for i, s := range f.states[:min(len(f.states), len(c.states))] {
		c.states[i] = uint16(s)
	}
	return c
}

// languageKey is equal for offers that the part "language" cannot tell apart.
func languageKey(f *offerFeatures) string {
	key := make([]byte, 0, 2*len(f.languages)+1)
	for _, l := range f.languages {
		key = append(key, byte(l), byte(l>>8))
	}
	if f.offer.InterpretationProvided {
		key = append(key, 'i')
	}
	return string(key)
}

// recordKey is equal for offers that the parts "record" and "fairness" cannot
// tell apart: those of the same lead and the same other providers on record.
func recordKey(f *offerFeatures) string {
	key := make([]byte, 0, 4*len(f.known))
	for _, p := range f.known {
		key = append(key, byte(p), byte(p>>8), byte(p>>16), byte(p>>24))
	}
	return string(key)
}
