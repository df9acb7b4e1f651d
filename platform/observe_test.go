package platform_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"entente/cooperation"
	"entente/platform"
)

// watched notes what is observed.
type watched struct {
	mu   sync.Mutex
	work []platform.Work
	errs []error
}

func (w *watched) observe(ctx context.Context, work platform.Work) (context.Context, func(error)) {
	return ctx, func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.work, w.errs = append(w.work, work), append(w.errs, err)
	}
}

func TestEveryCommandAndEveryRunIsObservedWithItsOutcome(t *testing.T) {
	p := newPlace(t)
	w := &watched{}
	on, err := platform.Open(t.Context(), platform.Options{Store: p.store(), Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now, Observe: w.observe})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	if _, err := on.CreateNeed(t.Context(), cooperation.Actor{}, "fctc", cooperation.NeedContent{}, ""); err == nil {
		t.Fatal("the public made a need")
	}
	if _, err := on.Run(t.Context(), cooperation.System("test"), "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	create := slices.Index(w.work, platform.Work{Name: "commit", Log: "fctc", Command: "need.create"})
	run := slices.Index(w.work, platform.Work{Name: "run", Log: "fctc", Command: "command"})
	if create < 0 || w.errs[create] == nil || run < 0 || w.errs[run] != nil {
		t.Errorf("observed %+v with %v", w.work, w.errs)
	}
	if platform.Failed(w.errs[create]) || platform.Failed(nil) || !platform.Failed(errors.New("disk")) || !platform.Failed(cooperation.Refuse(cooperation.Unavailable, "error.unavailable.store")) {
		t.Error("a refusal is called a failure, or a failure none")
	}
}

func TestTheVitalsSayHowFarEachLogIs(t *testing.T) {
	on := newPlace(t).open()
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "A law"), ""); err != nil {
		t.Fatal(err)
	}
	vitals := on.Vitals()
	if len(vitals) != len(on.Conventions())+1 || vitals[0].Log != platform.AccountsLog {
		t.Fatalf("%+v", vitals)
	}
	for _, v := range vitals[1:] {
		if v.Position != on.Position(v.Log) || (v.Log == "fctc") != (v.Position > 0) || v.Trouble != nil || v.Waiting != 0 {
			t.Errorf("%+v", v)
		}
	}
}
