package api_test

import (
	"slices"
	"testing"
	"time"
)

type audit struct {
	Items []struct {
		Position       uint64
		Time           time.Time
		Command, Actor string
		Name           string `json:"actor_name"`
		Previous, Hash string
		Documents      []struct {
			Kind, ID string
			Version  uint64
		}
	}
	Next string
}

func (a audit) commands() (out []string) {
	for _, e := range a.Items {
		out = append(out, e.Command)
	}
	return out
}

func TestAnAuditListsWhatWasDoneInAnUnbrokenChain(t *testing.T) {
	i := install(t)
	n := i.openNeed("A need")
	draft := i.draftNeed()
	var all audit
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc", nil).is(200).into(&all)
	if !slices.Equal(all.commands(), []string{"need.create", "need.admit", "need.submit", "need.create"}) {
		t.Fatalf("what was done is %v", all.commands())
	}
	for k, e := range all.Items {
		if e.Actor == "" || e.Name == "" || e.Time.IsZero() || e.Position != uint64(4-k) {
			t.Errorf("the entry is %+v", e)
		}
		if k > 0 && all.Items[k-1].Previous != e.Hash {
			t.Errorf("the chain breaks at %d", e.Position)
		}
	}
	if first := all.Items[3].Documents[0]; first.ID != n.ID || first.Kind != "need" || first.Version != 1 {
		t.Errorf("the first commit carries %+v", first)
	}
	if hidden := all.Items[0].Documents[0]; hidden.ID != "" || draft == "" {
		t.Errorf("the secretariat learns the id of a draft: %+v", hidden)
	}

	var page audit
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc&limit=3", nil).is(200).into(&page)
	var rest audit
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc&limit=3&cursor="+page.Next, nil).is(200).into(&rest)
	if len(page.Items) != 3 || len(rest.Items) != 1 || rest.Next != "" || rest.Items[0].Position != 1 {
		t.Errorf("the pages hold %v and %v", page.commands(), rest.commands())
	}
	approver := all.Items[2].Actor
	for query, want := range map[string][]string{
		"command=need.admit": {"need.admit"},
		"command=need":       {"need.create", "need.admit", "need.submit", "need.create"},
		"command=nee":        nil,
		"actor=" + approver:  {"need.submit"},
		"actor=" + approver + "&command=need.create":        nil,
		"from=2001-01-01T00:00:00Z&to=2001-12-31T00:00:00Z": nil,
		"from=2001-01-01T00:00:00Z":                         {"need.create", "need.admit", "need.submit", "need.create"},
		"from=2201-01-01T00:00:00Z":                         nil,
		"to=" + all.Items[3].Time.Format(time.RFC3339Nano):  {"need.create"},
	} {
		var got audit
		i.ask("secretary", "GET", "/api/v1/audit?convention=fctc&"+query, nil).is(200).into(&got)
		if !slices.Equal(got.commands(), want) && query[:2] != "to" {
			t.Errorf("%s finds %v", query, got.commands())
		}
		if query[:2] == "to" && !slices.Contains(got.commands(), "need.create") {
			t.Errorf("%s finds %v", query, got.commands())
		}
	}
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc&cursor=x", nil).is(400)
	i.ask("secretary", "GET", "/api/v1/audit?convention=fctc&command=Need!", nil).is(400)
	i.ask("secretary", "GET", "/api/v1/audit?convention=nowhere", nil).is(400)

	var accounts audit
	i.ask("administrator", "GET", "/api/v1/audit/accounts?command=user", nil).is(200).into(&accounts)
	if len(accounts.Items) < len(grants()) || accounts.Items[0].Command != "user.create" || accounts.Items[0].Documents[0].ID == "" {
		t.Errorf("the accounts tell %+v", accounts.Items)
	}
	var administrator audit
	i.ask("administrator", "GET", "/api/v1/audit?convention=fctc", nil).is(200).into(&administrator)
	if len(administrator.Items) != 4 || administrator.Items[1].Documents[0].ID != n.ID || administrator.Items[0].Documents[0].ID != "" {
		t.Errorf("the administrator reads %+v", administrator.Items)
	}
}
