package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func TestWalkingAListWhileOthersPostNeitherRepeatsNorLosesANeed(t *testing.T) {
	for _, sort := range []Sort{SortNewest, SortDeadline, SortUpdated, SortRelevance} {
		t.Run(string(sort), func(t *testing.T) {
			l := newLog(t)
			post := func(i int) string {
				n := openNeed(i, "tobacco taxes "+fmt.Sprint("filler ", i%4))
				for range i % 5 {
					n.Title += " tobacco"
				}
				n.Deadline = date("2026-05-01").AddDays(i * 37 % 20)
				n.Updated = morning.AddDate(0, 0, i*53%17)
				l.commit(needChange(n))
				return n.ID
			}
			var before, walked []string
			for i := range 40 {
				before = append(before, post(i))
			}
			q := Query{Text: "tobacco", Sort: sort, Limit: 3}
			for more := true; more; {
				page, err := l.state.SearchNeeds(cooperation.Actor{}, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range page.Items {
					walked = append(walked, n.ID)
				}
				for range 2 {
					post(len(l.state.needs.entries))
				}
				if q.Cursor, more = page.Next, page.Next != ""; len(walked) > 500 {
					t.Fatal("the walk does not end")
				}
			}
			slices.Sort(walked)
			if !slices.Equal(walked, slices.Compact(slices.Clone(walked))) {
				t.Error("a need was listed twice")
			}
			walked = slices.DeleteFunc(walked, func(id string) bool { return !slices.Contains(before, id) })
			slices.Sort(before)
			if diff := cmp.Diff(before, walked); diff != "" {
				t.Errorf("needs posted before the walk were lost (-want +got):\n%s", diff)
			}
		})
	}
}

func TestACursorServesOnlyTheQueryThatItCameFrom(t *testing.T) {
	l := newLog(t)
	for i := range 5 {
		l.commit(needChange(openNeed(i, "tobacco")), offerChange(openOffer(i, "tobacco")))
	}
	page, err := l.state.SearchNeeds(cooperation.Actor{}, Query{Text: "tobacco", Limit: 2})
	if err != nil || page.Next == "" {
		t.Fatalf("first page: %v, next %q", err, page.Next)
	}
	for name, q := range map[string]Query{
		"the same with another limit": {Text: "tobacco", Limit: 3, Cursor: page.Next},
		"the same with facets":        {Text: "tobacco", Facets: true, Cursor: page.Next},
	} {
		if _, err := l.state.SearchNeeds(cooperation.Actor{}, q); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		}
	}
	other := Query{Text: "tobacco", Sort: SortNewest, Limit: 2}
	newest, err := l.state.SearchNeeds(cooperation.Actor{}, other)
	if err != nil {
		t.Fatal(err)
	}
	forged := cursor{Form: (&Query{Text: "tobacco"}).form(KindNeed, SortRelevance), Key: 1, Ordinal: 2}
	for name, q := range map[string]Query{
		"another sort":             {Text: "tobacco", Sort: SortNewest, Cursor: page.Next},
		"another filter":           {Text: "tobacco", Status: []string{"open"}, Cursor: page.Next},
		"another text":             {Text: "tax", Cursor: page.Next},
		"the cursor of a sort":     {Text: "tobacco", Cursor: newest.Next},
		"not a cursor":             {Text: "tobacco", Cursor: "%%%"},
		"a cursor without figures": {Text: "tobacco", Cursor: forged.encode()},
	} {
		_, err := l.state.SearchNeeds(cooperation.Actor{}, q)
		refuses(t, name, err, "error.invalid.cursor")
	}
	_, err = l.state.SearchOffers(cooperation.Actor{}, Query{Text: "tobacco", Cursor: page.Next})
	refuses(t, "a cursor of needs for offers", err, "error.invalid.cursor")
}

// refuses checks that an error is a refusal of input with the key.
func refuses(t *testing.T, what string, err error, key string) {
	t.Helper()
	var e *cooperation.Error
	if !errors.As(err, &e) || e.Code != cooperation.Invalid {
		t.Errorf("%s: %v, want an invalid one", what, err)
		return
	}
	if e.Message.Key != key && (len(e.Fields) == 0 || e.Fields[0].Message.Key != key) {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestAQueryThatMakesNoSenseIsRefusedByName(t *testing.T) {
	s := newLog(t).state
	long := ""
	for i := range maxWords + 1 {
		long += fmt.Sprint(" word", i)
	}
	for _, c := range []struct {
		name string
		q    Query
		key  string
	}{
		{"a limit over the greatest", Query{Limit: MaxLimit + 1}, "error.invalid.limit"},
		{"a negative limit", Query{Limit: -1}, "error.invalid.limit"},
		{"an unknown sort", Query{Sort: "price"}, "error.invalid.not_one_of"},
		{"relevance without a text", Query{Sort: SortRelevance}, "error.invalid.not_one_of"},
		{"an amount without a currency", Query{AmountFrom: 5}, "error.invalid.required"},
		{"too many words", Query{Text: long}, "error.invalid.too_many"},
	} {
		_, err := s.SearchNeeds(cooperation.Actor{}, c.q)
		refuses(t, c.name, err, c.key)
	}
}
