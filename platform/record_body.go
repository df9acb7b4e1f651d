package platform

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
)

// bodySubject finds what bodies work on, and the commitments on which States
// report.
func (p *Platform) bodySubject(actor cooperation.Actor, kind, id string) (*subject, error) {
	switch kind {
	case catalogue.KindRecommendation:
		return p.recommendationSubject(actor, id)
	case catalogue.KindAssessment:
		return p.assessmentSubject(actor, id)
	case catalogue.KindDuplicate:
		return p.duplicateSubject(actor, id)
	case catalogue.KindCommitment:
		return p.commitmentSubject(actor, id)
	}
	return nil, cooperation.Absent()
}

// openly is the sight of a document that everybody may read: the whole record,
// and who wrote it for the secretariat.
func (r *room) openly(actor cooperation.Actor) cooperation.Sight {
	if actor.IsSystem() || actor.Has(r.id(), cooperation.Secretariat) {
		return cooperation.SeesAll
	}
	return cooperation.SeesCommittee
}

// recommendationSubject shows the versions of a text that are for the actor as
// they stand: what was a draft stays with those who may read drafts.
func (p *Platform) recommendationSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findRecommendation(id)
	today := cooperation.DateOf(p.clock())
	if err != nil || present.Shown(actor, r.convention(), today) == nil {
		return nil, cooperation.Absent()
	}
	return r.about(catalogue.KindRecommendation, id, r.openly(actor), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Recommendation](c)
		if err != nil {
			return exhibit{}, err
		}
		e := exhibit{whole: v, status: string(v.Status)}
		if shown := v.Shown(actor, r.convention(), today); shown != nil {
			e.shown = shown
		}
		return e, nil
	})
}

// assessmentSubject shows help with a need to its two sides.
func (p *Platform) assessmentSubject(actor cooperation.Actor, id string) (*subject, error) {
	present, err := p.Assessment(actor, id)
	if err != nil {
		return nil, err
	}
	r := p.rooms[present.Convention]
	sight := r.openly(actor)
	if n, ok := r.state.Need(present.Need); ok && cooperation.SeesNeed(actor, n) == cooperation.SeesAll {
		sight = cooperation.SeesAll // the State's own
	}
	return r.about(catalogue.KindAssessment, id, sight, func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Assessment](c)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v, status: string(v.Status)}, nil
	})
}

// duplicateSubject shows what was decided of two documents to whoever may see
// both, and what is likely the same as the need.
func (p *Platform) duplicateSubject(actor cooperation.Actor, id string) (*subject, error) {
	for _, name := range p.order {
		r := p.rooms[name]
		present, ok := r.state.Duplicate(id)
		if !ok || !p.toldOfDuplicate(r, actor, present) {
			continue
		}
		n, _ := r.state.Need(present.Need)
		sight := r.openly(actor)
		if cooperation.SeesNeed(actor, n) == cooperation.SeesAll {
			sight = cooperation.SeesAll
		}
		return r.about(catalogue.KindDuplicate, id, sight, func(c catalogue.Change) (exhibit, error) {
			v, err := catalogue.Decode[cooperation.Duplicate](c)
			if err != nil {
				return exhibit{}, err
			}
			return exhibit{whole: v, shown: v.Shown(actor, n)}, nil
		})
	}
	return nil, cooperation.Absent()
}

// commitmentSubject shows a commitment, which is open to everybody.
func (p *Platform) commitmentSubject(actor cooperation.Actor, id string) (*subject, error) {
	present, err := p.Commitment(actor, id)
	if err != nil {
		return nil, err
	}
	r := p.rooms[present.Convention]
	return r.about(catalogue.KindCommitment, id, r.openly(actor), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Commitment](c)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v.Shown(actor)}, nil
	})
}

// CommitteeHistory is History for whom was named to a body of a convention. The
// mailbox is for those who may see it.
func (p *Platform) CommitteeHistory(ctx context.Context, actor cooperation.Actor, convention, id string, from uint64, limit int) (*History, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if _, known := r.convention().Committee(id); !known {
		return nil, cooperation.Absent()
	}
	s, err := r.about(catalogue.KindCommittee, id, r.openly(actor), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Naming](c)
		if err != nil {
			return exhibit{}, err
		}
		shown, e := *v, exhibit{whole: v}
		if !cooperation.SeesContact(actor, r.id(), id) {
			shown.Contact, e.withheld = "", []string{"contact"}
		}
		if r.openly(actor) != cooperation.SeesAll {
			shown.CreatedBy = ""
		}
		e.shown = &shown
		return e, nil
	})
	if err != nil {
		return nil, err
	}
	return p.history(ctx, actor, s, from, limit)
}
