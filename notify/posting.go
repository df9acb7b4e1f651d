package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// posting is what needs and offers have in common when people are told of them.
type posting struct {
	kind         string // "need" or "offer"
	id           string
	version      uint64
	title        string
	translations map[string]cooperation.Translation
	whose        message.Arg // the beneficiaries or the provider
	validUntil   cooperation.Date
	returned     *cooperation.Remark
	side         func(*cooperation.User) bool // acts for it
	sees         func(cooperation.Actor) bool
}

// need tells of what happened to a need.
func (t *telling) need() {
	n := t.occasion.Need
	t.tellPosting(posting{
		kind: "need", id: n.ID, version: n.Version, title: n.Title, translations: n.Translations,
		whose: beneficiariesArg(n), validUntil: n.ValidUntil, returned: n.Returned,
		side: func(u *cooperation.User) bool {
			return common(t.actsFor(u, cooperation.FocalPoint, cooperation.Approver), beneficiaries(n))
		},
		sees: func(a cooperation.Actor) bool { return cooperation.SeesNeed(a, n).Any() },
	})
}

// offer tells of what happened to an offer.
func (t *telling) offer() {
	o := t.occasion.Offer
	t.tellPosting(posting{
		kind: "offer", id: o.ID, version: o.Version, title: o.Title, translations: o.Translations,
		whose: message.Of(message.Party, "provider", string(o.Provider)), validUntil: o.ValidUntil, returned: o.Returned,
		side: func(u *cooperation.User) bool {
			return common(t.actsFor(u, cooperation.ProviderRole, cooperation.Approver), o.Providers())
		},
		sees: func(a cooperation.Actor) bool { return cooperation.SeesOffer(a, o).Any() },
	})
}

// tellPosting tells the secretariat or the posting's own side, but nobody of
// his own act and nobody who may not know of the posting: a draft that is
// withdrawn was never the secretariat's to see.
func (t *telling) tellPosting(p posting) {
	var args []message.Arg      // what the sentence says besides
	extra := decimal(p.version) // what tells this message from others for the same reason
	secretariat, known := false, true
	switch t.occasion.Reason {
	case p.kind + ".submit", p.kind + ".withdraw", p.kind + ".close":
		secretariat = true
	case p.kind + ".admit", p.kind + ".lapse":
	case p.kind + ".return":
		args = append(args, message.Of(message.Text, "text", remark(p.returned)))
	case p.kind + ".reconfirm_due":
		known = !p.validUntil.IsZero()
		args = append(args, message.Of(message.Date, "until", p.validUntil.String()))
		extra = p.validUntil.String() // once for each validity, whatever else changes meanwhile
	default:
		known = false
	}
	if !known {
		return
	}
	for _, u := range t.users {
		a := cooperation.ActorOf(u, true)
		told := secretariat && a.Has(t.convention.ID, cooperation.Secretariat) || !secretariat && p.side(u)
		if told && u.ID != t.occasion.Actor.ID && p.sees(a) {
			t.add(t.aboutPosting(p, args, u.Language), u.ID, u.Mail, p.id, extra)
		}
	}
}

// aboutPosting is what one reader is told of a posting.
func (t *telling) aboutPosting(p posting, args []message.Arg, lang string) cooperation.Notification {
	key, document := "notify."+t.occasion.Reason, p.kind+"/"+p.id
	name := message.Of(message.Text, "title", quoted(p.title, p.translations, lang))
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New(key+".subject", t.conventionArg(), name),
		Lines:     []message.Message{message.New(key+".line", args...)},
		Items:     []cooperation.Item{{Heading: message.New("notify."+p.kind, name, p.whose), Document: document}},
		Documents: []string{document},
	}
}

func remark(r *cooperation.Remark) string {
	if r == nil {
		return ""
	}
	return r.Text
}

func common(a, b []cooperation.Participant) bool {
	return slices.ContainsFunc(a, func(p cooperation.Participant) bool { return slices.Contains(b, p) })
}
