package web

import (
	"html/template"
	"strings"

	"entente/cooperation"
	"entente/i18n"
)

// frame is what stands around every page: names, ways, and settings.
type frame struct {
	Language, Direction, Theme string
	Title                      string
	Style, Script, Icon        string // addresses
	Here                       string // the address of the page, to come back to
	Languages                  []choice
	Conventions                []link
	Convention                 string // the name of the one in which the page is
	Home                       string // its first page
	Nav                        []link
	Search                     string // the address that finds by words
	Who                        string // who is signed in
	Door                       link   // to sign in, or out
	Demo                       link   // to be somebody else, in the demo
	Done                       string // what the reader just did; "" for nothing
	Alert                      string // why it was refused
	Mistakes                   []mistake
	Refresh                    bool // what it shows goes on: without a script it is asked for again after a while
	Body                       template.HTML
}

// link leads to another page.
type link struct{ Address, Text string }

// Current reports whether the link leads to the page at an address, or to what
// the page belongs to.
func (l link) Current(here string) bool {
	path, _, _ := strings.Cut(here, "?")
	return path == l.Address || strings.HasPrefix(path, l.Address+"/") && strings.Count(l.Address, "/") > 2
}

// choice is one of several that a reader may choose.
type choice struct {
	Tag, Name, Direction string
	Chosen               bool
	Hint                 string
}

func (p *pages) frame(v *visit, status int, content page) *frame {
	f := &frame{Language: v.words.Language(), Direction: v.words.Direction(), Theme: v.theme, Title: content.title(),
		Style: p.files.address["style.css"], Script: p.files.address["page.js"], Icon: p.files.address["icon.svg"], Here: v.back(status), Languages: chosen(p.Texts, v.words.Language()),
		Done: p.done(v), Alert: v.alert, Mistakes: v.labelled()}
	if goes, may := content.(interface{ refresh() bool }); may {
		f.Refresh = goes.refresh()
	}
	for _, c := range p.Platform.Conventions() {
		f.Conventions = append(f.Conventions, link{"/c/" + c.ID, v.in(c.ShortName)})
	}
	if v.conv != nil {
		f.Convention, f.Home = v.in(v.conv.ShortName), v.within("")
		f.Nav = []link{{v.within("/needs"), v.text("page.needs.title")}, {v.within("/offers"), v.text("page.offers.title")}, {v.within("/partnerships"), v.text("page.partnerships.title")},
			{v.within("/countries"), v.text("page.ways.countries")}, {v.within("/matrix"), v.text("page.ways.matrix")}, {v.within("/lessons"), v.text("page.lessons.title")}, {v.within("/committees"), v.text("page.bodies.title")}}
		f.Search = v.within("/search")
		if v.who.User != nil {
			f.Nav = append(f.Nav, link{v.within("/desk"), v.text("page.desk.title")}, v.toldWay())
			f.Nav = append(f.Nav, v.ownQueue()...)
			if cooperation.MaySeePlan(v.actor(), v.conv) {
				f.Nav = append(f.Nav, link{v.within("/plan"), v.text("page.ways.plan")})
			}
			if cooperation.MaySeeOffice(v.actor(), v.conv.ID) {
				f.Nav = append(f.Nav, link{v.within("/office"), v.text("page.office.title")})
			} else if cooperation.MaySeeOutbox(v.actor(), v.conv.ID) {
				f.Nav = append(f.Nav, link{v.within("/office/outbox"), v.text("page.office.outbox.title")})
			}
		}
	}
	f.Door = link{"/sign-in", v.text("web.sign_in.title")}
	if len(p.Demo) > 0 {
		f.Demo = link{"/demo", v.text("page.demo.title")}
	}
	if v.who.User != nil {
		f.Who, f.Door = v.who.User.Name, link{"/sign-out", v.text("web.sign_out.title")}
	}
	return f
}

// chosen lists the languages, of which one is chosen.
func chosen(texts *i18n.Catalogue, language string) []choice {
	var out []choice
	for _, tag := range i18n.Languages() {
		other := texts.Localizer(tag)
		out = append(out, choice{Tag: tag, Name: other.SelfName(), Direction: other.Direction(), Chosen: tag == language})
	}
	return out
}
