package notify

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/message"
)

// The reasons for which people are told of introductions, besides those of the
// occasions: "introduction.question".
const (
	// ReasonAsked: the recipient is asked whether its side wants to talk.
	ReasonAsked = "introduction.asked"
	// ReasonBegun: both sides of a proposal are introduced that concerns a body of
	// the recipient, or its office.
	ReasonBegun = "introduction.begun"
	// ReasonOutcome: an introduction that the recipient facilitates has ended.
	ReasonOutcome = "introduction.outcome"
)

func aboutIntroductions(reason string) bool { return strings.HasPrefix(reason, "introduction.") }

// introduction tells of what happened to an introduction: at once whoever is to
// act, others with what else becomes of proposals.
func (t *telling) introduction() {
	x := t.occasion.Introduction
	switch t.occasion.Reason {
	case "proposal.introduced":
		t.introduced()
	case "introduction.question":
		q := x.Questions[len(x.Questions)-1]
		t.toSides(x, func(w *cooperation.AskedSide) bool { return w.Side != q.Side }, message.Of(message.Text, "text", quoted(q.Text, nil, "")))
	case "introduction.answer":
		t.answered(x)
	case "introduction.resumed":
		t.toSides(x, func(w *cooperation.AskedSide) bool {
			return w.Reply == "" && slices.Contains(t.occasion.Unheard, w.Asked)
		})
	case "introduction.interested", "introduction.declined", "introduction.expired", "introduction.ended":
		t.concluded(x)
	}
}

// answered tells whoever asked of the latest answer.
func (t *telling) answered(x *cooperation.Introduction) {
	var q cooperation.SideQuestion
	var a cooperation.QuestionAnswer
	for _, asked := range x.Questions {
		for _, answer := range asked.Answers {
			if answer.Time.After(a.Time) {
				q, a = asked, answer
			}
		}
	}
	t.toSides(x, func(w *cooperation.AskedSide) bool { return w.Asked == q.Asked }, message.Of(message.Text, "text", quoted(a.Text, nil, "")))
}

// introduced asks those who have to answer, and tells the others of both sides,
// the bodies concerned and those who facilitate.
func (t *telling) introduced() {
	x, p := t.occasion.Introduction, t.occasion.Proposal
	for _, u := range t.users {
		if n := t.asks(x, u, ReasonAsked); n != nil {
			t.add(*n, u.ID, u.Mail, x.ID, decimal(x.Version))
			continue
		}
		if u.ID == t.occasion.Actor.ID {
			continue
		}
		reason := ReasonBegun
		if len(t.ownOf(u, t.pairing())) > 0 {
			reason = "proposal.introduced"
		} else if !t.facilitates(u) && !sitsOn(u, t.convention.ID, p.Committee) && !slices.ContainsFunc(p.Informed, func(body string) bool { return sitsOn(u, t.convention.ID, body) }) {
			continue
		}
		line := message.New("notify.introduction." + string(x.By) + ".line")
		if x.By == cooperation.ByInterest {
			line = message.New("notify.proposal.introduced.line", message.Of(message.Body, "body", p.Committee))
		}
		n := t.aboutIntroduction(x, u.Language, reason, message.New("notify.proposal.introduced.subject", t.conventionArg()), line)
		t.add(n, u.ID, u.Mail, x.ID, decimal(x.Version))
	}
}

// asks is what a person is told who has still to answer for somebody; nil for
// others.
func (t *telling) asks(x *cooperation.Introduction, u *cooperation.User, reason string, args ...message.Arg) *cooperation.Notification {
	a := cooperation.ActorOf(u, false)
	place, may := cooperation.MayIntroduction(a, cooperation.ReplyIntroduction, x)
	if !may || x.Asked[place].Reply != "" || !x.Under() {
		return nil
	}
	k := t.convention.Timekeeper(nil, t.now)
	if until := x.ReplyBy(k, x.Asked[place].Asked); !until.IsZero() {
		args = append(args, message.Of(message.Date, "until", until.String()))
	}
	n := t.aboutIntroduction(x, u.Language, reason, message.New("notify."+reason+".subject", t.conventionArg()), message.New("notify."+reason+".line", args...))
	n.Link = cooperation.ReplyLinkID(x, place, u)
	return &n
}

// toSides tells the people of some of those who are asked; whoever has still to
// answer can do so from the message.
func (t *telling) toSides(x *cooperation.Introduction, whom func(*cooperation.AskedSide) bool, args ...message.Arg) {
	for _, u := range t.users {
		place, may := cooperation.MayIntroduction(cooperation.ActorOf(u, false), cooperation.ReplyIntroduction, x)
		if !may || u.ID == t.occasion.Actor.ID || !whom(&x.Asked[place]) {
			continue
		}
		n := t.asks(x, u, t.occasion.Reason, args...)
		if n == nil {
			told := t.aboutIntroduction(x, u.Language, t.occasion.Reason, message.New("notify."+t.occasion.Reason+".subject", t.conventionArg()), message.New("notify."+t.occasion.Reason+".line", args...))
			n = &told
		}
		t.add(*n, u.ID, u.Mail, x.ID, decimal(x.Version))
	}
}

// concluded tells both sides of what it has come to, each as much as it may know,
// and those who facilitate why, and what comes next.
func (t *telling) concluded(x *cooperation.Introduction) {
	subject, line := message.New("notify."+t.occasion.Reason+".subject", t.conventionArg()), message.New("notify."+t.occasion.Reason+".line")
	sides := &cooperation.Sides{Need: t.occasion.Need, Offers: t.occasion.Offers}
	for _, u := range t.users {
		office := t.facilitates(u)
		if u.ID == t.occasion.Actor.ID || !office && len(t.ownOf(u, t.pairing())) == 0 {
			continue
		}
		reason := t.occasion.Reason
		if office && x.Status != cooperation.IntroductionInterested {
			reason = ReasonOutcome
		}
		n := t.aboutIntroduction(x, u.Language, reason, subject, line)
		if shown := x.Shown(cooperation.ActorOf(u, true), t.convention.Timekeeper(postings{sides}, t.now), sides); shown != nil {
			n.Lines = append(n.Lines, reasons(shown)...)
		}
		if reason == ReasonOutcome {
			n.Lines = append(n.Lines, t.next(x, u.Language)...)
		}
		t.add(n, u.ID, u.Mail, x.ID, decimal(x.Version))
	}
}

// reasons are those that the reader may know.
func reasons(x *cooperation.Introduction) (lines []message.Message) {
	for _, w := range x.Asked {
		if w.Reason != "" {
			lines = append(lines, message.New("notify.introduction.reason", message.Of(message.Party, "party", string(w.Participant)), message.Of(message.Key, "reason", "reason."+string(w.Reason))))
		}
		if w.Text != "" {
			lines = append(lines, message.New("notify.introduction.words", message.Of(message.Text, "text", quoted(w.Text, nil, ""))))
		}
	}
	if w := x.Stopped; w != nil {
		lines = append(lines, message.New("notify.introduction.stopped", message.Of(message.Key, "reason", "reason."+string(w.Reason))))
		if w.Text != "" {
			lines = append(lines, message.New("notify.introduction.words", message.Of(message.Text, "text", quoted(w.Text, nil, ""))))
		}
	}
	return lines
}

// next says who remains of several providers, and what comes up instead.
func (t *telling) next(x *cooperation.Introduction, lang string) (lines []message.Message) {
	if len(x.Asked) > 2 {
		for _, w := range x.Asked {
			if w.Reply != cooperation.ReplyDeclined && w.Reason == "" {
				lines = append(lines, message.New("notify.introduction.remaining", message.Of(message.Party, "party", string(w.Participant))))
			}
		}
	}
	if a := t.occasion.Alternate; a != nil && len(a.Sides.Offers) > 0 {
		o := a.Sides.Offers[0]
		return append(lines, message.New("notify.introduction.alternate", message.Of(message.Text, "offer", quoted(o.Title, o.Translations, lang)),
			message.Of(message.Party, "provider", string(o.Provider)), message.Of(message.Status, "status", "proposal."+string(a.Proposal.Status))))
	}
	return append(lines, message.New("notify.introduction.none"))
}

// facilitates reports whether a person brings both sides together.
func (t *telling) facilitates(u *cooperation.User) bool {
	a := cooperation.ActorOf(u, true)
	return a.Has(t.convention.ID, cooperation.Secretariat) || t.occasion.Facilitator != nil && t.occasion.Facilitator.Is(a, t.convention.ID)
}

// pairing is the proposal of the occasion with both sides.
func (t *telling) pairing() []cooperation.Reviewed {
	return []cooperation.Reviewed{{Proposal: t.occasion.Proposal, Sides: cooperation.Sides{Need: t.occasion.Need, Offers: t.occasion.Offers}}}
}

// aboutIntroduction is what one reader is told.
func (t *telling) aboutIntroduction(x *cooperation.Introduction, lang, reason string, subject, line message.Message) cooperation.Notification {
	n := cooperation.Notification{Reason: reason, Committee: x.Committee, Subject: subject, Lines: []message.Message{line}, Documents: []string{"introduction/" + x.ID, "proposal/" + x.Proposal}}
	for _, r := range t.pairing() {
		n.Items = append(n.Items, cooperation.Item{Heading: reviewedHeading(&r, lang), Document: "introduction/" + x.ID})
	}
	return n
}

// postings are those of an occasion.
type postings struct{ sides *cooperation.Sides }

// Need implements cooperation.Postings.
func (p postings) Need(string) (*cooperation.Need, bool) { return p.sides.Need, p.sides.Need != nil }

// Offer implements cooperation.Postings.
func (p postings) Offer(id string) (*cooperation.Offer, bool) {
	for _, o := range p.sides.Offers {
		if o.ID == id {
			return o, true
		}
	}
	return nil, false
}
