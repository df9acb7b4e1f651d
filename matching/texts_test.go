package matching_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/i18n/i18ntest"
	"entente/matching"
	"entente/matching/matchtest"
	"entente/message"
)

// texts reads the English catalogue of the room, and what stands elsewhere of
// its changes: key → arguments. That the other languages have the same keys and
// arguments is tested beside them.
func texts(t *testing.T) map[string][]string {
	t.Helper()
	argument := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	args := map[string][]string{}
	for file, prefix := range map[string]string{"match": "", "bundles": "match.change."} {
		body, err := os.ReadFile("../i18n/messages/" + file + ".en.json")
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]json.RawMessage
		if err := json.Unmarshal(body, &entries); err != nil {
			t.Fatal(err)
		}
		for key, text := range entries {
			if !strings.HasPrefix(key, prefix) {
				continue
			}
			names := map[string]bool{}
			for _, match := range argument.FindAllStringSubmatch(string(text), -1) {
				names[match[1]] = true
			}
			args[key] = slices.Sorted(maps.Keys(names))
		}
	}
	return args
}

func TestEverySentenceHasItsTextAndEveryTextItsSentence(t *testing.T) {
	want := texts(t)
	seen := map[string]bool{}
	check := func(m message.Message) {
		t.Helper()
		var names []string
		for _, arg := range m.Args {
			if !slices.Contains(names, arg.Name) {
				names = append(names, arg.Name)
			}
			if arg.Value == "" {
				t.Errorf("%s: the argument %s is empty", m.Key, arg.Name)
			}
		}
		slices.Sort(names)
		args, exists := want[m.Key]
		if !exists {
			t.Errorf("no text for %s", m.Key)
		} else if diff := cmp.Diff(args, names); diff != "" && !seen[m.Key] {
			t.Errorf("%s: the text and the code differ in arguments (-text +code):\n%s", m.Key, diff)
		}
		seen[m.Key] = true
	}
	for p := range matching.PartName(matching.PartCount) {
		check(p.Label())
	}
	for r := matching.NeedClosed; r <= matching.CapacityUsed; r++ {
		check(r.Label())
		check(r.OffersRemoved(2))
		check(r.NeedsRemoved(2))
	}
	ofOffers := []matching.ChangeSort{matching.ChangeCapacity, matching.ChangeCoverage, matching.ChangeEligibility}
	for sort := matching.ChangeLanguage; sort <= matching.ChangeBeneficiary; sort++ {
		change := matching.Change{Sort: sort, Value: "fr", Count: 2}
		if !slices.Contains(ofOffers, sort) {
			check(change.ForNeed())
		}
		if sort != matching.ChangeBeneficiary {
			check(change.ForOffer())
		}
	}
	settings := []*matching.Setting{matchtest.Setting(), matchtest.SettingWithPast()}
	for seed := range uint64(20) {
		s := settings[seed%2]
		needs, offers := matchtest.Random(seed, 60, 60)
		for i := range needs {
			for j := range offers {
				for _, part := range matching.Definition(matchtest.Now, s, &needs[i], &offers[j]).Parts {
					check(part.Message)
				}
			}
		}
	}
	for key := range want {
		// A candidate always has a theme and a kind in common.
		never := key == "match.part.theme.none" || key == "match.part.kind.none"
		if !seen[key] && !never {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestEveryOpeningOfAnOfferIsPutIntoWordsInSixLanguages(t *testing.T) {
	var all []message.Message
	for _, count := range []int{1, 2, 5, 11} {
		for _, group := range []string{"non_parties", "ldc", "sids", "lldc", "low", "lower-middle", "upper-middle", "high"} {
			all = append(all, matching.Change{Sort: matching.ChangeEligibility, Value: group, Count: count}.ForOffer())
		}
		all = append(all, matching.Change{Sort: matching.ChangeCapacity, Count: count}.ForOffer(),
			matching.Change{Sort: matching.ChangeBeneficiary, Value: "MZ", Count: count}.ForNeed())
	}
	i18ntest.Renders(t, nil, all...)
}

func TestAnExclusionIsNeverToldToAnybody(t *testing.T) {
	s := matchtest.Setting()
	// Two offers fail the language alone; one of them, or its need, refuses the
	// other side. Only the other may be counted.
	english := func(id string) func(*matching.Offer) {
		return func(o *matching.Offer) { o.ID, o.Languages[0], o.Provider = id, "en", matching.Party(id) }
	}
	need := matchtest.Need(func(n *matching.Need) { n.ExcludedParties = []matching.Party{"FR"} })
	offers := []matching.Offer{
		matchtest.Offer(english("FR")),
		matchtest.Offer(english("NO"), func(o *matching.Offer) { o.ExcludedParties = []matching.Party{"MZ"} }),
		matchtest.Offer(english("SE")),
	}
	for name, report := range map[string]matching.Report{
		"definition": matching.Rank(matchtest.Now, s, []matching.Need{need}, offers, 0)[0],
		"index":      matching.NewIndex(matchtest.Now, s, nil, offers).ForNeed(&need, 0),
	} {
		want := matching.Change{Sort: matching.ChangeLanguage, Value: "en", Count: 1}
		if report.Change != want {
			t.Errorf("%s: suggests %+v, not %+v", name, report.Change, want)
		}
	}
	for _, reason := range []matching.Reason{matching.Excluded, matching.OtherConvention, matching.Candidate} {
		if m := reason.OffersRemoved(1); !m.Zero() || !reason.NeedsRemoved(1).Zero() || !reason.Label().Zero() {
			t.Errorf("%q is put into words: %s", reason, m.Key)
		}
	}
	if strings.Contains(strings.Join(slices.Collect(maps.Keys(texts(t))), " "), "exclu") {
		t.Error("a text speaks of exclusions")
	}
}
