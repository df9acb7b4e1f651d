package catalogue

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
)

// raised is a document as it would be after two changes of its form: a sum
// that was a number became text, and the text then moved.
type raised struct {
	Schema int    `json:"schema"`
	Title  string `json:"title"`
	Cost   struct {
		Sum string `json:"sum"`
	} `json:"cost"`
}

// steps are the upgrades of such a document, and of others.
func steps() []upgrade {
	return []upgrade{
		{2, KindNeed, func(b map[string]any) error {
			number, ok := b["sum"].(interface{ String() string })
			if !ok {
				return errors.New("the sum is no number")
			}
			b["sum"] = number.String()
			return nil
		}},
		{2, KindOffer, func(b map[string]any) error { b["title"] = "of another kind"; return nil }},
		{3, KindNeed, func(b map[string]any) error {
			b["cost"] = map[string]any{"sum": b["sum"]}
			delete(b, "sum")
			return nil
		}},
	}
}

func TestAnOldBodyTakesTheStepsThatItLacksInTheirOrder(t *testing.T) {
	for _, c := range []Change{
		{Kind: KindNeed, ID: "a", Schema: 1, Body: []byte(`{"schema":1,"title":"Law","sum":9007199254740993}`)},
		{Kind: KindNeed, ID: "a", Schema: 2, Body: []byte(`{"schema":2,"title":"Law","sum":"9007199254740993"}`)},
		{Kind: KindNeed, ID: "a", Schema: 3, Body: []byte(`{"schema":3,"title":"Law","cost":{"sum":"9007199254740993"}}`)},
	} {
		before := slices.Clone(c.Body)
		doc, err := decodeBy[raised](c, 3, steps())
		if err != nil {
			t.Fatal(err)
		}
		if doc.Schema != 3 || doc.Title != "Law" || doc.Cost.Sum != "9007199254740993" {
			t.Errorf("schema %d became %+v", c.Schema, doc)
		}
		if !slices.Equal(before, c.Body) {
			t.Error("the body of the log was changed, over which its hash is")
		}
	}
}

func TestAnErasedBodyStaysErasedByAnUpgrade(t *testing.T) {
	if doc, err := decodeBy[raised](Change{Kind: KindNeed, ID: "a", Schema: 1}, 3, steps()); doc != nil || err != nil {
		t.Errorf("%+v, %v", doc, err)
	}
}

func TestABodyThatAStepCannotTakeIsNamed(t *testing.T) {
	_, err := decodeBy[raised](Change{Kind: KindNeed, ID: "a", Version: 4, Schema: 1, Body: []byte(`{"sum":"much"}`)}, 3, steps())
	if err == nil || !strings.Contains(err.Error(), "need a, version 4: upgrade to schema 2") {
		t.Errorf("%v", err)
	}
	if _, err = decodeBy[raised](Change{Kind: KindNeed, ID: "a", Schema: 1, Body: []byte(`[1]`)}, 3, steps()); err == nil {
		t.Error("a body that is no document was taken")
	}
}

func TestABodyOfALaterReleaseStopsTheProgram(t *testing.T) {
	c := Change{Kind: KindNeed, ID: "a", Schema: cooperation.Schema + 1, Body: []byte(`{}`)}
	if _, err := decode[cooperation.Need](c); err == nil || !strings.Contains(err.Error(), "a later release wrote it") {
		t.Errorf("%v", err)
	}
}

func TestTheStepsAreInOrderAndNoneIsBeyondTheSchema(t *testing.T) {
	all := upgrades()
	if !slices.IsSortedFunc(all, func(a, b upgrade) int { return a.schema - b.schema }) {
		t.Errorf("out of order: %+v", all)
	}
	for _, s := range all {
		if s.schema < 2 || s.schema > cooperation.Schema {
			t.Errorf("a step to schema %d, and this release writes %d", s.schema, cooperation.Schema)
		}
	}
}
