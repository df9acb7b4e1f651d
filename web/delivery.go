package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// serveDelivery adds the steps in which a partnership is delivered.
func (p *pages) serveDelivery(engine *gin.Engine, at string) {
	type take = func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error
	on := func(action cooperation.Action, do take) {
		p.act(engine, at+"/"+string(action), "partnership."+string(action), p.partnership, func(v *visit) (string, error) {
			return v.within("/partnerships/" + v.Param("id")), do(v.Request.Context(), v, v.actor(), v.Param("id"), v.match())
		})
	}
	on(cooperation.BeginDelivery, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.BeginPartnership(ctx, actor, id, match, v.date("on"))
		return err
	})
	on(cooperation.ReportMilestone, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.ReportMilestone(ctx, actor, id, match, cooperation.MilestoneReport{Milestone: v.number("milestone"), Done: v.date("done"), Text: v.PostForm("text")})
		return err
	})
	on(cooperation.Disburse, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		entry := cooperation.Disbursement{Share: v.number("share"), Sort: cooperation.DisbursementSort(v.PostForm("sort")), On: v.date("on"), Text: v.PostForm("text"),
			Amount: cooperation.Money{Amount: strings.Join(strings.Fields(v.PostForm("amount")), ""), Currency: v.PostForm("currency")}}
		_, _, err := p.Platform.RecordDisbursement(ctx, actor, id, match, entry)
		return err
	})
	on(cooperation.Deviate, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.ReportDeviation(ctx, actor, id, match, cooperation.Deviation{Aspect: cooperation.DeviationAspect(v.PostForm("aspect")), Expected: v.date("expected"), Text: v.PostForm("text")})
		return err
	})
	on(cooperation.ReportFollowUp, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.FollowUpPartnership(ctx, actor, id, match, cooperation.Course(v.PostForm("course")), v.PostForm("text"))
		return err
	})
	on(cooperation.StateOrigin, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.StatePartnershipOrigin(ctx, actor, id, match, cooperation.OriginStatement{Origin: cooperation.Origin(v.PostForm("origin")), Text: v.PostForm("text"), Link: strings.TrimSpace(v.PostForm("link"))})
		return err
	})
	on(cooperation.Complete, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.CompletePartnership(ctx, actor, id, match, p.sharesGiven(v), v.PostForm("text"))
		return err
	})
	on(cooperation.ConfirmDelivered, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.ConfirmPartnership(ctx, actor, id, match)
		return err
	})
	on(cooperation.Stop, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.StopPartnership(ctx, actor, id, match, cooperation.Reason(v.PostForm("reason")), v.PostForm("text"), p.sharesGiven(v))
		return err
	})
	on(cooperation.GiveFeedback, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.GiveFeedback(ctx, actor, id, match, v.number("rating"), v.PostForm("text"))
		return err
	})
	on(cooperation.DraftLessons, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.DraftLessons(ctx, actor, id, match, v.PostForm("text"), reference.Language(v.words.Language()), v.PostForm("public") != "")
		return err
	})
	on(cooperation.ClearLessons, func(ctx context.Context, v *visit, actor cooperation.Actor, id string, match platform.Match) error {
		_, _, err := p.Platform.ClearLessons(ctx, actor, id, match, v.number("draft"), v.PostForm("public") != "")
		return err
	})
}

// deliveryActs are the steps that the reader may take where the partnership
// stands.
func (p *pages) deliveryActs(v *visit, x *cooperation.Partnership, n *cooperation.Need) []act {
	var out []act
	for _, action := range cooperation.DeliveryActions() {
		if cooperation.MayDeliver(v.actor(), action, x, n) && p.comesNow(v, action, x, n) {
			if fields, known := p.deliveryFields(v, action, x); known {
				a := v.act(v.within("/partnerships/"+x.ID+"/"+string(action)), "page.delivery."+string(action), x.Version, fields...)
				a.Main = action == cooperation.BeginDelivery || action == cooperation.ReportFollowUp || action == cooperation.ConfirmDelivered
				if action == cooperation.ClearLessons {
					a.Hidden = []hidden{{"draft", strconv.Itoa(x.Lessons.Draft)}}
				}
				out = append(out, a)
			}
		}
	}
	return out
}

// comesNow reports whether a step can be taken where the partnership stands.
func (p *pages) comesNow(v *visit, action cooperation.Action, x *cooperation.Partnership, n *cooperation.Need) bool {
	over := x.Status == cooperation.PartnershipCompleted || x.Status == cooperation.PartnershipStopped
	mine := func(list []cooperation.Partner) bool {
		return slices.ContainsFunc(list, func(of cooperation.Partner) bool {
			return v.actor().For(x.Convention, of.Participant, cooperation.FocalPoint, cooperation.ProviderRole, cooperation.Approver)
		})
	}
	switch action {
	case cooperation.BeginDelivery:
		return x.Status == cooperation.PartnershipAgreed
	case cooperation.ReportMilestone:
		return x.Status == cooperation.PartnershipActive && len(x.Milestones) > 0
	case cooperation.Disburse:
		return !over && slices.ContainsFunc(x.Providers, func(s cooperation.Share) bool { return !s.Pledged.IsZero() })
	case cooperation.Complete:
		return x.Status == cooperation.PartnershipActive && x.Completion == nil
	case cooperation.Deviate, cooperation.Stop:
		return !over
	case cooperation.ConfirmDelivered:
		return x.Status == cooperation.PartnershipActive && x.Completion != nil && mine(x.Waiting(n))
	case cooperation.ReportFollowUp:
		_, asked := x.Asked(v.conv.Timekeeper(v.state, p.Platform.Now()).Today())
		return asked
	case cooperation.GiveFeedback:
		return x.Status != cooperation.PartnershipAgreed
	case cooperation.DraftLessons:
		return x.Status != cooperation.PartnershipAgreed && (x.Lessons == nil || x.Lessons.Shared == nil)
	case cooperation.ClearLessons:
		return x.Lessons != nil && x.Lessons.Shared == nil && mine(x.Lessons.Waiting(x.Partners(n)))
	case cooperation.StateOrigin:
		return true
	}
	return false
}

// deliveryFields are what a step asks for.
func (p *pages) deliveryFields(v *visit, action cooperation.Action, x *cooperation.Partnership) (fields []field, known bool) {
	today := cooperation.DateOf(p.Platform.Now()).String()
	say := func(optional bool) field { return v.writing("page.delivery.in_words", "", optional) }
	public := field{Name: "public", Label: v.text("page.delivery.with_whom"), Type: "checks", Optional: true, Choices: []choice{{Tag: "1", Name: v.text("page.delivery.public")}}, Hint: v.text("page.delivery.public_hint")}
	switch action {
	case cooperation.BeginDelivery:
		return []field{{Name: "on", Label: v.text("page.delivery.on"), Type: "date", Value: today}}, true
	case cooperation.ReportMilestone:
		var list []choice
		for i, m := range x.Milestones {
			list = append(list, choice{Tag: strconv.Itoa(i + 1), Name: m.Title})
		}
		return []field{{Name: "milestone", Label: v.text("page.delivery.milestone"), Choices: list}, {Name: "done", Label: v.text("page.delivery.done_on"), Type: "date", Value: today, Optional: true, Hint: v.text("page.delivery.done_hint")}, say(true)}, true
	case cooperation.Disburse:
		return p.disbursement(v, x, today), true
	case cooperation.Deviate:
		return []field{{Name: "aspect", Label: v.text("page.delivery.aspect"), Choices: codeChoices(v, "deviation_aspect.", cooperation.DeviationAspects())},
			{Name: "expected", Label: v.text("page.delivery.expected_end"), Type: "date", Optional: true}, say(false)}, true
	case cooperation.ReportFollowUp:
		return []field{{Name: "course", Label: v.text("page.delivery.course"), Type: "radio", Choices: codeChoices(v, "course.", cooperation.Courses())}, say(false)}, true
	case cooperation.StateOrigin:
		return []field{{Name: "origin", Label: v.text("page.delivery.origin"), Type: "radio", Choices: codeChoices(v, "origin.", cooperation.Origins())}, say(true),
			{Name: "link", Label: v.text("page.delivery.evidence"), Type: "url", Most: 500, Optional: true}}, true
	case cooperation.Complete:
		return append(p.sharesAsked(v, x), say(true)), true
	case cooperation.Stop:
		reasons := codeChoices(v, "reason.", cooperation.ReplyReasons())
		return append(append([]field{{Name: "reason", Label: v.text("web.reply.reason"), Choices: reasons}}, p.sharesAsked(v, x)...), say(true)), true
	case cooperation.ConfirmDelivered:
		return nil, true
	case cooperation.GiveFeedback:
		var ratings []choice
		for i := 5; i >= 1; i-- {
			ratings = append(ratings, choice{Tag: strconv.Itoa(i), Name: v.words.Integer(int64(i)) + " – " + v.text("page.delivery.rating."+strconv.Itoa(i))})
		}
		return []field{{Name: "rating", Label: v.text("page.delivery.rated"), Type: "radio", Choices: ratings, Hint: v.text("page.delivery.feedback_hint")}, say(true)}, true
	case cooperation.DraftLessons:
		text := say(false)
		if x.Lessons != nil {
			text.Value = x.Lessons.Text
		}
		text.Most = 8000
		return []field{text, public}, true
	case cooperation.ClearLessons:
		return []field{public}, true
	}
	return nil, false
}

// codeChoices are the values of a list, each with its word.
func codeChoices[T ~string](v *visit, prefix string, list []T) []choice {
	out := make([]choice, len(list))
	for i, x := range list {
		out[i] = choice{Tag: string(x), Name: v.text(prefix + string(x))}
	}
	return out
}

// disbursement asks for money that was committed or paid.
func (p *pages) disbursement(v *visit, x *cooperation.Partnership, today string) []field {
	var shares []choice
	currency := ""
	for i, s := range x.Providers {
		if s.Pledged.IsZero() {
			continue
		}
		shares = append(shares, choice{Tag: strconv.Itoa(i + 1), Name: v.name(message.Party, string(s.Provider)) + v.words.Colon() + v.words.Money(s.Pledged.Amount, s.Pledged.Currency)})
		if currency == "" {
			currency = s.Pledged.Currency
		}
	}
	return []field{{Name: "share", Label: v.text("page.delivery.share"), Choices: shares}, {Name: "sort", Label: v.text("page.delivery.sort"), Type: "radio", Choices: codeChoices(v, "disbursement_sort.", cooperation.DisbursementSorts())},
		{Name: "amount", Label: v.text("page.delivery.amount"), Mode: "decimal", Most: 20}, {Name: "currency", Label: v.text("page.money.currency"), Choices: v.currencies(currency)},
		{Name: "on", Label: v.text("page.delivery.on"), Type: "date", Value: today}, v.writing("page.delivery.in_words", "", true)}
}

// sharesAsked ask what was delivered of each share: all of it, unless said
// otherwise.
func (p *pages) sharesAsked(v *visit, x *cooperation.Partnership) []field {
	var out []field
	for i, s := range x.Providers {
		whose := v.name(message.Party, string(s.Provider)) + " – "
		var kinds []choice
		for _, k := range s.Kinds {
			kinds = append(kinds, choice{Tag: string(k), Name: v.name(message.Kind, string(k)), Chosen: true})
		}
		out = append(out, field{Name: deliveredField(i, "kinds"), Label: whose + v.text("page.delivery.kinds"), Type: "checks", Choices: kinds, Optional: true})
		if !s.Pledged.IsZero() {
			out = append(out, field{Name: deliveredField(i, "amount.amount"), Label: whose + v.text("page.delivery.amount") + " (" + s.Pledged.Currency + ")", Value: s.Pledged.Amount, Mode: "decimal", Most: 20, Optional: true})
		}
		if s.Quantity > 0 {
			out = append(out, field{Name: deliveredField(i, "quantity"), Label: whose + v.text("page.delivery.quantity"), Value: strconv.Itoa(s.Quantity), Mode: "numeric", Most: 10, Optional: true})
		}
	}
	return out
}

// deliveredField is the path of a field of what was delivered of one share, as
// mistakes name it.
func deliveredField(i int, name string) string { return "delivered[" + strconv.Itoa(i) + "]." + name }

// sharesGiven reads what was delivered of each share.
func (p *pages) sharesGiven(v *visit) []cooperation.ShareDelivered {
	x, _, err := p.Platform.Delivery(v.actor(), v.Param("id"))
	if err != nil {
		return nil // the command refuses as well
	}
	var out []cooperation.ShareDelivered
	for i, s := range x.Providers {
		one := cooperation.ShareDelivered{Share: i + 1, Quantity: v.number(deliveredField(i, "quantity"))}
		for _, k := range v.PostFormArray(deliveredField(i, "kinds")) {
			one.Kinds = append(one.Kinds, cooperation.Kind(k))
		}
		amount := strings.Join(strings.Fields(v.PostForm(deliveredField(i, "amount.amount"))), "")
		if amount != "" && strings.Trim(amount, "0.") != "" {
			one.Amount = cooperation.Money{Amount: amount, Currency: s.Pledged.Currency}
			if !s.Covers.IsZero() && amount == s.Pledged.Amount {
				one.Covers = s.Covers
			}
		}
		if len(one.Kinds) > 0 || !one.Amount.IsZero() || one.Quantity > 0 {
			out = append(out, one)
		}
	}
	return out
}
