package notify

import (
	"strings"

	"entente/cooperation"
	"entente/message"
)

// organisation tells of what happened to an organisation: the secretariat of
// what it has to decide or to know, the organisation's own people and whoever
// applied for it of what was decided. Nobody is told of his own act.
func (t *telling) organisation() {
	o, secretariat, own := t.occasion.Organisation, false, false
	switch t.occasion.Reason {
	case "organisation.create", "organisation.declare", "organisation.withdraw_declaration":
		secretariat = true
	case "organisation.admit", "organisation.refuse", "organisation.suspend":
		own = true
	case "organisation.withdraw":
		secretariat, own = true, true
	}
	for _, u := range t.users {
		a := cooperation.ActorOf(u, true)
		told := secretariat && a.Has(t.convention.ID, cooperation.Secretariat) || own && t.speaksFor(u, o)
		if told && u.ID != t.occasion.Actor.ID && cooperation.SeesOrganisation(a, o).Any() {
			t.add(t.aboutOrganisation(o, a), u.ID, u.Mail, o.ID, decimal(o.Version))
		}
	}
}

// speaksFor reports whether a person acts for an organisation, or applied for
// it.
func (t *telling) speaksFor(u *cooperation.User, o *cooperation.Organisation) bool {
	return u.ID == o.CreatedBy && o.Source == cooperation.FromApplication ||
		common(t.actsFor(u, cooperation.ProviderRole, cooperation.Approver), []cooperation.Participant{o.Participant()})
}

// aboutOrganisation is what one reader is told of an organisation. Why it was
// refused or suspended is told to those who may know.
func (t *telling) aboutOrganisation(o *cooperation.Organisation, reader cooperation.Actor) cooperation.Notification {
	key, document := "notify."+t.occasion.Reason, "organisation/"+o.ID
	name := message.Of(message.Text, "title", quoted(o.Name, nil, ""))
	var args []message.Arg
	if t.occasion.Reason == "organisation.refuse" || t.occasion.Reason == "organisation.suspend" {
		text := ""
		if shown := o.Shown(reader); shown != nil {
			text = remark(shown.Decision)
		}
		args = append(args, message.Of(message.Text, "text", text))
	}
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New(key+".subject", t.conventionArg(), name),
		Lines:     []message.Message{message.New(key+".line", args...)},
		Items:     []cooperation.Item{{Heading: message.New("notify.organisation", name), Document: document}},
		Documents: []string{document},
	}
}

// concerns reports whether a message is about the bodies of a convention, or
// about what the recipient's side and others do together, rather than about
// postings.
func concerns(reason string) bool {
	if strings.HasPrefix(reason, "recommendation.") || strings.HasPrefix(reason, "assessment.") || strings.HasPrefix(reason, "partnership.") {
		return true
	}
	switch reason {
	case "organisation.create", "organisation.declare", "organisation.withdraw_declaration", "organisation.admit",
		"organisation.refuse", "organisation.suspend", "organisation.withdraw",
		"committee.name_member", "committee.remove_member", "committee.name_chair", "committee.remove_chair",
		"committee.name_adviser", "committee.remove_adviser", "committee.invite", "committee.remove_invitation", ReasonDuplicate, ReasonRollOver:
		return true
	}
	return false
}
