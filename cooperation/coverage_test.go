package cooperation_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// wanting is an open need of kinds with an amount to be sought.
func wanting(sought string, kinds ...cooperation.Kind) *cooperation.Need {
	n := needIn("open")
	n.Kinds, n.Costs = nil, nil
	for _, k := range kinds {
		n.Kinds = append(n.Kinds, cooperation.Outcome{Kind: k})
	}
	if sought != "" {
		n.Costs = []cooperation.CostLine{{Activity: "All of it", Currency: "USD", Cost: sought, Sought: sought}}
	}
	return n
}

// Whatever is agreed and stopped: no more is covered than is sought, and the
// step follows from what is covered.
func TestNoMoreOfANeedIsCoveredThanIsSought(t *testing.T) {
	t.Parallel()
	kinds := []cooperation.Kind{cooperation.Finance, cooperation.Training, cooperation.Equipment}
	rapid.Check(t, func(t *rapid.T) {
		n := wanting("100", kinds...)
		type part struct {
			minor int64
			kinds []cooperation.Kind
		}
		model := map[string]part{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			id := strconv.Itoa(rapid.IntRange(1, 5).Draw(t, "partnership"))
			minor := rapid.Int64Range(0, 6000).Draw(t, "amount")
			some := rapid.SliceOfNDistinct(rapid.SampledFrom(kinds), 0, 2, func(k cooperation.Kind) cooperation.Kind { return k }).Draw(t, "kinds")
			before, text, c := *n, asText(t, n), *n
			if rapid.Bool().Draw(t, "cover") {
				_, twice := model[id]
				left, _ := n.Gap()
				fits := minor <= left && !slices.ContainsFunc(some, func(k cooperation.Kind) bool { return !slices.Contains(n.Missing(), k) })
				err := c.Cover(cooperation.Part{Partnership: id, Amount: cooperation.NewMoney(minor, "USD"), Kinds: some}, noon)
				if (err == nil) != (fits && !twice && n.Status.Matchable()) {
					t.Fatalf("with %+v, covering %d and %v for %s again (%v) ended with %v", n.Coverage, minor, some, id, twice, err)
				}
				if err == nil {
					model[id] = part{minor, some}
				}
			} else {
				had := model[id]
				kept := part{minor: min(had.minor, minor)}
				for _, k := range had.kinds {
					if slices.Contains(some, k) {
						kept.kinds = append(kept.kinds, k)
					}
				}
				c.Uncover(pilot(), id, cooperation.NewMoney(minor, "USD"), some, noon)
				if c.Uncover(pilot(), id, cooperation.NewMoney(minor, "USD"), some, noon) {
					t.Fatal("uncovering twice changed something")
				}
				delete(model, id)
				if kept.minor > 0 || len(kept.kinds) > 0 {
					model[id] = kept
				}
			}
			if got := asText(t, &before); got != text {
				t.Fatalf("the version before was reached into:\n%s", cmp.Diff(text, got))
			}
			n = stored(t, &c)
			var sum int64
			covered := map[cooperation.Kind]bool{}
			for _, p := range model {
				sum += p.minor
				for _, k := range p.kinds {
					covered[k] = true
				}
			}
			left, _ := n.Gap()
			if left != 10000-sum || left < 0 || len(n.Coverage.Partners) != len(model) {
				t.Fatalf("%d are left with %+v; the model says %+v", left, n.Coverage, model)
			}
			want := cooperation.NeedOpen
			switch {
			case left == 0 && covered[cooperation.Training] && covered[cooperation.Equipment]:
				want = cooperation.NeedCovered
			case len(model) > 0:
				want = cooperation.NeedPartlyCovered
			}
			if n.Status != want {
				t.Fatalf("with %+v it is %s, want %s", n.Coverage, n.Status, want)
			}
		}
	})
}

func TestWhatIsMissingOfANeed(t *testing.T) {
	t.Parallel()
	f, tr, eq := cooperation.Finance, cooperation.Training, cooperation.Equipment
	for _, c := range []struct {
		what    string
		sought  string
		kinds   []cooperation.Kind
		amount  string
		covered []cooperation.Kind
		missing []cooperation.Kind
		status  cooperation.NeedStatus
	}{
		{"some of the money", "100", []cooperation.Kind{f}, "40", []cooperation.Kind{f}, []cooperation.Kind{f}, "partly_covered"},
		{"all of the money, whoever names the kind", "100", []cooperation.Kind{f}, "100", nil, nil, "covered"},
		{"money, where no amount is stated", "", []cooperation.Kind{f, tr}, "", []cooperation.Kind{f}, []cooperation.Kind{tr}, "partly_covered"},
		{"one of two kinds", "100", []cooperation.Kind{f, tr}, "100", nil, []cooperation.Kind{tr}, "partly_covered"},
		{"all kinds and all money", "100", []cooperation.Kind{tr, eq}, "100", []cooperation.Kind{eq, tr}, nil, "covered"},
		{"all kinds, and an amount is left", "100", []cooperation.Kind{tr, eq}, "40", []cooperation.Kind{eq, tr}, []cooperation.Kind{tr, eq}, "partly_covered"},
	} {
		n := wanting(c.sought, c.kinds...)
		p := cooperation.Part{Partnership: "a", Kinds: c.covered}
		if c.amount != "" {
			p.Amount = usd(c.amount)
		}
		ok(t, n.Cover(p, noon))
		if got := n.Missing(); !slices.Equal(got, c.missing) || n.Status != c.status {
			t.Errorf("%s: %v is missing and it is %s", c.what, got, n.Status)
		}
	}
	n := wanting("100", f, tr)
	ok(t, n.Cover(cooperation.Part{Partnership: "a", Kinds: []cooperation.Kind{tr}}, noon))
	if e := refusal(t, n.Cover(cooperation.Part{Partnership: "b", Kinds: []cooperation.Kind{tr}}, noon)); e.Message.Key != "error.conflict.kinds" || e.Message.Args[0].Value != "finance" {
		t.Errorf("a kind that is covered is refused with %+v", e)
	}
	if e := refusal(t, n.Cover(cooperation.Part{Partnership: "b", Amount: usd("100.01")}, noon)); e.Message.Key != "error.conflict.gap" || e.Message.Args[0].Value != "100.00 USD" {
		t.Errorf("more than is sought is refused with %+v", e)
	}
}

func TestTheStateSaysThatTheRestIsNotNeeded(t *testing.T) {
	n := wanting("100", cooperation.Finance, cooperation.Training)
	wantCode(t, n.Settle("", kenyaFocal, noon), cooperation.State)
	ok(t, n.Cover(cooperation.Part{Partnership: "a", Amount: usd("40")}, noon))
	wantCode(t, n.Settle("", mozFocal, noon), cooperation.Forbidden)
	wantCode(t, n.Settle("", franceApprover, noon), cooperation.Forbidden)
	ok(t, n.Settle("The budget pays the rest.", kenyaFocal, noon))
	if n.Status != cooperation.NeedCovered || len(n.Missing()) > 0 {
		t.Errorf("it is %s, and %v is missing", n.Status, n.Missing())
	}
	if shown, _ := n.Shown(public); shown.Coverage.Settled.Text != "" || shown.Coverage.Settled.By != "" || len(shown.Coverage.Parts) > 0 {
		t.Errorf("the public reads %+v", shown.Coverage)
	}
	n.ValidUntil = today().AddDays(-1)
	conv := pilot()
	conv.ReconfirmDays = 30
	if !n.Uncover(conv, "a", cooperation.Money{}, nil, noon) || n.Status != cooperation.NeedOpen || n.Coverage.Settled != nil || n.ValidUntil != today().AddDays(30) {
		t.Errorf("stopped, it is %s until %s with %+v", n.Status, n.ValidUntil, n.Coverage)
	}
}

func TestANeedThatIsMetStaysMetWhenAPartIsTakenBack(t *testing.T) {
	n := wanting("100", cooperation.Finance)
	ok(t, n.Cover(cooperation.Part{Partnership: "a", Amount: usd("100")}, noon))
	n.Status = cooperation.NeedMet
	if !n.Uncover(pilot(), "a", usd("90"), nil, noon) || n.Status != cooperation.NeedMet || n.Coverage.Agreed != usd("90.00") {
		t.Errorf("it is %s with %+v", n.Status, n.Coverage)
	}
}

func TestCostsCannotBeRestatedSoThatWhatIsCoveredIsForgotten(t *testing.T) {
	n := needIn("open")
	n.NeedContent = fullNeed()
	n.Attachments = nil
	ok(t, n.Cover(cooperation.Part{Partnership: "a", Amount: usd("40000"), Kinds: []cooperation.Kind{cooperation.Training, cooperation.Equipment}}, noon))
	content := n.NeedContent
	content.Costs = []cooperation.CostLine{{Activity: "Survey", Currency: "EUR", Cost: "40000", Sought: "40000"}}
	if e := refusal(t, n.Replace(pilot(), content, kenyaApprover, noon)); len(e.Fields) != 1 || e.Fields[0].Field != "costs[0].currency" {
		t.Errorf("it is refused with %+v", e.Fields)
	}
	content.Costs = []cooperation.CostLine{{Activity: "Survey", Currency: "USD", Cost: "40000", Sought: "40000"}}
	ok(t, n.Replace(pilot(), content, kenyaApprover, noon))
	if n.Status != cooperation.NeedCovered {
		t.Errorf("with no more sought than is covered it is %s", n.Status)
	}
}
