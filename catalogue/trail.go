package catalogue

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// trails are the positions of the commits that carry a version of a document,
// by kind and id, in ascending order: from them the log gives the document's
// history back. A trail is kept as the bytes of varints, three or four a
// version, in a string, so that a reader keeps what he was given while the
// next commit comes in.
type trails map[string]map[string]string

// note adds a commit to the trails of the documents that it changed.
func (t trails) note(position uint64, changes []Change) {
	for _, c := range changes {
		t.append(c.Kind, c.ID, position)
	}
}

func (t trails) append(kind, id string, position uint64) {
	var step [binary.MaxVarintLen64]byte
	t.keep(kind, id, t[kind][id]+string(binary.AppendUvarint(step[:0], position)))
}

func (t trails) keep(kind, id, trail string) {
	of := t[kind]
	if of == nil {
		of = map[string]string{}
		t[kind] = of
	}
	of[id] = trail
}

// mark writes the trails of documents on their way into a checkpoint beside
// them.
func (t trails) mark(all []row) {
	for i := range all {
		all[i].trail = t[all[i].kind][all[i].id]
	}
}

// positions reads a trail.
func positions(trail string) []uint64 {
	var out []uint64
	for rest := []byte(trail); len(rest) > 0; {
		position, n := binary.Uvarint(rest)
		out, rest = append(out, position), rest[n:]
	}
	return out
}

// writeTrail writes a trail as a checkpoint has it: "3,17,240".
func writeTrail(trail string) string {
	var b strings.Builder
	for i, position := range positions(trail) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatUint(position, 10))
	}
	return b.String()
}

// readTrail reads what writeTrail wrote. A trail that does not ascend to
// somewhere up to the checkpoint's position is not one of ours.
func readTrail(text string, last uint64) (string, error) {
	var out []byte
	before := uint64(0)
	for part := range strings.SplitSeq(text, ",") {
		position, err := strconv.ParseUint(part, 10, 64)
		if err != nil || position <= before || position > last {
			return "", fmt.Errorf("catalogue: a line of the checkpoint has the trail %q", text)
		}
		out, before = binary.AppendUvarint(out, position), position
	}
	return string(out), nil
}

// IDs lists the documents of a kind that ever were, in the order of their ids.
func (p *progress) IDs(kind string) []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Sorted(maps.Keys(p.trails[kind]))
}

// Trail lists the positions of the commits that carry a version of the
// document, the first one first. It is empty for a document that never was.
// Versions of an erased document are in it: what is left of them is that they
// were there.
func (p *progress) Trail(kind, id string) []uint64 {
	p.mu.RLock()
	trail := p.trails[kind][id]
	p.mu.RUnlock()
	return positions(trail)
}
