package cooperation

import (
	"errors"
	"slices"
	"strings"

	"entente/message"
)

// Code says what sort of mistake an Error is; the edges map it to a status.
type Code string

// The codes of errors.
const (
	Invalid     Code = "invalid"     // the input breaks a rule; Fields names where
	Forbidden   Code = "forbidden"   // the actor may see the document but not do this
	NotFound    Code = "not_found"   // absent, or not for this actor to see
	Conflict    Code = "conflict"    // another version, or the same thing exists already
	State       Code = "state"       // the life cycle does not allow it now
	TooLarge    Code = "too_large"   // over a limit of size or number
	Rate        Code = "rate"        // too often
	Unavailable Code = "unavailable" // the store cannot be reached or written
)

// FieldError is a mistake in one field. Field is the path in the document as
// the API spells it ("themes", "costs[2].amount").
type FieldError struct {
	Field   string          `json:"field"`
	Message message.Message `json:"message"`
}

// Error is a refusal that a person can act on. It carries keys, not
// sentences: the edge renders it in the reader's language. Error() is for
// logs only.
type Error struct {
	Code    Code
	Message message.Message
	Fields  []FieldError
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	b.WriteString(": ")
	b.WriteString(e.Message.Key)
	for _, f := range e.Fields {
		b.WriteString(" [")
		b.WriteString(f.Field)
		b.WriteString(": ")
		b.WriteString(f.Message.Key)
		b.WriteString("]")
	}
	return b.String()
}

// Refuse makes an error of any code.
func Refuse(code Code, key string, args ...message.Arg) *Error {
	return &Error{Code: code, Message: message.New(key, args...)}
}

// CodeOf returns the code of the first Error in err's chain, or "" when
// there is none: an unexpected failure.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// absent is the one answer to a document that does not exist and to one that
// the actor may not see: the two must be indistinguishable.
func absent() *Error { return Refuse(NotFound, "error.not_found.document") }

// Absent is the error for a document that is not there or not for the actor.
func Absent() *Error { return absent() }

func refused(kind, action, status string) *Error {
	return Refuse(State, "error.state.refused",
		message.Of(message.Key, "action", "action."+kind+"."+action),
		message.Of(message.Status, "status", kind+"."+status))
}

// mistakes collects field errors while a document is checked.
type mistakes []FieldError

// mostMistakes bounds what is told of one document: nobody reads more, and
// hostile input shall not make an answer larger than itself.
const mostMistakes = 100

// add notes a mistake. Of several rules that one field breaks, only the first
// is told: its remedy comes before the others'.
func (m *mistakes) add(field, key string, args ...message.Arg) {
	field = echo(field) // the keys of maps are input
	if len(*m) == mostMistakes || m.in(field, key) {
		return
	}
	*m = append(*m, FieldError{Field: field, Message: message.New(key, args...)})
}

// in reports whether a mistake of another sort is noted for the field.
func (m *mistakes) in(field, key string) bool {
	return slices.ContainsFunc(*m, func(f FieldError) bool { return f.Field == field && f.Message.Key != key })
}

// err returns nil when there are none. The interface, not the pointer, is
// returned so that a nil is a nil.
func (m mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	slices.SortStableFunc(m, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) }) // maps are walked in no order
	return &Error{Code: Invalid, Message: message.New("error.invalid.fields", message.Count(len(m))), Fields: m}
}
