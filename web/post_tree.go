package web

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"entente/cooperation"
)

// tree is the content of a posting as the API has it: what forms show and
// change, whatever the posting.
type tree map[string]any

// treeOf takes a content apart.
func treeOf(content any) (tree, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	t := tree{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return t, d.Decode(&t)
}

// into puts the content together again.
func (t tree) into(content any) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, content)
}

// at is the value under a path of names; nil where there is none.
func (t tree) at(path string) any {
	var here any = map[string]any(t)
	for _, name := range strings.Split(path, ".") {
		inner, ok := here.(map[string]any)
		if !ok {
			return nil
		}
		here = inner[name]
	}
	return here
}

// put puts a value under a path of names, and takes away what has become empty.
func (t tree) put(path string, value any) {
	name, deeper, more := strings.Cut(path, ".")
	if more {
		group, _ := t[name].(map[string]any)
		if group == nil {
			group = map[string]any{}
		}
		tree(group).put(deeper, value)
		if value = group; len(group) == 0 {
			value = nil
		}
	}
	if t[name] = value; value == nil {
		delete(t, name)
	}
}

// rows are the values of a list.
func (t tree) rows(list string) []any {
	rows, _ := t.at(list).([]any)
	return rows
}

// cell is the value of an entry in a row.
func cell(row any, e *entry) any {
	if e.Path == "" {
		return row
	}
	columns, _ := row.(map[string]any)
	return columns[e.Path]
}

// reading is what a form said.
type reading struct {
	mistakes []cooperation.FieldError
	moved    map[string]string // the path of a row in the document → in the form, where empty rows stand before it
}

// read puts what was filled in on a page into the document.
func (v *visit) read(m *matter, t tree) reading {
	r := reading{moved: map[string]string{}}
	for i := range m.Blocks {
		p := &m.Blocks[i]
		if p.List != "" {
			t.put(p.List, r.list(v, p))
			continue
		}
		for j := range p.Entries {
			e := &p.Entries[j]
			t.put(e.Path, r.value(v, e, e.Path))
		}
	}
	return r
}

func (r *reading) value(v *visit, e *entry, name string) any {
	value, wrong := v.understood(e, v.Request.PostForm[name])
	if wrong != nil {
		r.mistakes = append(r.mistakes, cooperation.FieldError{Field: name, Message: *wrong})
	}
	return value
}

// list reads the rows of a list; nil where all are empty.
func (r *reading) list(v *visit, p *block) any {
	var out []any
	var common any
	if p.Shared != nil {
		common = r.value(v, p.Shared, p.List+"."+p.Shared.Path)
	}
	for row := range p.Most {
		values, filled := map[string]any{}, false
		var plain any
		for j := range p.Entries {
			e := &p.Entries[j]
			value := r.value(v, e, p.name(e, row))
			if value == nil {
				filled = filled || r.wrong(p.name(e, row))
				continue
			}
			filled = filled || !e.Preset
			values[e.Path], plain = value, value
		}
		if !filled {
			continue
		}
		if at := place(p.List, len(out)); at != place(p.List, row) {
			r.moved[at] = place(p.List, row)
		}
		switch {
		case p.Entries[0].Path == "":
			out = append(out, plain)
		case p.Shared != nil:
			if common != nil {
				values[p.Shared.Path] = common
			}
			out = append(out, values)
		default:
			out = append(out, values)
		}
	}
	if out == nil {
		return nil
	}
	return out
}

func place(list string, row int) string { return list + "[" + strconv.Itoa(row) + "]" }

// wrong reports whether a mistake was found in a field.
func (r *reading) wrong(name string) bool {
	for _, m := range r.mistakes {
		if m.Field == name {
			return true
		}
	}
	return false
}

// inForm are mistakes of the document at the fields of the form.
func (r *reading) inForm(kind string, m *matter, mistakes []cooperation.FieldError) []cooperation.FieldError {
	out := make([]cooperation.FieldError, len(mistakes))
	for i, one := range mistakes {
		for from, to := range r.moved {
			if one.Field == from || strings.HasPrefix(one.Field, from+".") {
				one.Field = to + strings.TrimPrefix(one.Field, from)
				break
			}
		}
		for j := range m.Blocks {
			if p := &m.Blocks[j]; p.Shared != nil && strings.HasPrefix(one.Field, p.List+"[") && strings.HasSuffix(one.Field, "]."+p.Shared.Path) {
				one.Field = p.List + "." + p.Shared.Path
			}
		}
		one.Field = kind + "." + one.Field
		out[i] = one
	}
	return out
}
