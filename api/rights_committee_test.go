package api_test

import (
	"strings"
	"testing"
	"time"
)

const reviewTerm = `{"country":"ZM","from":"2023-01-01","until":"2024-12-31","as":["affected"],"seat":"afro"}`

// namedTerm names a member and says where it stands.
func (i *installation) namedTerm() string {
	i.t.Helper()
	i.ask("secretary", "POST", "/api/v1/committees/bureau/terms?"+inFCTC, reviewTerm, "If-Match", "*").is(200)
	return "bureau 1"
}

// What is named is open; naming is the secretariat's.
func (tables) Committees(i *installation) []right {
	i.namedTerm()
	i.ask("secretary", "DELETE", "/api/v1/committees/bureau/terms/1?"+inFCTC, nil, "If-Match", "*").is(200)
	once := func(path string) func() string {
		return func() string { // the only entry of its list
			for i.ask("secretary", "DELETE", "/api/v1/committees/bureau/"+path+"/1?"+inFCTC, nil, "If-Match", "*").Status == 200 {
				continue
			}
			return "bureau"
		}
	}
	elect := func() string { // the member whom the chair has to be
		once("terms")()
		i.namedTerm()
		return "bureau"
	}
	chair := func() string {
		elect()
		i.ask("secretary", "POST", "/api/v1/committees/bureau/chairs?"+inFCTC, `{"country":"ZM","from":"2023-01-01","until":"2023-12-31"}`, "If-Match", "*").is(200)
		return "bureau 1"
	}
	term := func() string { once("terms")(); return i.namedTerm() }
	const designated, invited = `{"country":"CO","from":"2021-01-01","until":"2021-06-30"}`, `{"participant":"KE","from":"2021-01-01","until":"2021-06-30"}`
	at := func(step string) string { return "/api/v1/committees/enhancement" + step + "?convention=apmbc" }
	none := func(list string) func() string {
		return func() string {
			for i.ask("foreigner", "DELETE", at("/"+list+"/1"), nil, "If-Match", "*").Status == 200 {
				continue
			}
			return "enhancement"
		}
	}
	one := func(list, body string) func() string {
		return func() string {
			none(list)()
			i.ask("foreigner", "POST", at("/"+list), body, "If-Match", "*").is(200)
			return "enhancement 1"
		}
	}
	return []right{
		{op: "getCommittee", id: "bureau", query: inFCTC, may: "200 others"},
		{op: "getCommittee", what: "absent", id: nobody, query: inFCTC, may: "404 others"},
		{op: "nameMember", fresh: once("terms"), query: inFCTC, body: reviewTerm, may: "200 secretary, 403 others"},
		{op: "replaceMember", fresh: term, query: inFCTC, body: reviewTerm, may: "200 secretary, 403 others"},
		{op: "removeMember", fresh: term, query: inFCTC, may: "200 secretary, 403 others"},
		{op: "nameChair", fresh: elect, query: inFCTC, body: `{"country":"ZM","from":"2023-01-01","until":"2023-12-31"}`, may: "200 secretary, 403 others"},
		{op: "removeChair", fresh: chair, query: inFCTC, may: "200 secretary, 403 others"},
		{op: "nameAdviser", fresh: none("advisers"), query: "convention=apmbc", body: designated, may: "200 foreigner abroad, 403 others"},
		{op: "removeAdviser", fresh: one("advisers", designated), query: "convention=apmbc", may: "200 foreigner abroad, 403 others"},
		{op: "inviteObserver", fresh: none("invitations"), query: "convention=apmbc", body: invited, may: "200 foreigner abroad, 403 others"},
		{op: "removeInvitation", fresh: one("invitations", invited), query: "convention=apmbc", may: "200 foreigner abroad, 403 others"},
		{op: "nameOfficers", id: "bureau", query: inFCTC, body: `{"items":[{"office":"vice-president","country":"KE","from":"2023-01-01","until":"2024-12-31"}]}`, may: "200 secretary, 403 others"},
		{op: "nameObservers", id: "bureau", query: inFCTC, body: `{"items":[]}`, may: "200 secretary, 403 others"},
		{op: "nameContact", id: "bureau", query: inFCTC, body: `{"contact":"bureau@example.org"}`, may: "200 secretary, 403 others"},
	}
}

// committeesAreNamed walks the operations on committees.
func (i *installation) committeesAreNamed() {
	i.t.Helper()
	at := func(step string) string { return "/api/v1/committees/bureau" + step + "?" + inFCTC }
	type committee struct {
		Version   int
		Contact   string
		Terms     []struct{ Country, Seat string }
		Chairs    []struct{ Name string }
		Officers  []struct{ Label string }
		Observers []struct{ ID, Name string }
		Findings  []struct{ Field, Sentence string }
	}
	var first, last committee
	a := i.ask("", "GET", at(""), nil).is(200)
	a.into(&first)
	if a.Header.Get("ETag") != `"1"` || len(first.Findings) == 0 || first.Findings[0].Sentence == "" {
		i.t.Errorf("the profile's is %+v", first)
	}
	i.ask("", "GET", at(""), nil, "If-None-Match", `"1"`).is(304)
	i.ask("secretary", "POST", at("/terms"), reviewTerm, "If-Match", `"1"`).is(200)
	i.ask("secretary", "PUT", at("/terms/1"), reviewTerm, "If-Match", `"2"`).is(200)
	i.ask("secretary", "POST", at("/chairs"), `{"country":"ZM","from":"2023-01-01","until":"2023-12-31"}`, "If-Match", `"3"`).is(200)
	i.ask("secretary", "PUT", at("/officers"), `{"items":[{"office":"vice-president","country":"KE","from":"2023-01-01","until":"2024-12-31"}]}`, "If-Match", `"4"`).is(200)
	i.ask("secretary", "PUT", at("/observers"), `{"items":["health-fund"]}`, "If-Match", `"5"`).is(200)
	i.ask("secretary", "PUT", at("/contact"), `{"contact":"bureau@example.org"}`, "If-Match", `"6"`).is(200).into(&last)
	if last.Version != 7 || last.Contact == "" || len(last.Terms) != 1 || last.Terms[0].Seat != "afro" || len(last.Chairs) != 1 || last.Chairs[0].Name != "Zambia" ||
		len(last.Officers) != 1 || last.Officers[0].Label == "vice-president" || last.Observers[0].Name != "Health Fund" {
		i.t.Errorf("named, it is %+v", last)
	}
	last = committee{}
	i.ask("focal", "GET", at(""), nil).is(200).into(&last)
	if last.Contact != "" {
		i.t.Errorf("a State is shown the mailbox %s", last.Contact)
	}
	i.ask("secretary", "DELETE", at("/chairs/1"), nil, "If-Match", `"7"`).is(200)
	i.ask("secretary", "DELETE", at("/terms/1"), nil, "If-Match", `"8"`).is(200)
	i.ask("secretary", "DELETE", at("/chairs/1"), nil, "If-Match", `"9"`).is(404)
}

// A member of the bureau records whom it elected; a rule that would be broken
// is cited, and what is coming is told.
func TestACommitteeRecordsWhatItDecides(t *testing.T) {
	i := install(t)
	at := func(step string) string { return "/api/v1/committees/bureau" + step + "?" + inFCTC }
	in := func(days int) string { return i.clock().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	from := func(country, more string) string {
		return `{"country":"` + country + `","from":"` + in(-100) + `","until":"` + in(20) + `"` + more + `}`
	}
	i.ask("secretary", "POST", at("/terms"), from("KE", `,"seat":"afro"`), "If-Match", "*").is(200)
	var shown struct {
		Chairs   []struct{ Elected, Record string }
		Eligible []struct{ ID, Name string }
		Coming   []struct{ Sort, Sentence string }
	}
	chair := from("KE", `,"elected":"`+in(-110)+`","record":"Report of the session"`)
	i.ask("focal", "POST", at("/chairs"), chair, "If-Match", "*").is(403)
	i.ask("member", "POST", at("/chairs"), chair, "If-Match", "*").is(200).into(&shown)
	if shown.Chairs[0].Elected != in(-110) || shown.Chairs[0].Record == "" {
		t.Errorf("the election is %+v", shown.Chairs)
	}
	if len(shown.Eligible) != 1 || shown.Eligible[0].ID != "KE" || len(shown.Coming) == 0 || !strings.Contains(shown.Coming[0].Sentence, "Kenya") {
		t.Errorf("it is shown as %+v", shown)
	}
	p := i.ask("secretary", "POST", at("/terms"), from("ZM", `,"seat":"afro"`), "If-Match", "*").problem(422, "error.invalid.fields")
	if len(p.Fields) != 1 || p.Fields[0].Field != "seat" || p.Fields[0].Key != "error.invalid.rule_seat" || !strings.Contains(p.Fields[0].Detail, "Rules of procedure") {
		t.Errorf("the refusal is %+v", p.Fields)
	}
	invited := `{"participant":"NO","from":"` + in(0) + `","until":"` + in(1) + `"`
	i.ask("member", "POST", at("/invitations"), invited+`,"meeting":"First"}`, "If-Match", "*").problem(422, "error.invalid.fields")
	i.ask("member", "POST", at("/invitations"), invited+`}`, "If-Match", "*").is(200)
}

func TestAPlaceThatDoesNotExistIsNoPlace(t *testing.T) {
	i := install(t)
	for _, place := range []string{"0", "x", "-1", "1000"} {
		i.ask("secretary", "DELETE", "/api/v1/committees/bureau/terms/"+place+"?"+inFCTC, nil, "If-Match", "*").is(400)
	}
	i.ask("secretary", "DELETE", "/api/v1/committees/bureau/terms/7?"+inFCTC, nil, "If-Match", "*").problem(404, "error.not_found.document")
}
