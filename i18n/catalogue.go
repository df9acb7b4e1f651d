package i18n

import (
	"fmt"
	"io/fs"
	"log/slog"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Catalogue holds the texts of all rooms in all languages. It does not change
// after New and is safe for concurrent use.
type Catalogue struct {
	bundle     *goi18n.Bundle
	keys       map[string]map[string]bool // language → keys that it has
	localizers map[string]*Localizer
	report     func(*Problem)
}

// Problem is a text that could not be put into words as asked: a key that is
// missing, an argument that is missing or that cannot be read. The reader is
// shown the best that there is instead (the English text, the raw value, at
// last the key itself), never nothing.
type Problem struct {
	Language string // the reader's language
	Key      string // the message
	Reason   string // what went wrong, in English, for the log
}

// Error says what went wrong, for the log.
func (p *Problem) Error() string {
	return fmt.Sprintf("message %s in %s: %s", p.Key, p.Language, p.Reason)
}

// Option changes how New builds a Catalogue.
type Option func(*settings)

type settings struct {
	overlays []fs.FS
	report   func(*Problem)
}

// Overlay lays the message files of a folder (its root, same names and format
// as the embedded ones) over the embedded texts, so that an installation can
// word something differently. Keys that the embedded catalogues do not have,
// and arguments that the embedded text does not take, are errors of New.
func Overlay(folder fs.FS) Option {
	return func(s *settings) { s.overlays = append(s.overlays, folder) }
}

// Report sends every problem to a function instead of the log. The function
// must be safe for concurrent use.
func Report(report func(*Problem)) Option {
	return func(s *settings) { s.report = report }
}

// New loads the embedded texts of all six languages and the overlays. It fails,
// naming file and key, when a file cannot be read, is in a language that is not
// served, or defines a key twice.
func New(options ...Option) (*Catalogue, error) {
	return newFrom(embedded(), options...)
}

// newFrom builds the catalogue on any folder of texts.
func newFrom(folder fs.FS, options ...Option) (*Catalogue, error) {
	set := settings{report: onceEach(logProblem)}
	for _, option := range options {
		option(&set)
	}
	c := &Catalogue{
		bundle: goi18n.NewBundle(language.English),
		keys:   make(map[string]map[string]bool),
		report: set.report,
	}
	base, err := readFolder(folder)
	if err != nil {
		return nil, err
	}
	if err := c.add(base); err != nil {
		return nil, err
	}
	if err := c.overlay(base, set.overlays); err != nil {
		return nil, err
	}
	c.localize()
	return c, nil
}

// Reporting returns the same texts with another receiver of problems, which
// must be safe for concurrent use.
func (c *Catalogue) Reporting(report func(*Problem)) *Catalogue {
	same := &Catalogue{bundle: c.bundle, keys: c.keys, report: report}
	same.localize()
	return same
}

func (c *Catalogue) localize() {
	c.localizers = make(map[string]*Localizer, len(Languages()))
	for _, lang := range Languages() {
		c.localizers[lang] = newLocalizer(c, lang)
	}
}

func (c *Catalogue) overlay(base []text, folders []fs.FS) error {
	for _, folder := range folders {
		over, err := readFolder(folder)
		if err != nil {
			return err
		}
		if err := checkOverlay(base, over); err != nil {
			return err
		}
		if err := c.add(over); err != nil {
			return err
		}
	}
	return nil
}

// add puts the texts into the bundle, over what is there already.
func (c *Catalogue) add(texts []text) error {
	for _, t := range texts {
		if err := c.bundle.AddMessages(language.Make(t.lang), t.message); err != nil {
			return fmt.Errorf("%s: %s: %w", t.file, t.message.ID, err)
		}
		if c.keys[t.lang] == nil {
			c.keys[t.lang] = make(map[string]bool)
		}
		c.keys[t.lang][t.message.ID] = true
	}
	return nil
}

// Localizer returns the renderer of a language. A tag that is not one of the
// six is negotiated ("fr-CA" is French); an unknown one is English.
func (c *Catalogue) Localizer(lang string) *Localizer {
	if l, ok := c.localizers[lang]; ok {
		return l
	}
	return c.localizers[Negotiate("", lang)]
}

// Has reports whether every language has a text under the key.
func (c *Catalogue) Has(key string) bool {
	for _, lang := range Languages() {
		if !c.keys[lang][key] {
			return false
		}
	}
	return true
}

func logProblem(p *Problem) {
	slog.Warn("a text is missing or cannot be rendered",
		"language", p.Language, "key", p.Key, "reason", p.Reason)
}

// onceEach lets a problem through the first time only: a missing text on a busy
// page would otherwise fill the log.
func onceEach(report func(*Problem)) func(*Problem) {
	var seen sync.Map
	return func(p *Problem) {
		if _, known := seen.LoadOrStore(*p, true); !known {
			report(p)
		}
	}
}
