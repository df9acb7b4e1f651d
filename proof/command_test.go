package proof_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// command is a request with what the model says must come of it.
type command struct {
	who, method, path string
	body              any
	headers           []string
	want              int           // the status
	then              func(answer)  // what the model becomes when it succeeds
	silent            bool          // it may succeed and change nothing
	within            bool          // what is not there is a part of a document that is
	passes            time.Duration // instead of a request, time passes
	blind             bool          // and nobody looks at the clocks
}

// row is a sort of command: when it makes sense at all, and how one is made up.
type row struct {
	name string
	when func(*model) bool
	make func(*model, *draw) command
}

// rows are all sorts of commands. A new step of the way from a need to a
// partnership is a new row, here or in a table beside the others.
func rows() []row {
	return slices.Concat(postingRows(), proposalRows(), introductionRows(), reviewRows(), agreementRows(), partnershipRows(), timeRows())
}

// draw makes choices that rapid can repeat and make simpler.
type draw struct{ t *rapid.T }

// pick chooses one of so many, each as often as the others; the first is the
// simplest. The library's own ranges prefer what is small, so that of fifty
// commands the first few would be nearly all that is ever played.
func (d *draw) pick(what string, of int) int {
	return rapid.Custom(func(t *rapid.T) (n int) {
		for range 12 {
			if n *= 2; rapid.Bool().Draw(t, "bit") {
				n++
			}
		}
		return n % of
	}).Draw(d.t, what)
}

// among chooses one of a list.
func among[T any](d *draw, what string, list []T) T { return list[d.pick(what, len(list))] }

// who is somebody who may do it or, at times, anybody.
func (d *draw) who(may func(who string) bool) string {
	all := everybody()
	proper := slices.DeleteFunc(slices.Clone(all), func(who string) bool { return !may(who) })
	if len(proper) > 0 && d.pick("anybody", 6) > 0 {
		all = proper
	}
	return among(d, "who", all)
}

// one chooses among what the model has of a sort.
func one[T any](d *draw, m *model, of map[string]T, fit func(T) bool) T {
	var ids []string
	for _, id := range m.order {
		if v, ok := of[id]; ok && fit(v) {
			ids = append(ids, id)
		}
	}
	return of[among(d, "which", ids)]
}

func some[T any](of map[string]T, fit func(T) bool) bool {
	for _, v := range of {
		if fit(v) {
			return true
		}
	}
	return false
}

func anything[T any](T) bool { return true }

// apt is the condition of what a command may be done to or, mostly and where there
// is some, of what it comes to something with.
func apt[T any](d *draw, of map[string]T, is, fit func(T) bool) func(T) bool {
	both := func(v T) bool { return is(v) && fit(v) }
	if d.pick("apt", 4) > 0 && some(of, both) {
		return both
	}
	return is
}

// verdict is the status that a command must be answered with: what one may not
// see is not there, what one may not do is refused, and so is what the step does
// not allow.
func verdict(who string, sees, may, can bool) int {
	switch {
	case who == "":
		return http.StatusUnauthorized
	case !sees:
		return http.StatusNotFound
	case !may:
		return http.StatusForbidden
	case !can:
		return http.StatusConflict
	}
	return http.StatusOK
}

// matched is the header that names the version that a command was decided on.
func matched(version uint64) []string {
	return []string{"If-Match", fmt.Sprintf("%q", fmt.Sprint(version))}
}

// step is a step of a posting's life.
type step struct {
	verb string
	by   func(p *posting, who string) bool
	from string
	to   string
	body func(m *model, p *posting) any
}

// fits reports whether a posting is at a step from which this one is taken.
func (s step) fits(p *posting) bool { return slices.Contains(strings.Fields(s.from), p.status) }

func secretariatOnly(_ *posting, who string) bool { return runs(who) }

func ownSide(p *posting, who string) bool { return p.own(who) }

func ownOrSecretariat(p *posting, who string) bool { return p.own(who) || runs(who) }

// bindsOrOwn are those who hand an offer in: what binds its State the approver.
func bindsOrOwn(p *posting, who string) bool { return approves(p, who) || p.own(who) && !p.binding }

// approves are those who clear what their State asks for.
func approves(p *posting, who string) bool {
	return holds(who, p.state, cooperation.Approver)
}

// remark is a text that the side of a posting and the secretariat read.
func remark(m *model, p *posting) any {
	return map[string]any{"text": m.secret("what was remarked on a "+p.kind, func(who string) bool { return runs(who) || p.own(who) })}
}

func nothing(*model, *posting) any { return nil }

// steps are the life cycles of postings as they are drawn.
func steps() map[string][]step {
	cleared := func(_ *model, p *posting) any {
		if p.kind == "offer" {
			return `{"clearance":{"date":"2026-01-15"}}`
		}
		return `{"clearance":{"date":"2026-01-15"},"insist":true}`
	}
	return map[string][]step{
		"need": {
			{"submit", approves, "draft returned", "submitted", cleared},
			{"admit", secretariatOnly, "submitted", "open", nothing},
			{"return", secretariatOnly, "submitted", "returned", remark},
			{"withdraw", ownSide, "draft submitted returned open partly_covered", "withdrawn", remark},
			{"close", ownOrSecretariat, "open partly_covered covered met", "closed", remark},
			{"reconfirm", ownSide, "open partly_covered", "", nothing},
		},
		"offer": {
			{"submit", bindsOrOwn, "draft", "submitted", cleared},
			{"admit", secretariatOnly, "submitted", "open", nothing},
			{"return", secretariatOnly, "submitted", "draft", remark},
			{"withdraw", ownSide, "draft submitted open exhausted", "withdrawn", remark},
			{"close", ownOrSecretariat, "open exhausted", "closed", remark},
			{"reconfirm", ownSide, "open exhausted", "", nothing},
		},
	}
}

// postingRows are the commands on needs and offers.
func postingRows() []row {
	var all []row
	for _, kind := range []string{"need", "offer"} {
		is := func(p *posting) bool { return p.kind == kind }
		all = append(all, row{"post a " + kind, func(m *model) bool { return m.count(kind) < 4 }, func(m *model, d *draw) command {
			return m.post(kind, d.who(func(who string) bool { return drafts(kind, who) != "" }), d.pick("sort", len(sorts()[kind])), rapid.Bool().Draw(d.t, "excludes"))
		}})
		for _, s := range steps()[kind] {
			all = append(all, row{s.verb + " a " + kind, func(m *model) bool { return some(m.postings, is) }, func(m *model, d *draw) command {
				p := one(d, m, m.postings, apt(d, m.postings, is, s.fits))
				return m.step(p, s, d.who(func(who string) bool { return s.by(p, who) }))
			}})
		}
	}
	return all
}

func (m *model) count(kind string) (n int) {
	for _, p := range m.postings {
		if p.kind == kind {
			n++
		}
	}
	return n
}

// drafts is the State for which somebody may draft a posting of a kind.
func drafts(kind, who string) string {
	roles := []cooperation.Role{cooperation.FocalPoint, cooperation.Approver}
	if kind == "offer" {
		roles[0] = cooperation.ProviderRole
	}
	for _, g := range people()[who] {
		if g.Convention == convention && slices.Contains(roles, g.Role) {
			return string(g.Participant)
		}
	}
	return ""
}

// outcast is the State that the postings of another exclude, and that takes no
// part in anything: where it is named to others, an exclusion has become known.
func outcast(kind, state string) (code, name string) {
	of := map[string][2]string{
		"need AO": {"HT", "Haiti"}, "need NA": {"CU", "Cuba"}, "need NO": {"SO", "Somalia"}, "need SE": {"MC", "Monaco"}, "need ZA": {"AR", "Argentina"},
		"offer AO": {"DO", "Dominican Republic"}, "offer NA": {"MA", "Morocco"}, "offer NO": {"ER", "Eritrea"}, "offer SE": {"SS", "South Sudan"},
	}[kind+" "+state]
	return of[0], of[1]
}

// sorts are needs and offers by what they seek and give.
func sorts() map[string][]posting {
	return map[string][]posting{
		"need":  {{kinds: []string{"legal"}}, {kinds: []string{"legal", "training"}, sought: 100}, {kinds: []string{"training", "finance"}, sought: 80}},
		"offer": {{kinds: []string{"legal"}, days: 10}, {kinds: []string{"legal"}, ceiling: 60, binding: true}, {kinds: []string{"legal", "training"}, days: 10, ceiling: 60}, {kinds: []string{"finance"}, ceiling: 50}, {kinds: []string{"training"}}},
	}
}

// stated is what a posting states of kinds, amounts and days.
func (p *posting) stated() map[string]any {
	body := map[string]any{}
	var kinds []any
	for _, kind := range p.kinds {
		outcome := map[string]any{"kind": kind}
		if p.kind == "need" {
			outcome["change"] = "A bill is before parliament."
		}
		kinds = append(kinds, outcome)
	}
	body["kinds"] = kinds
	if p.sought > 0 {
		body["costs"] = []any{map[string]any{"activity": "Drafting", "cost": fmt.Sprint(p.sought), "sought": fmt.Sprint(p.sought), "currency": "USD"}}
	}
	if p.ceiling > 0 {
		body["ceiling"], body["capacity"] = dollars(p.ceiling), map[string]any{"unit": "amount"}
	}
	if p.days > 0 {
		body["capacity"] = map[string]any{"unit": "person_days", "quantity": p.days}
	}
	return body
}

func dollars(amount int) map[string]any {
	return map[string]any{"amount": fmt.Sprint(amount), "currency": "USD"}
}

// post drafts a need or an offer of a sort; those that have a kind of help in
// common fit each other, unless one excludes the State of another.
func (m *model) post(kind, who string, sort int, excludes bool) command {
	state := drafts(kind, who)
	c := command{who: who, method: http.MethodPost, path: "/api/v1/" + kind + "s", want: http.StatusCreated}
	p := new(sorts()[kind][sort])
	p.kind, p.state, p.status, p.version, p.taken, p.parts = kind, state, "draft", 1, map[string]taking{}, map[string]part{}
	if state == "" { // somebody who speaks for nobody
		p.state, c.want = "AO", http.StatusForbidden
		if who == "" {
			c.want = http.StatusUnauthorized
		}
	}
	m.made++
	title := m.secret("the draft of a "+kind, func(who string) bool { return p.visible(who) || p.sent && runs(who) })
	body := p.stated()
	body["convention"], body["title"], body["themes"] = convention, title, []string{"fctc-art8"}
	code, name := outcast(kind, p.state)
	out := []string{code}
	if whom := map[string]string{"need": "SE", "offer": "NA"}[kind]; excludes && whom != p.state {
		p.barred = whom
		out = append(out, p.barred)
	}
	own := func(who string) bool { return p.own(who) || runs(who) }
	insiders := func(_ *model, who string) bool { return own(who) }
	m.secrets = append(m.secrets, secret{"whom a " + kind + " excludes", `"` + code + `"`, insiders}, secret{"whom a " + kind + " excludes", name, insiders})
	if kind == "need" {
		body["beneficiaries"], body["excluded"] = []string{p.state}, out
		body["problem"] = "The law of 2007 has no rules on smoke-free places."
		body["languages"] = []any{map[string]any{"language": "en", "strength": "preferred"}}
		body["asked_elsewhere"] = m.secret("where else help was asked for", func(who string) bool {
			return own(who) || seat(who) != ""
		})
	} else {
		body["provider"], body["excluded_countries"], body["languages"], body["firmness"] = p.state, out, []string{"en"}, "indication"
		if p.binding {
			body["firmness"] = "pledge"
		}
		body["description"] = "Two lawyers for a month."
	}
	c.body, c.headers = body, []string{"Idempotency-Key", fmt.Sprint("made ", m.made)}
	c.then = func(a answer) {
		p.id = idOf(a)
		m.postings[p.id] = p
		m.order = append(m.order, p.id)
	}
	return c
}

// step is a step of a posting, taken by somebody.
func (m *model) step(p *posting, s step, who string) command {
	can := s.fits(p)
	return command{who: who, method: http.MethodPost, path: "/api/v1/" + p.kind + "s/" + p.id + "/" + s.verb, headers: matched(p.version),
		body: s.body(m, p), want: verdict(who, p.visible(who), s.by(p, who), can), then: func(a answer) {
			p.version++
			if s.to != "" {
				p.status = s.to
			}
			p.seen, p.sent = p.seen || p.status == "open", p.sent || s.verb == "submit"
			p.until = validity(a)
		}}
}

// timeRows let time pass, and the matcher run.
func timeRows() []row {
	return []row{
		{"time passes", func(*model) bool { return true }, func(m *model, d *draw) command {
			days := among(d, "days", []int{1, 3, 8, 30, 90, 400})
			return command{passes: time.Duration(days) * 24 * time.Hour, blind: rapid.Bool().Draw(d.t, "nobody looks at the clocks")}
		}},
		{"the matcher runs", func(*model) bool { return true }, func(m *model, d *draw) command {
			return m.run(d.who(runs))
		}},
	}
}

func (m *model) run(who string) command {
	c := command{who: who, method: http.MethodPost, path: "/api/v1/runs", body: `{"convention":"` + convention + `"}`, want: verdict(who, true, runs(who), true), silent: true}
	if c.want == http.StatusOK {
		c.want = http.StatusCreated
	}
	c.then = func(answer) {
		m.match(func(need, offer string) string { return cooperation.ProposalID(convention, need, offer) })
	}
	return c
}

// proposalRows are what the sides do with a proposal.
func proposalRows() []row {
	any := func(m *model) bool { return len(m.proposals) > 0 }
	pair := func(m *model) bool {
		return some(m.postings, func(p *posting) bool { return p.kind == "need" }) && some(m.postings, func(p *posting) bool { return p.kind == "offer" })
	}
	return []row{
		{"withdraw a proposal", any, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, anything)
			return m.withdraw(p, d.who(func(who string) bool { return m.side(p, who) != "" }))
		}},
		{"express interest", any, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, apt(d, m.proposals, anything, m.stands))
			return m.interest(p, d.who(func(who string) bool { return m.side(p, who) != "" }))
		}},
		{"express interest in a posting", pair, func(m *model, d *draw) command {
			n := one(d, m, m.postings, func(p *posting) bool { return p.kind == "need" })
			o := one(d, m, m.postings, func(p *posting) bool { return p.kind == "offer" })
			who := d.who(func(who string) bool { return n.own(who) || o.own(who) })
			return m.interestIn(n, o, who, rapid.Bool().Draw(d.t, "from the need"))
		}},
	}
}

func (m *model) withdraw(p *proposal, who string) command {
	party := m.party(p, who)
	can := slices.Contains([]string{"proposed", "in_review", "endorsed", "recommended", "returned"}, p.status)
	return command{who: who, method: http.MethodPost, path: "/api/v1/proposals/" + p.id + "/withdraw", headers: matched(p.version),
		want: verdict(who, m.knows(p, who), party != "", can), then: func(answer) {
			was := p.status
			p.status, p.withdrew = "withdrawn", party
			if p.version++; was == "in_review" {
				m.leave(p)
			}
		}}
}

// interest introduces both sides at once, whatever a committee does. What the
// other side has withdrawn one cannot bring back.
func (m *model) interest(p *proposal, who string) command {
	party := m.party(p, who)
	changes, can := m.welcome(p, party)
	return command{who: who, method: http.MethodPost, path: "/api/v1/proposals/" + p.id + "/interest", headers: matched(p.version), silent: !changes,
		want: verdict(who, m.knows(p, who), party != "", can), then: func(answer) { m.introduce(p, party, changes) }}
}

// welcome says whether somebody may express interest, and whether that changes
// anything.
func (m *model) welcome(p *proposal, party string) (changes, can bool) {
	closed := p.withdrew != "" && (p.status == "withdrawn" && sideOf(p.withdrew) != sideOf(party) || (p.status == "declined" || p.status == "expired") && p.withdrew != party)
	switch {
	case p.met() && p.wishes[party]:
		return false, true
	case p.met():
		return true, !m.overdue(m.introductions[p.introduction])
	case closed, !m.stands(p):
		return false, false
	case slices.Contains([]string{"superseded", "declined", "expired"}, p.status):
		return m.holds(p), m.holds(p)
	}
	return true, true
}

func (m *model) introduce(p *proposal, party string, changes bool) {
	if !changes {
		return
	}
	p.version++
	if x := m.introductions[p.introduction]; p.met() {
		p.wishes[party], x.sides[party].reply = true, "interested"
		x.version++
		m.meet(x, p)
		return
	}
	p.wishes = map[string]bool{party: true}
	m.begin(p)
}

// interestIn is interest in a posting, whether or not anybody has proposed the
// pairing.
func (m *model) interestIn(n, o *posting, who string, fromNeed bool) command {
	c := command{who: who, method: http.MethodPost, path: "/api/v1/offers/" + o.id + "/interest", body: map[string]any{"need": n.id}}
	if fromNeed {
		c.path, c.body = "/api/v1/needs/"+n.id+"/interest", map[string]any{"offer": o.id}
	}
	sees, may := n.visible(who) && o.visible(who), n.own(who) || o.own(who)
	if p, known := m.proposals[cooperation.ProposalID(convention, n.id, o.id)]; known {
		party := m.party(p, who)
		changes, can := m.welcome(p, party)
		c.silent, c.want = !changes, verdict(who, sees, may, can)
		c.then = func(answer) { m.introduce(p, party, changes) }
		return c
	}
	c.want = verdict(who, sees, may, m.fits(n, o))
	c.then = func(a answer) {
		p := &proposal{id: idOf(a), need: n.id, offers: []string{o.id}, version: 1, at: m.now, wishes: map[string]bool{}}
		m.addProposal(p)
		p.wishes[m.party(p, who)] = true
		m.begin(p)
	}
	return c
}
