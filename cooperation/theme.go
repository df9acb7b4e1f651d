package cooperation

// Theme is a thematic area: a node of the convention's tree of two levels,
// tied to articles of the treaty or of its protocols.
type Theme struct {
	ID       string   `json:"id"`
	Parent   string   `json:"parent,omitempty"` // empty at the first level
	Name     Names    `json:"name"`
	Articles []string `json:"articles"` // "5", "6(3)", "trafficking:9": as the treaty numbers them
}

// Theme returns the theme with the id.
func (c *Convention) Theme(id string) (Theme, bool) {
	return find(c.Themes, func(t *Theme) bool { return t.ID == id })
}

// Ancestors lists the themes above one, nearest first; none for a theme of
// the first level or an unknown one.
func (c *Convention) Ancestors(id string) []string {
	var out []string
	// A profile has two levels; the bound ends the walk for a value that was
	// never checked.
	for range len(c.Themes) {
		t, ok := c.Theme(id)
		if !ok || t.Parent == "" {
			break
		}
		out, id = append(out, t.Parent), t.Parent
	}
	return out
}

// Children lists the themes directly below one, in the order of the profile.
func (c *Convention) Children(id string) []Theme {
	var out []Theme
	for _, t := range c.Themes {
		if t.Parent == id {
			out = append(out, t)
		}
	}
	return out
}

// Common reports whether two themes count as common: the same, or one above
// the other.
func (c *Convention) Common(a, b string) bool {
	return a == b || c.above(a, b) || c.above(b, a)
}

func (c *Convention) above(upper, lower string) bool {
	for _, id := range c.Ancestors(lower) {
		if id == upper {
			return true
		}
	}
	return false
}
