package notify

import (
	"entente/cooperation"
	"entente/message"
)

// ReasonRollOver: the membership of a committee changes before long.
const ReasonRollOver = "committee.roll_over"

// rollOver tells the secretariat, those who sit on a committee, and the people
// of a State whose term ends, of what is to be seen to before its membership
// changes: in one message each, and of each reminder once.
func (t *telling) rollOver() {
	b := t.occasion.Committee
	for _, u := range t.users {
		a := cooperation.ActorOf(u, true)
		n := cooperation.Notification{Reason: ReasonRollOver, Documents: []string{"committee/" + b.ID},
			Subject: message.New("notify.committee.roll_over.subject", t.conventionArg(), message.Of(message.Body, "body", b.ID))}
		for _, r := range t.occasion.RollOvers {
			its := r.Country != 0 && a.For(t.convention.ID, cooperation.Participant(r.Country.Alpha2()), cooperation.FocalPoint, cooperation.Approver)
			if (its || a.Has(t.convention.ID, cooperation.Secretariat) || sitsOn(u, t.convention.ID, b.ID)) && !t.occasion.Told(u.ID, r.ID) {
				n.Lines, n.Reminders = append(n.Lines, r.Sentence()), append(n.Reminders, r.ID)
			}
		}
		if len(n.Lines) > 0 {
			t.add(n, u.ID, u.Mail, append([]string{b.ID}, n.Reminders...)...)
		}
	}
}
