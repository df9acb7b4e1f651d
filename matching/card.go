package matching

// card is what scoring reads of an offer, in one cache line, so that a
// candidate costs one access to memory. What does not fit makes the card loose,
// and the offer is then scored by the definition's own code.
type card struct {
	reaches  *reachTable
	amount   int64
	given    [2]Day            // from, to
	language int32             // number of the offer's list of languages in its segment
	rank     int32             // place of the offer in the order of ids
	themes   [MaxThemes]uint16 // 0 where there are fewer
	states   [2]uint16         // providers that are States, 0 where there are fewer
	kinds    KindSet
	stated   bool // something is known about the offer's dates
	loose    bool
}

// newCard writes the card of an offer, all but its rank and languages.
func newCard(f *offerFeatures) card {
	c := card{
		reaches: f.reaches, amount: f.amount, given: [2]Day{f.given.from, f.given.to},
		kinds: f.kinds, stated: f.given.stated,
		loose: len(f.themes) > MaxThemes || len(f.states) > len(card{}.states),
	}
	copy(c.themes[:], f.themes)
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

// nearTable is the value of the part "region" of an offer for the whole world,
// by the country of its only provider, for one beneficiary.
type nearTable [len(reachTable{})]int32

// scorer scores the offers of a segment for one need: the same sums as
// [vocabulary.find] and [findings.score], from cards, with what depends on the
// need alone worked out once. It is used by one goroutine.
type scorer struct {
	vocabulary *vocabulary
	weights    [PartCount]int32
	need       *needFeatures
	loose      bool // the need has more themes than a card compares

	rows       [MaxThemes][]int32 // similarity of the need's themes to all
	kindPoints [KindCount + 1]int32
	language   []int32 // points by list of languages, -1 where not worked out yet
	near       [len(reachTable{})]*nearTable
}

// begin prepares for a need and a segment.
func (s *scorer) begin(w *workshop, weights *[PartCount]int32, n *needFeatures, segment *offerSets) {
	s.vocabulary, s.weights, s.need = w.vocabulary, *weights, n
	s.loose = len(n.themes) > MaxThemes
	for i, t := range n.themes[:min(len(n.themes), MaxThemes)] {
		s.rows[i] = w.vocabulary.similarity[t]
	}
	clear(s.kindPoints[:])
	if wanted := int32(n.kinds.Len()); wanted > 0 {
		for covered := range wanted + 1 {
			s.kindPoints[covered] = points(Whole*covered/wanted, weights[PartKind])
		}
	}
	s.language = s.language[:0]
	for range segment.languageLists {
		s.language = append(s.language, -1)
	}
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

// score returns the points of the candidate at a place, or false when they
// cannot reach the lowest score that would be kept. The parts are added in the
// order of their cost, and given up as soon as full marks for those that remain
// would not suffice.
func (s *scorer) score(segment *offerSets, place int32, lowest Score) (Score, bool) {
	c := &segment.cards[place]
	if s.loose || c.loose {
		found := s.vocabulary.find(s.need, &segment.features[place])
		return found.score(&s.weights), true
	}
	sum := s.theme(c) + s.kindPoints[(s.need.kinds&c.kinds).Len()]
	rest := full(s.weights[PartSize]) + full(s.weights[PartTime])
	if sum+full(s.weights[PartLanguage])+full(s.weights[PartRegion])+rest < int32(lowest) {
		return 0, false
	}
	spoken := s.language[c.language]
	if spoken < 0 {
		spoken = points(s.vocabulary.languagePart(s.need, &segment.features[place]).value, s.weights[PartLanguage])
		s.language[c.language] = spoken
	}
	sum += spoken
	if sum+full(s.weights[PartRegion])+rest < int32(lowest) {
		return 0, false
	}
	if sum += s.region(c); sum+rest < int32(lowest) {
		return 0, false
	}
	size := sizeValue(s.need.gap, c.amount).value
	when := timeValue(s.need, window{from: c.given[0], to: c.given[1], stated: c.stated}).value
	return Score(sum + points(size, s.weights[PartSize]) + points(when, s.weights[PartTime])), true
}

// full is what a part with a weight is worth at the most, in millionths of a
// point.
func full(weight int32) int32 { return points(Whole, weight) }

// theme is themePart in points.
func (s *scorer) theme(c *card) int32 {
	count := len(s.need.themes)
	if count == 0 {
		return 0
	}
	sum := int32(0)
	for _, row := range s.rows[:count] {
		sum = 2*sum + max(row[c.themes[0]], row[c.themes[1]], row[c.themes[2]])
	}
	return points(sum/(1<<count-1), s.weights[PartTheme])
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
