package notify

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// word puts the convention's own wording in place of the shipped one. Where a
// part of it cannot be put into words, the message stays as it is shipped, the
// whole of it.
func (p *page) word(t *cooperation.Template, n *cooperation.Notification, l *i18n.Localizer, names i18n.Names) {
	if t == nil || t.Language != l.Language() {
		return
	}
	args := slices.Clone(n.Subject.Args)
	if len(n.Lines) > 0 {
		args = append(args, n.Lines[0].Args...)
	}
	worded := *p
	worded.Lines = slices.Clone(p.Lines)
	for _, part := range []struct {
		text string
		put  func(string)
	}{
		{t.Subject, func(s string) { worded.Subject = s }},
		{t.Intro, func(s string) { worded.Lines = append([]string{s}, worded.Lines[min(1, len(worded.Lines)):]...) }},
		{t.Closing, func(s string) { worded.Closing = s }},
	} {
		if part.text == "" {
			continue
		}
		said, whole := l.Fill("template."+t.Reason, part.text, args, names)
		if !whole {
			return
		}
		part.put(oneLine(said))
	}
	*p = worded
}

// ShippedWording is how the mails for a reason are worded without a template,
// with the names of what they say between braces, in the form that they have
// for many.
func ShippedWording(reason string, l *i18n.Localizer) cooperation.TemplateContent {
	names, _ := cooperation.PlaceholdersOf(reason)
	var args []message.Arg
	for _, name := range names.Known {
		args = append(args, message.Of(message.Text, name, "{{"+name+"}}"))
	}
	say := func(part string) string {
		return strings.Map(func(r rune) rune {
			if r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F {
				return -1 // what keeps values apart from the direction of the sentence
			}
			return r
		}, l.Render(message.New(part, args...), nil))
	}
	subject, intro := shippedKeys(reason)
	return cooperation.TemplateContent{Subject: say(subject), Intro: say(intro)}
}

// shippedKeys are the keys of the shipped subject, and of the sentence that says
// what happened.
func shippedKeys(reason string) (subject, intro string) {
	key := "notify." + reason
	switch kind, _, _ := strings.Cut(reason, "."); kind {
	case "partnership": // one subject for all that happens to it
		return "notify.partnership.subject", key + ".line"
	case "assessment":
		return "notify.assessment.subject", "notify.assessment.line"
	}
	return key + ".subject", key + "." + introOf(reason)
}

// introOf is the last part of the key of the sentence that says what happened.
func introOf(reason string) string {
	switch kind, _, _ := strings.Cut(reason, "."); kind {
	case "proposals", "subscription", "digest":
		return "intro"
	}
	return "line"
}

// Sample is a mail for the reason as it would be with the wording, about
// things that are nobody's.
func Sample(t *cooperation.Template, c *cooperation.Convention, texts *i18n.Catalogue, names i18n.Names, publicURL string) (Mail, error) {
	known, _ := cooperation.PlaceholdersOf(t.Reason)
	body := c.ReviewBody
	if body == "" && len(c.Committees) > 0 {
		body = c.Committees[0].ID
	}
	var args []message.Arg
	for _, name := range known.Known {
		switch name {
		case "convention":
			args = append(args, message.Of(message.Convention, name, c.ID))
		case "body":
			args = append(args, message.Of(message.Body, name, body))
		case "count":
			args = append(args, message.Count(3))
		case "days":
			args = append(args, message.Int(name, 3))
		case "why":
			args = append(args, message.Of(message.Key, name, "silence.modified"))
		case "decision":
			args = append(args, message.Of(message.Key, name, "verdict.coordinated"))
		case "reason":
			args = append(args, message.Of(message.Key, name, "reason.timing"))
		case "sort":
			args = append(args, message.Of(message.Key, name, "assessment_sort."+string(cooperation.DraftingHelp)))
		case "status":
			args = append(args, message.Of(message.Status, name, "assessment."+string(cooperation.AssessmentStatuses()[0])))
		case "partner":
			args = append(args, message.Of(message.Key, name, "notify.sample.participant"))
		case "until":
			args = append(args, message.Of(message.Date, name, "2030-12-31"))
		default:
			args = append(args, message.Of(message.Key, name, "notify.sample."+name))
		}
	}
	subject, intro := shippedKeys(t.Reason)
	n := &cooperation.Notification{Meta: t.Meta, Reason: t.Reason, Recipient: t.CreatedBy, Committee: body,
		Subject: message.New(subject, args...), Lines: []message.Message{message.New(intro, args...)}}
	return Render(n, Recipient{Language: t.Language, Template: t}, texts, names, publicURL)
}
