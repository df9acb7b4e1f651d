package web

import (
	"errors"
	"net/http"
	"strings"

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
	Passkey      bool // whether one may sign in by a passkey instead, where there is a script
	status       int
}

// field is one that the reader fills in.
type field struct {
	ID, Name, Label string // the id is the name, unless a page has several of that name
	Type            string // of an input, "textarea", "radio" or "checks"; with choices and none of these, a select
	Value, Complete string
	Hint, Mistake   string
	Mode, List      string // the keyboard of a telephone; the id of a list of suggestions
	Most, Rows      int
	Optional        bool
	Choices         []choice
}

// At is the id of the field on its page.
func (f field) At() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// Direction is that of what is written in the field: people's own words run as
// their script does, and all else from left to right.
func (f field) Direction() string {
	if f.Type == "" || f.Type == "text" || f.Type == "search" {
		return "auto"
	}
	return "ltr"
}

// Describes are the ids of what explains the field.
func (f field) Describes() string {
	var ids []string
	if f.Mistake != "" {
		ids = append(ids, f.At()+"-mistake")
	}
	if f.Hint != "" {
		ids = append(ids, f.At()+"-hint")
	}
	return strings.Join(ids, " ")
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
	case cooperation.TooLarge:
		return http.StatusRequestEntityTooLarge
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
