// Package web shows Entente's pages: rendered on the server, readable without
// JavaScript, in the reader's language.
//
// A page is a value that says everything it shows, in words already, and a
// template of its name that lays it out. Whoever makes the value asks the
// catalogue and the platform; templates know neither, so that every page can be
// opened with made-up values (see Gallery). All pages stand in one frame.
package web

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/matching"
	"entente/platform"
)

// Platform is what the pages ask of the platform.
type Platform interface {
	Now() time.Time
	Conventions() []*cooperation.Convention
	State(convention string) (*catalogue.State, bool)
	Names(convention string) platform.Names
	Need(actor cooperation.Actor, id string) (need *cooperation.Need, withheld []string, err error)
	Offer(actor cooperation.Actor, id string) (offer *cooperation.Offer, withheld []string, err error)
	NeedMatches(actor cooperation.Actor, id string, k int) (*platform.Matches, error)
	OfferMatches(actor cooperation.Actor, id string, k int) (*platform.Matches, error)
	Pairing(p *cooperation.Proposal) (matching.Result, bool)
	Clocks(actor cooperation.Actor, convention string, q platform.ClockQuery) (page []platform.OwnClock, next string, total int, err error)
	Proposals
	Desks
	Committees
	Namings
	Reviews
	Introductions
	Agreements
	Partnerships
	Plans
	Programmes
	Accounts
	Histories
	Postings
	Files
	Lives
	Helps
	Assessments
	Recommendations
	Replies
	Offices
}

// Options are what the pages are made of. Platform, Access and Texts are
// required.
type Options struct {
	Platform Platform
	Access   Access
	Texts    *i18n.Catalogue
	Logger   *slog.Logger // default slog.Default
	Demo     []DemoRole   // whom a reader of the demo may be; nil outside of it
	DemoTime DemoTime     // lets days pass in the demo; nil where none do
}

// pages are the pages with their templates, which all requests share.
type pages struct {
	Options
	templates templates
	files     assets
	dones     map[string]bool // the steps after which a page says what was done
	reads     map[string]bool // the patterns of the addresses of pages
	acts      map[string]bool // and of steps
}

// policy lets a page load its own style, script and pictures, and send its
// forms back to where it came from.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Paths are those that the handler of New answers.
func Paths() []string {
	return []string{"GET /{$}", "GET /static/", "/c/", "/demo", "/demo/", "/settings", "/sign-in", "/sign-in/link", "/sign-out", "/link/", "/reply/", "/profile", "/profile/", "GET /auth/oidc/"}
}

// New makes the handler of the pages.
func New(o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	p := &pages{Options: o, templates: newTemplates(o.Texts), files: newAssets(), dones: map[string]bool{}, reads: map[string]bool{}, acts: map[string]bool{}}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(gin.Recovery())
	engine.NoRoute(func(c *gin.Context) { p.absent(p.visit(c)) })
	engine.GET("/static/:name", p.files.serve)
	engine.POST("/settings", p.settings)
	p.read(engine, "/", p.home)
	p.serveSignIn(engine)
	p.serveConvention(engine)
	p.serveNeeds(engine)
	p.serveOffers(engine)
	p.serveProposals(engine)
	p.serveReviews(engine)
	p.serveReviewPages(engine)
	p.serveCommittees(engine)
	p.serveIntroductions(engine)
	p.serveAgreements(engine)
	p.servePartnerships(engine)
	p.serveMatrix(engine)
	p.serveOpenData(engine)
	p.serveMatches(engine)
	p.serveSearch(engine)
	p.serveProgramme(engine)
	p.serveTold(engine)
	p.serveProfile(engine)
	p.serveHistory(engine)
	p.serveCountries(engine)
	p.serveRules(engine)
	p.servePlan(engine)
	p.servePostings(engine)
	p.serveAssessments(engine)
	p.serveOverviews(engine)
	p.serveRecommendations(engine)
	p.serveLives(engine)
	p.private(engine, "/c/:convention/desk", p.desk)
	p.serveOffice(engine)
	if len(o.Demo) > 0 {
		p.serveDemo(engine)
	}
	p.reopened(engine)
	return engine
}
