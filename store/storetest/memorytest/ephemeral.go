package memorytest

import (
	"bytes"
	"context"
	"maps"
	"time"

	"entente/store"
)

// entry is a value or a claim.
type entry struct {
	value  []byte
	expiry time.Time
}

func (e entry) there(now time.Time) bool { return now.UnixMilli() < e.expiry.UnixMilli() }

// ephemeral is the short-lived values of a Store.
type ephemeral Store

// Set implements store.Ephemeral.
func (e *ephemeral) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	if err := store.CheckEntry(key, value); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.values[key] = entry{bytes.Clone(value), expiry}
	return ctx.Err()
}

// Value implements store.Ephemeral.
func (e *ephemeral) Value(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.values[key]
	if !ok || !v.there(now) {
		return nil, false, ctx.Err()
	}
	return bytes.Clone(v.value), true, ctx.Err()
}

// Delete implements store.Ephemeral.
func (e *ephemeral) Delete(ctx context.Context, key string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.values, key)
	return ctx.Err()
}

// Consume implements store.Ephemeral.
func (e *ephemeral) Consume(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.values[key]
	if !ok || !v.there(now) {
		return nil, false, ctx.Err()
	}
	delete(e.values, key)
	return v.value, true, ctx.Err()
}

// Claim implements store.Ephemeral.
func (e *ephemeral) Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (bool, error) {
	if err := store.CheckEntry(key, value); err != nil {
		return false, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if held, ok := e.claims[key]; ok && held.there(now) {
		return false, ctx.Err()
	}
	e.claims[key] = entry{bytes.Clone(value), expiry}
	return true, ctx.Err()
}

// Holder implements store.Ephemeral.
func (e *ephemeral) Holder(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	held, ok := e.claims[key]
	if !ok || !held.there(now) {
		return nil, false, ctx.Err()
	}
	return bytes.Clone(held.value), true, ctx.Err()
}

// Release implements store.Ephemeral.
func (e *ephemeral) Release(ctx context.Context, key string, value []byte, now time.Time) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if held, ok := e.claims[key]; ok && held.there(now) && bytes.Equal(held.value, value) {
		delete(e.claims, key)
	}
	return ctx.Err()
}

// Sweep implements store.Ephemeral.
func (e *ephemeral) Sweep(ctx context.Context, now time.Time) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	before := len(e.values) + len(e.claims)
	over := func(_ string, v entry) bool { return !v.there(now) }
	maps.DeleteFunc(e.values, over)
	maps.DeleteFunc(e.claims, over)
	return before - len(e.values) - len(e.claims), ctx.Err()
}
