package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

// partnered writes a partnership of Angola with Norway, and takes it through
// steps.
func (i *installation) partnered(steps ...string) string {
	i.t.Helper()
	need, offer := i.openNeed("A law").ID, i.opened(offerBody("Advisers")).ID
	state, _ := i.platform.State("fctc")
	n, _ := state.Need(need)
	o, _ := state.Offer(offer)
	own, theirs := *n, *o
	q := &cooperation.Proposal{Need: need, Offers: []string{offer}, Status: cooperation.Introduced, Proposed: i.clock(), Introduced: i.clock(), IntroducedBy: cooperation.ByInterest}
	q.Schema, q.ID, q.Convention, q.Version, q.Created, q.Updated = cooperation.Schema, cooperation.ProposalID("fctc", need, offer), "fctc", 1, i.clock().UTC(), i.clock().UTC()
	terms := cooperation.PartnershipTerms{Milestones: []cooperation.Milestone{{Title: "A bill", Due: cooperation.DateOf(i.clock())}},
		Providers: []cooperation.Share{{Offer: offer, Provider: "NO", Lead: true, Kinds: o.KindList()}}}
	w, err := cooperation.FormPartnership(cooperation.DerivedID("partnership", q.ID), q, &cooperation.Sides{Need: &own, Offers: []*cooperation.Offer{&theirs}}, terms, cooperation.System("test"), i.clock())
	if err != nil {
		i.t.Fatal(err)
	}
	i.write(version("need", need, own.Version, &own), version("offer", offer, theirs.Version, &theirs), version("proposal", q.ID, q.Version, q), version("partnership", w.ID, w.Version, w))
	at := "/api/v1/partnerships/" + w.ID
	for _, step := range steps {
		switch step {
		case "begin":
			i.ask("focal", "POST", at+"/begin", fmt.Sprintf(`{"on":%q}`, i.clock().AddDate(0, 0, -80).Format(time.DateOnly)), "If-Match", "*").is(200)
		case "pay":
			i.ask("provider", "POST", at+"/disbursements", `{"share":1,"sort":"paid","amount":{"amount":"10","currency":"USD"},"on":"2025-02-01","text":"Transfer 1"}`, "If-Match", "*").is(200)
		case "complete":
			i.ask("provider", "POST", at+"/complete", `{}`, "If-Match", "*").is(200)
		case "draft":
			i.ask("provider", "POST", at+"/lessons", `{"text":"Draft early."}`, "If-Match", "*").is(200)
		}
	}
	return w.ID
}

func version(kind, id string, number uint64, document any) store.Version {
	body, err := json.Marshal(document)
	if err != nil {
		panic(err)
	}
	return store.Version{Kind: kind, ID: id, Number: number, Schema: cooperation.Schema, Body: body}
}

// write commits documents as another process would, and lets the platform take
// them over.
func (i *installation) write(versions ...store.Version) {
	i.t.Helper()
	s := i.platform.Store()
	number, hash, err := s.Head(i.t.Context(), "fctc")
	if err != nil {
		i.t.Fatal(err)
	}
	c := store.Commit{Log: "fctc", Number: number + 1, ID: versions[0].ID, Command: "test.write", Actor: "test", Time: i.clock(), Versions: versions}
	store.Seal(hash, &c)
	if _, err := s.Append(i.t.Context(), "fctc", []store.Commit{c}); err != nil {
		i.t.Fatal(err)
	}
	i.draftNeed() // whoever writes has read what is there
}

// The partners write, both sides and the secretariat read; to others there is
// nothing.
func (tables) Deliveries(i *installation) []right {
	fresh := func(steps ...string) func() string { return func() string { return i.partnered(steps...) } }
	begun := i.partnered("begin", "draft") // for what may be done again and again
	cleared := i.partnered("begin", "draft")
	const writes = "200 focal approver provider sponsor, 403 secretary, 404 others"
	return []right{
		{op: "getPartnershipDelivery", id: begun, may: "200 focal approver reader provider sponsor secretary, 404 others"},
		{op: "getPartnershipDelivery", what: "absent", id: nobody, may: "404 others"},
		{op: "beginPartnership", fresh: fresh(), may: writes},
		{op: "reportMilestone", id: begun, body: `{"milestone":1,"done":"2025-03-01"}`, may: writes},
		{op: "recordDisbursement", id: begun, body: `{"share":1,"sort":"committed","amount":{"amount":"10","currency":"USD"},"on":"2025-02-01","text":"Decision 1"}`,
			may: "200 provider sponsor, 403 focal approver secretary, 404 others"},
		{op: "correctDisbursement", fresh: fresh("begin", "pay"), body: `{"number":1,"text":"Returned."}`, may: "200 provider sponsor, 403 focal approver secretary, 404 others"},
		{op: "reportDeviation", id: begun, body: `{"aspect":"scope","text":"Fewer articles."}`, may: writes},
		{op: "followUpPartnership", id: begun, body: `{"course":"delayed","text":"Elections."}`, may: writes},
		{op: "statePartnershipOrigin", id: begun, body: `{"origin":"under_way","link":"https://example.org/note"}`, may: writes},
		{op: "completePartnership", fresh: fresh("begin"), body: `{"text":"Done."}`, may: writes},
		{op: "confirmPartnership", fresh: fresh("begin", "complete"), may: writes},
		{op: "stopPartnership", fresh: fresh("begin"), body: `{"reason":"timing"}`, may: writes},
		{op: "giveFeedback", fresh: fresh("begin"), body: `{"rating":3}`, may: writes},
		{op: "draftLessons", id: begun, body: `{"text":"Draft early."}`, may: writes},
		{op: "clearLessons", id: cleared, body: `{"draft":1}`, may: writes},
		{op: "listLessons", query: inFCTC, may: "200 others"},
	}
}

// From the beginning to lessons that everybody reads.
func TestAPartnershipIsDeliveredThroughTheInterface(t *testing.T) {
	i := install(t)
	id := i.partnered("begin", "pay", "draft")
	at := "/api/v1/partnerships/" + id
	if file := string(i.ask("", "GET", "/api/v1/data/fctc/iati.xml", nil).is(200).Body); !strings.Contains(file, "<iati-identifier>ENTENTE-FCTC-"+id+"</iati-identifier>") || strings.Contains(file, "@example.org") {
		t.Errorf("in the form of IATI it is %s", file)
	}
	type partner struct{ Participant struct{ ID, Name string } }
	var shown struct {
		Version                      int
		Status, Label, Origin, Begun string
		Partners                     []partner
		Money                        []struct{ Currency, Pledged, Committed, Paid string }
		Milestones                   []struct{ Late bool }
		Disbursements                []struct {
			Label string
			Entry struct{ By string }
		}
		Questions []struct {
			Months   int
			Answered []partner
		}
		FollowUps []struct{ Label string } `json:"follow_ups"`
		Stated    struct{ Waiting []partner }
		Feedback  []struct{ Rating int }
		Lessons   struct {
			Draft   int
			Waiting []partner
			Shared  struct{ Public bool }
		}
	}
	i.ask("focal", "POST", at+"/follow-ups", `{"course":"on_track","text":"The bill is drafted."}`, "If-Match", `"3"`).problem(412, "error.conflict.version")
	i.ask("focal", "POST", at+"/follow-ups", `{"course":"on_track","text":"The bill is drafted."}`, "If-Match", `"4"`).is(200)
	i.ask("focal", "POST", at+"/lessons/clear", `{"draft":1,"public":true}`, "If-Match", "*").is(200)
	i.ask("sponsor", "POST", at+"/feedback", `{"rating":5,"text":"Well prepared."}`, "If-Match", "*").is(200)
	i.ask("sponsor", "POST", at+"/feedback", `{"rating":1}`, "If-Match", "*").problem(409, "error.conflict.feedback")
	i.ask("approver", "POST", at+"/origin", `{"origin":"facilitated","text":"Met here."}`, "If-Match", "*").is(200)
	i.ask("provider", "POST", at+"/complete", `{"delivered":[{"share":1,"kinds":["research"]}]}`, "If-Match", "*").is(422)
	i.ask("provider", "POST", at+"/complete", `{"delivered":[{"share":2,"quantity":1}]}`, "If-Match", "*").is(422)
	i.ask("provider", "POST", at+"/complete", `{"text":"All of it."}`, "If-Match", "*").is(200)
	i.ask("focal", "GET", at+"/delivery", nil, "Accept-Language", "fr").is(200).into(&shown)
	if shown.Status != "active" || shown.Label != "En cours" || len(shown.Partners) != 2 || shown.Partners[1].Participant.Name != "Norvège" || shown.Money[0].Paid != "10.00" || shown.Money[0].Committed != "0.00" ||
		shown.Disbursements[0].Label != "Versé" || shown.Disbursements[0].Entry.By != "" || shown.FollowUps[0].Label != "Conforme au plan" || len(shown.Questions) != 3 || len(shown.Questions[0].Answered) != 1 ||
		len(shown.Stated.Waiting) != 1 || shown.Stated.Waiting[0].Participant.ID != "AO" || shown.Origin != "facilitated" || len(shown.Feedback) != 0 || len(shown.Lessons.Waiting) != 0 {
		t.Errorf("one side reads %+v", shown)
	}
	i.ask("secretary", "GET", at+"/delivery", nil).is(200).into(&shown)
	if len(shown.Feedback) != 1 || shown.Disbursements[0].Entry.By == "" {
		t.Errorf("the secretariat reads %+v", shown)
	}
	i.ask("secretary", "GET", at+"/delivery", nil, "If-None-Match", fmt.Sprintf("%q", fmt.Sprint(shown.Version))).is(304)
	var lessons struct {
		Total int
		Items []struct {
			Text     string
			Partners []partner
			Themes   []struct{ ID string }
		}
	}
	const list = "/api/v1/lessons?convention=fctc"
	if i.ask("", "GET", list, nil).is(200).into(&lessons); lessons.Total != 0 {
		t.Errorf("of lessons that one has cleared for the Parties only the public reads %+v", lessons)
	}
	if i.ask("neighbour", "GET", list+"&theme=fctc-art8&region=002", nil).is(200).into(&lessons); lessons.Total != 1 || lessons.Items[0].Text != "Draft early." || len(lessons.Items[0].Partners) != 2 {
		t.Errorf("another Party reads %+v", lessons)
	}
	i.ask("provider", "POST", at+"/lessons/clear", `{"draft":1,"public":true}`, "If-Match", "*").is(200)
	if i.ask("", "GET", list, nil).is(200).into(&lessons); lessons.Total != 1 {
		t.Errorf("the public reads %+v", lessons)
	}
	i.ask("approver", "POST", at+"/confirm", nil, "If-Match", "*").is(200)
	var need struct{ Status string }
	state, _ := i.platform.State("fctc")
	w, _ := state.Partnership(id)
	if i.ask("focal", "GET", "/api/v1/needs/"+w.Need, nil).is(200).into(&need); need.Status != "met" {
		t.Errorf("what was delivered leaves the need %s", need.Status)
	}
	var figures struct {
		Steps        struct{ Endorsed, Introduced, Agreed, Delivered int }
		Partnerships struct{ Facilitated int }
		Ratings      []any
	}
	if i.ask("secretary", "GET", "/api/v1/statistics?convention=fctc", nil).is(200).into(&figures); figures.Steps.Endorsed != 0 || figures.Steps.Introduced != 1 || figures.Steps.Delivered != 1 || figures.Partnerships.Facilitated != 1 || len(figures.Ratings) != 0 {
		t.Errorf("the figures are %+v", figures)
	}
	if _, err := i.platform.Tick(t.Context(), "fctc"); err != nil {
		t.Error(err)
	}
	clocks, _, _, err := i.platform.Clocks(cooperation.ActorOf(mustUser(i, "provider"), true), "fctc", platform.ClockQuery{Kinds: []cooperation.ClockKind{cooperation.FollowUpClock}})
	if err != nil || len(clocks) != 1 || clocks[0].Document != "partnership/"+id {
		t.Errorf("what lasts is asked of the provider with %+v, %v", clocks, err)
	}
}

func mustUser(i *installation, name string) *cooperation.User {
	i.t.Helper()
	u, ok := i.platform.User(i.users[name])
	if !ok {
		i.t.Fatal("nobody is called " + name)
	}
	return u
}
