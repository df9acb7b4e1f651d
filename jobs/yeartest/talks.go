package yeartest

import (
	"context"
	"fmt"
	"slices"

	"entente/cooperation"
	"entente/reference"
)

// speaker is somebody who speaks for one of two sides.
func (y *year) speaker(side cooperation.Side, of cooperation.Participant) cooperation.Actor {
	if y.rand.IntN(3) == 0 {
		return y.somebody("approver-" + string(of))
	}
	if side == cooperation.NeedSide {
		return y.somebody("focal-" + string(of))
	}
	return y.somebody("provider-" + string(of))
}

// hear lets people do what follows from what has happened: those who are asked
// answer, those who talk come to terms, those who have agreed begin.
func (y *year) hear() {
	begun, talking, negotiated, formed := y.audit.begun, y.audit.talking, y.audit.negotiated, y.audit.formed
	y.audit.begun, y.audit.talking, y.audit.negotiated, y.audit.formed = nil, nil, nil, nil
	for _, x := range begun {
		for _, w := range x.Asked {
			if w.Reply == "" {
				y.reply(x.ID, w.Asked)
			}
		}
		if x.Status == cooperation.IntroductionInterested {
			talking = append(talking, x)
		}
	}
	for _, x := range talking {
		y.later(75, 1, 30, "propose terms", func(ctx context.Context, y *year) error { return begin(ctx, y, x.Proposal) })
		y.later(6, 5, 60, "decline while both talk", func(ctx context.Context, y *year) error { return decline(ctx, y, x.ID, x.Asked[0].Asked) })
	}
	for _, x := range negotiated {
		y.negotiate(x)
	}
	for _, w := range formed {
		y.deliverHelp(w)
	}
}

// reply plans what somebody who is asked does: it wants to talk, asks something
// first, declines, or never answers.
func (y *year) reply(id string, w cooperation.Asked) {
	switch n := y.rand.IntN(100); {
	case n < 66:
		y.later(100, 1, 40, "want to talk", func(ctx context.Context, y *year) error { return interested(ctx, y, id, w) })
	case n < 80:
		y.later(100, 1, 30, "ask something first", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].ReplyIntroduction(ctx, y.speaker(w.Side, w.Participant), id, 0, cooperation.ReplyContent{Reply: cooperation.ReplyMoreInformation, Text: "Who pays for the dogs?"})
			if err != nil {
				return err
			}
			y.later(65, 1, 40, "answer a question", func(ctx context.Context, y *year) error { return answer(ctx, y, id, w) })
			y.later(60, 10, 50, "want to talk", func(ctx context.Context, y *year) error { return interested(ctx, y, id, w) })
			return nil
		})
	case n < 91:
		y.later(100, 1, 50, "decline", func(ctx context.Context, y *year) error { return decline(ctx, y, id, w) })
	}
}

func interested(ctx context.Context, y *year, id string, w cooperation.Asked) error {
	_, err := y.replicas[0].ReplyIntroduction(ctx, y.speaker(w.Side, w.Participant), id, 0, cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
	return err
}

// decline says why not and, now and then, whom it does not want to be proposed
// again.
func decline(ctx context.Context, y *year, id string, w cooperation.Asked) error {
	x, _ := y.audit.introductions.get(id)
	content := cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Text: "The budget of this year is used.", Share: y.rand.IntN(2) == 0}
	content.Reason, _ = pick(y, cooperation.ReplyReasons())
	for _, other := range x.Asked {
		if other.Side != w.Side && y.rand.IntN(3) == 0 {
			content.Exclude = append(content.Exclude, other.Participant)
		}
	}
	_, err := y.replicas[0].ReplyIntroduction(ctx, y.speaker(w.Side, w.Participant), id, 0, content)
	return err
}

// answer answers the last question of somebody.
func answer(ctx context.Context, y *year, id string, w cooperation.Asked) error {
	x, _ := y.audit.introductions.get(id)
	for i, q := range slices.Backward(x.Questions) {
		if q.Asked != w {
			continue
		}
		for _, other := range x.Asked {
			if other.Side != w.Side {
				_, err := y.replicas[0].AnswerIntroduction(ctx, y.speaker(other.Side, other.Participant), id, 0, i+1, "The ministry of finance does.")
				return err
			}
		}
	}
	return errNothing
}

// introduceBoth is what whoever facilitates does with what was endorsed.
func introduceBoth(ctx context.Context, y *year) error {
	q, ok := pick(y, y.audit.proposals.that(func(q *cooperation.Proposal) bool { return q.Status == cooperation.Endorsed }))
	if !ok {
		return errNothing
	}
	by := y.office1()
	if chair, presided := y.audit.presides(q.Committee, y.audit.sidesOf(q), y.audit.dayAt(y.clock.Now())); presided && y.rand.IntN(2) == 0 {
		by = y.member(q.Committee, chair)
	}
	_, err := y.replicas[0].Introduce(ctx, by, q.ID, 0)
	return err
}

// askAgain asks something while both are asked, or talk.
func askAgain(ctx context.Context, y *year) error {
	x, ok := pick(y, y.audit.introductions.that((*cooperation.Introduction).Standing))
	if !ok {
		return errNothing
	}
	w, _ := pick(y, x.Asked)
	_, err := y.replicas[0].AskIntroduction(ctx, y.speaker(w.Side, w.Participant), x.ID, 0, "How many places are there?")
	if err == nil {
		y.later(50, 0, 20, "answer a question", func(ctx context.Context, y *year) error { return answer(ctx, y, x.ID, w.Asked) })
	}
	return err
}

// endTalks ends what both sides talk about, for one of them or on behalf of both.
func endTalks(ctx context.Context, y *year) error {
	x, ok := pick(y, y.audit.introductions.that((*cooperation.Introduction).Standing))
	if !ok {
		return errNothing
	}
	by := y.office1()
	if w, _ := pick(y, x.Asked); y.rand.IntN(2) == 0 {
		by = y.speaker(w.Side, w.Participant)
	}
	_, err := y.replicas[0].EndIntroduction(ctx, by, x.ID, 0, "timing", "Perhaps next year.")
	return err
}

// terms are what somebody proposes: some of them cover the need, some leave a
// rest to be sought.
func (y *year) terms(q *cooperation.Proposal) cooperation.PartnershipTerms {
	n := y.audit.needs.docs[q.Need]
	now := cooperation.DateOf(y.clock.Now())
	t := cooperation.PartnershipTerms{Start: now.AddDays(y.rand.IntN(20)), End: now.AddDays(30 + y.rand.IntN(200)), Languages: []reference.Language{"en"}}
	t.Milestones = []cooperation.Milestone{{Title: "Two provinces are surveyed.", Due: t.Start.AddDays(20)}}
	if y.rand.IntN(4) == 0 {
		t.Reports = []cooperation.Date{t.Start.AddDays(30), t.Start.AddDays(40)}
	}
	for i, id := range q.Offers {
		o := y.audit.offers.docs[id]
		share := cooperation.Share{Offer: id, Provider: o.Provider, Lead: i == 0}
		for _, k := range o.Kinds {
			if slices.ContainsFunc(n.Kinds, func(wanted cooperation.Outcome) bool { return wanted.Kind == k.Kind }) {
				share.Kinds = append(share.Kinds, k.Kind)
			}
		}
		if slices.Contains(share.Kinds, cooperation.Finance) {
			share.Pledged = cooperation.NewMoney(int64(1000+y.rand.IntN(9000))*100, "USD")
		}
		if y.rand.IntN(3) == 0 {
			t.Rest = append(t.Rest, share.Kinds...)
		}
		t.Providers = append(t.Providers, share)
	}
	t.Rest = slices.Compact(t.Rest)
	return t
}

// begin puts the first terms on the table.
func begin(ctx context.Context, y *year, proposal string) error {
	q, _ := y.audit.proposals.get(proposal)
	_, err := y.replicas[0].BeginAgreement(ctx, y.sideOf(q), proposal, y.terms(q), "As we have said.")
	return err
}

// negotiate plans what follows from a version of an agreement: those whose turn
// it is accept, propose other terms, clear, break off, or do nothing; now and
// then the terms are taken back.
func (y *year) negotiate(x *cooperation.Agreement) {
	id, number := x.ID, len(x.Versions)
	if x.Status == cooperation.AgreementOpen {
		y.later(70, 1, 20, "propose other terms", func(ctx context.Context, y *year) error { return counter(ctx, y, id) })
		return
	}
	for _, s := range waiting(x) {
		if x.Status == cooperation.AgreementClearing {
			y.later(85, 1, 35, "clear terms", func(ctx context.Context, y *year) error {
				_, err := y.replicas[0].ClearTerms(ctx, y.somebody("approver-"+string(s.Participant)), id, 0, number, cooperation.Clearance{Kind: cooperation.ClearedByApprover, Date: cooperation.DateOf(y.clock.Now())})
				return err
			})
			continue
		}
		switch n := y.rand.IntN(100); {
		case n < 68:
			y.later(100, 1, 30, "accept terms", func(ctx context.Context, y *year) error {
				_, err := y.replicas[0].AcceptTerms(ctx, y.speaker(s.Side, s.Participant), id, 0, number, nil)
				return err
			})
		case n < 84:
			y.later(100, 1, 20, "propose other terms", func(ctx context.Context, y *year) error { return counter(ctx, y, id) })
		case n < 90:
			y.later(100, 1, 40, "break off", func(ctx context.Context, y *year) error {
				_, err := y.replicas[0].EndTalks(ctx, y.speaker(s.Side, s.Participant), id, 0, "funding_not_approved", "The parliament has not voted it.")
				return err
			})
		}
	}
	y.later(6, 1, 10, "take terms back", func(ctx context.Context, y *year) error {
		q, _ := y.audit.proposals.get(x.Proposal)
		_, err := y.replicas[0].WithdrawTerms(ctx, y.sideOf(q), id, 0)
		return err
	})
}

func counter(ctx context.Context, y *year, id string) error {
	x, _ := y.audit.agreements.get(id)
	q, _ := y.audit.proposals.get(x.Proposal)
	_, err := y.replicas[0].ProposeTerms(ctx, y.sideOf(q), id, 0, y.terms(q), fmt.Sprintf("Version %d.", len(x.Versions)+1))
	return err
}
