package matching

import "math/bits"

// nearTable is the value of the part "region" of an offer for the whole world,
// by the country of its only provider, for one beneficiary.
type nearTable [len(reachTable{})]int32

// languageRows remembers the points of the part "language" for a segment: by
// what the part reads of a need, and by list of languages of the offers, -1
// where not worked out yet. Needs share rows: few differ in their languages.
type languageRows struct {
	segment    *offerSets
	vocabulary *vocabulary
	rows       map[string][]int32
	key        []byte
}

// rowsKept bounds how many rows are remembered.
const rowsKept = 4096

// row returns the row of a need.
func (r *languageRows) row(segment *offerSets, v *vocabulary, n *needFeatures) []int32 {
	if r.segment != segment || r.vocabulary != v || len(r.rows) >= rowsKept {
		r.segment, r.vocabulary, r.rows = segment, v, map[string][]int32{}
	}
	key := append(r.key[:0], 0)
	if n.exempt {
		key[0] |= 1
	}
	if n.need.Interpretation {
		key[0] |= 2
	}
	for _, l := range n.wishes {
		key = append(key, byte(l), byte(l>>8))
	}
	key = append(key, 0, 0) // no wish has number 0 but one for no language, which serves nobody
	key = append(key, byte(len(n.wishes)))
	for _, l := range n.officials {
		key = append(key, byte(l), byte(l>>8))
	}
	r.key = key
	row, known := r.rows[string(key)]
	if !known {
		row = make([]int32, segment.spoken)
		for i := range row {
			row[i] = -1
		}
		r.rows[string(key)] = row
	}
	return row
}

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
	near       [len(reachTable{})]*nearTable
	partials   []partial
	// notLanguage and sizeTime are full marks for the parts that remain after
	// theme, kind and language, and after region.
	notLanguage, sizeTime int32
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
	s.sizeTime = points(Whole, weights[PartSize]) + points(Whole, weights[PartTime])
	s.notLanguage = s.sizeTime + points(Whole, weights[PartRegion])
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

// partial is a candidate with the points of its theme, kinds and languages.
type partial struct{ sum, place int32 }

// bucket is the number of points, in steps of about one.
func (p partial) bucket() int { return int(p.sum >> 20) }

// buckets is one more than the highest bucket.
const buckets = int(MaxScore>>20) + 1

// rank keeps the first k candidates of the segment in top, all when k is 0.
//
// It works out the cheap parts of all of them, then the others for as many of
// the best as are likely to fill the top, then for those of the rest that full
// marks for the parts that remain would bring among those kept. One that could
// still tie with the last of these is not given up.
func (s *scorer) rank(segment *offerSets, candidates bitset, top *topK, k int) {
	top.reset(k)
	s.partials = s.partials[:0]
	var sizes [buckets]int32
	for at, word := range candidates {
		for ; word != 0; word &= word - 1 {
			place := int32(at<<6 + bits.TrailingZeros64(word))
			h := segment.heads[place]
			if (h|s.loose)&looseHead != 0 {
				found := s.vocabulary.find(s.need, &segment.features[place])
				top.add(ranked{found.score(&s.weights), segment.cards[place].rank})
				continue
			}
			sum := s.theme(h) + s.kindPoints[(s.need.kinds&h.kinds()).Len()]
			spoken := s.language[segment.lists[place]]
			if spoken < 0 {
				spoken = s.speak(segment, place)
			}
			p := partial{sum + spoken, place}
			sizes[p.bucket()]++
			s.partials = append(s.partials, p)
		}
	}
	first := buckets - 1
	for likely := sizes[first]; first > 0 && likely < int32(2*k); likely += sizes[first] {
		first--
	}
	for _, p := range s.partials {
		if p.bucket() >= first {
			s.complete(segment, p, top)
		}
	}
	for _, p := range s.partials {
		if p.bucket() < first && p.sum+s.notLanguage >= int32(top.lowest()) {
			s.complete(segment, p, top)
		}
	}
}

// speak works out the points of the part "language" for the list of languages
// of an offer.
func (s *scorer) speak(segment *offerSets, place int32) int32 {
	spoken := points(s.vocabulary.languagePart(s.need, &segment.features[place]).value, s.weights[PartLanguage])
	s.language[segment.lists[place]] = spoken
	return spoken
}

// complete adds the parts that remain to a partial sum and considers the
// candidate for the top.
func (s *scorer) complete(segment *offerSets, p partial, top *topK) {
	lowest := int32(top.lowest())
	c := &segment.cards[p.place]
	sum := p.sum + s.region(c)
	if sum+s.sizeTime < lowest {
		return
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
			near := s.near[country]
			if value = max(near[c.states[0]], near[c.states[1]]); value == 0 {
				value = unplacedValue
			}
		}
		if i == 0 || value < worst {
			worst = value
		}
	}
	return points(worst, s.weights[PartRegion])
}
