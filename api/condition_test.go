package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestAChangeNamesTheVersionThatItWasDecidedOn(t *testing.T) {
	i := install(t)
	made := i.ask("focal", "POST", "/api/v1/needs", needBody("First")).is(201)
	at := made.Header.Get("Location")
	if made.Header.Get("ETag") != `"1"` || at != "/api/v1/needs/"+made.document().ID {
		t.Fatalf("created with %v", made.Header)
	}
	second := without(needBody("Second"), "convention")
	i.ask("focal", "PUT", at, second).problem(428, "error.precondition_required.if_match")
	i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15"}}`).problem(428, "error.precondition_required.if_match")
	for _, nonsense := range []string{"1", `W/"1"`, `"one"`, `"1", "2"`, `"`} {
		p := i.ask("focal", "PUT", at, second, "If-Match", nonsense).problem(400, "error.invalid.fields")
		if !slices.Equal(p.fields(), []string{"If-Match: error.invalid.if_match"}) {
			t.Errorf("If-Match %s: %v", nonsense, p.fields())
		}
	}
	changed := i.ask("focal", "PUT", at, second, "If-Match", `"1"`).is(200)
	if changed.Header.Get("ETag") != `"2"` || changed.document().Title != "Second" {
		t.Errorf("changed to %v %s", changed.Header, changed.Body)
	}
	p := i.ask("focal", "PUT", at, second, "If-Match", `"1"`).problem(412, "error.conflict.version")
	if p.Code != "precondition" {
		t.Errorf("a stale version is %s", p.Code)
	}
	for _, other := range []string{`"3"`, `"0"`, `"9999999999999999999"`} {
		i.ask("focal", "PUT", at, second, "If-Match", other).is(412)
	}
	i.ask("focal", "PUT", at, second, "If-Match", "*").is(200)
	i.ask("focal", "POST", at+"/reconfirm", nil, "If-Match", `"3"`).problem(409, "error.state.refused")
}

func TestAReaderWhoHasTheCurrentVersionIsNotSentItAgain(t *testing.T) {
	i := install(t)
	need := i.openNeed("Open")
	i.openOffer("Open")
	run := i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	for _, path := range []string{"/api/v1/needs/" + need.ID, run.Header.Get("Location")} {
		tag := i.ask("secretary", "GET", path, nil).is(200).Header.Get("ETag")
		for _, given := range []string{tag, "W/" + tag, `"77", ` + tag, "*"} {
			if a := i.ask("secretary", "GET", path, nil, "If-None-Match", given).is(http.StatusNotModified); len(a.Body) > 0 || a.Header.Get("ETag") != tag {
				t.Errorf("304 with %q and %v", a.Body, a.Header)
			}
		}
		i.ask("secretary", "GET", path, nil, "If-None-Match", `"77"`).is(200)
	}
}

func TestARepeatedCreateMakesOneDocument(t *testing.T) {
	i := install(t)
	first := i.ask("focal", "POST", "/api/v1/needs", needBody("Once"), "Idempotency-Key", "a b~1").is(201).document()
	again := i.ask("focal", "POST", "/api/v1/needs", needBody("Once"), "Idempotency-Key", "a b~1").is(201).document()
	if first.ID != again.ID {
		t.Errorf("two documents: %s and %s", first.ID, again.ID)
	}
	if other := i.ask("approver", "POST", "/api/v1/needs", needBody("Once"), "Idempotency-Key", "a b~1").is(201).document(); other.ID == first.ID {
		t.Error("somebody else's key gave the same document")
	}
	i.ask("focal", "POST", "/api/v1/needs", needBody("Twice"), "Idempotency-Key", "a b~1").problem(409, "error.conflict.idempotency")
	var list struct{ Total int }
	i.ask("focal", "GET", "/api/v1/needs?convention=fctc", nil).is(200).into(&list)
	if list.Total != 2 {
		t.Errorf("there are %d needs", list.Total)
	}
	for _, bad := range []string{strings.Repeat("k", 201), "tab\there", "é"} {
		p := i.ask("focal", "POST", "/api/v1/needs", needBody("Once"), "Idempotency-Key", bad).problem(400, "error.invalid.fields")
		if !slices.Equal(p.fields(), []string{"Idempotency-Key: error.invalid.idempotency_key"}) {
			t.Errorf("key %q: %v", bad, p.fields())
		}
	}
}

func TestAWalkThroughTheListMeetsEveryDocumentOnce(t *testing.T) {
	i := install(t)
	var want []string
	for n := range 7 {
		want = append(want, i.ask("focal", "POST", "/api/v1/needs", needBody(fmt.Sprint("Need ", n))).is(201).document().ID)
	}
	slices.Reverse(want) // the newest comes first
	var got []string
	cursor := ""
	for page := 0; ; page++ {
		var list struct {
			Items []document
			Next  string
			Total int
		}
		i.ask("focal", "GET", "/api/v1/needs?convention=fctc&limit=3&cursor="+cursor, nil).is(200).into(&list)
		if page == 0 {
			if list.Total != 7 {
				t.Errorf("the list says that it has %d", list.Total)
			}
			i.ask("focal", "POST", "/api/v1/needs", needBody("Posted meanwhile")).is(201)
		}
		for _, d := range list.Items {
			got = append(got, d.ID)
		}
		if cursor = list.Next; cursor == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the walk met %v and not %v", got, want)
	}
	for _, path := range []string{"/api/v1/needs?convention=fctc&cursor=nonsense", "/api/v1/runs?convention=fctc&cursor=nonsense", "/api/v1/notifications?cursor=nonsense"} {
		a := i.ask("secretary", "GET", path, nil).is(400)
		if !strings.Contains(string(a.Body), "error.invalid.cursor") {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
}

func TestNotificationsAreWalkedLatestFirst(t *testing.T) {
	i := install(t)
	i.openNeed("One")
	i.openNeed("Two")
	var whole, part struct {
		Items []struct{ ID, Created string }
		Next  string
		Total int
	}
	i.ask("secretary", "GET", "/api/v1/notifications", nil).is(200).into(&whole)
	if whole.Total < 3 || whole.Total != len(whole.Items) {
		t.Fatalf("the secretariat was told %d times", whole.Total)
	}
	for n := 1; n < len(whole.Items); n++ {
		if whole.Items[n].Created > whole.Items[n-1].Created {
			t.Errorf("%s comes after %s", whole.Items[n].Created, whole.Items[n-1].Created)
		}
	}
	cursor := ""
	for _, want := range whole.Items {
		part.Next = ""
		i.ask("secretary", "GET", "/api/v1/notifications?limit=1&cursor="+cursor, nil).is(200).into(&part)
		if len(part.Items) != 1 || part.Items[0].ID != want.ID {
			t.Errorf("the page has %v and not %s", part.Items, want.ID)
		}
		cursor = part.Next
	}
	if cursor != "" {
		t.Error("the last page has a next one")
	}
}

func TestAnAnswerShowsThePositionThatWasAskedFor(t *testing.T) {
	i := install(t)
	made := i.ask("focal", "POST", "/api/v1/needs", needBody("First")).is(201)
	position := made.Header.Get("X-Entente-Position")
	if position != "fctc:1" {
		t.Fatalf("after the first commit the position is %q", position)
	}
	read := i.ask("focal", "GET", made.Header.Get("Location"), nil, "X-Entente-Position", position).is(200)
	if read.Header.Get("X-Entente-Position") != position {
		t.Errorf("read at %q", read.Header.Get("X-Entente-Position"))
	}
	late := i.ask("focal", "GET", made.Header.Get("Location"), nil, "X-Entente-Position", "fctc:99")
	late.problem(503, "error.unavailable.position")
	if seconds, err := strconv.Atoi(late.Header.Get("Retry-After")); err != nil || seconds < 1 {
		t.Errorf("Retry-After is %q", late.Header.Get("Retry-After"))
	}
	for _, nonsense := range []string{"fctc", "fctc:x", "nowhere:1", "fctc:-1", ":1"} {
		p := i.ask("focal", "GET", made.Header.Get("Location"), nil, "X-Entente-Position", nonsense).problem(400, "error.invalid.fields")
		if !slices.Equal(p.fields(), []string{"X-Entente-Position: error.invalid.position"}) {
			t.Errorf("%s: %v", nonsense, p.fields())
		}
	}
}
