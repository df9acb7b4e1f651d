package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// introductions are the use cases of introductions; see platform for what each
// one promises.
type introductions interface {
	Introduce(ctx context.Context, actor cooperation.Actor, proposal string, match platform.Match) (*cooperation.Proposal, error)
	Introductions(actor cooperation.Actor, convention string, q catalogue.IntroductionQuery) (catalogue.Page[*cooperation.Introduction], error)
	Introduction(actor cooperation.Actor, id string) (*cooperation.Introduction, error)
	Contacts(actor cooperation.Actor, introduction string) []platform.Contact
	ReplyIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reply cooperation.ReplyContent) (*cooperation.Introduction, error)
	AskIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Introduction, error)
	AnswerIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, question int, text string) (*cooperation.Introduction, error)
	EndIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Introduction, error)
}

// IntroduceProposal introduces both sides of a proposal.
func (a *api) IntroduceProposal(ctx context.Context, r IntroduceProposalRequestObject) (IntroduceProposalResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.Introduce(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	return IntroduceProposal200JSONResponse{v}, err
}

// ListIntroductions lists introductions.
func (a *api) ListIntroductions(ctx context.Context, r ListIntroductionsRequestObject) (ListIntroductionsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	page, err := a.platform.Introductions(c.actor, conv.ID, catalogue.IntroductionQuery{Status: codesOf[cooperation.IntroductionStatus](r.Params.Status),
		Proposal: r.Params.Proposal, Need: r.Params.Need, Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListIntroductions200JSONResponse{Items: []Introduction{}, Next: page.Next, Total: page.Total}
	for _, x := range page.Items {
		out.Items = append(out.Items, c.introductionView(x))
	}
	return out, nil
}

// GetIntroduction gives an introduction.
func (a *api) GetIntroduction(ctx context.Context, r GetIntroductionRequestObject) (GetIntroductionResponseObject, error) {
	c, _ := callOf(ctx)
	v, err := c.changedIntroduction(a.platform.Introduction(c.actor, r.ID))
	return GetIntroduction200JSONResponse{v}, err
}

// ListIntroductionHistory lists the versions of an introduction.
func (a *api) ListIntroductionHistory(ctx context.Context, r ListIntroductionHistoryRequestObject) (ListIntroductionHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Introduction(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindIntroduction, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListIntroductionHistory200JSONResponse(h), err
}

// ReplyIntroduction answers for somebody who is asked.
func (a *api) ReplyIntroduction(ctx context.Context, r ReplyIntroductionRequestObject) (ReplyIntroductionResponseObject, error) {
	c, ctx := callOf(ctx)
	reply := cooperation.ReplyContent{Reply: cooperation.Reply(r.Body.Reply), Reason: cooperation.Reason(r.Body.Reason), Text: r.Body.Text, Share: r.Body.Share,
		Exclude: codesOf[cooperation.Participant](r.Body.Exclude)}
	v, err := c.changedIntroduction(a.platform.ReplyIntroduction(ctx, c.actor, r.ID, expected(r.Params.IfMatch), reply))
	return ReplyIntroduction200JSONResponse{v}, err
}

// AskIntroduction asks the other side something.
func (a *api) AskIntroduction(ctx context.Context, r AskIntroductionRequestObject) (AskIntroductionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedIntroduction(a.platform.AskIntroduction(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	return AskIntroduction200JSONResponse{v}, err
}

// AnswerIntroduction answers a question of the other side.
func (a *api) AnswerIntroduction(ctx context.Context, r AnswerIntroductionRequestObject) (AnswerIntroductionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedIntroduction(a.platform.AnswerIntroduction(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Question, r.Body.Text))
	return AnswerIntroduction200JSONResponse{v}, err
}

// EndIntroduction ends the talks.
func (a *api) EndIntroduction(ctx context.Context, r EndIntroductionRequestObject) (EndIntroductionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedIntroduction(a.platform.EndIntroduction(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Reason(r.Body.Reason), r.Body.Text))
	return EndIntroduction200JSONResponse{v}, err
}

// changedIntroduction is the answer to a command.
func (c *call) changedIntroduction(x *cooperation.Introduction, err error) (IntroductionDocumentJSONResponse, error) {
	if err != nil {
		return IntroductionDocumentJSONResponse{}, err
	}
	c.stamp(&x.Meta)
	return IntroductionDocumentJSONResponse(c.introductionView(x)), nil
}

// introductionView puts an introduction into its answer.
func (c *call) introductionView(x *cooperation.Introduction) Introduction {
	state, _ := c.api.platform.State(x.Convention)
	conv, _ := c.api.platform.Convention(x.Convention)
	v := Introduction{ID: x.ID, Convention: x.Convention, Version: x.Version, Created: x.Created, Updated: x.Updated, Proposal: x.Proposal, Round: x.Round,
		Need: c.needInShort(state, x.Need), Offers: []Posting{}, Committee: x.Committee, IntroducedBy: IntroductionIntroducedBy(x.By), Status: IntroductionStatus(x.Status),
		Asked: []IntroductionAsked{}, Questions: []IntroductionThread{}, Contacts: []IntroductionContact{}, Ended: x.Ended,
		Labels: IntroductionLabels{Status: c.name(message.Status, "introduction."+string(x.Status))}}
	for _, id := range x.Offers {
		v.Offers = append(v.Offers, c.offerInShort(state, id))
	}
	k := conv.Timekeeper(state, c.now)
	for _, w := range x.Asked {
		asked := IntroductionAsked{Side: Side(w.Side), Participant: c.named(message.Party, string(w.Participant)), ReplyBy: x.ReplyBy(k, w.Asked),
			Reply: IntroductionAskedReply(w.Reply), Reason: string(w.Reason), Text: w.Text, Shared: w.Shared, By: w.By, Time: w.Time}
		if w.Reason != "" {
			asked.ReasonLabel = c.text("reason."+string(w.Reason), string(w.Reason))
		}
		for _, p := range w.Excluded {
			asked.Excluded = append(asked.Excluded, c.named(message.Party, string(p)))
		}
		v.Asked = append(v.Asked, asked)
	}
	for i := range x.Questions {
		v.Questions = append(v.Questions, c.questionView(i+1, &x.Questions[i]))
	}
	if w := x.Stopped; w != nil {
		v.Stopped = IntroductionStop{Reason: string(w.Reason), ReasonLabel: c.text("reason."+string(w.Reason), string(w.Reason)), Text: w.Text, By: w.By, Time: w.Time}
	}
	for _, of := range c.api.platform.Contacts(c.actor, x.ID) {
		v.Contacts = append(v.Contacts, IntroductionContact{Side: Side(of.Side), Participant: c.named(message.Party, string(of.Participant)),
			Name: of.Name, Organisation: of.Organisation, Mail: of.Mail, Phone: of.Phone})
	}
	return v
}

func (c *call) questionView(number int, q *cooperation.SideQuestion) IntroductionThread {
	v := IntroductionThread{Number: number, Side: Side(q.Side), Participant: c.named(message.Party, string(q.Participant)), Text: q.Text, By: q.By, Time: q.Time,
		StopsClock: q.Stops, Resumed: q.Resumed, Answers: []IntroductionThreadAnswer{}}
	for _, a := range q.Answers {
		v.Answers = append(v.Answers, IntroductionThreadAnswer{Side: Side(a.Side), Participant: c.named(message.Party, string(a.Participant)), Text: a.Text, By: a.By, Time: a.Time})
	}
	return v
}
