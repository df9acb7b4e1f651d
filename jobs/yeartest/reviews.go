package yeartest

import (
	"context"
	"fmt"
	"slices"

	"entente/cooperation"
	"entente/reference"
)

// sideOf is somebody who speaks for a side of a proposal.
func (y *year) sideOf(q *cooperation.Proposal) cooperation.Actor {
	n, _ := y.audit.needs.get(q.Need)
	o, _ := y.audit.offers.get(q.Offers[0])
	switch y.rand.IntN(3) {
	case 0:
		return y.somebody("focal-" + n.Beneficiaries[0].Alpha2())
	case 1:
		return y.somebody("approver-" + n.Beneficiaries[0].Alpha2())
	}
	return y.somebody("provider-" + string(o.Provider))
}

func withdrawProposal(ctx context.Context, y *year) error {
	q, ok := pick(y, y.audit.proposals.that(func(q *cooperation.Proposal) bool {
		return q.Status == cooperation.Proposed || q.Status == cooperation.InReview || q.Status == cooperation.Endorsed
	}))
	if !ok {
		return errNothing
	}
	_, err := y.replicas[0].WithdrawProposal(ctx, y.sideOf(q), q.ID, 0)
	return err
}

func expressInterest(ctx context.Context, y *year) error {
	q, ok := pick(y, y.audit.proposals.that(func(q *cooperation.Proposal) bool {
		return slices.Contains([]cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview, cooperation.Endorsed, cooperation.ReturnedProposal, cooperation.Introduced}, q.Status)
	}))
	if !ok {
		return errNothing
	}
	_, err := y.replicas[0].ExpressInterest(ctx, y.sideOf(q), q.ID, 0)
	return err
}

func expressInterestIn(ctx context.Context, y *year) error {
	n, asked := pick(y, y.audit.needs.that(func(n *cooperation.Need) bool { return n.Status == cooperation.NeedOpen }))
	if !asked {
		return errNothing
	}
	o, offered := pick(y, y.audit.offers.that(func(o *cooperation.Offer) bool {
		return o.Status == cooperation.OfferOpen && slices.ContainsFunc(o.Themes, func(t string) bool { return slices.Contains(n.Themes, t) })
	}))
	if !offered {
		return errNothing
	}
	_, err := y.replicas[0].ExpressInterestIn(ctx, y.somebody("focal-"+n.Beneficiaries[0].Alpha2()), n.ID, o.ID)
	return err
}

// member is somebody who sits on a committee for a State.
func (y *year) member(committee string, of reference.Country) cooperation.Actor {
	if a := y.somebody("member-" + committee + "-" + of.Alpha2()); !a.IsPublic() {
		return a
	}
	if slices.Contains(askers, of.Alpha2()) {
		if a := y.somebody("focal-" + of.Alpha2()); slices.ContainsFunc(a.Grants, func(g cooperation.Grant) bool { return g.Committee == committee }) {
			return a
		}
	}
	return y.somebody("provider-" + of.Alpha2())
}

// anyMember is somebody of a State that sits on a committee today.
func (y *year) anyMember(committee string) cooperation.Actor {
	t, _ := pick(y, y.audit.sitting(committee, y.audit.dayAt(y.clock.Now())))
	return y.member(committee, t.Country)
}

func openReview(ctx context.Context, y *year) error { return y.openSome(ctx, 1) }

func openBundle(ctx context.Context, y *year) error { return y.openSome(ctx, 2+y.rand.IntN(3)) }

// openSome opens the review of proposals of one committee.
func (y *year) openSome(ctx context.Context, most int) error {
	today := y.audit.dayAt(y.clock.Now())
	ripe := y.audit.proposals.that(func(q *cooperation.Proposal) bool {
		return (q.Status == cooperation.Proposed || q.Status == cooperation.ReturnedProposal) && y.audit.workingAfter(y.audit.dayAt(q.Proposed), y.audit.conv.LookDays).Before(today)
	})
	first, ok := pick(y, ripe)
	if !ok {
		return errNothing
	}
	chosen := []string{first.ID}
	for _, q := range ripe {
		if len(chosen) < most && q.Committee == first.Committee && q.ID != first.ID {
			chosen = append(chosen, q.ID)
		}
	}
	y.serial++
	for range 4 { // whoever presides over these opens it
		by := y.anyMember(first.Committee)
		_, err := y.replicas[0].OpenReviews(ctx, by, convention, chosen, most > 1, fmt.Sprint(y.serial))
		if err == nil || cooperation.CodeOf(err) != cooperation.Forbidden {
			return err
		}
	}
	return errNothing
}

// underWay is a review that is under way.
func (y *year) underWay(in ...cooperation.ReviewStatus) (*cooperation.Review, bool) {
	return pick(y, y.audit.reviews.that(func(v *cooperation.Review) bool { return slices.Contains(in, v.Status) }))
}

func comment(ctx context.Context, y *year) error {
	v, ok := y.underWay(cooperation.ReviewOpen, cooperation.ReviewObjected, cooperation.ReviewModifying)
	if !ok {
		return errNothing
	}
	by := y.anyMember(v.Committee)
	_, err := y.replicas[0].CommentReview(ctx, by, v.ID, 0, "The ministry of the interior should be heard.")
	return err
}

func object(ctx context.Context, y *year) error {
	v, ok := y.underWay(cooperation.ReviewOpen, cooperation.ReviewObjected)
	if !ok {
		return errNothing
	}
	by := y.anyMember(v.Committee)
	if _, err := y.replicas[0].ObjectToReview(ctx, by, v.ID, 0, "The survey of last year is not taken into account."); err != nil {
		return err
	}
	y.later(40, 1, 20, "withdraw an objection", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].WithdrawObjection(ctx, by, v.ID, 0)
		return err
	})
	y.later(50, 1, 15, "modify", func(ctx context.Context, y *year) error { return modify(ctx, y, v.ID) })
	return nil
}

// modify puts another text to both sides; most answer, some disagree, some are
// late.
func modify(ctx context.Context, y *year, id string) error {
	v, _ := y.audit.reviews.get(id)
	var err error
	for range 4 {
		by := y.anyMember(v.Committee)
		if _, err = y.replicas[0].ModifyReview(ctx, by, id, 0, "With the survey of last year, in both provinces."); cooperation.CodeOf(err) != cooperation.Forbidden {
			break
		}
	}
	if err != nil {
		return err
	}
	answer := func(by string) {
		y.later(85, 0, 6, "answer to a modification", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].AnswerReview(ctx, y.somebody(by), id, 0, y.rand.IntN(6) > 0)
			return err
		})
	}
	for _, c := range v.Cases {
		if !slices.Contains(v.Proposals, c.Proposal) {
			continue
		}
		n, _ := y.audit.needs.get(c.Need.ID)
		answer("focal-" + n.Beneficiaries[0].Alpha2())
		for _, f := range c.Offers {
			o, _ := y.audit.offers.get(f.ID)
			answer("provider-" + string(o.Provider))
		}
	}
	return nil
}

func declare(ctx context.Context, y *year) error {
	v, ok := y.underWay(cooperation.ReviewOpen, cooperation.ReviewObjected, cooperation.ReviewModifying, cooperation.ReviewWaiting)
	if !ok {
		return errNothing
	}
	by := y.anyMember(v.Committee)
	_, err := y.replicas[0].DeclareInterest(ctx, by, v.ID, 0, "Our institute advises the ministry.")
	return err
}

func returnReview(ctx context.Context, y *year) error {
	v, ok := y.underWay(cooperation.ReviewOpen, cooperation.ReviewObjected, cooperation.ReviewModifying, cooperation.ReviewWaiting)
	if !ok {
		return errNothing
	}
	by := y.anyMember(v.Committee)
	_, err := y.replicas[0].ReturnReview(ctx, by, v.ID, 0, "Please say who pays for the dogs.")
	return err
}

func advise(ctx context.Context, y *year) error {
	v, ok := y.underWay(cooperation.ReviewOpen, cooperation.ReviewObjected)
	if !ok {
		return errNothing
	}
	by := y.anyMember(v.Committee)
	n := y.audit.committee(v.Committee)
	if c, named := adviser(&n, y.audit.dayAt(y.clock.Now())); named && y.rand.IntN(4) > 0 {
		by = y.member(v.Committee, c)
	}
	_, err := y.replicas[0].AdviseReview(ctx, by, v.ID, 0, "Half of the places are for women.")
	return err
}
