package profiles

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
)

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// object is a mapping whose keys are checked against those that are known.
// Its zero values are what is absent or wrong, so that reading goes on and
// finds the next mistake.
type object struct {
	source
	node   *yaml.Node
	values map[string]*yaml.Node
	keys   map[string]*yaml.Node
	broken bool // not a mapping at all: reported once, its keys are not
}

// object reads a mapping. known are the keys that it may have, separated by
// spaces.
func (s source) object(n *yaml.Node, known string) object {
	n = resolve(n)
	o := object{source: s, node: n, values: map[string]*yaml.Node{}, keys: map[string]*yaml.Node{}}
	if n.Kind != yaml.MappingNode {
		s.report(n, "profiles.shape.mapping")
		o.broken = true
		return o
	}
	words := strings.Fields(known)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if first, twice := o.keys[key.Value]; twice {
			s.report(key, "profiles.key.duplicate", text("key", key.Value), message.Int("line", first.Line))
			continue
		}
		o.keys[key.Value] = key
		if !slices.Contains(words, key.Value) {
			s.report(key, "profiles.key.unknown", text("key", key.Value), text("known", strings.Join(words, ", ")))
			continue
		}
		o.values[key.Value] = resolve(value)
	}
	return o
}

// has reports whether the key is stated.
func (o object) has(key string) bool { return o.values[key] != nil }

// at is the place to report a mistake about a key: the key where it is
// stated, the mapping where it is not.
func (o object) at(key string) *yaml.Node {
	if n := o.keys[key]; n != nil {
		return n
	}
	return o.node
}

// need returns the value of a key that must be there, or nil.
func (o object) need(key string) *yaml.Node {
	n := o.values[key]
	if n == nil && !o.broken {
		o.report(o.node, "profiles.key.missing", text("key", key))
	}
	return n
}

// scalar returns the text of a scalar that is not empty.
func (s source) scalar(n *yaml.Node) (string, bool) {
	n = resolve(n)
	if n.Kind != yaml.ScalarNode {
		s.report(n, "profiles.shape.text")
		return "", false
	}
	if n.Tag == "!!null" || strings.TrimSpace(n.Value) == "" {
		s.report(n, "profiles.text.empty")
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// text reads a text that must be there.
func (o object) text(key string) string {
	if n := o.need(key); n != nil {
		v, _ := o.scalar(n)
		return v
	}
	return ""
}

// note reads a text that may be absent.
func (o object) note(key string) string {
	if !o.has(key) {
		return ""
	}
	return o.text(key)
}

// names reads one text in the six languages, which must be there.
func (o object) names(key string) cooperation.Names {
	if n := o.need(key); n != nil {
		return o.translated(n)
	}
	return nil
}

// optionalNames reads one text in the six languages, which may be absent.
func (o object) optionalNames(key string) cooperation.Names {
	if !o.has(key) {
		return nil
	}
	return o.names(key)
}

func (s source) translated(n *yaml.Node) cooperation.Names {
	languages := cooperation.ReaderLanguages()
	known := make([]string, len(languages))
	for i, l := range languages {
		known[i] = string(l)
	}
	o := s.object(n, strings.Join(known, " "))
	if o.broken {
		return nil
	}
	out := make(cooperation.Names, len(languages))
	var missing []string
	for _, l := range languages {
		if !o.has(string(l)) {
			missing = append(missing, string(l))
			continue
		}
		if v, ok := o.scalar(o.values[string(l)]); ok {
			out[l] = v
		}
	}
	if len(missing) > 0 {
		s.report(o.node, "profiles.translation.missing", message.List(message.Languages, "languages", missing...))
	}
	return out
}

// whole reads a whole number within bounds; absent it is the default.
func (o object) whole(key string, standard, low, high int) int {
	if !o.has(key) {
		return standard
	}
	n := o.values[key]
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || v < low || v > high {
		o.report(n, "profiles.number.range", text("value", n.Value), message.Int("low", low), message.Int("high", high))
		return standard
	}
	return v
}

// flag reads true or false; absent it is false.
func (o object) flag(key string) bool {
	if !o.has(key) {
		return false
	}
	n := o.values[key]
	if n.Kind != yaml.ScalarNode || (n.Value != "true" && n.Value != "false") {
		o.report(n, "profiles.shape.flag")
	}
	return n.Value == "true"
}

// day reads a date that must be there.
func (o object) day(key string) cooperation.Date {
	n := o.need(key)
	if n == nil {
		return cooperation.Date{}
	}
	d, err := cooperation.ParseDate(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || d.IsZero() {
		o.report(n, "profiles.date.form", text("value", n.Value))
		return cooperation.Date{}
	}
	return d
}

// optionalDay reads a date that may be absent.
func (o object) optionalDay(key string) cooperation.Date {
	if !o.has(key) {
		return cooperation.Date{}
	}
	return o.day(key)
}

// period reads two dates of which the second may not come first.
func (o object) period(first, last string) (from, until cooperation.Date) {
	from, until = o.day(first), o.day(last)
	if !from.IsZero() && !until.IsZero() && until.Before(from) {
		o.report(o.at(last), "profiles.date.order", message.Of(message.Date, "from", from.String()), message.Of(message.Date, "until", until.String()))
	}
	return from, until
}

// each calls visit for every member of a list, which may be absent.
func (o object) each(key string, visit func(*yaml.Node)) {
	if n := o.values[key]; n != nil {
		o.members(n, visit)
	}
}

func (s source) members(n *yaml.Node, visit func(*yaml.Node)) {
	if n = resolve(n); n.Kind != yaml.SequenceNode {
		s.report(n, "profiles.shape.list")
		return
	}
	for _, m := range n.Content {
		visit(resolve(m))
	}
}

// words reads a list of texts, which may be absent.
func (o object) words(key string) []string {
	var out []string
	o.each(key, func(n *yaml.Node) {
		if v, ok := o.scalar(n); ok {
			out = append(out, v)
		}
	})
	return out
}

// choice reads one of the allowed words; absent it is the default, and
// missing where there is none.
func choice[T ~string](o object, key string, standard T, allowed ...T) T {
	if !o.has(key) && standard != "" {
		return standard
	}
	n := o.need(key)
	if n == nil {
		return standard
	}
	v, _ := chosen(o.source, n, allowed)
	return v
}

// choices reads a list of the allowed words, each at most once.
func choices[T ~string](o object, key string, allowed ...T) []T {
	var out []T
	o.each(key, func(n *yaml.Node) {
		v, ok := chosen(o.source, n, allowed)
		if ok && slices.Contains(out, v) {
			o.report(n, "profiles.value.duplicate", text("value", string(v)))
			return
		}
		if ok {
			out = append(out, v)
		}
	})
	return out
}

func chosen[T ~string](s source, n *yaml.Node, allowed []T) (T, bool) {
	v, ok := s.scalar(n)
	if ok && slices.Contains(allowed, T(v)) {
		return T(v), true
	}
	if ok {
		known := make([]string, len(allowed))
		for i, a := range allowed {
			known[i] = string(a)
		}
		s.report(n, "profiles.value.unknown", text("value", v), text("known", strings.Join(known, ", ")))
	}
	return "", false
}
