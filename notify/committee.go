package notify

import (
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// committee tells whom a naming concerns: the people of the State or
// organisation that was named or invited, or is no longer, and those who sit on
// the committee.
func (t *telling) committee() {
	b, whom := t.occasion.Committee, t.occasion.Invited
	switch t.occasion.Reason {
	case "committee.name_member", "committee.remove_member", "committee.name_chair", "committee.remove_chair", "committee.name_adviser", "committee.remove_adviser":
		whom = ""
		if t.occasion.Country != reference.Country(0) {
			whom = cooperation.Participant(t.occasion.Country.Alpha2())
		}
	case "committee.invite", "committee.remove_invitation":
	default:
		return
	}
	if whom == "" || t.occasion.Named == nil {
		return
	}
	for _, u := range t.users {
		its := common(t.actsFor(u, cooperation.FocalPoint, cooperation.Approver, cooperation.CommitteeMember, cooperation.ProviderRole, cooperation.ObserverRole), []cooperation.Participant{whom})
		if (its || sitsOn(u, t.convention.ID, b.ID)) && u.ID != t.occasion.Actor.ID {
			t.add(t.aboutCommittee(b, whom), u.ID, u.Mail, b.ID, decimal(t.occasion.Named.Version))
		}
	}
}

func (t *telling) aboutCommittee(b *cooperation.Committee, whom cooperation.Participant) cooperation.Notification {
	key, document := "notify."+t.occasion.Reason, "committee/"+b.ID
	body, state := message.Of(message.Body, "body", b.ID), message.Of(message.Country, "country", string(whom))
	if t.occasion.Invited != "" {
		state = message.Of(message.Party, "participant", string(whom))
	}
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New(key+".subject", t.conventionArg(), body),
		Lines:     []message.Message{message.New(key+".line", body, state)},
		Documents: []string{document},
	}
}
