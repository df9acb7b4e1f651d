package cooperation

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/message"
)

// Hint says in words what would make a need more specific, and where. It is
// help for the requester and, for the committee, what is missing; it is never
// a grade of a State.
type Hint FieldError

// shortText is the number of characters under which a description of the
// problem says too little to be acted on: about two sentences.
const shortText = 80

// Unspecific lists what makes a need unspecific. Nothing listed means that a
// provider can decide on it as it stands.
func Unspecific(conv *Convention, n *NeedContent) []Hint {
	var hints []Hint
	hint := func(missing bool, field, key string, args ...message.Arg) {
		if missing {
			hints = append(hints, Hint{Field: field, Message: message.New("unspecific."+key, args...)})
		}
	}
	hint(utf8.RuneCountInString(strings.TrimSpace(n.Problem)) < shortText, "problem", "problem")
	for i, o := range n.Kinds {
		// What a kind of help can change differs by kind, and so does the advice.
		hint(o.Kind.Valid() && strings.TrimSpace(o.Change) == "", "kinds["+strconv.Itoa(i)+"].change", "change."+string(o.Kind))
	}
	hint(len(n.Kinds) == 0, "kinds", "kinds")
	hint(len(n.Themes) == 0, "themes", "themes")
	for i, id := range n.Themes {
		hint(len(conv.Children(id)) > 0, "themes["+strconv.Itoa(i)+"]", "theme", message.Of(message.Theme, "theme", id))
	}
	hint(len(n.Languages) == 0 && !n.LanguageExempt(), "languages", "languages")
	hint(n.asksFor(Finance, Equipment) && len(n.Costs) == 0, "costs", "costs")
	hint(n.Start.IsZero() || n.End.IsZero(), "start", "period")
	hint(len(n.Places) == 0, "places", "places")
	hint(n.Analysis == nil, "analysis", "analysis")
	hint(n.Reached == nil, "reached", "reached")
	hint(n.FocalPoint == nil || n.FocalPoint.Mail == "" && n.FocalPoint.Phone == "", "focal_point", "focal_point")
	return hints
}

func (c *NeedContent) asksFor(kinds ...Kind) bool {
	for _, o := range c.Kinds {
		for _, k := range kinds {
			if o.Kind == k {
				return true
			}
		}
	}
	return false
}
