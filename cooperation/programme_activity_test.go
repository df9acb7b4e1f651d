package cooperation_test

import (
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
)

const lineID = "bbbbbbbbbbbbbbbbbbbbbbbbbb"

// programmed is a convention with a costed programme of two domains.
func programmed() *cooperation.Convention {
	conv := pilot()
	conv.Programme = []cooperation.ProgrammeDomain{{ID: "policy"}, {ID: "information", Themes: []string{"education"}}}
	return conv
}

// line is what a programme says of an activity; everything adds up.
func line(changes ...func(*cooperation.ProgrammeContent)) cooperation.ProgrammeContent {
	c := cooperation.ProgrammeContent{Number: " 1.6 ", Domain: "information", Title: "Develop capacity-building tools", Currency: "USD",
		Cost: "250000", Core: "40000", Voluntary: "60000", Sought: "150000"}
	for _, change := range changes {
		change(&c)
	}
	return c
}

// entered is the line as the secretariat entered it.
func entered(t *testing.T) *cooperation.ProgrammeActivity {
	t.Helper()
	x, err := cooperation.EnterProgrammeActivity(lineID, programmed(), line(), secretariat, noon)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestTheSecretariatKeepsTheProgrammeAndEverybodyReadsIt(t *testing.T) {
	for name, actor := range everybody() {
		_, err := cooperation.EnterProgrammeActivity(lineID, programmed(), line(), actor, noon)
		if may := name == "the secretariat"; (err == nil) != may {
			t.Errorf("%s enters a line: %v", name, err)
		}
		x := entered(t)
		for action, change := range map[string]func() error{
			"replaces": func() error { return x.Replace(programmed(), line(), actor, noon) },
			"funds":    func() error { return x.Fund(actor, noon) },
			"closes":   func() error { return x.Close("Done.", actor, noon) },
		} {
			if err := change(); name != "the secretariat" && err == nil {
				t.Errorf("%s %s a line", name, action)
			}
		}
		shown := x.Shown(actor)
		if whole := name == "the secretariat" || name == "a secretariat that reads" || name == "the clock"; shown.Title != x.Title || (shown.CreatedBy != "") != whole {
			t.Errorf("%s is shown %+v", name, shown)
		}
	}
}

func TestALineOfTheProgrammeGoesFromOpenToFundedToClosed(t *testing.T) {
	x := entered(t)
	if x.Number != "1.6" || x.Status != cooperation.ProgrammeOpen {
		t.Errorf("%+v", x)
	}
	if sought, currency := x.SoughtMinor(); sought != 150_000_00 || currency != "USD" {
		t.Errorf("%d %s are sought", sought, currency)
	}
	done(t, x.Fund(secretariat, noon))
	if sought, _ := x.SoughtMinor(); x.Status != cooperation.ProgrammeFunded || sought != 0 || x.Voluntary != "210000.00" {
		t.Errorf("funded: %+v", x)
	}
	if err := x.Fund(secretariat, noon); err == nil {
		t.Error("it is funded twice")
	}
	done(t, x.Replace(programmed(), line(), secretariat, noon))
	if x.Status != cooperation.ProgrammeOpen {
		t.Error("more is sought, and it stays funded")
	}
	done(t, x.Close("The tools are published.", secretariat, noon))
	if x.Status != cooperation.ProgrammeClosed || x.Ended.Text != "The tools are published." || x.Version != 4 {
		t.Errorf("closed: %+v", x)
	}
	for name, err := range map[string]error{"replaced": x.Replace(programmed(), line(), secretariat, noon), "funded": x.Fund(secretariat, noon),
		"closed again": x.Close("Again.", secretariat, noon)} {
		if err == nil {
			t.Errorf("one that is closed is %s", name)
		}
	}
	if err := entered(t).Close(" ", secretariat, noon); err == nil {
		t.Error("it is closed without a reason")
	}
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestALineThatDoesNotAddUpIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(*cooperation.ProgrammeContent)
		field, key string
	}{
		"no number":      {func(c *cooperation.ProgrammeContent) { c.Number = " " }, "number", "error.invalid.required"},
		"no title":       {func(c *cooperation.ProgrammeContent) { c.Title = "" }, "title", "error.invalid.required"},
		"no domain":      {func(c *cooperation.ProgrammeContent) { c.Domain = "" }, "domain", "error.invalid.programme_domain"},
		"another domain": {func(c *cooperation.ProgrammeContent) { c.Domain = "arms" }, "domain", "error.invalid.programme_domain"},
		"another theme":  {func(c *cooperation.ProgrammeContent) { c.Themes = []string{"arms"} }, "themes[0]", "error.invalid.unknown_theme"},
		"another sum":    {func(c *cooperation.ProgrammeContent) { c.Core = "40001" }, "cost", "error.invalid.sum"},
		"no amount":      {func(c *cooperation.ProgrammeContent) { c.Sought = "much" }, "sought", "error.invalid.amount"},
		"backwards":      {func(c *cooperation.ProgrammeContent) { c.Start, c.End = day("2027-01-02"), day("2027-01-01") }, "end", "error.invalid.date_order"},
		"too many themes": {func(c *cooperation.ProgrammeContent) {
			c.Themes = []string{"clearance", "survey", "victims", "education"}
		}, "themes", "error.invalid.too_many"},
	} {
		_, err := cooperation.EnterProgrammeActivity(lineID, programmed(), line(c.change), secretariat, noon)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		wantField(t, err, c.field, c.key)
	}
	if _, err := cooperation.EnterProgrammeActivity(lineID, pilot(), line(func(c *cooperation.ProgrammeContent) { c.Domain = "" }), secretariat, noon); err != nil {
		t.Errorf("where a convention has no domains, none is needed: %v", err)
	}
}

func TestALineIsFundedByItsThemesOrThoseOfItsDomainOrAll(t *testing.T) {
	conv := programmed()
	for want, content := range map[string]cooperation.ProgrammeContent{
		"victims":                                line(func(c *cooperation.ProgrammeContent) { c.Themes = []string{"victims"} }),
		"education":                              line(),
		"clearance victims stockpiles education": line(func(c *cooperation.ProgrammeContent) { c.Domain = "policy" }),
	} {
		if got := content.FundedBy(conv); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("funded by %v, not %s", got, want)
		}
	}
}

func TestAProgrammeIsInTheOrderOfItsDomainsAndNumbers(t *testing.T) {
	at := func(domain, number string) *cooperation.ProgrammeActivity {
		return &cooperation.ProgrammeActivity{ProgrammeContent: cooperation.ProgrammeContent{Domain: domain, Number: number}}
	}
	want := []*cooperation.ProgrammeActivity{at("policy", "2"), at("information", "1"), at("information", "1.2"), at("information", "1.10"),
		at("information", "1.a"), at("information", "2.1"), at("", "1")}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, cooperation.CompareProgramme(programmed()))
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("at %d stands %s %s, not %s %s", i, got[i].Domain, got[i].Number, want[i].Domain, want[i].Number)
		}
	}
}
