package cooperation

import (
	"encoding/json"
	"strings"
	"time"

	"entente/message"
)

// WeightsFormat is the form of files of weights.
const WeightsFormat = "entente-weights/1"

// WeightsFile is how the parts of a score are combined, as `entente train`
// writes it and a convention adopts it. What it leaves out is as it is without
// any training.
type WeightsFile struct {
	Format      string          `json:"format,omitempty"`       // WeightsFormat, or nothing
	Engine      string          `json:"engine,omitempty"`       // the version of the engine that learned
	LearnedFrom json.RawMessage `json:"learned_from,omitempty"` // what the training says of its rows; kept as it is
	Weights     Weights         `json:"weights"`
	Discovery   *Weights        `json:"discovery,omitempty"` // of the list of providers new to a beneficiary; none: the same weights
	Lift        *Lift           `json:"lift,omitempty"`      // how fairness is made up; none: as usual
	Record      *RecordModel    `json:"record,omitempty"`    // how past help is read; none: plainly, nothing learned
	Fit         json.RawMessage `json:"fit,omitempty"`       // how well the training did; kept as it is
}

// Lift says of what the part "fairness" is made up, in millionths that add up
// to WeightsTotal.
type Lift struct {
	Beneficiary int64 `json:"beneficiary"`
	Theme       int64 `json:"theme"`
	Provider    int64 `json:"provider"`
}

// RecordModel says how what is on record makes up the part "record"; the engine
// knows the features that it weighs.
type RecordModel struct {
	HalfLife  int                `json:"half_life_years"`
	Span      float64            `json:"span"`
	Main      map[string]float64 `json:"main"`
	Discovery map[string]float64 `json:"discovery"`
}

// AdoptedWeights are the weights that a convention has adopted, over those of
// its profile: its document in the log. Version 1 is the profile's, so that the
// first document is the second version. Weights.Version counts the weights that
// were ever in force, the profile's included: runs record it.
type AdoptedWeights struct {
	Meta
	WeightsFile
	Reason string    `json:"reason"`
	By     string    `json:"by"` // opaque id of who adopted them
	As     AdoptedAs `json:"as"`
	Time   time.Time `json:"time"`
}

// AdoptedAs is in what capacity somebody has adopted weights.
type AdoptedAs string

// The capacities.
const (
	AsChair       AdoptedAs = "chair"
	AsSecretariat AdoptedAs = "secretariat"
	AsOperator    AdoptedAs = "operator" // of the installation, at the command line
)

// mostKept bounds what is kept of a file without being read.
const mostKept = 20_000

// WeightsID is the id of the weights of a convention.
func WeightsID(convention string) string { return DerivedID("weights", convention) }

// ProfileWeights are the weights of a convention that has adopted none.
func ProfileWeights(c *Convention) *AdoptedWeights {
	w := &AdoptedWeights{WeightsFile: WeightsFile{Weights: c.Weights}}
	w.Schema, w.ID, w.Convention, w.Version = Schema, WeightsID(c.ID), c.ID, 1
	return w
}

// Adopt puts the weights of a file in force in place of those before.
func (w *AdoptedWeights) Adopt(c *Convention, file WeightsFile, reason string, actor Actor, now time.Time) error {
	as, may := MayAdoptWeights(actor, c, DateOf(now))
	if err := authorise(may); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if err := file.check(reason); err != nil {
		return err
	}
	file.Weights.Version = w.Weights.Version + 1
	if file.Discovery != nil {
		d := *file.Discovery
		d.Version = file.Weights.Version
		file.Discovery = &d
	}
	if w.Created.IsZero() {
		w.Created, w.CreatedBy = stamp(now), actor.ID
	}
	w.WeightsFile, w.Reason, w.By, w.As, w.Time = file, reason, actor.ID, as, stamp(now)
	w.touch(now)
	return nil
}

// reasoned is what a reason is held against.
type reasoned struct {
	Reason string `json:"reason" validate:"required,max=2000"`
}

// Check holds a file against the rules of weights. What the engine alone can
// say of the record is for the platform to ask.
func (f *WeightsFile) Check() error { return f.mistakes().err() }

// check is Check with the reason for which the file is adopted.
func (f *WeightsFile) check(reason string) error {
	m := f.mistakes()
	m = append(m, checkShape(&reasoned{reason})...)
	return m.err()
}

func (f *WeightsFile) mistakes() mistakes {
	var m mistakes
	if f.Format != "" && f.Format != WeightsFormat {
		m.add("format", "error.invalid.not_one_of", message.Of(message.Text, "allowed", WeightsFormat))
	}
	if len(f.Engine) > 40 {
		m.add("engine", "error.invalid.too_long", message.Int("max", 40))
	}
	checkSum(&m, "weights", f.Weights.Sum(), f.Weights.Theme, f.Weights.Kind, f.Weights.Language, f.Weights.Region, f.Weights.Size, f.Weights.Time, f.Weights.Record, f.Weights.Fairness)
	if d := f.Discovery; d != nil {
		checkSum(&m, "discovery", d.Sum(), d.Theme, d.Kind, d.Language, d.Region, d.Size, d.Time, d.Record, d.Fairness)
	}
	if l := f.Lift; l != nil {
		checkSum(&m, "lift", l.Beneficiary+l.Theme+l.Provider, l.Beneficiary, l.Theme, l.Provider)
	}
	for field, kept := range map[string]json.RawMessage{"learned_from": f.LearnedFrom, "fit": f.Fit} {
		if len(kept) > mostKept {
			m.add(field, "error.invalid.too_long", message.Int("max", mostKept))
		}
	}
	return m
}

// checkSum refuses shares that are negative or do not make a whole.
func checkSum(m *mistakes, field string, sum int64, shares ...int64) {
	for _, s := range shares {
		if s < 0 || s > WeightsTotal {
			m.add(field, "error.invalid.share", message.Int("total", WeightsTotal))
			return
		}
	}
	if sum != WeightsTotal {
		m.add(field, "error.invalid.shares", message.Int("sum", sum), message.Int("total", WeightsTotal))
	}
}
