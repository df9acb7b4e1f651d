package proof_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
)

// partnership is what both sides agreed on, and what became of it.
type partnership struct {
	id, proposal, need string
	status             string
	version            uint64
	terms              *terms
	begun              cooperation.Date
	entries            []entry
	feedback           map[string]bool
	stated             *statement
	lessons            *lessons
}

// entry is money that was committed or paid, or that takes such an entry back.
type entry struct {
	share int // from 1
	final bool
}

// statement is what one partner states as delivered, with who agrees.
type statement struct {
	delivered []given
	agreed    map[string]bool
	at        time.Time
}

// given is what was delivered of a share.
type given struct {
	share        int // from 1
	kinds        []string
	amount, days int
}

// lessons are words for others, with who has cleared them.
type lessons struct {
	draft   int
	text    string          // by which the model knows them
	cleared map[string]bool // and whether for everybody
}

func (w *partnership) clone() *partnership {
	c := *w
	c.entries, c.feedback = slices.Clone(w.entries), maps.Clone(w.feedback)
	if w.stated != nil {
		s := *w.stated
		s.agreed, c.stated = maps.Clone(s.agreed), &s
	}
	if w.lessons != nil {
		l := *w.lessons
		l.cleared, c.lessons = maps.Clone(l.cleared), &l
	}
	return &c
}

// partners are all who have agreed.
func (w *partnership) partners() []string { return slices.Sorted(maps.Keys(w.terms.signed)) }

// party is for whom somebody speaks in a partnership; "" for nobody.
func (w *partnership) party(who string) string {
	for _, party := range w.partners() {
		if speaks(who, party) {
			return party
		}
	}
	return ""
}

// silenced reports whether the others were silent for too long about what one
// partner has stated as delivered.
func (m *model) silenced(w *partnership) bool {
	return w.status == "active" && w.stated != nil && m.past(m.day(w.stated.at).AddMonths(m.rules.ReplyMonths))
}

// asked reports whether the partners are asked today how it goes: from a month
// before 3, 6 and 12 months after the beginning and before the day that they have
// agreed on, until the next question takes its place.
func (m *model) asked(w *partnership) bool {
	from := w.begun
	if from.IsZero() {
		from = w.terms.start
	}
	var days []cooperation.Date
	for _, months := range []int{3, 6, 12} {
		days = append(days, from.AddMonths(months))
	}
	if r := w.terms.report; !r.IsZero() && !slices.Contains(days, r) {
		days = append(days, r)
	}
	slices.SortFunc(days, func(a, b cooperation.Date) int { return int(a.Days() - b.Days()) })
	today, latest := m.day(m.now), -1
	for i, day := range days {
		opens := day.AddMonths(-1)
		if i > 0 && opens.Before(days[i-1].AddDays(1)) {
			opens = days[i-1].AddDays(1)
		}
		if !today.Before(opens) {
			latest = i
		}
	}
	return latest >= 0 && (latest < len(days)-1 || today.Before(days[latest].AddMonths(3)))
}

// asAgreed is what the terms say, as delivered.
func (w *partnership) asAgreed() (out []given) {
	for i, s := range w.terms.shares {
		out = append(out, given{i + 1, s.kinds, s.pledged, s.days})
	}
	return out
}

// same reports whether two statements say the same.
func same(a, b []given) bool {
	return slices.EqualFunc(a, b, func(a, b given) bool {
		return a.share == b.share && slices.Equal(a.kinds, b.kinds) && a.amount == b.amount && a.days == b.days
	})
}

// complete ends a partnership as one partner has stated.
func (m *model) complete(w *partnership) {
	w.status = "completed"
	m.conclude(w, w.stated.delivered)
}

// conclude gives back to the offers and to the need what was not delivered, and
// notes for the need what was.
func (m *model) conclude(w *partnership, delivered []given) {
	kept := &terms{rest: w.terms.rest}
	for _, g := range delivered {
		s := w.terms.shares[g.share-1]
		s.kinds, s.pledged, s.days = g.kinds, g.amount, g.days
		kept.shares = append(kept.shares, s)
	}
	for _, s := range w.terms.shares {
		served := slices.ContainsFunc(kept.shares, func(k share) bool { return k.offer == s.offer })
		m.postings[s.offer].takeBack(w.id, kept.takes(s.offer), served)
	}
	n := m.postings[w.need]
	m.release(n, w.id, kept.part(n), len(delivered) > 0)
}

// told is a text of a partnership that its partners and the secretariat read.
func (m *model) told(w *partnership, what string) string {
	return m.secret(what, func(who string) bool { return runs(who) || w.party(who) != "" })
}

// act is what a partner does: what is sent, and what follows.
type act struct {
	body    any
	refused int // the status with which it is refused although the step allows it; 0 for none
	then    func(w *partnership, party string)
}

// choice chooses one of so many; the first is the simplest.
type choice func(what string, of int) int

// deedOfPartner is a sort of act: in which steps, and for providers only or for
// all partners.
type deedOfPartner struct {
	name, verb, steps string
	offers            bool
	make              func(m *model, w *partnership, pick choice, who string) act
}

// The steps in which something may be written.
const (
	always = "agreed active completed stopped"
	begun  = "active completed stopped"
	during = "agreed active"
)

func deedsOfPartners() []deedOfPartner {
	return []deedOfPartner{
		{"begin", "begin", "agreed", false, beginning},
		{"report on a milestone", "milestones", "active", false, milestone},
		{"write of money", "disbursements", during, true, disbursement},
		{"take an entry back", "disbursements/correct", always, true, correction},
		{"report a deviation", "deviations", during, false, deviation},
		{"answer a question", "follow-ups", "agreed active completed", false, followUp},
		{"state the origin", "origin", always, false, origin},
		{"state what was delivered", "complete", "active", false, completion},
		{"confirm what was delivered", "confirm", "active", false, confirmation},
		{"stop", "stop", during, false, stopping},
		{"give feedback", "feedback", begun, false, feedback},
		{"draft lessons", "lessons", begun, false, draftLessons},
		{"clear lessons", "lessons/clear", begun, false, clearLessons},
	}
}

// partnershipRows are what partners do and write.
func partnershipRows() []row {
	var all []row
	for _, deed := range deedsOfPartners() {
		all = append(all, row{deed.name, func(m *model) bool { return len(m.partnerships) > 0 }, func(m *model, d *draw) command {
			w := one(d, m, m.partnerships, preferred(m.partnerships, func(w *partnership) bool { return deed.fit(m, w) }))
			return m.partnerDoes(w, deed, d.who(func(who string) bool { return deed.may(w.party(who)) }), d.pick)
		}})
	}
	return all
}

// in reports whether a partnership is in a step that allows the deed.
func (d deedOfPartner) in(w *partnership) bool {
	return slices.Contains(strings.Fields(d.steps), w.status)
}

// may reports whether the deed is for a partner.
func (d deedOfPartner) may(party string) bool {
	return party != "" && (!d.offers || sideOf(party) == "offer")
}

// fit reports whether the deed would come to something.
func (d deedOfPartner) fit(m *model, w *partnership) bool {
	switch d.verb {
	case "disbursements/correct":
		return slices.ContainsFunc(w.entries, func(e entry) bool { return !e.final })
	case "follow-ups":
		return d.in(w) && m.asked(w)
	case "confirm":
		return d.in(w) && w.stated != nil
	case "lessons/clear":
		return d.in(w) && w.lessons != nil
	case "feedback":
		return d.in(w) && len(w.feedback) < len(w.partners())
	}
	return d.in(w)
}

func (m *model) partnerDoes(w *partnership, d deedOfPartner, who string, pick choice) command {
	party, a := w.party(who), d.make(m, w, pick, who)
	c := command{who: who, method: http.MethodPost, path: "/api/v1/partnerships/" + w.id + "/" + d.verb, body: a.body, headers: matched(w.version),
		want: verdict(who, runs(who) || party != "", d.may(party), d.in(w)), then: func(answer) {
			w.version++
			a.then(w, party)
		}}
	if c.want == http.StatusOK && a.refused != 0 {
		c.want, c.within = a.refused, a.refused == http.StatusNotFound
	}
	return c
}

func noted(*partnership, string) {}

func beginning(m *model, _ *partnership, pick choice, _ string) act {
	a := act{then: func(w *partnership, _ string) { w.status, w.begun = "active", m.day(m.now) }}
	if pick("another day", 6) == 5 {
		a.body, a.refused = map[string]any{"on": m.day(m.now).AddDays(1)}, http.StatusUnprocessableEntity
	}
	return a
}

func milestone(m *model, w *partnership, pick choice, _ string) act {
	a := act{body: map[string]any{"milestone": 1, "done": m.day(m.now), "text": m.told(w, "of a milestone")}, then: noted}
	if pick("another milestone", 6) == 5 {
		a.body, a.refused = map[string]any{"milestone": 2, "text": "Of which nothing was said."}, http.StatusUnprocessableEntity
	}
	return a
}

// pays reports whether somebody writes of the money of a share: its provider, and
// the one that leads.
func (w *partnership) pays(who string, share int) bool {
	return speaks(who, w.terms.shares[share-1].party) || speaks(who, w.terms.shares[0].party)
}

func disbursement(m *model, w *partnership, pick choice, who string) act {
	share := 1 + pick("share", len(w.terms.shares)+1)
	a := act{body: map[string]any{"share": share, "sort": []string{"committed", "paid"}[pick("sort", 2)], "amount": dollars(7), "on": m.day(m.now), "text": m.told(w, "of money")},
		then: func(w *partnership, _ string) { w.entries = append(w.entries, entry{share: share}) }}
	switch {
	case share > len(w.terms.shares):
		a.refused = http.StatusUnprocessableEntity
	case !w.pays(who, share):
		a.refused = http.StatusForbidden
	}
	return a
}

func correction(m *model, w *partnership, pick choice, who string) act {
	number := 1 + pick("entry", len(w.entries)+1)
	a := act{body: map[string]any{"number": number, "text": m.told(w, "why an entry is taken back")},
		then: func(w *partnership, _ string) {
			w.entries = append(w.entries, entry{share: w.entries[number-1].share, final: true})
			w.entries[number-1].final = true
		}}
	switch {
	case number > len(w.entries):
		a.refused = http.StatusNotFound
	case !w.pays(who, w.entries[number-1].share):
		a.refused = http.StatusForbidden
	case w.entries[number-1].final:
		a.refused = http.StatusConflict
	}
	return a
}

func deviation(m *model, w *partnership, pick choice, _ string) act {
	body := map[string]any{"aspect": "schedule", "text": m.told(w, "of a deviation")}
	a := act{body: body, then: noted}
	switch pick("another end", 6) {
	case 4:
		body["expected"] = m.day(m.now).AddDays(30)
	case 5:
		body["expected"], a.refused = m.day(m.now).AddDays(-1), http.StatusUnprocessableEntity
	}
	return a
}

func followUp(m *model, w *partnership, _ choice, _ string) act {
	a := act{body: map[string]any{"course": "on_track", "text": m.told(w, "how it goes")}, then: noted}
	if !m.asked(w) {
		a.refused = http.StatusConflict
	}
	return a
}

func origin(m *model, w *partnership, pick choice, _ string) act {
	a := act{body: map[string]any{"origin": []string{"facilitated", "under_way"}[pick("origin", 2)], "text": m.told(w, "where the help comes from")}, then: noted}
	if pick("no evidence", 6) == 5 {
		a.body, a.refused = map[string]any{"origin": "facilitated"}, http.StatusUnprocessableEntity
	}
	return a
}

// feedback is for the partner that gives it, and for the secretariat.
func feedback(m *model, w *partnership, pick choice, who string) act {
	party := w.party(who)
	text := m.secret("feedback", func(who string) bool { return runs(who) || party != "" && w.party(who) == party })
	a := act{body: map[string]any{"rating": 1 + pick("rating", 5), "text": text}, then: func(w *partnership, party string) { w.feedback[party] = true }}
	if w.feedback[party] {
		a.refused = http.StatusConflict
	}
	return a
}

// learns reports whether somebody acts for a Party or a provider, sits on the body
// or runs the secretariat.
func learns(who string) bool {
	return runs(who) || seat(who) != "" || holds(who, "", cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole)
}

// draftLessons puts lessons into words. They are the partners' own until all have
// cleared them.
func draftLessons(m *model, w *partnership, pick choice, _ string) act {
	number, public := 1, pick("public", 2) == 1
	if w.lessons != nil {
		number = w.lessons.draft + 1
	}
	id, drafted := w.id, fmt.Sprint(w.id, " ", number, " ", len(m.secrets))
	text := m.secretUntil("lessons", func(m *model, who string) bool {
		w, shared := m.partnerships[id], m.shared[drafted]
		return runs(who) || w != nil && w.party(who) != "" || shared == "parties" && learns(who) || shared == "all"
	})
	return act{body: map[string]any{"text": text, "public": public}, then: func(w *partnership, party string) {
		w.lessons = &lessons{draft: number, cleared: map[string]bool{party: public}, text: drafted}
		m.share(w)
	}}
}

// share shares lessons once all partners have cleared them: with everybody if all
// have said so.
func (m *model) share(w *partnership) {
	if len(w.lessons.cleared) < len(w.partners()) {
		return
	}
	m.shared[w.lessons.text] = "all"
	if some(w.lessons.cleared, func(public bool) bool { return !public }) {
		m.shared[w.lessons.text] = "parties"
	}
}

func clearLessons(m *model, w *partnership, pick choice, _ string) act {
	number, public := 0, pick("public", 2) == 1
	if w.lessons != nil {
		number = w.lessons.draft
	}
	if number == 0 || pick("another draft", 6) == 5 {
		number++
	}
	a := act{body: map[string]any{"draft": number, "public": public}, then: func(w *partnership, party string) {
		w.lessons.cleared[party] = public
		m.share(w)
	}}
	if w.lessons == nil || w.lessons.draft != number {
		a.refused = http.StatusConflict
	}
	return a
}

// delivered makes up what was delivered, and says whether that is no more than was
// agreed and anything at all; nil for as agreed.
func (w *partnership) delivered(pick choice) (list []given, fine bool) {
	fine = true
	switch pick("how much was delivered", 5) {
	case 0, 1:
		return nil, true
	case 2:
		return w.asAgreed(), true
	case 3:
		for _, g := range w.asAgreed() {
			if pick("this share", 3) == 2 {
				continue
			}
			g.amount, g.days = g.amount/2, g.days/2
			if pick("the kinds", 2) == 1 {
				g.kinds = nil
			}
			fine = fine && (len(g.kinds) > 0 || g.amount > 0 || g.days > 0)
			list = append(list, g)
		}
		if len(list) == 0 {
			return nil, true
		}
		return list, fine
	}
	list = w.asAgreed()
	list[0].days++
	return list, false
}

func bodyOf(list []given) (out []any) {
	for _, g := range list {
		x := map[string]any{"share": g.share}
		if len(g.kinds) > 0 {
			x["kinds"] = g.kinds
		}
		if g.amount > 0 {
			x["amount"] = dollars(g.amount)
		}
		if g.days > 0 {
			x["quantity"] = g.days
		}
		out = append(out, x)
	}
	return out
}

func completion(m *model, w *partnership, pick choice, _ string) act {
	list, fine := w.delivered(pick)
	body := map[string]any{"text": m.told(w, "of what was delivered")}
	if list != nil {
		body["delivered"] = bodyOf(list)
	} else {
		list = w.asAgreed()
	}
	a := act{body: body, then: func(w *partnership, party string) {
		if w.stated == nil || !same(w.stated.delivered, list) {
			w.stated = &statement{delivered: list, agreed: map[string]bool{}, at: m.now}
		}
		m.agreeTo(w, party)
	}}
	switch {
	case m.silenced(w):
		a.refused = http.StatusConflict
	case !fine:
		a.refused = http.StatusUnprocessableEntity
	}
	return a
}

// agreeTo notes that a partner agrees to what was stated; with all of them the
// partnership is complete.
func (m *model) agreeTo(w *partnership, party string) {
	if w.stated.agreed[party] = true; len(w.stated.agreed) == len(w.partners()) {
		m.complete(w)
	}
}

func confirmation(m *model, w *partnership, _ choice, _ string) act {
	a := act{then: func(w *partnership, party string) { m.agreeTo(w, party) }}
	if w.stated == nil || m.silenced(w) {
		a.refused = http.StatusConflict
	}
	return a
}

func stopping(m *model, w *partnership, pick choice, _ string) act {
	list, fine := w.delivered(pick)
	body := map[string]any{"reason": "funding_not_approved", "text": m.told(w, "why a partnership is stopped")}
	if list != nil {
		body["delivered"] = bodyOf(list)
	}
	a := act{body: body, then: func(w *partnership, _ string) {
		w.status, w.stated = "stopped", nil
		m.conclude(w, list)
	}}
	switch {
	case m.silenced(w):
		a.refused = http.StatusConflict
	case !fine, w.status == "agreed" && len(list) > 0:
		a.refused = http.StatusUnprocessableEntity
	}
	return a
}

// partnershipsDiffer says how the partnerships that there are differ from the
// model's.
func (m *model) partnershipsDiffer(found func(id string) (*cooperation.Partnership, bool)) string {
	for id, w := range m.partnerships {
		switch got, ok := found(id); {
		case !ok:
			return "partnership " + id + " is not there"
		case string(got.Status) != w.status || got.Version != w.version:
			return fmt.Sprintf("partnership %s is %s in version %d, and by the description %s in version %d", id, got.Status, got.Version, w.status, w.version)
		}
	}
	return ""
}
