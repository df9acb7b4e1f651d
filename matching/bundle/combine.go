package bundle

import "entente/matching"

// Rule says how a part of the score of a bundle follows from those of its
// members.
type Rule uint8

// The rules.
const (
	// Mean: the average of the members, rounded down.
	Mean Rule = iota
	// Together: the members are looked at as one. Each theme of the need counts
	// with the closest of all their themes; kinds and amount are covered, for
	// otherwise it were no bundle.
	Together
	// Least: what fits least counts. Of the languages only those of members
	// that give more than finance and equipment count.
	Least
	// Best: what fits best counts, as among the providers of one offer.
	Best
)

// RuleOf returns the rule for a part.
func RuleOf(p matching.PartName) Rule {
	switch p {
	case matching.PartTheme, matching.PartKind, matching.PartSize:
		return Together
	case matching.PartLanguage, matching.PartTime:
		return Least
	case matching.PartRegion, matching.PartRecord:
		return Best
	default:
		return Mean
	}
}

// counts reports whether the member counts for a part.
func (c *candidate) counts(p matching.PartName) bool {
	return p != matching.PartLanguage || c.teaches
}

// state is what some candidates make together.
type state struct {
	chosen  [MaxMembers]int // places in the pool
	members int
	kinds   matching.KindSet
	gap     int64 // what is left of it
	teaches bool
	close   [matching.MaxCloseness]int32
	value   [matching.PartCount]int32 // the least or the best so far
	sum     [matching.PartCount]int64
}

// with returns the state with one more candidate.
func (s *state) with(place int, c *candidate) state {
	next := *s
	next.chosen[s.members] = place
	next.members++
	next.kinds |= c.kinds
	next.gap -= min(c.amount, s.gap)
	for i := range c.close {
		next.close[i] = max(s.close[i], c.close[i])
	}
	for p := range matching.PartCount {
		value := c.parts[p].Value
		first := s.members == 0
		switch RuleOf(matching.PartName(p)) {
		case Least:
			if !c.counts(matching.PartName(p)) {
				continue
			}
			if p == int(matching.PartLanguage) {
				first = !s.teaches
			}
			if first || value < s.value[p] {
				next.value[p] = value
			}
		case Best:
			if first || value > s.value[p] {
				next.value[p] = value
			}
		case Mean:
			next.sum[p] += int64(value)
		case Together:
		}
	}
	next.teaches = s.teaches || c.teaches
	return next
}

// values returns the values of the parts of what the state makes together, for
// a need with so many themes and a value for its amount.
func (s *state) values(themes int, size int32) (values [matching.PartCount]int32) {
	for p := range values {
		switch RuleOf(matching.PartName(p)) {
		case Together:
			values[p] = together(matching.PartName(p), s.close[:themes], size)
		case Mean:
			values[p] = int32(s.sum[p] / int64(s.members))
		default:
			values[p] = s.value[p]
		}
	}
	return values
}

// together is the value of a part to which the rule of that name applies.
func together(p matching.PartName, closeness []int32, size int32) int32 {
	switch p {
	case matching.PartTheme:
		return matching.ThemeValue(closeness)
	case matching.PartSize:
		return size
	default:
		return matching.Whole
	}
}
