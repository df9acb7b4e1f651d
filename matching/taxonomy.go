package matching

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// taxonomy is a convention's tree of themes: theme → parent, "" at the top. A
// theme that it does not know stands alone.
type taxonomy map[string]string

// newTaxonomy copies and validates a tree of themes.
func newTaxonomy(parents map[string]string) (taxonomy, error) {
	var mistakes []error
	for _, theme := range slices.Sorted(maps.Keys(parents)) {
		if err := checkTheme(parents, theme); err != nil {
			mistakes = append(mistakes, err)
		}
	}
	return taxonomy(maps.Clone(parents)), errors.Join(mistakes...)
}

// checkTheme reports what is wrong with the place of a theme in the tree.
func checkTheme(parents map[string]string, theme string) error {
	if theme == "" {
		return errors.New("matching: a theme has no id")
	}
	steps := 0
	for at := theme; parents[at] != ""; at = parents[at] {
		if _, known := parents[parents[at]]; !known {
			return fmt.Errorf("matching: theme %q has an unknown parent %q", at, parents[at])
		}
		if steps++; steps > len(parents) {
			return fmt.Errorf("matching: theme %q is its own ancestor", theme)
		}
	}
	return nil
}

// climb returns how many levels theme lies below ancestor: 0 when they are the
// same, -1 when ancestor is not above it.
func (t taxonomy) climb(theme, ancestor string) int {
	for levels := 0; theme != ""; levels++ {
		if theme == ancestor {
			return levels
		}
		theme = t[theme]
	}
	return -1
}

// common reports whether two themes count as common: they are the same, or
// one is an ancestor of the other.
func (t taxonomy) common(a, b string) bool {
	return t.climb(a, b) >= 0 || t.climb(b, a) >= 0
}
