package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// DraftLessons puts what others can learn into words. Whoever drafts has cleared
// the draft; the others are to clear these very words.
func (p *Partnership) DraftLessons(k *Timekeeper, n *Need, text string, lang reference.Language, public bool, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, DraftLessons, PartnershipActive, PartnershipCompleted, PartnershipStopped); err != nil {
		return err
	}
	by := p.states(a, n, nil, now)
	l := Lessons{Draft: 1, Text: strings.TrimSpace(text), Language: lang, By: by}
	if p.Lessons != nil {
		l.Draft, l.Shared = p.Lessons.Draft+1, p.Lessons.Shared
	}
	m := checkShape(&l)
	if lang != "" {
		checkLanguage(&m, "content_language", lang)
	}
	if err := m.err(); err != nil {
		return err
	}
	for _, of := range p.speaksFor(a, n) {
		l.Cleared = append(l.Cleared, LessonsClearance{Stated{of, a.ID, stamp(now)}, public})
	}
	p.Lessons = &l
	p.share(n, now)
	return p.written(now)
}

// ClearLessons says that a draft may be shared: with all Parties, or with
// everybody. Saying it again with the other word changes it. The number says
// which words were read.
func (p *Partnership) ClearLessons(k *Timekeeper, n *Need, draft int, public bool, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, ClearLessons, PartnershipActive, PartnershipCompleted, PartnershipStopped); err != nil {
		return err
	}
	if p.Lessons == nil || p.Lessons.Draft != draft {
		current := 0
		if p.Lessons != nil {
			current = p.Lessons.Draft
		}
		return Refuse(Conflict, "error.conflict.lessons", message.Int("draft", current))
	}
	l := *p.Lessons
	mine := p.speaksFor(a, n)
	l.Cleared = nil
	for _, c := range p.Lessons.Cleared {
		if !heard(mine, func(of Partner) Partner { return of })(c.Partner) {
			l.Cleared = append(l.Cleared, c)
		}
	}
	for _, of := range mine {
		l.Cleared = append(l.Cleared, LessonsClearance{Stated{of, a.ID, stamp(now)}, public})
	}
	p.Lessons = &l
	p.share(n, now)
	return p.written(now)
}

// share shares the draft once all partners have cleared it, with everybody only
// if all of them have said so.
func (p *Partnership) share(n *Need, now time.Time) {
	l, public := p.Lessons, true
	if len(l.Waiting(p.Partners(n))) > 0 {
		return
	}
	for _, c := range l.Cleared {
		public = public && c.Public
	}
	at := stamp(now)
	if l.Shared != nil && l.Shared.Text == l.Text {
		at = l.Shared.Time
	}
	l.Shared = &SharedLessons{Text: l.Text, Language: l.Language, Public: public, Time: at}
}

// Waiting are those of the partners that have not cleared the draft.
func (l *Lessons) Waiting(partners []Partner) []Partner {
	return slices.DeleteFunc(partners, heard(l.Cleared, func(c LessonsClearance) Partner { return c.Partner }))
}
