package matching

import "entente/message"

// Similarities of two themes that are not the same.
const siblingSimilarity = Whole / 4

// similarity says how far an offer for one theme serves a need for another, in
// millionths: whole for the same theme; 2/(2+d) when one is the other's
// ancestor d levels up (2/3 for parent and child); a quarter for two themes
// under the same parent; nothing otherwise.
func (t taxonomy) similarity(a, b string) int32 {
	levels := max(t.climb(a, b), t.climb(b, a))
	switch {
	case levels >= 0:
		return 2 * Whole / int32(2+levels)
	case t[a] != "" && t[a] == t[b]:
		return siblingSimilarity
	default:
		return 0
	}
}

// themePart says how well the themes of the offer serve those of the need. Each
// theme of the need counts with the most similar theme of the offer, and each
// counts twice as much as the next one, so that the first outweighs all others
// together: with three themes 4/7, 2/7 and 1/7.
func (v *vocabulary) themePart(n *needFeatures, o *offerFeatures) finding {
	ranked := n.themes[:min(len(n.themes), rankedThemes)]
	var sum, whole int64
	same, best, bestAt := 0, int32(-1), 0
	for i, wanted := range ranked {
		weight := int64(1) << (len(ranked) - 1 - i)
		whole += weight
		similarity, _ := v.closest(wanted, o)
		sum += weight * int64(similarity)
		if similarity == Whole {
			same++
		}
		if similarity > best {
			best, bestAt = similarity, i
		}
	}
	if whole == 0 {
		return finding{say: sayThemeNone}
	}
	f := finding{value: int32(sum / whole), at: int16(bestAt)}
	switch {
	case same == len(ranked):
		f.say = sayThemeAll
	case best == Whole && bestAt == 0:
		f.say = sayThemeFirst
	case best == Whole:
		f.say = sayThemeLater
	default:
		f.say = sayThemeRelated
	}
	return f
}

// closest returns the highest similarity of the offer's themes to one theme of
// the need, and the place of the first of them that has it.
func (v *vocabulary) closest(wanted uint16, o *offerFeatures) (similarity int32, at int) {
	row := v.similarity[wanted]
	for j, offered := range o.themes {
		if row[offered] > similarity {
			similarity, at = row[offered], j
		}
	}
	return similarity, at
}

// themeMessage puts the finding of themePart into words.
func (v *vocabulary) themeMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	switch f.say {
	case sayThemeAll, sayThemeLater:
		var covered []string
		for i, wanted := range n.themes[:min(len(n.themes), rankedThemes)] {
			if similarity, _ := v.closest(wanted, o); similarity == Whole {
				covered = append(covered, n.need.Themes[i])
			}
		}
		return message.New(f.say.key(), message.List(message.Themes, "themes", covered...))
	case sayThemeFirst:
		return message.New(f.say.key(), message.Of(message.Theme, "theme", n.need.Themes[0]))
	case sayThemeRelated:
		_, offered := v.closest(n.themes[f.at], o)
		return message.New(f.say.key(),
			message.Of(message.Theme, "theme", n.need.Themes[f.at]),
			message.Of(message.Theme, "offered", o.offer.Themes[offered]))
	default:
		return message.New(f.say.key())
	}
}
