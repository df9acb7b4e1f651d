package i18n

import (
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// parser reads the texts of the catalogues. It knows {{.name}} and nothing
// else, unlike text/template: a text from an overlay can call nothing, an
// argument that is missing is noticed, and a parsed text is safe to share.
type parser struct{}

// Cacheable tells go-i18n to parse a text once.
func (parser) Cacheable() bool { return true }

// Parse splits a text into its parts; the delimiters are always {{. and }}.
func (parser) Parse(source, _, _ string) (template.ParsedTemplate, error) {
	return parseTemplate(source)
}

// part is a literal, or the name of an argument.
type part struct {
	literal  string
	argument string
}

// parts is a parsed text.
type parts []part

// values are the rendered arguments of one message, by name, and the names of
// those that a text asked for in vain.
type values struct {
	of      map[string]string
	missing []string
}

func parseTemplate(source string) (parts, error) {
	var all parts
	for rest := source; rest != ""; {
		literal, after, found := strings.Cut(rest, "{{")
		if literal != "" {
			all = append(all, part{literal: literal})
		}
		if !found {
			break
		}
		name, remainder, closed := strings.Cut(after, "}}")
		name, dotted := strings.CutPrefix(name, ".")
		if !closed || !dotted || !isArgumentName(name) {
			return nil, fmt.Errorf("the text %q has braces that are not {{.name}}", source)
		}
		all = append(all, part{argument: name})
		rest = remainder
	}
	return all, nil
}

// isArgumentName accepts lower-case ASCII letters, digits and underscores.
func isArgumentName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return s != ""
}

// Execute puts the values into the text. A full stop after a value that ends
// in one ("1 марта 2026 г.") is not doubled.
func (p parts) Execute(data any) (string, error) {
	args, _ := data.(*values)
	var b strings.Builder
	stopped := false // the last thing written was a value that ends in a full stop
	for _, part := range p {
		if part.argument == "" {
			literal := part.literal
			if stopped {
				literal = strings.TrimPrefix(literal, ".")
			}
			b.WriteString(literal)
			stopped = false
			continue
		}
		value := args.value(part.argument)
		b.WriteString(value)
		stopped = strings.HasSuffix(value, ".")
	}
	return b.String(), nil
}

// value returns the argument; an ellipsis marks one that is missing.
func (v *values) value(name string) string {
	if v == nil {
		return "…"
	}
	if s, ok := v.of[name]; ok {
		return s
	}
	v.missing = append(v.missing, name)
	return "…"
}
