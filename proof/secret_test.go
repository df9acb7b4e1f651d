package proof_test

import "fmt"

// secret is a text of which the product's description says who reads it. Where
// others find it, it has become known.
type secret struct {
	what    string
	text    string
	readers func(m *model, who string) bool
}

// secret makes a text that stands nowhere else, and that the same people read
// whatever happens.
func (m *model) secret(what string, readers func(who string) bool) string {
	return m.secretUntil(what, func(_ *model, who string) bool { return readers(who) })
}

// secretUntil makes a text that others may come to read.
func (m *model) secretUntil(what string, readers func(m *model, who string) bool) string {
	mark := fmt.Sprintf("zq%03dxk", len(m.secrets))
	m.secrets = append(m.secrets, secret{what, mark, readers})
	return mark + " " + what
}
