package access

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"entente/cooperation"
	"entente/message"
)

// commonList are the 19,640 most common passwords in published leaks, as
// Django distributes them (contrib/auth/common-passwords.txt.gz, BSD-3-Clause;
// compiled by Royce Williams).
//
//go:embed common.txt.gz
var commonList []byte

// The lengths of a password, in characters. The upper bound keeps hashing from
// being given megabytes.
const (
	shortest = 12
	longest  = 256
)

// common are the hashes of the list, in order. It is read when the first
// password is chosen.
var common = sync.OnceValue(func() []uint64 {
	text, err := gzip.NewReader(bytes.NewReader(commonList))
	if err != nil {
		panic(err) // it is part of the program
	}
	var out []uint64
	lines := bufio.NewScanner(text)
	for lines.Scan() {
		if word := lines.Text(); len(word) >= 4 {
			out = append(out, sum(word))
		}
	}
	if lines.Err() != nil {
		panic(lines.Err())
	}
	slices.Sort(out)
	return out
})

func sum(word string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(word))
	return h.Sum64()
}

func isCommon(word string) bool {
	_, found := slices.BinarySearch(common(), sum(word))
	return found
}

// CheckPassword holds a password that somebody chooses against the rules:
// long enough, not their own name or address, and not one that others guess
// first. field is the name of the field that it came in.
func CheckPassword(field, password string, u *cooperation.User) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return wrongField(field, message.New("error.invalid.characters"))
	case n < shortest:
		return wrongField(field, message.New("error.invalid.too_short", message.Int("min", shortest)))
	case n > longest:
		return wrongField(field, message.New("error.invalid.too_long", message.Int("max", longest)))
	}
	folded := strings.ToLower(password)
	if u != nil && isOwn(folded, u) {
		return wrongField(field, message.New("error.invalid.password_own"))
	}
	if isGuessed(folded) {
		return wrongField(field, message.New("error.invalid.password_common"))
	}
	return nil
}

func wrongField(field string, m message.Message) error {
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(1)),
		Fields: []cooperation.FieldError{{Field: field, Message: m}}}
}

// isOwn reports whether little is left of the password without its owner's
// name and address.
func isOwn(folded string, u *cooperation.User) bool {
	rest := folded
	local, host, _ := strings.Cut(strings.ToLower(u.Mail), "@")
	words := append(strings.FieldsFunc(strings.ToLower(u.Name), func(r rune) bool { return !unicode.IsLetter(r) }), strings.ToLower(u.Mail), local, host)
	slices.SortFunc(words, func(x, y string) int { return len(y) - len(x) })
	for _, w := range words {
		if utf8.RuneCountInString(w) >= 3 {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return rest != folded && utf8.RuneCountInString(rest) < shortest/2
}

// isGuessed reports whether the password, in lower case, is in the list of
// common ones, as it is or dressed up: with digits and signs around it, with
// signs in place of letters, or the same thing repeated.
func isGuessed(folded string) bool {
	for _, form := range []string{folded, plain.Replace(folded)} {
		core := strings.TrimFunc(form, func(r rune) bool { return !unicode.IsLetter(r) })
		if isCommon(form) || isCommon(core) || isMonotonous(form) || isMonotonous(core) || isCommon(unit(form)) || isCommon(unit(core)) {
			return true
		}
	}
	return false
}

// plain puts back the letters that signs and digits stand for.
var plain = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// unit is what the text repeats: "abc" of "abcabcabc", itself when nothing.
func unit(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return s
}

// isMonotonous reports a text with hardly any different characters, or one in
// which most follow the one before ("abcdefghijkl", "123456789012").
func isMonotonous(s string) bool {
	letters := []rune(s)
	if len(letters) < shortest/2 {
		return false
	}
	different, steps := map[rune]bool{}, 0
	for i, r := range letters {
		different[r] = true
		if i > 0 && (r-letters[i-1] == 1 || r-letters[i-1] == -1 || r == letters[i-1]) {
			steps++
		}
	}
	return len(different) < 5 || steps >= len(letters)*3/4
}
