package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// duplicate tells what was decided of a need and something that is likely the
// same: the people of both needs and the secretariat, of whom nobody is told of
// what he may not see.
func (t *telling) duplicate() {
	n, rival := t.occasion.Need, t.occasion.Rival
	latest, decided := t.occasion.Duplicate.Latest()
	if n == nil || !decided || t.occasion.Reason != ReasonDuplicate {
		return
	}
	sides := beneficiaries(n)
	if rival != nil && rival.Convention == n.Convention {
		sides = slices.Concat(sides, beneficiaries(rival))
	}
	for _, u := range t.users {
		a := cooperation.ActorOf(u, true)
		told := a.Has(t.convention.ID, cooperation.Secretariat) || common(t.actsFor(u, cooperation.FocalPoint, cooperation.Approver), sides)
		if told && u.ID != t.occasion.Actor.ID && cooperation.SeesNeed(a, n).Any() {
			t.add(t.aboutDuplicate(n, latest, u.Language), u.ID, u.Mail, t.occasion.Duplicate.ID, decimal(t.occasion.Duplicate.Version))
		}
	}
}

// ReasonDuplicate: it was decided whether something is the same as a need.
const ReasonDuplicate = "duplicate.decide"

func (t *telling) aboutDuplicate(n *cooperation.Need, v cooperation.VerdictGiven, lang string) cooperation.Notification {
	title, document := message.Of(message.Text, "title", quoted(n.Title, n.Translations, lang)), "need/"+n.ID
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New("notify.duplicate.decide.subject", t.conventionArg(), title),
		Lines:     []message.Message{message.New("notify.duplicate.decide.line", message.Of(message.Key, "decision", "verdict."+string(v.Verdict)))},
		Items:     []cooperation.Item{{Heading: message.New("notify.need", title, beneficiariesArg(n)), Document: document}},
		Documents: []string{document},
	}
}
