package i18n

import (
	"errors"
	"slices"
	"strings"

	"entente/message"

	"github.com/go-playground/locales"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// Names tells what the documents of an installation call things: themes,
// regions of a profile, bodies, conventions and organisations (as parties). It
// answers in the language asked for, or in the one that it has; false means
// that it does not know the id, and the id itself is shown. It must be safe for
// concurrent use.
type Names interface {
	Name(t message.Type, id, lang string) (string, bool)
}

// Localizer renders messages in one language. It is immutable and safe for
// concurrent use; Catalogue.Localizer hands out the same one to everybody.
type Localizer struct {
	catalogue *Catalogue
	inner     *goi18n.Localizer
	lang      string
	symbols   symbols
	calendar  locales.Translator
	rtl       bool
}

func newLocalizer(c *Catalogue, lang string) *Localizer {
	return &Localizer{
		catalogue: c,
		inner:     goi18n.NewLocalizer(c.bundle, lang),
		lang:      lang,
		symbols:   symbolsOf(lang),
		calendar:  calendarOf(lang),
		rtl:       rightToLeft(lang),
	}
}

// Language is the base language tag of the texts, for the lang attribute and
// the Content-Language header.
func (l *Localizer) Language() string { return l.lang }

// Direction is "rtl" or "ltr", for the dir attribute.
func (l *Localizer) Direction() string { return Direction(l.lang) }

// SelfName is what the language calls itself: "Français".
func (l *Localizer) SelfName() string { return l.Text("language.self") }

// Text renders a message without arguments. A key that is missing in the
// language gives the English text, one that is missing there too gives itself;
// both are reported.
func (l *Localizer) Text(key string) string {
	return l.Render(message.Message{Key: key}, nil)
}

// Lookup returns the text of a message without arguments, and whether the
// language has one. It reports nothing: it is for texts that may be absent.
func (l *Localizer) Lookup(key string) (string, bool) {
	if !l.catalogue.keys[l.lang][key] {
		return "", false
	}
	return l.Text(key), true
}

// Render puts a message into words. Names may be nil. The result is plain text
// without HTML, on one line, and never empty but for the zero message; whatever
// could not be rendered as it should is reported (see Report).
func (l *Localizer) Render(m message.Message, names Names) string {
	if m.Zero() {
		return ""
	}
	rendered, problems := l.localize(m, names)
	for _, reason := range problems {
		l.catalogue.report(&Problem{Language: l.lang, Key: m.Key, Reason: reason})
	}
	return rendered
}

// Check renders a message as Render does and returns what Render would report
// instead of reporting it, for tests and for programs that must not send a
// sentence with a hole.
func (l *Localizer) Check(m message.Message, names Names) (string, error) {
	rendered, problems := l.localize(m, names)
	var all []error
	for _, reason := range problems {
		all = append(all, &Problem{Language: l.lang, Key: m.Key, Reason: reason})
	}
	return rendered, errors.Join(all...)
}

// localize renders a message and lists what went wrong.
func (l *Localizer) localize(m message.Message, names Names) (string, []string) {
	r := &rendering{Localizer: l, names: names}
	data := &values{of: make(map[string]string, len(m.Args))}
	config := &goi18n.LocalizeConfig{MessageID: m.Key, TemplateData: data, TemplateParser: parser{}}
	for _, arg := range m.Args {
		data.of[arg.Name] = r.argument(arg)
		if arg.Name == "count" && isInteger(arg.Value) {
			config.PluralCount = arg.Value
		}
	}
	rendered, err := l.inner.Localize(config)
	if err != nil {
		r.problem(err.Error())
	}
	slices.Sort(data.missing)
	for _, name := range slices.Compact(data.missing) {
		r.problem("argument " + name + " is missing")
	}
	if strings.TrimSpace(rendered) == "" {
		rendered = m.Key
	}
	return rendered, r.problems
}
