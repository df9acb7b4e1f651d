package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Partnerships are what was agreed, and the steps in which it is delivered.
type Partnerships interface {
	Partnership(actor cooperation.Actor, id string) (shown *cooperation.Partnership, withheld []string, err error)
	ShowPartnership(actor cooperation.Actor, p *cooperation.Partnership) (shown *cooperation.Partnership, withheld []string)
	Delivery(actor cooperation.Actor, id string) (*cooperation.Partnership, *cooperation.Need, error)
	BeginPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, on cooperation.Date) (*cooperation.Partnership, *cooperation.Need, error)
	ReportMilestone(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, report cooperation.MilestoneReport) (*cooperation.Partnership, *cooperation.Need, error)
	RecordDisbursement(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, entry cooperation.Disbursement) (*cooperation.Partnership, *cooperation.Need, error)
	ReportDeviation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, deviation cooperation.Deviation) (*cooperation.Partnership, *cooperation.Need, error)
	FollowUpPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, course cooperation.Course, text string) (*cooperation.Partnership, *cooperation.Need, error)
	StatePartnershipOrigin(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, statement cooperation.OriginStatement) (*cooperation.Partnership, *cooperation.Need, error)
	CompletePartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, delivered []cooperation.ShareDelivered, text string) (*cooperation.Partnership, *cooperation.Need, error)
	ConfirmPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Partnership, *cooperation.Need, error)
	StopPartnership(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string, delivered []cooperation.ShareDelivered) (*cooperation.Partnership, *cooperation.Need, error)
	GiveFeedback(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, rating int, text string) (*cooperation.Partnership, *cooperation.Need, error)
	DraftLessons(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string, lang reference.Language, public bool) (*cooperation.Partnership, *cooperation.Need, error)
	ClearLessons(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, lessons int, public bool) (*cooperation.Partnership, *cooperation.Need, error)
}

// partnerships lists what was agreed.
type partnerships struct {
	Title string
	Cards []card
	Total int
	Next  string
	First string
}

func (partnerships) template() string { return "partnerships" }

func (p partnerships) title() string { return p.Title }

// partnership is one, with its terms and, for those who have a part in it,
// what became of it.
type partnership struct {
	Title              string
	Status, StatusCode string
	Need               *card
	Terms              termsShown
	Withheld           []string
	Delivery           *delivered
	History            string // for those who have a part in it
	Acts               []act
}

func (partnership) template() string { return "partnership" }

func (p partnership) title() string { return p.Title }

// delivered is what became of a partnership.
type delivered struct {
	Facts      []fact
	Money      []moneyLine
	Milestones []milestoneRow
	Entries    []said // disbursements, deviations and follow-ups, the latest first
	Stated     *said  // what one side says was delivered, and the other has not agreed to
	Shares     []shareRow
	Feedback   []said
	Lessons    *said
}

// moneyLine is what was pledged, committed and paid in one currency: different
// things, and never added up.
type moneyLine struct{ Currency, Pledged, Committed, Paid string }

// milestoneRow is a step of the plan with what became of it.
type milestoneRow struct {
	Title, Due, Done, Text string
	Late                   bool
}

// servePartnerships adds the pages of what was agreed.
func (p *pages) servePartnerships(engine *gin.Engine) {
	const at = "/c/:convention/partnerships"
	p.read(engine, at, p.partnerships)
	p.read(engine, at+"/:id", p.partnership)
	p.read(engine, "/c/:convention/lessons", p.lessons)
	p.serveDelivery(engine, at+"/:id")
}

func (p *pages) partnerships(v *visit) error {
	page, err := v.state.Partnerships(catalogue.PartnershipQuery{Cursor: v.Query("cursor"), Limit: perPage})
	if err != nil {
		return err
	}
	out := partnerships{Title: v.text("page.partnerships.title"), Total: page.Total}
	if page.Next != "" {
		out.Next = v.here("cursor", page.Next)
	}
	if v.Query("cursor") != "" {
		out.First = v.here("cursor", "")
	}
	for _, x := range page.Items {
		if shown, _ := p.Platform.ShowPartnership(v.actor(), x); shown != nil {
			out.Cards = append(out.Cards, v.partnershipCard(shown))
		}
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// partnershipCard is a partnership in a list.
func (v *visit) partnershipCard(x *cooperation.Partnership) card {
	c := card{Address: v.within("/partnerships/" + x.ID), Title: v.text("page.partnership.title"), Status: v.name(message.Status, "partnership."+string(x.Status)), StatusCode: string(x.Status)}
	if need, _ := v.bothSides(x.Need, nil); need != nil {
		c.Title, c.Language, c.Whose, c.Themes, c.Kinds = need.Title, need.Language, need.Whose, need.Themes, need.Kinds
	}
	var givers []cooperation.Participant
	for _, s := range x.Providers {
		if !slices.Contains(givers, s.Provider) {
			givers = append(givers, s.Provider)
		}
	}
	c.Facts = add(v, c.Facts, "page.facet.provider", participants(v, givers))
	c.Facts = add(v, c.Facts, "page.need.period", v.period(x.Start, x.End))
	return c
}

func (p *pages) partnership(v *visit) error {
	x, withheld, err := p.Platform.Partnership(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if x.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	c := v.partnershipCard(x)
	out := partnership{Title: c.Title, Status: c.Status, StatusCode: c.StatusCode, Terms: v.terms(&x.PartnershipTerms)}
	out.Need, _ = v.bothSides(x.Need, nil)
	for _, f := range withheld {
		out.Withheld = append(out.Withheld, v.words.FieldLabel("terms."+f))
	}
	if whole, need, err := p.Platform.Delivery(v.actor(), x.ID); err == nil {
		out.Delivery = p.delivered(v, whole)
		out.History = v.within("/partnerships/" + x.ID + "/history")
		out.Acts = p.deliveryActs(v, whole, need)
		v.secret = true
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// delivered puts what became of a partnership into words.
func (p *pages) delivered(v *visit, x *cooperation.Partnership) *delivered {
	out := &delivered{}
	out.Facts = add(v, out.Facts, "page.delivery.begun", v.day(x.Begun))
	if x.Completed.IsZero() && x.Stopped == nil {
		out.Facts = add(v, out.Facts, "page.delivery.expected_end", v.day(x.ExpectedEnd()))
	}
	if !x.Completed.IsZero() {
		out.Facts = add(v, out.Facts, "page.delivery.completed", v.words.Date(x.Completed))
	}
	if origin := x.Origin(); origin != "" {
		out.Facts = add(v, out.Facts, "page.delivery.origin", v.text("origin."+string(origin)))
	}
	for _, m := range x.Money() {
		out.Money = append(out.Money, moneyLine{v.words.CurrencyName(m.Currency), v.money(m.Pledged, m.Currency), v.money(m.Committed, m.Currency), v.money(m.Paid, m.Currency)})
	}
	for _, m := range x.MilestoneStates(cooperation.DateOf(p.Platform.Now())) {
		row := milestoneRow{Title: m.Title, Due: v.day(m.Due), Done: v.day(m.Done), Late: m.Late}
		if m.Last != nil {
			row.Text = m.Last.Text
		}
		out.Milestones = append(out.Milestones, row)
	}
	out.Entries = v.entries(x)
	if s := x.Completion; s != nil {
		one := v.wrote(s.Stated, v.text("page.delivery.stated"), s.Text)
		one.Stands, out.Stated, out.Shares = true, &one, v.given(x, s.Delivered)
	} else {
		out.Shares = v.given(x, x.Delivered)
	}
	for _, f := range x.Feedback {
		out.Feedback = append(out.Feedback, v.wrote(f.Stated, v.say(message.New("page.delivery.rating", message.Int("rating", f.Rating))), f.Text))
	}
	if l := x.Lessons; l != nil {
		remark := v.text("page.delivery.lessons_draft")
		if l.Shared != nil {
			remark = v.text("page.delivery.lessons_shared")
		}
		one := v.wrote(l.By, remark, l.Text)
		out.Lessons = &one
	}
	return out
}

// wrote is what a partner wrote.
func (v *visit) wrote(s cooperation.Stated, remark, text string) said {
	return said{Who: v.name(message.Party, string(s.Participant)), When: v.words.Date(s.Time), Remark: remark, Text: text}
}

// entries are what happened, the latest first.
func (v *visit) entries(x *cooperation.Partnership) []said {
	type entry struct {
		at int64
		said
	}
	var list []entry
	note := func(s cooperation.Stated, remark, text string) {
		list = append(list, entry{s.Time.UnixMilli(), v.wrote(s, remark, text)})
	}
	for _, d := range x.Disbursements {
		remark := v.text("disbursement_sort."+string(d.Sort)) + v.words.Colon() + v.words.Money(d.Amount.Amount, d.Amount.Currency) + " – " + v.day(d.On)
		if d.Corrects > 0 {
			remark = v.text("page.delivery.corrected") + v.words.Colon() + remark
		}
		note(d.Stated, remark, d.Text)
	}
	for _, d := range x.Deviations {
		note(d.Stated, v.text("page.delivery.deviation")+v.words.Colon()+v.text("deviation_aspect."+string(d.Aspect)), d.Text)
	}
	for _, f := range x.FollowUps {
		note(f.Stated, v.text("page.delivery.follow_up")+v.words.Colon()+v.text("course."+string(f.Course)), f.Text)
	}
	for _, o := range x.Origins {
		note(o.Stated, v.text("origin."+string(o.Origin)), o.Text)
	}
	if s := x.Stopped; s != nil {
		list = append(list, entry{s.Time.UnixMilli(), said{Who: v.name(message.Party, string(s.Participant)), When: v.words.Date(s.Time), Remark: v.text("page.delivery.stopped") + v.words.Colon() + v.text("reason."+string(s.Reason)), Text: s.Text}})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return int(b.at - a.at) })
	out := make([]said, len(list))
	for i, e := range list {
		out[i] = e.said
	}
	return out
}

// given is what was delivered of each share.
func (v *visit) given(x *cooperation.Partnership, list []cooperation.ShareDelivered) []shareRow {
	var out []shareRow
	for _, d := range list {
		if d.Share < 1 || d.Share > len(x.Providers) {
			continue
		}
		of := x.Providers[d.Share-1]
		row := v.shareRow(&cooperation.Share{Offer: of.Offer, Provider: of.Provider, Kinds: d.Kinds, Pledged: d.Amount, Covers: d.Covers, Quantity: d.Quantity})
		row.InKind = d.Text
		out = append(out, row)
	}
	return out
}

// lessons lists what partnerships have learned and shared.
type lessons struct {
	Title       string
	Items       []lesson
	Total       int
	Next, First string
}

// lesson is what one partnership has learned.
type lesson struct {
	About card
	Text  string
	When  string
}

func (lessons) template() string { return "lessons" }

func (l lessons) title() string { return l.Title }

func (p *pages) lessons(v *visit) error {
	page, err := v.state.Lessons(v.actor(), catalogue.LessonsQuery{Cursor: v.Query("cursor"), Limit: perPage})
	if err != nil {
		return err
	}
	out := lessons{Title: v.text("page.lessons.title"), Total: page.Total}
	if page.Next != "" {
		out.Next = v.here("cursor", page.Next)
	}
	if v.Query("cursor") != "" {
		out.First = v.here("cursor", "")
	}
	for _, l := range page.Items {
		if shown, _ := p.Platform.ShowPartnership(v.actor(), l.Partnership); shown != nil && l.Partnership.Lessons.Shared != nil {
			s := l.Partnership.Lessons.Shared
			out.Items = append(out.Items, lesson{v.partnershipCard(shown), s.Text, v.words.Date(s.Time)})
		}
	}
	p.show(v, http.StatusOK, out)
	return nil
}
