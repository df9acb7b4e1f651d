package cooperation

import (
	"unique"

	"entente/message"
)

// Compact lets a notification take no more memory than what it says: a
// convention has hundreds of thousands, of which nearly all say the same words
// of other things. The notification must be the caller's own, as it is when it
// has just been read.
func (n *Notification) Compact() {
	n.Convention, n.CreatedBy = once(n.Convention), once(n.CreatedBy)
	n.Recipient, n.Committee, n.Reason, n.Run = once(n.Recipient), once(n.Committee), once(n.Reason), once(n.Run)
	n.Status = once(n.Status)
	compact(&n.Subject)
	n.Lines, n.Items = exactly(n.Lines), exactly(n.Items)
	n.Documents, n.Reminders, n.Gathered = exactly(n.Documents), exactly(n.Reminders), exactly(n.Gathered)
	for i := range n.Lines {
		compact(&n.Lines[i])
	}
	for i := range n.Items {
		x := &n.Items[i]
		compact(&x.Heading)
		x.Document, x.Reasons = once(x.Document), exactly(x.Reasons)
		for j := range x.Reasons {
			compact(&x.Reasons[j])
		}
	}
	for _, list := range [][]string{n.Documents, n.Reminders, n.Gathered} {
		for i := range list {
			list[i] = once(list[i])
		}
	}
}

func compact(m *message.Message) {
	m.Key, m.Args = once(m.Key), exactly(m.Args)
	for i := range m.Args {
		a := &m.Args[i]
		a.Name, a.Type, a.Value = once(a.Name), once(a.Type), once(a.Value)
	}
}

// exactly is a list without room for more.
func exactly[T any](list []T) []T {
	if len(list) == cap(list) {
		return list
	}
	return append(make([]T, 0, len(list)), list...)
}

// once is a text that is held once, however often it is said.
func once[T ~string](text T) T { return unique.Make(text).Value() }
