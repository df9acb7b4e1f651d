package matching

import "fmt"

// WeightSum is what the weights of a convention add up to: one, in millionths.
const WeightSum = 1_000_000

// Weights say how much each part counts in the score, in millionths. They
// belong to the convention and are versioned.
type Weights struct {
	Version int

	Theme    int32
	Kind     int32
	Language int32
	Region   int32
	Size     int32
	Time     int32
	// Record and Fairness are parts that this version of the engine does not
	// compute; they must be zero, so that no points are lost unseen.
	Record   int32
	Fairness int32
}

// Validate reports the first mistake: a negative weight, a weight on a part
// that is not computed, or a sum that is not [WeightSum].
func (w Weights) Validate() error {
	sum := int64(0)
	for _, named := range []struct {
		name   string
		weight int32
	}{
		{"theme", w.Theme}, {"kind", w.Kind}, {"language", w.Language},
		{"region", w.Region}, {"size", w.Size}, {"time", w.Time},
		{"record", w.Record}, {"fairness", w.Fairness},
	} {
		if named.weight < 0 {
			return fmt.Errorf("matching: weight of %s is negative: %d", named.name, named.weight)
		}
		sum += int64(named.weight)
	}
	if w.Record != 0 || w.Fairness != 0 {
		return fmt.Errorf("matching: weights of record and fairness must be 0 in engine version %s", EngineVersion)
	}
	if sum != WeightSum {
		return fmt.Errorf("matching: weights add up to %d millionths instead of %d", sum, WeightSum)
	}
	return nil
}

// byPart lists the weights of the parts that are computed, in their order.
func (w Weights) byPart() [PartCount]int32 {
	return [PartCount]int32{
		PartTheme: w.Theme, PartKind: w.Kind, PartLanguage: w.Language,
		PartRegion: w.Region, PartSize: w.Size, PartTime: w.Time,
	}
}
