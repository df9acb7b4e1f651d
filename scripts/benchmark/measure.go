package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the baseline writes to the same engine
)

// measureInsert is the baseline of posting: one durable insert of the size of
// a need into a plain table, on the same disk.
func measureInsert(ctx context.Context, t *table, folder string, times int) error {
	path, err := os.MkdirTemp(folder, "insert-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(path)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(path, "plain.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "CREATE TABLE plain (n INTEGER PRIMARY KEY, body TEXT)"); err != nil {
		return err
	}
	body := string(bytes.Repeat([]byte("x"), 1500))
	took := make([]time.Duration, times)
	for i := range took {
		began := time.Now()
		if _, err := db.ExecContext(ctx, "INSERT INTO plain VALUES (?, ?)", i, body); err != nil {
			return err
		}
		took[i] = time.Since(began)
	}
	t.percentiles("insert", took)
	return nil
}

// percentiles adds the median and the 99th percentile of one run.
func (t *table) percentiles(name string, took []time.Duration) {
	slices.Sort(took)
	t.add(name+" p50", took[len(took)/2])
	t.add(name+" p99", took[len(took)*99/100])
}

// post posts one need and waits for the answer, which comes when it is
// durable.
func post(ctx context.Context, url, token string, i int) error {
	need := map[string]any{"convention": "fctc", "beneficiaries": []string{"AO"}, "title": fmt.Sprintf("Posted number %d", i),
		"problem": "The inspectorate has no training on smoke-free places.", "themes": []string{"fctc-art8"},
		"kinds": []map[string]string{{"kind": "training"}}, "languages": []map[string]string{{"language": "pt", "strength": "preferred"}}}
	body, err := json.Marshal(need)
	if err != nil {
		return err
	}
	return ask(ctx, http.MethodPost, url+"/api/v1/needs", token, bytes.NewReader(body), http.StatusCreated)
}

func ask(ctx context.Context, method, url, token string, body io.Reader, want int) error {
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s: %s: %.300s", method, url, answer.Status, text)
	}
	return err
}

func measurePosts(ctx context.Context, t *table, url, token string, times int) error {
	took := make([]time.Duration, times)
	for i := range took {
		began := time.Now()
		if err := post(ctx, url, token, i); err != nil {
			return err
		}
		took[i] = time.Since(began)
	}
	t.percentiles("post", took)
	return nil
}

// lists are the queries of the load, with filters, facets, text and orders.
var lists = []string{
	"/api/v1/needs?convention=fctc&theme=fctc-art17&facets=true",
	"/api/v1/needs?convention=fctc&country=AO&kind=training&language=fr",
	"/api/v1/offers?convention=fctc&kind=expertise&facets=true",
	"/api/v1/needs?convention=fctc&q=laboratory+samples&limit=20",
	"/api/v1/offers?convention=fctc&language=fr&theme=fctc-art9&limit=100",
	"/api/v1/needs?convention=fctc&region=002&sort=updated",
}

// measureLists asks a hundred lists a second while ten needs a second are
// posted, and as a baseline for an empty answer as often. Requests are sent by
// the clock and not by the answers, so a slow answer does not spare the server
// the next request.
func measureLists(ctx context.Context, t *table, url, token string, length time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, 4*length+time.Minute)
	defer cancel()
	writing, stop := context.WithCancel(ctx)
	var writer sync.WaitGroup
	var failed error
	writer.Go(func() {
		for i := 0; writing.Err() == nil; i++ {
			if err := post(ctx, url, token, 1_000_000+i); err != nil {
				failed = err
				return
			}
			select {
			case <-writing.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
	err := load(ctx, t, "list", 10*time.Millisecond, length, func(i int) (time.Duration, error) {
		return 0, ask(ctx, http.MethodGet, url+lists[i%len(lists)], token, nil, http.StatusOK)
	})
	if err == nil {
		err = load(ctx, t, "health", 10*time.Millisecond, length/2, func(int) (time.Duration, error) {
			return 0, ask(ctx, http.MethodGet, url+"/healthz", "", nil, http.StatusOK)
		})
	}
	stop()
	writer.Wait()
	if err == nil {
		err = failed
	}
	return err
}

// load calls f as often as asked and adds the percentiles of how long after its
// due moment each call was answered. A call that measures a part of itself
// returns how much of its time does not count.
func load(ctx context.Context, t *table, name string, every, length time.Duration, f func(i int) (apart time.Duration, err error)) error {
	n := int(length / every)
	took, errs := make([]time.Duration, n), make([]error, n)
	var wg sync.WaitGroup
	began := time.Now()
	for i := range n {
		due := began.Add(time.Duration(i) * every)
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
			return ctx.Err()
		}
		wg.Go(func() {
			var apart time.Duration
			apart, errs[i] = f(i)
			took[i] = time.Since(due) - apart
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	t.percentiles(name, took)
	return nil
}
