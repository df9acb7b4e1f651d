package matching

import (
	"math/bits"

	"entente/reference"
)

// nearTable is the value of the part "region" of an offer for the whole world,
// by the country of its only provider, for one beneficiary.
type nearTable [len(reachTable{})]int32

// scorer scores the offers of a segment for one need: the same sums as
// [vocabulary.find] and [findings.score], with what depends on the need alone
// worked out once. It is used by one goroutine.
type scorer struct {
	vocabulary *vocabulary
	weights    [PartCount]int32
	need       *needFeatures
	loose      head // looseHead when the need has more themes than a head

	rows       [MaxThemes][]int32 // similarity of the need's themes to all
	kindPoints [KindCount + 1]int32
	spoken     languageRows
	language   []int32 // the row of the need
	memory
	near   [len(reachTable{})]*nearTable
	places []int32 // of the candidates
	briefs []brief // of the candidates
	sums   []int32 // of their points for theme and kinds, -1 where it is scored already
	// placed is full marks for the region; sizeTime is what size and time are
	// worth at the most to the need; others is what all but theme and kind are.
	placed, sizeTime, others int32
}

// begin prepares for a need and a segment.
func (s *scorer) begin(w *workshop, weights *[PartCount]int32, n *needFeatures, segment *offerSets) {
	s.vocabulary, s.weights, s.need, s.loose = w.vocabulary, *weights, n, 0
	if len(n.themes) > MaxThemes {
		s.loose = looseHead
	}
	for i, t := range n.themes[:min(len(n.themes), MaxThemes)] {
		s.rows[i] = w.vocabulary.similarity[t]
	}
	clear(s.kindPoints[:])
	if wanted := int32(n.kinds.Len()); wanted > 0 {
		for covered := range wanted + 1 {
			s.kindPoints[covered] = points(Whole*covered/wanted, weights[PartKind])
		}
	}
	s.language = s.spoken.row(segment, w.vocabulary, n)
	s.recall(segment, n)
	s.placed = points(Whole, weights[PartRegion])
	size, when := Whole, Whole
	if n.gap <= 0 {
		size = Neutral
	}
	if !n.wanted.stated {
		when = Neutral
	}
	s.sizeTime = points(size, weights[PartSize]) + points(when, weights[PartTime])
	s.others = points(Whole, weights[PartLanguage]) + s.placed + s.sizeTime
	for _, c := range n.need.Beneficiaries {
		if s.near[c] == nil {
			s.near[c] = new(nearTable)
			for _, provider := range w.countries {
				if provider != 0 {
					s.near[c][provider] = nearness(provider, c, 0).value
				}
			}
		}
	}
}

// bucket is the number of points of a partial sum, in steps of about one.
func bucket(sum int32) int { return int(sum >> 20) }

// buckets is one more than the highest bucket.
const buckets = int(MaxScore>>20) + 1

// likely is how many times k candidates are completed before the others are
// compared with what these reached.
const likely = 4

// rank keeps the first k candidates of the segment in top, all when k is 0.
//
// It works out theme and kinds of all of them, completes the most promising,
// which fill the top, and then of the rest those that full marks for the parts
// that remain would bring among those kept. One that could still tie with the
// last of these is not given up.
func (s *scorer) rank(segment *offerSets, candidates bitset, top *topK, k int) {
	top.reset(k)
	s.gather(segment, candidates)
	var sizes [buckets]int32
	for i, b := range s.briefs {
		if (b.head|s.loose)&looseHead != 0 {
			place := s.places[i]
			found := s.vocabulary.find(s.need, &segment.features[place])
			top.add(ranked{found.score(&s.weights), segment.cards[place].rank})
			s.sums[i] = -1
			continue
		}
		merit := s.merits[b.hint.who()]
		if merit < 0 {
			merit = s.merit(segment, b.hint.who())
		}
		sum := s.theme(b.head) + s.kindPoints[(s.need.kinds&b.head.kinds()).Len()] + merit
		s.sums[i] = sum
		sizes[bucket(sum)]++
	}
	first := buckets - 1
	for filled := sizes[first]; first > 0 && filled < int32(likely*k); filled += sizes[first] {
		first--
	}
	for i, sum := range s.sums {
		if sum >= 0 && bucket(sum) >= first {
			s.complete(segment, i, top)
		}
	}
	for i, sum := range s.sums {
		if sum >= 0 && bucket(sum) < first && sum+s.others >= int32(top.lowest()) {
			s.complete(segment, i, top)
		}
	}
}

// gather copies the briefs of the candidates into one list. Nothing waits for
// what is read here, so that many reads from memory are under way at a time;
// the same reads amid the decisions that depend on them took most of the time.
func (s *scorer) gather(segment *offerSets, candidates bitset) {
	s.places = s.places[:0]
	for at, word := range candidates {
		for ; word != 0; word &= word - 1 {
			s.places = append(s.places, int32(at<<6+bits.TrailingZeros64(word)))
		}
	}
	if cap(s.briefs) < len(s.places) {
		s.briefs, s.sums = make([]brief, 2*len(s.places)), make([]int32, 2*len(s.places))
	}
	s.briefs, s.sums = s.briefs[:len(s.places)], s.sums[:len(s.places)]
	for i, place := range s.places {
		s.briefs[i] = segment.briefs[place]
	}
}

// speak works out the points of the part "language" for the list of languages
// of an offer.
func (s *scorer) speak(segment *offerSets, place int32) int32 {
	spoken := points(s.vocabulary.languagePart(s.need, &segment.features[place]).value, s.weights[PartLanguage])
	s.language[segment.briefs[place].hint.list()] = spoken
	return spoken
}

// complete adds the parts that remain to theme and kinds, in the order of their
// cost, and considers the candidate for the top.
func (s *scorer) complete(segment *offerSets, i int, top *topK) {
	lowest, place, h := int32(top.lowest()), s.places[i], s.briefs[i].hint
	spoken := s.language[h.list()]
	if spoken < 0 {
		spoken = s.speak(segment, place)
	}
	sum := s.sums[i] + spoken
	if sum+s.placed+s.sizeTime < lowest {
		return
	}
	if h&worldwide != 0 {
		if sum += s.distance(h); sum+s.sizeTime < lowest {
			return
		}
	}
	c := &segment.cards[place]
	if h&worldwide == 0 {
		if sum += s.region(c); sum+s.sizeTime < lowest {
			return
		}
	}
	sum += points(sizeValue(s.need.gap, c.amount).value, s.weights[PartSize])
	given := window{from: c.given[0], to: c.given[1], stated: c.stated}
	sum += points(timeValue(s.need, given).value, s.weights[PartTime])
	if sum >= lowest {
		top.add(ranked{Score(sum), c.rank})
	}
}

// theme is themePart in points.
func (s *scorer) theme(h head) int32 {
	a, b, c := h.theme(0), h.theme(1), h.theme(2)
	count := len(s.need.themes)
	sum := int32(0)
	for i := range count {
		row := s.rows[i]
		sum = 2*sum + max(row[a], row[b], row[c])
	}
	switch count {
	case 0:
		return 0
	case 2:
		sum /= 3
	case 3:
		sum /= 7
	}
	return points(sum, s.weights[PartTheme])
}

// region is regionPart in points.
func (s *scorer) region(c *card) int32 {
	worst := int32(0)
	for i, country := range s.need.need.Beneficiaries {
		value := int32(0)
		switch c.reaches[country] {
		case reachCountry:
			value = countryValue
		case reachSubRegion:
			value = subRegionValue
		case reachRegion:
			value = regionValue
		case reachWorld:
			value = s.nearest(country, c.states)
		}
		if i == 0 || value < worst {
			worst = value
		}
	}
	return points(worst, s.weights[PartRegion])
}

// distance is region for an offer for the whole world.
func (s *scorer) distance(h hint) int32 {
	worst := int32(0)
	for i, country := range s.need.need.Beneficiaries {
		if value := s.nearest(country, h.states()); i == 0 || value < worst {
			worst = value
		}
	}
	return points(worst, s.weights[PartRegion])
}

// nearest is the value of an offer for the whole world for one beneficiary.
func (s *scorer) nearest(country reference.Country, states [2]uint16) int32 {
	near := s.near[country]
	if value := max(near[states[0]], near[states[1]]); value != 0 {
		return value
	}
	return unplacedValue
}
