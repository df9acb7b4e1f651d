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

// Agreements are the steps in which two sides come to terms.
type Agreements interface {
	BeginAgreement(ctx context.Context, actor cooperation.Actor, proposal string, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error)
	Agreement(actor cooperation.Actor, id string) (*cooperation.Agreement, error)
	MayInAgreement(actor cooperation.Actor, id string) []cooperation.Action
	ProposeTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error)
	AcceptTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, number int, cleared *cooperation.Clearance) (*cooperation.Agreement, error)
	ClearTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, number int, cleared cooperation.Clearance) (*cooperation.Agreement, error)
	WithdrawTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Agreement, error)
	EndTalks(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Agreement, error)
}

// agreement is a negotiation: the terms on the table, who has accepted them,
// and those before.
type agreement struct {
	Title              string
	Status, StatusCode string
	Back               link
	Awaited            string // who is to act
	Table              *termsShown
	Before             []termsShown
	Partnership        string // address; "" before there is one
	Ended              *said
	Acts               []act
	History            string
	Counter            string // where other terms are proposed; "" where they cannot be
}

// termsShown is a version of the terms in words.
type termsShown struct {
	Number     string
	Said       said
	Facts      []fact
	Shares     []shareRow
	Plan       string
	Milestones []fact
	Signatures []fact
}

// shareRow is what one provider gives.
type shareRow struct{ Whose, Role, Kinds, Pledged, Covers, Quantity, InKind string }

func (agreement) template() string { return "agreement" }

func (a agreement) title() string { return a.Title }

// serveAgreements adds the pages on which terms are negotiated.
func (p *pages) serveAgreements(engine *gin.Engine) {
	const at, terms = "/c/:convention/agreements/:id", "/c/:convention/proposals/:id/terms"
	p.private(engine, at, p.agreement)
	p.private(engine, terms, p.termsPage)
	p.act(engine, terms, "agreement.propose", p.termsPage, p.proposeTerms)
	on := func(name string, take func(ctx context.Context, v *visit, id string) (*cooperation.Agreement, error)) {
		p.act(engine, at+"/"+name, "agreement."+name, p.agreement, func(v *visit) (string, error) {
			x, err := take(v.Request.Context(), v, v.Param("id"))
			if err != nil {
				return "", err
			}
			if x.Partnership != "" {
				return v.within("/partnerships/" + x.Partnership), nil
			}
			return v.within("/agreements/" + x.ID), nil
		})
	}
	on("accept", func(ctx context.Context, v *visit, id string) (*cooperation.Agreement, error) {
		var cleared *cooperation.Clearance
		if stated := v.clearance(); v.PostForm("date") != "" {
			cleared = &stated
		}
		return p.Platform.AcceptTerms(ctx, v.actor(), id, v.match(), v.number("number"), cleared)
	})
	on("clear", func(ctx context.Context, v *visit, id string) (*cooperation.Agreement, error) {
		return p.Platform.ClearTerms(ctx, v.actor(), id, v.match(), v.number("number"), v.clearance())
	})
	on("withdraw", func(ctx context.Context, v *visit, id string) (*cooperation.Agreement, error) {
		return p.Platform.WithdrawTerms(ctx, v.actor(), id, v.match())
	})
	on("end", func(ctx context.Context, v *visit, id string) (*cooperation.Agreement, error) {
		return p.Platform.EndTalks(ctx, v.actor(), id, v.match(), cooperation.Reason(v.PostForm("reason")), v.PostForm("text"))
	})
}

// number is what a form says under a name; 0 where that is none.
func (v *visit) number(name string) int {
	n, err := strconv.Atoi(v.PostForm(name))
	if err != nil {
		return 0
	}
	return n
}

// date is a day of a form; none where it is none.
func (v *visit) date(name string) cooperation.Date {
	d, err := cooperation.ParseDate(v.PostForm(name))
	if err != nil {
		return cooperation.Date{}
	}
	return d
}

// clearance is how an approver says that the State has cleared something.
func (v *visit) clearance() cooperation.Clearance {
	return cooperation.Clearance{Date: v.date("date"), Reference: v.PostForm("reference")}
}

// clearing asks for a clearance.
func (v *visit) clearing(p *pages, optional bool) []field {
	return []field{{Name: "date", Label: v.text("page.agreement.clearance_date"), Type: "date", Value: cooperation.DateOf(p.Platform.Now()).String(), Optional: optional},
		{Name: "reference", Label: v.text("page.agreement.reference"), Most: 200, Optional: true, Hint: v.text("page.agreement.reference_hint")}}
}

func (p *pages) agreement(v *visit) error {
	x, err := p.Platform.Agreement(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if x.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	out := agreement{Title: v.text("page.agreement.title"), Status: v.name(message.Status, "agreement."+string(x.Status)), StatusCode: string(x.Status), Back: link{v.within("/proposals/" + x.Proposal), v.text("page.proposal.title")}}
	if need, _ := v.bothSides(x.Need, nil); need != nil {
		out.Title = need.Title
	}
	var awaited []string
	for _, s := range x.Awaited() {
		awaited = append(awaited, v.name(message.Party, string(s.Participant)))
	}
	out.Awaited = v.words.List(awaited)
	for i := range slices.Backward(x.Versions) {
		shown := v.termsShown(&x.Versions[i])
		if i == len(x.Versions)-1 {
			out.Table = &shown
		} else {
			out.Before = append(out.Before, shown)
		}
	}
	if x.Partnership != "" {
		out.Partnership = v.within("/partnerships/" + x.Partnership)
	}
	if e := x.Ended; e != nil {
		out.Ended = &said{When: v.words.Date(e.Time), Text: e.Text}
		if e.Participant != "" {
			out.Ended.Who = v.name(message.Party, string(e.Participant))
		}
		if e.Reason != "" {
			out.Ended.Remark = v.text("reason." + string(e.Reason))
		}
	}
	out.History = v.within("/agreements/" + x.ID + "/history")
	p.agreementActs(v, x, &out)
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// agreementActs are the steps that the reader may take.
func (p *pages) agreementActs(v *visit, x *cooperation.Agreement, out *agreement) {
	at := v.within("/agreements/" + x.ID)
	table := []hidden{{"number", strconv.Itoa(len(x.Versions))}}
	for _, action := range p.Platform.MayInAgreement(v.actor(), x.ID) {
		switch action {
		case cooperation.AcceptTerms:
			a := v.act(at+"/accept", "page.agreement.accept", x.Version)
			a.Main, a.Hidden = true, table
			out.Acts = append(out.Acts, a)
		case cooperation.ClearTerms:
			a := v.act(at+"/clear", "page.agreement.clear", x.Version, v.clearing(p, false)...)
			a.Main, a.Hidden = true, table
			out.Acts = append(out.Acts, a)
		case cooperation.ProposeTerms:
			out.Counter = v.within("/proposals/" + x.Proposal + "/terms")
		case cooperation.Withdraw:
			out.Acts = append(out.Acts, v.act(at+"/withdraw", "page.agreement.withdraw", x.Version))
		case cooperation.EndTalks:
			var reasons []choice
			for _, code := range cooperation.ReplyReasons() {
				reasons = append(reasons, choice{Tag: string(code), Name: v.text("reason." + string(code))})
			}
			out.Acts = append(out.Acts, v.act(at+"/end", "page.agreement.end", x.Version, field{Name: "reason", Label: v.text("web.reply.reason"), Choices: reasons}, v.writing("web.reply.text", "page.introduction.reason_hint", true)))
		}
	}
}

// termsShown puts a version of the terms into words.
func (v *visit) termsShown(of *cooperation.TermsVersion) termsShown {
	out := v.terms(&of.Terms)
	out.Number = v.words.Integer(int64(of.Number))
	out.Said = said{When: v.words.Date(of.Time), Text: of.Note, Who: v.text("page.side." + string(of.Side))}
	if !of.Withdrawn.IsZero() {
		out.Said.Remark = v.text("page.agreement.taken_back")
	}
	for _, s := range of.Signatures {
		state := v.text("page.agreement.not_accepted")
		switch {
		case s.Clearance != nil:
			state = v.text("page.agreement.cleared")
		case !s.Accepted.IsZero() && s.Clears:
			state = v.text("page.agreement.to_clear")
		case !s.Accepted.IsZero():
			state = v.text("page.agreement.accepted")
		}
		out.Signatures = append(out.Signatures, fact{Label: v.name(message.Party, string(s.Participant)), Value: state})
	}
	return out
}

// terms puts terms into words.
func (v *visit) terms(t *cooperation.PartnershipTerms) termsShown {
	out := termsShown{Plan: t.Plan}
	out.Facts = add(v, out.Facts, "page.need.period", v.period(t.Start, t.End))
	out.Facts = add(v, out.Facts, "page.need.languages", all(v, message.Language, t.Languages))
	out.Facts = add(v, out.Facts, "page.agreement.rest", all(v, message.Kind, t.Rest))
	var reports []string
	for _, d := range t.Reports {
		reports = append(reports, v.day(d))
	}
	out.Facts = add(v, out.Facts, "page.agreement.reports", v.words.List(reports))
	for i := range t.Providers {
		out.Shares = append(out.Shares, v.shareRow(&t.Providers[i]))
	}
	for _, m := range t.Milestones {
		out.Milestones = append(out.Milestones, fact{Label: v.day(m.Due), Value: m.Title, Foreign: true})
	}
	return out
}

func (v *visit) shareRow(s *cooperation.Share) shareRow {
	row := shareRow{Whose: v.name(message.Party, string(s.Provider)), Kinds: all(v, message.Kind, s.Kinds)}
	if s.Lead {
		row.Role = v.text("page.agreement.lead")
	}
	if s.Role != "" {
		row.Role = v.words.List(slices.DeleteFunc([]string{row.Role, v.text("page.agreement.role." + s.Role)}, func(x string) bool { return x == "" }))
	}
	amount := func(m cooperation.Money) string {
		if m.IsZero() {
			return ""
		}
		return v.words.Money(m.Amount, m.Currency)
	}
	row.Pledged, row.Covers = amount(s.Pledged), amount(s.Covers)
	if s.Quantity > 0 {
		row.Quantity = v.words.Integer(int64(s.Quantity))
		if o, ok := v.state.Offer(s.Offer); ok && o.Capacity.Unit != "" {
			row.Quantity += " (" + v.text("capacity."+o.Capacity.Unit) + ")"
		}
	}
	var things []string
	for _, thing := range s.InKind {
		things = append(things, v.words.Integer(int64(thing.Quantity))+" "+thing.Unit+" "+thing.What)
	}
	row.InKind = v.words.List(things)
	return row
}
