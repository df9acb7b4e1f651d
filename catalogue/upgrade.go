package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"

	"entente/cooperation"
)

// upgrade is one numbered step: it brings the bodies of one kind from the form
// before to the form that schema names. The log is never rewritten (its hashes
// are over the bodies as they were written); each body takes the steps that it
// lacks whenever it is read. A step changes the body in place; numbers in it
// are json.Number, so that none loses a digit.
type upgrade struct {
	schema int
	kind   string
	apply  func(body map[string]any) error
}

// upgrades lists all steps, in the order of their schemas. Forms that differ by
// optional fields alone need none: what is absent has its zero value. Whoever
// raises cooperation.Schema adds the steps here, and a log that the release
// before wrote to the tests.
func upgrades() []upgrade { return nil }

// current is the body of a change in the form of the schema, by the steps
// that it lacks.
func current(c Change, schema int, steps []upgrade) ([]byte, error) {
	var due []upgrade
	for _, s := range steps {
		if s.kind == c.Kind && s.schema > c.Schema && s.schema <= schema {
			due = append(due, s)
		}
	}
	if len(due) == 0 || c.Body == nil {
		return c.Body, nil
	}
	var body map[string]any
	decoder := json.NewDecoder(bytes.NewReader(c.Body))
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		return nil, err
	}
	for _, s := range due {
		if err := s.apply(body); err != nil {
			return nil, fmt.Errorf("upgrade to schema %d: %w", s.schema, err)
		}
	}
	body["schema"] = schema
	return json.Marshal(body)
}

// decode reads the body of a change. A nil document is an erased one.
func decode[T any](c Change) (*T, error) {
	return decodeBy[T](c, cooperation.Schema, upgrades())
}

func decodeBy[T any](c Change, schema int, steps []upgrade) (*T, error) {
	if c.Schema > schema {
		return nil, fmt.Errorf("catalogue: %s %s has schema %d, and this release knows %d at most: a later release wrote it", c.Kind, c.ID, c.Schema, schema)
	}
	if c.Body == nil {
		return nil, nil
	}
	doc := new(T)
	body, err := current(c, schema, steps)
	if err == nil {
		err = json.Unmarshal(body, doc)
	}
	if err != nil {
		return nil, fmt.Errorf("catalogue: %s %s, version %d: %w", c.Kind, c.ID, c.Version, err)
	}
	return doc, nil
}
