package notify

import (
	"slices"
	"strconv"

	"entente/cooperation"
	"entente/message"
)

// proposals tells of the pairings that a run newly proposed: each body
// concerned, with the secretariat, and each side of its own postings. One
// message per recipient and body, and one per person of a side, however many
// pairings there are.
//
// Whoever starts a run is told of it too: what the matcher proposes is nobody's
// own act.
func (t *telling) proposals() {
	covered := make(map[string][]string) // user id → bodies whose message the person gets
	for i := range t.convention.Committees {
		b := t.gather(&t.convention.Committees[i])
		if len(b.responsible)+len(b.informed) > 0 {
			t.tellBody(b, covered)
		}
	}
	t.tellSides(covered)
}

// body is a committee with the new pairings that its mandate reaches.
type body struct {
	*cooperation.Committee
	responsible []*cooperation.Pairing // best first
	informed    []*cooperation.Pairing // best first
}

func (t *telling) gather(c *cooperation.Committee) body {
	b := body{Committee: c}
	for i := range t.occasion.Pairings {
		p := &t.occasion.Pairings[i]
		switch {
		case p.Proposal.Committee == c.ID:
			b.responsible = append(b.responsible, p)
		case slices.Contains(p.Proposal.Informed, c.ID):
			b.informed = append(b.informed, p)
		}
	}
	return b
}

// tellBody tells the members (the chair's first), the secretariat of what the
// body is responsible for, and the body's mailbox.
func (t *telling) tellBody(b body, covered map[string][]string) {
	examines := t.convention.ExaminesPairings(b.Committee)
	for _, u := range t.members(b.Committee) {
		if !examines {
			break
		}
		covered[u.ID] = append(covered[u.ID], b.ID)
		t.addBody(b, b.reason(), u.ID, u.Mail, u.Language)
	}
	if len(b.responsible) > 0 {
		for _, u := range t.users {
			if cooperation.ActorOf(u, true).Has(t.convention.ID, cooperation.Secretariat) && !slices.Contains(covered[u.ID], b.ID) {
				covered[u.ID] = append(covered[u.ID], b.ID)
				alone := body{Committee: b.Committee, responsible: b.responsible}
				t.addBody(alone, ReasonSecretariat, u.ID, u.Mail, u.Language)
			}
		}
	}
	if b.Contact != "" && examines {
		t.addBody(b, b.reason(), cooperation.CommitteeRecipient(b.ID), b.Contact, "")
	}
}

// members lists the people who sit on a committee, those of the State that
// presides before the others.
func (t *telling) members(c *cooperation.Committee) []*cooperation.User {
	var chair, others []*cooperation.User
	country, presided := c.ChairOn(cooperation.DateOf(t.now))
	for _, u := range t.users {
		switch {
		case !sitsOn(u, t.convention.ID, c.ID):
		case presided && slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
			return g.Convention == t.convention.ID && g.Committee == c.ID && string(g.Participant) == country.Alpha2()
		}):
			chair = append(chair, u)
		default:
			others = append(others, u)
		}
	}
	return append(chair, others...)
}

// reason is why those who sit on the body are told.
func (b body) reason() string {
	if len(b.responsible) > 0 {
		return ReasonResponsible
	}
	return ReasonInformed
}

// addBody adds the message of a body to one recipient.
func (t *telling) addBody(b body, reason, recipient, mail, lang string) {
	name, shown := message.Of(message.Body, "body", b.ID), b.responsible
	if reason == ReasonInformed {
		shown = b.informed
	}
	key := "notify." + reason
	n := cooperation.Notification{Committee: b.ID, Reason: reason, Run: t.occasion.Run.ID,
		Subject: message.New(key+".subject", t.conventionArg(), name, message.Count(len(shown))),
		Lines:   []message.Message{message.New(key+".intro", name, message.Count(len(shown)))},
	}
	t.list(&n, shown, lang)
	if reason == ReasonResponsible && len(b.informed) > 0 {
		n.Lines = append(n.Lines, message.New("notify.proposals.also_informed", message.Count(len(b.informed))))
		n.Documents = documentsOf(n.Documents, b.informed)
	}
	t.add(n, recipient, mail, t.occasion.Run.ID, b.ID)
}

// tellSides tells people of the pairings of the postings for which they act:
// of no others, and of none that reach them with the message of a body.
func (t *telling) tellSides(covered map[string][]string) {
	needs, offers := t.sides()
	for _, u := range t.users {
		var places []int
		for _, p := range t.actsFor(u, cooperation.FocalPoint, cooperation.Approver) {
			places = append(places, needs[p]...)
		}
		for _, p := range t.actsFor(u, cooperation.ProviderRole, cooperation.Approver) {
			places = append(places, offers[p]...)
		}
		slices.Sort(places)
		var own []*cooperation.Pairing
		for _, i := range slices.Compact(places) {
			if p := &t.occasion.Pairings[i]; !reached(p.Proposal, covered[u.ID]) {
				own = append(own, p)
			}
		}
		if len(own) > 0 {
			t.addSide(own, u)
		}
	}
}

// reached reports whether one of the bodies is told of the proposal.
func reached(p *cooperation.Proposal, bodies []string) bool {
	return slices.ContainsFunc(bodies, func(body string) bool { return body == p.Committee || slices.Contains(p.Informed, body) })
}

func (t *telling) addSide(own []*cooperation.Pairing, u *cooperation.User) {
	key := "notify." + ReasonPosting
	n := cooperation.Notification{Reason: ReasonPosting, Run: t.occasion.Run.ID,
		Subject: message.New(key+".subject", t.conventionArg(), message.Count(len(own))),
		Lines:   []message.Message{message.New(key+".intro", message.Count(len(own)))},
	}
	t.list(&n, own, u.Language)
	t.add(n, u.ID, u.Mail, t.occasion.Run.ID, "")
}

// sides finds the places of the pairings by who benefits and by who provides.
func (t *telling) sides() (needs, offers map[cooperation.Participant][]int) {
	needs, offers = map[cooperation.Participant][]int{}, map[cooperation.Participant][]int{}
	for i, p := range t.occasion.Pairings {
		for _, b := range beneficiaries(p.Need) {
			needs[b] = append(needs[b], i)
		}
		for _, b := range p.Offer.Providers() {
			offers[b] = append(offers[b], i)
		}
	}
	return needs, offers
}

// list puts the best pairings into a message and says how many more there are.
func (t *telling) list(n *cooperation.Notification, pairings []*cooperation.Pairing, lang string) {
	for _, p := range pairings[:min(listed, len(pairings))] {
		n.Items = append(n.Items, cooperation.Item{Heading: pairingHeading(p, lang), Reasons: p.Reasons, Document: "proposal/" + p.Proposal.ID})
	}
	if more := len(pairings) - len(n.Items); more > 0 {
		n.Lines = append(n.Lines, message.New("notify.proposals.more", message.Count(more)))
	}
	n.Documents = documentsOf(n.Documents, pairings)
}

// documentsOf adds the proposals to what a message is about, up to the limit.
func documentsOf(to []string, pairings []*cooperation.Pairing) []string {
	for _, p := range pairings[:min(documents-len(to), len(pairings))] {
		to = append(to, "proposal/"+p.Proposal.ID)
	}
	return to
}

func pairingHeading(p *cooperation.Pairing, lang string) message.Message {
	return message.New("notify.pairing",
		message.Of(message.Text, "need", quoted(p.Need.Title, p.Need.Translations, lang)), beneficiariesArg(p.Need),
		message.Of(message.Text, "offer", quoted(p.Offer.Title, p.Offer.Translations, lang)),
		message.Of(message.Party, "provider", string(p.Offer.Provider)),
		message.Of(message.Millionths, "score", strconv.FormatInt(p.Score, 10)))
}
