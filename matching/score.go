package matching

import "entente/message"

// findings are what the parts found of a pair, in the order of the parts.
type findings [PartCount]finding

// find values every part of a pair. It does not allocate.
func (v *vocabulary) find(n *needFeatures, o *offerFeatures) findings {
	return findings{
		PartTheme:    v.themePart(n, o),
		PartKind:     kindPart(n, o),
		PartLanguage: v.languagePart(n, o),
		PartRegion:   regionPart(n, o),
		PartSize:     sizePart(n, o),
		PartTime:     timePart(n, o),
		PartRecord:   recordPart(n, o),
		PartFairness: v.fairnessPart(n, o),
	}
}

// points returns what a value is worth under a weight, both in millionths, in
// millionths of a point: a hundred points times both, rounded down.
func points(value, weight int32) int32 { return int32(int64(value) * int64(weight) / 10_000) }

// score adds up the points of all parts.
func (f *findings) score(w *[PartCount]int32) Score {
	var sum int32
	for p, weight := range w {
		sum += points(f[p].value, weight)
	}
	return Score(sum)
}

// parts lists the parts of the score, without their messages.
func (f *findings) parts(w *[PartCount]int32) (parts [PartCount]Part) {
	for p, weight := range w {
		parts[p] = Part{
			Name: PartName(p), Value: f[p].value, Weight: weight,
			Points: points(f[p].value, weight),
		}
	}
	return parts
}

// words puts the findings into words, in the order of the parts.
func (v *vocabulary) words(n *needFeatures, o *offerFeatures, f *findings) [PartCount]message.Message {
	return [PartCount]message.Message{
		PartTheme:    v.themeMessage(n, o, f[PartTheme]),
		PartKind:     kindMessage(n, o, f[PartKind]),
		PartLanguage: languageMessage(n, o, f[PartLanguage]),
		PartRegion:   v.regionMessage(n, o, f[PartRegion]),
		PartSize:     sizeMessage(f[PartSize]),
		PartTime:     timeMessage(n, o, f[PartTime]),
		PartRecord:   v.recordMessage(n, o, f[PartRecord]),
		PartFairness: v.fairnessMessage(n, o, f[PartFairness]),
	}
}
