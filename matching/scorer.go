package matching

import (
	"math/bits"

	"entente/reference"
)

// nearTable is what an offer for the whole world is worth in points of the part
// "region" to one beneficiary, by the country of its only provider.
type nearTable [len(reachTable{})]int32

// scorer scores offers for one need: the same sums as [vocabulary.find] and
// [findings.score], with what depends on the need alone worked out once. It is
// used by one goroutine.
type scorer struct {
	vocabulary *vocabulary
	weights    [PartCount]int32
	need       *needFeatures
	loose      bool // nothing can be worked out but pair by pair

	themes     closeness
	rows       [MaxThemes][]int32 // similarity of the need's themes to all, where there is no table
	kindPoints [KindCount + 1]int32
	spoken     []int32  // points by language
	unspoken   [4]int32 // at the least, by tongues.form
	memory
	lift    int32 // of the need
	fair    int32 // weight of the part "fairness"
	reached [reachCountry + 1]int32
	near    [len(reachTable{})]*nearTable

	places []int32 // of the candidates
	briefs []brief // of the candidates
	sums   []int32 // of their points for all but size and time, -1 where it is scored already
	last   int32   // what size and time are worth at the most to the need
}

// begin prepares for a need.
func (s *scorer) begin(w *workshop, weights *[PartCount]int32, n *needFeatures) {
	if s.weights != *weights {
		clear(s.near[:])
	}
	s.vocabulary, s.weights, s.need = w.vocabulary, *weights, n
	if s.loose = len(n.themes) > MaxThemes; s.loose {
		return
	}
	if !s.themes.prepare(w.vocabulary, n.themes, weights[PartTheme]) {
		for i, t := range n.themes {
			s.rows[i] = w.vocabulary.similarity[t]
		}
	}
	clear(s.kindPoints[:])
	if wanted := int32(n.kinds.Len()); wanted > 0 {
		for covered := range wanted + 1 {
			s.kindPoints[covered] = points(Whole*covered/wanted, weights[PartKind])
		}
	}
	s.speak(n)
	s.recall(w.setting, weights[PartRecord], n)
	s.lift, s.fair = n.lift, weights[PartFairness]
	if w.setting.record == nil {
		s.lift = Neutral
	}
	s.reached = [...]int32{
		reachCountry: points(countryValue, weights[PartRegion]), reachSubRegion: points(subRegionValue, weights[PartRegion]),
		reachRegion: points(regionValue, weights[PartRegion]),
	}
	for _, c := range n.need.Beneficiaries {
		s.locate(w, c)
	}
	size, when := Whole, Whole
	if n.gap <= 0 {
		size = Neutral
	}
	if !n.wanted.stated {
		when = Neutral
	}
	s.last = points(size, weights[PartSize]) + points(when, weights[PartTime])
}

// locate works out how near every country is to a beneficiary.
func (s *scorer) locate(w *workshop, c reference.Country) {
	if s.near[c] != nil {
		return
	}
	s.near[c] = new(nearTable)
	for _, provider := range w.countries {
		value := int32(unplacedValue)
		if provider != 0 {
			value = nearness(provider, c, 0).value
		}
		s.near[c][provider] = points(value, s.weights[PartRegion])
	}
}

// speak works out the part "language" for each language alone: the best of an
// offer's languages decides, or what it is worth without.
func (s *scorer) speak(n *needFeatures) {
	weight := s.weights[PartLanguage]
	s.spoken = zeros(s.spoken, len(s.vocabulary.languageNames))
	neutral, interpreted := points(Neutral, weight), points(interpretedValue, weight)
	if n.exempt || len(n.wishes) == 0 {
		s.unspoken = [4]int32{neutral, neutral, neutral, neutral}
	} else if s.unspoken = [4]int32{neutral, 0, neutral, 0}; n.need.Interpretation {
		s.unspoken[2], s.unspoken[3] = interpreted, interpreted
	}
	if n.exempt {
		return
	}
	for i, wish := range n.wishes {
		for l, relation := range s.vocabulary.relation[wish] {
			s.spoken[l] = max(s.spoken[l], points(relatedValue(i, relation), weight))
		}
	}
	value := officialValue
	if len(n.wishes) == 0 {
		value = unaskedValue
	}
	for _, l := range n.officials {
		if l != 0 {
			s.spoken[l] = max(s.spoken[l], points(int32(value), weight))
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
// It works out all parts but size and time of all of them, completes the most
// promising, which fill the top, and then of the rest those that full marks for
// the parts that remain would bring among those kept. One that could still tie
// with the last of these is not given up.
func (s *scorer) rank(segment *offerSets, candidates bitset, top *topK, k int) {
	top.reset(k)
	s.gather(segment, candidates)
	if s.loose {
		for i := range s.places {
			s.whole(segment, i, top)
		}
		return
	}
	s.addThemesAndKinds()
	s.addProviders(segment)
	s.addLanguages(segment)
	s.addRegions(segment)
	var sizes [buckets]int32
	for i, sum := range s.sums {
		if s.briefs[i].head&looseHead != 0 {
			s.whole(segment, i, top)
			s.sums[i] = -1
			continue
		}
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
		if sum >= 0 && bucket(sum) < first && sum+s.last >= int32(top.lowest()) {
			s.complete(segment, i, top)
		}
	}
}

// gather copies the briefs of the candidates into one list. Nothing waits for
// what is read here, so that many reads from memory are under way at a time;
// the same reads amid the decisions that depend on them took most of the time.
func (s *scorer) gather(segment *offerSets, candidates bitset) {
	count := candidates.count()
	if cap(s.places) < count {
		s.places, s.briefs, s.sums = make([]int32, 2*count), make([]brief, 2*count), make([]int32, 2*count)
	}
	s.places, s.briefs, s.sums = s.places[:count], s.briefs[:count], s.sums[:count]
	places, n := s.places, 0
	for at, word := range candidates {
		for ; word != 0; word &= word - 1 {
			places[n] = int32(at<<6 + bits.TrailingZeros64(word))
			n++
		}
	}
	briefs, all := s.briefs[:len(places)], segment.briefs
	for i, place := range places {
		briefs[i] = all[place]
	}
}

// whole scores a candidate pair by pair.
func (s *scorer) whole(segment *offerSets, i int, top *topK) {
	place := s.places[i]
	found := s.vocabulary.find(s.need, &segment.features[place])
	top.add(ranked{found.score(&s.weights), segment.cards[place].rank})
}

// addThemesAndKinds begins the sums with the parts "theme" and "kind".
func (s *scorer) addThemesAndKinds() {
	sums, kinds := s.sums[:len(s.briefs)], s.need.kinds
	if s.themes.grades == nil {
		for i := range s.briefs {
			h := s.briefs[i].head
			sums[i] = s.theme(h) + s.kindPoints[(kinds&h.kinds()).Len()]
		}
		return
	}
	words, worth := s.themes.words, s.themes.points
	for i := range s.briefs {
		h := s.briefs[i].head
		sums[i] = worth[words[h.theme(0)]|words[h.theme(1)]|words[h.theme(2)]] + s.kindPoints[(kinds&h.kinds()).Len()]
	}
}

// theme is themePart in points, without a table.
func (s *scorer) theme(h head) int32 {
	a, b, c := h.theme(0), h.theme(1), h.theme(2)
	sum, count := int32(0), len(s.need.themes)
	for i := range count {
		row := s.rows[i]
		sum = 2*sum + max(row[a], row[b], row[c])
	}
	if count == 0 {
		return 0
	}
	return points(sum/(1<<count-1), s.weights[PartTheme])
}

// addProviders adds the parts "record" and "fairness".
func (s *scorer) addProviders(segment *offerSets) {
	sums, whos, worth := s.sums[:len(s.briefs)], segment.whos, s.worth
	for i := range s.briefs {
		g := &whos[s.briefs[i].who]
		past := max(worth[g.known[0]], worth[g.known[1]], worth[g.known[2]])
		sums[i] += past + points(min(s.lift+g.lift, Whole), s.fair)
	}
}

// addLanguages adds the part "language".
func (s *scorer) addLanguages(segment *offerSets) {
	sums, lists, spoken := s.sums[:len(s.briefs)], segment.tongues, s.spoken
	for i := range s.briefs {
		t := &lists[s.briefs[i].tongues]
		sums[i] += max(s.unspoken[t.form&3], spoken[t.languages[0]], spoken[t.languages[1]], spoken[t.languages[2]],
			spoken[t.languages[3]], spoken[t.languages[4]], spoken[t.languages[5]])
	}
}

// addRegions adds the part "region": of several beneficiaries the one least
// closely served decides.
func (s *scorer) addRegions(segment *offerSets) {
	switch beneficiaries := s.need.need.Beneficiaries; len(beneficiaries) {
	case 0:
	case 1:
		levels, near := segment.coverages.of(beneficiaries[0]), s.near[beneficiaries[0]]
		for i := range s.briefs {
			s.sums[i] += s.region(segment, &s.briefs[i], levels, near)
		}
	default:
		for i := range s.briefs {
			worst := int32(MaxScore)
			for _, c := range beneficiaries {
				worst = min(worst, s.region(segment, &s.briefs[i], segment.coverages.of(c), s.near[c]))
			}
			s.sums[i] += worst
		}
	}
}

// region is the part "region" for one beneficiary.
func (s *scorer) region(segment *offerSets, b *brief, levels []reach, near *nearTable) int32 {
	level := levels[b.coverage]
	if level == reachWorld {
		states := segment.whos[b.who].states
		return max(near[states[0]], near[states[1]])
	}
	return s.reached[level]
}

// complete adds the parts that remain and considers the candidate for the top.
func (s *scorer) complete(segment *offerSets, i int, top *topK) {
	lowest, sum := int32(top.lowest()), s.sums[i]
	if sum+s.last < lowest {
		return
	}
	c := &segment.cards[s.places[i]]
	sum += points(sizeValue(s.need.gap, c.amount).value, s.weights[PartSize])
	given := window{from: c.given[0], to: c.given[1], stated: c.stated}
	sum += points(timeValue(s.need, given).value, s.weights[PartTime])
	if sum >= lowest {
		top.add(ranked{Score(sum), c.rank})
	}
}
