package web

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// form is a page that asks for something: a title, sentences, fields, a button,
// and where else to go.
type form struct {
	Language, Direction string
	Languages           []choice
	Title, Alert        string
	Lead                []string
	Fields              []field
	Submit              string
	Links               []link
	status              int
}

// field is one that the reader fills in.
type field struct {
	Name, Label, Type, Value, Complete, Hint, Mistake string
	Most                                              int
	Choices                                           []choice
}

// link leads to another page.
type link struct{ Address, Text string }

// formPolicy lets a page load its own style and send its form back to where it
// came from.
const formPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// newForm begins a page in the reader's language.
func (p *pages) newForm(l *i18n.Localizer, title string) *form {
	return &form{Language: l.Language(), Direction: l.Direction(), Languages: chosen(p.Texts, l.Language()), Title: l.Text(title), status: http.StatusOK}
}

// show writes the page. Nobody keeps it: what it says is for one reader, and
// the address of some is a secret.
func (p *pages) show(c *gin.Context, f *form) {
	headers(c.Writer.Header(), f.Language, formPolicy)
	c.Header("Cache-Control", "no-store")
	c.Status(f.status)
	if err := p.form.Execute(c.Writer, f); err != nil {
		_ = c.Error(err) // the reader has gone away
	}
}

// refuse says on the page what was wrong: at the fields at fault, or above
// them. What nobody foresaw is logged, and not told.
func (p *pages) refuse(c *gin.Context, l *i18n.Localizer, f *form, err error) {
	var refusal *cooperation.Error
	f.status = http.StatusInternalServerError
	switch {
	case errors.Is(err, access.ErrRefused):
		f.status, f.Alert = http.StatusUnauthorized, l.Text("error.unauthenticated.sign_in")
	case errors.As(err, &refusal):
		f.status = statusOf(refusal.Code)
		f.Alert = l.Render(refusal.Message, nil)
		for _, mistake := range refusal.Fields {
			f.blame(mistake.Field, l.Render(mistake.Message, nil))
		}
	default:
		id := cooperation.NewID()
		p.Logger.ErrorContext(c.Request.Context(), "unexpected error", "request_id", id, "error", err)
		f.Alert = l.Render(message.New("error.internal.unexpected", message.Of(message.Text, "request_id", id)), nil)
	}
	if f.status == http.StatusTooManyRequests {
		c.Header("Retry-After", "60")
	}
	p.show(c, f)
}

func (f *form) blame(name, mistake string) {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			f.Fields[i].Mistake = mistake
		}
	}
}

func statusOf(code cooperation.Code) int {
	switch code {
	case cooperation.Invalid:
		return http.StatusUnprocessableEntity
	case cooperation.Forbidden:
		return http.StatusForbidden
	case cooperation.NotFound:
		return http.StatusNotFound
	case cooperation.Rate:
		return http.StatusTooManyRequests
	case cooperation.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusConflict
}

func mailField(l *i18n.Localizer, value string) field {
	return field{Name: "mail", Label: l.Text("web.field.mail"), Type: "email", Value: value, Complete: "username", Most: 254}
}

func passwordField(l *i18n.Localizer) field {
	return field{Name: "password", Label: l.Text("web.field.password"), Type: "password", Complete: "current-password", Most: 1024}
}

func newPasswordField(l *i18n.Localizer) field {
	f := passwordField(l)
	f.Label, f.Complete, f.Hint = l.Text("web.field.new_password"), "new-password", l.Text("web.hint.password")
	return f
}
