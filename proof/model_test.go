package proof_test

import (
	"maps"
	"slices"
	"time"

	"entente/cooperation"
)

// model is what the product's description says of an installation, and nothing
// more: which steps there are, who takes them, and what follows. It is written
// from the description and knows nothing of the program.
type model struct {
	now       time.Time
	rules     *cooperation.Convention // days, and the calendar: data of the profile
	zone      *time.Location          // of the seat
	postings  map[string]*posting
	proposals map[string]*proposal
	reviews   map[string]*review
	order     []string // ids as they came, so that choices are the same in every run
	secrets   []secret

	introductions map[string]*introduction
	agreements    map[string]*agreement
	partnerships  map[string]*partnership
	shared        map[string]string // lessons that were shared, with whom
	made          int
}

// review is a committee's look at proposals.
type review struct {
	id         string
	status     string
	version    uint64
	proposals  []string // that are left
	cases      []string
	recused    map[string]bool
	objections map[string]bool
	silence    *silence
	contested  time.Time
	held       int
	asked      map[string]bool // who has not answered to the modification that is pending; nil when none is
	since      time.Time       // when they were asked
	waiting    bool
}

type silence struct {
	from time.Time
	days int
	left int
	runs bool
}

func newModel(rules *cooperation.Convention) *model {
	zone, err := time.LoadLocation(rules.Calendar.Zone)
	if err != nil {
		panic(err) // the profiles are checked elsewhere
	}
	return &model{zone: zone, now: begin, rules: rules, postings: map[string]*posting{}, proposals: map[string]*proposal{}, reviews: map[string]*review{}, introductions: map[string]*introduction{},
		agreements: map[string]*agreement{}, partnerships: map[string]*partnership{}, shared: map[string]string{}}
}

func (m *model) clone() *model {
	c := *m
	c.order, c.secrets = slices.Clone(m.order), slices.Clone(m.secrets)
	c.postings, c.proposals, c.reviews = map[string]*posting{}, map[string]*proposal{}, map[string]*review{}
	c.introductions = map[string]*introduction{}
	for id, x := range m.introductions {
		c.introductions[id] = x.clone()
	}
	c.agreements, c.partnerships, c.shared = map[string]*agreement{}, map[string]*partnership{}, maps.Clone(m.shared)
	for id, x := range m.agreements {
		c.agreements[id] = x.clone()
	}
	for id, w := range m.partnerships {
		c.partnerships[id] = w.clone()
	}
	for id, p := range m.postings {
		again := *p
		again.taken, again.parts = maps.Clone(p.taken), maps.Clone(p.parts)
		c.postings[id] = &again
	}
	for id, p := range m.proposals {
		again := *p
		again.wishes = maps.Clone(p.wishes)
		c.proposals[id] = &again
	}
	for id, r := range m.reviews {
		again := *r
		again.proposals, again.cases, again.asked = slices.Clone(r.proposals), slices.Clone(r.cases), maps.Clone(r.asked)
		again.recused, again.objections = maps.Clone(r.recused), maps.Clone(r.objections)
		if r.silence != nil {
			s := *r.silence
			again.silence = &s
		}
		c.reviews[id] = &again
	}
	return &c
}

// holds reports whether somebody has one of the roles for a State.
func holds(who, state string, roles ...cooperation.Role) bool {
	return slices.ContainsFunc(people()[who], func(g cooperation.Grant) bool {
		return g.Convention == convention && (state == "" || string(g.Participant) == state) && slices.Contains(roles, g.Role)
	})
}

func runs(who string) bool { return holds(who, "", cooperation.Secretariat) }

// seat is the State for which somebody sits on the body; "" for others.
func seat(who string) string {
	for _, g := range people()[who] {
		if g.Role == cooperation.CommitteeMember {
			return string(g.Participant)
		}
	}
	return ""
}

// follows is whom a review concerns on either side.
func (m *model) concerned(r *review, who string) bool {
	return slices.ContainsFunc(r.cases, func(id string) bool { return m.side(m.proposals[id], who) != "" })
}

func (m *model) seesReview(r *review, who string) bool {
	return runs(who) || seat(who) != "" || m.concerned(r, who)
}

// presides is the State that presides: the chair or, when it is recused, the
// longest-serving member that is not. All have served as long, so the order of
// election decides.
func (r *review) presides() string {
	for _, state := range members {
		if !r.recused[state] {
			return state
		}
	}
	return ""
}

func (r *review) under() bool {
	return slices.Contains([]string{"open", "objected", "modifying", "waiting"}, r.status)
}

// enough reports whether as many members are not recused as the profile asks.
func (m *model) enough(r *review) bool {
	body, _ := m.rules.Committee(m.rules.ReviewBody)
	left := 0
	for _, state := range members {
		if !r.recused[state] {
			left++
		}
	}
	return left >= body.Composition.MinimumNotRecused
}

// day is the day at the seat of the secretariat.
func (m *model) day(t time.Time) cooperation.Date {
	year, month, day := t.In(m.zone).Date()
	return cooperation.DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// over reports whether n working days after the day of start are over.
func (m *model) over(start time.Time, n int) bool {
	return m.left(start, m.now.AddDate(0, 0, -1)) >= n && m.day(start).Before(m.day(m.now))
}

// left counts the working days after the day of from, up to the day of to.
func (m *model) left(from, to time.Time) int {
	n := 0
	for day := m.day(from).AddDays(1); !m.day(to).Before(day); day = day.AddDays(1) {
		if m.rules.Calendar.Working(day) {
			n++
		}
	}
	return n
}

// ripe reports whether a deadline of a review is over on which the platform
// acts.
func (m *model) ripe(r *review) bool {
	return r.under() && (r.silence != nil && r.silence.runs && m.over(r.silence.from, r.silence.days) ||
		!r.contested.IsZero() && m.over(r.contested, m.rules.ObjectionDays-r.held) ||
		r.asked != nil && m.over(r.since, m.rules.SilenceDays))
}

// settle makes the step of a review follow from what stands.
func (m *model) settle(r *review, fresh bool) {
	enough := m.enough(r)
	switch r.waiting = !enough; {
	case !enough:
		r.status = "waiting"
	case r.asked != nil:
		r.status = "modifying"
	case len(r.objections) > 0:
		r.status = "objected"
	default:
		r.status = "open"
	}
	m.contest(r, enough && len(r.objections) > 0)
	if r.status != "open" {
		m.stop(r)
		return
	}
	switch {
	case r.silence == nil:
		r.silence = &silence{from: m.now, days: m.rules.SilenceDays, runs: true}
	case fresh:
		*r.silence = silence{from: m.now, days: m.rules.SilenceDays, runs: true}
	case !r.silence.runs:
		*r.silence = silence{from: m.now, days: max(r.silence.left, 1), runs: true}
	}
}

func (m *model) contest(r *review, on bool) {
	switch {
	case on && r.contested.IsZero():
		r.contested = m.now
	case !on && !r.contested.IsZero():
		r.held += m.left(r.contested, m.now)
		r.contested = time.Time{}
	}
}

func (m *model) stop(r *review) {
	if s := r.silence; s != nil && s.runs {
		s.runs, s.left = false, max(0, s.days-m.left(s.from, m.now))
	}
}

// finish ends a review, and says so to its proposals.
func (m *model) finish(r *review, to string) {
	r.status, r.asked, r.contested, r.waiting = to, nil, time.Time{}, false
	m.stop(r)
	for _, id := range r.proposals {
		p := m.proposals[id]
		switch {
		case p.review != r.id || to == "ended":
		case p.status == "in_review":
			p.status = to
			p.version++
			m.advise(p, to)
		case p.met() && to == "endorsed": // the advice came after the sides had gone ahead, and is noted
			p.version++
			m.advise(p, to)
		}
	}
}

// advise notes when a committee endorsed a proposal.
func (m *model) advise(p *proposal, to string) {
	if to == "endorsed" {
		p.endorsed = m.now
	}
}

// leave takes a proposal out of its review.
func (m *model) leave(p *proposal) {
	r := m.reviews[p.review]
	if r == nil || !r.under() || !slices.Contains(r.proposals, p.id) {
		return
	}
	r.proposals = slices.DeleteFunc(r.proposals, func(id string) bool { return id == p.id })
	if r.version++; len(r.proposals) == 0 {
		m.finish(r, "ended")
	}
}

// tick is what the clocks bring about when they are looked at.
// chosen says which of several proposals for one need it has introduced.
func (m *model) tick(chosen func(id string) bool) {
	for _, id := range m.order {
		if p := m.postings[id]; p != nil && (p.open() || p.status == "exhausted") && !m.inDate(p) {
			p.status = "lapsed"
			p.version++
		}
	}
	for _, id := range m.order {
		if r := m.reviews[id]; r != nil && r.under() && m.ripe(r) {
			m.elapse(r)
			r.version++
		}
	}
	m.introduceLate(chosen)
	for _, id := range m.order {
		if x := m.introductions[id]; x != nil {
			m.answerTimes(x)
		}
	}
	for _, id := range m.order {
		if w := m.partnerships[id]; w != nil && m.silenced(w) {
			m.complete(w)
			w.version++
		}
	}
	for _, id := range m.order {
		p := m.proposals[id]
		if p == nil || !slices.Contains([]string{"in_review", "endorsed", "recommended", "returned", "introduced", "in_talks"}, p.status) {
			continue
		}
		if m.outlived(p) {
			was := p.status
			p.status, p.withdrew, p.ended = "expired", "", m.now
			if x := m.introductions[p.introduction]; x != nil && x.stands() {
				x.status = "ended"
				x.version++
			}
			if p.version++; was == "in_review" {
				m.leave(p)
			}
		}
	}
	for _, id := range m.order {
		if x := m.agreements[id]; x != nil && x.under() && !m.proposals[x.proposal].met() {
			x.status = "ended"
			x.version++
		}
	}
}

func (m *model) elapse(r *review) {
	for r.under() && m.ripe(r) {
		switch {
		case !r.contested.IsZero() && m.over(r.contested, m.rules.ObjectionDays-r.held):
			m.finish(r, "withdrawn")
		case r.asked != nil && m.over(r.since, m.rules.SilenceDays):
			r.asked = nil // who does not answer does not agree
			m.settle(r, false)
		default:
			m.finish(r, "endorsed")
		}
	}
}

// match is what a run of the matcher changes: it proposes what fits and nobody
// has taken up, and takes back what it proposed and fits no more.
func (m *model) match(id func(need, offer string) string) {
	for _, need := range m.order {
		n := m.postings[need]
		if n == nil || n.kind != "need" {
			continue
		}
		for _, offer := range m.order {
			o := m.postings[offer]
			if o == nil || o.kind != "offer" {
				continue
			}
			p, known := m.proposals[id(need, offer)]
			switch fits := m.fits(n, o); {
			case fits && !known:
				m.addProposal(&proposal{id: id(need, offer), need: need, offers: []string{offer}, status: "proposed", version: 1, at: m.now, wishes: map[string]bool{}})
			case fits && p.status == "superseded":
				p.status, p.at, p.withdrew = "proposed", m.now, ""
				p.version++
			case known && !fits && p.status == "proposed":
				p.status = "superseded"
				p.version++
			}
		}
	}
	for _, id := range m.order { // of several offers a run makes no proposal, and keeps it as long as it holds
		if p := m.proposals[id]; p != nil && len(p.offers) > 1 && p.status == "proposed" && !m.holds(p) {
			p.status = "superseded"
			p.version++
		}
	}
}

func (m *model) addProposal(p *proposal) {
	m.proposals[p.id] = p
	m.order = append(m.order, p.id)
}
