package cooperation

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The longest name of a file: in characters, as documents state it, and in
// bytes, as file systems keep it.
const (
	maxFileName  = 200
	maxFileBytes = 240
)

// FileName makes a name under which anybody can keep a file out of the one
// that its sender gave: without folders, without characters that file systems
// refuse or that show it otherwise than it is, not one of the names that
// devices have, not too long, and with the ending of its type.
func FileName(claimed string, t FileType) string {
	name := norm.NFC.String(strings.ToValidUTF8(claimed, "_"))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(printableInName, name)
	name = strings.Join(strings.Fields(name), " ")
	name = strings.Trim(name, " .")
	ending := t.Extensions[0]
	if t.fits(name) {
		ending = path.Ext(name)
		name = strings.TrimRight(strings.TrimSuffix(name, ending), " .")
	}
	if stem, _, _ := strings.Cut(name, "."); deviceName(stem) {
		name = "_" + name
	}
	name = strings.TrimRight(cut(name, maxFileName-len(ending), maxFileBytes-len(ending)), " .")
	if name == "" {
		name = "file"
	}
	return name + ending
}

// printableInName leaves out what cannot be seen, and puts an underscore in
// the place of what file systems refuse.
func printableInName(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r == '\u200c' || r == '\u200d': // joiners that some scripts are spelt with
		return r
	case !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r):
		return -1
	case strings.ContainsRune(`<>:"|?*`, r), r == utf8.RuneError:
		return '_'
	}
	return r
}

// deviceName tells whether Windows keeps the name for a device.
func deviceName(stem string) bool {
	stem = strings.ToUpper(strings.TrimSpace(stem))
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, stem) {
		return true
	}
	port, number := strings.CutPrefix(stem, "COM")
	if !number {
		port, number = strings.CutPrefix(stem, "LPT")
	}
	return number && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}

// cut shortens a text to so many characters and bytes.
func cut(s string, runes, size int) string {
	n := 0
	for i, r := range s {
		if n == runes || i+utf8.RuneLen(r) > size {
			return s[:i]
		}
		n++
	}
	return s
}
