package cooperation

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

var encoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID makes a random document id: 26 lower-case letters and digits.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return encoding.EncodeToString(b[:])
}

// DerivedID makes the id that always belongs to the same parts: an imported
// row has the same id wherever and whenever it is imported, a pairing the
// same in every run.
func DerivedID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return encoding.EncodeToString(sum[:16])
}

// ValidID reports whether s has the form of a document id.
func ValidID(s string) bool {
	if len(s) != 26 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if (s[i] < 'a' || s[i] > 'z') && (s[i] < '2' || s[i] > '7') {
			return false
		}
	}
	return true
}
