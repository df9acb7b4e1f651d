package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// queue is what is before a body: the proposals for which it is responsible,
// the one whose deadline comes first at the front.
type queue struct {
	Title     string
	Back      link
	Lead      string
	Steps     []stepTab
	Filters   []field
	Clear     string
	Rows      []queueRow
	Total     int
	Next      string
	First     string
	Open      *act // of several at once
	Meeting   string
	Reviews   string
	Mine      bool
	Reviewing bool   // whether some of the rows may be opened by the reader
	Texts     []card // on which the body decides, besides
}

// stepTab counts the proposals at one step.
type stepTab struct {
	Link   link
	Count  int
	Note   string
	Chosen bool
}

// queueRow is one proposal of a queue in short.
type queueRow struct {
	ID         string
	Card       card
	Turn       *turn
	Score      *points
	Conflicts  []string
	Duplicates string
	MayOpen    bool
}

func (queue) template() string { return "queue" }

func (q queue) title() string { return q.Title }

// queryOf reads what a queue is asked for.
func (v *visit) queryOf() platform.QueueQuery {
	in := v.Request.URL.Query()
	q := platform.QueueQuery{Mine: in.Get("mine") != "", Overdue: in.Get("overdue") != "", Cursor: in.Get("cursor")}
	for _, s := range in["step"] {
		if slices.Contains(cooperation.DeskSteps(), cooperation.DeskStep(s)) {
			q.Steps = append(q.Steps, cooperation.DeskStep(s))
		}
	}
	if _, ok := v.conv.Theme(in.Get("theme")); ok {
		q.Theme = in.Get("theme")
	}
	if _, ok := v.conv.Region(in.Get("region")); ok {
		q.Region = in.Get("region")
	}
	return q
}

func (p *pages) queue(v *visit) error {
	asked := v.queryOf()
	found, err := p.Platform.Queue(v.actor(), v.conv.ID, v.Param("body"), asked)
	if err != nil {
		return err
	}
	at := v.within("/committees/" + found.Body.ID)
	out := queue{Title: v.text("page.queue.title"), Back: link{at, v.name(message.Body, found.Body.ID)}, Total: found.Total, Clear: at + "/queue", Meeting: at + "/meeting", Reviews: v.within("/reviews?status=all"), Mine: asked.Mine}
	if found.Next != "" {
		out.Next = v.here("cursor", found.Next)
	}
	if asked.Cursor != "" {
		out.First = v.here("cursor", "")
	}
	out.Steps = v.stepTabs(found, &asked)
	out.Filters = v.queueFilters(&asked)
	for _, d := range found.Items {
		row := p.queueRow(v, d)
		out.Reviewing = out.Reviewing || row.MayOpen
		out.Rows = append(out.Rows, row)
	}
	texts, err := p.texts(v, found.Body.ID, mostTexts, cooperation.RecommendationTabled)
	if err != nil {
		return err
	}
	out.Texts = v.textCards(texts)
	if out.Reviewing {
		a := v.act(at+"/queue/open", "page.queue.open", 0)
		a.Main = true
		if v.conv.Bundles {
			a.Fields = []field{v.filled(field{Name: "together", Type: "checks", Label: v.text("page.queue.how"), Optional: true, Choices: []choice{{Tag: "yes", Name: v.text("page.queue.together")}}})}
		}
		out.Open = &a
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// stepTabs lead to the proposals at each step.
func (v *visit) stepTabs(found *platform.Queue, asked *platform.QueueQuery) []stepTab {
	var out []stepTab
	for _, s := range found.Steps {
		t := stepTab{Link: link{v.here("step", string(s.Step), "cursor", ""), v.stepName(s.Step)}, Count: s.Count, Chosen: slices.Contains(asked.Steps, s.Step)}
		if s.Overdue > 0 {
			t.Note = v.say(message.New("page.queue.overdue", message.Count(s.Overdue)))
		}
		out = append(out, t)
	}
	return out
}

func (v *visit) queueFilters(asked *platform.QueueQuery) []field {
	theme := field{Name: "theme", Label: v.text("page.facet.theme"), Optional: true, Choices: []choice{{Name: v.text("page.queue.all")}}}
	for _, t := range v.conv.Themes {
		theme.Choices = append(theme.Choices, choice{Tag: t.ID, Name: v.in(t.Name), Chosen: asked.Theme == t.ID})
	}
	region := field{Name: "region", Label: v.text("page.facet.region"), Optional: true, Choices: []choice{{Name: v.text("page.queue.all")}}}
	for _, r := range v.conv.Regions {
		region.Choices = append(region.Choices, choice{Tag: r.ID, Name: v.name(message.Region, r.ID), Chosen: asked.Region == r.ID})
	}
	fields := []field{theme}
	if len(v.conv.Regions) > 0 {
		fields = append(fields, region)
	}
	return append(fields, field{Name: "mine", Type: "checks", Label: v.text("page.queue.only"), Optional: true, Choices: []choice{{Tag: "1", Name: v.text("page.queue.mine"), Chosen: asked.Mine}}},
		field{ID: "overdue", Name: "overdue", Type: "checks", Label: v.text("page.desk.over"), Optional: true, Choices: []choice{{Tag: "1", Name: v.text("page.queue.only_overdue"), Chosen: asked.Overdue}}})
}

// queueRow is a proposal of a queue.
func (p *pages) queueRow(v *visit, d *platform.Desk) queueRow {
	row := queueRow{ID: d.Proposal.ID, Turn: v.turn(p, d), Card: v.deskCard(d)}
	if d.Frozen != nil && d.Frozen.Holds {
		s := v.frozenScore(d.Frozen)
		row.Score = &s
	} else if d.Frozen == nil && d.Now.Holds {
		s := v.scored(d.Now.Score, d.Now.Parts)
		row.Score = &s
	}
	for _, m := range d.Conf.Recused {
		row.Conflicts = append(row.Conflicts, v.country(m.Country))
	}
	if n := len(d.Duplicates) + d.MoreDuplicates; n > 0 {
		row.Duplicates = v.say(message.New("page.queue.duplicates", message.Count(n)))
	}
	row.MayOpen = (d.Step == cooperation.DeskOpening || d.Step == cooperation.DeskReturned) && v.presides(d)
	return row
}

// deskCard is a proposal on a desk, as its reader sees both sides.
func (v *visit) deskCard(d *platform.Desk) card {
	c := card{Address: v.within("/proposals/" + d.Proposal.ID), Title: v.text("page.proposal.title"), Status: v.stepName(d.Step), StatusCode: string(d.Step)}
	if d.Need != nil {
		of := v.needCard(d.Need)
		c.Title, c.Language, c.Whose, c.Themes = of.Title, of.Language, of.Whose, of.Themes
	}
	for _, o := range d.Offers {
		of := v.offerCard(o)
		c.Facts = append(c.Facts, fact{Label: of.Whose, Value: of.Title, Foreign: true, Language: of.Language})
	}
	return c
}

// openSeveral opens the reviews of the proposals that were ticked.
func (p *pages) openSeveral(v *visit) (string, error) {
	_, err := p.Platform.OpenReviews(v.Request.Context(), v.actor(), v.conv.ID, v.PostFormArray("proposal"), v.PostForm("together") != "", cooperation.NewID())
	return v.within("/committees/" + v.Param("body") + "/queue?step=open"), err
}

// meeting shows one proposal of the queue after the other in large type, for
// a room that looks at it together.
type meeting struct {
	Title          string
	Back           link
	Place          string // "3 of 12"
	Case           *proposal
	Text           *recommendation // instead, where a body works on texts
	Previous, Next string
}

func (meeting) template() string { return "meeting" }

func (m meeting) title() string { return m.Title }

// mostInMeeting is how many proposals a meeting goes through; so many are
// before a body at most that a room would look at in days.
const mostInMeeting = platform.MaxQueueLimit

func (p *pages) meeting(v *visit) error {
	if b, known := v.conv.Committee(v.Param("body")); known && !v.conv.ExaminesPairings(&b) {
		return p.textMeeting(v, &b)
	}
	found, err := p.Platform.Queue(v.actor(), v.conv.ID, v.Param("body"), platform.QueueQuery{Limit: mostInMeeting})
	if err != nil {
		return err
	}
	at := v.within("/committees/" + found.Body.ID)
	out := meeting{Title: v.name(message.Body, found.Body.ID), Back: link{at + "/queue", v.text("page.queue.title")}}
	if place := out.turn(v, len(found.Items), "page.meeting.place"); place > 0 {
		q := found.Items[place-1].Proposal
		page := p.proposalPage(v, q)
		v.Params = append(v.Params[:len(v.Params):len(v.Params)], gin.Param{Key: "id", Value: q.ID})
		if err := p.reviewOn(v, q, &page); err != nil {
			return err
		}
		page.Acts = nil
		out.Case = &page
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// turn says which of so many is shown, and leads to those beside it; 0 where
// there is none.
func (m *meeting) turn(v *visit, of int, key string) int {
	place, err := strconv.Atoi(v.Query("at"))
	if err != nil || place < 1 {
		place = 1
	}
	if place = min(place, of); place == 0 {
		return 0
	}
	m.Place = v.say(message.New(key, message.Int("at", place), message.Int("of", of)))
	step := func(to int) string {
		return v.Request.URL.Path + "?" + url.Values{"at": {strconv.Itoa(to)}}.Encode()
	}
	if place > 1 {
		m.Previous = step(place - 1)
	}
	if place < of {
		m.Next = step(place + 1)
	}
	return place
}

// ownQueue leads to what is before the body on which the reader sits: its
// queue, or all needs where it examines no pairings; nowhere for others.
func (v *visit) ownQueue() []link {
	for _, g := range v.actor().Grants {
		if b, ok := v.conv.Committee(g.Committee); ok && g.Convention == v.conv.ID && g.Role == cooperation.CommitteeMember {
			if !v.conv.ExaminesPairings(&b) {
				return []link{{v.within("/committees/" + b.ID + "/overview"), v.text("output.needs_overview")}}
			}
			return []link{{v.within("/committees/" + b.ID + "/queue"), v.text("page.queue.title")}}
		}
	}
	return nil
}
