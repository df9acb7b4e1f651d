package cooperation

import (
	"reflect"
	"testing"
)

// Visibility, labels and paths of mistakes all go by the names in JSON: a field
// without one would be shown to everybody and named by nobody.
func TestEveryFieldOfAPostingHasItsOwnName(t *testing.T) {
	for _, content := range []any{&NeedContent{}, &OfferContent{}} {
		seen := map[string]bool{}
		for i, name := range fieldNames(content) {
			field := reflect.TypeOf(content).Elem().Field(i)
			if name == "" || name == "-" || seen[name] {
				t.Errorf("%T.%s is named %q", content, field.Name, name)
			}
			if field.Anonymous || !field.IsExported() {
				t.Errorf("%T.%s cannot be withheld", content, field.Name)
			}
			seen[name] = true
		}
	}
}

func TestTheFieldsThatIdentifyAndThoseThatAreConfidentialExist(t *testing.T) {
	exists := map[string]bool{}
	for _, content := range []any{&NeedContent{}, &OfferContent{}} {
		for _, name := range fieldNames(content) {
			exists[name] = true
		}
	}
	for _, name := range identity {
		if !exists[name] {
			t.Errorf("no posting has the field %s", name)
		}
	}
	for name, limit := range neverWider {
		if !exists[name] {
			t.Errorf("no posting has the field %s", name)
		}
		// What nobody may widen is not wide by default either.
		for _, fallback := range []func(string) Audience{NeedVisibility, OfferVisibility} {
			if a := fallback(name); a != ToPublic && a != limit {
				t.Errorf("%s is for %s by default, and limited to %s", name, a, limit)
			}
		}
	}
}
