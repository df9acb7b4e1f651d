package exchange_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/exchange"
	"entente/i18n/i18ntest"
)

// page is the description of the format for people.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is what stands between the fences that are opened with a label.
func block(t *testing.T, label string) string {
	t.Helper()
	_, after, found := strings.Cut(page(t), "```"+label+"\n")
	inside, _, closed := strings.Cut(after, "```")
	if !found || !closed {
		t.Fatalf("the page has no block %q", label)
	}
	return inside
}

func TestThePageNamesEveryColumnInOrder(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (required)? ?\\|")
	for section, form := range map[string]struct {
		columns []string
		read    func(string) error
	}{
		"## Columns of needs\n":      {exchange.NeedColumns(), func(s string) error { _, err := exchange.ReadNeeds(strings.NewReader(s)); return err }},
		"## Columns of offers\n":     {exchange.OfferColumns(), func(s string) error { _, err := exchange.ReadOffers(strings.NewReader(s)); return err }},
		"## Columns of activities\n": {exchange.ActivityColumns(), func(s string) error { _, err := exchange.ReadActivities(strings.NewReader(s)); return err }},
		"## Past help\n":             {exchange.HistoryColumns(), func(s string) error { _, err := exchange.ReadHistory(strings.NewReader(s)); return err }},
	} {
		_, text, _ := strings.Cut(page(t), section)
		text, _, _ = strings.Cut(text, "\n## ")
		var columns, required []string
		for _, found := range row.FindAllStringSubmatch(text, -1) {
			columns = append(columns, found[1])
			if found[2] != "" {
				required = append(required, found[1])
			}
		}
		if diff := cmp.Diff(form.columns, columns); diff != "" {
			t.Errorf("%s (-program +page):\n%s", section, diff)
		}
		if diff := cmp.Diff(missing(form.read(form.columns[len(form.columns)-1])), required); diff != "" {
			t.Errorf("%s required (-program +page):\n%s", section, diff)
		}
	}
}

// How a cell is written stands on the page and in the program, in other words.
func TestThePageAndTheProgramWriteEveryColumnAlike(t *testing.T) {
	forms := map[string]exchange.CellForm{"text": exchange.AsText, "id": exchange.AsID, "list of countries": exchange.AsCountries, "participant": exchange.AsParticipant, "list of participants": exchange.AsParticipants,
		"list of themes": exchange.AsThemes, "list of kinds": exchange.AsKinds, "list of languages": exchange.AsLanguages, "one language": exchange.AsLanguage, "list of regions": exchange.AsRegions,
		"list of declarations": exchange.AsDeclarations, "date": exchange.AsDate, "amount": exchange.AsAmount, "ISO 4217: `USD`": exchange.AsCurrency, "number": exchange.AsNumber, "mark": exchange.AsMark, "an address of the web": exchange.AsAddress}
	row := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (?:required)? ?\\| ([^|]*[^| ]) \\|")
	for section, columns := range map[string][]exchange.FileColumn{"## Columns of needs\n": exchange.DescribeNeeds(), "## Columns of offers\n": exchange.DescribeOffers(), "## Columns of activities\n": exchange.DescribeActivities()} {
		_, text, _ := strings.Cut(page(t), section)
		text, _, _ = strings.Cut(text, "\n## ")
		for i, found := range row.FindAllStringSubmatch(text, -1) {
			written, _, _ := strings.Cut(found[2], ", at most")
			want := forms[written]
			if words := regexp.MustCompile("`([a-z_-]+)`").FindAllStringSubmatch(written, -1); len(words) > 2 {
				want = exchange.AsOneOf
				if strings.HasPrefix(written, "list of") {
					want = exchange.AsOneOrMore
				}
				for j, word := range words {
					if choices := columns[i].Choices(); len(choices) != len(words) || choices[j] != word[1] {
						t.Errorf("%s: %s: %v on the page, %v in the program", strings.TrimSpace(section), found[1], words, choices)
						break
					}
				}
			}
			if columns[i].Name != found[1] || columns[i].Form != want {
				t.Errorf("%s: %q is %q on the page and %q in the program", strings.TrimSpace(section), found[1], found[2], columns[i].Form)
			}
		}
	}
}

// missing is the columns that a file without them is refused for.
func missing(err error) []string {
	var refusal *cooperation.Error
	var out []string
	if errors.As(err, &refusal) {
		for _, f := range refusal.Fields {
			out = append(out, f.Field)
		}
	}
	return out
}

func TestTheExamplesOfThePageAreImported(t *testing.T) {
	p := fresh(t)
	if diff := cmp.Diff(result{Created: 2}, importNeeds(t, p, strings.NewReader(block(t, "csv needs")), false)); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(result{Created: 1}, importOffers(t, p, strings.NewReader(block(t, "csv offers")), false)); diff != "" {
		t.Errorf("offers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(result{Created: 1}, importActivities(t, p, strings.NewReader(block(t, "csv activities")), false)); diff != "" {
		t.Errorf("activities (-want +got):\n%s", diff)
	}
}

func TestTheMistakesOfThePageAreToldAsItSays(t *testing.T) {
	rows := readNeeds(t, block(t, "csv mistakes"))
	done, err := fresh(t).ImportNeeds(t.Context(), cooperation.System("test"), rows.Rows, true)
	if err != nil {
		t.Fatal(err)
	}
	english := i18ntest.Catalogue(t).Localizer("en")
	var said strings.Builder
	for _, e := range done.InColumns(exchange.NeedColumn).Plus(cooperation.ImportResult{Errors: rows.Errors}).Errors {
		for _, f := range e.Err.Fields {
			column := ""
			if f.Field != "" {
				column = f.Field + ": "
			}
			fmt.Fprintf(&said, "%d: %s%s\n", e.Line, column, english.Render(f.Message, nil))
		}
	}
	if diff := cmp.Diff(block(t, "text mistakes"), said.String()); diff != "" {
		t.Errorf("(-page +program):\n%s\n%s", diff, said.String())
	}
	if done.Created != 1 {
		t.Errorf("%d rows would go in", done.Created)
	}
}
