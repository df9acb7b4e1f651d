package cooperation_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// organisationActions are those that are tried on one that exists.
var organisationActions = slices.DeleteFunc(cooperation.OrganisationActions(), func(a cooperation.Action) bool {
	return a == cooperation.Create || a == cooperation.Import
})

const organisationSecretariatGrid = `
           replace  admit     refuse   suspend    withdraw   declare  withdraw_declaration
applied    =        admitted  refused  S          withdrawn  =        =
admitted   =        S         S        suspended  withdrawn  =        =
suspended  =        admitted  S        S          withdrawn  =        =
refused    =        admitted  S        S          S          =        =
withdrawn  =        admitted  S        S          S          =        =`

const organisationOwnGrid = `
           replace  admit  refuse  suspend  withdraw   declare  withdraw_declaration
applied    =        F      F       F        withdrawn  =        =
admitted   =        F      F       F        withdrawn  =        =
suspended  =        F      F       F        withdrawn  =        =
refused    =        F      F       F        S          =        =
withdrawn  =        F      F       F        S          =        =`

// Once it was admitted, the organisation is for those who have a role for it,
// and no longer for whoever once applied.
const organisationApplicantGrid = `
           replace  admit  refuse  suspend  withdraw   declare  withdraw_declaration
applied    =        F      F       F        withdrawn  =        =
admitted   F        F      F       F        F          F        F
suspended  F        F      F       F        F          F        F
refused    =        F      F       F        S          =        =
withdrawn  F        F      F       F        F          F        F`

const organisationOthersGrid = `
           replace  admit  refuse  suspend  withdraw   declare  withdraw_declaration
applied    .        .      .       .        .          .        .
admitted   F        F      F       F        F          F        F
suspended  F        F      F       F        F          F        F
refused    .        .      .       .        .          .        .
withdrawn  F        F      F       F        F          F        F`

func tryOrganisation(o *cooperation.Organisation, action cooperation.Action, actor cooperation.Actor) error {
	switch action {
	case cooperation.Replace:
		return o.Replace(cooperation.OrganisationContent{Name: "Renamed", Sort: cooperation.Institutional}, actor, noon)
	case cooperation.Admit:
		return o.Admit(actor, noon)
	case cooperation.RefuseApplication:
		return o.Refuse("The statutes are missing.", actor, noon)
	case cooperation.Suspend:
		return o.Suspend("Under inquiry.", actor, noon)
	case cooperation.Withdraw:
		return o.Withdraw("No longer active.", actor, noon)
	case cooperation.Declare:
		return o.Declare(pilot(), cooperation.Statement{Declaration: "no-tie", Date: day("2026-03-01")}, actor, noon)
	case cooperation.WithdrawDeclaration:
		return o.WithdrawDeclaration("no-tie", "", actor, noon)
	}
	panic("no such action: " + string(action))
}

func TestTheAdmissionOfAnOrganisationForEveryStepActionAndRole(t *testing.T) {
	statuses := cooperation.OrganisationStatuses()
	organisationApprover := someone(cooperation.Approver, "demining-trust")
	for _, c := range []struct {
		grid   string
		actors []cooperation.Actor
	}{
		{organisationSecretariatGrid, []cooperation.Actor{secretariat}},
		{organisationOwnGrid, []cooperation.Actor{trustProvider, organisationApprover}},
		{organisationApplicantGrid, []cooperation.Actor{applicant}},
		{organisationOthersGrid, []cooperation.Actor{public, observer, member, kenyaFocal, franceApprover, otherSecretariat, administrator}},
	} {
		want := parseGrid(t, c.grid, len(statuses), organisationActions)
		for _, actor := range c.actors {
			for _, status := range statuses {
				for _, action := range organisationActions {
					o := organisation("demining-trust", status)
					o.Declarations = trust().Declarations
					before := *o
					err := tryOrganisation(o, action, actor)
					if got := organisationCell(t, &before, o, err); got != want[string(status)][string(action)] {
						t.Errorf("%s of one that is %s by %q gives %s, want %s (%v)", action, status, actor.ID, got, want[string(status)][string(action)], err)
					}
				}
			}
		}
	}
}

// organisationCell is the outcome as a grid writes it. A refusal changes
// nothing, and what is allowed makes one new version.
func organisationCell(t *testing.T, before, after *cooperation.Organisation, err error) string {
	t.Helper()
	if err != nil {
		if d := cmp.Diff(before, after, sameDay); d != "" {
			t.Errorf("refused, and changed all the same: %s", d)
		}
		return map[cooperation.Code]string{cooperation.Forbidden: "F", cooperation.State: "S", cooperation.NotFound: "."}[cooperation.CodeOf(err)]
	}
	if after.Version != before.Version+1 {
		t.Errorf("version %d became %d", before.Version, after.Version)
	}
	if after.Status == before.Status {
		return "="
	}
	return string(after.Status)
}

// sameDay compares days.
var sameDay = cmp.Comparer(func(a, b cooperation.Date) bool { return a == b })

func TestATokenThatReadsAndThePlatformItselfChangeNoOrganisation(t *testing.T) {
	for _, actor := range []cooperation.Actor{readOnly(secretariat), readOnly(trustProvider), clock} {
		for _, action := range organisationActions {
			wantCode(t, tryOrganisation(trust(), action, actor), cooperation.Forbidden)
		}
	}
}

func TestWhoTakesPartMayApplyForAnOrganisation(t *testing.T) {
	content := cooperation.OrganisationContent{Name: "Newcomers", Sort: cooperation.NonGovernmental}
	elsewhere := cooperation.ActorOf(&cooperation.User{ID: "elsewhere", Grants: []cooperation.Grant{{Convention: "another", Role: cooperation.Approver, Participant: "newcomers"}}}, false)
	for _, c := range []struct {
		actor  cooperation.Actor
		want   cooperation.Code
		source cooperation.EntrySource
	}{
		{applicant, "", cooperation.FromApplication}, {kenyaFocal, "", cooperation.FromApplication}, {elsewhere, "", cooperation.FromApplication},
		{secretariat, "", cooperation.FromSecretariat},
		{public, cooperation.Forbidden, ""}, {otherSecretariat, cooperation.Forbidden, ""}, {administrator, cooperation.Forbidden, ""},
		{readOnly(applicant), cooperation.Forbidden, ""}, {clock, cooperation.Forbidden, ""},
	} {
		o, err := cooperation.ApplyOrganisation("newcomers", pilot(), content, c.actor, noon)
		if wantCode(t, err, c.want); err == nil && (o.Status != cooperation.OrganisationApplied || o.Source != c.source || o.Known()) {
			t.Errorf("%s gets %+v", c.actor.ID, o)
		}
	}
}

func TestTheRulesForOrganisations(t *testing.T) {
	for _, c := range []struct {
		name, id string
		break_   func(*cooperation.OrganisationContent)
		field    string
		key      string
	}{
		{"all well", "newcomers", func(*cooperation.OrganisationContent) {}, "", ""},
		{"an id that is a State's", "KE", func(*cooperation.OrganisationContent) {}, "id", "organisation_id"},
		{"an id of two letters", "ab", func(*cooperation.OrganisationContent) {}, "id", "organisation_id"},
		{"an id with a capital", "Newcomers", func(*cooperation.OrganisationContent) {}, "id", "organisation_id"},
		{"no name", "newcomers", func(c *cooperation.OrganisationContent) { c.Name = "" }, "name", "required"},
		{"an endless name", "newcomers", func(c *cooperation.OrganisationContent) { c.Name = strings.Repeat("x", 201) }, "name", "too_long"},
		{"no sort", "newcomers", func(c *cooperation.OrganisationContent) { c.Sort = "" }, "sort", "not_one_of"},
		{"a name in a language of nobody", "newcomers", func(c *cooperation.OrganisationContent) { c.Names = cooperation.Names{"de": "Neulinge"} }, "names.de", "unknown_language"},
		{"a name that turns the text around it", "newcomers", func(c *cooperation.OrganisationContent) { c.Name = "New\u202ecomers" }, "name", "characters"},
		{"a website that is a script", "newcomers", func(c *cooperation.OrganisationContent) { c.Website = "javascript:alert(1)" }, "website", "link"},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := cooperation.OrganisationContent{Name: "Newcomers", Names: cooperation.Names{"fr": "Nouveaux"}, Sort: cooperation.NonGovernmental, Seat: land("KE"), Website: "https://example.org"}
			c.break_(&content)
			_, err := cooperation.ApplyOrganisation(c.id, pilot(), content, applicant, noon)
			if c.field == "" {
				ok(t, err)
				return
			}
			wantField(t, err, c.field, "error.invalid."+c.key)
		})
	}
}

func TestADecisionAgainstAnOrganisationHasAReason(t *testing.T) {
	wantField(t, organisation("newcomer", cooperation.OrganisationApplied).Refuse(" ", secretariat, noon), "text", "error.invalid.required")
	wantField(t, trust().Suspend("", secretariat, noon), "text", "error.invalid.required")
	wantField(t, trust().Withdraw("", secretariat, noon), "text", "error.invalid.required")
	ok(t, trust().Withdraw("", trustProvider, noon)) // of whom no reason is asked
}

func TestADeclarationIsOneOfTheConventionAndWasMadeByToday(t *testing.T) {
	for _, c := range []struct {
		s          cooperation.Statement
		field, key string
	}{
		{cooperation.Statement{Declaration: "no-tie", Date: today()}, "", ""},
		{cooperation.Statement{Declaration: "no-tie", Date: today().AddDays(1)}, "date", "past_date"},
		{cooperation.Statement{Declaration: "no-tie"}, "date", "past_date"},
		{cooperation.Statement{Declaration: "of-nobody", Date: today()}, "declaration", "unknown_declaration"},
		{cooperation.Statement{Declaration: "no-tie", Date: today(), Office: strings.Repeat("x", 201)}, "office", "too_long"},
	} {
		o := organisation("demining-trust", cooperation.OrganisationAdmitted)
		err := o.Declare(pilot(), c.s, trustProvider, noon)
		if c.field != "" {
			wantField(t, err, c.field, "error.invalid."+c.key)
			continue
		}
		ok(t, err)
		if !o.Declares("no-tie") || o.Declarations[0].By != trustProvider.ID || !pilot().Provides(o) {
			t.Errorf("declared, it is %+v", o)
		}
	}
}

func TestADeclarationThatIsMadeAgainTakesThePlaceOfTheOneThatStands(t *testing.T) {
	o := trust()
	ok(t, o.WithdrawDeclaration("no-tie", "Under review.", trustProvider, noon))
	if o.Declares("no-tie") || pilot().Provides(o) || len(pilot().Undeclared(o)) != 1 {
		t.Errorf("withdrawn, it stands all the same: %+v", o.Declarations)
	}
	wantCode(t, o.WithdrawDeclaration("no-tie", "", trustProvider, noon), cooperation.NotFound)
	for _, date := range []string{"2026-02-01", "2026-03-01"} {
		ok(t, o.Declare(pilot(), cooperation.Statement{Declaration: "no-tie", Date: day(date)}, trustProvider, noon))
	}
	if len(o.Declarations) != 2 || !o.Declarations[1].Stands() || o.Declarations[1].Date != day("2026-03-01") {
		t.Errorf("of the past, only what was withdrawn is kept: %+v", o.Declarations)
	}
}

func TestAnOfferIsAdmittedOnlyWithItsOrganisations(t *testing.T) {
	for _, c := range []struct {
		name     string
		provider *cooperation.Organisation
		key      string
	}{
		{"all well", trust(), ""},
		{"an organisation that nobody knows", nil, "error.state.organisation"},
		{"one that has only applied", organisation("demining-trust", cooperation.OrganisationApplied), "error.state.organisation"},
		{"one that is suspended", organisation("demining-trust", cooperation.OrganisationSuspended), "error.state.organisation"},
		{"one that has not itself declared", organisation("demining-trust", cooperation.OrganisationAdmitted), "error.state.declaration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conv := pilot()
			o := offerIn("submitted", cooperation.Indication) // it gives the declaration itself, and names the trust beside France
			if conv.Directory = (directory{}); c.provider != nil {
				conv.Directory = directory{"demining-trust": c.provider}
			}
			err := o.Admit(conv, secretariat, noon)
			if c.key == "" {
				ok(t, err)
				return
			}
			if r := refusal(t, err); r.Code != cooperation.State || r.Message.Key != c.key {
				t.Errorf("refused with %v", r)
			}
		})
	}
}

func TestWhatThePublicSeesOfAnOrganisation(t *testing.T) {
	o := trust()
	ok(t, o.Suspend("Under inquiry.", secretariat, noon))
	ok(t, o.WithdrawDeclaration("no-tie", "Under review.", trustProvider, noon))
	for _, actor := range []cooperation.Actor{public, observer, kenyaFocal, member, otherSecretariat} {
		text, err := json.Marshal(o.Shown(actor))
		ok(t, err)
		for _, secret := range []string{applicant.ID, secretariat.ID, trustProvider.ID, "inquiry", "review"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%q is shown %s: %s", actor.ID, secret, text)
			}
		}
		if !strings.Contains(string(text), `"suspended"`) || !strings.Contains(string(text), `"2026-01-15"`) {
			t.Errorf("%q is not shown the step or the declaration: %s", actor.ID, text)
		}
	}
	for _, actor := range []cooperation.Actor{secretariat, trustProvider, clock} {
		if d := cmp.Diff(o, o.Shown(actor), sameDay); d != "" {
			t.Errorf("%s does not see all: %s", actor.ID, d)
		}
	}
	if organisation("newcomer", cooperation.OrganisationApplied).Shown(public) != nil {
		t.Error("an application is shown to the public")
	}
}

func TestAnImportEntersAnOrganisationWithTheDeclarationsOfItsRow(t *testing.T) {
	o, err := cooperation.RegisterOrganisation(pilot(), "red-cross", []string{"no-tie", "of-nobody"}, secretariat, noon)
	ok(t, err)
	if o.Status != cooperation.OrganisationAdmitted || o.Source != cooperation.FromImport || !pilot().Provides(o) || len(o.Declarations) != 1 {
		t.Errorf("it is %+v", o)
	}
	for _, actor := range []cooperation.Actor{applicant, trustProvider, otherSecretariat, readOnly(secretariat)} {
		_, err := cooperation.RegisterOrganisation(pilot(), "red-cross", nil, actor, noon)
		wantCode(t, err, cooperation.Forbidden)
	}
	plain := organisation("red-cross", cooperation.OrganisationAdmitted)
	if plain.StateImported(pilot(), []string{"no-tie"}, applicant, noon) || plain.Declares("no-tie") {
		t.Error("anybody may state a declaration by an import")
	}
	if !plain.StateImported(pilot(), []string{"no-tie"}, secretariat, noon) || plain.StateImported(pilot(), []string{"no-tie"}, secretariat, noon) {
		t.Error("the declaration of a row is not noted once")
	}
}

func TestEveryWordOfOrganisationsExistsInSixLanguages(t *testing.T) {
	var keys []string
	for _, s := range cooperation.OrganisationStatuses() {
		keys = append(keys, "status.organisation."+string(s))
	}
	for _, s := range cooperation.OrganisationSorts() {
		keys = append(keys, "organisation_sort."+string(s))
	}
	for _, a := range cooperation.OrganisationActions() {
		keys = append(keys, "action.organisation."+string(a))
	}
	i18ntest.Has(t, keys...)
}
