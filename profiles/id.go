package profiles

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/message"
)

// ids are the names given to things of one sort, each at the line where it
// was given.
type ids map[string]int

// name reads the id of a thing and takes it.
func (taken ids) name(o object) string {
	n := o.need("id")
	if n == nil {
		return ""
	}
	v, ok := o.scalar(n)
	switch {
	case !ok:
		return ""
	case !wellFormed(v):
		o.report(n, "profiles.id.form", text("id", v))
	case taken[v] != 0:
		o.report(n, "profiles.id.duplicate", text("id", v), message.Int("line", taken[v]))
	default:
		taken[v] = n.Line
	}
	return v
}

// wellFormed reports whether an id may stand in addresses and file names.
func wellFormed(id string) bool {
	if len(id) < 2 || len(id) > 40 || id[0] < 'a' || id[0] > 'z' || strings.HasSuffix(id, "-") {
		return false
	}
	for i := 0; i < len(id); i++ {
		if c := id[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// refers reads the id of a thing that must have been given a name.
func (taken ids) refers(s source, n *yaml.Node, key string) string {
	v, ok := s.scalar(n)
	if ok && taken[v] == 0 {
		s.report(n, key, text("id", v))
		return ""
	}
	return v
}
