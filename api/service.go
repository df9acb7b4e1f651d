package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// serveService adds the operations for those who run the installation.
func (a *api) serveService(engine *gin.Engine, registry *prometheus.Registry) {
	engine.GET("/openapi.json", func(g *gin.Context) {
		g.Writer.Header().Set("Cache-Control", "public, max-age=300")
		g.Data(http.StatusOK, "application/json", a.document.published)
	})
	engine.GET("/healthz", func(g *gin.Context) { a.health(g, http.StatusOK, "ok") })
	engine.GET("/readyz", func(g *gin.Context) {
		c, ctx := callOf(g)
		if err := a.platform.Ready(ctx); err != nil {
			a.log.WarnContext(ctx, "not ready", "request_id", c.id, "error", err)
			c.header.Set("Retry-After", "5")
			a.health(g, http.StatusServiceUnavailable, "unavailable")
			return
		}
		a.health(g, http.StatusOK, "ok")
	})
	engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(registry, promhttp.HandlerOpts{})))
}

func (a *api) health(g *gin.Context, status int, word string) {
	body, err := json.Marshal(map[string]string{"status": word, "version": a.version})
	if err != nil {
		a.fail(g, err)
		return
	}
	g.Data(status, "application/json", body)
}

// recover turns a panic into an answer. The stack goes into the log only.
func (a *api) recover(g *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if cause, ok := p.(error); ok && errors.Is(cause, http.ErrAbortHandler) {
			panic(p) // net/http asks for it to pass
		}
		c, ctx := callOf(g)
		a.log.ErrorContext(ctx, "panic", "request_id", c.id, "route", c.path, "panic", p, "stack", string(debug.Stack()))
		a.write(g, c, unexpected(c))
	}()
	g.Next()
}
