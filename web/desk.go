package web

import (
	"net/http"
	"slices"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// desk is what a person has to do with a convention: what waits for him, his
// postings, the pairings that concern him, and what he was told.
type desk struct {
	Title     string
	Clocks    []clockRow
	Post      []link // to post a need or an offer
	Drafts    []card
	Needs     []card
	Offers    []card
	Proposals []card
	Helped    []assessmentRow // help with needs that do not say yet what is needed
	Help      string          // where all of it is listed
	Followed  []card          // reviews to which the reader is invited
	Texts     []card          // on which a body decides, with a part of the reader's
	Told      []told
	Unread    int
	Read      string // where all of it is marked as read
	All       string // where all that he was told stands
}

// clockRow is a deadline of the reader's.
type clockRow struct {
	Address, Title string
	Label, Last    string
	Paused         bool
	Over           bool
}

// told is something of which the reader was told.
type told struct {
	Subject, When string
	ID            string
	Address       string // "" where there is nothing to look at
	Read          bool
}

func (desk) template() string { return "desk" }

func (d desk) title() string { return d.Title }

// mostOnDesk is how much of each sort a desk shows.
const mostOnDesk = 20

func (p *pages) desk(v *visit) error {
	d := desk{Read: v.within("/desk/read"), All: v.within("/notifications"), Title: v.text("page.desk.title"), Post: v.posts("need", "offer")}
	clocks, _, _, err := p.Platform.Clocks(v.actor(), v.conv.ID, platform.ClockQuery{Limit: mostOnDesk})
	if err != nil {
		return err
	}
	for _, c := range clocks {
		d.Clocks = append(d.Clocks, clockRow{v.addressOf(c.Document), c.Title, v.text("clock." + string(c.Kind)), v.day(c.Last), !c.Paused.IsZero(), c.Over(p.Platform.Now())})
	}
	if err := v.own(&d); err != nil {
		return err
	}
	proposals, err := v.state.Proposals(v.actor(), catalogue.ProposalQuery{Limit: mostOnDesk, Status: []cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview, cooperation.Endorsed,
		cooperation.Recommended, cooperation.Introduced, cooperation.InTalks, cooperation.ReturnedProposal}})
	if err != nil {
		return err
	}
	for _, q := range proposals.Items {
		d.Proposals = append(d.Proposals, v.proposalCard(q))
	}
	if d.Helped, err = v.helpWith(""); err != nil {
		return err
	}
	d.Help = v.within("/assessments")
	if d.Followed, err = p.followed(v); err != nil {
		return err
	}
	if d.Texts, err = p.textsToDecide(v); err != nil {
		return err
	}
	notifications, err := v.state.NotificationsOf(v.who.User.ID, catalogue.NotificationQuery{Limit: mostOnDesk})
	if err != nil {
		return err
	}
	for _, n := range notifications.Items {
		t := told{ID: n.ID, Subject: v.say(n.Subject), When: v.words.Date(n.Created), Read: !n.Read.IsZero()}
		if len(n.Documents) > 0 {
			t.Address = p.firstOpen(v, n.Documents)
		}
		if d.Told = append(d.Told, t); !t.Read {
			d.Unread++
		}
	}
	p.show(v, http.StatusOK, d)
	return nil
}

// own adds the postings of those for whom the reader speaks.
func (v *visit) own(d *desk) error {
	var countries []reference.Country
	var providers []cooperation.Participant
	for _, g := range v.actor().Grants {
		if g.Convention != v.conv.ID || g.Participant == "" {
			continue
		}
		if c, ok := g.Participant.State(); ok && slices.Contains([]cooperation.Role{cooperation.FocalPoint, cooperation.Approver}, g.Role) {
			countries = append(countries, c)
		}
		if slices.Contains([]cooperation.Role{cooperation.ProviderRole, cooperation.Approver}, g.Role) {
			providers = append(providers, g.Participant)
		}
	}
	if len(countries) > 0 {
		found, err := v.state.SearchNeeds(v.actor(), catalogue.Query{Country: countries, Sort: catalogue.SortUpdated, Limit: mostOnDesk})
		if err != nil {
			return err
		}
		for _, n := range found.Items {
			if shown, _ := n.Shown(v.actor()); shown != nil {
				d.own(&d.Needs, v.needCard(shown), v.within("/needs/"+n.ID+"/edit"))
			}
		}
	}
	if len(providers) > 0 {
		found, err := v.state.SearchOffers(v.actor(), catalogue.Query{Provider: providers, Sort: catalogue.SortUpdated, Limit: mostOnDesk})
		if err != nil {
			return err
		}
		for _, o := range found.Items {
			if shown, _ := o.Shown(v.actor()); shown != nil {
				d.own(&d.Offers, v.offerCard(shown), v.within("/offers/"+o.ID+"/edit"))
			}
		}
	}
	return nil
}

// own adds a posting to a list, and one that is still being written to the
// drafts, with where it is written.
func (d *desk) own(list *[]card, c card, edit string) {
	switch c.StatusCode {
	case string(cooperation.NeedDraft), string(cooperation.NeedReturned):
		c.Address = edit
		d.Drafts = append(d.Drafts, c)
	case string(cooperation.NeedWithdrawn):
	default:
		*list = append(*list, c)
	}
}

// proposalCard is a pairing in a list.
func (v *visit) proposalCard(q *cooperation.Proposal) card {
	c := card{Address: v.within("/proposals/" + q.ID), Title: v.text("page.proposal.title"), Status: v.name(message.Status, "proposal."+string(q.Status)), StatusCode: string(q.Status)}
	sides := sidesOf(v.state, q)
	if sides.Need != nil {
		if shown, _ := sides.Need.Shown(v.actor()); shown != nil {
			of := v.needCard(shown)
			c.Title, c.Language, c.Whose, c.Themes = of.Title, of.Language, of.Whose, of.Themes
		}
	}
	for _, o := range sides.Offers {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			of := v.offerCard(shown)
			c.Facts = append(c.Facts, fact{Label: of.Whose, Value: of.Title, Foreign: true, Language: of.Language})
		}
	}
	return c
}

// firstOpen is the page of the first of the documents that the reader may open:
// people are told of steps whose page is for both sides alone.
func (p *pages) firstOpen(v *visit, documents []string) string {
	review := ""
	for _, document := range documents {
		kind, id, _ := strings.Cut(document, "/")
		var err error
		switch kind {
		case "need":
			_, _, err = p.Platform.Need(v.actor(), id)
		case "offer":
			_, _, err = p.Platform.Offer(v.actor(), id)
		case "proposal":
			_, err = p.Platform.Proposal(v.actor(), id)
		case "introduction":
			_, err = p.Platform.Introduction(v.actor(), id)
		case "agreement":
			_, err = p.Platform.Agreement(v.actor(), id)
		case "partnership":
			_, _, err = p.Platform.Partnership(v.actor(), id)
		case "assessment":
			_, err = p.Platform.Assessment(v.actor(), id)
		case "review":
			_, err = p.Platform.Review(v.actor(), id)
		case "recommendation":
			_, err = p.Platform.Recommendation(v.actor(), id)
		}
		address := v.addressOf(document)
		if err != nil || address == "" {
			continue
		}
		if kind != "review" { // the page of its proposal says more, to those who may read that
			return address
		}
		review = address
	}
	return review
}

// addressOf is the page of a document; "" where there is none.
func (v *visit) addressOf(document string) string {
	for _, kind := range []string{"need", "offer", "proposal", "introduction", "agreement", "partnership", "assessment", "recommendation", "review"} {
		if id, ok := strings.CutPrefix(document, kind+"/"); ok {
			return v.within("/" + kind + "s/" + id)
		}
	}
	return ""
}
