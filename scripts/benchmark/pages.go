package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// browsed are the addresses of lists as people ask for them.
var browsed = []string{
	"/c/fctc/needs", "/c/fctc/needs?theme=fctc-art17", "/c/fctc/needs?q=laboratory+samples", "/c/fctc/needs?country=AO&kind=training&lang=ar",
	"/c/fctc/offers", "/c/fctc/offers?kind=expertise&language=fr&lang=fr",
}

// measurePages asks for fifty pages a second, of lists and of proposals by
// turns, and adds how long each took to its first byte.
func measurePages(ctx context.Context, t *table, url, token, folder string, length time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, 4*length+time.Minute)
	defer cancel()
	proposals, err := proposalsOf(ctx, url, token)
	if err != nil {
		return err
	}
	cookie, err := signIn(ctx, url, folder)
	if err != nil {
		return err
	}
	const every = 20 * time.Millisecond
	if err := load(ctx, t, "browse", every, length, func(i int) (time.Duration, error) { return firstByte(ctx, url+browsed[i%len(browsed)], cookie) }); err != nil {
		return err
	}
	return load(ctx, t, "proposal", every, length, func(i int) (time.Duration, error) {
		return firstByte(ctx, url+"/c/fctc/proposals/"+proposals[i%len(proposals)], cookie)
	})
}

// proposalsOf are the ids of proposals that the reader may see.
func proposalsOf(ctx context.Context, url, token string) ([]string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/v1/proposals?convention=fctc&limit=100", http.NoBody)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	var page struct{ Items []struct{ ID string } }
	if err := json.NewDecoder(w.Body).Decode(&page); err != nil {
		return nil, err
	}
	var ids []string
	for _, one := range page.Items {
		ids = append(ids, one.ID)
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("there are no proposals to look at (status %d)", w.StatusCode)
	}
	return ids, nil
}

// signIn opens a session by the link of the store.
func signIn(ctx context.Context, url, folder string) (*http.Cookie, error) {
	link, err := os.ReadFile(filepath.Join(folder, linkFile))
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/link/"+string(link), http.NoBody)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	for _, c := range w.Cookies() {
		if c.Value != "" {
			return c, nil
		}
	}
	return nil, fmt.Errorf("the link opens no session: %s", w.Status)
}

// firstByte asks for a page and returns how long the rest of it took after its
// first byte.
func firstByte(ctx context.Context, url string, cookie *http.Cookie) (rest time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	r.AddCookie(cookie)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	first := time.Now()
	if w.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", url, w.Status)
	}
	_, err = io.Copy(io.Discard, w.Body)
	return time.Since(first), err
}

// pagesAlone measures the pages and nothing else.
func pagesAlone(ctx context.Context, quick bool) error {
	size := sizes{small: 10_000, load: 20 * time.Second}
	if quick {
		size = sizes{small: 1_000, load: 3 * time.Second}
	}
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program, store := filepath.Join(folder, "entente"), filepath.Join(folder, "store")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "entente/cmd/entente")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	token, err := fill(ctx, store, size.small)
	if err != nil {
		return err
	}
	table := newTable()
	_, err = start(ctx, program, store, func(url string, _ int) error {
		if err := load(ctx, table, "health", 20*time.Millisecond, size.load/4, func(int) (time.Duration, error) {
			return 0, ask(ctx, http.MethodGet, url+"/healthz", "", nil, http.StatusOK)
		}); err != nil {
			return err
		}
		return measurePages(ctx, table, url, token, store, size.load)
	})
	if err != nil {
		return err
	}
	table.printPages(table.row(), size)
	return nil
}

// printPages prints how soon pages answered.
func (t *table) printPages(row func(label, name, baseline, against string), size sizes) {
	for _, of := range []struct{ name, what string }{{"browse", "lists"}, {"proposal", "proposals"}} {
		page := fmt.Sprintf("pages of %s, %d documents, 50/s, to the first byte", of.what, size.small)
		row(page+": p50 ms", of.name+" p50", "health p50", "an empty answer")
		row(page+": p99 ms", of.name+" p99", "health p99", "an empty answer")
	}
}
