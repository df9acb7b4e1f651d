package proof_test

import (
	"fmt"
	"net/http"

	"entente/cooperation"
)

// lessons are words for others, with who has cleared them.
type lessons struct {
	draft   int
	text    string          // by which the model knows them
	cleared map[string]bool // and whether for everybody
}

// feedback is for the partner that gives it, and for the secretariat.
func feedback(m *model, w *partnership, pick choice, who string) act {
	party := w.party(who)
	text := m.secret("feedback", func(who string) bool { return runs(who) || party != "" && w.party(who) == party })
	a := act{body: map[string]any{"rating": 1 + pick("rating", 5), "text": text}, then: func(w *partnership, party string) { w.feedback[party] = true }}
	if w.feedback[party] {
		a.refused = http.StatusConflict
	}
	return a
}

// learns reports whether somebody acts for a Party or a provider, sits on the body
// or runs the secretariat.
func learns(who string) bool {
	return runs(who) || seat(who) != "" || holds(who, "", cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole)
}

// draftLessons puts lessons into words. They are the partners' own until all have
// cleared them.
func draftLessons(m *model, w *partnership, pick choice, _ string) act {
	number, public := 1, pick("public", 2) == 1
	if w.lessons != nil {
		number = w.lessons.draft + 1
	}
	id, drafted := w.id, fmt.Sprint(w.id, " ", number, " ", len(m.secrets))
	text := m.secretUntil("lessons", func(m *model, who string) bool {
		w, shared := m.partnerships[id], m.shared[drafted]
		return runs(who) || w != nil && w.party(who) != "" || shared == "parties" && learns(who) || shared == "all"
	})
	return act{body: map[string]any{"text": text, "public": public}, then: func(w *partnership, party string) {
		w.lessons = &lessons{draft: number, cleared: map[string]bool{party: public}, text: drafted}
		m.share(w)
	}}
}

// share shares lessons once all partners have cleared them: with everybody if all
// have said so.
func (m *model) share(w *partnership) {
	if len(w.lessons.cleared) < len(w.partners()) {
		return
	}
	m.shared[w.lessons.text] = "all"
	if some(w.lessons.cleared, func(public bool) bool { return !public }) {
		m.shared[w.lessons.text] = "parties"
	}
}

func clearLessons(m *model, w *partnership, pick choice, _ string) act {
	number, public := 0, pick("public", 2) == 1
	if w.lessons != nil {
		number = w.lessons.draft
	}
	if number == 0 || pick("another draft", 6) == 5 {
		number++
	}
	a := act{body: map[string]any{"draft": number, "public": public}, then: func(w *partnership, party string) {
		w.lessons.cleared[party] = public
		m.share(w)
	}}
	if w.lessons == nil || w.lessons.draft != number {
		a.refused = http.StatusConflict
	}
	return a
}
