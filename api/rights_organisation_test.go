package api_test

import "strconv"

const inFCTC = "convention=fctc"

func organisationBody(id string) map[string]any {
	return map[string]any{"convention": "fctc", "id": id, "name": "Health Fund", "names": map[string]any{"fr": "Fonds pour la santé"}, "sort": "ngo", "seat": "KE"}
}

// applied makes an application of the observer.
func (i *installation) applied() string {
	i.t.Helper()
	i.made++
	id := "health-fund-" + strconv.Itoa(i.made)
	i.ask("observer", "POST", "/api/v1/organisations", organisationBody(id)).is(201)
	return id
}

// admittedOrganisation makes one that is admitted.
func (i *installation) admittedOrganisation() string {
	i.t.Helper()
	id := i.applied()
	i.ask("secretary", "POST", "/api/v1/organisations/"+id+"/admit?"+inFCTC, nil, "If-Match", "*").is(200)
	return id
}

const declaration = `{"declaration":"no-tobacco-ties","date":"2026-01-15","office":"Director"}`

// declared makes one that is admitted and has declared.
func (i *installation) declaredOrganisation() string {
	i.t.Helper()
	id := i.admittedOrganisation()
	i.ask("secretary", "POST", "/api/v1/organisations/"+id+"/declarations?"+inFCTC, declaration, "If-Match", "*").is(200)
	return id
}

// Whoever takes part in the convention applies for an organisation; until it
// is admitted it is there for him and the secretariat, which decides.
func (tables) Organisations(i *installation) []right {
	application, admitted := i.applied(), i.admittedOrganisation()
	content := without(organisationBody(""), "convention", "id")
	reason := `{"text":"The statutes are missing."}`
	fresh := func() any {
		i.made++
		return organisationBody("newcomer-" + strconv.Itoa(i.made))
	}
	return []right{
		{op: "listOrganisations", query: inFCTC, may: "200 others"},
		{op: "createOrganisation", body: fresh, may: "403 foreigner abroad administrator, 201 others"},
		{op: "getOrganisation", what: "admitted", id: admitted, query: inFCTC, may: "200 others"},
		{op: "getOrganisation", what: "application", id: application, query: inFCTC, may: "200 observer secretary, 404 others"},
		{op: "getOrganisation", what: "absent", id: nobody, query: inFCTC, may: "404 others"},
		{op: "replaceOrganisation", what: "application", id: application, query: inFCTC, body: content, may: "200 observer secretary, 404 others"},
		{op: "replaceOrganisation", what: "admitted", id: admitted, query: inFCTC, body: content, may: "200 secretary, 403 others"},
		{op: "admitOrganisation", fresh: i.applied, query: inFCTC, may: "200 secretary, 403 observer, 404 others"},
		{op: "refuseOrganisation", fresh: i.applied, query: inFCTC, body: reason, may: "200 secretary, 403 observer, 404 others"},
		{op: "suspendOrganisation", fresh: i.admittedOrganisation, query: inFCTC, body: reason, may: "200 secretary, 403 others"},
		{op: "withdrawOrganisation", what: "application", fresh: i.applied, query: inFCTC, body: reason, may: "200 observer secretary, 404 others"},
		{op: "withdrawOrganisation", what: "admitted", fresh: i.admittedOrganisation, query: inFCTC, body: reason, may: "200 secretary, 403 others"},
		{op: "declareOrganisation", what: "application", id: application, query: inFCTC, body: declaration, may: "200 observer secretary, 404 others"},
		{op: "declareOrganisation", what: "admitted", id: admitted, query: inFCTC, body: declaration, may: "200 secretary, 403 others"},
		{op: "withdrawDeclaration", fresh: func() string { return i.declaredOrganisation() + " no-tobacco-ties" }, query: inFCTC, may: "200 secretary, 403 others"},
	}
}
