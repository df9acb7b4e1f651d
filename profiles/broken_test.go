package profiles_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"entente/i18n/i18ntest"
	"entente/message"
	"entente/profiles"
)

// broken is the fifth convention with one thing changed in one of its files.
// The mistake is expected on the line that holds `at` after the change (its
// first occurrence), with the key.
type broken struct {
	name     string
	file     string // main or list
	old, new string
	at       string
	key      string
}

var brokenProfiles = []broken{
	{"a key that has no meaning", "main", "reviewed: true", "reveiwed: true", "reveiwed", "profiles.key.unknown"},
	{"a key twice", "main", "reviewed: true", "reviewed: true\nreviewed: true", "reviewed: true\nreview_body", "profiles.key.duplicate"},
	{"a key that is missing", "main", "adopted: 2013-10-10\n", "", "id: minamata", "profiles.key.missing"},
	{"a translation that is missing", "main", "  ru: Минаматская конвенция о ртути\n", "", "  ar: اتفاقية ميناماتا بشأن", "profiles.translation.missing"},
	{"a translation that is empty", "main", "ru: Минаматская конвенция о ртути", "ru: ''", "ru: ''", "profiles.text.empty"},
	{"a translation into a language that nobody reads", "main", "  ar: اتفاقية ميناماتا بشأن", "  de: Übereinkommen\n  ar: اتفاقية ميناماتا بشأن", "  de:", "profiles.key.unknown"},
	{"a date that does not exist", "main", "2013-10-10", "2013-02-30", "2013-02-30", "profiles.date.form"},
	{"in force before it was adopted", "main", "in_force: 2017-08-16", "in_force: 2012-08-16", "in_force", "profiles.date.order"},
	{"a language that is none", "main", "[ar, zh, en,", "[ar, zh, 'e n',", "languages:", "profiles.language.unknown"},
	{"an id with capitals", "main", "id: minamata\n", "id: Minamata\n", "id: Minamata", "profiles.id.form"},
	{"a list that is none", "main", "languages: [ar, zh, en, fr, ru, es]", "languages: en", "languages:", "profiles.shape.list"},
	{"a mapping that is none", "main", "weights: {body", "weights: 5 #", "weights: 5", "profiles.shape.mapping"},
	{"a flag that is none", "main", "reviewed: true", "reviewed: maybe", "reviewed: maybe", "profiles.shape.flag"},
	{"a text that is a list", "main", "zone: Europe/Zurich", "zone: [a]", "zone:", "profiles.shape.text"},
	{"a time zone that is none", "main", "Europe/Zurich", "Europe/Atlantis", "Atlantis", "profiles.zone.unknown"},
	{"a holiday that is no day", "main", "easter+1", "whitsun", "whitsun", "profiles.holiday.form"},
	{"a calendar without working days", "main", "  zone: Europe", "  weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n  zone: Europe", "weekend:", "profiles.calendar.idle"},
	{"a number out of bounds", "main", "      seats: 2", "      seats: 5000", "seats: 5000", "profiles.number.range"},
	{"a word that is not allowed", "main", "kind: plenary", "kind: assembly", "kind: assembly", "profiles.value.unknown"},
	{"a word twice", "main", "[party, organisation]\n", "[party, party, organisation]\n", "admits:", "profiles.value.duplicate"},
	{"a theme without article", "main", "articles: ['11']", "articles: []", "articles: []", "profiles.theme.articles"},
	{"a theme below none", "main", "parent: minamata-sources", "parent: minamata-air", "parent: minamata-air", "profiles.theme.parent"},
	{"a third level of themes", "main", "  - id: minamata-waste\n", "  - id: minamata-waste\n    parent: minamata-gold\n", "parent: minamata-gold", "profiles.theme.depth"},
	{"a theme below itself", "main", "  - id: minamata-waste\n", "  - id: minamata-waste\n    parent: minamata-waste\n", "parent: minamata-waste", "profiles.theme.depth"},
	{"a theme twice", "main", "id: minamata-waste", "id: minamata-gold", "id: minamata-gold\n    name:\n      ar: نفايات", "profiles.id.duplicate"},
	{"a mandate over an unknown theme", "main", "themes: [minamata-sources]", "themes: [minamata-air]", "themes: [minamata-air]", "profiles.theme.unknown"},
	{"a domain over an unknown theme", "main", "themes: [minamata-waste]", "themes: [minamata-air]", "themes: [minamata-air]", "profiles.theme.unknown"},
	{"a mandate over one theme twice", "main", "themes: [minamata-sources]", "themes: [minamata-sources, minamata-sources]", "themes: [minamata-s", "profiles.value.duplicate"},
	{"a region with an unknown country", "main", "[AR, UY]", "[AR, UX]", "[AR, UX]", "profiles.country.unknown"},
	{"a region with a country twice", "main", "['155', GB]", "['155', FR]", "['155', FR]", "profiles.country.duplicate"},
	{"a country in two regions", "main", "[AR, UY]", "[AR, FR]", "[AR, FR]", "profiles.region.overlap"},
	{"a region that is called like an M49 code", "main", "id: mercosur", "id: '014'", "id: '014'", "profiles.region.code"},
	{"a review by a plenary", "main", "review_body: finance", "review_body: conference", "review_body:", "profiles.review.members"},
	{"an unknown review body", "main", "review_body: finance", "review_body: bureau", "review_body:", "profiles.committee.unknown"},
	{"a report to an unknown committee", "main", "reports_to: conference", "reports_to: assembly", "reports_to:", "profiles.committee.unknown"},
	{"a meeting of an unknown committee", "main", "body: conference", "body: assembly", "body: assembly", "profiles.committee.unknown"},
	{"weights of an unknown body", "main", "weights: {body: finance", "weights: {body: bureau", "weights:", "profiles.committee.unknown"},
	{"weights that do not add up", "main", "theme: 350000", "theme: 350001", "weights:", "profiles.weights.sum"},
	{"a seat for an unknown region", "main", "region: west, seats", "region: east, seats", "region: east", "profiles.region.unknown"},
	{"more regional seats than seats", "main", "region: west, seats: 1", "region: west, seats: 3", "regional_seats:", "profiles.composition.regional"},
	{"more members asked for than seats", "main", "min_affected: 1", "min_affected: 2", "      seats: 2", "profiles.composition.seats"},
	{"more voices asked for than seats", "main", "minimum_not_recused: 1", "minimum_not_recused: 3", "minimum_not_recused:", "profiles.composition.seats"},
	{"a chair in the second year of one", "main", "term_years: 2", "term_years: 1", "chair: second_year", "profiles.composition.second_year"},
	{"terms of a year that overlap", "main", "term_years: 2", "term_years: 1", "overlapping:", "profiles.composition.overlapping"},
	{"seats of a committee without members", "main", "    kind: standing", "    kind: open_ended", "      seats: 2", "profiles.composition.standing"},
	{"a term that is too long", "main", "until: 2025-12-31, as", "until: 2026-12-31, as", "{country: CH, from: 2024", "profiles.term.long"},
	{"a term that ends before it begins", "main", "from: 2024-01-01, until: 2025-12-31, as", "from: 2026-01-01, until: 2025-12-31, as", "{country: CH, from: 2026", "profiles.date.order"},
	{"a term in a seat that is not there", "main", "seat: seat-west", "seat: seat-east", "seat: seat-east", "profiles.term.seat"},
	{"a member twice at once", "main", "{country: UY, from", "{country: CH, from", "{country: CH, from: 2025-01-01, until: 2026", "profiles.term.twice"},
	{"more members than seats", "main", "    chairs:", "      - {country: GB, from: 2025-01-01, until: 2026-12-31}\n    chairs:", "{country: UY, from", "profiles.term.seats"},
	{"no affected State", "main", "as: [affected]", "as: [provider]", "{country: UY", "profiles.term.affected"},
	{"no provider", "main", "as: [provider], seat", "as: [affected], seat", "{country: UY", "profiles.term.providers"},
	{"terms that begin together", "main", "{country: UY, from: 2025-01-01, until: 2026-12-31", "{country: UY, from: 2024-01-01, until: 2025-12-31", "{country: CH, from: 2024", "profiles.term.together"},
	{"a chair who is no member", "main", "{country: CH, from: 2025", "{country: GB, from: 2025", "{country: GB, from", "profiles.chair.member"},
	{"a chair in the first year of the term", "main", "{country: CH, from: 2025-01-01, until: 2025", "{country: UY, from: 2025-01-01, until: 2025", "{country: UY, from: 2025-01-01, until: 2025", "profiles.chair.second_year"},
	{"a chair for too long", "main", "{country: CH, from: 2025-01-01, until: 2025", "{country: CH, from: 2024-01-01, until: 2025", "{country: CH, from: 2024-01-01, until: 2025-12-31}", "profiles.chair.long"},
	{"two chairs at once", "main", "    observers:", "      - {country: CH, from: 2025-06-01, until: 2025-12-31}\n    observers:", "{country: CH, from: 2025-06", "profiles.chair.twice"},
	{"a State as observer", "main", "id: unep", "id: un", "id: un\n", "profiles.observer.id"},
	{"a declaration of nobody", "main", "for: [organisation]", "for: [signatory]", "for: [signatory]", "profiles.declaration.nobody"},
	{"a list of Parties that is not there", "main", "minamata.parties.yaml", "minimata.parties.yaml", "parties: min", "profiles.file.missing"},
	{"a list of Parties with a name that is none", "main", "minamata.parties.yaml", "minamata.yaml", "parties: min", "profiles.file.suffix"},
	{"an unknown Party", "list", "country: UY", "country: uy", "country: uy", "profiles.country.unknown"},
	{"a Party twice", "list", "country: UY", "country: CH", "{country: CH, act: ratification}\n  - {country: GB", "profiles.party.duplicate"},
	{"a Party before there was a convention", "list", "CH, act: ratification", "CH, act: ratification, since: 2001-01-01", "since:", "profiles.party.early"},
	{"a withdrawal before the accession", "list", "CH, act: ratification", "CH, since: 2018-01-01, until: 2017-01-01", "until:", "profiles.date.order"},
	{"an act that is none", "list", "CH, act: ratification", "CH, act: handshake", "handshake", "profiles.value.unknown"},
	{"a Party among the signatories", "list", "[NZ]", "[NZ, UY]", "signatories", "profiles.party.signatory"},
	{"a list without source", "list", "as_of: 2025-01-01", "as_of: 01.01.2025", "as_of", "profiles.date.form"},
	{"a file that is not YAML", "main", "themes:\n", "themes: ]\n", "themes: ]", "profiles.file.syntax"},
	{"a second document", "list", "signatories: [NZ]", "---\nsignatories: [NZ]", "---", "profiles.file.second"},
}

// change makes the folder of a case, and the file and line of its mistake.
func (b broken) change(t *testing.T) (folder fs.FS, file string, line int) {
	t.Helper()
	names := map[string]string{"main": "minamata.yaml", "list": "minamata.parties.yaml"}
	files := fstest.MapFS{}
	for which, name := range names {
		body, err := os.ReadFile("testdata/fifth/" + name)
		if err != nil {
			t.Fatal(err)
		}
		s := string(body)
		if which == b.file {
			if !strings.Contains(s, b.old) {
				t.Fatalf("the profile has no %q to change", b.old)
			}
			s = strings.Replace(s, b.old, b.new, 1)
			before, _, found := strings.Cut(s, b.at)
			if !found {
				t.Fatalf("the changed profile has no %q", b.at)
			}
			file, line = name, strings.Count(before, "\n")+1
		}
		files[name] = &fstest.MapFile{Data: []byte(s)}
	}
	return files, file, line
}

func TestEachMistakeIsReportedAtItsFileAndLine(t *testing.T) {
	for _, b := range brokenProfiles {
		t.Run(b.name, func(t *testing.T) {
			folder, file, line := b.change(t)
			list := profiles.Check(folder)
			if !slices.ContainsFunc(list, func(m profiles.Mistake) bool {
				return m.File == file && m.Line == line && m.Message.Key == b.key
			}) {
				t.Errorf("wanted %s:%d: %s, got\n%s", file, line, b.key, told(list))
			}
		})
	}
}

func TestMistakesInManyPlacesAreReportedAtOnce(t *testing.T) {
	body, err := os.ReadFile("testdata/fifth/minamata.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := strings.NewReplacer("theme: 350000", "theme: 1", "Europe/Zurich", "Mars", "articles: ['11']", "articles: []", "[AR, UY]", "[AR, QQ]").Replace(string(body))
	list := profiles.Check(fstest.MapFS{"minamata.yaml": {Data: []byte(s)}})
	var keys []string
	for _, m := range list {
		keys = append(keys, m.Message.Key)
	}
	for _, key := range []string{"profiles.weights.sum", "profiles.zone.unknown", "profiles.theme.articles", "profiles.country.unknown", "profiles.file.missing"} {
		if !slices.Contains(keys, key) {
			t.Errorf("%s is not reported among %v", key, keys)
		}
	}
	if !slices.IsSortedFunc(list, func(a, b profiles.Mistake) int { return a.Line - b.Line }) {
		t.Error("mistakes are not in the order of the lines")
	}
}

func TestFilesThatCannotBelongTogetherAreReported(t *testing.T) {
	main, err := os.ReadFile("testdata/fifth/minamata.yaml")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("testdata/fifth/minamata.parties.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		folder fstest.MapFS
		keys   []string
	}{
		"one convention in two files, one list for both": {
			fstest.MapFS{"a.yaml": {Data: main}, "b.yaml": {Data: main}, "minamata.parties.yaml": {Data: list}},
			[]string{"profiles.convention.duplicate", "profiles.file.shared"},
		},
		"a list of nobody": {
			fstest.MapFS{"minamata.yaml": {Data: main}, "minamata.parties.yaml": {Data: list}, "other.parties.yaml": {Data: list}},
			[]string{"profiles.file.unused"},
		},
		"an empty file": {fstest.MapFS{"a.yaml": {Data: []byte("# later\n")}}, []string{"profiles.file.empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			var keys []string
			for _, m := range profiles.Check(test.folder) {
				keys = append(keys, m.Message.Key)
			}
			slices.Sort(keys)
			if !slices.Equal(keys, test.keys) {
				t.Errorf("reported %v, wanted %v", keys, test.keys)
			}
		})
	}
}

func TestEveryMistakeOfTheTableHasItsSentence(t *testing.T) {
	var all []message.Message
	for _, b := range brokenProfiles {
		folder, _, _ := b.change(t)
		for _, m := range profiles.Check(folder) {
			all = append(all, m.Message)
		}
	}
	i18ntest.Renders(t, nil, all...)
}
