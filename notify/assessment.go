package notify

import (
	"strings"

	"entente/cooperation"
	"entente/message"
)

// assessment tells both sides of what happened to help with a need that does
// not say yet what is needed, but nobody of his own act.
func (t *telling) assessment() {
	a, n := t.occasion.Assessment, t.occasion.Need
	if n == nil || !strings.HasPrefix(t.occasion.Reason, "assessment.") {
		return
	}
	for _, u := range t.users {
		actor := cooperation.ActorOf(u, true)
		if u.ID != t.occasion.Actor.ID && cooperation.SeesAssessment(actor, t.convention, a, n) {
			t.add(t.aboutAssessment(a, u.Language), u.ID, u.Mail, a.ID, decimal(a.Version))
		}
	}
}

func (t *telling) aboutAssessment(a *cooperation.Assessment, lang string) cooperation.Notification {
	document := "assessment/" + a.ID
	title := message.Of(message.Text, "title", quoted(a.Draft.Title, a.Draft.Translations, lang))
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New("notify.assessment.subject", t.conventionArg(), title),
		Lines:     []message.Message{message.New("notify.assessment.line", message.Of(message.Key, "sort", "assessment_sort."+string(a.Sort)), message.Of(message.Status, "status", "assessment."+string(a.Status)))},
		Documents: []string{document},
	}
}
