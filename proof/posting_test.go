package proof_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// posting is a need or an offer.
type posting struct {
	kind    string // "need", "offer"
	id      string
	state   string // whose it is
	status  string
	version uint64
	until   cooperation.Date
	seen    bool   // was open once, so that others know of it
	sent    bool   // was submitted once: the secretariat was told, and what was told stays told
	barred  string // the States that it excludes

	kinds   []string // of help that is asked for, or given
	sought  int      // the amount that a need seeks; 0 for none stated
	ceiling int      // the amount that an offer gives; 0 for none stated
	days    int      // the person-days that it gives; 0 where they are not counted
	binding bool     // it is a pledge
	taken   map[string]taking
	parts   map[string]part
	settled bool // the rest is not needed
}

// own reports whether somebody acts for the State of a posting.
func (p *posting) own(who string) bool {
	if p.kind == "need" {
		return holds(who, p.state, cooperation.FocalPoint, cooperation.Approver)
	}
	return holds(who, p.state, cooperation.ProviderRole, cooperation.Approver)
}

// visible says who knows of a posting: of a draft its own side, of one that was
// submitted the secretariat too, of one that was open everybody.
func (p *posting) visible(who string) bool {
	switch {
	case p.own(who) || p.seen:
		return true
	case p.status == "draft" || p.status == "withdrawn":
		return false
	}
	return runs(who)
}

// open reports whether a posting is before the matcher: a need is as long as
// something of it is sought.
func (p *posting) open() bool {
	return p.status == "open" || p.kind == "need" && p.status == "partly_covered"
}

func (p *posting) over() bool {
	return slices.Contains([]string{"met", "closed", "withdrawn", "lapsed"}, p.status)
}

// party is who posted a need or an offer, with the side on which that is.
func (p *posting) party() string { return p.kind + " " + p.state }

// inDate reports whether the posting's day is not over.
func (m *model) inDate(p *posting) bool { return !p.until.Before(cooperation.DateOf(m.now)) }

// fits reports whether a need and an offer pass the filters: all of them are
// alike but for whom they name, whom they exclude, and what they give and seek.
func (m *model) fits(n, o *posting) bool {
	return n.open() && o.open() && m.inDate(n) && m.inDate(o) && n.state != o.state && !strings.Contains(n.barred, o.state) && !strings.Contains(o.barred, n.state) &&
		slices.ContainsFunc(n.missing(), func(kind string) bool { return slices.Contains(o.kinds, kind) })
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
