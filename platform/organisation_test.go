package platform_test

import (
	"errors"
	"testing"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

var (
	applicant = actor("applicant", cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
	charity   = actor("charity", cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "health-fund"})
)

// admitted enters an organisation and admits it.
func admitted(t *testing.T, on *platform.Platform, id string) *cooperation.Organisation {
	t.Helper()
	content := cooperation.OrganisationContent{Name: "Health Fund", Names: cooperation.Names{"fr": "Fonds pour la santé"}, Sort: cooperation.NonGovernmental}
	_, err := on.ApplyOrganisation(t.Context(), applicant, "fctc", id, content)
	var o *cooperation.Organisation
	if err == nil {
		o, err = on.AdmitOrganisation(t.Context(), secretary, "fctc", id, 1)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	return o
}

func charityOffer(title string) cooperation.OfferContent {
	content := offerContent(title)
	content.Provider, content.Declarations = "health-fund", []string{"no-tobacco-ties"}
	return content
}

func TestAnOrganisationAppliesIsAdmittedDeclaresAndOffers(t *testing.T) {
	on := newPlace(t).open()
	ctx := t.Context()
	_, err := on.CreateOffer(ctx, charity, "fctc", charityOffer("Before it applied"), "")
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields")

	content := cooperation.OrganisationContent{Name: "Health Fund", Sort: cooperation.NonGovernmental}
	for range 2 { // the same application again is the same
		if o, err := on.ApplyOrganisation(ctx, applicant, "fctc", "health-fund", content); err != nil || o.Version != 1 {
			t.Fatalf("%+v, %v", o, explain(err))
		}
	}
	content.Name = "Another one"
	_, err = on.ApplyOrganisation(ctx, applicant, "fctc", "health-fund", content)
	wantCode(t, err, cooperation.Conflict, "error.conflict.exists")
	_, err = on.ApplyOrganisation(ctx, charity, "fctc", "health-fund", cooperation.OrganisationContent{Name: "Health Fund", Sort: cooperation.NonGovernmental})
	wantCode(t, err, cooperation.Conflict, "error.conflict.exists")
	_, err = on.Organisation(focal, "fctc", "health-fund")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")

	o, err := on.CreateOffer(ctx, charity, "fctc", charityOffer("Advice"), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	_, err = on.SubmitOffer(ctx, charity, o.ID, 0, nil)
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields") // not admitted yet
	if _, err := on.AdmitOrganisation(ctx, secretary, "fctc", "health-fund", 1); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.SubmitOffer(ctx, charity, o.ID, 0, nil); err != nil {
		t.Fatal(explain(err))
	}
	_, err = on.AdmitOffer(ctx, secretary, o.ID, 0)
	wantCode(t, err, cooperation.State, "error.state.declaration")
	if _, err := on.Declare(ctx, charity, "fctc", "health-fund", 2, cooperation.Statement{Declaration: "no-tobacco-ties", Date: cooperation.DateOf(on.Now()), Office: "Director"}); err != nil {
		t.Fatal(explain(err))
	}
	if o, err = on.AdmitOffer(ctx, secretary, o.ID, 0); err != nil || o.Status != cooperation.OfferOpen {
		t.Fatalf("%+v, %v", o, explain(err))
	}
}

func TestAnOrganisationUnderOneConventionIsNoneUnderAnother(t *testing.T) {
	on := newPlace(t).open()
	admitted(t, on, "health-fund")
	_, err := on.Organisation(secretary, "apmbc", "health-fund")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.SuspendOrganisation(t.Context(), secretary, "apmbc", "health-fund", 0, "Why not.")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.SuspendOrganisation(t.Context(), secretary, "fctc", "health-fund", 1, "On an old version.")
	wantCode(t, err, cooperation.Conflict, "error.conflict.version")
}

func TestARunTakesTheProposalsOfASuspendedOrganisationBack(t *testing.T) {
	on := newPlace(t).open()
	ctx := t.Context()
	openNeed(t, on, "Smoke-free law")
	rows := []cooperation.ImportRow[cooperation.OfferContent]{{Line: 2, ExternalID: "o-1", Convention: "fctc", Content: charityOffer("Advice")}}
	if got, err := on.ImportOffers(ctx, secretary, rows, false); err != nil || got.Created != 1 {
		t.Fatalf("%+v, %v", got, explain(err))
	}
	run(t, on)
	if got := len(standing(t, on)); got != 1 {
		t.Fatalf("%d proposals stand, want 1", got)
	}
	if _, err := on.SuspendOrganisation(ctx, secretary, "fctc", "health-fund", 0, "Under inquiry."); err != nil {
		t.Fatal(explain(err))
	}
	if r := run(t, on); r.Run.Offers != 0 || len(standing(t, on)) != 0 {
		t.Errorf("the run looked at %d offers and left %d proposals", r.Run.Offers, len(standing(t, on)))
	}
	state, _ := on.State("fctc")
	o, _ := state.OfferByExternalID("o-1")
	if m, err := on.OfferMatches(secretary, o.ID, 10); err != nil || m.Report.Candidates != 0 || o.Status != cooperation.OfferOpen {
		t.Errorf("%d candidates for the offer, which is %s: %v", m.Report.Candidates, o.Status, explain(err))
	}
	if _, err := on.AdmitOrganisation(ctx, secretary, "fctc", "health-fund", 0); err != nil {
		t.Fatal(explain(err))
	}
	run(t, on)
	if got := len(standing(t, on)); got != 1 {
		t.Errorf("%d proposals stand after it was admitted again, want 1", got)
	}
}

func TestAnImportEntersTheOrganisationsThatItsRowsName(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	ctx := t.Context()
	row := func(line int, id string, provider cooperation.Participant, declarations ...string) cooperation.ImportRow[cooperation.OfferContent] {
		content := offerContent("Advice of " + id)
		content.Provider, content.Declarations = provider, declarations
		return cooperation.ImportRow[cooperation.OfferContent]{Line: line, ExternalID: id, Convention: "fctc", Content: content}
	}
	wrong := row(5, "o-4", "wrong-fund", "no-tobacco-ties")
	wrong.Content.Themes = []string{"fctc-art99"}
	rows := []cooperation.ImportRow[cooperation.OfferContent]{
		row(2, "o-1", "NO"), row(3, "o-2", "declared-fund", "no-tobacco-ties"), row(4, "o-3", "silent-fund"), wrong, row(6, "o-5", "declared-fund"),
	}
	for _, dry := range []bool{true, false} {
		got, err := on.ImportOffers(ctx, secretary, rows, dry)
		if err != nil || got.Created != 3 || len(got.Errors) != 2 {
			t.Fatalf("dry %v: %+v, %v", dry, got, explain(err))
		}
		if e := got.Errors[0]; e.Line != 4 || e.Err.Fields[0].Field != "declarations" {
			t.Errorf("a row without the declaration that is required is reported as %+v", e.Err)
		}
		if _, err := on.Organisation(secretary, "fctc", "declared-fund"); dry == (err == nil) {
			t.Errorf("dry %v: the organisation is known: %v", dry, err)
		}
	}
	for _, id := range []string{"silent-fund", "wrong-fund"} {
		_, err := on.Organisation(secretary, "fctc", id)
		wantCode(t, err, cooperation.NotFound, "error.not_found.document") // its row did not go in
	}
	position := on.Position("fctc")
	if got, err := on.ImportOffers(ctx, secretary, rows, false); err != nil || got.Unchanged != 3 || on.Position("fctc") != position {
		t.Errorf("again: %+v, %v; the log went from %d to %d", got, explain(err), position, on.Position("fctc"))
	}
	p.verify()
}

func TestARoleForAnOrganisationNeedsTheOrganisation(t *testing.T) {
	on := newPlace(t).open()
	u := cooperation.User{Name: "Desk officer", Language: "en", Grants: []cooperation.Grant{
		{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "NO"}, {Convention: "fctc", Role: cooperation.ProviderRole, Participant: "health-fund"}}}
	_, err := on.CreateUser(t.Context(), system, u)
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields")
	if e := new(cooperation.Error); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "grants[1].participant" {
		t.Errorf("the mistakes are %+v", e.Fields)
	}
	admitted(t, on, "health-fund")
	if _, err := on.CreateUser(t.Context(), system, u); err != nil {
		t.Error(explain(err))
	}
}

func TestAnOrganisationIsCalledByItsNameInTheReadersLanguage(t *testing.T) {
	on := newPlace(t).open()
	admitted(t, on, "health-fund")
	for lang, want := range map[string]string{"fr": "Fonds pour la santé", "ru": "Health Fund"} {
		if got, ok := on.Names("fctc").Name(message.Party, "health-fund", lang); !ok || got != want {
			t.Errorf("in %s it is called %q, want %q", lang, got, want)
		}
	}
}
