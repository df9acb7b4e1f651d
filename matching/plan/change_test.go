package plan_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/matching/plan"
)

// postings are random needs and offers of which no two share an id.
func postings(seed uint64, count int) ([]matching.Need, []matching.Offer) {
	needs, offers := matchtest.Random(seed, count, count)
	for i := range needs {
		needs[i].ID += string(rune('a'+i%26)) + string(rune('a'+i/26))
	}
	for i := range offers {
		offers[i].ID += string(rune('a'+i%26)) + string(rune('a'+i/26))
	}
	return needs, offers
}

func inputs(t interface {
	Helper()
	Fatal(...any)
}, needs []matching.Need, offers []matching.Offer) *plan.Inputs {
	t.Helper()
	in, err := plan.NewInputs(context.Background(), matching.NewIndex(matchtest.Now, matchtest.Setting(), needs, offers), needs, offers)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestWhatIfIsTheProblemThatTheChangedPostingsWouldGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		needs, offers := postings(rapid.Uint64().Draw(t, "seed"), 25)
		before := inputs(t, needs, offers)
		was := before.Problem()
		var changes []plan.Change
		changed, given := slices.Clone(needs), slices.Clone(offers)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			changes = append(changes, drawChange(t, changed, given))
			changed, given = made(changes[len(changes)-1], changed, given)
		}
		after, err := before.With(changes)
		if err != nil {
			t.Fatal(err)
		}
		want := usable(inputs(t, changed, given).Problem())
		if diff := cmp.Diff(want, usable(after.Problem())); diff != "" {
			t.Errorf("%+v (-postings +what if):\n%s", changes, diff)
		}
		if diff := cmp.Diff(was, before.Problem()); diff != "" {
			t.Errorf("the inputs that were asked have changed:\n%s", diff)
		}
	})
}

// drawChange draws a change of one of the postings.
func drawChange(t *rapid.T, needs []matching.Need, offers []matching.Offer) plan.Change {
	posting := matching.Change{Sort: rapid.SampledFrom([]matching.ChangeSort{
		matching.ChangeLanguage, matching.ChangeInterpretation, matching.ChangeKind, matching.ChangeTheme,
	}).Draw(t, "sort")}
	switch posting.Sort {
	case matching.ChangeLanguage:
		posting.Value = rapid.SampledFrom([]string{"en", "es", "pt"}).Draw(t, "language")
	case matching.ChangeKind:
		posting.Value = "finance"
	case matching.ChangeTheme:
		posting.Value = "clearance"
	}
	need := needs[rapid.IntRange(0, len(needs)-1).Draw(t, "need")].ID
	offer := offers[rapid.IntRange(0, len(offers)-1).Draw(t, "offer")].ID
	return rapid.SampledFrom([]plan.Change{
		{Need: need, Out: true}, {Offer: offer, Out: true}, {Need: need, Posting: posting}, {Offer: offer, Posting: posting},
		{Offer: offer, Amount: 5_000_000_00},
	}).Draw(t, "change")
}

// made makes a change to lists of postings.
func made(c plan.Change, needs []matching.Need, offers []matching.Offer) ([]matching.Need, []matching.Offer) {
	if n := slices.IndexFunc(needs, func(n matching.Need) bool { return n.ID == c.Need }); n >= 0 {
		if c.Out {
			return slices.Delete(slices.Clone(needs), n, n+1), offers
		}
		needs[n] = needs[n].With(c.Posting)
	}
	if o := slices.IndexFunc(offers, func(o matching.Offer) bool { return o.ID == c.Offer }); o >= 0 {
		if c.Out {
			return needs, slices.Delete(slices.Clone(offers), o, o+1)
		}
		offers[o] = offers[o].With(c.Posting)
		if c.Amount > 0 {
			offers[o].Ceiling, offers[o].Remaining, offers[o].Exhausted = offers[o].Ceiling+c.Amount, offers[o].Remaining+c.Amount, false
		}
	}
	return needs, offers
}

// usable is what of a problem matters: needs with their candidates by name, and
// what these can give.
func usable(p *plan.Problem) map[string]map[string]plan.Supply {
	out := map[string]map[string]plan.Supply{}
	for _, n := range p.Needs {
		out[n.ID] = map[string]plan.Supply{}
		for _, c := range n.Candidates {
			out[n.ID][p.Offers[c.Offer].ID+" "+fmt.Sprint(c.Score)] = p.Offers[c.Offer].Supply
		}
	}
	return out
}

func TestAChangeThatIsNoneIsRefused(t *testing.T) {
	in := inputs(t, []matching.Need{matchtest.Need()}, []matching.Offer{matchtest.Offer()})
	for name, c := range map[string]plan.Change{
		"nothing":                   {},
		"of nothing":                {Out: true},
		"of two":                    {Need: "need", Offer: "offer", Out: true},
		"two at once":               {Offer: "offer", Out: true, Amount: 1},
		"an unknown need":           {Need: "nobody's", Out: true},
		"an unknown offer":          {Offer: "nobody's", Out: true},
		"an unknown provider":       {Provider: "nobody", Amount: 1},
		"money from a need":         {Need: "need", Amount: 1},
		"less than nothing":         {Offer: "offer", Amount: -1},
		"a language for a provider": {Provider: "BR", Posting: matching.Change{Sort: matching.ChangeLanguage, Value: "en"}},
	} {
		if _, err := in.With([]plan.Change{c}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// scarce is a convention of two needs and two offers of Brazil, with money for
// one need.
func scarce() ([]matching.Need, []matching.Offer) {
	amount := func(id string, cents int64) func(*matching.Offer) {
		return func(o *matching.Offer) { o.ID, o.Unlimited, o.Ceiling, o.Remaining = id, false, cents, cents }
	}
	gap := func(id string) func(*matching.Need) {
		return func(n *matching.Need) { n.ID, n.Gap = id, 2_000_000_00 }
	}
	return []matching.Need{matchtest.Need(gap("n1")), matchtest.Need(gap("n2"))},
		[]matching.Offer{matchtest.Offer(amount("o1", 1_000_000_00)), matchtest.Offer(amount("o2", 1_000_000_00))}
}

func TestTwoMillionMoreFromAProviderCoverWhatWasMissing(t *testing.T) {
	needs, offers := scarce()
	in := inputs(t, needs, offers)
	before := solve(t, in.Problem())
	if before.Covered != 2_000_000_00 || before.Helped != 2 {
		t.Fatalf("before: %d cents for %d needs", before.Covered, before.Helped)
	}
	for name, c := range map[string]plan.Change{
		"provider": {Provider: "BR", Amount: 2_000_000_00}, "offer": {Offer: "o2", Amount: 2_000_000_00},
	} {
		richer, err := in.With([]plan.Change{c})
		if err != nil {
			t.Fatal(err)
		}
		p := richer.Problem()
		p.Keep = before.Pairings
		after := solve(t, p)
		if d := before.Compare(after); after.Covered != 4_000_000_00 || d.Covered != 2_000_000_00 || len(d.Gained)+len(d.Lost) != 0 || d.Score <= 0 {
			t.Errorf("2 million more from the %s: %d cents covered, %+v", name, after.Covered, d)
		}
	}
}

func TestOfEquallyGoodPlansTheOneNearestToThatBeforeIsReturned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(rapid.Uint64().Draw(t, "seed"))
		before := solve(t, p)
		again := *p
		again.Keep = before.Pairings
		if d := before.Compare(solve(t, &again)); len(d.Moved)+len(d.Gained)+len(d.Lost) != 0 || d.Score != 0 {
			t.Errorf("with nothing changed, the plan changes: %+v", d)
		}
	})
}

func TestADifferenceNamesNeedsGainedAndLostAndPairingsMoved(t *testing.T) {
	one := plan.Plan{Score: 10, Covered: 7, Pairings: []plan.Pairing{
		{Need: "a", Offer: "x", Share: 500_000}, {Need: "b", Offer: "x", Share: 300_000}, {Need: "b", Offer: "y", Share: 200_000},
	}}
	other := plan.Plan{Score: 8, Covered: 9, Pairings: []plan.Pairing{
		{Need: "b", Offer: "x", Share: 400_000}, {Need: "b", Offer: "z", Share: 100_000}, {Need: "c", Offer: "y", Share: 1},
	}}
	want := plan.Difference{Gained: []string{"c"}, Lost: []string{"a"}, Score: -2, Covered: 2, Moved: []plan.Move{
		{Need: "a", Offer: "x", Before: 500_000, After: 0}, {Need: "b", Offer: "x", Before: 300_000, After: 400_000},
		{Need: "b", Offer: "y", Before: 200_000, After: 0}, {Need: "b", Offer: "z", Before: 0, After: 100_000},
		{Need: "c", Offer: "y", Before: 0, After: 1},
	}}
	if diff := cmp.Diff(want, one.Compare(&other)); diff != "" {
		t.Error(diff)
	}
}
