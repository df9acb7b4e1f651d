package web

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Lives are the commands of the life of needs and offers, after they were
// written.
type Lives interface {
	AdmitNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Need, error)
	ReturnNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	CloseNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Need, error)
	SettleNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	ReconfirmNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Need, error)
	AdmitOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Offer, error)
	ReturnOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Offer, error)
	CloseOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Offer, error)
	ReconfirmOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Offer, error)
}

// lifeSteps are the steps of the life of a posting in the order of its page.
func lifeSteps() []cooperation.Action {
	return []cooperation.Action{cooperation.Admit, cooperation.Return, cooperation.Reconfirm, cooperation.Settle, cooperation.Close, cooperation.Withdraw}
}

// lifeActs are the steps that the reader may take now. The domain itself is
// asked, on a copy: what it would refuse is not offered.
func (p *pages) lifeActs(v *visit, w *work) []act {
	var out []act
	now := p.Platform.Now()
	for _, step := range lifeSteps() {
		if !w.allows(v, step, now) {
			continue
		}
		a := v.act(w.at(v, "/"+string(step)), "page.posting.act."+string(step), w.meta().Version, p.lifeFields(v, w, step)...)
		a.Main = step == cooperation.Admit
		out = append(out, a)
	}
	if w.carries(v, now) {
		a := v.act(v.within("/"+w.kind()+"s/new/carry"), "page.posting.carry", 0)
		a.Hidden = []hidden{{"from", w.meta().ID}, {"key", cooperation.NewID()}}
		out = append(out, a)
	}
	return out
}

// allows reports whether the reader may take a step now, whatever he will fill
// in.
func (w *work) allows(v *visit, step cooperation.Action, now time.Time) bool {
	var err error
	if w.need != nil {
		n := *w.need
		err = tryNeed(&n, v, step, now)
	} else {
		o := *w.offer
		err = tryOffer(&o, v, step, now)
	}
	return err == nil || cooperation.CodeOf(err) == cooperation.Invalid
}

func tryNeed(n *cooperation.Need, v *visit, step cooperation.Action, now time.Time) error {
	switch step {
	case cooperation.Admit:
		return n.Admit(v.conv, v.actor(), now)
	case cooperation.Return:
		return n.Return("", v.actor(), now)
	case cooperation.Reconfirm:
		return n.Reconfirm(v.conv, cooperation.Date{}, v.actor(), now)
	case cooperation.Settle:
		return n.Settle("", v.actor(), now)
	case cooperation.Close:
		return n.Close("", "", v.actor(), now)
	case cooperation.Withdraw:
		return n.Withdraw("", v.actor(), now)
	}
	return cooperation.Absent()
}

func tryOffer(o *cooperation.Offer, v *visit, step cooperation.Action, now time.Time) error {
	switch step {
	case cooperation.Admit:
		return o.Admit(v.conv, v.actor(), now)
	case cooperation.Return:
		return o.Return("", v.actor(), now)
	case cooperation.Reconfirm:
		return o.Reconfirm(v.conv, cooperation.Date{}, v.actor(), now)
	case cooperation.Close:
		return o.Close("", "", v.actor(), now)
	case cooperation.Withdraw:
		return o.Withdraw("", v.actor(), now)
	}
	return cooperation.Absent()
}

// carries reports whether the reader may start a new draft from the posting.
func (w *work) carries(v *visit, now time.Time) bool {
	var err error
	if w.need != nil {
		_, err = w.need.CarryOver(cooperation.NewID(), v.conv, v.actor(), now)
	} else {
		_, err = w.offer.CarryOver(cooperation.NewID(), v.conv, v.actor(), now)
	}
	return err == nil
}

// lifeFields is what a step asks for.
func (p *pages) lifeFields(v *visit, w *work, step cooperation.Action) []field {
	text := field{Name: "text", Label: v.words.FieldLabel(w.kind() + ".text"), Type: "textarea", Most: 2000, Rows: 3, Optional: step != cooperation.Return}
	switch step {
	case cooperation.Return, cooperation.Settle, cooperation.Withdraw:
		return []field{text}
	case cooperation.Close:
		reason := field{Name: "reason", Label: v.words.FieldLabel(w.kind() + ".reason"), Optional: true, Choices: []choice{{Name: v.text("word.not_stated")}}}
		for _, r := range cooperation.Reasons() {
			reason.Choices = append(reason.Choices, choice{Tag: string(r), Name: v.text("reason." + string(r))})
		}
		return []field{reason, text}
	case cooperation.Reconfirm:
		months := v.conv.NeedValidityMonths
		if w.offer != nil {
			months = v.conv.OfferValidityMonths
		}
		latest := cooperation.DateOf(p.Platform.Now()).AddMonths(months)
		return []field{{Name: "valid_until", Label: v.words.FieldLabel(w.kind() + ".valid_until"), Type: "date", Value: latest.String(),
			Hint: v.say(message.New("page.posting.hint.reconfirm", message.Of(message.Date, "last", latest.String())))}}
	}
	return nil
}

// live takes a step of the life of a posting and leads back to its page; of one
// that its reader does not see any more, to the desk.
func (p *pages) live(step cooperation.Action) func(*visit) (string, error) {
	return func(v *visit) (string, error) {
		w, err := p.found(v)
		if err != nil {
			return "", err
		}
		if w.meta().Convention != v.conv.ID {
			return "", cooperation.Absent()
		}
		until, err := cooperation.ParseDate(latinDigits(v.PostForm("valid_until")))
		if err != nil {
			return "", wrong([]cooperation.FieldError{{Field: w.kind() + ".valid_until", Message: message.New("error.invalid.date")}})
		}
		if w.need != nil {
			err = p.liveNeed(v, w.need.ID, step, until)
		} else {
			err = p.liveOffer(v, w.offer.ID, step, until)
		}
		if err != nil {
			return "", ofKind(w.kind(), err)
		}
		if _, gone := p.found(v); gone != nil {
			return v.within("/desk"), nil //nolint:nilerr // the step was taken, and the posting is not for its reader any more
		}
		return w.at(v, ""), nil
	}
}

func (p *pages) liveNeed(v *visit, id string, step cooperation.Action, until cooperation.Date) (err error) {
	ctx, a, text := v.Request.Context(), v.actor(), v.PostForm("text")
	switch step {
	case cooperation.Admit:
		_, err = p.Platform.AdmitNeed(ctx, a, id, v.match())
	case cooperation.Return:
		_, err = p.Platform.ReturnNeed(ctx, a, id, v.match(), text)
	case cooperation.Reconfirm:
		_, err = p.Platform.ReconfirmNeed(ctx, a, id, v.match(), until)
	case cooperation.Settle:
		_, err = p.Platform.SettleNeed(ctx, a, id, v.match(), text)
	case cooperation.Close:
		_, err = p.Platform.CloseNeed(ctx, a, id, v.match(), cooperation.Reason(v.PostForm("reason")), text)
	case cooperation.Withdraw:
		_, err = p.Platform.WithdrawNeed(ctx, a, id, v.match(), text)
	}
	return err
}

func (p *pages) liveOffer(v *visit, id string, step cooperation.Action, until cooperation.Date) (err error) {
	ctx, a, text := v.Request.Context(), v.actor(), v.PostForm("text")
	switch step {
	case cooperation.Admit:
		_, err = p.Platform.AdmitOffer(ctx, a, id, v.match())
	case cooperation.Return:
		_, err = p.Platform.ReturnOffer(ctx, a, id, v.match(), text)
	case cooperation.Reconfirm:
		_, err = p.Platform.ReconfirmOffer(ctx, a, id, v.match(), until)
	case cooperation.Close:
		_, err = p.Platform.CloseOffer(ctx, a, id, v.match(), cooperation.Reason(v.PostForm("reason")), text)
	case cooperation.Withdraw:
		_, err = p.Platform.WithdrawOffer(ctx, a, id, v.match(), text)
	}
	return err
}

// own completes the page of a posting with what is for its own side and for
// those who judge it: where it is changed, what is missing, and the steps of its
// life.
func (p *pages) own(v *visit, out *posting) error {
	w, err := p.found(v)
	if err != nil {
		return err
	}
	for _, f := range w.files() {
		out.Files = append(out.Files, link{w.file(f), f.Name})
	}
	for i := range w.matters {
		if m := &w.matters[i]; m.Beside {
			if facts := v.facts(w.kind(), m, w.tree); len(facts) > 0 {
				out.Sections = append(out.Sections, section{ID: m.Name, Heading: v.text("page.posting." + w.kind() + "." + m.Name), Facts: facts})
			}
		}
	}
	if w.sight(v) >= cooperation.SeesCommittee {
		for _, h := range v.unspecific(w) {
			out.Missing = append(out.Missing, v.say(h.Message))
		}
	}
	out.Remarks = v.remarks(w)
	if v.who.User == nil {
		return nil
	}
	if w.may(v, cooperation.Replace) && w.changes() {
		out.Edit = link{w.at(v, "/edit"), v.text("page.posting.edit")}
	}
	out.Acts = p.lifeActs(v, w)
	return nil
}

// remarks are what was noted on the way: the clearance, why it was sent back,
// why it ended.
func (v *visit) remarks(w *work) []fact {
	var out []fact
	clearance, ended := w.notes()
	if c := clearance; c != nil {
		out = add(v, out, "field."+w.kind()+".clearance", v.text("clearance."+string(c.Kind)))
		out = add(v, out, "field."+w.kind()+".clearance.date", v.day(c.Date))
		out = v.written(out, "field."+w.kind()+".clearance.reference", c.Reference, "")
	}
	if r := w.returned(); r != nil {
		out = v.written(out, "field."+w.kind()+".returned", r.Text, "")
	}
	if r := ended; r != nil {
		if r.Reason != "" {
			out = add(v, out, "field."+w.kind()+".reason", v.text("reason."+string(r.Reason)))
		}
		out = v.written(out, "field."+w.kind()+".ended", r.Text, "")
	}
	return out
}

// serveLives adds the steps of the life of needs and offers.
func (p *pages) serveLives(engine *gin.Engine) {
	for _, step := range lifeSteps() {
		p.act(engine, "/c/:convention/needs/:id/"+string(step), "posting_"+string(step), p.need, p.live(step))
		if step != cooperation.Settle {
			p.act(engine, "/c/:convention/offers/:id/"+string(step), "posting_"+string(step), p.offer, p.live(step))
		}
	}
}
