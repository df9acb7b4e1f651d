package catalogue

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/matching"
	"entente/reference"
)

func TestTheMatcherReadsWhatStandsInTheOrderOfIDs(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		for version := range uint64(3) {
			shot, err := w.state.Snapshot(date("2026-03-02"))
			if err != nil {
				r.Fatal(err)
			}
			var needs []matching.Need
			for _, n := range w.needs {
				if n != nil && n.Status.Matchable() {
					needs = append(needs, NeedFeatures(convention(), n))
				}
			}
			slices.SortFunc(needs, func(a, b matching.Need) int { return strings.Compare(a.ID, b.ID) })
			if diff := cmp.Diff(needs, shot.Needs, cmpopts.EquateEmpty()); diff != "" {
				r.Fatalf("needs (-want +got):\n%s", diff)
			}
			var offers []matching.Offer
			for _, o := range w.offers {
				if o != nil && stands(o.Status) {
					offers = append(offers, OfferFeatures(convention(), o))
				}
			}
			slices.SortFunc(offers, func(a, b matching.Offer) int { return strings.Compare(a.ID, b.ID) })
			if diff := cmp.Diff(offers, shot.Offers, cmpopts.EquateEmpty()); diff != "" {
				r.Fatalf("offers (-want +got):\n%s", diff)
			}
			w.change(r, version+100)
		}
	})
}

func TestASnapshotIsNotChangedByLaterCommitsAndSharedWhenThereAreNone(t *testing.T) {
	l := newLog(t)
	l.commit(needChange(openNeed(1, "one")), needChange(openNeed(2, "two")))
	day := date("2026-03-02")
	before, _ := l.state.Snapshot(day)
	copied := slices.Clone(before.Needs)
	same, _ := l.state.Snapshot(day)
	if &same.Needs[0] != &before.Needs[0] {
		t.Error("nothing changed, and the list was made again")
	}
	closed := openNeed(1, "one")
	closed.Version, closed.Status = 2, cooperation.NeedClosed
	l.commit(needChange(closed), needChange(openNeed(3, "three")))
	after, _ := l.state.Snapshot(day)
	if diff := cmp.Diff(copied, before.Needs); diff != "" {
		t.Errorf("an older snapshot was changed:\n%s", diff)
	}
	if len(after.Needs) != 2 || after.Position != 2 {
		t.Errorf("%d needs at position %d, want 2 at 2", len(after.Needs), after.Position)
	}
}

func TestTheRevisionMovesOnlyWithWhatTheMatcherReads(t *testing.T) {
	l := newLog(t)
	draft := openNeed(1, "one")
	draft.Status = cooperation.NeedDraft
	l.commit(needChange(draft))
	if got := l.state.Revision(); got != 0 {
		t.Errorf("revision %d after a draft, want 0", got)
	}
	open := openNeed(1, "one")
	open.Version = 2
	l.commit(needChange(open))
	opened := l.state.Revision()
	if opened == 0 {
		t.Error("the revision did not move when a need opened")
	}
	closed := openNeed(1, "one")
	closed.Version, closed.Status = 3, cooperation.NeedClosed
	l.commit(needChange(closed))
	if l.state.Revision() == opened {
		t.Error("the revision did not move when a need was closed")
	}
	if shot, err := l.state.Snapshot(date("2026-03-02")); err != nil || shot.Revision != l.state.Revision() {
		t.Errorf("snapshot of revision %d, %v; want %d", shot.Revision, err, l.state.Revision())
	}
}

func TestTheSettingHasThePartiesOfTheDay(t *testing.T) {
	n, o := openNeed(1, "a"), openOffer(1, "b")
	n.Beneficiaries = []reference.Country{mustCountry("FR")}
	n.Languages[0].Language, o.Provider, o.Eligibility.PartiesOnly = "fr", "KE", true
	need, offer := NeedFeatures(convention(), n), OfferFeatures(convention(), o)
	for day, want := range map[string]matching.Reason{"2025-12-31": matching.Candidate, "2026-01-01": matching.NotEligible} {
		setting, err := Setting(convention(), date(day), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := matching.Filter(matching.Day(date(day).Days()), setting, &need, &offer); got != want {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
	broken := convention()
	broken.Weights.Theme = 0
	if _, err := New(broken).Snapshot(date("2026-03-02")); err == nil {
		t.Error("weights that do not add up are accepted")
	}
}

func TestFeaturesSayWhatThePostingSays(t *testing.T) {
	n := openNeed(1, "a")
	n.ExternalID, n.Interpretation, n.Urgency = "row", true, cooperation.High
	n.Start, n.End, n.ValidUntil, n.Deadline = date("2026-04-01"), date("2026-05-01"), date("2026-12-31"), date("2027-01-01")
	n.Costs = []cooperation.CostLine{{Activity: "a", Currency: "USD", Cost: "1000.50", Sought: "1000.50"}}
	n.Coverage.Agreed = cooperation.Money{Amount: "0.50", Currency: "USD"}
	n.Preferred, n.Excluded = []cooperation.Participant{"FR"}, []cooperation.Participant{"who-afro"}
	want := matching.Need{ID: n.ID, ExternalID: "row", Convention: "test", Beneficiaries: n.Beneficiaries, Themes: []string{"tax"},
		Kinds: matching.Kinds(matching.Training), Languages: []matching.LanguageWish{{Language: "en", Required: true}}, Interpretation: true,
		Gap: 100_000, Start: 20544, End: 20574, ValidUntil: 20818, Deadline: 20819, Urgency: matching.UrgencyHigh,
		PreferredParties: []matching.Party{"FR"}, ExcludedParties: []matching.Party{"who-afro"}, Open: true}
	if diff := cmp.Diff(want, NeedFeatures(convention(), n)); diff != "" {
		t.Errorf("need (-want +got):\n%s", diff)
	}
	n.Costs[0].Currency, n.Coverage.Agreed = "EUR", cooperation.Money{}
	if got := NeedFeatures(convention(), n).Gap; got != 0 {
		t.Errorf("a gap in euros counts as %d cents", got)
	}
	o := openOffer(1, "b")
	o.CoProviders = []cooperation.CoProvider{{Participant: "who-afro", Role: "implementing"}}
	o.Regions, o.NotRegions = []string{"emr", "002"}, []string{"014"}
	o.Countries, o.NotCountries = []reference.Country{mustCountry("FJ")}, []reference.Country{mustCountry("EG")}
	o.Ceiling, o.Taken.Amount = cooperation.Money{Amount: "10", Currency: "USD"}, cooperation.Money{Amount: "4", Currency: "USD"}
	o.Capacity, o.Status, o.LeadDays = cooperation.Capacity{Unit: "amount"}, cooperation.OfferExhausted, 30
	africa, _ := reference.ParseRegion("002")
	east, _ := reference.ParseRegion("014")
	offer := matching.Offer{ID: o.ID, Convention: "test", Provider: "FR", CoProviders: []matching.Party{"who-afro"}, Themes: []string{"tax"},
		Kinds: matching.Kinds(matching.Training), Languages: []reference.Language{"fr"},
		Coverage: matching.Coverage{Countries: o.Countries, Regions: []reference.Region{africa}, ProfileRegions: []string{"emr"},
			ExcludedCountries: o.NotCountries, ExcludedRegions: []reference.Region{east}},
		Ceiling: 1000, Remaining: 600, Exhausted: true, LeadDays: 30, Open: true}
	if diff := cmp.Diff(offer, OfferFeatures(convention(), o)); diff != "" {
		t.Errorf("offer (-want +got):\n%s", diff)
	}
}

// What is agreed with others is neither asked for nor offered again.
func TestTheMatcherReadsWhatIsStillSoughtAndWhatIsLeft(t *testing.T) {
	f, tr := cooperation.Finance, cooperation.Training
	n := openNeed(1, "one")
	n.Kinds = []cooperation.Outcome{{Kind: f}, {Kind: tr}}
	n.Costs = []cooperation.CostLine{{Activity: "All of it", Currency: "USD", Cost: "1000", Sought: "1000"}}
	o := openOffer(1, "one")
	o.Kinds, o.Ceiling, o.Capacity = n.Kinds, cooperation.Money{Amount: "600", Currency: "USD"}, cooperation.Capacity{}
	usd := func(amount string) cooperation.Money { return cooperation.Money{Amount: amount, Currency: "USD"} }
	for _, step := range []error{
		n.Cover(cooperation.Part{Partnership: "p", Amount: usd("600"), Kinds: []cooperation.Kind{tr}}, morning),
		o.Take(cooperation.Taking{Partnership: "p", Amount: usd("400")}, morning),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	need, offer := NeedFeatures(convention(), n), OfferFeatures(convention(), o)
	if need.Gap != 40000 || need.Kinds != kindSet([]cooperation.Kind{f}) || !need.Open {
		t.Errorf("of the need is read %+v", need)
	}
	if offer.Remaining != 20000 || offer.Ceiling != 60000 || !offer.Unlimited || offer.Exhausted {
		t.Errorf("of the offer is read %+v", offer)
	}
	if err := o.Take(cooperation.Taking{Partnership: "q", Amount: usd("200")}, morning); err != nil {
		t.Fatal(err)
	}
	if offer = OfferFeatures(convention(), o); offer.Remaining != 0 || offer.Ceiling != 0 || offer.Exhausted {
		t.Errorf("without money left of the offer is read %+v", offer)
	}
	o.Kinds = o.Kinds[:1]
	if offer = OfferFeatures(convention(), o); !offer.Exhausted || offer.Unlimited {
		t.Errorf("of one of money only is read %+v", offer)
	}
}
