package proof_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"entente/cooperation"
)

func idOf(a answer) string {
	var made struct{ ID string }
	_ = json.Unmarshal(a.body, &made) // what is missing is missed by what follows
	return made.ID
}

func validity(a answer) cooperation.Date {
	var shown struct {
		ValidUntil cooperation.Date `json:"valid_until"`
	}
	_ = json.Unmarshal(a.body, &shown) // a day that is missing lets the posting lapse in the model alone, and is found by that
	return shown.ValidUntil
}

// turn is a command on a review: who may do it, in which steps, whether it waits
// for the platform where a deadline is over, and what follows.
type turn struct {
	verb   string
	by     func(m *model, r *review, who string) bool
	steps  string
	waits  bool
	refuse func(m *model, r *review, who string) bool // what else keeps it from being done
	body   func(m *model, r *review) any
	then   func(m *model, r *review, who string)
}

const under = "open objected modifying waiting"

func sits(_ *model, _ *review, who string) bool { return seat(who) != "" }

func decides(_ *model, r *review, who string) bool { return seat(who) != "" && !r.recused[seat(who)] }

func presiding(_ *model, r *review, who string) bool {
	return seat(who) != "" && seat(who) == r.presides()
}

func no(*model, *review, string) bool { return false }

func still(*model, *review, string) {}

// within is a text for those who read within a committee: members and the
// secretariat.
func within(what string) func(*model, *review) any {
	return func(m *model, _ *review) any {
		return map[string]any{"text": m.secret(what, func(who string) bool { return runs(who) || seat(who) != "" })}
	}
}

// toSides is a text that both sides read too.
func toSides(what string) func(*model, *review) any {
	return func(m *model, r *review) any {
		return map[string]any{"text": m.secret(what, func(who string) bool { return m.seesReview(r, who) })}
	}
}

// turns are the commands on a review, as the description of the silence
// procedure has them.
func turns() []turn {
	return []turn{
		{"comments", sits, under, false, no, within("a comment in a review"), still},
		{"notes", sits, under, false, func(_ *model, r *review, _ string) bool { return false }, func(m *model, r *review) any {
			body := within("a note on a score")(m, r).(map[string]any)
			body["criterion"], body["proposal"] = "", r.cases[0]
			return body
		}, still},
		{"object", decides, "open objected modifying", true, func(_ *model, r *review, who string) bool { return r.objections[seat(who)] },
			within("why a member objects"), func(m *model, r *review, who string) {
				r.objections[seat(who)] = true
				m.settle(r, false)
			}},
		{"withdraw-objection", decides, "objected modifying waiting", true, func(_ *model, r *review, who string) bool { return !r.objections[seat(who)] },
			func(*model, *review) any { return nil }, func(m *model, r *review, who string) {
				delete(r.objections, seat(who))
				m.settle(r, false)
			}},
		{"modify", presiding, "open objected", true, no, toSides("another text of a proposal"), func(m *model, r *review, _ string) {
			r.asked, r.since = map[string]bool{}, m.now
			for _, id := range r.proposals {
				p := m.proposals[id]
				for _, party := range m.parties(p) {
					r.asked[party] = false
				}
			}
			m.settle(r, false)
		}},
		{"return", presiding, under, true, no, toSides("why a review was returned"), func(m *model, r *review, _ string) { m.finish(r, "returned") }},
		{"declare", sits, under, true, func(_ *model, r *review, who string) bool { return r.recused[seat(who)] }, within("why a member has an interest"),
			func(m *model, r *review, who string) {
				r.recused[seat(who)] = true
				delete(r.objections, seat(who))
				m.settle(r, false)
			}},
	}
}

// reviewRows are the commands on reviews.
func reviewRows() []row {
	any := func(m *model) bool { return len(m.reviews) > 0 }
	all := []row{
		{"open reviews", func(m *model) bool { return len(m.proposals) > 0 }, func(m *model, d *draw) command {
			ready := func(p *proposal) bool { return m.ready(p) && m.stands(p) }
			if !some(m.proposals, ready) || d.pick("whatever", 10) == 9 {
				ready = anything
			}
			of := []*proposal{one(d, m, m.proposals, ready)}
			if another := one(d, m, m.proposals, ready); another != of[0] {
				of = append(of, another)
			}
			who := d.who(func(who string) bool { return seat(who) == members[0] })
			return m.openReviews(of, rapid.Bool().Draw(d.t, "together"), who)
		}},
		{"answer to a modification", any, func(m *model, d *draw) command {
			r := one(d, m, m.reviews, preferred(m.reviews, func(r *review) bool { return r.asked != nil }))
			agreed := d.pick("disagrees", 4) < 3
			return m.answerReview(r, d.who(func(who string) bool { return len(r.askedOf(who)) > 0 }), agreed)
		}},
	}
	for _, t := range turns() {
		all = append(all, row{t.verb + " of a review", any, func(m *model, d *draw) command {
			fit := func(r *review) bool {
				return r.under() && slices.Contains(strings.Fields(t.steps), r.status) && (t.verb != "withdraw-objection" || len(r.objections) > 0)
			}
			r := one(d, m, m.reviews, preferred(m.reviews, fit))
			return m.turn(r, t, d.who(func(who string) bool { return t.by(m, r, who) }))
		}})
	}
	return all
}

// preferred is the condition where some document meets it, and none otherwise.
func preferred[T any](of map[string]T, fit func(T) bool) func(T) bool {
	if some(of, fit) {
		return fit
	}
	return anything[T]
}

func (m *model) turn(r *review, t turn, who string) command {
	waits := t.waits && m.ripe(r)
	can := slices.Contains(strings.Fields(t.steps), r.status) && !waits && !t.refuse(m, r, who)
	return command{who: who, method: http.MethodPost, path: "/api/v1/reviews/" + r.id + "/" + t.verb, body: t.body(m, r), headers: matched(r.version),
		want: verdict(who, m.seesReview(r, who), t.by(m, r, who), can), then: func(answer) {
			r.version++
			t.then(m, r, who)
		}}
}

// askedOf are those for whom somebody may answer to the modification that is
// pending, answered or not.
func (r *review) askedOf(who string) (out []string) {
	for asked := range r.asked {
		if speaks(who, asked) {
			out = append(out, asked)
		}
	}
	return out
}

func (m *model) answerReview(r *review, who string, agreed bool) command {
	asked := r.askedOf(who)
	unanswered := slices.ContainsFunc(asked, func(a string) bool { return !r.asked[a] })
	can := (r.status == "modifying" || r.status == "waiting") && !m.ripe(r) && unanswered
	return command{who: who, method: http.MethodPost, path: "/api/v1/reviews/" + r.id + "/answer", body: map[string]any{"agreed": agreed}, headers: matched(r.version),
		want: verdict(who, m.seesReview(r, who), len(asked) > 0, can), then: func(answer) {
			r.version++
			for _, a := range asked {
				r.asked[a] = true
			}
			all := true
			for _, answered := range r.asked {
				all = all && answered
			}
			switch {
			case !agreed:
				r.asked = nil
				m.settle(r, false)
			case all:
				r.asked, r.objections, r.held = nil, map[string]bool{}, 0
				m.contest(r, false)
				r.held = 0
				m.settle(r, true)
			default:
				m.settle(r, false)
			}
		}}
}

// ready reports whether a proposal may be reviewed: both sides have looked at it.
func (m *model) ready(p *proposal) bool {
	return p.status == "returned" || p.status == "proposed" && m.over(p.at, m.rules.LookDays)
}

// openReviews opens one review for each of the proposals, or one for all.
func (m *model) openReviews(of []*proposal, together bool, who string) command {
	var ids []string
	sees, can := true, true
	for n, p := range of {
		ids = append(ids, p.id)
		sees = sees && (m.knows(p, who) || n > 0 && !together) // one after the other: what is refused of the first is refused of all
		can = can && m.ready(p) && m.stands(p)
	}
	m.made++
	c := command{who: who, method: http.MethodPost, path: "/api/v1/reviews", headers: []string{"Idempotency-Key", "review " + strings.Join(ids, " ")[:20] + string(rune('a'+m.made%26)) + m.now.String()},
		body: map[string]any{"convention": convention, "proposals": ids, "together": together},
		want: verdict(who, sees, seat(who) == members[0], can)}
	if c.want == http.StatusOK {
		c.want = http.StatusCreated
	}
	c.then = func(a answer) {
		var made struct{ Items []struct{ ID string } }
		_ = json.Unmarshal(a.body, &made) // what is missing is missed by what follows
		groups := [][]string{ids}
		if !together {
			groups = slices.Collect(slices.Chunk(ids, 1))
		}
		for n, item := range made.Items {
			m.begun(item.ID, groups[n])
		}
	}
	return c
}

func (m *model) begun(id string, proposals []string) {
	r := &review{id: id, version: 1, proposals: slices.Clone(proposals), cases: proposals, recused: map[string]bool{}, objections: map[string]bool{}}
	for _, of := range proposals {
		p := m.proposals[of]
		for _, party := range m.parties(p) {
			if _, state, _ := strings.Cut(party, " "); slices.Contains(members, state) {
				r.recused[state] = true
			}
		}
		p.status, p.review = "in_review", id
		p.version++
	}
	m.settle(r, false)
	m.reviews[id] = r
	m.order = append(m.order, id)
}
