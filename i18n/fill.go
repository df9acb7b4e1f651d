package i18n

import (
	"slices"
	"strings"

	"entente/message"
)

// Fill puts arguments into a text that is in no catalogue, as Render puts them
// into those that are; {{name}} stands for one. Where the text names an
// argument that is not there or cannot be rendered, that is reported under the
// key, and false returned: whoever has another sentence takes that.
func (l *Localizer) Fill(key, text string, args []message.Arg, names Names) (string, bool) {
	r := &rendering{Localizer: l, names: names}
	filled := r.fill(text, args)
	for _, reason := range r.problems {
		l.catalogue.report(&Problem{Language: l.lang, Key: key, Reason: reason})
	}
	return filled, len(r.problems) == 0 && strings.TrimSpace(filled) != ""
}

func (r *rendering) fill(text string, args []message.Arg) string {
	parsed, err := parseTemplate(dotted(text))
	if err != nil {
		r.problem(err.Error())
		return ""
	}
	data := &values{of: make(map[string]string, len(args))}
	for _, part := range parsed {
		if at := slices.IndexFunc(args, func(a message.Arg) bool { return a.Name == part.argument }); part.argument != "" && at >= 0 {
			data.of[part.argument] = r.argument(args[at])
		}
	}
	filled, err := parsed.Execute(data)
	if err != nil {
		r.problem(err.Error())
	}
	for _, name := range data.missing {
		r.problem("argument " + name + " is missing")
	}
	return filled
}

// dotted writes the names as catalogues do.
func dotted(text string) string { return strings.ReplaceAll(text, "{{", "{{.") }
