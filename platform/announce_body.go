package platform

import (
	"encoding/json"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// eventOfBodies is eventOf for what bodies work on: reviews, texts, help with
// needs, and decisions on duplicates.
func (p *Platform) eventOfBodies(r *room, command string, v store.Version) (event string, seen func(cooperation.Actor) bool) {
	switch v.Kind {
	case catalogue.KindReview:
		var x cooperation.Review
		if json.Unmarshal(v.Body, &x) == nil {
			event = cooperation.ReviewHappened(command, &x)
			return event, func(a cooperation.Actor) bool { return p.toldOfReview(r, a, &x, event) }
		}
	case catalogue.KindRecommendation:
		var x cooperation.Recommendation
		if json.Unmarshal(v.Body, &x) == nil {
			event = cooperation.RecommendationEvent(command, &x)
			return event, func(a cooperation.Actor) bool { return p.toldOfText(r, a, &x, event) }
		}
	case catalogue.KindIntroduction:
		var x cooperation.Introduction
		if json.Unmarshal(v.Body, &x) == nil {
			return x.Happened(), func(a cooperation.Actor) bool { return r.toldOfIntroduction(a, &x) }
		}
	case catalogue.KindAssessment:
		var x cooperation.Assessment
		if json.Unmarshal(v.Body, &x) == nil {
			return cooperation.AssessmentEvent(command, &x), func(a cooperation.Actor) bool { return r.toldOfAssessment(a, &x) }
		}
	case catalogue.KindDuplicate:
		var x cooperation.Duplicate
		if json.Unmarshal(v.Body, &x) == nil {
			return cooperation.EventDuplicate, func(a cooperation.Actor) bool { return p.toldOfDuplicate(r, a, &x) }
		}
	}
	return "", nil
}

// mayDeliverOfBodies is MayDeliver for what bodies work on.
func (p *Platform) mayDeliverOfBodies(r *room, a cooperation.Actor, d *cooperation.Delivery) bool {
	switch d.Kind {
	case catalogue.KindReview:
		x, ok := r.state.Review(d.Document)
		return ok && p.toldOfReview(r, a, x, d.Event)
	case catalogue.KindRecommendation:
		x, ok := r.state.Recommendation(d.Document)
		return ok && p.toldOfText(r, a, x, d.Event)
	case catalogue.KindIntroduction:
		x, ok := r.state.Introduction(d.Document)
		return ok && r.toldOfIntroduction(a, x)
	case catalogue.KindAssessment:
		x, ok := r.state.Assessment(d.Document)
		return ok && r.toldOfAssessment(a, x)
	case catalogue.KindDuplicate:
		x, ok := r.state.Duplicate(d.Document)
		return ok && p.toldOfDuplicate(r, a, x)
	}
	return false
}

// toldOfReview reports whether somebody may know of what happened to a review:
// the sides not of what was said before the members.
func (p *Platform) toldOfReview(r *room, a cooperation.Actor, x *cooperation.Review, event string) bool {
	sight := p.sightOfReview(r, a, x)
	return sight.Any() && (sight != cooperation.SeesShared || !cooperation.AmongReviewers(event))
}

// toldOfText reports whether somebody may know of what happened to a text: of
// what was said against it, those who take part in the convention.
func (p *Platform) toldOfText(r *room, a cooperation.Actor, x *cooperation.Recommendation, event string) bool {
	return cooperation.SeesRecommendation(a, r.convention(), x, cooperation.DateOf(p.clock())) && (a.Within(r.id()) || event == "recommendation.adopted")
}

func (r *room) toldOfIntroduction(a cooperation.Actor, x *cooperation.Introduction) bool {
	return cooperation.SeesIntroduction(a, r.standing(), x, r.sidesOf(x)).Any()
}

func (r *room) toldOfAssessment(a cooperation.Actor, x *cooperation.Assessment) bool {
	n, ok := r.state.Need(x.Need)
	return ok && cooperation.SeesAssessment(a, r.convention(), x, n)
}

// toldOfDuplicate reports whether somebody may know of a decision: he sees both
// documents, and may see what is likely the same as the need.
func (p *Platform) toldOfDuplicate(r *room, a cooperation.Actor, x *cooperation.Duplicate) bool {
	n, ok := r.state.Need(x.Need)
	if !ok || !cooperation.MaySeeDuplicates(a, n) {
		return false
	}
	_, _, err := p.rival(a, n, x.Of)
	return err == nil
}
