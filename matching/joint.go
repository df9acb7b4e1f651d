package matching

// What several offers are worth together is worked out elsewhere, from the same
// numbers as what each is worth alone. Here are those that a [Match] does not
// carry.

// NewPart is a part of the score with the points that a value is worth under a
// weight, both in millionths.
func NewPart(name PartName, value, weight int32) Part {
	return Part{Name: name, Value: value, Weight: weight, Points: points(value, weight)}
}

// MaxCloseness is how many themes of a need carry weight at the most; a need
// that the domain admits has fewer.
const MaxCloseness = rankedThemes

// Closeness says of each of the need's themes that carries weight how similar
// the closest theme of the offer is, in millionths.
func (s *Setting) Closeness(n *Need, o *Offer) []int32 {
	closest := make([]int32, min(len(n.Themes), rankedThemes))
	for i := range closest {
		for _, offered := range o.Themes {
			closest[i] = max(closest[i], s.taxonomy.similarity(n.Themes[i], offered))
		}
	}
	return closest
}

// ThemeValue is the value of the part "theme" where the closest themes are so
// similar to those of the need: each counts twice as much as the next one.
func ThemeValue(closeness []int32) int32 {
	if len(closeness) == 0 {
		return 0
	}
	sum := int64(0)
	for _, similarity := range closeness {
		sum = 2*sum + int64(similarity)
	}
	return int32(sum / (1<<len(closeness) - 1))
}

// Amount returns what the offer can still give, in US cents: what remains, or
// the ceiling where only that is stated; 0 when neither is.
func (o *Offer) Amount() int64 { return o.amount() }

// Share is the share that a part has of a whole above 0, in millionths, rounded
// down; never more than the whole, nor less than nothing.
func Share(part, whole int64) int32 { return share(min(max(part, 0), whole), whole) }
