package web

import (
	"errors"
	"net/http"

	"entente/access"
	"entente/cooperation"
)

// form is a page that asks for something: a title, sentences, fields, a button,
// and where else to go.
type form struct {
	Title, Alert string
	Lead         []string
	Fields       []field
	Submit       string
	Links        []link
	status       int
}

// field is one that the reader fills in.
type field struct {
	Name, Label, Type, Value, Complete, Hint, Mistake string
	Most                                              int
	Choices                                           []choice
}

func (*form) template() string { return "form" }

func (f *form) title() string { return f.Title }

// Mistakes lists the fields that are at fault.
func (f *form) Mistakes() []field {
	var out []field
	for _, one := range f.Fields {
		if one.Mistake != "" {
			out = append(out, one)
		}
	}
	return out
}

// newForm begins a page.
func newForm(v *visit, title string) *form {
	return &form{Title: v.text(title), status: http.StatusOK}
}

// ask writes a form. Nobody keeps it: what it says is for one reader, and the
// address of some is a secret.
func (p *pages) ask(v *visit, f *form) {
	v.secret = true
	p.show(v, f.status, f)
}

// refuse says on the page what was wrong: at the fields at fault, or above
// them. What nobody foresaw is logged, and not told.
func (p *pages) refuse(v *visit, f *form, err error) {
	var refusal *cooperation.Error
	switch {
	case errors.Is(err, access.ErrRefused):
		f.status, f.Alert = http.StatusUnauthorized, v.text("error.unauthenticated.sign_in")
	case errors.As(err, &refusal):
		f.status, f.Alert = statusOf(refusal.Code), v.say(refusal.Message)
		for _, mistake := range refusal.Fields {
			f.blame(mistake.Field, v.say(mistake.Message))
		}
	default:
		f.status, f.Alert = p.fault(v, err)
	}
	if f.status == http.StatusTooManyRequests {
		v.Header("Retry-After", "60")
	}
	p.ask(v, f)
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

func mailField(v *visit, value string) field {
	return field{Name: "mail", Label: v.text("web.field.mail"), Type: "email", Value: value, Complete: "username", Most: 254}
}

func passwordField(v *visit) field {
	return field{Name: "password", Label: v.text("web.field.password"), Type: "password", Complete: "current-password", Most: 1024}
}

func newPasswordField(v *visit) field {
	f := passwordField(v)
	f.Label, f.Complete, f.Hint = v.text("web.field.new_password"), "new-password", v.text("web.hint.password")
	return f
}
