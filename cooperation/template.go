package cooperation

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// TemplateContent is how the secretariat of a convention words the mails that
// are sent for one reason, in one language. What it leaves out stays as it is
// shipped.
type TemplateContent struct {
	Subject string `json:"subject,omitempty" validate:"max=200"`
	Intro   string `json:"intro,omitempty" validate:"max=2000"`   // in place of the sentence that says what has happened
	Closing string `json:"closing,omitempty" validate:"max=2000"` // after everything that there is to say; none is shipped
}

// Template is the convention's own wording of the mails for a reason, in a
// language. Version 1, the shipped wording, is never recorded.
type Template struct {
	Meta
	TemplateContent
	Reason   string `json:"reason"`
	Language string `json:"language"`
	Removed  bool   `json:"removed,omitempty"` // back to the shipped wording
}

// Placeholders are the names of what a mail for one reason can say.
type Placeholders struct {
	Known    []string // what wordings may name, as {{name}}
	Required []string // what an introduction must name: nobody would learn of it otherwise
}

// TemplateReasons lists the reasons of mails whose wording a convention may
// change, in the order in which they are shown. Messages about accounts are
// not a convention's.
func TemplateReasons() []string {
	all := []string{"proposals.responsible", "proposals.informed", "proposals.secretariat", "proposals.posting",
		"need.submit", "need.admit", "need.return", "need.reconfirm_due", "need.withdraw", "need.close", "need.lapse",
		"offer.submit", "offer.admit", "offer.return", "offer.reconfirm_due", "offer.withdraw", "offer.close", "offer.lapse",
		"organisation.create", "organisation.admit", "organisation.refuse", "organisation.suspend", "organisation.withdraw",
		"organisation.declare", "organisation.withdraw_declaration",
		"committee.name_member", "committee.remove_member", "committee.name_chair", "committee.remove_chair",
		"committee.name_adviser", "committee.remove_adviser", "committee.invite", "committee.remove_invitation",
		"proposal.introduced", "proposal.withdrawn", "proposal.expired",
		"review.opened", "review.objected", "review.resumed", "review.endorsed", "review.recommended", "review.returned", "review.withdrawn", "review.ended", "clocks.due",
		"recommendation.table", "recommendation.replace", "recommendation.object", "recommendation.lift", "recommendation.adopt", "recommendation.withdraw",
		"introduction.asked", "introduction.question", "introduction.answer", "introduction.resumed",
		"introduction.interested", "introduction.declined", "introduction.expired", "introduction.ended",
		"agreement.propose", "agreement.to_clear", "agreement.accept", "agreement.agreed", "agreement.withdraw", "agreement.end",
		"partnership.begin", "partnership.report_milestone", "partnership.disburse", "partnership.correct", "partnership.deviate", "partnership.follow_up",
		"partnership.complete", "partnership.completed", "partnership.stop", "partnership.state_origin", "partnership.draft_lessons", "partnership.lessons_shared"}
	for _, action := range append([]Action{"request"}, AssessmentActions()...) {
		all = append(all, "assessment."+string(action))
	}
	return append(all, "duplicate.decide", "subscription.opened", "digest")
}

// PlaceholdersOf are those of a reason; false when it has no wording that a
// convention may change.
func PlaceholdersOf(reason string) (Placeholders, bool) {
	if !slices.Contains(TemplateReasons(), reason) {
		return Placeholders{}, false
	}
	switch kind, step, _ := strings.Cut(reason, "."); kind {
	case "proposals":
		if step == "posting" {
			return Placeholders{Known: []string{"convention", "count"}}, true
		}
		return Placeholders{Known: []string{"convention", "body", "count"}}, true
	case "committee":
		if step == "invite" || step == "remove_invitation" {
			return Placeholders{Known: []string{"convention", "body", "participant"}, Required: []string{"body", "participant"}}, true
		}
		return Placeholders{Known: []string{"convention", "body", "country"}, Required: []string{"body", "country"}}, true
	case "proposal", "review":
		p := Placeholders{Known: []string{"convention", "body"}, Required: []string{"body"}}
		switch reason {
		case "review.resumed":
			p.Known, p.Required = append(p.Known, "days", "why"), append(p.Required, "days")
		case "review.returned":
			p.Known, p.Required = append(p.Known, "text"), append(p.Required, "text")
		}
		return p, true
	case "introduction", "agreement", "partnership", "assessment":
		return placeholdersOfTalks(kind, step), true
	case "recommendation":
		return Placeholders{Known: []string{"convention", "title", "body"}}, true
	case "duplicate":
		return Placeholders{Known: []string{"convention", "title", "decision"}, Required: []string{"decision"}}, true
	case "subscription", "digest", "clocks":
		return Placeholders{Known: []string{"convention", "count"}}, true
	default:
		p := Placeholders{Known: []string{"convention", "title"}}
		switch step {
		case "return", "refuse", "suspend":
			p.Required = []string{"text"}
		case "reconfirm_due":
			p.Required = []string{"until"}
		}
		p.Known = append(p.Known, p.Required...)
		return p, true
	}
}

// placeholdersOfTalks are those of what both sides are told from their
// introduction on, and of help with what is needed.
func placeholdersOfTalks(kind, step string) Placeholders {
	p := Placeholders{Known: []string{"convention"}}
	if kind == "partnership" || kind == "assessment" {
		p.Known = append(p.Known, "title")
	}
	switch {
	case kind == "assessment":
		p.Required = []string{"sort", "status"}
	case kind == "introduction" && (step == "asked" || step == "resumed"):
		p.Required = []string{"until"}
	case kind == "introduction" && (step == "question" || step == "answer"):
		p.Required = []string{"text"}
	case kind == "partnership" && step == "complete":
		p.Required = []string{"partner", "until"}
	case kind == "partnership" && step == "stop":
		p.Required = []string{"partner", "reason"}
	case kind == "partnership" && step != "begin" && step != "completed" && step != "lessons_shared":
		p.Required = []string{"partner"}
	}
	p.Known = append(p.Known, p.Required...)
	return p
}

// TemplateID is the id of the wording for a reason in a language.
func TemplateID(convention, reason, language string) string {
	return DerivedID("template", convention, reason, language)
}

// NewTemplate is the shipped wording, of which the convention can make its
// own. There is none for other reasons or languages.
func NewTemplate(convention, reason, language string, actor Actor, now time.Time) (*Template, error) {
	if _, ok := PlaceholdersOf(reason); !ok || !slices.Contains(ReaderLanguages(), reference.Language(language)) {
		return nil, absent()
	}
	return &Template{Meta: newMeta(TemplateID(convention, reason, language), convention, actor, now), Reason: reason, Language: language}, nil
}

// Overrides reports whether the convention has a wording of its own.
func (t *Template) Overrides() bool { return t.Version > 1 && !t.Removed }

// Replace puts the convention's own wording in place of the one before.
func (t *Template) Replace(content TemplateContent, actor Actor, now time.Time) error {
	if err := authorise(MayWordMails(actor, t.Convention)); err != nil {
		return err
	}
	content = content.trimmed()
	if err := content.Check(t.Reason); err != nil {
		return err
	}
	t.TemplateContent, t.Removed = content, false
	t.touch(now)
	return nil
}

// Remove goes back to the shipped wording.
func (t *Template) Remove(actor Actor, now time.Time) error {
	if err := authorise(MayWordMails(actor, t.Convention)); err != nil {
		return err
	}
	if !t.Overrides() {
		return absent()
	}
	t.TemplateContent, t.Removed = TemplateContent{}, true
	t.touch(now)
	return nil
}

func (c TemplateContent) trimmed() TemplateContent {
	return TemplateContent{strings.TrimSpace(c.Subject), strings.TrimSpace(c.Intro), strings.TrimSpace(c.Closing)}
}

// Check holds a wording for a reason against the rules: text on one line,
// without markup, that names nothing but what a mail for the reason can say.
func (c TemplateContent) Check(reason string) error {
	m := checkShape(&c)
	names, _ := PlaceholdersOf(reason)
	if c == (TemplateContent{}) {
		m.add("subject", "error.invalid.template_empty")
	}
	for _, part := range []struct {
		field, text string
		required    []string
	}{{"subject", c.Subject, nil}, {"intro", c.Intro, names.Required}, {"closing", c.Closing, nil}} {
		if part.text != "" {
			checkWording(&m, part.field, part.text, names.Known, part.required)
		}
	}
	return m.err()
}

// placeholder is a name between braces, as wordings have them.
var placeholder = regexp.MustCompile(`\{\{([a-z][a-z_]*)\}\}`)

func checkWording(m *mistakes, field, text string, known, required []string) {
	if strings.ContainsAny(text, "\n\r\t\u2028\u2029") {
		m.add(field, "error.invalid.template_lines")
	}
	if strings.ContainsAny(text, "<>") {
		m.add(field, "error.invalid.template_markup")
	}
	var named []string
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		named = append(named, found[1])
		if !slices.Contains(known, found[1]) {
			m.add(field, "error.invalid.template_placeholder", value(found[0]), message.Of(message.Text, "allowed", braced(known)))
		}
	}
	if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
		m.add(field, "error.invalid.template_braces", message.Of(message.Text, "allowed", braced(known)))
	}
	for _, name := range required {
		if !slices.Contains(named, name) {
			m.add(field, "error.invalid.template_required", value("{{"+name+"}}"))
		}
	}
}

func braced(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = "{{" + n + "}}"
	}
	return strings.Join(all, ", ")
}
