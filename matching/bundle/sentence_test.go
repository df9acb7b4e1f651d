package bundle_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
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

// texts reads the English catalogues: key → arguments. That the other languages
// have the same keys and arguments is tested beside them.
func texts(t *testing.T) map[string][]string {
	t.Helper()
	args := map[string][]string{}
	argument := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	for _, file := range []string{"match.en.json", "bundles.en.json"} {
		body, err := os.ReadFile("../../i18n/messages/" + file)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]json.RawMessage
		if err := json.Unmarshal(body, &entries); err != nil {
			t.Fatal(err)
		}
		for key, text := range entries {
			names := map[string]bool{}
			for _, match := range argument.FindAllStringSubmatch(string(text), -1) {
				names[match[1]] = true
			}
			args[key] = slices.Sorted(maps.Keys(names))
		}
	}
	return args
}

// names calls everything by its id.
type names struct{}

func (names) Name(_ message.Type, id, _ string) (string, bool) { return id, true }

func TestEveryBundleIsPutIntoWordsAndEveryTextIsSaid(t *testing.T) {
	want, seen := texts(t), map[string]bool{}
	var said []message.Message
	check := func(m message.Message) {
		t.Helper()
		given := []string{}
		for _, arg := range m.Args {
			given = append(given, arg.Name)
			if arg.Value == "" {
				t.Errorf("%s: the argument %s is empty", m.Key, arg.Name)
			}
		}
		slices.Sort(given)
		if args, exists := want[m.Key]; !exists {
			t.Errorf("no text for %q", m.Key)
		} else if diff := cmp.Diff(args, given, cmp.Comparer(slices.Equal[[]string])); diff != "" && !seen[m.Key] {
			t.Errorf("%s: the text and the code differ in arguments (-text +code):\n%s", m.Key, diff)
		}
		if !seen[m.Key] {
			said = append(said, m)
		}
		seen[m.Key] = true
	}
	for _, mark := range []matching.Mark{matching.SouthSouth, matching.Triangular} {
		check(mark.Label())
		check(mark.Sentence())
	}
	settings := []*matching.Setting{matchtest.Setting(), matchtest.SettingWithPast()}
	r := rand.New(rand.NewPCG(8, 8))
	for round := range 1000 {
		s := settings[round%2]
		need, offers := draw(r, 12)
		f := finder(s, offers)
		report := f.Find(&need, 3)
		if len(report.Bundles) == 0 {
			check(report.None())
		} else if !report.None().Zero() {
			t.Fatal("there are bundles, and it is said why there are none")
		}
		for i := range report.Bundles {
			b := &report.Bundles[i]
			check(b.Sentence(&need))
			for _, m := range b.Members {
				for _, sentence := range m.Sentences() {
					check(sentence)
				}
			}
			for p, sentences := range f.Explain(&need, b) {
				if len(sentences) == 0 {
					t.Errorf("nothing explains the part %s", matching.PartName(p))
				}
				for _, sentence := range sentences {
					check(sentence)
				}
			}
		}
	}
	i18ntest.Renders(t, names{}, said...)
	for key := range want {
		if strings.HasPrefix(key, "match.bundle.") && !seen[key] || strings.HasPrefix(key, "match.mark.") && !seen[key] {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestTheMemberThatDecidesIsNamed(t *testing.T) {
	need := matchtest.Need(func(n *matching.Need) { n.Kinds = matching.Kinds(matching.Training, matching.Equipment) })
	offers := []matching.Offer{
		matchtest.Offer(func(o *matching.Offer) { o.ID, o.Kinds = "teacher", matching.Kinds(matching.Training) }),
		matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.Kinds, o.Languages, o.Provider = "lender", matching.Kinds(matching.Equipment), nil, "ZA"
		}),
	}
	f := finder(matchtest.Setting(), offers)
	report := f.Find(&need, 1)
	if len(report.Bundles) != 1 {
		t.Fatal("no bundle was found")
	}
	sentences := f.Explain(&need, &report.Bundles[0])
	for part, provider := range map[matching.PartName]string{matching.PartLanguage: "BR", matching.PartRegion: "ZA"} {
		if got := sentences[part][0].Args[0].Value; got != provider {
			t.Errorf("%s is decided by %s, want %s", part, got, provider)
		}
		if got, want := sentences[part][1].Key, map[matching.PartName]string{
			matching.PartLanguage: "match.part.language.first", matching.PartRegion: "match.part.region.neighbour",
		}[part]; got != want {
			t.Errorf("%s is explained by %s, want %s", part, got, want)
		}
	}
}
