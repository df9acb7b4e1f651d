package notify

import (
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// recommendation tells of what happened to a text of bodies. That it is before
// them, and what became of it, is told to those who decide and to those who
// conduct; an objection, to those who conduct.
func (t *telling) recommendation() {
	r := t.occasion.Recommendation
	today := cooperation.DateOf(t.now)
	conducts := func(a cooperation.Actor) bool {
		a.ReadOnly = false
		return cooperation.MayConduct(a, t.convention, r, today)
	}
	all := false
	switch t.occasion.Reason {
	case "recommendation.table", "recommendation.adopt":
		all = true
	case "recommendation.replace", "recommendation.withdraw":
		all = r.Round > 0
		if !all {
			return // a draft is nobody else's
		}
	case "recommendation.object", "recommendation.lift":
	default:
		return
	}
	if t.occasion.Reason == "recommendation.adopt" && r.Status != cooperation.RecommendationAdopted {
		return // by one of several bodies; the last one's is told
	}
	for _, u := range t.users {
		a := cooperation.ActorOf(u, false)
		if u.ID != t.occasion.Actor.ID && (conducts(a) || all && t.decides(a, r, today)) && cooperation.SeesRecommendation(a, t.convention, r, today) {
			t.add(t.aboutRecommendation(r, u.Language), u.ID, u.Mail, r.ID, decimal(r.Version))
		}
	}
}

// decides reports whether a person speaks for a State that takes part in the
// decision.
func (t *telling) decides(a cooperation.Actor, r *cooperation.Recommendation, today cooperation.Date) bool {
	for _, g := range a.Grants {
		if country, state := g.Participant.State(); g.Convention == t.convention.ID && state && cooperation.MayObjectTo(a, t.convention, r, country, today) {
			return true
		}
	}
	return false
}

func (t *telling) aboutRecommendation(r *cooperation.Recommendation, lang string) cooperation.Notification {
	key, document := "notify."+t.occasion.Reason, "recommendation/"+r.ID
	title, _ := r.In(t.convention, reference.Language(lang))
	name, bodies := message.Of(message.Text, "title", quoted(title, nil, lang)), message.Of(message.Body, "body", r.Bodies[0])
	return cooperation.Notification{
		Reason:    t.occasion.Reason,
		Subject:   message.New(key+".subject", t.conventionArg(), name),
		Lines:     []message.Message{message.New(key+".line", bodies)},
		Documents: []string{document},
	}
}
