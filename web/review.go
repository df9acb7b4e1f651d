package web

import (
	"context"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Reviews are the steps of those who review proposals.
type Reviews interface {
	OpenReviews(ctx context.Context, actor cooperation.Actor, convention string, proposals []string, together bool, key string) ([]*cooperation.Review, error)
	Review(actor cooperation.Actor, id string) (*cooperation.Review, error)
	ReviewCases(ctx context.Context, actor cooperation.Actor, id string) ([]platform.ReviewCase, error)
	CommentReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	ObjectToReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	WithdrawObjection(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Review, error)
	ModifyReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	AnswerReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, agreed bool) (*cooperation.Review, error)
	ReturnReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	AdviseReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
	NoteReview(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, n cooperation.Note) (*cooperation.Review, error)
	DeclareInterest(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)
}

// reviewed is a review as its reader sees it.
type reviewed struct {
	Status, StatusCode string
	Facts              []fact
	Together           []link // other proposals of the same review
	Text               string // to which both sides agreed last
	Objections         []said
	Modifications      []modification
	Comments           []said
	Notes              []said
	Returned           *said
}

// said is what somebody wrote.
type said struct {
	Who, When, Text string
	Remark          string // what became of it, or in what part it was written
	Stands          bool
}

// modification is another text, with what the sides answered.
type modification struct {
	Said    said
	Answers []fact
}

// reviewed puts a review into words.
func (p *pages) reviewed(v *visit, r *cooperation.Review) *reviewed {
	out := &reviewed{Status: v.name(message.Status, "review."+string(r.Status)), StatusCode: string(r.Status), Text: r.Text()}
	out.Facts = add(v, out.Facts, "page.review.opened", v.words.Date(r.Opened))
	for _, c := range r.Clocks(v.conv.Timekeeper(v.state, p.Platform.Now())) {
		out.Facts = append(out.Facts, fact{Label: v.text("clock." + string(c.Kind)), Value: v.until(&c, p)})
	}
	if n := len(r.Silences); n > 0 {
		out.Facts = add(v, out.Facts, "page.review.silence", v.text("silence."+string(r.Silences[n-1].Why)))
	}
	for _, id := range r.Proposals {
		if id != v.Param("id") {
			if q, ok := v.state.Proposal(id); ok {
				c := v.proposalCard(q)
				out.Together = append(out.Together, link{c.Address, c.Title})
			}
		}
	}
	if r.Returned != nil {
		out.Returned = &said{When: v.words.Date(r.Returned.Time), Text: r.Returned.Text}
	}
	v.saidIn(out, r)
	return out
}

// until is the last day of a clock, or that it is stopped.
func (v *visit) until(c *cooperation.Clock, p *pages) string {
	switch {
	case !c.Paused.IsZero():
		return v.text("page.desk.paused")
	case c.Over(p.Platform.Now()):
		return v.day(c.Last) + " – " + v.text("page.desk.over")
	}
	return v.day(c.Last)
}

// saidIn is what people wrote in a review.
func (v *visit) saidIn(out *reviewed, r *cooperation.Review) {
	for _, o := range r.Objections {
		one := said{Who: v.country(o.Country), When: v.words.Date(o.Time), Text: o.Text, Stands: o.Ended.IsZero(), Remark: v.text("page.review.stands")}
		if !one.Stands {
			one.Remark = v.text("page.review.objection." + string(o.How))
		}
		out.Objections = append(out.Objections, one)
	}
	for _, m := range r.Modifications {
		one := modification{Said: said{When: v.words.Date(m.Time), Text: m.Text, Stands: m.Ended.IsZero(), Remark: v.text("page.review.pending")}}
		if !one.Said.Stands {
			one.Said.Remark = v.text("page.review.not_agreed")
			if m.Agreed {
				one.Said.Remark = v.text("page.review.agreed")
			}
		}
		for _, asked := range m.Asked {
			answer := v.text("page.review.no_answer")
			for _, a := range m.Answers {
				if a.Asked == asked {
					answer = v.text("page.review.refuses")
					if a.Agreed {
						answer = v.text("page.review.agrees")
					}
				}
			}
			one.Answers = append(one.Answers, fact{Label: v.name(message.Party, string(asked.Participant)), Value: answer})
		}
		out.Modifications = append(out.Modifications, one)
	}
	for _, c := range r.Comments {
		one := said{When: v.words.Date(c.Time), Text: c.Text}
		if c.For != "" {
			one.Who = v.name(message.Party, string(c.For))
		}
		switch {
		case c.Recused:
			one.Remark = v.text("page.review.recused")
		case c.Observer:
			one.Remark = v.text("page.review.observer")
		}
		out.Comments = append(out.Comments, one)
	}
	for _, n := range r.Notes {
		one := said{Who: v.country(n.Country), When: v.words.Date(n.Time), Text: n.Text}
		if n.Criterion != "" {
			one.Remark = v.text("match.part." + n.Criterion + ".label")
		}
		out.Notes = append(out.Notes, one)
	}
}

// writing is a field for what somebody has to say.
func (v *visit) writing(label, hint string, optional bool) field {
	f := field{Name: "text", Label: v.text(label), Type: "textarea", Rows: 4, Most: 4000, Optional: optional}
	if hint != "" {
		f.Hint = v.text(hint)
	}
	return f
}

// reviewActs are the steps of a review that the reader may take.
func (p *pages) reviewActs(v *visit, d *platform.Desk) []act {
	at := v.within("/proposals/" + d.Proposal.ID + "/review/")
	body, _ := v.conv.Committee(d.Proposal.Committee)
	today := v.conv.Timekeeper(v.state, p.Platform.Now()).Today()
	if d.Step == cooperation.DeskOpening || d.Step == cooperation.DeskReturned {
		if !v.presides(d) {
			return nil
		}
		a := v.act(at+"open", "page.review.open", 0)
		a.Main, a.Hint = true, v.text("page.review.open_hint")
		return []act{a}
	}
	r := d.Review
	if r == nil {
		return nil
	}
	var out []act
	for _, action := range cooperation.ReviewActions() {
		if action == cooperation.OpenReview || action == cooperation.AnswerReview || !r.May(action, v.actor(), &body, today) {
			continue
		}
		out = append(out, v.reviewAct(at, action, r))
	}
	return out
}

// presides reports whether the reader sits on the body for the State that
// presides over the case.
func (v *visit) presides(d *platform.Desk) bool {
	return !v.actor().ReadOnly && d.Conf.Presiding != 0 && slices.ContainsFunc(v.actor().Grants, func(g cooperation.Grant) bool {
		return g.Convention == v.conv.ID && g.Role == cooperation.CommitteeMember && g.Committee == d.Proposal.Committee && string(g.Participant) == d.Conf.Presiding.Alpha2()
	})
}

// reviewAct is one step with what it asks for.
func (v *visit) reviewAct(at string, action cooperation.Action, r *cooperation.Review) act {
	name := string(action)
	label := "page.review." + name
	switch action {
	case cooperation.WithdrawObjection:
		return v.act(at+name, label, r.Version)
	case cooperation.NoteReview:
		criteria := []choice{{Name: v.text("page.review.whole"), Chosen: true}}
		if len(r.Cases) > 0 {
			for _, part := range r.Cases[0].Parts {
				criteria = append(criteria, choice{Tag: part.Name, Name: v.text("match.part." + part.Name + ".label")})
			}
		}
		return v.act(at+name, label, r.Version, field{Name: "criterion", Label: v.text("page.review.criterion"), Choices: criteria, Optional: true}, v.writing("page.review.your_note", "", false))
	case cooperation.DeclareReview:
		return v.act(at+name, label, r.Version, v.writing("page.review.your_interest", "page.review.declare_hint", true))
	}
	return v.act(at+name, label, r.Version, v.writing("page.review.your_"+name, "page.review."+name+"_hint", false))
}

// answerAct asks a side whether it agrees to a modification; nil where it has
// nothing to answer.
func (p *pages) answerAct(v *visit, r *cooperation.Review) *act {
	body, _ := v.conv.Committee(r.Committee)
	if !r.May(cooperation.AnswerReview, v.actor(), &body, v.conv.Timekeeper(v.state, p.Platform.Now()).Today()) {
		return nil
	}
	a := v.act(v.within("/proposals/"+v.Param("id")+"/review/answer"), "page.review.answer", r.Version,
		field{Name: "answer", Label: v.text("page.review.your_answer"), Type: "radio", Choices: []choice{{Tag: "agree", Name: v.text("page.review.agrees")}, {Tag: "refuse", Name: v.text("page.review.refuses")}}})
	a.Main, a.Open = true, true
	return &a
}

// serveReviews adds the steps of a review. They stand on the page of a proposal
// and are taken for the review in which it is.
func (p *pages) serveReviews(engine *gin.Engine) {
	const at = "/c/:convention/proposals/:id/"
	on := func(name string, take func(ctx context.Context, v *visit, review string) error) {
		p.act(engine, at+"review/"+name, "review."+name, p.proposal, func(v *visit) (string, error) {
			q, err := p.Platform.Proposal(v.actor(), v.Param("id"))
			if err != nil {
				return "", err
			}
			return v.within("/proposals/" + q.ID), take(v.Request.Context(), v, q.Review)
		})
	}
	text := func(name string, take func(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Review, error)) {
		on(name, func(ctx context.Context, v *visit, review string) error {
			_, err := take(ctx, v.actor(), review, v.match(), v.PostForm("text"))
			return err
		})
	}
	text(string(cooperation.CommentReview), p.Platform.CommentReview)
	text(string(cooperation.ObjectReview), p.Platform.ObjectToReview)
	text(string(cooperation.ModifyReview), p.Platform.ModifyReview)
	text(string(cooperation.ReturnReview), p.Platform.ReturnReview)
	text(string(cooperation.AdviseReview), p.Platform.AdviseReview)
	text(string(cooperation.DeclareReview), p.Platform.DeclareInterest)
	on(string(cooperation.WithdrawObjection), func(ctx context.Context, v *visit, review string) error {
		_, err := p.Platform.WithdrawObjection(ctx, v.actor(), review, v.match())
		return err
	})
	on(string(cooperation.NoteReview), func(ctx context.Context, v *visit, review string) error {
		_, err := p.Platform.NoteReview(ctx, v.actor(), review, v.match(), cooperation.Note{Proposal: v.Param("id"), Criterion: v.PostForm("criterion"), Text: v.PostForm("text")})
		return err
	})
	on(string(cooperation.AnswerReview), func(ctx context.Context, v *visit, review string) error {
		_, err := p.Platform.AnswerReview(ctx, v.actor(), review, v.match(), v.PostForm("answer") == "agree")
		return err
	})
	on(string(cooperation.OpenReview), func(ctx context.Context, v *visit, _ string) error {
		_, err := p.Platform.OpenReviews(ctx, v.actor(), v.conv.ID, []string{v.Param("id")}, false, cooperation.NewID())
		return err
	})
	p.act(engine, "/c/:convention/needs/:id/duplicate", "duplicate", p.need, func(v *visit) (string, error) {
		_, err := p.Platform.DecideDuplicate(v.Request.Context(), v.actor(), v.Param("id"), v.PostForm("of"), cooperation.Verdict(v.PostForm("decision")), v.PostForm("reason"))
		return v.within("/needs/" + v.Param("id")), err
	})
	p.act(engine, at+"duplicate", "duplicate", p.proposal, func(v *visit) (string, error) {
		q, err := p.Platform.Proposal(v.actor(), v.Param("id"))
		if err != nil {
			return "", err
		}
		_, err = p.Platform.DecideDuplicate(v.Request.Context(), v.actor(), q.Need, v.PostForm("of"), cooperation.Verdict(v.PostForm("decision")), v.PostForm("reason"))
		return v.within("/proposals/" + q.ID), err
	})
}
