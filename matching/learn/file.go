package learn

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"entente/matching"
	"entente/matching/record"
)

// Format names the form of a weights file.
const Format = "entente-weights/1"

// File is what learning writes: weights and the model of the record, with what
// they were learned from and how well they fit. A convention can adopt it.
type File struct {
	Format      string       `json:"format"`
	Engine      string       `json:"engine"` // the version of the engine that learned
	LearnedFrom Source       `json:"learned_from"`
	Weights     Parts        `json:"weights"`
	Discovery   Parts        `json:"discovery"`
	Record      record.Model `json:"record"`
	Fit         Fits         `json:"fit"`
}

// Source says what was learned from.
type Source struct {
	Rows          int    `json:"rows"`
	From          int    `json:"from,omitempty"` // first year
	Until         int    `json:"until,omitempty"`
	Beneficiaries int    `json:"beneficiaries"`
	Themes        int    `json:"themes"`
	Providers     int    `json:"providers"`
	Choices       int    `json:"choices"` // of committees
	Digest        string `json:"digest"`  // SHA-256 of the rows, in order
}

// Fits say how well the two models of the record fit.
type Fits struct {
	Main      Fit `json:"main"`
	Discovery Fit `json:"discovery"`
}

// Parts are weights by part, in millionths.
type Parts struct {
	Theme    int32 `json:"theme"`
	Kind     int32 `json:"kind"`
	Language int32 `json:"language"`
	Region   int32 `json:"region"`
	Size     int32 `json:"size"`
	Time     int32 `json:"time"`
	Record   int32 `json:"record"`
	Fairness int32 `json:"fairness"`
}

// PartsOf are the parts of weights.
func PartsOf(w matching.Weights) Parts {
	return Parts{w.Theme, w.Kind, w.Language, w.Region, w.Size, w.Time, w.Record, w.Fairness}
}

// Weights are the parts under a version.
func (p Parts) Weights(version int) matching.Weights {
	return matching.Weights{
		Version: version, Theme: p.Theme, Kind: p.Kind, Language: p.Language, Region: p.Region,
		Size: p.Size, Time: p.Time, Record: p.Record, Fairness: p.Fairness,
	}
}

// Options say from what, beside a history, weights are learned.
type Options struct {
	Weights matching.Weights // those in force
	Choices []Choice         // of committees
	// KeepWeights learns the model of the record alone: what a committee decided
	// about the parts stands.
	KeepWeights bool
}

// Train learns from rows of past help and from what committees chose. It is
// deterministic: the same rows, in whatever order, and choices give the same
// file.
func Train(rows []record.Row, o Options) (*File, error) {
	rows = record.Distinct(rows)
	tie, err := EngineTies(rows)
	if err != nil {
		return nil, err
	}
	learned := History(rows, tie)
	f := &File{Format: Format, Engine: matching.EngineVersion, Record: learned.Model, Fit: Fits{learned.Main, learned.Discovery}}
	main, discovery := o.Weights, o.Weights
	if !o.KeepWeights {
		base := o.Weights
		base, f.LearnedFrom.Choices = Adjust(base, o.Choices)
		main, discovery = base, base
		if len(learned.Years) > 1 {
			main, discovery = learned.Weights(base)
		}
	}
	f.Weights, f.Discovery = PartsOf(main), PartsOf(discovery)
	f.describe(rows)
	return f, nil
}

// describe fills in what was learned from.
func (f *File) describe(rows []record.Row) {
	places, themes, providers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	h := sha256.New()
	for _, r := range rows {
		places[r.Beneficiary.Alpha2()], themes[r.Theme], providers[r.Provider] = true, true, true
		fmt.Fprintf(h, "%d\t%s\t%q\t%q\n", r.Year, r.Beneficiary.Alpha2(), r.Theme, r.Provider)
	}
	s := &f.LearnedFrom
	s.Rows, s.Beneficiaries, s.Themes, s.Providers = len(rows), len(places), len(themes), len(providers)
	s.Digest = hex.EncodeToString(h.Sum(nil))
	if len(rows) > 0 {
		s.From, s.Until = rows[0].Year, rows[len(rows)-1].Year
	}
}

// ErrForm says that a file is no weights file of this form.
var ErrForm = errors.New("learn: not a weights file of the form " + Format)

// maxFile bounds a weights file, in bytes.
const maxFile = 1 << 20

// Read reads a weights file strictly: fields that it does not know, weights that
// do not add up, or a model that is none are errors.
func Read(r io.Reader) (*File, error) {
	decoder := json.NewDecoder(io.LimitReader(r, maxFile))
	decoder.DisallowUnknownFields()
	var f File
	if err := decoder.Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if f.Format != Format {
		return nil, ErrForm
	}
	if err := errors.Join(f.Weights.Weights(1).Validate(), f.Discovery.Weights(1).Validate(), f.Record.Validate()); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return &f, nil
}

// Write writes the file for people to read.
func (f *File) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(f)
}
