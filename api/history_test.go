package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// record is what a history says of a version.
type record struct {
	Version  uint64
	Position uint64
	Time     time.Time
	Status   string
	Label    string `json:"status_label"`
	Command  string
	Actor    string
	Name     string `json:"actor_name"`
	Changes  []struct {
		Path, Label   string
		Before, After any
		Withheld      bool
	}
}

type records struct {
	Items []record
	Next  string
}

func TestAHistoryTellsWhoDidWhatWhenAndWhatItChanged(t *testing.T) {
	i := install(t)
	n := i.openNeed("A title")
	content := without(needBody("Another title"), "convention")
	i.ask("approver", "PUT", "/api/v1/needs/"+n.ID, content, "If-Match", "*").is(200)
	path := "/api/v1/needs/" + n.ID + "/history"

	var whole records
	a := i.ask("secretary", "GET", path, nil).is(200)
	a.into(&whole)
	if !strings.HasPrefix(a.Header.Get("X-Entente-Position"), "fctc:") {
		t.Errorf("the position is %q", a.Header.Get("X-Entente-Position"))
	}
	last := whole.Items[0]
	if last.Version != 4 || last.Command != "need.replace" || last.Actor == "" || last.Name != "approver" || last.Label != "Open" {
		t.Errorf("the last version is %+v", last)
	}
	found := false
	for _, c := range last.Changes {
		found = found || c.Path == "title" && c.Label == "Title" && c.Before == "A title" && c.After == "Another title"
	}
	if !found {
		t.Errorf("the change of the title is not in %+v", last.Changes)
	}

	var own records
	i.ask("focal", "GET", path, nil).is(200).into(&own)
	if len(own.Items) != 4 || own.Items[0].Actor == "" || own.Items[0].Name != "" {
		t.Errorf("the State reads %+v", own.Items)
	}
	var public records
	body := i.ask("", "GET", path, nil, "Accept-Language", "fr").is(200)
	body.into(&public)
	if len(public.Items) != 1 || public.Items[0].Status != "open" || public.Items[0].Command != "" || public.Items[0].Changes != nil || public.Items[0].Label == "Open" {
		t.Errorf("the public reads %s", body.Body)
	}

	var first, rest records
	i.ask("focal", "GET", path+"?limit=3", nil).is(200).into(&first)
	i.ask("focal", "GET", path+"?limit=3&cursor="+first.Next, nil).is(200).into(&rest)
	if len(first.Items) != 3 || len(rest.Items) != 1 || rest.Items[0].Version != 1 || rest.Next != "" {
		t.Errorf("the pages hold %+v and %+v", first, rest)
	}
	i.ask("focal", "GET", path+"?cursor=x", nil).is(400)
}

func TestADocumentIsReadAsItWasAtATimeOrAPosition(t *testing.T) {
	i := install(t)
	n, o := i.openNeed("A need"), i.openOffer("An offer")
	run := i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201).document()
	var pairs struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc", nil).is(200).into(&pairs)
	position := strconv.FormatUint(i.platform.Position("fctc"), 10)
	i.ask("focal", "POST", "/api/v1/needs/"+n.ID+"/withdraw", nil, "If-Match", "*").is(200)
	i.ask("provider", "POST", "/api/v1/offers/"+o.ID+"/withdraw", nil, "If-Match", "*").is(200)
	i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	for path, status := range map[string]string{"/api/v1/needs/" + n.ID: "open", "/api/v1/offers/" + o.ID: "open", "/api/v1/proposals/" + pairs.Items[0].ID: "proposed", "/api/v1/runs/" + run.ID: ""} {
		a := i.ask("secretary", "GET", path+"?at="+position, nil).is(200)
		var then struct{ Status string }
		a.into(&then)
		if then.Status != status {
			t.Errorf("%s was %q and not %q", path, then.Status, status)
		}
		i.ask("secretary", "GET", path+"?at=2001-01-01T00:00:00Z", nil).is(404)
		i.ask("secretary", "GET", path+"?at=2201-01-01T00:00:00%2B02:00", nil).is(400)
		i.ask("secretary", "GET", path+"?at=999999", nil).is(400)
		i.ask("secretary", "GET", path+"?at=yesterday", nil).is(400)
		i.ask("secretary", "GET", path+"?at=2026-13-41T00:00:00Z", nil).is(400)
		if strings.Contains(path, "proposals") {
			continue
		}
		if tag := a.Header.Get("ETag"); i.ask("secretary", "GET", path+"?at="+position, nil, "If-None-Match", tag).Status != 304 {
			t.Errorf("%s: the version %s is sent again", path, tag)
		}
	}
	i.ask("", "GET", "/api/v1/needs/"+n.ID+"?at="+position, nil).is(200)
	i.ask("", "GET", "/api/v1/needs/"+n.ID+"?at=1", nil).is(404) // it was a draft
}

// recordsAreRead walks what is read of the past and of the whole.
func (i *installation) recordsAreRead(need, offer string) {
	i.t.Helper()
	var runs, proposals struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/runs?convention=fctc", nil).is(200).into(&runs)
	i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc", nil).is(200).into(&proposals)
	for _, path := range []string{"needs/" + need, "offers/" + offer, "runs/" + runs.Items[0].ID, "proposals/" + proposals.Items[0].ID} {
		i.ask("secretary", "GET", "/api/v1/"+path+"/history", nil).is(200)
	}
	i.ask("secretary", "GET", "/api/v1/organisations/"+i.admittedOrganisation()+"/history?"+inFCTC, nil).is(200)
	for _, kind := range []string{"needs", "offers", "proposals"} {
		i.ask("secretary", "GET", "/api/v1/exports/"+kind+"?convention=fctc", nil).is(200)
	}
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc", nil).is(200)
	i.ask("administrator", "GET", "/api/v1/audit/accounts", nil).is(200)
	i.ask("", "GET", "/api/v1/statistics?convention=fctc", nil).is(200)
	i.ask("", "GET", "/api/v1/search?convention=fctc&q=drafting", nil).is(200)
}

func TestTheHistoryOfAnOrganisationIsThatOfItsConvention(t *testing.T) {
	i := install(t)
	id := i.admittedOrganisation()
	path := "/api/v1/organisations/" + id
	var whole, public records
	i.ask("secretary", "GET", path+"/history?"+inFCTC, nil).is(200).into(&whole)
	i.ask("", "GET", path+"/history?"+inFCTC, nil).is(200).into(&public)
	if len(whole.Items) != 2 || whole.Items[0].Status != "admitted" || whole.Items[0].Command == "" || len(whole.Items[0].Changes) == 0 {
		t.Errorf("the secretariat reads %+v", whole.Items)
	}
	if len(public.Items) != 1 || public.Items[0].Status != "admitted" || public.Items[0].Command != "" {
		t.Errorf("the public reads %+v", public.Items)
	}
	first := strconv.FormatUint(whole.Items[1].Position, 10)
	i.ask("secretary", "GET", path+"?"+inFCTC+"&at="+first, nil).is(200)
	i.ask("", "GET", path+"?"+inFCTC+"&at="+first, nil).is(404) // it had not been admitted
	i.ask("", "GET", path+"/history?convention=apmbc", nil).is(404)
}
