package matching

import (
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestSpreadWritesEveryReportToItsPlaceAndLeavesNoGoroutine(t *testing.T) {
	defer goleak.VerifyNone(t)
	for _, workers := range []int{0, 1, 3, 100} {
		reports, err := spread(t.Context(), 10, workers, 3, func(i int) Report { return Report{Candidates: i} })
		if err != nil || len(reports) != 10 {
			t.Fatalf("%d workers: %d reports, %v", workers, len(reports), err)
		}
		for i, r := range reports {
			if r.Candidates != i {
				t.Errorf("%d workers: report %d stands in place %d", workers, r.Candidates, i)
			}
		}
	}
}

func TestSpreadEndsWithTheContext(t *testing.T) {
	defer goleak.VerifyNone(t)
	stop := errors.New("the program stops")
	ctx, cancel := context.WithCancelCause(t.Context())
	reports, err := spread(ctx, 1000, 2, 1, func(i int) Report {
		if i == 10 {
			cancel(stop)
		}
		return Report{}
	})
	if !errors.Is(err, stop) || reports != nil {
		t.Errorf("%d reports, %v", len(reports), err)
	}
}

func TestAPanicReachesTheCallerOfSpread(t *testing.T) {
	defer goleak.VerifyNone(t)
	defer func() {
		if cause, _ := recover().(string); !strings.Contains(cause, "broken posting") {
			t.Errorf("recovered %q", cause)
		}
	}()
	_, err := spread(t.Context(), 100, 4, 1, func(i int) Report {
		if i == 50 {
			panic("broken posting")
		}
		return Report{}
	})
	t.Errorf("no panic, but %v", err)
}
