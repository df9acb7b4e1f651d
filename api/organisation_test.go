package api_test

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

// organisationAnswer is what tests read of an organisation.
type organisationAnswer struct {
	ID, Status, Name string
	Missing          []string
	Declarations     []struct{ Declaration, Office, By string }
	Decision         *struct{ Text string }
	Labels           struct{ Name, Status, Sort, Seat string }
}

func (a *answer) organisation() organisationAnswer {
	a.t.Helper()
	var o organisationAnswer
	a.into(&o)
	return o
}

// join makes a person of the convention with a token, named in the tests.
func (i *installation) join(name string, grants ...cooperation.Grant) {
	i.t.Helper()
	operator := cooperation.System("test")
	u, err := i.platform.CreateUser(i.t.Context(), operator, cooperation.User{Name: name, Language: "en", Grants: grants})
	if err != nil {
		i.t.Fatal(err)
	}
	i.users[name] = u.ID
	i.tokens[name], _ = i.token(name, "write", time.Hour)
}

// organisationsLive walks the operations on organisations.
func (i *installation) organisationsLive() {
	i.t.Helper()
	made := i.ask("observer", "POST", "/api/v1/organisations", organisationBody("health-fund")).is(201)
	if at := made.Header.Get("Location"); at != "/api/v1/organisations/health-fund?convention=fctc" {
		i.t.Errorf("it is at %q", at)
	}
	o := i.ask("observer", "GET", made.Header.Get("Location"), nil, "Accept-Language", "fr").is(200).organisation()
	if o.Status != "applied" || o.Labels.Name != "Fonds pour la santé" || o.Labels.Seat != "Kenya" || o.Labels.Status != "Demande reçue" ||
		len(o.Missing) != 1 || o.Missing[0] != "no-tobacco-ties" {
		i.t.Errorf("the application is %+v", o)
	}
	at := func(command string) string { return "/api/v1/organisations/health-fund" + command + "?" + inFCTC }
	i.ask("observer", "PUT", at(""), without(organisationBody(""), "convention", "id"), "If-Match", `"1"`).is(200)
	i.ask("secretary", "POST", at("/refuse"), `{"text":"The statutes are missing."}`, "If-Match", `"2"`).is(200)
	if o = i.ask("observer", "GET", at(""), nil).is(200).organisation(); o.Decision == nil || o.Decision.Text == "" {
		i.t.Errorf("the applicant is not told why: %+v", o)
	}
	i.ask("secretary", "POST", at("/admit"), nil, "If-Match", `"3"`).is(200)
	i.join("charity", cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "health-fund"})
	o = i.ask("charity", "POST", at("/declarations"), declaration, "If-Match", `"4"`).is(200).organisation()
	if len(o.Missing) != 0 || len(o.Declarations) != 1 || o.Declarations[0].By == "" {
		i.t.Errorf("declared, it is %+v", o)
	}
	if o = i.ask("", "GET", at(""), nil).is(200).organisation(); o.Declarations[0].By != "" || o.Declarations[0].Office != "Director" {
		i.t.Errorf("the public sees of the declaration %+v", o.Declarations)
	}
	i.ask("secretary", "POST", at("/suspend"), `{"text":"Under inquiry."}`, "If-Match", `"5"`).is(200)
	i.ask("secretary", "POST", at("/admit"), nil, "If-Match", `"6"`).is(200)
	i.ask("charity", "POST", at("/declarations/no-tobacco-ties/withdraw"), `{}`, "If-Match", `"7"`).is(200)
	i.ask("charity", "POST", at("/withdraw"), nil, "If-Match", `"8"`).is(200)
	var list struct {
		Total int
		Items []organisationAnswer
	}
	i.ask("", "GET", "/api/v1/organisations?convention=fctc&status=withdrawn&sort=ngo&q=fund", nil).is(200).into(&list)
	if list.Total != 1 || list.Items[0].ID != "health-fund" {
		i.t.Errorf("the list is %+v", list)
	}
}

// The admission of an offer waits for the organisation, and says for what.
func TestAnOfferOfAnOrganisationIsAdmittedWhenItHasDeclared(t *testing.T) {
	i := install(t)
	id := i.admittedOrganisation()
	i.join("charity", cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: cooperation.Participant(id)})
	body := offerBody("Advice")
	body["provider"], body["declarations"] = id, []string{"no-tobacco-ties"}
	d := i.ask("charity", "POST", "/api/v1/offers", body).is(201).document()
	if d.Labels.Participants[id] != "Health Fund" {
		t.Errorf("the provider is labelled %q", d.Labels.Participants[id])
	}
	i.ask("charity", "POST", "/api/v1/offers/"+d.ID+"/submit", nil, "If-Match", `"1"`).is(200)
	p := i.ask("secretary", "POST", "/api/v1/offers/"+d.ID+"/admit", nil, "If-Match", `"2"`).problem(409, "error.state.declaration")
	if !strings.Contains(p.Detail, "Health Fund") || !strings.Contains(p.Detail, "no-tobacco-ties") {
		t.Errorf("it is told as %q", p.Detail)
	}
	i.ask("charity", "POST", "/api/v1/organisations/"+id+"/declarations?"+inFCTC, declaration, "If-Match", "*").is(200)
	i.ask("secretary", "POST", "/api/v1/offers/"+d.ID+"/admit", nil, "If-Match", `"2"`).is(200)
}

func TestAnOrganisationThatAppliedIsLikeOneThatIsNotThere(t *testing.T) {
	i := install(t)
	id := i.applied()
	for _, who := range []string{"", "focal", "member", "administrator", "foreigner"} {
		hidden := i.ask(who, "GET", "/api/v1/organisations/"+id+"?"+inFCTC, nil, "X-Request-Id", "00000000000000000000000000").is(404)
		absent := i.ask(who, "GET", "/api/v1/organisations/"+nobody+"?"+inFCTC, nil, "X-Request-Id", "00000000000000000000000000").is(404)
		if string(hidden.Body) != string(absent.Body) {
			t.Errorf("%q may tell: %s %s", who, hidden.Body, absent.Body)
		}
	}
	body := offerBody("With a partner that nobody knows of")
	body["excluded"] = []string{id, "nobody-knows"}
	p := i.ask("provider", "POST", "/api/v1/offers", body).problem(422, "error.invalid.fields")
	if len(p.Fields) != 2 || p.Fields[0].Key != p.Fields[1].Key {
		t.Errorf("a posting may be used to tell: %+v", p.Fields)
	}
}
