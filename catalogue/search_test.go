package catalogue

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// world is a state with random postings, after changes and erasures.
type world struct {
	*log
	needs  []*cooperation.Need // by ordinal; nil when erased
	offers []*cooperation.Offer
}

// anyWorld posts needs and offers, then changes and erases some of them.
func anyWorld(t *rapid.T, tb testing.TB) *world {
	w := &world{log: newLog(tb)}
	for i := range rapid.IntRange(0, 12).Draw(t, "needs") {
		w.needs = append(w.needs, anyNeed(t, i, 1))
		w.commit(needChange(w.needs[i]))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "offers") {
		w.offers = append(w.offers, anyOffer(t, i, 1))
		w.commit(offerChange(w.offers[i]))
	}
	for version := range uint64(rapid.IntRange(0, 6).Draw(t, "changes")) {
		w.change(t, version+2)
	}
	return w
}

// change puts a new version of a random need and offer in one commit.
func (w *world) change(t *rapid.T, version uint64) {
	var changes []Change
	if len(w.needs) > 0 {
		i := rapid.IntRange(0, len(w.needs)-1).Draw(t, "which need")
		if w.needs[i] = nil; rapid.IntRange(0, 3).Draw(t, "erase need") > 0 {
			w.needs[i] = anyNeed(t, i, version)
			changes = append(changes, needChange(w.needs[i]))
		} else {
			changes = append(changes, erased(KindNeed, id(KindNeed, i), version))
		}
	}
	if len(w.offers) > 0 {
		i := rapid.IntRange(0, len(w.offers)-1).Draw(t, "which offer")
		if w.offers[i] = nil; rapid.IntRange(0, 3).Draw(t, "erase offer") > 0 {
			w.offers[i] = anyOffer(t, i, version)
			changes = append(changes, offerChange(w.offers[i]))
		} else {
			changes = append(changes, erased(KindOffer, id(KindOffer, i), version))
		}
	}
	w.commit(changes...)
}

func (w *world) needPostings(a cooperation.Actor) []posting {
	var out []posting
	for i, n := range w.needs {
		if n != nil {
			out = append(out, postingOfNeed(i, n, a))
		}
	}
	return out
}

func (w *world) offerPostings(a cooperation.Actor) []posting {
	var out []posting
	for i, o := range w.offers {
		if o != nil {
			out = append(out, postingOfOffer(i, o, a))
		}
	}
	return out
}

// walk follows the cursors of a query to the end and returns the ids, with the
// first page.
func walk[T any](t rapid.TB, q Query, find func(Query) (Page[*T], error), id func(*T) string) (ids []string, first Page[*T]) {
	for {
		page, err := find(q)
		if err != nil {
			t.Fatal(err)
		}
		if q.Cursor == "" {
			first = page
		}
		for _, item := range page.Items {
			ids = append(ids, id(item))
		}
		if page.Next == "" {
			return ids, first
		}
		if len(page.Items) != q.Limit {
			t.Fatalf("a page that is not the last has %d items instead of %d", len(page.Items), q.Limit)
		}
		q.Cursor = page.Next
	}
}

func needID(n *cooperation.Need) string   { return n.ID }
func offerID(o *cooperation.Offer) string { return o.ID }

func idsOf(list []posting) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.id)
	}
	return out
}

func TestTheIndexListsAndCountsWhatThePlainDefinitionDoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		for range 4 {
			actor, q := anyActor(r), anyQuery(r)
			needs := func(q Query) (Page[*cooperation.Need], error) { return w.state.SearchNeeds(actor, q) }
			ids, page := walk(r, q, needs, needID)
			compare(r, q, ids, page.Total, page.Facets, w.needPostings(actor))
			offers := func(q Query) (Page[*cooperation.Offer], error) { return w.state.SearchOffers(actor, q) }
			ids, offered := walk(r, q, offers, offerID)
			compare(r, q, ids, offered.Total, offered.Facets, w.offerPostings(actor))
		}
	})
}

func compare(t *rapid.T, q Query, ids []string, total int, facets map[string][]FacetCount, all []posting) {
	want := list(all, q)
	if diff := cmp.Diff(idsOf(want), ids); diff != "" {
		t.Fatalf("%+v lists otherwise than the definition (-want +got):\n%s", q, diff)
	}
	if total != len(want) {
		t.Fatalf("%+v counts %d, want %d", q, total, len(want))
	}
	if diff := cmp.Diff(facetsOf(all, q), facets); diff != "" {
		t.Fatalf("%+v counts facets otherwise than the definition (-want +got):\n%s", q, diff)
	}
}

func TestAnActorIsListedExactlyWhatThePolicyLetsHimSee(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		actor := anyActor(r)
		page, err := w.state.SearchNeeds(actor, Query{Limit: MaxLimit})
		if err != nil {
			r.Fatal(err)
		}
		for _, n := range w.needs {
			if n != nil && cooperation.SeesNeed(actor, n).Any() != slices.ContainsFunc(page.Items, func(i *cooperation.Need) bool { return i.ID == n.ID }) {
				r.Fatalf("need %s (%s): the policy says %v", n.ID, n.Status, cooperation.SeesNeed(actor, n))
			}
		}
		offers, err := w.state.SearchOffers(actor, Query{Limit: MaxLimit})
		if err != nil {
			r.Fatal(err)
		}
		for _, o := range w.offers {
			if o != nil && cooperation.SeesOffer(actor, o).Any() != slices.ContainsFunc(offers.Items, func(i *cooperation.Offer) bool { return i.ID == o.ID }) {
				r.Fatalf("offer %s (%s): the policy says %v", o.ID, o.Status, cooperation.SeesOffer(actor, o))
			}
		}
	})
}
