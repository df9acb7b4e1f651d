package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// Proposals are the steps that the two sides of a pairing take.
type Proposals interface {
	Proposal(actor cooperation.Actor, id string) (*cooperation.Proposal, error)
	ExpressInterest(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)
	ExpressInterestIn(ctx context.Context, actor cooperation.Actor, need, offer string) (*cooperation.Proposal, error)
	WithdrawProposal(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)
}

// proposal is a pairing with its two sides.
type proposal struct {
	Title              string
	Status, StatusCode string
	Need               *card
	Offers             []card
	Score              *points
	Facts              []fact
	Case               *caseFile // for those who review it
	Review             *reviewed // as both sides see it
	Acts               []act
	Side               bool // the reader may say that his side is interested, or withdraws
	History            string
	Ways               []link // to the introduction, the terms and the partnership
}

func (proposal) template() string { return "proposal" }

func (p proposal) title() string { return p.Title }

func (p *pages) proposal(v *visit) error {
	q, err := p.Platform.Proposal(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if q.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	out := p.proposalPage(v, q)
	if err := p.reviewOn(v, q, &out); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (p *pages) proposalPage(v *visit, q *cooperation.Proposal) proposal {
	out := proposal{Title: v.text("page.proposal.title"), Status: v.name(message.Status, "proposal."+string(q.Status)), StatusCode: string(q.Status)}
	sides := sidesOf(v.state, q)
	if sides.Need != nil {
		if shown, _ := sides.Need.Shown(v.actor()); shown != nil {
			c := v.needCard(shown)
			out.Need, out.Title = &c, c.Title
		}
	}
	for _, o := range sides.Offers {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			out.Offers = append(out.Offers, v.offerCard(shown))
		}
	}
	if result, holds := p.Platform.Pairing(q); holds {
		s := v.scored(result.Score, result.Parts)
		out.Score = &s
	}
	out.Facts = add(v, nil, "page.proposal.proposed", v.words.Date(q.Proposed))
	if q.Status == cooperation.Proposed {
		out.Facts = add(v, out.Facts, "page.proposal.look", v.day(q.LookUntil(v.conv.Timekeeper(v.state, p.Platform.Now()))))
	}
	if !q.Introduced.IsZero() {
		out.Facts = add(v, out.Facts, "page.proposal.introduced", v.words.Date(q.Introduced))
	}
	if q.Committee != "" {
		out.Facts = add(v, out.Facts, "page.proposal.body", v.name(message.Body, q.Committee))
		out.Facts = add(v, out.Facts, "page.proposal.informed", all(v, message.Body, q.Informed))
	}
	out.Ways = p.waysOn(v, q)
	if v.who.User != nil {
		out.History = v.within("/proposals/" + q.ID + "/history")
	}
	if v.speaks(sides) {
		at := v.within("/proposals/" + q.ID)
		before := []cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview, cooperation.Endorsed, cooperation.Recommended, cooperation.ReturnedProposal}
		if slices.Contains(before, q.Status) {
			out.Acts = append(out.Acts, v.act(at+"/interest", "page.proposal.interest", q.Version), v.act(at+"/withdraw", "page.proposal.withdraw", q.Version))
		} else if q.Status == cooperation.SupersededProposal {
			out.Acts = append(out.Acts, v.act(at+"/interest", "page.proposal.interest", q.Version))
		}
		if out.Side = len(out.Acts) > 0; out.Side {
			out.Acts[0].Main = true
		}
	}
	return out
}

// waysOn lead to what became of a proposal, as far as it is for the reader.
func (p *pages) waysOn(v *visit, q *cooperation.Proposal) (out []link) {
	if v.who.User == nil {
		return nil
	}
	if q.Introduction != "" {
		if x, err := p.Platform.Introduction(v.actor(), q.Introduction); err == nil {
			out = append(out, link{v.within("/introductions/" + x.ID), v.text("page.introduction.title")})
		}
	}
	if x, err := p.Platform.Agreement(v.actor(), cooperation.AgreementID(q.ID)); err == nil {
		out = append(out, link{v.within("/agreements/" + x.ID), v.text("page.agreement.title")})
		if x.Partnership != "" {
			out = append(out, link{v.within("/partnerships/" + x.Partnership), v.text("page.partnership.title")})
		}
	}
	return out
}

// reviewOn adds what belongs to a decision, for those who review the proposal,
// and its review as they see it for others.
func (p *pages) reviewOn(v *visit, q *cooperation.Proposal, out *proposal) error {
	desk, file, err := p.caseOf(v, q)
	if err != nil {
		return err
	}
	if file != nil {
		out.Case = file
		p.asFrozen(v, desk, out)
		out.Acts = append(file.Acts, out.Acts...)
		return nil
	}
	if q.Review == "" {
		return nil
	}
	r, err := p.Platform.Review(v.actor(), q.Review)
	if err != nil {
		return nil //nolint:nilerr // the review is not for this reader, and the page is whole without it
	}
	out.Review = p.reviewed(v, r)
	if a := p.answerAct(v, r); a != nil {
		out.Acts = append([]act{*a}, out.Acts...)
	}
	if body, _ := v.conv.Committee(r.Committee); r.May(cooperation.CommentReview, v.actor(), &body, v.conv.Timekeeper(v.state, p.Platform.Now()).Today()) {
		out.Acts = append(out.Acts, v.reviewAct(v.within("/proposals/"+q.ID+"/review/"), cooperation.CommentReview, r))
	}
	return nil
}

// asFrozen shows both sides and the score as they stood when the review was
// opened: that is what the members decide on.
func (p *pages) asFrozen(v *visit, d *platform.Desk, out *proposal) {
	if d.Need != nil {
		c := v.needCard(d.Need)
		out.Need, out.Title = &c, c.Title
	}
	if len(d.Offers) > 0 {
		out.Offers = out.Offers[:0]
		for _, o := range d.Offers {
			out.Offers = append(out.Offers, v.offerCard(o))
		}
	}
	if f := d.Frozen; f != nil {
		out.Score = nil
		if f.Holds {
			s := v.frozenScore(f)
			out.Score = &s
		}
	}
}

// frozenScore is the score of a case as it stood when its review was opened.
func (v *visit) frozenScore(of *cooperation.Case) points {
	s := points{Total: v.words.Millionths(of.Score), Width: int(of.Score / 1_000_000)}
	for _, p := range of.Parts {
		if p.Weight > 0 {
			s.Parts = append(s.Parts, part{Label: v.text("match.part." + p.Name + ".label"), Points: v.words.Millionths(p.Points), Sentence: v.say(p.Why), Width: int(p.Value * 100 / int64(matching.Whole))})
		}
	}
	return s
}

// serveProposals adds the page of a pairing and the steps of its two sides.
func (p *pages) serveProposals(engine *gin.Engine) {
	const at = "/c/:convention/proposals/:id"
	p.read(engine, at, p.proposal)
	p.act(engine, at+"/interest", "interest", p.proposal, p.step(p.Platform.ExpressInterest))
	p.act(engine, at+"/withdraw", "withdraw", p.proposal, p.step(p.Platform.WithdrawProposal))
	p.act(engine, "/c/:convention/needs/:id/interest", "interest", p.need, p.interestOf("need"))
	p.act(engine, "/c/:convention/offers/:id/interest", "interest", p.offer, p.interestOf("offer"))
}

// step takes a step on a proposal and leads to its page.
func (p *pages) step(take func(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)) func(*visit) (string, error) {
	return func(v *visit) (string, error) {
		q, err := take(v.Request.Context(), v.actor(), v.Param("id"), v.match())
		if err != nil {
			return "", err
		}
		return v.within("/proposals/" + q.ID), nil
	}
}

// interestOf says that the reader's side wants to talk to the other side of a
// posting.
func (p *pages) interestOf(kind string) func(*visit) (string, error) {
	return func(v *visit) (string, error) {
		need, offer := v.Param("id"), v.PostForm("other")
		if kind == "offer" {
			need, offer = offer, need
		}
		q, err := p.Platform.ExpressInterestIn(v.Request.Context(), v.actor(), need, offer)
		if err != nil {
			return "", err
		}
		return v.within("/proposals/" + q.ID), nil
	}
}
