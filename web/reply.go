package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Replies answer introductions by the links of messages.
type Replies interface {
	ReplyCase(secret string) (*platform.ReplyCase, error)
	ReplyByLink(ctx context.Context, secret string, reply cooperation.ReplyContent) error
}

// reply is the case of an introduction, and what its reader may answer.
type reply struct {
	Title, Alert string
	Mistakes     []string
	Lead         []string
	Parts        []replyPart
	Choices      []choice // none: nothing more can be answered
	Reasons      []choice
	Text         string
	Share, Never bool
	Other        string // whom the reader may exclude, in words
}

// replyPart is one side of the case.
type replyPart struct {
	Heading, Title, Whose string
	Texts                 []string
}

func (reply) template() string { return "reply" }

func (r reply) title() string { return r.Title }

// lookAtReply shows the case. Only the button decides: programs that scan mail
// open every address, and press nothing.
func (p *pages) lookAtReply(c *gin.Context) {
	v := p.visit(c)
	of, err := p.Platform.ReplyCase(c.Param("secret"))
	if err != nil {
		p.refuse(v, p.deadForm(v), err)
		return
	}
	v.secret = true
	p.show(v, http.StatusOK, p.replyPage(v, of, cooperation.ReplyContent{}))
}

// useReply answers.
func (p *pages) useReply(c *gin.Context) {
	v, secret := p.visit(c), c.Param("secret")
	of, err := p.Platform.ReplyCase(secret)
	if err != nil {
		p.refuse(v, p.deadForm(v), err)
		return
	}
	given := cooperation.ReplyContent{Reply: cooperation.Reply(c.PostForm("reply")), Text: c.PostForm("text")}
	if given.Reply == cooperation.ReplyDeclined {
		given.Reason, given.Share = cooperation.Reason(c.PostForm("reason")), c.PostForm("share") != ""
		if c.PostForm("never") != "" {
			given.Exclude = others(of)
		}
	}
	v.secret = true
	err = p.Platform.ReplyByLink(c.Request.Context(), secret, given)
	var refusal *cooperation.Error
	switch {
	case err == nil:
		p.show(v, http.StatusOK, reply{Title: v.text("web.reply.title"), Lead: []string{v.text("web.reply.done." + string(given.Reply))}})
	case errors.As(err, &refusal) && refusal.Code != cooperation.NotFound:
		page := p.replyPage(v, of, given)
		page.Alert = v.say(refusal.Message)
		for _, mistake := range refusal.Fields {
			page.Mistakes = append(page.Mistakes, v.say(mistake.Message))
		}
		p.show(v, statusOf(refusal.Code), page)
	default:
		p.refuse(v, p.deadForm(v), err)
	}
}

// others are those on the other side of a case.
func others(of *platform.ReplyCase) (out []cooperation.Participant) {
	for _, w := range of.Introduction.Asked {
		if w.Side != of.Asked.Side {
			out = append(out, w.Participant)
		}
	}
	return out
}

func (p *pages) replyPage(v *visit, of *platform.ReplyCase, given cooperation.ReplyContent) reply {
	v.names = p.Platform.Names(of.Introduction.Convention)
	r := reply{Title: v.text("web.reply.title"), Text: given.Text, Share: given.Share, Never: len(given.Exclude) > 0, Other: all(v, message.Party, others(of)),
		Lead: []string{v.say(message.New("web.reply.lead", message.Of(message.Party, "party", string(of.Asked.Participant)), message.Of(message.Date, "until", of.Until.String()))), v.text("web.reply.nothing_yet")}}
	if n := of.Need; n != nil {
		codes := make([]string, len(n.Beneficiaries))
		for i, b := range n.Beneficiaries {
			codes[i] = b.Alpha2()
		}
		r.Parts = append(r.Parts, replyPart{v.text("web.reply.need"), n.Title, all(v, message.Country, codes), []string{n.Problem}})
	}
	for _, o := range of.Offers {
		r.Parts = append(r.Parts, replyPart{v.text("web.reply.offer"), o.Title, v.name(message.Party, string(o.Provider)), []string{o.Description}})
	}
	for _, to := range of.Contacts {
		if to.Side != of.Asked.Side {
			r.Parts = append(r.Parts, replyPart{v.text("web.reply.contact"), to.Name, v.name(message.Party, string(to.Participant)), []string{to.Organisation, to.Mail, to.Phone}})
		}
	}
	for _, q := range of.Introduction.Questions {
		part := replyPart{v.text("web.reply.question"), "", v.name(message.Party, string(q.Participant)), []string{q.Text}}
		for _, a := range q.Answers {
			part.Texts = append(part.Texts, a.Text)
		}
		r.Parts = append(r.Parts, part)
	}
	for _, code := range []cooperation.Reply{cooperation.ReplyInterested, cooperation.ReplyMoreInformation, cooperation.ReplyDeclined} {
		r.Choices = append(r.Choices, choice{Tag: string(code), Name: v.text("reply." + string(code)), Chosen: code == given.Reply})
	}
	r.Reasons = append(r.Reasons, choice{Name: v.text("web.reply.no_reason"), Chosen: given.Reason == ""})
	for _, code := range cooperation.ReplyReasons() {
		r.Reasons = append(r.Reasons, choice{Tag: string(code), Name: v.text("reason." + string(code)), Chosen: code == given.Reason})
	}
	return r
}
