package api

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// call is the request that is being served: who asks, in what language, under
// what number, and the headers of the answer.
type call struct {
	api        *api
	ctx        context.Context // the request's own; gin reuses its context, so it must not be kept
	id         string
	path       string // the template of the route
	method     string
	header     http.Header // of the answer
	actor      cooperation.Actor
	words      *i18n.Localizer
	asked      bool                    // for a language
	now        time.Time               // of the platform, as its commands take it
	convention *cooperation.Convention // that names themes and bodies; nil until a handler knows it
	positions  map[string]uint64       // of the logs when the call began to read
}

// callKey finds the call in the context of its request.
type callKey struct{}

// callOf returns the call with the context to hand on.
func callOf(ctx context.Context) (*call, context.Context) {
	c := ctx.Value(callKey{}).(*call)
	return c, c.ctx
}

// begin starts the call: number, language, headers that every answer has, time
// limit; and when it is over, the line in the log and the measurement.
func (a *api) begin(g *gin.Context) {
	started := time.Now()
	limit := patience
	if strings.HasPrefix(g.FullPath(), importsPath) || strings.HasPrefix(g.FullPath(), exportsPath) || slices.Contains([]string{runsPath, verifyPath, historyPath, weighPath}, g.FullPath()) {
		limit = Longest
	}
	if isTransfer(g.FullPath()) {
		limit = transfer
		allowTransfer(g, started)
	}
	ctx, cancel := context.WithTimeout(g.Request.Context(), limit)
	defer cancel()
	c := &call{api: a, id: requestID(g.GetHeader("X-Request-Id")), path: g.FullPath(), method: g.Request.Method,
		header: g.Writer.Header(), now: a.platform.Now()}
	c.ctx = context.WithValue(ctx, callKey{}, c)
	g.Request = g.Request.WithContext(c.ctx)
	c.asked = g.GetHeader("Accept-Language") != ""
	c.speak(g.GetHeader("Accept-Language"))
	c.header.Set("X-Request-Id", c.id)
	c.header.Set("X-Content-Type-Options", "nosniff")
	c.header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	c.header.Set("Referrer-Policy", "no-referrer")
	c.keep(false)
	if op := a.document.operation(c); op != nil {
		op.farewell.announce(c.header)
	}
	c.header.Add("Vary", "Accept-Language")
	c.header.Add("Vary", "Authorization")
	g.Next()
	took := time.Since(started)
	c.trace(g.Writer.Status())
	a.measures.record(c, g.Writer.Status(), took)
	level := slog.LevelInfo
	if !strings.HasPrefix(c.path, "/api/") && g.Writer.Status() < 400 {
		level = slog.LevelDebug // probes would fill the log
	}
	a.log.LogAttrs(c.ctx, level, "request", slog.String("request_id", c.id), slog.String("method", c.method),
		slog.String("route", c.path), slog.Int("status", g.Writer.Status()), slog.Int("bytes", max(0, g.Writer.Size())),
		slog.Duration("took", took), slog.String("actor", c.actor.ID))
}

// trace names the span of the request, where somebody asked for traces.
func (c *call) trace(status int) {
	span := trace.SpanFromContext(c.ctx)
	if !span.IsRecording() {
		return
	}
	span.SetName(c.method + " " + cmp.Or(c.path, "none"))
	span.SetAttributes(attribute.String("http.route", c.path), attribute.Int("http.response.status_code", status), attribute.String("entente.request_id", c.id))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, http.StatusText(status))
	}
}

// keep says whether somebody between here and the reader may keep the answer,
// to ask for it again with its ETag: what the public reads, and nothing else.
func (c *call) keep(public bool) {
	c.header.Set("Cache-Control", "no-store")
	if public {
		c.header.Set("Cache-Control", "no-cache")
	}
}

// speak chooses the reader's language.
func (c *call) speak(accept string, preferred ...string) {
	c.words = c.api.texts.Localizer(i18n.Negotiate(accept, preferred...))
	c.header.Set("Content-Language", c.words.Language())
}

// say puts a message into the reader's words.
func (c *call) say(m message.Message) string { return c.words.Render(m, c.names()) }

// about notes which convention the answer concerns and which position of its
// log it shows. A read shows at least the position at which it began, and says
// no more; a command has moved the log, and says so.
func (c *call) about(conv *cooperation.Convention) {
	c.convention = conv
	position, read := c.positions[conv.ID]
	if c.method != http.MethodGet || !read {
		position = c.api.platform.Position(conv.ID)
	}
	c.header.Set(positionHeader, conv.ID+":"+strconv.FormatUint(position, 10))
}

// served finds the convention that a parameter or a body names.
func (c *call) served(id string) (*cooperation.Convention, error) {
	conv, ok := c.api.platform.Convention(id)
	if !ok {
		return nil, invalid("convention", message.New("error.invalid.unknown_convention", message.Of(message.Text, "value", clip(id))))
	}
	c.about(conv)
	return conv, nil
}

// stamp writes the version of the document that is answered.
func (c *call) stamp(m *cooperation.Meta) {
	if conv, ok := c.api.platform.Convention(m.Convention); ok {
		c.about(conv)
	}
	c.header.Set("ETag", tag(m.Version))
}

// created says where a new document is.
func (c *call) created(plural string, m *cooperation.Meta) {
	c.stamp(m)
	c.header.Set("Location", "/api/v1/"+plural+"/"+m.ID)
}

// clip bounds what is repeated of a request.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
