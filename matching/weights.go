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
	Record   int32
	Fairness int32
}

// Validate reports the first mistake: a negative weight, or a sum that is not
// [WeightSum].
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
		PartRecord: w.Record, PartFairness: w.Fairness,
	}
}

// Lift says how the part "fairness" is made up, in millionths that add up to
// [WeightSum]: of how much less help than others the beneficiary has had, how
// much less the theme has drawn, and how much less the provider has given.
type Lift struct {
	Beneficiary int32
	Theme       int32
	Provider    int32
}

// UsualLift is the lift of conventions that state none.
func UsualLift() Lift { return Lift{Beneficiary: 400_000, Theme: 300_000, Provider: 300_000} }

// Validate reports a negative share, or a sum that is not [WeightSum].
func (l Lift) Validate() error {
	if l.Beneficiary < 0 || l.Theme < 0 || l.Provider < 0 {
		return fmt.Errorf("matching: a share of the lift is negative: %+v", l)
	}
	if sum := int64(l.Beneficiary) + int64(l.Theme) + int64(l.Provider); sum != WeightSum {
		return fmt.Errorf("matching: the shares of the lift add up to %d millionths instead of %d", sum, WeightSum)
	}
	return nil
}
