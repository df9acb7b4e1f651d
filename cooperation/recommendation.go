package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// RecommendationStatus is a step of the life of a text of a body.
type RecommendationStatus string

// The life of a text: draft → tabled → adopted or withdrawn.
const (
	RecommendationDraft     RecommendationStatus = "draft"
	RecommendationTabled    RecommendationStatus = "tabled"
	RecommendationAdopted   RecommendationStatus = "adopted"
	RecommendationWithdrawn RecommendationStatus = "withdrawn"
)

// RecommendationStatuses lists the steps in order.
func RecommendationStatuses() []RecommendationStatus {
	return []RecommendationStatus{RecommendationDraft, RecommendationTabled, RecommendationAdopted, RecommendationWithdrawn}
}

// Recommendation is a text that a body adopts and hands on: a recommendation to
// the conference, or conclusions, of one body or of several jointly.
type Recommendation struct {
	Meta
	RecommendationContent
	Output     Output               `json:"output"`    // which of the documents of the bodies it is
	Bodies     []string             `json:"bodies"`    // whose text it is, the one that leads first
	Addressee  string               `json:"addressee"` // the body that it is addressed to
	Status     RecommendationStatus `json:"status"`
	Round      int                  `json:"round,omitempty"` // how often it has been before the bodies: modified, it is so again
	Tabled     time.Time            `json:"tabled,omitzero"`
	Objections []TextObjection      `json:"objections,omitempty"` // of all rounds
	Adoptions  []Adoption           `json:"adoptions,omitempty"`  // by each of the bodies
	Ended      *Remark              `json:"ended,omitempty"`      // why it was withdrawn
}

// RecommendationContent is what it says.
type RecommendationContent struct {
	Title   Names    `json:"title" validate:"max=6,dive,max=500"` // in languages of the convention
	Text    Names    `json:"text" validate:"max=6,dive,max=20000"`
	Themes  []string `json:"themes,omitempty" validate:"max=20,unique"`
	Meeting string   `json:"meeting,omitempty" validate:"max=300"` // of the addressee, that is to take it up
}

// TextObjection is why a State does not join the consensus. It stands until the
// State lifts it or the text is modified.
type TextObjection struct {
	Round   int               `json:"round"`
	Country reference.Country `json:"country"`
	Text    string            `json:"text" validate:"required,max=2000"`
	By      string            `json:"by,omitempty"`
	Time    time.Time         `json:"time"`
	Lifted  time.Time         `json:"lifted,omitzero"`
}

// Adoption is how a body adopted the text.
type Adoption struct {
	Body   string    `json:"body"`
	Date   Date      `json:"date"`
	Record string    `json:"record,omitempty" validate:"max=300"` // the report that says so
	By     string    `json:"by,omitempty"`
	Time   time.Time `json:"time"`
}

// Standing lists the objections that stand against the text as it is now.
func (r *Recommendation) Standing() []TextObjection {
	return slices.DeleteFunc(slices.Clone(r.Objections), func(o TextObjection) bool { return o.Round != r.Round || !o.Lifted.IsZero() })
}

// AdoptedBy reports whether a body has adopted the text.
func (r *Recommendation) AdoptedBy(body string) bool {
	return slices.ContainsFunc(r.Adoptions, func(a Adoption) bool { return a.Body == body })
}

// MissingLanguages lists the languages of the convention in which the title or
// the text is still to be written. It is shown and hinders nothing.
func (r *RecommendationContent) MissingLanguages(c *Convention) []reference.Language {
	return slices.DeleteFunc(slices.Clone(c.Languages), func(l reference.Language) bool {
		return strings.TrimSpace(r.Title[l]) != "" && strings.TrimSpace(r.Text[l]) != ""
	})
}

// In is the title for a reader: in the language, or in the first of the
// convention's in which there is one.
func (r *RecommendationContent) In(c *Convention, lang reference.Language) (title, text string) {
	for _, l := range append([]reference.Language{lang}, c.Languages...) {
		if title == "" {
			title = r.Title[l]
		}
		if text == "" {
			text = r.Text[l]
		}
	}
	return title, text
}

// recommends holds the bodies against their profiles: each hands on such a
// document, and several do it together only where the profile provides for
// joint conclusions. It returns the bodies that are known, the first leading.
func (c *Convention) recommends(m *mistakes, output Output, ids []string) []Committee {
	var bodies []Committee
	for i, id := range ids {
		b, known := c.Committee(id)
		switch {
		case !known:
			m.add(place("bodies", i), "error.invalid.unknown_committee", value(id))
			continue
		case slices.Index(ids, id) != i:
			m.add(place("bodies", i), "error.invalid.duplicate")
		case output != Recommendations && output != ConclusionsRecommendation:
			m.add("output", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText([]Output{Recommendations, ConclusionsRecommendation})))
		case !slices.Contains(b.Working.Outputs, output):
			m.add(place("bodies", i), "error.invalid.rule_output", message.Of(message.Body, "body", b.ID), message.Of(message.Text, "source", b.RuleSource()))
		case len(ids) > 1 && !b.Working.JointConclusions:
			m.add(place("bodies", i), "error.invalid.rule_joint", message.Of(message.Body, "body", b.ID), message.Of(message.Text, "source", b.RuleSource()))
		}
		bodies = append(bodies, b)
	}
	if len(ids) == 0 {
		m.add("bodies", "error.invalid.required")
	}
	return bodies
}

// check holds what the text says against the rules of the convention. A draft
// may be incomplete; what is tabled has a title and a text in the same language.
func (r *RecommendationContent) check(c *Convention, tabled bool) mistakes {
	m := checkShape(r)
	whole := false
	for _, names := range []struct {
		field string
		names Names
	}{{"title", r.Title}, {"text", r.Text}} {
		for lang := range names.names {
			if !slices.Contains(c.Languages, lang) {
				m.add(names.field+"."+string(lang), "error.invalid.not_of_convention", message.Of(message.Text, "value", string(lang)), languageList(c))
			}
		}
	}
	for _, lang := range c.Languages {
		whole = whole || strings.TrimSpace(r.Title[lang]) != "" && strings.TrimSpace(r.Text[lang]) != ""
	}
	if tabled && !whole {
		m.add("text", "error.invalid.required")
	}
	for i, theme := range r.Themes {
		if _, ok := c.Theme(theme); !ok {
			m.add(place("themes", i), "error.invalid.unknown_theme", value(theme))
		}
	}
	return m
}

func languageList(c *Convention) message.Arg {
	codes := make([]string, len(c.Languages))
	for i, l := range c.Languages {
		codes[i] = string(l)
	}
	return message.List(message.Languages, "languages", codes...)
}
