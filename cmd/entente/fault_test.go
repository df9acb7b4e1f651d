package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/store/storetest/faulttest"
	"entente/store/storetest/mongotest"
)

// proxied is a fresh database of MongoDB's protocol behind a proxy.
func proxied(t *testing.T) (uri string, proxy *faulttest.Proxy) {
	t.Helper()
	direct := mongotest.Start(t)
	u, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	proxy = faulttest.Before(t, u.Host)
	u.Host = proxy.Address()
	query := u.Query()
	query.Set("directConnection", "true")
	u.RawQuery = query.Encode()
	return u.String(), proxy
}

// writers post needs until they are stopped, and remember what was
// acknowledged.
type writers struct {
	mu           sync.Mutex
	acknowledged []string
	refused      map[int]int // status → how often
	stop         chan struct{}
	running      sync.WaitGroup
}

func startWriters(t *testing.T, n int, url, token string) *writers {
	w := &writers{refused: map[int]int{}, stop: make(chan struct{})}
	for k := range n {
		w.running.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-w.stop:
					return
				default:
				}
				status, body := post(t, url, token, fmt.Sprintf("Writer %d, need %d", k, i))
				var made struct{ ID string }
				w.mu.Lock()
				if status == http.StatusCreated && json.Unmarshal([]byte(body), &made) == nil {
					w.acknowledged = append(w.acknowledged, made.ID)
				} else {
					w.refused[status]++
				}
				w.mu.Unlock()
			}
		})
	}
	return w
}

func (w *writers) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acknowledged)
}

// end stops the writers and returns the ids of all that was acknowledged.
func (w *writers) end() []string {
	close(w.stop)
	w.running.Wait()
	return w.acknowledged
}

// gauge reads a measurement without labels.
func gauge(t *testing.T, url, name string) float64 {
	t.Helper()
	_, text := call(t, http.MethodGet, url+"/metrics", "", "")
	found := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no measurement %s", name)
	}
	value, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func ready(t *testing.T, url string, want int) func() bool {
	return func() bool {
		status, _ := call(t, http.MethodGet, url+"/readyz", "", "")
		return status == want
	}
}

func TestNothingAcknowledgedIsLostWhateverTheNetworkToTheDatabaseDoes(t *testing.T) {
	t.Parallel()
	uri, proxy := proxied(t)
	env := []string{"ENTENTE_STORE=" + uri}
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "focal_point", "--convention", "fctc", "--participant", "AO"))
	_, url := serving(t, env)
	w := startWriters(t, 4, url, token)
	until(t, "needs are taken", func() bool { return w.count() > 10 })
	before := gauge(t, url, "go_goroutines")
	for _, f := range []faulttest.Fault{faulttest.Latency(80), faulttest.Crawl(30)} {
		proxy.Inject(f)
		before := w.count()
		until(t, "needs are taken under "+f.Name, func() bool { return w.count() > before+8 })
		proxy.Heal()
	}
	// Who cannot write says so, reads go on, and all is well by itself after.
	for _, f := range []faulttest.Fault{faulttest.Reset(), faulttest.Mute()} {
		proxy.Inject(f)
		until(t, "not ready under "+f.Name, ready(t, url, http.StatusServiceUnavailable))
		if status, body := call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc", token, ""); status != http.StatusOK {
			t.Errorf("reading under %s: %d %s", f.Name, status, body)
		}
		proxy.Heal()
		until(t, "ready after "+f.Name, ready(t, url, http.StatusOK))
		before := w.count()
		until(t, "needs are taken after "+f.Name, func() bool { return w.count() > before+8 })
	}
	ids := w.end()
	for status := range w.refused {
		if status != http.StatusServiceUnavailable {
			t.Errorf("%d needs were answered with %d", w.refused[status], status)
		}
	}
	if w.refused[http.StatusServiceUnavailable] == 0 {
		t.Error("no fault was noticed by anybody")
	}
	until(t, "what served the faults is gone", func() bool { return gauge(t, url, "go_goroutines") < before+25 })
	for _, id := range ids {
		if status, body := call(t, http.MethodGet, url+"/api/v1/needs/"+id, token, ""); status != http.StatusOK {
			t.Fatalf("need %s was acknowledged and is lost: %d %s", id, status, body)
		}
	}
	must(t, env, "verify")
}

func TestACopyThatIsKilledIsRefusedUntilItIsRepeated(t *testing.T) {
	t.Parallel()
	env := posted(t)
	from := strings.TrimPrefix(env[0], "ENTENTE_STORE=")
	uri, proxy := proxied(t)
	proxy.Inject(faulttest.Latency(120))
	killed := 0
	for killed < 3 {
		p := launch(t, nil, "store", "copy", "--from", from, "--to", uri)
		timer := time.NewTimer(time.Duration(900+600*killed) * time.Millisecond)
		select {
		case <-p.done:
			t.Fatalf("the copy ended before it was killed:\n%s%s", p.out, p.errs)
		case <-timer.C:
		}
		timer.Stop()
		p.kill()
		killed++
	}
	proxy.Heal()
	there := []string{"ENTENTE_STORE=" + uri}
	out, errs, code := entente(t, there, "verify")
	if strings.Contains(out, "fctc") && code == 0 {
		t.Errorf("half a copy was used:\n%s%s", out, errs)
	}
	must(t, nil, "store", "copy", "--from", from, "--to", uri)
	if got, want := logLines(t, must(t, there, "verify")), logLines(t, must(t, env, "verify")); got != want {
		t.Errorf("completed:\n%s\nwant:\n%s", got, want)
	}
}

// TestAFullDiskStopsWritingAndNothingElse serves with a limit on the size of
// files, which is what a full disk is to a program: writing fails, with an
// answer that says so, and reading goes on.
func TestAFullDiskStopsWritingAndNothingElse(t *testing.T) {
	t.Parallel()
	env := posted(t)
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "focal_point", "--convention", "fctc", "--participant", "AO"))
	path := strings.TrimPrefix(env[0], "ENTENTE_STORE=sqlite://")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	shell := filepath.Join(t.TempDir(), "limited")
	script := fmt.Sprintf("#!/bin/bash\nulimit -f %d\nexec %q \"$@\"\n", info.Size()/1024+700, os.Args[0])
	if err := os.WriteFile(shell, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	server, url := servingAs(t, shell, env)
	var ids []string
	status, body := 0, ""
	for n := range 3000 {
		if status, body = post(t, url, token, fmt.Sprintf("Need %d %s", n, strings.Repeat("long ", 50))); status != http.StatusCreated {
			break
		}
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(body), &made); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, made.ID)
	}
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "unavailable") || len(ids) == 0 {
		t.Fatalf("after %d needs: %d %s\n%s", len(ids), status, body, server.errs)
	}
	until(t, "not ready", ready(t, url, http.StatusServiceUnavailable))
	if status, body := call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc", token, ""); status != http.StatusOK {
		t.Errorf("reading: %d %s", status, body)
	}
	server.kill()
	_, url = serving(t, env) // with room again
	for _, id := range ids {
		if status, body := call(t, http.MethodGet, url+"/api/v1/needs/"+id, token, ""); status != http.StatusOK {
			t.Fatalf("need %s was acknowledged and is lost: %d %s", id, status, body)
		}
	}
	if status, body := post(t, url, token, "With room again"); status != http.StatusCreated {
		t.Errorf("%d %s", status, body)
	}
}
