package catalogue

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"

	"entente/cooperation"
	"entente/message"
)

// cursor is where a page ended. It names the last item by its sort key and
// ordinal, so that what comes into the log meanwhile moves nothing.
type cursor struct {
	Form    string `json:"f"` // of the query that it belongs to
	Key     int64  `json:"k,omitempty"`
	Ordinal uint32 `json:"o"`
	Source  int    `json:"s,omitempty"` // of a search over everything

	Weights *weights `json:"w,omitempty"` // of the words of a text, in the order of relevance
}

// maxCursor bounds the text of a cursor that is worth decoding.
const maxCursor = 4096

// form is a short name for everything that a cursor is bound to.
func form(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // all parts are plain data of this package
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// encode writes the cursor as text that tells its reader nothing.
func (c cursor) encode() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // a cursor is plain data
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// decodeCursor reads a cursor of a query of the form; nil is the first page.
func decodeCursor(text, form string) (*cursor, error) {
	if text == "" {
		return nil, nil
	}
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if len(text) > maxCursor || err != nil || json.Unmarshal(raw, &c) != nil || c.Form != form {
		return nil, badCursor()
	}
	return &c, nil
}

// badCursor refuses a cursor that is not of the query, or not one of ours.
func badCursor() error { return cooperation.Refuse(cooperation.Invalid, "error.invalid.cursor") }

// pageSize applies the limits of pages.
func pageSize(limit int) (int, error) {
	switch {
	case limit == 0:
		return DefaultLimit, nil
	case limit < 1 || limit > MaxLimit:
		return 0, cooperation.Refuse(cooperation.Invalid, "error.invalid.limit",
			message.Int("min", 1), message.Int("max", MaxLimit))
	}
	return limit, nil
}

// mistake refuses one field of a query.
func mistake(field, key string, args ...message.Arg) error {
	e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", message.Count(1))
	e.Fields = []cooperation.FieldError{{Field: field, Message: message.New(key, args...)}}
	return e
}
