package cooperation

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// FieldChange is a field that differs between two versions of a document.
type FieldChange struct {
	Path     string          // as the API spells it: "costs[2].cost"
	Before   json.RawMessage // nil where the field was not stated
	After    json.RawMessage // nil where it is not stated any more
	Withheld bool            // it changed, and its values are not for the reader
}

// bookkeeping fields change with every version and say nothing of it.
var bookkeeping = []string{"schema", "version", "updated"}

// detail is the number of changes within one field from which the field is
// given as a whole: whoever inserts a line at the top of a list changes them
// all.
const detail = 20

// Changes compares two versions of a document as their reader sees them, field
// by field in the order of the names.
func Changes(before, after any) ([]FieldChange, error) {
	a, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	b, err := fieldsOf(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for _, name := range names(a, b) {
		if slices.Contains(bookkeeping, name) {
			continue
		}
		var within []FieldChange
		compare(name, a[name], b[name], &within)
		if len(within) > detail {
			within = []FieldChange{changed(name, a[name], b[name])}
		}
		out = append(out, within...)
	}
	return out, nil
}

// WithheldChanges names those of the fields that differ between two versions,
// and nothing of what is in them.
func WithheldChanges(before, after any, fields []string) ([]FieldChange, error) {
	a, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	b, err := fieldsOf(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for _, name := range slices.Compact(slices.Sorted(slices.Values(fields))) {
		if !equalJSON(a[name], b[name]) {
			out = append(out, FieldChange{Path: name, Withheld: true})
		}
	}
	return out, nil
}

// fieldsOf is a document as JSON has it, with numbers as they are written.
func fieldsOf(document any) (map[string]any, error) {
	text, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return fields, d.Decode(&fields)
}

func names(a, b map[string]any) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// compare notes where two values differ, as deep as both have the same shape.
func compare(path string, a, b any, out *[]FieldChange) {
	if x, ok := a.(map[string]any); ok {
		if y, ok := b.(map[string]any); ok {
			for _, name := range names(x, y) {
				compare(path+"."+name, x[name], y[name], out)
			}
			return
		}
	}
	if x, ok := a.([]any); ok {
		if y, ok := b.([]any); ok {
			for i := range max(len(x), len(y)) {
				compare(path+"["+strconv.Itoa(i)+"]", at(x, i), at(y, i), out)
			}
			return
		}
	}
	if !equalJSON(a, b) {
		*out = append(*out, changed(path, a, b))
	}
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

func changed(path string, a, b any) FieldChange {
	return FieldChange{Path: path, Before: raw(a), After: raw(b)}
}

// raw is a value as JSON; nil for one that is not there. What came from JSON
// can be written as JSON.
func raw(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return text
}
