package api_test

import (
	"bytes"
	"mime/multipart"
	"slices"
	"strings"
	"testing"
)

// The API once, as its people use it. Every answer is held against the
// description by ask. That no operation is left out is TestWhoMayDoWhat's to see.
func TestTheJourneyIsAnsweredAsDescribed(t *testing.T) {
	i := install(t)
	i.conventionsAreRead()
	i.organisationsLive()
	i.committeesAreNamed()
	i.activitiesRun()
	i.commitmentsAreKept()
	need := i.needLives()
	offer := i.offerLives()
	i.matcherRuns(need, offer)
	i.filesAreImported()
	i.filesAreAttached()
	i.recordsAreRead(need, offer)
	i.peopleComeAndGo()
	i.staffChanges()
	i.webhooksAreUsed()
	i.channelsAreUsed()
	i.templatesAreUsed()
	i.feedsAreRead()
	i.ask("", "GET", "/openapi.json", nil).is(200)
	i.ask("", "GET", "/healthz", nil).is(200)
	i.ask("", "GET", "/readyz", nil).is(200)
	i.ask("", "GET", "/metrics", nil).is(200)
}

func (i *installation) conventionsAreRead() {
	i.t.Helper()
	var list struct {
		Total int
		Items []struct{ ID, Name string }
	}
	i.ask("", "GET", "/api/v1/conventions", nil).is(200).into(&list)
	if list.Total != 4 || len(list.Items) != 4 {
		i.t.Fatalf("there are %d conventions", list.Total)
	}
	for _, c := range list.Items {
		i.ask("", "GET", "/api/v1/conventions/"+c.ID, nil).is(200)
		i.ask("", "GET", "/api/v1/conventions/"+c.ID+"/parties", nil).is(200)
		i.ask("", "GET", "/api/v1/themes?convention="+c.ID, nil).is(200)
		i.ask("", "GET", "/api/v1/committees?convention="+c.ID, nil).is(200)
	}
}

func (i *installation) needLives() (open string) {
	i.t.Helper()
	d := i.ask("focal", "POST", "/api/v1/needs", without(needBody("Smoke-free places"), "places")).is(201).document()
	at := "/api/v1/needs/" + d.ID
	if len(d.Missing) != 1 || d.Missing[0].Field != "places" || d.Labels.Status != "Draft" || d.Labels.Participants["AO"] != "Angola" {
		i.t.Errorf("the draft is told badly: %+v", d)
	}
	i.ask("focal", "PUT", at, without(needBody("Smoke-free public places"), "convention"), "If-Match", `"1"`).is(200)
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15"}}`, "If-Match", `"2"`).is(200)
	i.ask("secretary", "POST", at+"/return", `{"text":"Which law?"}`, "If-Match", `"3"`).is(200)
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15"}}`, "If-Match", `"4"`).is(200)
	d = i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"5"`).is(200).document()
	if d.Status != "open" || d.ValidUntil == "" {
		i.t.Fatalf("admitted, it is %+v", d)
	}
	i.ask("focal", "POST", at+"/reconfirm", nil, "If-Match", `"6"`).is(200)
	public := i.ask("", "GET", at, nil).is(200).document()
	if public.FocalPoint != nil || !slices.Contains(public.Withheld, "focal_point") {
		i.t.Errorf("the public sees the contact, or not that it is withheld: %+v", public)
	}
	copied := i.ask("focal", "POST", at+"/carry-over", nil).is(201).document()
	if copied.CarriedOver != d.ID || copied.Status != "draft" {
		i.t.Errorf("carried over, it is %+v", copied)
	}
	i.ask("focal", "POST", "/api/v1/needs/"+copied.ID+"/withdraw", `{}`, "If-Match", `"1"`).is(200)
	other := i.openNeed("To be closed")
	i.ask("secretary", "POST", "/api/v1/needs/"+other.ID+"/close", `{"reason":"timing"}`, "If-Match", `"3"`).is(200)
	var list struct {
		Total  int
		Facets map[string][]struct {
			Value, Label string
			Count        int
		}
	}
	i.ask("", "GET", "/api/v1/needs?convention=fctc&facets=true&status=open&theme=fctc-art8&country=AO&language=pt-BR&q=places&sort=relevance", nil).is(200).into(&list)
	if list.Total != 1 || len(list.Facets["status"]) == 0 || list.Facets["theme"][0].Label == "" {
		i.t.Errorf("the list is %+v", list)
	}
	return d.ID
}

func (i *installation) offerLives() (open string) {
	i.t.Helper()
	d := i.ask("provider", "POST", "/api/v1/offers", offerBody("Drafting")).is(201).document()
	at := "/api/v1/offers/" + d.ID
	i.ask("provider", "PUT", at, without(offerBody("Drafting of laws"), "convention"), "If-Match", `"1"`).is(200)
	i.ask("provider", "POST", at+"/submit", nil, "If-Match", `"2"`).is(200)
	i.ask("secretary", "POST", at+"/return", `{"text":"For whom?"}`, "If-Match", `"3"`).is(200)
	i.ask("sponsor", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15"}}`, "If-Match", `"4"`).is(200)
	i.ask("secretary", "POST", at+"/admit", nil, "If-Match", `"5"`).is(200)
	i.ask("provider", "POST", at+"/reconfirm", `{}`, "If-Match", `"6"`).is(200)
	i.ask("", "GET", at, nil).is(200)
	copied := i.ask("provider", "POST", at+"/carry-over", nil).is(201).document()
	i.ask("provider", "POST", "/api/v1/offers/"+copied.ID+"/withdraw", nil, "If-Match", `"1"`).is(200)
	other := i.openOffer("To be closed")
	i.ask("provider", "POST", "/api/v1/offers/"+other.ID+"/close", nil, "If-Match", `"3"`).is(200)
	i.ask("", "GET", "/api/v1/offers?convention=fctc&facets=true&status=open&currency=USD&amount_from=1.00", nil).is(200)
	return d.ID
}

func (i *installation) matcherRuns(need, offer string) {
	i.t.Helper()
	type part struct {
		Name, Label, Sentence string
		Points                int64
	}
	var ranking struct {
		Candidates int
		Matches    []struct {
			Offer struct{ ID, Title string }
			Score int64
			Parts []part
		}
		Filtered []struct {
			Reason, Label, Sentence string
			Count                   int
		}
	}
	unfit := offerBody("Training of lawyers")
	unfit["kinds"] = []any{map[string]any{"kind": "training"}}
	i.opened(unfit)
	i.ask("focal", "GET", "/api/v1/needs/"+need+"/matches", nil).is(200).into(&ranking)
	if ranking.Candidates != 1 || len(ranking.Matches) != 1 || ranking.Matches[0].Offer.ID != offer || ranking.Matches[0].Offer.Title == "" {
		i.t.Fatalf("the ranking is %+v", ranking)
	}
	var sum int64
	for _, p := range ranking.Matches[0].Parts {
		if sum += p.Points; p.Label == "" || p.Sentence == "" {
			i.t.Errorf("part without words: %+v", p)
		}
	}
	if sum != ranking.Matches[0].Score || len(ranking.Filtered) == 0 || ranking.Filtered[0].Sentence == "" {
		i.t.Errorf("points add up to %d, the report is %+v", sum, ranking)
	}
	i.ask("provider", "GET", "/api/v1/offers/"+offer+"/matches?limit=5", nil).is(200)

	run := i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	i.ask("secretary", "GET", run.Header.Get("Location"), nil).is(200)
	i.ask("member", "GET", "/api/v1/runs?convention=fctc", nil).is(200)
	var proposals struct {
		Items []struct {
			ID    string
			Score int64
			Need  struct{ ID, Title string }
		}
	}
	i.ask("focal", "GET", "/api/v1/proposals?convention=fctc&status=proposed&need="+need+"&offer="+offer, nil).is(200).into(&proposals)
	if len(proposals.Items) != 1 || proposals.Items[0].Need.Title == "" || proposals.Items[0].Score != sum {
		i.t.Fatalf("the proposals are %+v", proposals)
	}
	i.ask("provider", "GET", "/api/v1/proposals/"+proposals.Items[0].ID, nil).is(200)

	var told struct {
		Total, Unread int
		Items         []struct{ ID, Subject, Read string }
	}
	i.ask("secretary", "GET", "/api/v1/notifications", nil).is(200).into(&told)
	if told.Total == 0 || told.Unread != told.Total || told.Items[0].Subject == "" {
		i.t.Fatalf("the secretariat was told %+v", told)
	}
	for range 2 {
		i.ask("secretary", "POST", "/api/v1/notifications/"+told.Items[0].ID+"/read", nil).is(200)
	}
	all := told.Total
	i.ask("secretary", "GET", "/api/v1/notifications?convention=fctc&unread=true", nil).is(200).into(&told)
	if told.Total != all-1 {
		i.t.Errorf("%d of %d are unread after one was read", told.Total, all)
	}
}

const csvNeeds = "external_id,convention,beneficiary,title,problem,themes,kinds,languages,source\n" +
	"row-1,fctc,AO,Help with cessation,,fctc-art14,training,pt en,report 2024\n" +
	"row-2,fctc,XX,Help with taxes,,fctc-art6,expertise,en,report 2024\n"

func (i *installation) filesAreImported() {
	i.t.Helper()
	type report struct {
		DryRun                            bool `json:"dry_run"`
		Rows, Created, Changed, Unchanged int
		Errors                            []struct {
			Line        int
			Column, Key string
			ExternalID  string `json:"external_id"`
			Detail      string
		}
	}
	var dry, first, again report
	i.ask("secretary", "POST", "/api/v1/imports/needs?dry_run=true", csvNeeds, "Content-Type", "text/csv").is(200).into(&dry)
	i.ask("secretary", "POST", "/api/v1/imports/needs", csvNeeds, "Content-Type", "text/csv; charset=utf-8").is(200).into(&first)
	i.ask("secretary", "POST", "/api/v1/imports/needs", csvNeeds, "Content-Type", "text/csv").is(200).into(&again)
	if !dry.DryRun || dry.Rows != 2 || dry.Created != 1 || first.Created != 1 || again.Created != 0 || again.Unchanged != 1 {
		i.t.Errorf("imports did %+v, %+v, %+v", dry, first, again)
	}
	if len(first.Errors) != 1 || first.Errors[0].Line != 3 || first.Errors[0].Column != "beneficiary" || !strings.Contains(first.Errors[0].Detail, "XX") {
		i.t.Errorf("the bad row is reported as %+v", first.Errors)
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	file, err := w.CreateFormFile("file", "offers.csv")
	if err != nil {
		i.t.Fatal(err)
	}
	if _, err := file.Write([]byte("external_id,convention,provider,title,themes,kinds,languages\nrow-9,fctc,NO,Taxes,fctc-art6,expertise,en\n")); err != nil {
		i.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		i.t.Fatal(err)
	}
	i.ask("secretary", "POST", "/api/v1/imports/offers", &form, "Content-Type", w.FormDataContentType()).is(200).into(&first)
	if first.Created != 1 {
		i.t.Errorf("the form did %+v", first)
	}
	bad := csvActivities + "row-y,fctc,AO,AO,Courses,fctc-art8,training\n"
	first = report{}
	i.ask("secretary", "POST", "/api/v1/imports/activities", bad, "Content-Type", "text/csv").is(200).into(&first)
	if first.Created != 1 || len(first.Errors) != 1 || first.Errors[0].Line != 3 || first.Errors[0].Column != "providers" {
		i.t.Errorf("the import of activities did %+v", first)
	}
}
