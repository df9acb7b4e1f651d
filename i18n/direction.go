package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// The marks that set a piece of text apart from the direction of the sentence
// around it (Unicode Bidirectional Algorithm, UAX #9): the direction inside is
// that of its first strong character.
const (
	firstStrong = "\u2068"
	popIsolate  = "\u2069"
)

// isolate prepares text that somebody typed for use inside a sentence: on one
// line, without control characters and without direction marks of its own that
// could reorder what follows, and set apart where it could disturb: always in a
// right-to-left sentence, elsewhere when it has right-to-left characters.
func isolate(s string, rtl bool) string {
	s = plain(s)
	if s != "" && (rtl || hasStrong(s, true)) {
		return enclose(s)
	}
	return s
}

// isolateForeign sets a name apart only when it has characters of the other
// direction: a name in the language of the sentence needs no marks.
func isolateForeign(name string, rtl bool) string {
	name = plain(name)
	if name != "" && hasStrong(name, !rtl) {
		return enclose(name)
	}
	return name
}

func enclose(s string) string { return firstStrong + s + popIsolate }

// plain makes one line of printable text.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1 // embeddings, overrides and isolates, perhaps unbalanced
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f', unicode.IsControl(r):
			return ' '
		default:
			return r
		}
	}, s)
	// strings.Fields would also split at no-break spaces, which are kept.
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// hasStrong reports whether a text has a character of a strong direction:
// right-to-left, or left-to-right.
func hasStrong(s string, rightToLeft bool) bool {
	for _, r := range s {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.R, bidi.AL:
			if rightToLeft {
				return true
			}
		case bidi.L:
			if !rightToLeft {
				return true
			}
		}
	}
	return false
}
