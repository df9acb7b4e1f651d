package cooperation

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// fieldNames returns the JSON names of the fields of a content struct.
func fieldNames(content any) []string {
	t := reflect.TypeOf(content).Elem()
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = jsonName(t.Field(i))
	}
	return names
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// identity fields tell what a posting is; without them it could not be listed
// or matched, so they are never withheld from those who see it at all.
var identity = []string{"beneficiaries", "provider", "title", "themes", "kinds", "languages"}

// redact empties the fields that the sight does not cover and returns the
// names of those that held something that others may know exists. Excluded
// and preferred partners are not even named: that they are stated is itself
// confidential.
func redact(content any, s Sight, stated map[string]Audience, fallback func(string) Audience) (withheld []string) {
	v := reflect.ValueOf(content).Elem()
	for i := range v.NumField() {
		name := jsonName(v.Type().Field(i))
		if name == "" || slices.Contains(identity, name) || s.covers(audience(name, stated, fallback)) {
			continue
		}
		if field := v.Field(i); !field.IsZero() {
			field.SetZero()
			if name != "excluded" && name != "preferred" && name != "excluded_countries" && name != "excluded_regions" {
				withheld = append(withheld, name)
			}
		}
	}
	return withheld
}

func audience(name string, stated map[string]Audience, fallback func(string) Audience) Audience {
	a, ok := stated[name]
	if !ok {
		return fallback(name)
	}
	if limit, ok := neverWider[name]; ok && slices.Index(Audiences(), a) < slices.Index(Audiences(), limit) {
		return limit
	}
	return a
}

// equalJSON reports whether two values have the same document text.
func equalJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// NeedFieldVisible reports whether the sight of a need covers a field, by its
// JSON name.
func NeedFieldVisible(n *Need, field string, s Sight) bool {
	return s.Any() && (slices.Contains(identity, field) || s.covers(audience(field, n.Visibility, NeedVisibility)))
}

// OfferFieldVisible reports whether the sight of an offer covers a field, by
// its JSON name.
func OfferFieldVisible(o *Offer, field string, s Sight) bool {
	return s.Any() && (slices.Contains(identity, field) || s.covers(audience(field, o.Visibility, OfferVisibility)))
}
