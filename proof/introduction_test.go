package proof_test

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// introduction is that both sides of a proposal are asked whether they want to
// talk.
type introduction struct {
	id, proposal string
	status       string
	version      uint64
	at           time.Time
	sides        map[string]*asked // by party
	questions    []question
}

// asked is a side that is asked, and what it says.
type asked struct {
	reply   string
	pause   time.Time // when a question of it stopped its clock
	resumed time.Time
	until   cooperation.Date // of the answer that it waits for
}

type question struct {
	by       string // the party
	answered bool
}

func (x *introduction) clone() *introduction {
	c := *x
	c.sides, c.questions = map[string]*asked{}, slices.Clone(x.questions)
	for side, a := range x.sides {
		again := *a
		c.sides[side] = &again
	}
	return &c
}

func (x *introduction) stands() bool { return x.status == "asked" || x.status == "interested" }

// begin begins an introduction of a proposal that has just become introduced.
func (m *model) begin(p *proposal) {
	p.status = "introduced"
	p.round++
	x := &introduction{id: cooperation.IntroductionID(p.id, p.round), proposal: p.id, status: "asked", version: 1, at: m.now, sides: map[string]*asked{}}
	for _, party := range m.parties(p) {
		x.sides[party] = &asked{}
	}
	for party := range p.wishes {
		x.sides[party].reply = "interested"
	}
	p.introduction = x.id
	m.introductions[x.id] = x
	m.order = append(m.order, x.id)
}

// meet lets all talk once all want to.
func (m *model) meet(x *introduction, p *proposal) {
	if x.status == "asked" && !some(x.sides, func(a *asked) bool { return a.reply != "interested" }) {
		x.status, p.status = "interested", "in_talks"
	}
}

// last is the last day on which a side may answer; not stated while a question
// has stopped its clock.
func (m *model) last(x *introduction, a *asked) cooperation.Date {
	day := m.day(x.at).AddMonths(m.rules.ReplyMonths)
	switch {
	case a.pause.IsZero():
		return day
	case a.resumed.IsZero():
		return cooperation.Date{}
	}
	return day.AddDays(int(m.day(a.resumed).Days() - m.day(a.pause).Days()))
}

func (m *model) past(day cooperation.Date) bool { return !day.IsZero() && day.Before(m.day(m.now)) }

// unheard reports whether a side has waited for an answer for too long.
func (m *model) unheard(a *asked) bool {
	return a.reply == "" && !a.pause.IsZero() && a.resumed.IsZero() && m.past(a.until)
}

// overdue reports whether one of its deadlines is over on which the platform acts.
func (m *model) overdue(x *introduction) bool {
	if x.status != "asked" {
		return false
	}
	for _, a := range x.sides {
		if m.unheard(a) || a.reply == "" && m.past(m.last(x, a)) {
			return true
		}
	}
	return false
}

// answerTimes is what the clocks of introductions bring about: a clock that waited
// for an answer goes on, and silence ends the introduction.
func (m *model) answerTimes(x *introduction) {
	if !m.overdue(x) {
		return
	}
	x.version++
	for _, a := range x.sides {
		if m.unheard(a) {
			next := a.until.AddDays(1).Time()
			a.resumed = time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, m.zone)
		}
	}
	var silent []string
	for side, a := range x.sides {
		if a.reply == "" && m.past(m.last(x, a)) {
			silent = append(silent, side)
		}
	}
	if len(silent) == 0 {
		return
	}
	x.status = "expired"
	if p := m.proposals[x.proposal]; p.introduction == x.id && p.status == "introduced" {
		p.status, p.withdrew, p.ended = "expired", "", m.now
		if p.version++; len(silent) == 1 {
			p.withdrew = silent[0]
		}
	}
}

// talking reports whether both sides of a proposal for the need are asked or talk.
func (m *model) talking(need string) bool {
	return some(m.proposals, func(p *proposal) bool { return p.need == need && (p.status == "introduced" || p.status == "in_talks") })
}

// late reports whether the time is over in which whoever facilitates introduces
// both sides. It begins again when talks about the need have come to nothing.
func (m *model) late(p *proposal) bool {
	if p.status != "endorsed" || !m.stands(p) || m.talking(p.need) {
		return false
	}
	from := p.endorsed
	for _, q := range m.proposals {
		if q.need == p.need && q.round > 0 && q.ended.After(from) {
			from = q.ended
		}
	}
	return m.over(from, m.rules.IntroduceDays)
}

// introduceLate introduces what nobody has: what does not fit any more is taken
// back and, of what is left for a need, one proposal is chosen, which is the
// platform's choice.
func (m *model) introduceLate(chosen func(id string) bool) {
	var late []*proposal
	for _, id := range m.order {
		if p := m.proposals[id]; p != nil && m.late(p) {
			late = append(late, p)
		}
	}
	for _, p := range late {
		if !m.holds(p) {
			p.status = "superseded"
			p.version++
		}
	}
	for _, p := range late {
		if p.status != "endorsed" || m.talking(p.need) {
			continue
		}
		rivals := slices.DeleteFunc(slices.Clone(late), func(q *proposal) bool { return q.need != p.need || q.status != "endorsed" })
		next := p
		for _, q := range rivals {
			if chosen(q.id) {
				next = q
			}
		}
		next.wishes = map[string]bool{}
		next.version++
		m.begin(next)
	}
}

// introducible reports whether whoever facilitates may introduce both sides.
func (m *model) introducible(p *proposal) bool {
	return (p.status == "endorsed" || p.status == "recommended") && m.stands(p) && m.holds(p)
}

// silent reports whether somebody has still to answer.
func (x *introduction) silent() bool {
	return x.status == "asked" && some(x.sides, func(a *asked) bool { return a.reply == "" })
}

// introductionRows are what the sides and whoever facilitates do.
func introductionRows() []row {
	any := func(m *model) bool { return len(m.introductions) > 0 }
	side := func(m *model, x *introduction) func(who string) bool {
		return func(who string) bool { return m.side(m.proposals[x.proposal], who) != "" }
	}
	return []row{
		{"introduce", func(m *model) bool { return len(m.proposals) > 0 }, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, preferred(m.proposals, m.introducible))
			who := d.who(runs)
			return command{who: who, method: http.MethodPost, path: "/api/v1/proposals/" + p.id + "/introduce", headers: matched(p.version),
				want: verdict(who, m.knows(p, who), runs(who), m.introducible(p)), then: func(answer) {
					p.wishes = map[string]bool{}
					p.version++
					m.begin(p)
				}}
		}},
		{"say yes to an introduction", any, func(m *model, d *draw) command {
			x := one(d, m, m.introductions, preferred(m.introductions, (*introduction).silent))
			return m.reply(x, d.who(side(m, x)), "interested", false)
		}},
		{"say no to an introduction", any, func(m *model, d *draw) command {
			x := one(d, m, m.introductions, apt(d, m.introductions, anything, (*introduction).stands))
			return m.reply(x, d.who(side(m, x)), "declined", rapid.Bool().Draw(d.t, "not again"))
		}},
		{"ask the other side", any, func(m *model, d *draw) command {
			x := one(d, m, m.introductions, apt(d, m.introductions, anything, (*introduction).stands))
			return m.ask(x, d.who(side(m, x)))
		}},
		{"answer the other side", func(m *model) bool {
			return some(m.introductions, func(x *introduction) bool { return len(x.questions) > 0 })
		}, func(m *model, d *draw) command {
			x := one(d, m, m.introductions, func(x *introduction) bool { return len(x.questions) > 0 })
			return m.respond(x, 1+d.pick("question", len(x.questions)), d.who(side(m, x)))
		}},
	}
}

// toIntroduction is a command on an introduction by one of its sides.
func (m *model) toIntroduction(x *introduction, who, verb string, body any, can bool, then func(p *proposal, party string)) command {
	p := m.proposals[x.proposal]
	party := m.party(p, who)
	can = can && x.stands() && p.introduction == x.id && (p.status == "introduced" || p.status == "in_talks") && !m.overdue(x)
	return command{who: who, method: http.MethodPost, path: "/api/v1/introductions/" + x.id + "/" + verb, body: body, headers: matched(x.version),
		want: verdict(who, runs(who) || party != "", party != "", can), then: func(answer) {
			x.version++
			then(p, party)
		}}
}

func (m *model) reply(x *introduction, who, reply string, exclude bool) command {
	p := m.proposals[x.proposal]
	party := m.party(p, who)
	body := map[string]any{"reply": reply}
	if reply == "interested" {
		a := x.sides[party]
		return m.toIntroduction(x, who, "reply", body, a != nil && a.reply != reply, func(p *proposal, party string) {
			x.sides[party].reply = reply
			p.wishes[party] = true
			p.version++
			m.meet(x, p)
		})
	}
	body["reason"] = "timing"
	if party != "" {
		body["text"] = m.secret("why a side declined", func(who string) bool { return runs(who) || m.party(p, who) == party })
	}
	own, theirs := m.postings[p.need], m.postings[p.offers[0]]
	for _, o := range m.offersOf(p) {
		if o.party() == party {
			own, theirs = o, m.postings[p.need]
		}
	}
	if exclude && party != "" {
		body["exclude"] = []string{theirs.state}
	}
	return m.toIntroduction(x, who, "reply", body, true, func(p *proposal, party string) {
		x.sides[party].reply, x.status = reply, "declined"
		p.status, p.withdrew, p.ended = "declined", party, m.now
		if p.version++; exclude {
			own.barred += " " + theirs.state
			own.version++
		}
	})
}

func (m *model) ask(x *introduction, who string) command {
	p := m.proposals[x.proposal]
	text := m.secret("a question", func(who string) bool { return runs(who) || m.side(p, who) != "" })
	return m.toIntroduction(x, who, "ask", map[string]any{"text": text}, true, func(_ *proposal, party string) {
		if a := x.sides[party]; x.status == "asked" && a.reply == "" && a.pause.IsZero() {
			a.pause, a.until = m.now, m.day(m.now).AddMonths(1)
		}
		x.questions = append(x.questions, question{by: party})
	})
}

// respond answers a question of the other side. The first that somebody asked is
// the one that stopped its clock, if any did.
func (m *model) respond(x *introduction, number int, who string) command {
	p := m.proposals[x.proposal]
	text := m.secret("an answer", func(who string) bool { return runs(who) || m.side(p, who) != "" })
	c := m.toIntroduction(x, who, "answer", map[string]any{"question": number, "text": text}, true, func(*proposal, string) {
		q := &x.questions[number-1]
		first := slices.IndexFunc(x.questions, func(other question) bool { return other.by == q.by }) == number-1
		if a := x.sides[q.by]; first && !q.answered && !a.pause.IsZero() && a.resumed.IsZero() {
			a.resumed = m.now
		}
		q.answered = true
	})
	if c.want == http.StatusOK && sideOf(x.questions[number-1].by) == m.side(p, who) {
		c.want = http.StatusUnprocessableEntity
	}
	return c
}

// differs says how the introductions that there are differ from the model's.
func (m *model) differs(found func(id string) (*cooperation.Introduction, bool)) string {
	for id, x := range m.introductions {
		switch got, ok := found(id); {
		case !ok:
			return "introduction " + id + " is not there"
		case string(got.Status) != x.status || got.Version != x.version:
			return "introduction " + id + " is " + string(got.Status) + " in version " + strconv.FormatUint(got.Version, 10) + ", and by the description " + x.status + " in version " + strconv.FormatUint(x.version, 10)
		}
	}
	return ""
}
