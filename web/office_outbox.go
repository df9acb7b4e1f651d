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

// Outboxes say what became of mails and deliveries.
type Outboxes interface {
	Outbox(actor cooperation.Actor, convention string, q platform.OutboxQuery) (*platform.Outbox, error)
	AccountOutbox(actor cooperation.Actor, convention string, q platform.OutboxQuery) (*platform.Outbox, error)
	DeliveryLog(actor cooperation.Actor, convention string, q platform.OutboxQuery) (*platform.DeliveryLog, error)
	SendMailAgain(ctx context.Context, actor cooperation.Actor, convention, id string) error
	Bounces(actor cooperation.Actor) []*cooperation.User
	ConfirmMail(ctx context.Context, actor cooperation.Actor, user string) (*cooperation.User, error)
	MailPaused() bool
	TurnMail(ctx context.Context, actor cooperation.Actor, paused bool) error
}

// outboxPage lists mails, or deliveries to webhooks, and what became of them.
type outboxPage struct {
	Title        string
	Back         link
	Tabs         []tab
	Of           string // the list that is shown
	Paused       string // said where no mails are sent for now
	Turn         *act
	Bounced      []bouncedRow
	Counts       []fact
	States       []choice
	Sorts        []choice
	Rows         []outboxRow
	First, Next  string
	None, Column string
}

// tab is one of several lists of a page.
type tab struct {
	Link    link
	Current bool
}

// bouncedRow is somebody whose address refuses mails.
type bouncedRow struct {
	Link    link
	When    string
	Confirm act
}

// outboxRow is a mail or a delivery.
type outboxRow struct {
	When, About, Note  string
	Foreign            bool
	To                 link
	Status, StatusCode string
	Remarks            []string
	Again              *act
}

func (outboxPage) template() string { return "office-outbox" }

func (o outboxPage) title() string { return o.Title }

// serveOutbox adds the page on which mails and deliveries are seen to.
func (p *pages) serveOutbox(engine *gin.Engine, at string) {
	p.private(engine, at, p.outbox)
	step := func(name string, do func(ctx context.Context, v *visit) error) {
		p.act(engine, at+"/"+name, "outbox."+name, p.outbox, func(v *visit) (string, error) {
			return v.within("/office/outbox"), do(v.Request.Context(), v)
		})
	}
	step("again", func(ctx context.Context, v *visit) error {
		return p.Platform.SendMailAgain(ctx, v.actor(), v.conv.ID, v.PostForm("mail"))
	})
	step("confirm", func(ctx context.Context, v *visit) error {
		_, err := p.Platform.ConfirmMail(ctx, v.actor(), v.PostForm("person"))
		return err
	})
	step("pause", func(ctx context.Context, v *visit) error { return p.Platform.TurnMail(ctx, v.actor(), true) })
	step("resume", func(ctx context.Context, v *visit) error { return p.Platform.TurnMail(ctx, v.actor(), false) })
}

func (p *pages) outbox(v *visit) error {
	if !cooperation.MaySeeOutbox(v.actor(), v.conv.ID) {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	out := outboxPage{Title: v.text("page.office.outbox.title"), Back: v.toOffice(), Of: v.Query("of"), None: v.text("page.outbox.none"), Column: v.text("page.outbox.to")}
	if !slices.Contains([]string{"accounts", "webhooks"}, out.Of) {
		out.Of = "messages"
	}
	for _, of := range []string{"messages", "accounts", "webhooks"} {
		out.Tabs = append(out.Tabs, tab{link{v.within("/office/outbox?of=" + of), v.text("page.outbox." + of)}, of == out.Of})
	}
	p.mailSwitch(v, &out)
	q := platform.OutboxQuery{Cursor: v.Query("cursor"), Limit: 50}
	var err error
	if out.Of == "webhooks" {
		err = p.deliveries(v, &out, q)
	} else {
		v.bounced(&out, p.Platform.Bounces(v.actor()))
		err = p.mails(v, &out, q)
	}
	if err != nil {
		return err
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// mailSwitch says whether mails are sent, and lets those turn it who may.
func (p *pages) mailSwitch(v *visit, out *outboxPage) {
	paused, at := p.Platform.MailPaused(), v.within("/office/outbox")
	if paused {
		out.Paused = v.text("page.outbox.paused")
	}
	if cooperation.MayPauseMail(v.actor()) {
		turn := v.act(at+"/pause", "page.outbox.pause", 0)
		if paused {
			turn = v.act(at+"/resume", "page.outbox.resume", 0)
		}
		turn.Hint = v.text("page.outbox.whole")
		out.Turn = &turn
	}
}

// bounced lists the people of the convention whose addresses refuse mails.
func (v *visit) bounced(out *outboxPage, all []*cooperation.User) {
	for _, u := range all {
		shown := u.Shown(v.actor())
		if shown == nil || !slices.ContainsFunc(shown.Grants, func(g cooperation.Grant) bool { return g.Convention == v.conv.ID }) {
			continue
		}
		confirm := v.act(v.within("/office/outbox/confirm"), "page.outbox.confirm", 0)
		confirm.Hidden = []hidden{{"person", u.ID}}
		out.Bounced = append(out.Bounced, bouncedRow{v.toPerson(u.ID, u.Name), v.words.DateTime(u.Bounce.Since), confirm})
	}
}

// toPerson leads to the page of somebody, where the reader may open it.
func (v *visit) toPerson(id, name string) link {
	if id == "" || !cooperation.MaySeeOffice(v.actor(), v.conv.ID) {
		return link{Text: name}
	}
	return link{v.within("/office/people/" + id), name}
}

// mails lists the messages of the convention, or the mails about accounts.
func (p *pages) mails(v *visit, out *outboxPage, q platform.OutboxQuery) error {
	asked := cooperation.MailStanding(v.Query("state"))
	if slices.Contains(cooperation.MailStandings(), asked) {
		q.Standings = []cooperation.MailStanding{asked}
	}
	list := p.Platform.AccountOutbox
	if out.Of == "messages" {
		list = p.Platform.Outbox
		groups := []cooperation.Group{cooperation.GroupRequests, cooperation.GroupTasks, cooperation.GroupProposals, cooperation.GroupReviews, cooperation.GroupPostings, cooperation.GroupSubscriptions, cooperation.GroupDigest}
		if g := cooperation.Group(v.Query("sort")); slices.Contains(groups, g) {
			q.Group = g
		}
		out.Sorts = []choice{{Name: v.text("word.all")}}
		for _, g := range groups {
			out.Sorts = append(out.Sorts, choice{Tag: string(g), Name: v.text("page.outbox.group." + string(g)), Chosen: g == q.Group})
		}
	}
	found, err := list(v.actor(), v.conv.ID, q)
	if err != nil {
		return err
	}
	out.States = []choice{{Name: v.text("word.all")}}
	for _, s := range cooperation.MailStandings() {
		out.States = append(out.States, choice{Tag: string(s), Name: v.text("page.outbox.state." + string(s)), Chosen: slices.Contains(q.Standings, s)})
		out.Counts = add(v, out.Counts, "page.outbox.state."+string(s), v.words.Integer(int64(found.Counts[s])))
	}
	for i := range found.Mails {
		out.Rows = append(out.Rows, v.mailRow(&found.Mails[i]))
	}
	out.First, out.Next = v.pager(found.Next)
	return nil
}

func (v *visit) mailRow(m *platform.OutboxMail) outboxRow {
	row := outboxRow{When: v.words.DateTime(m.Made), About: v.text("page.outbox.group." + string(m.Group)), To: v.toPerson(m.Person, m.Name),
		Status: v.text("page.outbox.state." + string(m.Standing)), StatusCode: standingCode(m.Standing)}
	if !m.Subject.Zero() {
		row.About, row.Note, row.Foreign = v.say(m.Subject), row.About, true
	}
	if m.Body != "" {
		row.To.Text = v.name(message.Body, m.Body)
	}
	if row.To.Text == "" {
		row.To.Text = v.text("page.outbox.gone")
	}
	row.Remarks = v.attempts(m.Attempts, m.Class, 0)
	switch m.Standing {
	case cooperation.MailSent:
		row.Remarks = append(row.Remarks, v.words.DateTime(m.Sent))
	case cooperation.MailRetried:
		row.Remarks = append(row.Remarks, v.say(message.New("page.outbox.next", message.Of(message.Text, "when", v.words.DateTime(m.Next)))))
	}
	if m.Again {
		again := v.act(v.within("/office/outbox/again"), "page.outbox.again", 0)
		again.Hidden = []hidden{{"mail", m.ID}}
		row.Again = &again
	}
	return row
}

// standingCode is the class of the mark of a standing.
func standingCode(s cooperation.MailStanding) string {
	switch s {
	case cooperation.MailSent, cooperation.MailGathered:
		return "open"
	case cooperation.MailFailed, cooperation.MailBounced:
		return "lost"
	}
	return ""
}

// attempts say how often it was tried, and why the last attempt failed.
func (v *visit) attempts(n int, class string, answer int) []string {
	var out []string
	if class != "" {
		if s, ok := v.words.Lookup("page.outbox.class." + class); ok {
			out = append(out, s)
		} else {
			out = append(out, class)
		}
	}
	if answer > 0 {
		out = append(out, "HTTP "+strconv.Itoa(answer))
	}
	if n > 1 {
		out = append(out, v.say(message.New("page.outbox.attempts", message.Count(n))))
	}
	return out
}

// deliveries lists what was announced to webhooks.
func (p *pages) deliveries(v *visit, out *outboxPage, q platform.OutboxQuery) error {
	statuses := map[cooperation.NotificationStatus]cooperation.MailStanding{cooperation.Pending: cooperation.MailWaiting, cooperation.Delivered: cooperation.MailSent, cooperation.Failed: cooperation.MailFailed}
	asked := cooperation.NotificationStatus(v.Query("state"))
	if _, is := statuses[asked]; is {
		q.Statuses = []cooperation.NotificationStatus{asked}
	}
	found, err := p.Platform.DeliveryLog(v.actor(), v.conv.ID, q)
	if err != nil {
		return err
	}
	out.States, out.Column = []choice{{Name: v.text("word.all")}}, v.text("page.outbox.receiver")
	for _, s := range []cooperation.NotificationStatus{cooperation.Pending, cooperation.Delivered, cooperation.Failed} {
		name := "page.outbox.state." + string(statuses[s])
		out.States = append(out.States, choice{Tag: string(s), Name: v.text(name), Chosen: s == asked})
		out.Counts = add(v, out.Counts, name, v.words.Integer(int64(found.Counts[s])))
	}
	for i := range found.Deliveries {
		d := &found.Deliveries[i]
		row := outboxRow{When: v.words.DateTime(d.Happened), About: d.Event, Note: d.Owner, To: link{Text: d.Host}, Status: v.text("page.outbox.state." + string(statuses[d.Status])), StatusCode: standingCode(statuses[d.Status]),
			Remarks: v.attempts(d.Attempts, d.Class, d.Answer)}
		if d.Status == cooperation.Pending && d.Attempts > 0 {
			row.Remarks = append(row.Remarks, v.say(message.New("page.outbox.next", message.Of(message.Text, "when", v.words.DateTime(d.Next)))))
		}
		out.Rows = append(out.Rows, row)
	}
	out.First, out.Next = v.pager(found.Next)
	return nil
}
