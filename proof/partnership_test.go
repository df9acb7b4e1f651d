package proof_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

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
