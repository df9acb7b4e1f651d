package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
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
	Done               string // what was just done; "" for nothing
	Need               *card
	Offers             []card
	Score              *points
	Facts              []fact
	Version            uint64
	Interest, Withdraw string // where the reader's side says it; "" where it cannot
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
	p.show(v, http.StatusOK, p.proposalPage(v, q))
	return nil
}

// done are the steps after which a page says so.
func done() []string { return []string{"interest", "withdraw"} }

func (p *pages) proposalPage(v *visit, q *cooperation.Proposal) proposal {
	out := proposal{Title: v.text("page.proposal.title"), Status: v.name(message.Status, "proposal."+string(q.Status)), StatusCode: string(q.Status), Version: q.Version}
	if step := v.Query("done"); slices.Contains(done(), step) {
		out.Done = v.text("page.proposal.done." + step)
	}
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
	}
	if v.speaks(sides) {
		at := v.within("/proposals/" + q.ID)
		before := []cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview, cooperation.Endorsed, cooperation.Recommended, cooperation.ReturnedProposal}
		if slices.Contains(before, q.Status) {
			out.Interest, out.Withdraw = at+"/interest", at+"/withdraw"
		} else if q.Status == cooperation.SupersededProposal {
			out.Interest = at + "/interest"
		}
	}
	return out
}

// match is the version on which a form was filled in.
func (v *visit) match() platform.Match {
	version, err := strconv.ParseUint(v.PostForm("version"), 10, 64)
	if err != nil {
		return 0
	}
	return platform.Match(version)
}

// step takes a step on a proposal and shows what came of it.
func (p *pages) step(name string, take func(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)) gin.HandlerFunc {
	return p.command(func(v *visit) (string, error) {
		q, err := take(v.Request.Context(), v.actor(), v.Param("id"), v.match())
		if err != nil {
			return "", err
		}
		return v.within("/proposals/"+q.ID) + "?" + url.Values{"done": {name}}.Encode(), nil
	})
}

// interestOf says that the reader's side wants to talk to the other side of a
// posting.
func (p *pages) interestOf(kind string) gin.HandlerFunc {
	return p.command(func(v *visit) (string, error) {
		need, offer := v.Param("id"), v.PostForm("other")
		if kind == "offer" {
			need, offer = offer, need
		}
		q, err := p.Platform.ExpressInterestIn(v.Request.Context(), v.actor(), need, offer)
		if err != nil {
			return "", err
		}
		return v.within("/proposals/"+q.ID) + "?done=interest", nil
	})
}

// command takes a step that a form asks for and leads to where it shows.
func (p *pages) command(do func(v *visit) (address string, err error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm)
		v := p.visit(c)
		if v.conv == nil {
			p.absent(v)
			return
		}
		address, err := do(v)
		if err != nil {
			p.fail(v, err)
			return
		}
		c.Header("Cache-Control", "no-store")
		c.Redirect(http.StatusSeeOther, address)
	}
}
