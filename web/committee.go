package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Committees are the bodies of a convention.
type Committees interface {
	Committee(convention, id string) (*platform.CommitteeIn, error)
}

// bodies lists the bodies of a convention.
type bodies struct {
	Title  string
	Bodies []bodyCard
}

// bodyCard is a body in short.
type bodyCard struct {
	Link    link
	Kind    string
	Mandate string
	Chair   string
	Queue   string // where the reader sits on it
}

func (bodies) template() string { return "bodies" }

func (b bodies) title() string { return b.Title }

// body is a body of a convention: its mandate, rules and terms.
type body struct {
	Title   string
	Back    link
	Queue   string
	Mandate section
	Rules   []fact
	Source  string
	All     link // the rules of the convention
	Members []seat
	Before  []seat // whose term is over or has not begun
	Chairs  []seat
	Others  []fact // officers, observers, the focal point for gender and diversity
	Weights string // where the reader may change the weights for it
	Naming  *naming

	Lacks    []string // of its composition, for those who can mend that
	Overview string   // where its needs stand in aggregate
	Meeting  string   // where its texts are gone through one after the other; "" for nowhere
	Texts    []card   // its latest ones
	AllTexts string
	Draft    string // where the reader may draft one
}

// seat is a term or a presidency.
type seat struct {
	Country, From, Until, As string
	Now                      bool
}

func (body) template() string { return "body" }

func (b body) title() string { return b.Title }

// serveCommittees adds the pages of bodies and of what is before them.
func (p *pages) serveCommittees(engine *gin.Engine) {
	const at = "/c/:convention/committees"
	p.read(engine, at, p.bodies)
	p.read(engine, at+"/:body", p.body)
	p.private(engine, at+"/:body/queue", p.queue)
	p.private(engine, at+"/:body/meeting", p.meeting)
	p.serveNaming(engine, at+"/:body")
	p.act(engine, at+"/:body/queue/open", "review.open", p.queue, p.openSeveral)
}

func (p *pages) bodies(v *visit) error {
	out := bodies{Title: v.text("page.bodies.title")}
	today := cooperation.DateOf(p.Platform.Now())
	for i := range v.conv.Committees {
		b := &v.conv.Committees[i]
		c := bodyCard{Link: link{v.within("/committees/" + b.ID), v.in(b.Name)}, Kind: v.text("page.body.kind." + string(b.Kind)), Mandate: v.in(b.Mandate.Text)}
		if chair, ok := b.ChairOn(today); ok {
			c.Chair = v.country(chair)
		}
		if v.who.User != nil && cooperation.MaySeeDesk(v.actor(), v.conv.ID, b) && v.conv.ExaminesPairings(b) {
			c.Queue = c.Link.Address + "/queue"
		}
		out.Bodies = append(out.Bodies, c)
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (p *pages) body(v *visit) error {
	of, err := p.Platform.Committee(v.conv.ID, v.Param("body"))
	if err != nil {
		return err
	}
	b, today := &of.Committee, cooperation.DateOf(p.Platform.Now())
	out := body{Title: v.in(b.Name), Back: link{v.within("/committees"), v.text("page.bodies.title")}, Source: b.Composition.Source, All: link{v.within("/rules"), v.text("page.rules.title")}}
	if v.who.User != nil && cooperation.MaySeeDesk(v.actor(), v.conv.ID, b) && v.conv.ExaminesPairings(b) {
		out.Queue = v.within("/committees/" + b.ID + "/queue")
	}
	out.Mandate.Facts = add(v, nil, "page.body.mandate", v.in(b.Mandate.Text))
	out.Mandate.Facts = add(v, out.Mandate.Facts, "page.body.laid_down", b.Mandate.Source)
	if len(b.Mandate.Themes) > 0 {
		out.Mandate.Facts = add(v, out.Mandate.Facts, "page.facet.theme", all(v, message.Theme, b.Mandate.Themes))
	}
	out.Rules = v.rules(b)
	for _, t := range b.MembersOn(today) {
		out.Members = append(out.Members, v.term(t, true))
	}
	for _, t := range b.Members {
		if !t.On(today) {
			out.Before = append(out.Before, v.term(t, false))
		}
	}
	for _, c := range b.Chairs {
		out.Chairs = append(out.Chairs, seat{v.country(c.Country), v.day(c.From), v.day(c.Until), c.Record, c.On(today)})
	}
	if v.who.User != nil && b.ID == v.conv.WeightsBody && p.weighs(v) {
		out.Weights = v.within("/office/weights")
	}
	out.Others, out.Naming = v.officers(b, today), v.naming(of, today)
	if out.Naming != nil {
		for _, f := range b.Findings(v.conv, today) {
			out.Lacks = append(out.Lacks, v.say(f.In(reference.Language(v.words.Language()))))
		}
	}
	if err := p.bodyTexts(v, b, &out); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// rules are how a body is made up.
func (v *visit) rules(b *cooperation.Committee) []fact {
	c := &b.Composition
	facts := add(v, nil, "page.body.kind", v.text("page.body.kind."+string(b.Kind)))
	number := func(key string, n int) {
		if n > 0 {
			facts = add(v, facts, key, v.words.Integer(int64(n)))
		}
	}
	number("page.body.seats", c.Seats)
	number("page.body.term_years", c.TermYears)
	number("page.body.min_affected", c.MinAffected)
	number("page.body.min_providers", c.MinProviders)
	number("page.body.not_recused", c.MinimumNotRecused)
	if c.Chair != "" {
		facts = add(v, facts, "page.body.chair_rule", v.text("page.body.chair_rule."+string(c.Chair)))
	}
	number("page.body.chair_years", c.ChairYears)
	several := func(key string, pieces []string) {
		if len(pieces) > 0 {
			facts = append(facts, fact{Label: v.text(key), Pieces: pieces})
		}
	}
	several("page.body.regional_seats", v.seatRules(b))
	several("page.body.offices", v.officeRules(b))
	several("page.body.ways", v.waysOf(b))
	if above, ok := v.conv.Committee(b.Working.ReportsTo); ok {
		facts = add(v, facts, "page.body.reports_to", v.in(above.Name))
	}
	var outputs []string
	for _, o := range b.Working.Outputs {
		outputs = append(outputs, v.text("output."+string(o)))
	}
	several("page.body.outputs", outputs)
	return facts
}

// seatRules are the seats that are kept for regions and for roles.
func (v *visit) seatRules(b *cooperation.Committee) []string {
	var out []string
	for _, s := range b.Composition.RegionalSeats {
		name := v.in(s.Name)
		if s.Region != "" {
			name = v.name(message.Region, s.Region)
		}
		out = append(out, name+v.words.Colon()+v.words.Integer(int64(s.Seats)))
	}
	return out
}

// officeRules are the posts of a body besides its chair.
func (v *visit) officeRules(b *cooperation.Committee) []string {
	var out []string
	for _, o := range b.Composition.Officers {
		out = append(out, v.in(o.Name)+v.words.Colon()+v.words.Integer(int64(o.Seats)))
	}
	return out
}

// waysOf are the rules that a body has or has not.
func (v *visit) waysOf(b *cooperation.Committee) []string {
	c, w := &b.Composition, &b.Working
	var out []string
	for _, way := range []struct {
		name  string
		holds bool
	}{{"overlapping", c.Overlapping}, {"gender", c.GenderFocalPoint}, {"observers", c.ObserversByMeeting}, {"consensus", w.Consensus}, {"recommends", w.Recommends}, {"joint", w.JointConclusions}, {"commitments", w.Commitments}} {
		if way.holds {
			out = append(out, v.text("page.body.way."+way.name))
		}
	}
	return out
}

func (v *visit) term(t cooperation.Term, now bool) seat {
	as := make([]string, 0, len(t.As)+1)
	for _, r := range t.As {
		as = append(as, v.text("seat_role."+string(r)))
	}
	if t.Seat != "" {
		as = append(as, v.name(message.Region, t.Seat))
	}
	return seat{Country: v.country(t.Country), From: v.day(t.From), Until: v.day(t.Until), As: v.words.List(as), Now: now}
}

// officers are those who do something for a body besides its members and its
// chair.
func (v *visit) officers(b *cooperation.Committee, today cooperation.Date) []fact {
	var out []fact
	for _, o := range b.Officers {
		for _, office := range b.Composition.Officers {
			if office.ID == o.Office && o.On(today) {
				out = append(out, fact{Label: v.in(office.Name), Value: v.country(o.Country)})
			}
		}
	}
	if adviser, named := b.AdviserOn(today); named {
		out = add(v, out, "seat_role.gender_focal_point", v.country(adviser))
	}
	names := make([]string, 0, len(b.Observers))
	for _, o := range b.Observers {
		names = append(names, v.in(o.Name))
	}
	for _, i := range b.Invitations {
		if !today.Before(i.From) && !i.Until.Before(today) {
			names = append(names, v.name(message.Party, string(i.Participant)))
		}
	}
	return add(v, out, "page.body.observers", v.words.List(names))
}
