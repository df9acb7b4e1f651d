package exchange_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/reference"
)

// element is an element of a file, whatever it is.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *element) all(name string) (found []element) {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
	}
	return found
}

// occurs is how often an element may stand in another.
type occurs struct {
	name      string
	min, most int // most 0 is without end
}

// The sequences of iati-activities-schema.xsd 2.03.
func activityRules() []occurs {
	return []occurs{{"iati-identifier", 1, 1}, {"reporting-org", 1, 1}, {"title", 1, 1}, {"description", 1, 0}, {"participating-org", 1, 0}, {"other-identifier", 0, 0}, {"activity-status", 1, 1},
		{"activity-date", 1, 0}, {"contact-info", 0, 0}, {"activity-scope", 0, 1}, {"recipient-country", 0, 0}, {"recipient-region", 0, 0}, {"location", 0, 0}, {"sector", 0, 0}, {"tag", 0, 0},
		{"country-budget-items", 0, 1}, {"humanitarian-scope", 0, 0}, {"policy-marker", 0, 0}, {"collaboration-type", 0, 1}, {"default-flow-type", 0, 1}, {"default-finance-type", 0, 1},
		{"default-aid-type", 0, 0}, {"default-tied-status", 0, 1}, {"budget", 0, 0}, {"planned-disbursement", 0, 0}, {"capital-spend", 0, 1}, {"transaction", 0, 0}}
}

func transactionRules() []occurs {
	return []occurs{{"transaction-type", 1, 1}, {"transaction-date", 1, 1}, {"value", 1, 1}, {"description", 0, 1}, {"provider-org", 0, 1}, {"receiver-org", 0, 1}}
}

// follows holds the children of an element against a sequence.
func follows(t *testing.T, e *element, rules []occurs) {
	t.Helper()
	at := 0
	for _, c := range e.Children {
		i := slices.IndexFunc(rules, func(o occurs) bool { return o.name == c.XMLName.Local })
		if i < at {
			t.Errorf("%s in %s stands at a wrong place, or is unknown", c.XMLName.Local, e.XMLName.Local)
		}
		at = max(at, i)
	}
	for _, o := range rules {
		if n := len(e.all(o.name)); n < o.min || o.most > 0 && n > o.most {
			t.Errorf("%s stands %d times in %s", o.name, n, e.XMLName.Local)
		}
	}
}

// valid holds an activity against the rules of the standard that a schema cannot
// say all of.
func valid(t *testing.T, publisher string, a *element) {
	t.Helper()
	follows(t, a, activityRules())
	if id := a.all("iati-identifier")[0].Text; !strings.HasPrefix(id, publisher+"-") {
		t.Errorf("the identifier %q does not begin with that of the publisher", id)
	}
	if r := a.all("reporting-org")[0]; r.attr("ref") != publisher || r.attr("type") == "" || len(r.all("narrative")) == 0 {
		t.Errorf("the reporting organisation is %+v", r)
	}
	for _, name := range []string{"title", "description"} {
		for _, text := range a.all(name) {
			if len(text.all("narrative")) == 0 || text.all("narrative")[0].Text == "" {
				t.Errorf("%s has no narrative", name)
			}
		}
	}
	if a.attr("lang") == "" {
		t.Error("the activity has no language")
	}
	started := false
	for _, d := range a.all("activity-date") {
		started = started || d.attr("type") == "1" || d.attr("type") == "2"
		if _, err := time.Parse(time.DateOnly, d.attr("iso-date")); err != nil {
			t.Error(err)
		}
	}
	if !started {
		t.Error("no beginning is stated")
	}
	for _, name := range []string{"sector", "recipient-country"} {
		sum := 0.0
		for _, c := range a.all(name) {
			n, _ := strconv.ParseFloat(c.attr("percentage"), 64)
			if sum += n; c.attr("code") == "" || name == "sector" && (c.attr("vocabulary") != "99" || len(c.all("narrative")) == 0) {
				t.Errorf("%s is %+v", name, c)
			}
		}
		if n := len(a.all(name)); n > 1 && (sum < 99.999 || sum > 100.001) {
			t.Errorf("the shares of %s add up to %f", name, sum)
		}
	}
	for _, x := range a.all("transaction") {
		follows(t, &x, transactionRules())
		value := x.all("value")[0]
		if _, err := strconv.ParseFloat(value.Text, 64); err != nil || len(value.attr("currency")) != 3 || value.attr("value-date") == "" || x.all("transaction-date")[0].attr("iso-date") == "" || x.all("transaction-type")[0].attr("code") != "12" {
			t.Errorf("the transaction is %+v", x)
		}
	}
}

func TestPartnershipsAreActivitiesOfTheIATIStandard(t *testing.T) {
	angola, _ := reference.ParseCountry("AO")
	niger, _ := reference.ParseCountry("NE")
	need := &cooperation.Need{}
	need.Title, need.ContentLanguage, need.Problem = "Formar <equipas> & mais \u0001", "pt-BR", "Faltam equipas."
	need.Beneficiaries, need.Themes = []reference.Country{angola, niger}, []string{"a", "b", "c"}
	need.Translations = map[string]cooperation.Translation{"en": {Title: "Train teams"}}
	full := &cooperation.Partnership{Status: cooperation.PartnershipActive}
	full.ID, full.Created = "p1", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	full.End = cooperation.DateOf(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
	full.Providers = []cooperation.Share{{Provider: "BR", Kinds: []cooperation.Kind{cooperation.Finance}, Pledged: cooperation.Money{Amount: "1000.50", Currency: "USD"}},
		{Provider: "org-1", Role: "implementing", Kinds: []cooperation.Kind{cooperation.Training}}, {Provider: "BR", Kinds: []cooperation.Kind{cooperation.Finance}}}
	bare := &cooperation.Partnership{Status: cooperation.PartnershipAgreed, PartnershipTerms: cooperation.PartnershipTerms{Providers: []cooperation.Share{{Provider: "FR"}}}}
	bare.ID, bare.Created = "p2", full.Created
	var file bytes.Buffer
	of := exchange.IATI{Publisher: "XM-1", Name: "Implementation Support Unit", Generated: full.Created, NameOf: func(kind message.Type, code string) string { return string(kind) + " " + code }}
	if err := exchange.WriteIATI(&file, of, slices.Values([]exchange.IATIActivity{{full, need}, {bare, nil}})); err != nil {
		t.Fatal(err)
	}
	var root element
	text := xml.NewDecoder(&file)
	if err := text.Decode(&root); err != nil {
		t.Fatal(err)
	}
	if _, err := text.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("after the file there is more: %v", err)
	}
	if root.XMLName.Local != "iati-activities" || root.attr("version") != "2.03" || len(root.Children) != 2 {
		t.Fatalf("the file is %+v", root)
	}
	for i := range root.Children {
		valid(t, "XM-1", &root.Children[i])
	}
	first := root.Children[0]
	titles := first.all("title")[0].all("narrative")
	if len(titles) != 2 || titles[0].attr("lang") != "pt" || !strings.HasPrefix(titles[0].Text, "Formar <equipas> & mais") || titles[1].Text != "Train teams" {
		t.Errorf("the titles are %+v", titles)
	}
	if who := first.all("participating-org"); len(who) != 2 || who[0].attr("role") != "1" || who[0].attr("type") != "10" || who[1].attr("role") != "4" {
		t.Errorf("those who take part are %+v", who)
	}
	if paid := first.all("transaction"); len(paid) != 1 || paid[0].all("value")[0].Text != "1000.50" {
		t.Errorf("the transactions are %+v", paid)
	}
	if d := first.all("activity-date"); len(d) != 2 || d[0].attr("iso-date") != "2026-03-01" || d[1].attr("iso-date") != "2027-03-01" {
		t.Errorf("the dates are %+v", d)
	}
	if root.Children[1].all("activity-status")[0].attr("code") != "1" || first.all("activity-status")[0].attr("code") != "2" {
		t.Error("the statuses are wrong")
	}
}
