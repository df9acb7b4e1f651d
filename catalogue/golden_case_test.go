package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// The days of all golden cases: when the postings came in, when they are
// ranked, and the last year of which past help is on record.
var (
	goldenPosted = time.Date(2026, 7, 15, 9, 0, 0, 0, time.UTC)
	goldenToday  = date("2027-01-15")
)

const goldenRecordUntil = 2026

// goldenCase is one argued ranking: a need with the offers that may answer it,
// or an offer with the needs that it may answer.
type goldenCase struct {
	Case    string   `yaml:"case"`
	Covers  []string `yaml:"covers"`
	Because string   `yaml:"because"`

	Need    *goldenNeed            `yaml:"need"`
	Offers  map[string]goldenOffer `yaml:"offers"`
	Offer   *goldenOffer           `yaml:"offer"`
	Needs   map[string]goldenNeed  `yaml:"needs"`
	History []goldenHelp           `yaml:"history"`

	goldenAnswer `yaml:",inline"`
	// Were changes fields of postings, by name ("need", "offer" or that of one
	// in the list), or takes the history away; Then is what is right instead.
	Were map[string]yaml.Node `yaml:"were"`
	Then *goldenAnswer        `yaml:"then"`
}

// goldenAnswer is what is right. The order and what is removed together name
// every posting of the list.
type goldenAnswer struct {
	Order     []string          `yaml:"order"`
	Removed   map[string]string `yaml:"removed"`   // name → filter that removes it
	Change    string            `yaml:"change"`    // suggested: sort, value and count, or "none"
	Discovery []string          `yaml:"discovery"` // who is new to the beneficiary
}

// goldenNeed is a need as the domain names its fields.
type goldenNeed struct {
	Beneficiaries     []string `yaml:"beneficiaries"`
	Themes            []string `yaml:"themes"`
	Kinds             []string `yaml:"kinds"`
	Languages         []string `yaml:"languages"` // "pt required", or "pt" for preferred
	Interpretation    bool     `yaml:"interpretation"`
	Urgency           string   `yaml:"urgency"`
	Deadline          string   `yaml:"deadline"`
	Start             string   `yaml:"start"`
	End               string   `yaml:"end"`
	Sought            int      `yaml:"sought"` // US dollars still to be sought when it was posted
	Agreed            int      `yaml:"agreed"` // US dollars that partnerships have agreed since
	Preferred         []string `yaml:"preferred"`
	Excluded          []string `yaml:"excluded"`
	ProgrammeActivity string   `yaml:"programme_activity"`
}

// goldenOffer is an offer as the domain names its fields.
type goldenOffer struct {
	Provider       string   `yaml:"provider"`
	CoProviders    []string `yaml:"co_providers"` // "NO funding", "NO implementing"
	Type           string   `yaml:"type"`
	Themes         []string `yaml:"themes"`
	Kinds          []string `yaml:"kinds"`
	Languages      []string `yaml:"languages"`
	Interpretation bool     `yaml:"interpretation"`
	Countries      []string `yaml:"countries"`
	Regions        []string `yaml:"regions"`
	NotCountries   []string `yaml:"excluded_countries"`
	NotRegions     []string `yaml:"excluded_regions"`
	Eligibility    []string `yaml:"eligibility"` // parties_only, ldc, sids, lldc, or an income group
	Ceiling        int      `yaml:"ceiling"`     // US dollars
	Capacity       string   `yaml:"capacity"`    // "amount", "person_days 40", "beneficiaries 40"
	Taken          int      `yaml:"taken"`       // of the ceiling or of the capacity, by partnerships
	Start          string   `yaml:"start"`
	End            string   `yaml:"end"`
	ValidUntil     string   `yaml:"valid_until"`
	LeadDays       int      `yaml:"lead_days"`
	Excluded       []string `yaml:"excluded"`
}

// goldenHelp is past help: each of the providers helped each of the
// beneficiaries with each of the themes in each of the years.
type goldenHelp struct {
	Years         string   `yaml:"years"` // "2019-2026" or "2024"
	Providers     []string `yaml:"providers"`
	Beneficiaries []string `yaml:"beneficiaries"`
	Themes        []string `yaml:"themes"`
}

// goldenCases reads the cases of a convention. A key that is not one of the
// format is refused.
func goldenCases(t *testing.T, convention string) []goldenCase {
	t.Helper()
	text, err := os.ReadFile("testdata/golden/" + convention + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	if err := strictly(text, &cases); err != nil {
		t.Fatalf("%s: %v", convention, err)
	}
	return cases
}

// strictly decodes YAML into what there already is, and refuses unknown keys.
func strictly(text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}

// otherwise is the case with the fields under "were" in place of its own.
func (c goldenCase) otherwise() (goldenCase, error) {
	if c.Then == nil {
		return c, errors.New("the case does not say what would make it come out differently")
	}
	c.Offers, c.Needs, c.goldenAnswer = maps.Clone(c.Offers), maps.Clone(c.Needs), *c.Then
	for _, name := range slices.Sorted(maps.Keys(c.Were)) {
		node := c.Were[name]
		text, err := yaml.Marshal(&node)
		if err != nil {
			return c, err
		}
		offer, isOffer := c.Offers[name]
		need, isNeed := c.Needs[name]
		switch {
		case name == "history":
			c.History = nil
			err = strictly(text, &c.History)
		case name == "need" && c.Need != nil:
			need = *c.Need
			err = strictly(text, &need)
			c.Need = &need
		case name == "offer" && c.Offer != nil:
			offer = *c.Offer
			err = strictly(text, &offer)
			c.Offer = &offer
		case isOffer:
			err = strictly(text, &offer)
			c.Offers[name] = offer
		case isNeed:
			err = strictly(text, &need)
			c.Needs[name] = need
		default:
			err = fmt.Errorf("were: %q is no posting of the case", name)
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}
