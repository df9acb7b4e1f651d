package api

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"entente/i18n"
)

// The times that a request may take before it is given up.
const (
	patience = 10 * time.Second
	// Longest is for files and runs of the matcher. A server must give the
	// reading of a request more time than that, and its answer more again.
	Longest = 60 * time.Second
)

// Options are what the API is made of. Platform, Access and Texts are
// required. Who has a session is known where Access guards the server.
type Options struct {
	Platform Platform
	Access   Access
	Texts    *i18n.Catalogue
	Logger   *slog.Logger         // default slog.Default
	Registry *prometheus.Registry // what /metrics shows, with the API's own measurements; default a new one
	Version  string               // of the program, for /healthz
}

// api serves the operations of openapi.json.
type api struct {
	platform Platform
	access   Access
	texts    *i18n.Catalogue
	log      *slog.Logger
	version  string
	document *document
	measures *measures
}

var _ StrictServerInterface = (*api)(nil)

// New makes the handler of the whole API, from /api/v1 to /metrics. It panics
// when the embedded description is broken, which no released program has.
func New(o Options) http.Handler { return build(o, shipped()) }

// shipped is the embedded description, which never changes: it is read once.
var shipped = sync.OnceValue(func() *document { return readDocument(description) })

// build is New with a description.
func build(o Options, described *document) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Registry == nil {
		o.Registry = prometheus.NewRegistry()
	}
	a := &api{platform: o.Platform, access: o.Access, texts: o.Texts, log: o.Logger, version: o.Version,
		document: described, measures: newMeasures(o.Registry)}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.ContextWithFallback = true // handlers find the call in the request's context
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(nil); err != nil {
		panic(err) // it fails on addresses, and there are none
	}
	engine.Use(a.begin, newCompressor().compress, a.recover, a.authenticate, a.await, a.check)
	engine.NoRoute(a.noRoute)
	engine.NoMethod(a.noMethod)
	a.serveService(engine, o.Registry)
	a.serveDocs(engine)
	strict := NewStrictHandlerWithOptions(a, nil, StrictGinServerOptions{
		RequestErrorHandlerFunc:  func(c *gin.Context, err error) { a.fail(c, undecodable(err)) },
		HandlerErrorFunc:         a.fail,
		ResponseErrorHandlerFunc: a.fail,
	})
	RegisterHandlersWithOptions(engine, strict, GinServerOptions{
		ErrorHandler: func(c *gin.Context, err error, _ int) { a.fail(c, unbound(err)) },
	})
	return engine
}
