package platform

import (
	"encoding/json"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// announcementsOf are the events that one version of a document is to the
// active webhooks: to those that want it and whose owners may see it.
func (p *Platform) announcementsOf(r *room, active []*cooperation.Webhook, position uint64, happened time.Time, command string, v store.Version) []announcement {
	event, seen := p.eventOf(r, command, v)
	if event == "" {
		return nil
	}
	var out []announcement
	for _, w := range active {
		if w.Since >= position || !w.Wants(event) {
			continue
		}
		if u, ok := p.accounts.User(w.Owner); !ok || !seen(cooperation.ActorOf(u, true)) {
			continue
		}
		out = append(out, announcement{w.ID, event, v.Kind, v.ID, v.Number, position, happened})
	}
	return out
}

// eventOf names the event that a version is, and who may know of it. A
// version that was erased is none.
func (p *Platform) eventOf(r *room, command string, v store.Version) (event string, seen func(cooperation.Actor) bool) {
	if v.Body == nil {
		return "", nil
	}
	switch v.Kind {
	case catalogue.KindNeed:
		var n cooperation.Need
		if json.Unmarshal(v.Body, &n) == nil {
			return cooperation.EventOf(v.Kind, command, v.Number, string(n.Status)), func(a cooperation.Actor) bool { return cooperation.SeesNeed(a, &n).Any() }
		}
	case catalogue.KindOffer:
		var o cooperation.Offer
		if json.Unmarshal(v.Body, &o) == nil {
			return cooperation.EventOf(v.Kind, command, v.Number, string(o.Status)), func(a cooperation.Actor) bool { return cooperation.SeesOffer(a, &o).Any() }
		}
	case catalogue.KindProposal:
		var q cooperation.Proposal
		if json.Unmarshal(v.Body, &q) == nil && q.Stepped() {
			return cooperation.EventOf(v.Kind, command, v.Number, string(q.Status)), func(a cooperation.Actor) bool { return r.seesProposal(a, &q) }
		}
	case catalogue.KindAgreement:
		return r.agreementEvent(v.Body)
	case catalogue.KindPartnership:
		var w cooperation.Partnership
		if json.Unmarshal(v.Body, &w) == nil {
			return cooperation.EventOf(v.Kind, command, v.Number, string(w.Status)), func(a cooperation.Actor) bool { return r.seesDelivery(a, &w) }
		}
	case catalogue.KindRun:
		var run cooperation.Run
		if json.Unmarshal(v.Body, &run) == nil && run.Done {
			return cooperation.EventOf(v.Kind, command, v.Number, "done"), func(a cooperation.Actor) bool { return cooperation.MaySeeRuns(a, r.convention()) }
		}
	}
	return p.eventOfBodies(r, command, v)
}

func (r *room) seesDelivery(a cooperation.Actor, w *cooperation.Partnership) bool {
	n, ok := r.state.Need(w.Need)
	return ok && cooperation.SeesDelivery(a, r.convention(), w, n)
}

func (r *room) seesProposal(a cooperation.Actor, q *cooperation.Proposal) bool {
	n, _ := r.state.Need(q.Need)
	var offers []*cooperation.Offer
	for _, id := range q.Offers {
		if o, ok := r.state.Offer(id); ok {
			offers = append(offers, o)
		}
	}
	return cooperation.SeesProposal(a, q, n, offers).Any()
}

// MayDeliver reports whether the owner of a webhook may still see what a
// delivery is about. Between the event and the last attempt there are days.
func (p *Platform) MayDeliver(w *cooperation.Webhook, d *cooperation.Delivery) bool {
	r, ok := p.rooms[d.Convention]
	u, known := p.accounts.User(w.Owner)
	if !ok || !known || u.Disabled {
		return false
	}
	a := cooperation.ActorOf(u, true)
	switch d.Kind {
	case catalogue.KindNeed:
		n, ok := r.state.Need(d.Document)
		return ok && cooperation.SeesNeed(a, n).Any()
	case catalogue.KindOffer:
		o, ok := r.state.Offer(d.Document)
		return ok && cooperation.SeesOffer(a, o).Any()
	case catalogue.KindProposal:
		q, ok := r.state.Proposal(d.Document)
		return ok && r.seesProposal(a, q)
	case catalogue.KindAgreement:
		x, ok := r.state.Agreement(d.Document)
		return ok && cooperation.SeesAgreement(a, r.standing(), x, r.sidesOfAgreement(x)).Any()
	case catalogue.KindPartnership:
		w, ok := r.state.Partnership(d.Document)
		return ok && r.seesDelivery(a, w)
	case catalogue.KindRun:
		return cooperation.MaySeeRuns(a, r.convention())
	case catalogue.KindWebhook:
		return a.Within(d.Convention)
	}
	return p.mayDeliverOfBodies(r, a, d)
}
