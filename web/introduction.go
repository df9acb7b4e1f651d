package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Introductions are the steps of two sides that are brought together.
type Introductions interface {
	Introduce(ctx context.Context, actor cooperation.Actor, proposal string, match platform.Match) (*cooperation.Proposal, error)
	Introduction(actor cooperation.Actor, id string) (*cooperation.Introduction, error)
	Contacts(actor cooperation.Actor, introduction string) []platform.Contact
	ReplyIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reply cooperation.ReplyContent) (*cooperation.Introduction, error)
	AskIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Introduction, error)
	EndIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Introduction, error)
	AnswerIntroduction(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, question int, text string) (*cooperation.Introduction, error)
}

// introduction is how both sides meet: whom to write to, who has answered, and
// what they ask each other.
type introduction struct {
	Title              string
	Status, StatusCode string
	Proposal           link
	Need               *card
	Offers             []card
	Asked              []replyRow
	Contacts           []contact
	Questions          []thread
	Stopped            *said // why whoever facilitates ended the talks; nil where it did not
	Terms              link  // where terms are proposed, or negotiated
	Acts               []act
	History            string
}

// replyRow is one of those who are asked, with the answer.
type replyRow struct{ Whose, Reply, Until, Reason, Text string }

// contact is whom one side can write to.
type contact struct{ Whose, Name, Organisation, Mail, Phone string }

// thread is a question with its answers.
type thread struct {
	Question said
	Answers  []said
	Act      *act
}

func (introduction) template() string { return "introduction" }

func (i introduction) title() string { return i.Title }

// serveIntroductions adds the page on which both sides meet.
func (p *pages) serveIntroductions(engine *gin.Engine) {
	const at = "/c/:convention/introductions/:id"
	p.private(engine, at, p.introduction)
	reply := func(name string, read func(v *visit) cooperation.ReplyContent) {
		p.act(engine, at+"/"+name, "introduction."+name, p.introduction, func(v *visit) (string, error) {
			_, err := p.Platform.ReplyIntroduction(v.Request.Context(), v.actor(), v.Param("id"), v.match(), read(v))
			return v.within("/introductions/" + v.Param("id")), err
		})
	}
	reply("interested", func(*visit) cooperation.ReplyContent {
		return cooperation.ReplyContent{Reply: cooperation.ReplyInterested}
	})
	reply("more", func(v *visit) cooperation.ReplyContent {
		return cooperation.ReplyContent{Reply: cooperation.ReplyMoreInformation, Text: v.PostForm("text")}
	})
	reply("decline", func(v *visit) cooperation.ReplyContent {
		given := cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: cooperation.Reason(v.PostForm("reason")), Text: v.PostForm("text"), Share: v.PostForm("share") != ""}
		if x, err := p.Platform.Introduction(v.actor(), v.Param("id")); err == nil && v.PostForm("never") != "" {
			given.Exclude = p.otherSide(v, x)
		}
		return given
	})
	p.act(engine, at+"/ask", "introduction.ask", p.introduction, func(v *visit) (string, error) {
		_, err := p.Platform.AskIntroduction(v.Request.Context(), v.actor(), v.Param("id"), v.match(), v.PostForm("text"))
		return v.within("/introductions/" + v.Param("id")), err
	})
	p.act(engine, at+"/answer", "introduction.answer", p.introduction, func(v *visit) (string, error) {
		number, _ := strconv.Atoi(v.PostForm("question")) // 0 is none, and refused as such
		_, err := p.Platform.AnswerIntroduction(v.Request.Context(), v.actor(), v.Param("id"), v.match(), number, v.PostForm("text"))
		return v.within("/introductions/" + v.Param("id")), err
	})
	p.act(engine, at+"/end", "agreement.end", p.introduction, func(v *visit) (string, error) {
		_, err := p.Platform.EndIntroduction(v.Request.Context(), v.actor(), v.Param("id"), v.match(), cooperation.Reason(v.PostForm("reason")), v.PostForm("text"))
		return v.within("/introductions/" + v.Param("id")), err
	})
	p.act(engine, "/c/:convention/proposals/:id/introduce", "introduce", p.proposal, p.step(p.Platform.Introduce))
}

// otherSide are those on the other side of the reader.
func (p *pages) otherSide(v *visit, x *cooperation.Introduction) (out []cooperation.Participant) {
	place, _ := cooperation.MayIntroduction(v.actor(), cooperation.ReplyIntroduction, x)
	for _, w := range x.Asked {
		if w.Side != x.Asked[place].Side {
			out = append(out, w.Participant)
		}
	}
	return out
}

func (p *pages) introduction(v *visit) error {
	x, err := p.Platform.Introduction(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if x.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	out := introduction{Title: v.text("page.introduction.title"), Status: v.name(message.Status, "introduction."+string(x.Status)), StatusCode: string(x.Status),
		Proposal: link{v.within("/proposals/" + x.Proposal), v.text("page.proposal.title")}}
	out.Need, out.Offers = v.bothSides(x.Need, x.Offers)
	out.History = v.within("/introductions/" + x.ID + "/history")
	if out.Need != nil {
		out.Title = out.Need.Title
	}
	k := v.conv.Timekeeper(v.state, p.Platform.Now())
	for _, w := range x.Asked {
		row := replyRow{Whose: v.name(message.Party, string(w.Participant)), Reply: v.text("page.introduction.waiting"), Text: w.Text}
		switch {
		case w.Reply != "":
			row.Reply = v.text("page.introduction.reply." + string(w.Reply))
		case x.Status == cooperation.IntroductionAsked:
			row.Until = v.day(x.ReplyBy(k, w.Asked))
		default:
			row.Reply = v.text("page.introduction.silent")
		}
		if w.Reason != "" {
			row.Reason = v.text("reason." + string(w.Reason))
		}
		out.Asked = append(out.Asked, row)
	}
	for _, of := range p.Platform.Contacts(v.actor(), x.ID) {
		out.Contacts = append(out.Contacts, contact{v.name(message.Party, string(of.Participant)), of.Name, of.Organisation, of.Mail, of.Phone})
	}
	out.Questions = v.threads(x)
	out.Terms = p.termsLink(v, x)
	if q, ok := v.state.Proposal(x.Proposal); ok && q.Status != cooperation.AgreedProposal {
		out.Acts = append(v.introductionActs(x), v.endTalks(k, q, x)...)
	}
	if s := x.Stopped; s != nil {
		out.Stopped = &said{When: v.words.Date(s.Time), Text: s.Text, Remark: v.text("reason." + string(s.Reason))}
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// bothSides are the cards of a need and of offers, as the reader may see them.
func (v *visit) bothSides(need string, offers []string) (ofNeed *card, ofOffers []card) {
	if n, ok := v.state.Need(need); ok {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			c := v.needCard(shown)
			ofNeed = &c
		}
	}
	for _, id := range offers {
		if o, ok := v.state.Offer(id); ok {
			if shown, _ := o.Shown(v.actor()); shown != nil {
				ofOffers = append(ofOffers, v.offerCard(shown))
			}
		}
	}
	return ofNeed, ofOffers
}

// threads are what the sides ask each other, each with a place for an answer.
func (v *visit) threads(x *cooperation.Introduction) []thread {
	at := v.within("/introductions/" + x.ID)
	place, mine := cooperation.MayIntroduction(v.actor(), cooperation.AnswerIntroduction, x)
	var out []thread
	for i := range x.Questions {
		q := &x.Questions[i]
		t := thread{Question: said{Who: v.name(message.Party, string(q.Participant)), When: v.words.Date(q.Time), Text: q.Text}}
		for _, a := range q.Answers {
			t.Answers = append(t.Answers, said{Who: v.name(message.Party, string(a.Participant)), When: v.words.Date(a.Time), Text: a.Text})
		}
		if mine && x.Asked[place].Side != q.Side && talks(x) {
			a := v.act(at+"/answer", "page.introduction.answer", x.Version, v.writing("page.introduction.your_answer", "", false))
			number := strconv.Itoa(i + 1)
			a.Hidden = []hidden{{"question", number}}
			a.Fields[0].ID += "-" + number
			a.Open = a.Open && v.PostForm("question") == number
			t.Act = &a
		}
		out = append(out, t)
	}
	return out
}

// talks reports whether both sides are still asked, or talk.
func talks(x *cooperation.Introduction) bool {
	return x.Status == cooperation.IntroductionAsked || x.Status == cooperation.IntroductionInterested
}

// introductionActs are what somebody who is asked may say.
func (v *visit) introductionActs(x *cooperation.Introduction) []act {
	place, may := cooperation.MayIntroduction(v.actor(), cooperation.ReplyIntroduction, x)
	if !may || !talks(x) {
		return nil
	}
	at, mine := v.within("/introductions/"+x.ID), &x.Asked[place]
	var out []act
	if mine.Reply == "" {
		yes := v.act(at+"/interested", "reply.interested", x.Version)
		yes.Main = true
		out = append(out, yes, v.act(at+"/more", "reply.more_information", x.Version, v.writing("page.introduction.your_question", "page.introduction.more_hint", false)))
	} else {
		out = append(out, v.act(at+"/ask", "page.introduction.ask", x.Version, v.writing("page.introduction.your_question", "", false)))
	}
	reasons := []choice{{Name: v.text("web.reply.no_reason"), Chosen: true}}
	for _, code := range cooperation.ReplyReasons() {
		reasons = append(reasons, choice{Tag: string(code), Name: v.text("reason." + string(code))})
	}
	no := v.act(at+"/decline", "reply.declined", x.Version, field{Name: "reason", Label: v.text("web.reply.reason"), Choices: reasons, Hint: v.text("page.introduction.reason_hint")},
		v.writing("web.reply.text", "", true),
		field{Name: "share", Label: v.text("page.introduction.sharing"), Type: "checks", Optional: true, Choices: []choice{{Tag: "1", Name: v.text("web.reply.share")}}},
		field{Name: "never", Label: v.text("page.introduction.excluding"), Type: "checks", Optional: true, Choices: []choice{{Tag: "1", Name: v.text("web.reply.never")}}, Hint: v.text("page.introduction.never_hint")})
	return append(out, no)
}

// endTalks lets whoever facilitates end talks that lead nowhere.
func (v *visit) endTalks(k *cooperation.Timekeeper, q *cooperation.Proposal, x *cooperation.Introduction) []act {
	_, asked := cooperation.MayIntroduction(v.actor(), cooperation.ReplyIntroduction, x)
	if asked || v.actor().ReadOnly || !k.Facilitates(v.actor(), x.Committee, sidesOf(v.state, q)) || x.Status != cooperation.IntroductionInterested || q.Status != cooperation.InTalks {
		return nil
	}
	return []act{v.act(v.within("/introductions/"+x.ID+"/end"), "page.agreement.end", x.Version, field{Name: "reason", Label: v.text("web.reply.reason"), Choices: codeChoices(v, "reason.", cooperation.ReplyReasons()), Hint: v.text("page.introduction.end_hint")},
		v.writing("web.reply.text", "", true))}
}

// termsLink leads to the terms of a pairing whose sides talk.
func (p *pages) termsLink(v *visit, x *cooperation.Introduction) link {
	if a, err := p.Platform.Agreement(v.actor(), cooperation.AgreementID(x.Proposal)); err == nil {
		return link{v.within("/agreements/" + a.ID), v.text("page.agreement.title")}
	}
	sides := &cooperation.Sides{}
	if q, ok := v.state.Proposal(x.Proposal); ok {
		sides = sidesOf(v.state, q)
	}
	if talks(x) && v.speaks(sides) && !slices.ContainsFunc(x.Asked, func(w cooperation.AskedSide) bool { return w.Reply == cooperation.ReplyDeclined }) {
		return link{v.within("/proposals/" + x.Proposal + "/terms"), v.text("page.agreement.begin")}
	}
	return link{}
}
