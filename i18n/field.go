package i18n

import (
	"strconv"
	"strings"
)

// FieldLabel is the label of a field by its path in a document:
// "need.title", or with the place in a list "need.costs[2].amount", which
// becomes "Amount (3)": people count from one. A part that has no label of its
// own gets the label of the nearest part around it that has one.
func (l *Localizer) FieldLabel(path string) string {
	r := &rendering{Localizer: l}
	label := r.field(path)
	for _, reason := range r.problems {
		l.catalogue.report(&Problem{Language: l.lang, Key: "field." + path, Reason: reason})
	}
	return label
}

func (r *rendering) field(path string) string {
	names, place := splitPath(path)
	for n := len(names); n > 1; n-- {
		label, ok := r.Lookup("field." + strings.Join(names[:n], "."))
		if !ok {
			continue
		}
		if place > 0 {
			label += " (" + r.Integer(int64(place)) + ")"
		}
		return label
	}
	r.problem("the field " + strconv.Quote(path) + " has no label")
	return r.shown(path)
}

// splitPath takes the places out of a path ("a.b[2].c" and "a.b.2.c" are the
// same) and returns the last of them, counted from one; 0 means that there is
// none.
func splitPath(path string) (names []string, place int) {
	dotted := strings.NewReplacer("[", ".", "]", "").Replace(path)
	for _, name := range strings.Split(dotted, ".") {
		if n, err := strconv.Atoi(name); err == nil {
			place = n + 1
			continue
		}
		names = append(names, name)
	}
	return names, place
}
