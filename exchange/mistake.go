package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/cooperation"
	"entente/message"
)

// mistakes are what is wrong with one row, or with the header row.
type mistakes []cooperation.FieldError

// mostMistakes bounds what is told of one row: nobody reads more, and hostile
// input shall not make an answer larger than itself.
const mostMistakes = 20

func (m *mistakes) add(field, key string, args ...message.Arg) {
	if len(*m) < mostMistakes {
		*m = append(*m, cooperation.FieldError{Field: field, Message: message.New(key, args...)})
	}
}

// mistake is a single one, of a row as a whole.
func mistake(key string, args ...message.Arg) mistakes {
	return mistakes{{Message: message.New(key, args...)}}
}

func (m mistakes) error(key string, args ...message.Arg) *cooperation.Error {
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New(key, args...), Fields: m}
}

// value is the argument that shows people what they wrote.
func value(s string) message.Arg { return message.Of(message.Text, "value", clip(s)) }

// clip keeps foreign text in an error short and printable.
func clip(s string) string {
	const most = 40
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}
