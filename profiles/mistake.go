package profiles

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/message"
)

// Mistake is one thing that is wrong with a profile, and where.
type Mistake struct {
	File    string // as the folder names it
	Line    int    // from 1; 0 where the whole file or folder is meant
	Message message.Message
}

// Error is the refusal to load profiles: everything that is wrong with them.
// Error() is for logs; people read the messages.
type Error struct{ Mistakes []Mistake }

func (e *Error) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Message.Key)
		for _, a := range m.Message.Args {
			lines[i] += fmt.Sprintf(" %s=%q", a.Name, a.Value)
		}
	}
	return "profiles: " + strings.Join(lines, "; ")
}

// source is a file being read; what is wrong with it is collected, so that
// all mistakes are told at once.
type source struct {
	file     string
	mistakes *[]Mistake
}

func (s source) report(n *yaml.Node, key string, args ...message.Arg) {
	s.reportLine(n.Line, key, args...)
}

func (s source) reportLine(line int, key string, args ...message.Arg) {
	*s.mistakes = append(*s.mistakes, Mistake{s.file, line, message.New(key, args...)})
}

func text(name, value string) message.Arg { return message.Of(message.Text, name, value) }

// sorted puts mistakes in the order in which a person would mend them.
func sorted(list []Mistake) []Mistake {
	slices.SortStableFunc(list, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return list
}
