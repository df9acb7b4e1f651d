package scenario

import "entente/client"

// introduces brings the sides of a proposal together.
func (p *person) introduces(proposal string) (q client.Proposal) {
	p.t.Helper()
	a, err := p.c.IntroduceProposalWithResponse(p.ctx(), proposal, nil)
	if p.ok(err) {
		q = *a.JSON200
	}
	return q
}

// introductions are those of a need that the person sees.
func (p *person) introductions(need string) []client.Introduction {
	p.t.Helper()
	a, err := p.c.ListIntroductionsWithResponse(p.ctx(), &client.ListIntroductionsParams{Convention: p.w.convention, Need: &need})
	if !p.ok(err) {
		return nil
	}
	return a.JSON200.Items
}

// introduction is an introduction as the person sees it.
func (p *person) introduction(id string) (x client.Introduction) {
	p.t.Helper()
	a, err := p.c.GetIntroductionWithResponse(p.ctx(), id)
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// replies answers an introduction; a refusal has a reason.
func (p *person) replies(id, reply, reason string) (x client.Introduction) {
	p.t.Helper()
	a, err := p.c.ReplyIntroductionWithResponse(p.ctx(), id, nil, client.IntroductionReply{Reply: client.IntroductionReplyCode(reply), Reason: client.IntroductionReplyReason(reason)})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// wonders asks the other side something.
func (p *person) wonders(id, text string) (x client.Introduction) {
	p.t.Helper()
	a, err := p.c.AskIntroductionWithResponse(p.ctx(), id, nil, client.IntroductionQuestion{Text: text})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// explains answers the first question of the other side.
func (p *person) explains(id, text string) (x client.Introduction) {
	p.t.Helper()
	a, err := p.c.AnswerIntroductionWithResponse(p.ctx(), id, nil, client.IntroductionAnswer{Question: 1, Text: text})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// mailsOf are the addresses that an introduction gives.
func mailsOf(x client.Introduction) (out []string) {
	for _, c := range x.Contacts {
		out = append(out, c.Mail)
	}
	return out
}
