package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// searchPage is what was found in everything that a convention holds.
type searchPage struct {
	Title, Text string
	Asked       bool // somebody searched for something
	Total       int
	Groups      []searchGroup
}

// searchGroup is what was found of one sort.
type searchGroup struct {
	ID, Heading string
	Count       int
	Hits        []hit
	More        link // to all of them, where not all are shown
}

// hit is something that was found, with where.
type hit struct {
	Address, Title, Language string
	Whose                    string
	Status, StatusCode       string
	Snippet                  []piece
}

// piece is a part of a passage, and whether it is what was searched for.
type piece struct {
	Text  string
	Match bool
}

func (searchPage) template() string { return "search" }

func (s searchPage) title() string { return s.Title }

// The most that a search shows of one sort, and looks through where there is no
// index.
const (
	mostHits   = 8
	mostLooked = 500
)

// serveSearch adds the page of a search over everything.
func (p *pages) serveSearch(engine *gin.Engine) {
	p.read(engine, "/c/:convention/search", p.search)
}

func (p *pages) search(v *visit) error {
	out := searchPage{Title: v.text("page.search.title"), Text: strings.TrimSpace(clipped(v.Query("q"), 200))}
	out.Asked = out.Text != ""
	status := http.StatusOK
	if out.Asked {
		groups, err := p.everywhere(v, out.Text)
		var refusal *cooperation.Error
		if errors.As(err, &refusal) && refusal.Code == cooperation.Invalid {
			status, v.alert = http.StatusUnprocessableEntity, v.say(refusal.Message)
			for _, f := range refusal.Fields {
				v.mistakes = append(v.mistakes, mistake{Name: "q", ID: "words", Label: v.text("page.search.words"), Sentence: v.say(f.Message)})
			}
		} else if err != nil {
			return err
		}
		for _, g := range groups {
			if g.Count > 0 {
				out.Groups, out.Total = append(out.Groups, g), out.Total+g.Count
			}
		}
	}
	p.show(v, status, out)
	return nil
}

// everywhere looks in every sort of thing.
func (p *pages) everywhere(v *visit, text string) (groups []searchGroup, err error) {
	for _, kind := range []string{catalogue.KindNeed, catalogue.KindOffer, catalogue.FoundParty, catalogue.KindOrganisation, catalogue.FoundTheme, catalogue.FoundCommittee} {
		page, err := v.state.SearchAll(v.actor(), catalogue.SearchQuery{Text: text, Kinds: []string{kind}, Limit: mostHits})
		if err != nil {
			return nil, err
		}
		g := searchGroup{ID: kind + "s", Heading: v.text("page.search.group." + kind), Count: page.Total}
		for _, f := range page.Items {
			if h, ok := v.hit(f); ok {
				g.Hits = append(g.Hits, h)
			}
		}
		if page.Total > mostHits && (kind == catalogue.KindNeed || kind == catalogue.KindOffer) {
			g.More = link{v.within("/" + kind + "s?" + url.Values{"q": {text}, "status": {"all"}}.Encode()), v.text("page.search.all." + kind)}
		}
		groups = append(groups, g)
	}
	finder, err := v.state.Finder(text)
	if err != nil {
		return nil, err
	}
	for _, look := range []func(*visit, *catalogue.Finder) (searchGroup, error){p.foundPartnerships, p.foundLessons, p.foundProgramme} {
		g, err := look(v, finder)
		if err != nil {
			return nil, err
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// hit puts something that was found into words, as far as the reader may see it.
func (v *visit) hit(f catalogue.Found) (h hit, ok bool) {
	switch f.Kind {
	case catalogue.KindNeed:
		shown, _ := f.Need.Shown(v.actor())
		if shown == nil {
			return h, false
		}
		h = hitOf(v.needCard(shown))
	case catalogue.KindOffer:
		shown, _ := f.Offer.Shown(v.actor())
		if shown == nil {
			return h, false
		}
		h = hitOf(v.offerCard(shown))
	case catalogue.FoundParty:
		h = hit{Address: v.within("/countries/" + f.ID), Title: v.name(message.Party, f.ID)}
	case catalogue.KindOrganisation:
		h = hit{Address: v.within("/offers?" + url.Values{"provider": {f.ID}}.Encode()), Title: v.name(message.Party, f.ID)}
	case catalogue.FoundTheme:
		h = hit{Address: v.within("/themes/" + f.ID), Title: v.name(message.Theme, f.ID)}
	case catalogue.FoundCommittee:
		h = hit{Address: v.within("/committees/" + f.ID), Title: v.name(message.Body, f.ID)}
	}
	if f.Kind == catalogue.KindNeed || f.Kind == catalogue.KindOffer {
		h.Snippet = pieces(f.Snippet)
	}
	return h, true
}

func hitOf(c card) hit {
	return hit{Address: c.Address, Title: c.Title, Language: c.Language, Whose: c.Whose, Status: c.Status, StatusCode: c.StatusCode}
}

func pieces(found []catalogue.Piece) []piece {
	out := make([]piece, len(found))
	for i, f := range found {
		out[i] = piece{Text: f.Text, Match: f.Match}
	}
	return out
}

// add counts something that was found, and shows it where there is room.
func (g *searchGroup) add(h hit) {
	if g.Count++; len(g.Hits) < mostHits {
		g.Hits = append(g.Hits, h)
	}
}

// titles are a need's title and its translations, which are always public.
func titles(n *cooperation.Need) []catalogue.Text {
	out := []catalogue.Text{{Language: n.ContentLanguage, Text: n.Title}}
	for language, t := range n.Translations {
		out = append(out, catalogue.Text{Language: reference.Language(language), Text: t.Title})
	}
	return out
}

// foundPartnerships looks through the titles of the needs of partnerships.
func (p *pages) foundPartnerships(v *visit, f *catalogue.Finder) (searchGroup, error) {
	g := searchGroup{ID: "partnerships", Heading: v.text("page.partnerships.title")}
	q := catalogue.PartnershipQuery{Limit: catalogue.MaxLimit}
	for looked := 0; looked < mostLooked; looked += catalogue.MaxLimit {
		page, err := v.state.Partnerships(q)
		if err != nil {
			return g, err
		}
		for _, x := range page.Items {
			n, ok := v.state.Need(x.Need)
			if !ok || f.Find(titles(n)...) == nil {
				continue
			}
			if shown, _ := p.Platform.ShowPartnership(v.actor(), x); shown != nil {
				g.add(hitOf(v.partnershipCard(shown)))
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	return g, nil
}

// foundLessons looks through what was learned.
func (p *pages) foundLessons(v *visit, f *catalogue.Finder) (searchGroup, error) {
	g := searchGroup{ID: "lessons", Heading: v.text("page.lessons.title")}
	q := catalogue.LessonsQuery{Limit: catalogue.MaxLimit}
	for looked := 0; looked < mostLooked; looked += catalogue.MaxLimit {
		page, err := v.state.Lessons(v.actor(), q)
		if err != nil {
			return g, err
		}
		for _, l := range page.Items {
			shared := l.Partnership.Lessons.Shared
			if shared == nil {
				continue
			}
			found := f.Find(catalogue.Text{Language: shared.Language, Text: shared.Text})
			if found == nil {
				continue
			}
			if shown, _ := p.Platform.ShowPartnership(v.actor(), l.Partnership); shown != nil {
				h := hitOf(v.partnershipCard(shown))
				h.Status, h.StatusCode, h.Snippet = "", "", pieces(found)
				g.add(h)
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	return g, nil
}

// foundProgramme looks through the costed programme.
func (p *pages) foundProgramme(v *visit, f *catalogue.Finder) (searchGroup, error) {
	g := searchGroup{ID: "programme", Heading: v.text("page.programme.title")}
	page, err := v.state.ProgrammeActivities(catalogue.ProgrammeQuery{Limit: catalogue.MaxLimit})
	if err != nil {
		return g, err
	}
	for _, x := range page.Items {
		if found := f.Find(catalogue.Text{Text: x.Title}, catalogue.Text{Text: x.Description}); found != nil {
			g.add(hit{Address: v.within("/programme/" + x.ID), Title: x.Number + " " + x.Title, Status: v.name(message.Status, "programme_activity."+string(x.Status)), StatusCode: string(x.Status), Snippet: pieces(found)})
		}
	}
	return g, nil
}
