package i18n

import (
	"slices"
	"strings"
)

// List joins items as CLDR does: "A, B and C"; Arabic repeats its conjunction,
// Chinese has its enumeration comma. English has no comma before the
// conjunction, as in the documents of the United Nations. Items that hold a
// separator themselves ("Survey and land release") are set apart by semicolons,
// so that it stays clear where each one ends. The separators are the keys
// list.comma, list.semicolon, list.and and list.and_i.
func (l *Localizer) List(items []string) string {
	if len(items) == 0 {
		return ""
	}
	last := len(items) - 1
	if last == 0 {
		return items[0]
	}
	if slices.ContainsFunc(items, l.holdsSeparator) {
		return strings.Join(items, l.Text("list.semicolon"))
	}
	and := "list.and"
	if l.lang == "es" && soundsLikeI(items[last]) {
		and = "list.and_i"
	}
	return strings.Join(items[:last], l.Text("list.comma")) + l.Text(and) + items[last]
}

// holdsSeparator tells whether an item reads like a list.
func (l *Localizer) holdsSeparator(item string) bool {
	return strings.Contains(item, l.Text("list.and")) || strings.Contains(item, l.Text("list.comma"))
}

// soundsLikeI tells where Spanish says "e" instead of "y": before the sound of
// i ("Irán e Iraq", "e hindi"), but not before a diphthong ("y hielo").
func soundsLikeI(word string) bool {
	word = strings.ToLower(strings.TrimLeft(word, firstStrong+"«"))
	if rest, ok := strings.CutPrefix(word, "h"); ok {
		word = rest
		for _, glide := range []string{"ia", "ie", "io", "iu"} {
			if strings.HasPrefix(word, glide) {
				return false
			}
		}
	}
	return strings.HasPrefix(word, "i") || strings.HasPrefix(word, "í")
}
