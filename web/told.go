package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// toldPage is all that the reader was told in a convention.
type toldPage struct {
	Title       string
	Total       int
	Kinds       []choice // the sorts of documents that it may be narrowed down to
	Unread      bool     // only what was not read
	Clear       string
	Items       []toldItem
	Next, First string
	Read        *act // marks all of it as read; nil where all is
}

// toldItem is something of which the reader was told, with what was said.
type toldItem struct {
	Heading link
	When    string
	Fresh   bool
	Lines   []string
	Read    *act // nil where it was
}

func (toldPage) template() string { return "told" }

func (t toldPage) title() string { return t.Title }

// toldKinds are the sorts of documents by which what was told may be narrowed
// down.
func toldKinds() []string {
	return []string{catalogue.KindNeed, catalogue.KindOffer, catalogue.KindProposal, catalogue.KindIntroduction, catalogue.KindAgreement, catalogue.KindPartnership}
}

// serveTold adds the page of what one was told.
func (p *pages) serveTold(engine *gin.Engine) {
	const at = "/c/:convention/notifications"
	p.private(engine, at, p.toldPage)
	p.act(engine, at+"/read", "told.read", p.toldPage, func(v *visit) (string, error) {
		for _, id := range v.PostFormArray("id") {
			if _, err := p.Platform.ReadNotification(v.Request.Context(), v.actor(), id); err != nil {
				return "", err
			}
		}
		return v.within("/notifications"), nil
	})
	p.act(engine, at+"/read-all", "told.read_all", p.toldPage, p.readAllTold)
}

// readAllTold marks what the reader was told in the convention as read, as much
// of it as a request may take.
func (p *pages) readAllTold(v *visit) (string, error) {
	page, err := v.state.NotificationsOf(v.who.User.ID, catalogue.NotificationQuery{Unread: true, Limit: catalogue.MaxLimit})
	if err != nil {
		return "", err
	}
	for _, n := range page.Items {
		if _, err := p.Platform.ReadNotification(v.Request.Context(), v.actor(), n.ID); err != nil {
			return "", err
		}
	}
	return v.within("/notifications"), nil
}

// unread is how much of what the reader was told in the convention he has not
// read.
func (v *visit) unread() int {
	page, err := v.state.NotificationsOf(v.who.User.ID, catalogue.NotificationQuery{Unread: true, Limit: 1})
	if err != nil {
		return 0 // the query makes sense
	}
	return page.Total
}

// toldWay leads to what the reader was told, and says how much of it is new.
func (v *visit) toldWay() link {
	to := link{v.within("/notifications"), v.text("page.desk.told")}
	if n := v.unread(); n > 0 {
		to.Text = v.say(message.New("page.told.way", message.Int("unread", n)))
	}
	return to
}

func (p *pages) toldPage(v *visit) error {
	q := catalogue.NotificationQuery{Unread: v.Query("unread") == "1", Cursor: v.Query("cursor"), Limit: perPage}
	if kind := v.Query("kind"); slices.Contains(toldKinds(), kind) {
		q.Kind = kind
	}
	page, err := v.state.NotificationsOf(v.who.User.ID, q)
	if err != nil {
		return err
	}
	v.secret = true
	at := v.within("/notifications")
	out := toldPage{Title: v.text("page.desk.told"), Total: page.Total, Unread: q.Unread, Clear: at}
	out.Kinds = []choice{{Tag: "", Name: v.text("page.told.kind.all"), Chosen: q.Kind == ""}}
	for _, kind := range toldKinds() {
		out.Kinds = append(out.Kinds, choice{Tag: kind, Name: v.text("page.told.kind." + kind), Chosen: q.Kind == kind})
	}
	if page.Next != "" {
		out.Next = v.here("cursor", page.Next)
	}
	if q.Cursor != "" {
		out.First = v.here("cursor", "")
	}
	for _, n := range page.Items {
		out.Items = append(out.Items, p.toldItem(v, n))
	}
	if v.unread() > 0 {
		all := v.act(at+"/read-all", "page.desk.read_all", 0)
		out.Read = &all
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// toldItem puts a message into words.
func (p *pages) toldItem(v *visit, n *cooperation.Notification) toldItem {
	out := toldItem{Heading: link{p.firstOpen(v, n.Documents), v.say(n.Subject)}, When: v.words.DateTime(n.Created), Fresh: n.Read.IsZero()}
	for _, line := range n.Lines {
		out.Lines = append(out.Lines, v.say(line))
	}
	for _, item := range n.Items {
		out.Lines = append(out.Lines, v.say(item.Heading))
	}
	if out.Fresh {
		read := v.act(v.within("/notifications/read"), "page.told.read", 0)
		read.Hidden = []hidden{{"id", n.ID}}
		out.Read = &read
	}
	return out
}
