package matching

// languageRows remembers the points of the part "language" for a segment: by
// what the part reads of a need, and by list of languages of the offers, -1
// where not worked out yet. Needs share rows: few differ in their languages.
type languageRows struct {
	segment    *offerSets
	vocabulary *vocabulary
	rows       map[string][]int32
	key        []byte
}

// rowsKept bounds how many rows are remembered.
const rowsKept = 4096

// row returns the row of a need.
func (r *languageRows) row(segment *offerSets, v *vocabulary, n *needFeatures) []int32 {
	if r.segment != segment || r.vocabulary != v || len(r.rows) >= rowsKept {
		r.segment, r.vocabulary, r.rows = segment, v, map[string][]int32{}
	}
	key := r.key[:0]
	key = append(key, 0)
	if n.exempt {
		key[0] |= 1
	}
	if n.need.Interpretation {
		key[0] |= 2
	}
	for _, l := range n.wishes {
		key = append(key, byte(l), byte(l>>8))
	}
	key = append(key, 0, 0) // no wish has number 0 but one for no language, which serves nobody
	key = append(key, byte(len(n.wishes)))
	for _, l := range n.officials {
		key = append(key, byte(l), byte(l>>8))
	}
	r.key = key
	row, known := r.rows[string(key)]
	if !known {
		row = make([]int32, segment.spoken)
		for i := range row {
			row[i] = -1
		}
		r.rows[string(key)] = row
	}
	return row
}
