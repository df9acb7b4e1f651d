package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// fits is who would fit a posting, as its own side and those who judge it see
// that.
type fits struct {
	Matches     []fit
	Discoveries []fit
	Candidates  int
	Change      string    // the single change that would bring most more; "" where there is none
	Removed     []removed // why others are not among them
	All         string    // the address of all of them; "" where they are here
	Act         string    // the address to which interest is sent; "" where the reader speaks for no side
}

// fit is a posting on the other side with its score.
type fit struct {
	ID    string
	Card  card
	Score points
}

// points are a score with what it is made of.
type points struct {
	Total string // of a hundred
	Width int    // in hundredths
	Parts []part
}

// part is one part of a score.
type part struct {
	Label, Points, Sentence string
	Width                   int // of its weight, in hundredths
}

// removed is how many postings one filter took away, in a sentence.
type removed struct{ Sentence string }

// How many candidates the page of a posting shows, and how many the page that is
// about them.
const (
	mostFits = 10
	allFits  = 100
)

// fitsPage is all that fit a posting, with those that are new to it.
type fitsPage struct {
	Title string
	Back  link
	Kind  string // of the posting
	Fits  *fits
}

func (fitsPage) template() string { return "fits-page" }

func (f fitsPage) title() string { return f.Title }

// serveMatches adds the pages of all that fit a posting.
func (p *pages) serveMatches(engine *gin.Engine) {
	p.private(engine, "/c/:convention/needs/:id/matches", p.needMatches)
	p.private(engine, "/c/:convention/offers/:id/matches", p.offerMatches)
}

func (p *pages) needMatches(v *visit) error {
	n, _, err := p.Platform.Need(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	return p.allFits(v, "need", n.Convention, v.needCard(n), p.forNeed(v, n, allFits))
}

func (p *pages) offerMatches(v *visit) error {
	o, _, err := p.Platform.Offer(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	return p.allFits(v, "offer", o.Convention, v.offerCard(o), p.forOffer(v, o, allFits))
}

func (p *pages) allFits(v *visit, kind, convention string, of card, found *fits) error {
	if convention != v.conv.ID || found == nil {
		return cooperation.Absent()
	}
	found.All = ""
	p.show(v, http.StatusOK, fitsPage{Title: v.say(message.New("page.fits.title."+kind, message.Of(message.Text, "title", of.Title))), Back: link{of.Address, of.Title}, Kind: kind, Fits: found})
	return nil
}

// scored puts a score into words.
func (v *visit) scored(total matching.Score, parts []matching.Part) points {
	s := points{Total: v.words.Millionths(int64(total)), Width: int(int64(total) / 1_000_000)}
	for _, p := range parts {
		if p.Weight == 0 {
			continue
		}
		s.Parts = append(s.Parts, part{Label: v.say(p.Name.Label()), Points: v.words.Millionths(int64(p.Points)), Sentence: v.say(p.Message), Width: int(int64(p.Value) * 100 / int64(matching.Whole))})
	}
	return s
}

// forNeed lists the offers that fit a need; nil for those who may not see that,
// and where nothing is paired with it now.
func (p *pages) forNeed(v *visit, n *cooperation.Need, most int) *fits {
	if !n.Status.Matchable() {
		return nil
	}
	m, err := p.Platform.NeedMatches(v.actor(), n.ID, most)
	if err != nil {
		return nil
	}
	out := v.offersFor(m)
	out.All = v.within("/needs/" + n.ID + "/matches")
	if whole, ok := v.state.Need(n.ID); ok && v.speaks(&cooperation.Sides{Need: whole}) {
		out.Act = v.within("/needs/" + n.ID + "/interest")
	}
	return out
}

// offersFor puts a ranking of offers into words.
func (v *visit) offersFor(m *platform.Matches) *fits {
	out := v.fits(m, matching.Reason.OffersRemoved)
	if !m.Report.Change.Zero() {
		out.Change = v.say(m.Report.Change.ForNeed())
	}
	show := func(id string, total matching.Score, parts []matching.Part) (fit, bool) {
		o, ok := v.state.Offer(id)
		if !ok {
			return fit{}, false
		}
		shown, _ := o.Shown(v.actor())
		if shown == nil {
			return fit{}, false
		}
		return fit{id, v.offerCard(shown), v.scored(total, parts)}, true
	}
	for _, match := range m.Report.Matches {
		if f, ok := show(match.ID, match.Score, m.Parts[match.ID]); ok {
			out.Matches = append(out.Matches, f)
		}
	}
	for _, d := range m.Discoveries {
		if f, ok := show(d.Offer, d.Score, d.Parts); ok {
			out.Discoveries = append(out.Discoveries, f)
		}
	}
	return out
}

// forOffer is forNeed for an offer.
func (p *pages) forOffer(v *visit, o *cooperation.Offer, most int) *fits {
	if o.Status != cooperation.OfferOpen && o.Status != cooperation.OfferExhausted {
		return nil
	}
	m, err := p.Platform.OfferMatches(v.actor(), o.ID, most)
	if err != nil {
		return nil
	}
	out := v.needsFor(m)
	out.All = v.within("/offers/" + o.ID + "/matches")
	if whole, ok := v.state.Offer(o.ID); ok && v.speaks(&cooperation.Sides{Offers: []*cooperation.Offer{whole}}) {
		out.Act = v.within("/offers/" + o.ID + "/interest")
	}
	return out
}

// needsFor puts a ranking of needs into words.
func (v *visit) needsFor(m *platform.Matches) *fits {
	out := v.fits(m, matching.Reason.NeedsRemoved)
	if !m.Report.Change.Zero() {
		out.Change = v.say(m.Report.Change.ForOffer())
	}
	for _, match := range m.Report.Matches {
		n, ok := v.state.Need(match.ID)
		if !ok {
			continue
		}
		if shown, _ := n.Shown(v.actor()); shown != nil {
			out.Matches = append(out.Matches, fit{match.ID, v.needCard(shown), v.scored(match.Score, m.Parts[match.ID])})
		}
	}
	return out
}

// fits begins what a page says of candidates.
func (v *visit) fits(m *platform.Matches, sentence func(matching.Reason, int) message.Message) *fits {
	out := &fits{Candidates: m.Report.Candidates}
	for reason := matching.NeedClosed; reason <= matching.CapacityUsed; reason++ {
		if count := m.Report.Filtered[reason]; count > 0 {
			out.Removed = append(out.Removed, removed{v.say(sentence(reason, count))})
		}
	}
	return out
}

// speaks reports whether the reader may take a step for one of the sides.
func (v *visit) speaks(s *cooperation.Sides) bool {
	_, _, speaks := s.SideOf(v.actor())
	return speaks && !v.actor().ReadOnly
}

// sidesOf are the two sides of a proposal.
func sidesOf(state *catalogue.State, q *cooperation.Proposal) *cooperation.Sides {
	s := &cooperation.Sides{}
	s.Need, _ = state.Need(q.Need)
	for _, id := range q.Offers {
		if o, ok := state.Offer(id); ok {
			s.Offers = append(s.Offers, o)
		}
	}
	return s
}
