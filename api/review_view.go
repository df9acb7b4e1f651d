package api

import (
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// reviewView puts a review, as its reader sees it, into its answer, with what
// follows from the committee of today.
func (c *call) reviewView(state documents, of *cooperation.Review) Review {
	k := c.convention.Timekeeper(state, c.now)
	v := Review{Schema: of.Schema, ID: of.ID, Convention: of.Convention, Version: of.Version, Created: of.Created, Updated: of.Updated, CreatedBy: of.CreatedBy,
		Committee: of.Committee, CommitteeName: c.name(message.Body, of.Committee), Informed: of.Informed, Proposals: present(of.Proposals), Cases: []ReviewCase{}, Sides: []Named{},
		Status: ReviewStatus(of.Status), StatusLabel: c.name(message.Status, "review."+string(of.Status)), Opened: of.Opened, OpenedFor: c.state(of.OpenedFor), Completed: of.Completed,
		Recused: []ReviewRecused{}, Text: of.Text(), Contested: of.Contested, Waiting: of.Waiting, Silences: []ReviewSilence{}, Objections: []ReviewObjection{}, Modifications: []ReviewModification{}, Clocks: []Clock{}}
	for i := range of.Cases {
		v.Cases = append(v.Cases, c.caseView(state, &of.Cases[i]))
	}
	for _, list := range [][]cooperation.Participant{of.Beneficiaries, of.Providers} {
		for _, p := range list {
			v.Sides = append(v.Sides, c.named(message.Party, string(p)))
		}
	}
	for _, s := range of.Silences {
		v.Silences = append(v.Silences, ReviewSilence{From: s.From, Days: s.Days, Why: ReviewSilenceWhy(s.Why), WhyLabel: c.text("silence."+string(s.Why), string(s.Why)), Stopped: s.Stopped, Left: s.Left})
	}
	if of.Returned != nil {
		v.Returned = ReviewReturned{Text: of.Returned.Text, By: of.Returned.By, Time: of.Returned.Time}
	}
	for _, clock := range of.Clocks(k) {
		v.Clocks = append(v.Clocks, c.clockView(&platform.OwnClock{Clock: clock, Title: c.titleOf(state, of)}))
	}
	c.committeeOfReview(&v, of, k)
	c.saidInReview(&v, of)
	return v
}

// state names a State; nothing where none is named.
func (c *call) state(country reference.Country) Named {
	if country == 0 {
		return Named{}
	}
	return c.named(message.Country, country.Alpha2())
}

func (c *call) titleOf(state documents, of *cooperation.Review) string {
	if len(of.Cases) == 0 {
		return ""
	}
	return c.needInShort(state, of.Cases[0].Need.ID).Title
}

// committeeOfReview says who presides and decides today, and what the reader may
// do.
func (c *call) committeeOfReview(v *Review, of *cooperation.Review, k *cooperation.Timekeeper) {
	v.May = []string{}
	body, ok := c.convention.Committee(of.Committee)
	if !ok {
		return
	}
	today := k.Today()
	if country, acting, ok := body.PresidingOn(today, of.Recused); ok {
		v.Presiding = ReviewChair{Country: c.state(country), Acting: acting}
	}
	for _, t := range body.MembersOn(today) {
		if of.Recused(t.Country) {
			v.Recused = append(v.Recused, ReviewRecused{Country: c.state(t.Country), Declared: of.HasDeclared(t.Country)})
		}
	}
	v.NotRecused = len(body.NotRecused(today, of.Recused))
	if body.Kind == cooperation.StandingCommittee {
		v.Minimum = max(body.Composition.MinimumNotRecused, 1)
	}
	for _, action := range cooperation.ReviewActions() {
		if action != cooperation.OpenReview && of.May(action, c.actor, &body, today) {
			v.May = append(v.May, string(action))
		}
	}
	if adviser, named := body.AdviserOn(today); of.Advice == nil && named && cooperation.SeesReview(c.actor, of, &body, today) != cooperation.SeesShared {
		v.Advice = ReviewAdvice{Adviser: c.state(adviser)}
	}
}

// saidInReview is what people wrote.
func (c *call) saidInReview(v *Review, of *cooperation.Review) {
	for _, m := range of.Comments {
		comment := ReviewComment{Recused: m.Recused, Observer: m.Observer, Text: m.Text, By: m.By, Time: m.Time}
		if m.For != "" {
			comment.For = c.named(message.Party, string(m.For))
		}
		v.Comments = append(v.Comments, comment)
	}
	for _, o := range of.Objections {
		v.Objections = append(v.Objections, ReviewObjection{Country: c.state(o.Country), Text: o.Text, By: o.By, Time: o.Time, Stands: o.Ended.IsZero(), Ended: o.Ended, How: ReviewObjectionHow(o.How)})
	}
	for _, m := range of.Modifications {
		view := ReviewModification{Text: m.Text, By: m.By, Time: m.Time, Asked: []ReviewAsked{}, Ended: m.Ended, Agreed: m.Agreed}
		for _, asked := range m.Asked {
			one := ReviewAsked{Side: Side(asked.Side), Participant: c.named(message.Party, string(asked.Participant))}
			for _, answer := range m.Answers {
				if answer.Asked == asked {
					one.Answer, one.By, one.Time = ReviewAskedAnswer("refused"), answer.By, answer.Time
					if answer.Agreed {
						one.Answer = "agreed"
					}
				}
			}
			view.Asked = append(view.Asked, one)
		}
		v.Modifications = append(v.Modifications, view)
	}
	for _, d := range of.Declared {
		v.Declared = append(v.Declared, ReviewDeclared{Country: c.state(d.Country), Text: d.Text, By: d.By, Time: d.Time})
	}
	for _, n := range of.Notes {
		v.Notes = append(v.Notes, ReviewNote{Country: c.state(n.Country), Proposal: n.Proposal, Criterion: n.Criterion, Text: n.Text, By: n.By, Time: n.Time})
	}
	if a := of.Advice; a != nil {
		v.Advice = ReviewAdvice{Given: true, Country: c.state(a.Country), Text: a.Text, By: a.By, Time: a.Time}
	}
}

// caseView is a proposal as it stood when its review was opened.
func (c *call) caseView(state documents, of *cooperation.Case) ReviewCase {
	v := ReviewCase{Proposal: of.Proposal, Need: c.needInShort(state, of.Need.ID), NeedVersion: of.Need.Version, Offers: []Posting{}, OfferVersions: []Version{}, Holds: of.Holds, Score: of.Score}
	for _, f := range of.Offers {
		v.Offers, v.OfferVersions = append(v.Offers, c.offerInShort(state, f.ID)), append(v.OfferVersions, f.Version)
	}
	for _, p := range of.Parts {
		v.Parts = append(v.Parts, Part{Name: p.Name, Label: c.text("match.part."+p.Name+".label", p.Name), Value: p.Value, Weight: p.Weight, Points: p.Points, Sentence: c.say(p.Why)})
	}
	return v
}
