package api_test

import (
	"strings"
	"testing"

	"entente/cooperation"
)

// likely is what tests read of a likely duplicate.
type likely struct {
	Kind, Convention, ID, Title, Status string
	Reasons                             []string
	Decision                            *struct{ Decision, Label, Reason, Side, By string }
	Decisions                           []struct{ Decision string }
}

func (i *installation) duplicatesOf(who, id string) []likely {
	i.t.Helper()
	var out struct{ Items []likely }
	i.ask(who, "GET", "/api/v1/needs/"+id+"/duplicates", nil).is(200).into(&out)
	return out.Items
}

// A need, the same request again, help that is running and the same request
// under another convention are told as likely the same to whoever may see them.
func TestLikelyDuplicatesAreShownAndDecided(t *testing.T) {
	i := install(t)
	first, second := i.openNeed("Smoke-free public places in the provinces"), i.openNeed("Smoke-free places, again")
	body := activityBody("Training on smoke-free places")
	body["beneficiaries"], body["themes"], body["kinds"], body["status"] = []string{"AO"}, needBody("")["themes"], []string{"legal"}, "running"
	delete(body, "start")
	delete(body, "end")
	running := i.ask("secretary", "POST", "/api/v1/activities", body).is(201).document()
	i.join("angola", cooperation.Grant{Convention: "apmbc", Role: cooperation.FocalPoint, Participant: "AO"}, cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"})
	elsewhere := needBody("Smoke-free public places in the provinces")
	elsewhere["convention"], elsewhere["themes"] = "apmbc", []string{"apmbc-risk"}
	draft := i.ask("angola", "POST", "/api/v1/needs", elsewhere).is(201).document()

	found := map[string]likely{}
	for _, l := range i.duplicatesOf("angola", first.ID) {
		found[l.ID] = l
		if len(l.Reasons) < 3 || strings.Contains(strings.Join(l.Reasons, " "), "duplicate.") {
			t.Errorf("the reasons are %q", l.Reasons)
		}
	}
	if len(found) != 3 || found[second.ID].Kind != "need" || found[running.ID].Kind != "activity" || found[draft.ID].Convention != "apmbc" {
		t.Fatalf("found are %+v", found)
	}
	// The draft elsewhere is its own side's alone.
	if seen := i.duplicatesOf("provider", first.ID); len(seen) != 2 {
		t.Errorf("a provider is shown %+v", seen)
	}
	at := "/api/v1/needs/" + first.ID + "/duplicates"
	hidden := i.ask("focal", "POST", at, map[string]any{"of": draft.ID, "decision": "same"}).problem(422, "error.invalid.fields")
	absent := i.ask("focal", "POST", at, map[string]any{"of": nobody, "decision": "same"}).problem(422, "error.invalid.fields")
	if hidden.Fields[0] != absent.Fields[0] {
		t.Errorf("one may tell %+v from %+v", hidden.Fields, absent.Fields)
	}
	i.ask("focal", "POST", at, map[string]any{"of": first.ID, "decision": "same"}).problem(422, "error.invalid.fields")

	decide := map[string]any{"of": second.ID, "decision": "coordinated", "reason": "One workshop for both."}
	i.ask("member", "POST", at, decide).is(200)
	i.ask("member", "POST", at, decide).is(200)
	i.ask("focal", "POST", "/api/v1/needs/"+second.ID+"/duplicates", map[string]any{"of": first.ID, "decision": "same"}).is(200)
	for _, l := range i.duplicatesOf("provider", first.ID) {
		if l.ID != second.ID {
			continue
		}
		if l.Decision == nil || l.Decision.Decision != "same" || l.Decision.Side != "beneficiary" || l.Decision.By != "" || len(l.Decisions) != 2 {
			t.Errorf("decided is %+v", l)
		}
	}
	i.ask("angola", "POST", at, map[string]any{"of": draft.ID, "decision": "different"}).is(200)
	for _, l := range i.duplicatesOf("angola", draft.ID) {
		if l.ID == first.ID && (l.Decision == nil || l.Decision.Decision != "different") {
			t.Errorf("from the other convention it is seen as %+v", l)
		}
	}
	i.ask("focal", "POST", "/api/v1/needs/"+second.ID+"/withdraw", nil, "If-Match", "*").is(200)
	if left := i.duplicatesOf("focal", first.ID); len(left) != 1 || left[0].ID != running.ID {
		t.Errorf("one that was withdrawn is still told: %+v", left)
	}
}

// Whoever acts for a Party or a provider sees what is likely the same; the
// State that asks, the committee and the secretariat decide.
func (tables) Duplicates(i *installation) []right {
	id, of := i.openNeed("Asked for once").ID, i.openNeed("Asked for twice").ID
	draft := i.draftNeed()
	return []right{
		{op: "listDuplicates", id: id, may: "200 focal approver reader secretary member provider sponsor neighbour clerk rival, 403 others"},
		{op: "listDuplicates", what: "of a draft", id: draft, may: "200 focal approver reader, 404 others"},
		{op: "decideDuplicate", id: id, body: `{"of":"` + of + `","decision":"different"}`, may: "200 focal approver secretary member, 403 others"},
		{op: "decideDuplicate", what: "of a draft", id: draft, body: `{"of":"` + of + `","decision":"different"}`, may: "200 focal approver, 404 others"},
	}
}
