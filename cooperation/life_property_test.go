package cooperation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// needEdges are all the ways from one step to another that product.md draws
// and that a command of this package takes. Coverage by partnerships is theirs.
var needEdges = map[string]string{
	"draft":          "draft submitted withdrawn",
	"submitted":      "open returned withdrawn",
	"returned":       "returned submitted withdrawn",
	"open":           "open withdrawn closed lapsed",
	"partly_covered": "partly_covered withdrawn closed lapsed",
	"covered":        "closed",
	"met":            "closed",
	"closed":         "", "withdrawn": "", "lapsed": "",
}

var offerEdges = map[string]string{
	"draft":     "draft submitted withdrawn",
	"submitted": "open draft withdrawn",
	"open":      "open exhausted withdrawn closed lapsed",
	"exhausted": "exhausted open withdrawn closed lapsed",
	"closed":    "", "withdrawn": "", "lapsed": "",
}

func anyActor(t *rapid.T) cooperation.Actor {
	return rapid.SampledFrom([]cooperation.Actor{kenyaFocal, kenyaApprover, mozApprover, franceProvider, franceApprover, trustProvider,
		secretariat, clock, member, observer, public, otherSecretariat, readOnly(kenyaApprover)}).Draw(t, "actor")
}

// follows fails unless the step may follow the other.
func follows(t *rapid.T, edges map[string]string, before, after string) {
	if !slices.Contains(strings.Fields(edges[before]), after) {
		t.Fatalf("after %s came %s", before, after)
	}
}

func TestNoSequenceOfCommandsTakesANeedWhereItMustNotGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), fullNeed(), kenyaFocal, noon)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "imported") {
			if n, err = cooperation.ImportNeed("N-1", pilot(), fullNeed(), secretariat, noon); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 30).Draw(t, "commands") {
			if n.Status == cooperation.NeedOpen && rapid.IntRange(0, 3).Draw(t, "agreed") == 0 {
				n.Status = rapid.SampledFrom([]cooperation.NeedStatus{cooperation.NeedPartlyCovered, cooperation.NeedCovered, cooperation.NeedMet}).Draw(t, "coverage")
			}
			before, text := *n, asText(t, n)
			after := *n // commands change a copy, as the use cases do
			action := rapid.SampledFrom(needActions).Draw(t, "action")
			err := tryNeed(&after, action, anyActor(t))
			if got := asText(t, &before); got != text {
				t.Fatalf("%s reached into the version before it:\n%s", action, cmp.Diff(text, got))
			}
			if err != nil {
				if cooperation.CodeOf(err) == "" {
					t.Fatalf("%s failed without a code: %v", action, err)
				}
				if after.Status != before.Status || after.Version != before.Version {
					t.Fatalf("%s was refused, and the need is %s in version %d", action, after.Status, after.Version)
				}
				continue
			}
			if action == cooperation.CarryOver {
				continue
			}
			follows(t, needEdges, string(before.Status), string(after.Status))
			if after.Version != before.Version+1 {
				t.Fatalf("%s took version %d to %d", action, before.Version, after.Version)
			}
			checkNeedInvariants(t, &after)
			n = stored(t, &after)
		}
	})
}

// checkNeedInvariants holds what is true of every need.
func checkNeedInvariants(t *rapid.T, n *cooperation.Need) {
	seen := !n.Admitted.IsZero()
	switch n.Status {
	case cooperation.NeedOpen, cooperation.NeedPartlyCovered, cooperation.NeedCovered, cooperation.NeedMet, cooperation.NeedClosed, cooperation.NeedLapsed:
		if !seen || n.Clearance == nil || n.ValidUntil.IsZero() {
			t.Fatalf("it is %s, admitted %s, cleared %+v, valid until %q", n.Status, n.Admitted, n.Clearance, n.ValidUntil)
		}
	case cooperation.NeedDraft, cooperation.NeedSubmitted, cooperation.NeedReturned:
		if seen {
			t.Fatalf("it is %s and was admitted", n.Status)
		}
	}
	if (n.Status == cooperation.NeedReturned) != (n.Returned != nil) && n.Status != cooperation.NeedWithdrawn {
		t.Fatalf("it is %s with the remark %+v", n.Status, n.Returned)
	}
	if (n.Status == cooperation.NeedWithdrawn || n.Status == cooperation.NeedClosed) != (n.Ended != nil) {
		t.Fatalf("it is %s with the end %+v", n.Status, n.Ended)
	}
}

func TestNoSequenceOfCommandsTakesAnOfferWhereItMustNotGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := fullOffer()
		content.Firmness = rapid.SampledFrom([]cooperation.Firmness{"", cooperation.Indication, cooperation.Pledge}).Draw(t, "firmness")
		o, err := cooperation.DraftOffer(cooperation.NewID(), pilot(), content, franceProvider, noon)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "imported") {
			if o, err = cooperation.ImportOffer("O-1", pilot(), content, secretariat, noon); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 30).Draw(t, "commands") {
			if o.Status == cooperation.OfferOpen && rapid.IntRange(0, 3).Draw(t, "agreed") == 0 {
				o.Status, o.Taken.Quantity = cooperation.OfferExhausted, o.Capacity.Quantity
			}
			before, text := *o, asText(t, o)
			after := *o
			action := rapid.SampledFrom(needActions).Draw(t, "action")
			err := tryOffer(&after, action, anyActor(t))
			if got := asText(t, &before); got != text {
				t.Fatalf("%s reached into the version before it:\n%s", action, cmp.Diff(text, got))
			}
			if err != nil {
				if cooperation.CodeOf(err) == "" || after.Status != before.Status || after.Version != before.Version {
					t.Fatalf("%s was refused with %v, and the offer is %s in version %d", action, err, after.Status, after.Version)
				}
				continue
			}
			if action == cooperation.CarryOver {
				continue
			}
			follows(t, offerEdges, string(before.Status), string(after.Status))
			if after.Version != before.Version+1 {
				t.Fatalf("%s took version %d to %d", action, before.Version, after.Version)
			}
			checkOfferInvariants(t, &after)
			o = stored(t, &after)
		}
	})
}

// checkOfferInvariants holds what is true of every offer.
func checkOfferInvariants(t *rapid.T, o *cooperation.Offer) {
	switch o.Status {
	case cooperation.OfferOpen, cooperation.OfferExhausted:
		if o.Admitted.IsZero() || o.Clearance == nil || o.ValidUntil.IsZero() || o.Firmness == "" {
			t.Fatalf("it is %s, admitted %s, cleared %+v, valid until %q, firmness %q", o.Status, o.Admitted, o.Clearance, o.ValidUntil, o.Firmness)
		}
		if o.Firmness != cooperation.Indication && o.Clearance.Kind == cooperation.ClearedNotNeeded {
			t.Fatalf("a %s was never cleared", o.Firmness)
		}
		if o.Exhausted() != (o.Status == cooperation.OfferExhausted) {
			t.Fatalf("it is %s, and exhausted: %v", o.Status, o.Exhausted())
		}
	case cooperation.OfferDraft, cooperation.OfferSubmitted:
		if !o.Admitted.IsZero() {
			t.Fatalf("it is %s and was admitted", o.Status)
		}
	}
}
