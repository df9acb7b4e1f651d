package main

import (
	"path/filepath"
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
	on, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller()})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	for _, c := range on.Conventions() {
		state, _ := on.State(c.ID)
		counts := state.Counts()
		want := map[string][]string{"proposal": {"proposed", "introduced", "in_talks", "agreed"}, "partnership": {"completed"}}
		if c.Reviewed {
			want["partnership"] = []string{"active"}
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
}
