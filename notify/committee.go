package notify

import (
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// committee tells whom a naming concerns: the people of the State that was
// named, or is no longer, and those who sit on the committee.
func (t *telling) committee() {
	b, country := t.occasion.Committee, t.occasion.Country
	switch t.occasion.Reason {
	case "committee.name_member", "committee.remove_member", "committee.name_chair", "committee.remove_chair":
	default:
		return
	}
	if country == reference.Country(0) || t.occasion.Named == nil {
		return
	}
	state := []cooperation.Participant{cooperation.Participant(country.Alpha2())}
	for _, u := range t.users {
		its := common(t.actsFor(u, cooperation.FocalPoint, cooperation.Approver, cooperation.CommitteeMember), state)
		if (its || sitsOn(u, t.convention.ID, b.ID)) && u.ID != t.occasion.Actor.ID {
			t.add(t.aboutCommittee(b, country), u.ID, u.Mail, b.ID, decimal(t.occasion.Named.Version))
		}
	}
}

func (t *telling) aboutCommittee(b *cooperation.Committee, country reference.Country) cooperation.Notification {
	key, document := "notify."+t.occasion.Reason, "committee/"+b.ID
	body, state := message.Of(message.Body, "body", b.ID), message.Of(message.Country, "country", country.Alpha2())
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New(key+".subject", t.conventionArg(), body),
		Lines:     []message.Message{message.New(key+".line", body, state)},
		Documents: []string{document},
	}
}
