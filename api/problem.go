package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// problem is an error that has found its place in HTTP. Mistakes that the
// domain knows become one in problemOf; those of the edge are made as one.
type problem struct {
	status  int
	code    string // names the sort of mistake, and its title: error.<code>.title
	message message.Message
	fields  []cooperation.FieldError
	allow   string // for 405
	retry   int    // seconds after which to try again
}

func (p *problem) Error() string { return strconv.Itoa(p.status) + " " + p.message.Key }

// invalid is a mistake in one field of a body.
func invalid(field string, m message.Message) *problem {
	return mistakes(http.StatusUnprocessableEntity, []cooperation.FieldError{{Field: field, Message: m}})
}

// badParameter is a mistake in one parameter.
func badParameter(name string, m message.Message) *problem {
	return mistakes(http.StatusBadRequest, []cooperation.FieldError{{Field: name, Message: m}})
}

func mistakes(status int, fields []cooperation.FieldError) *problem {
	return &problem{status: status, code: "invalid", message: message.New("error.invalid.fields", message.Count(len(fields))), fields: fields}
}

func malformed(m message.Message) *problem {
	return &problem{status: http.StatusBadRequest, code: "invalid", message: m}
}

func unauthenticated(key string) *problem {
	return &problem{status: http.StatusUnauthorized, code: "unauthenticated", message: message.New(key)}
}

func unexpected(c *call) *problem {
	return &problem{status: http.StatusInternalServerError, code: "internal", message: message.New("error.internal.unexpected", message.Of(message.Text, "request_id", c.id))}
}

// problemOf is the one mapping of errors to HTTP.
func (a *api) problemOf(c *call, err error) *problem {
	var ready *problem
	var refusal *cooperation.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &ready):
		if ready.status == http.StatusUnprocessableEntity && c.method == http.MethodGet {
			again := *ready
			again.status = http.StatusBadRequest // all that a GET brings is parameters
			return &again
		}
		return ready
	case errors.As(err, &refusal):
		return refused(c, refusal)
	case errors.As(err, &tooLarge):
		return &problem{status: http.StatusRequestEntityTooLarge, code: "too_large", message: message.New("error.too_large.body", message.Int("max", tooLarge.Limit>>10))}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded): // of the call, or of its body
		return &problem{status: http.StatusServiceUnavailable, code: "timeout", message: message.New("error.timeout.request"), retry: 5}
	case errors.Is(err, context.Canceled):
		return &problem{status: http.StatusServiceUnavailable, code: "unavailable", message: message.New("error.unavailable.starting"), retry: 1}
	}
	a.log.ErrorContext(c.ctx, "unexpected error", "request_id", c.id, "route", c.path, "error", err)
	return unexpected(c)
}

// refused maps a coded error of the domain.
func refused(c *call, e *cooperation.Error) *problem {
	p := &problem{code: string(e.Code), message: e.Message, fields: e.Fields}
	switch e.Code {
	case cooperation.Invalid:
		p.status = http.StatusUnprocessableEntity
		if c.method == http.MethodGet {
			p.status = http.StatusBadRequest
		}
	case cooperation.Forbidden:
		if c.actor.IsPublic() {
			return unauthenticated("error.unauthenticated.missing")
		}
		p.status = http.StatusForbidden
	case cooperation.NotFound:
		p.status = http.StatusNotFound
	case cooperation.Conflict:
		p.status = http.StatusConflict
		if e.Message.Key == "error.conflict.version" {
			p.status, p.code = http.StatusPreconditionFailed, "precondition"
		}
	case cooperation.State:
		p.status = http.StatusConflict
	case cooperation.TooLarge:
		p.status = http.StatusRequestEntityTooLarge
	case cooperation.Rate:
		p.status, p.retry = http.StatusTooManyRequests, 60
	case cooperation.Unavailable:
		p.status, p.retry = http.StatusServiceUnavailable, 5
	default:
		return unexpected(c)
	}
	return p
}

// fail answers with the problem that an error is, and ends the call.
func (a *api) fail(g *gin.Context, err error) {
	c, _ := callOf(g)
	if g.Writer.Written() {
		a.log.WarnContext(c.ctx, "an answer was cut off", "request_id", c.id, "error", err)
		g.Abort()
		return
	}
	a.write(g, c, a.problemOf(c, err))
}

// write sends a problem, unless an answer is under way already.
func (a *api) write(g *gin.Context, c *call, p *problem) {
	g.Abort()
	if g.Writer.Written() {
		return // the answer was cut off: the client sees that its length is wrong
	}
	for _, h := range []string{"ETag", "Location", positionHeader} {
		c.header.Del(h)
	}
	c.keep(false)
	switch {
	case p.status == http.StatusUnauthorized:
		c.header.Set("WWW-Authenticate", `Bearer realm="entente"`)
	case p.allow != "":
		c.header.Set("Allow", p.allow)
	case p.retry > 0 && c.header.Get("Retry-After") == "":
		c.header.Set("Retry-After", strconv.Itoa(p.retry))
	}
	body, err := json.Marshal(c.put(p))
	if err != nil {
		a.log.ErrorContext(c.ctx, "a problem cannot be written", "request_id", c.id, "error", err)
		g.Status(http.StatusInternalServerError)
		return
	}
	g.Data(p.status, "application/problem+json", append(body, '\n')) // as every other answer ends
}

// problemDocument is the body of a problem (RFC 9457).
type problemDocument struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail"`
	Code      string         `json:"code"`
	Key       string         `json:"key"`
	RequestID string         `json:"request_id"`
	Fields    []fieldProblem `json:"fields,omitempty"`
}

type fieldProblem struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
	Key    string `json:"key"`
}

// put puts a problem into the reader's words.
func (c *call) put(p *problem) problemDocument {
	d := problemDocument{Type: "urn:entente:problem:" + strings.ReplaceAll(p.code, "_", "-"), Title: c.words.Text("error." + p.code + ".title"),
		Status: p.status, Detail: c.say(p.message), Code: p.code, Key: p.message.Key, RequestID: c.id}
	for _, f := range p.fields {
		d.Fields = append(d.Fields, fieldProblem{Field: f.Field, Detail: c.say(f.Message), Key: f.Message.Key})
	}
	return d
}

func (a *api) noRoute(g *gin.Context) {
	a.fail(g, &problem{status: http.StatusNotFound, code: "not_found", message: message.New("error.not_found.path")})
}

// noMethod names the methods that the address takes; gin has put them into
// the header.
func (a *api) noMethod(g *gin.Context) {
	allow := g.Writer.Header().Get("Allow")
	a.fail(g, &problem{status: http.StatusMethodNotAllowed, code: "method", allow: allow,
		message: message.New("error.method.not_allowed", message.Of(message.Text, "allowed", allow))})
}
