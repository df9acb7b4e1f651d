package matching

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// spread computes n reports with so many goroutines, at least one, each taking
// a chunk of them at a time, and waits for all. Every report is computed alone and written to its own
// place, so their number does not show. It ends early, with the cause, when the
// context does. A panic in a goroutine becomes one in the caller's.
func spread[R any](ctx context.Context, n, workers, chunk int, report func(i int) R) ([]R, error) {
	reports := make([]R, n)
	var next atomic.Int64
	var failure atomic.Value
	var group sync.WaitGroup
	for range max(1, min(workers, (n+chunk-1)/chunk)) {
		group.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					failure.Store(fmt.Sprintf("matching: %v\n%s", cause, debug.Stack()))
				}
			}()
			for ctx.Err() == nil && failure.Load() == nil {
				from := int(next.Add(int64(chunk))) - chunk
				if from >= n {
					return
				}
				for i := from; i < min(from+chunk, n); i++ {
					reports[i] = report(i)
				}
			}
		})
	}
	group.Wait()
	if cause := failure.Load(); cause != nil {
		panic(cause)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return reports, nil
}
