package catalogue

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func activityAt(n int, version uint64, title string, status cooperation.ActivityStatus) *cooperation.Activity {
	return &cooperation.Activity{Meta: meta(KindActivity, n, version), ActivityContent: cooperation.ActivityContent{Title: title, Status: status,
		Beneficiaries: []cooperation.Participant{"KE"}, Providers: []cooperation.Participant{"FR", "aid-fund"}, Themes: []string{"tax"}, Kinds: []cooperation.Kind{cooperation.Training},
		Amount: cooperation.Money{Amount: "500", Currency: "USD"}}}
}

func activityChange(a *cooperation.Activity) Change { return body(KindActivity, a.ID, a.Version, a) }

// found lists the titles that a query finds, and fails on one of what the
// actor does not see.
func foundActivities(t *testing.T, s *State, actor cooperation.Actor, q Query) []string {
	t.Helper()
	page, err := s.SearchActivities(actor, q)
	if err != nil {
		t.Fatal(err)
	}
	titles := []string{}
	for _, a := range page.Items {
		if a.Shown(actor) == nil {
			t.Errorf("%s is found by whom it is not there for", a.Title)
		}
		titles = append(titles, a.Title)
	}
	return titles
}

func TestActivitiesAreFoundAfterACheckpointAsBefore(t *testing.T) {
	l := newLog(t)
	l.commit(activityChange(activityAt(1, 1, "courses", cooperation.ActivityPlanned)), activityChange(activityAt(2, 1, "erased", cooperation.ActivityRunning)),
		activityChange(activityAt(3, 1, "a mistake", cooperation.ActivityWithdrawn)))
	l.commit(activityChange(activityAt(1, 2, "courses", cooperation.ActivityRunning)), erased(KindActivity, id(KindActivity, 2), 2))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	fund := cooperation.Actor{ID: "f", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.ProviderRole, Participant: "aid-fund"}}}
	for _, s := range []*State{l.state, restored} {
		for _, c := range []struct {
			actor cooperation.Actor
			q     Query
			want  []string
		}{
			{cooperation.Actor{}, Query{}, []string{"courses"}},
			{secretariat(), Query{}, []string{"a mistake", "courses"}},
			{fund, Query{}, []string{"a mistake", "courses"}},
			{fund, Query{Text: "aid fund", Status: []string{"running"}}, []string{"courses"}},
			{cooperation.Actor{}, Query{Status: []string{"planned"}}, []string{}},
			{cooperation.Actor{}, Query{Theme: []string{"demand"}, Region: []string{"202"}, Provider: []cooperation.Participant{"aid-fund"}}, []string{"courses"}},
			{cooperation.Actor{}, Query{Currency: "USD", AmountFrom: 50_000}, []string{"courses"}},
			{cooperation.Actor{}, Query{Currency: "USD", AmountFrom: 50_001}, []string{}},
		} {
			if d := cmp.Diff(c.want, foundActivities(t, s, c.actor, c.q)); d != "" {
				t.Errorf("%q asks %+v: %s", c.actor.ID, c.q, d)
			}
		}
		if d := cmp.Diff(map[string]int{"running": 1, "withdrawn": 1}, s.Counts()[KindActivity]); d != "" {
			t.Error(d)
		}
	}
}

func TestAnActivityChangesSomethingForTheMatcherOnlyWhenItIsHelpGiven(t *testing.T) {
	l := newLog(t)
	l.commit(needChange(openNeed(1, "a")))
	before := l.state.Revision()
	l.commit(activityChange(activityAt(1, 1, "courses", cooperation.ActivityPlanned)))
	if now := l.state.Revision(); now != before {
		t.Errorf("planned, the revision is %d, and was %d", now, before)
	}
	l.commit(activityChange(activityAt(1, 2, "courses", cooperation.ActivityRunning)))
	running := l.state.Revision()
	l.commit(activityChange(activityAt(1, 3, "courses for inspectors", cooperation.ActivityRunning)))
	if now := l.state.Revision(); running == before || now != running {
		t.Errorf("running, the revision is %d and with another title %d; it was %d", running, now, before)
	}
	other := activityAt(2, 1, "of another convention", cooperation.ActivityRunning)
	other.Convention = "elsewhere"
	if err := l.state.Apply(l.number+1, morning, []Change{activityChange(other)}); err == nil {
		t.Error("an activity of another convention comes in")
	}
}

func TestAnActivityOfTheFirstReleaseIsFoundAsRunning(t *testing.T) {
	l := newLog(t)
	old := activityAt(1, 1, "courses", "")
	l.commit(Change{Kind: KindActivity, ID: old.ID, Version: 1, Schema: 1, Body: []byte(`{"schema":1,"id":"` + old.ID + `","convention":"test","version":1,"created":"2026-03-02T08:00:00Z","updated":"2026-03-02T08:00:00Z","beneficiaries":["KE"],"providers":["FR"],"title":"courses","themes":["tax"],"kinds":["training"]}`)})
	if d := cmp.Diff([]string{"courses"}, foundActivities(t, l.state, cooperation.Actor{}, Query{Status: []string{"running"}})); d != "" {
		t.Error(d)
	}
}
