package platform

import (
	"context"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

func countOne() message.Arg  { return message.Count(1) }
func ahead() message.Message { return message.New("error.invalid.at_ahead") }

// subject finds a document that the actor may see, with what reads its
// versions. A kind of which no history is kept for readers has none.
func (p *Platform) subject(actor cooperation.Actor, kind, id string) (*subject, error) {
	switch kind {
	case catalogue.KindNeed:
		return p.needSubject(actor, id)
	case catalogue.KindOffer:
		return p.offerSubject(actor, id)
	case catalogue.KindProposal:
		return p.proposalSubject(actor, id)
	case catalogue.KindReview:
		return p.reviewSubject(actor, id)
	case catalogue.KindIntroduction:
		return p.introductionSubject(actor, id)
	case catalogue.KindAgreement:
		return p.agreementSubject(actor, id)
	case catalogue.KindPartnership:
		return p.partnershipSubject(actor, id)
	case catalogue.KindRun:
		return p.runSubject(actor, id)
	}
	return p.bodySubject(actor, kind, id)
}

// about is the subject of a document of a convention; nothing when the actor
// does not see it.
func (r *room) about(kind, id string, sight cooperation.Sight, read func(catalogue.Change) (exhibit, error)) (*subject, error) {
	if !sight.Any() {
		return nil, cooperation.Absent()
	}
	return &subject{kind: kind, id: id, log: r.id(), sight: sight, trail: r.state.Trail(kind, id), read: read}, nil
}

func (p *Platform) needSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findNeed(id)
	if err != nil {
		return nil, err
	}
	return r.about(catalogue.KindNeed, id, cooperation.SeesNeed(actor, present), func(c catalogue.Change) (exhibit, error) {
		n, err := catalogue.Decode[cooperation.Need](c)
		if err != nil {
			return exhibit{}, err
		}
		e := exhibit{whole: n, status: string(n.Status)}
		if shown, withheld := n.ShownThen(actor, present); shown != nil {
			e.shown, e.withheld = shown, withheld
		}
		return e, nil
	})
}

func (p *Platform) offerSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findOffer(id)
	if err != nil {
		return nil, err
	}
	return r.about(catalogue.KindOffer, id, cooperation.SeesOffer(actor, present), func(c catalogue.Change) (exhibit, error) {
		o, err := catalogue.Decode[cooperation.Offer](c)
		if err != nil {
			return exhibit{}, err
		}
		e := exhibit{whole: o, status: string(o.Status)}
		if shown, withheld := o.ShownThen(actor, present); shown != nil {
			e.shown, e.withheld = shown, withheld
		}
		return e, nil
	})
}

// proposalSubject shows every version of a proposal to whom the proposal is
// shown, without what is of one side only.
func (p *Platform) proposalSubject(actor cooperation.Actor, id string) (*subject, error) {
	present, err := p.Proposal(actor, id)
	if err != nil {
		return nil, err
	}
	return p.rooms[present.Convention].about(catalogue.KindProposal, id, p.SeesProposal(actor, present), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Proposal](c)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v.Shown(actor, sidesOf(p.rooms[present.Convention].state, v)), status: string(v.Status)}, nil
	})
}

// reviewSubject shows the versions of a review as far as the actor may see the
// present one.
func (p *Platform) reviewSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findReview(id)
	if err != nil {
		return nil, err
	}
	sight := p.sightOfReview(r, actor, present)
	return r.about(catalogue.KindReview, id, sight, func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Review](c)
		if err != nil {
			return exhibit{}, err
		}
		return exhibit{whole: v, shown: v.Shown(sight, actor), status: string(v.Status)}, nil
	})
}

// ReviewAt returns a review as it was; see NeedAt.
func (p *Platform) ReviewAt(ctx context.Context, actor cooperation.Actor, id string, m Moment) (*cooperation.Review, error) {
	v, _, err := versionAt[cooperation.Review](ctx, p, actor, catalogue.KindReview, id, m)
	return v, err
}

// ReviewCase is what a review shows of one proposal: both sides' postings as they
// were when it was opened, as far as the actor may see them today, with the names
// of the fields that are withheld. A posting of which nothing is left for the
// actor is nil.
type ReviewCase struct {
	Case     cooperation.Case
	Need     *cooperation.Need
	Offers   []*cooperation.Offer
	Withheld map[string][]string // id of a posting → fields
}

// ReviewCases reads what is before the members from the log.
func (p *Platform) ReviewCases(ctx context.Context, actor cooperation.Actor, id string) ([]ReviewCase, error) {
	v, err := p.Review(actor, id)
	if err != nil {
		return nil, err
	}
	out := make([]ReviewCase, 0, len(v.Cases))
	for _, c := range v.Cases {
		s := ReviewCase{Case: c, Withheld: map[string][]string{}}
		if s.Need, s.Withheld[c.Need.ID], err = frozenVersion[cooperation.Need](ctx, p, actor, catalogue.KindNeed, c.Need); err != nil {
			return nil, err
		}
		for _, f := range c.Offers {
			var o *cooperation.Offer
			if o, s.Withheld[f.ID], err = frozenVersion[cooperation.Offer](ctx, p, actor, catalogue.KindOffer, f); err != nil {
				return nil, err
			}
			if o != nil {
				s.Offers = append(s.Offers, o)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// frozenVersion reads one version of a posting; nil where it was erased, or is
// not for the actor any more.
func frozenVersion[T any](ctx context.Context, p *Platform, actor cooperation.Actor, kind string, f cooperation.Frozen) (*T, []string, error) {
	s, err := p.subject(actor, kind, f.ID)
	if cooperation.CodeOf(err) == cooperation.NotFound {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, position := range slices.Backward(s.trail) {
		in, err := p.versionsIn(ctx, s, position)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range in {
			if doc, ok := v.shown.(*T); v.number == f.Version && ok {
				return doc, v.withheld, nil
			}
		}
	}
	return nil, nil, nil
}

// runSubject shows the versions of a run to those who may see the runs of its
// convention.
func (p *Platform) runSubject(actor cooperation.Actor, id string) (*subject, error) {
	for _, c := range p.order {
		r := p.rooms[c]
		if _, ok := r.state.Run(id); !ok || !cooperation.MaySeeRuns(actor, r.convention()) {
			continue
		}
		sight := cooperation.SeesCommittee
		if actor.IsSystem() || actor.Has(c, cooperation.Secretariat) {
			sight = cooperation.SeesAll
		}
		return r.about(catalogue.KindRun, id, sight, func(c catalogue.Change) (exhibit, error) {
			v, err := catalogue.Decode[cooperation.Run](c)
			if err != nil {
				return exhibit{}, err
			}
			v.Results = nil // rankings are read through matches, not here
			return exhibit{whole: v, shown: v}, nil
		})
	}
	return nil, cooperation.Absent()
}

// organisationSubject is the subject of an organisation, whose id is unique
// within its convention only.
func (p *Platform) organisationSubject(actor cooperation.Actor, convention, id string) (*subject, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	present, ok := r.state.Organisation(id)
	if !ok {
		return nil, cooperation.Absent()
	}
	return r.about(catalogue.KindOrganisation, id, cooperation.SeesOrganisation(actor, present), func(c catalogue.Change) (exhibit, error) {
		o, err := catalogue.Decode[cooperation.Organisation](c)
		if err != nil {
			return exhibit{}, err
		}
		e := exhibit{whole: o, status: string(o.Status)}
		if shown := o.ShownThen(actor, present); shown != nil {
			e.shown = shown
		}
		return e, nil
	})
}

// OrganisationHistory is History for an organisation of a convention.
func (p *Platform) OrganisationHistory(ctx context.Context, actor cooperation.Actor, convention, id string, from uint64, limit int) (*History, error) {
	s, err := p.organisationSubject(actor, convention, id)
	if err != nil {
		return nil, err
	}
	return p.history(ctx, actor, s, from, limit)
}

// OrganisationAt returns an organisation as it was; see NeedAt.
func (p *Platform) OrganisationAt(ctx context.Context, actor cooperation.Actor, convention, id string, m Moment) (*cooperation.Organisation, error) {
	s, err := p.organisationSubject(actor, convention, id)
	if err != nil {
		return nil, err
	}
	o, _, err := shownAt[cooperation.Organisation](ctx, p, s, m)
	return o, err
}

// NeedAt returns a need as it was, as far as the actor may see it today, with
// the names of the fields that are withheld.
func (p *Platform) NeedAt(ctx context.Context, actor cooperation.Actor, id string, m Moment) (*cooperation.Need, []string, error) {
	return versionAt[cooperation.Need](ctx, p, actor, catalogue.KindNeed, id, m)
}

// OfferAt returns an offer as it was; see NeedAt.
func (p *Platform) OfferAt(ctx context.Context, actor cooperation.Actor, id string, m Moment) (*cooperation.Offer, []string, error) {
	return versionAt[cooperation.Offer](ctx, p, actor, catalogue.KindOffer, id, m)
}

// ProposalAt returns a proposal as it was; see NeedAt.
func (p *Platform) ProposalAt(ctx context.Context, actor cooperation.Actor, id string, m Moment) (*cooperation.Proposal, error) {
	v, _, err := versionAt[cooperation.Proposal](ctx, p, actor, catalogue.KindProposal, id, m)
	return v, err
}

// RunAt returns a run as it was, without its results; see NeedAt.
func (p *Platform) RunAt(ctx context.Context, actor cooperation.Actor, id string, m Moment) (*cooperation.Run, error) {
	v, _, err := versionAt[cooperation.Run](ctx, p, actor, catalogue.KindRun, id, m)
	return v, err
}

func versionAt[T any](ctx context.Context, p *Platform, actor cooperation.Actor, kind, id string, m Moment) (*T, []string, error) {
	s, err := p.subject(actor, kind, id)
	if err != nil {
		return nil, nil, err
	}
	return shownAt[T](ctx, p, s, m)
}

func shownAt[T any](ctx context.Context, p *Platform, s *subject, m Moment) (*T, []string, error) {
	v, err := p.versionAt(ctx, s, m)
	if err != nil {
		return nil, nil, err
	}
	doc, ok := v.shown.(*T)
	if !ok {
		return nil, nil, cooperation.Absent()
	}
	return doc, v.withheld, nil
}
