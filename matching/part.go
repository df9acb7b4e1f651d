package matching

import "entente/message"

// PartName names a part of the score.
type PartName uint8

// The parts in the order in which they are listed.
const (
	PartTheme PartName = iota
	PartKind
	PartLanguage
	PartRegion
	PartSize
	PartTime
	PartRecord
	PartFairness
)

// PartCount is the number of parts.
const PartCount = 8

// String returns the code of the part, "theme" for example.
func (p PartName) String() string {
	return [PartCount]string{"theme", "kind", "language", "region", "size", "time", "record", "fairness"}[p]
}

// MarshalText writes the code of the part.
func (p PartName) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Label names the part in a word.
func (p PartName) Label() message.Message { return message.New("match.part." + p.String() + ".label") }

// Values of a part run from nothing to whole, in millionths. Where one side does
// not state what the part compares, the value is neutral: half.
const (
	Whole   int32 = 1_000_000
	Neutral int32 = Whole / 2
)

// Part is one named part of a score.
type Part struct {
	Name   PartName `json:"name"`
	Value  int32    `json:"value"`  // 0 to Whole
	Weight int32    `json:"weight"` // millionths; the weights of all parts add up to WeightSum
	Points int32    `json:"points"` // Value*Weight/10_000 rounded down: millionths of a point
	// Message explains the value in a sentence. It is made on demand: zero in
	// ranked lists, present in what Definition and Explain return.
	Message message.Message `json:"message,omitzero"`
}

// Score is the sum of the points of the parts: 0 to MaxScore millionths of a
// point, shown as 0 to 100.
type Score int32

// MaxScore is a hundred points.
const MaxScore Score = 100_000_000
