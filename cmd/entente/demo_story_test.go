package main

import (
	"path/filepath"
	"slices"
	"testing"

	"entente/catalogue"
	"entente/cooperation"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
)

func TestTheDemoHasSomethingAtEveryStepOfTheWay(t *testing.T) {
	folder := t.TempDir()
	must(t, nil, "demo", "--once", "--data", folder)
	uri := "sqlite://" + filepath.Join(folder, "entente.db")
	must(t, []string{"ENTENTE_STORE=" + uri}, "verify")
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	told := newStory(nil)
	told.back(0)
	on, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller(), Clock: told.now})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	told.on = on
	for _, c := range on.Conventions() {
		state, _ := on.State(c.ID)
		counts := state.Counts()
		want := map[string][]string{"proposal": {"proposed", "introduced", "in_talks", "agreed"}, "partnership": {"completed"}}
		if c.Reviewed {
			want["partnership"] = []string{"active"}
		}
		help, err := state.Assessments(operator, "", nil, "", 1)
		if err != nil || help.Total != 2 {
			t.Errorf("%s has %d needs with which help was asked for (%v)", c.ID, help.Total, err)
		}
		if texts, err := state.Recommendations(operator, catalogue.RecommendationQuery{Day: told.today()}); err != nil || (c.ID != "fctc") != (texts.Total == 1) {
			t.Errorf("%s has %d texts of bodies (%v)", c.ID, texts.Total, err)
		}
		if lines, err := state.ProgrammeActivities(catalogue.ProgrammeQuery{}); err != nil || lines.Total != 3 {
			t.Errorf("%s has %d lines of its programme (%v)", c.ID, lines.Total, err)
		}
		if c.ID == "apmbc" {
			want["proposal"] = append(want["proposal"], "in_review")
		}
		for kind, steps := range want {
			for _, step := range steps {
				if counts[kind][step] == 0 {
					t.Errorf("%s has no %s that is %s: %v", c.ID, kind, step, counts[kind])
				}
			}
		}
		if c.ID != "apmbc" {
			continue
		}
		if !slices.ContainsFunc(on.Users(c.ID), func(u *cooperation.User) bool { return u.Grants[0].Role == cooperation.ObserverRole }) {
			t.Error("nobody is invited to the work of the body")
		}
		standing := map[cooperation.DeskStep]bool{}
		queue, err := on.Queue(operator, c.ID, c.ReviewBody, platform.QueueQuery{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range queue.Items {
			standing[d.Step] = true
		}
		for _, step := range []cooperation.DeskStep{cooperation.DeskOpening, cooperation.DeskOpen, cooperation.DeskObjected} {
			if !standing[step] {
				t.Errorf("nothing in the queue is at the step %q: %v", step, standing)
			}
		}
	}
	if page, err := on.People(operator, platform.PeopleQuery{Limit: catalogue.MaxLimit}); err != nil || page.Total < 30 {
		t.Errorf("the demo has %d roles (%v)", page.Total, err)
	}
	letDaysPass(t, told)
}

// letDaysPass holds that what clocks bring about happens when the reader of the
// demo lets days pass, and that they do not come back.
func letDaysPass(t *testing.T, told *story) {
	state, _ := told.on.State("apmbc")
	before := state.Counts()["review"]["endorsed"]
	if err := told.Pass(t.Context(), 14); err != nil {
		t.Fatal(err)
	}
	if after := state.Counts()["review"]["endorsed"]; after != before+1 {
		t.Errorf("%d reviews had ended in silence, and %d when another silence was over", before, after)
	}
	again := newStory(nil)
	again.on = told.on
	if again.resume(); again.now().Before(state.Changed()) {
		t.Errorf("who comes back finds %s in the demo, and what happened at %s", again.now(), state.Changed())
	}
	told.back(-farthest)
	if err := told.Pass(t.Context(), 1); err == nil {
		t.Error("the demo outlives its tokens")
	}
}
