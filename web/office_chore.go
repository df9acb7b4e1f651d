package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// OfficeChores are what takes longer than one waits for a page.
type OfficeChores interface {
	StartChore(ctx context.Context, actor cooperation.Actor, convention, kind string, order map[string]string, work platform.ChoreWork) (*platform.Chore, <-chan struct{}, error)
	Chore(ctx context.Context, actor cooperation.Actor, convention, id string) (*platform.Chore, error)
	Chores(ctx context.Context, actor cooperation.Actor, convention string) ([]*platform.Chore, error)
	User(id string) (*cooperation.User, bool)
}

// officeChores lists what goes on, and what became of the last ones.
type officeChores struct {
	Title string
	Back  link
	Live  bool
	Rows  []choreRow
}

// choreRow is one of them in short.
type choreRow struct {
	Link              link
	File              string
	Who, When, Status string
	Tag               string // the state
}

func (officeChores) template() string { return "office-chores" }

func (o officeChores) title() string { return o.Title }

func (o officeChores) refresh() bool { return o.Live }

// officeChore is one of them.
type officeChore struct {
	Title       string
	Back        link
	Status, Tag string // the state in a word, and its name
	Live        bool
	Sentence    string // how far it is, or what became of it
	Done, Total int
	Facts       []fact
	Counts      []countRow
	Lead        []string // what to do now
	Acts        []act
	Legend      string // how many mistakes there are
	Mistakes    []mistakeRow
	Full        link
	Links       []link
}

// mistakeRow is a mistake in a file.
type mistakeRow struct{ Place, ID, Column, Sentence string }

func (officeChore) template() string { return "office-chore" }

func (o officeChore) title() string { return o.Title }

func (o officeChore) refresh() bool { return o.Live }

// serveChores adds the pages of what goes on.
func (p *pages) serveChores(engine *gin.Engine, at string) {
	p.secretariat(engine, at, p.officeChores)
	p.secretariat(engine, at+"/:id", p.officeChore)
	p.secretariat(engine, at+"/:id/mistakes", p.importMistakes)
	p.officeStep(engine, at+"/:id/import", "", p.officeChore, p.confirmImport)
}

// soon is how long a reader is kept waiting for what may be done at once.
const soon = 1500 * time.Millisecond

// begin has work done, and waits a moment for its end: most is done before one
// would look at a page that says that it goes on.
func (p *pages) begin(v *visit, kind string, order map[string]string, work platform.ChoreWork) (*platform.Chore, error) {
	c, ended, err := p.Platform.StartChore(v.Request.Context(), v.actor(), v.conv.ID, kind, order, work)
	if err != nil {
		return nil, err
	}
	wait := time.NewTimer(soon)
	defer wait.Stop()
	select {
	case <-ended:
		return p.Platform.Chore(v.Request.Context(), v.actor(), v.conv.ID, c.ID)
	case <-wait.C:
	case <-v.Request.Context().Done():
	}
	return c, nil
}

// silent is after how long without a sign of life a page says so.
const silent = 25 * time.Second

// choreAt is the address of the page on which a chore is followed.
func (v *visit) choreAt(c *platform.Chore) string { return v.within("/office/work/" + c.ID) }

// ran is what a chore on a run came to.
type ran struct {
	Run       string `json:"run"`
	Unchanged bool   `json:"unchanged,omitempty"`
}

// toRun leads to the run on which a chore was done, once it is done; until then
// to where it is followed. Why one was refused is said where it was asked for.
func (v *visit) toRun(c *platform.Chore, done string) (string, error) {
	switch {
	case c.State == platform.ChoreRefused:
		return "", &cooperation.Error{Code: cooperation.State, Message: c.Refused}
	case c.State != platform.ChoreFinished:
		return v.choreAt(c), nil
	}
	address, q := v.runOf(c)
	q.Set("done", done)
	return address + "?" + q.Encode(), nil
}

// runOf is the address of the run on which a chore was done, and what it says
// there; "" for another chore.
func (v *visit) runOf(c *platform.Chore) (string, url.Values) {
	var of ran
	if json.Unmarshal(c.Outcome, &of) != nil || of.Run == "" {
		return "", nil
	}
	q := url.Values{}
	if of.Unchanged {
		q.Set("unchanged", "1")
	}
	return v.within("/office/runs/" + of.Run), q
}

func (p *pages) officeChores(v *visit) error {
	list, err := p.Platform.Chores(v.Request.Context(), v.actor(), v.conv.ID)
	if err != nil {
		return err
	}
	out := officeChores{Title: v.text("page.office.work.title"), Back: link{v.within("/office"), v.text("page.office.title")}}
	for _, c := range list {
		out.Live = out.Live || c.Live()
		out.Rows = append(out.Rows, choreRow{Link: link{v.choreAt(c), v.choreKind(c)}, File: c.Order["name"], Who: p.asker(c), When: v.words.DateTime(c.Asked), Status: v.text("page.work.state." + string(c.State)), Tag: string(c.State)})
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// choreKind says what a chore does.
func (v *visit) choreKind(c *platform.Chore) string { return v.text("page.work.kind." + c.Kind) }

// asker is who asked for a chore.
func (p *pages) asker(c *platform.Chore) string {
	if u, ok := p.Platform.User(c.By); ok {
		return u.Name
	}
	return ""
}

func (p *pages) officeChore(v *visit) error {
	c, err := p.Platform.Chore(v.Request.Context(), v.actor(), v.conv.ID, v.Param("id"))
	if err != nil {
		return err
	}
	out := officeChore{Title: v.choreKind(c), Back: link{v.within("/office/work"), v.text("page.office.work.title")}, Live: c.Live(), Status: v.text("page.work.state." + string(c.State)), Tag: string(c.State), Facts: p.choreFacts(v, c)}
	if c.Live() {
		out.Done, out.Total = c.Done, c.Total
		out.Sentence = v.howFar(c)
		out.Lead = []string{v.text("page.work.leave")}
		if p.Platform.Now().Sub(c.Seen) > silent {
			out.Lead = []string{v.text("page.work.silent")}
		}
	}
	switch c.State {
	case platform.ChoreRefused:
		out.Sentence = v.say(c.Refused)
	case platform.ChoreFailed:
		out.Sentence = v.text("page.work.failed")
	case platform.ChoreInterrupted:
		out.Sentence = v.text("page.work.interrupted")
	}
	if at, q := v.runOf(c); at != "" {
		if len(q) > 0 {
			at += "?" + q.Encode()
		}
		out.Links = append(out.Links, link{at, v.text("page.work.to_run")})
	}
	p.ofImport(v, c, &out)
	p.show(v, http.StatusOK, out)
	return nil
}

// howFar says it in tenths: who has it read out is told ten times and not at
// every row.
func (v *visit) howFar(c *platform.Chore) string {
	switch {
	case c.State == platform.ChoreWaiting:
		return v.text("page.work.waits")
	case c.Total == 0 || c.Done >= c.Total:
		return v.text("page.work.goes_on")
	}
	return v.say(message.New("page.work.percent", message.Of(message.Percent, "share", v.tenths(c))))
}

// tenths are the millionths of a chore that are done, in whole tenths.
func (v *visit) tenths(c *platform.Chore) string {
	return []string{"0", "100000", "200000", "300000", "400000", "500000", "600000", "700000", "800000", "900000"}[10*c.Done/c.Total]
}

func (p *pages) choreFacts(v *visit, c *platform.Chore) []fact {
	var facts []fact
	if name := c.Order["name"]; name != "" {
		facts = append(facts, fact{Label: v.text("page.work.file"), Value: name, Foreign: true})
	}
	if source := c.Order["source"]; source != "" {
		facts = append(facts, fact{Label: v.text("page.imports.source"), Value: source, Foreign: true})
	}
	if who := p.asker(c); who != "" {
		facts = append(facts, fact{Label: v.text("page.work.who"), Pieces: []string{who}})
	}
	facts = add(v, facts, "page.work.asked", v.words.DateTime(c.Asked))
	switch {
	case !c.Live() && !c.Ended.IsZero():
		facts = add(v, facts, "page.work.ended", v.words.DateTime(c.Ended))
	case !c.Began.IsZero():
		facts = add(v, facts, "page.work.seen", v.words.DateTime(c.Seen))
	}
	if c.Total > 0 && c.State != platform.ChoreFinished {
		facts = add(v, facts, "page.work.rows", v.say(message.New("page.work.of", message.Int("done", c.Done), message.Int("total", c.Total))))
	}
	return facts
}

// isImport reports the sort of file that a chore checks or imports.
func isImport(c *platform.Chore) (sort string, is bool) {
	return c.Order["sort"], slices.Contains([]string{"check." + c.Order["sort"], "import." + c.Order["sort"]}, c.Kind)
}
