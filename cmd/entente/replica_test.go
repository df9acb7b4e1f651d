package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/store/storetest/mongotest"
)

// replicas are two servers on one store; either may be killed and started
// again.
type replicas struct {
	t       *testing.T
	env     []string
	servers [2]*process
	urls    [2]string
}

func (r *replicas) start(i int) {
	r.t.Helper()
	r.servers[i], r.urls[i] = serving(r.t, r.env, "--match-slots", "*/2 * * * * *")
}

func (r *replicas) restart(i int) {
	r.t.Helper()
	r.servers[i].kill()
	r.start(i)
}

// page is any list of the API.
type page[T any] struct {
	Items []T
	Next  string
}

func list[T any](t *testing.T, url, token string) []T {
	t.Helper()
	var all []T
	for next := url; next != ""; {
		status, body := call(t, http.MethodGet, next, token, "")
		var p page[T]
		if err := json.Unmarshal([]byte(body), &p); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %v %.500s", next, status, err, body)
		}
		all = append(all, p.Items...)
		next = ""
		if p.Next != "" {
			next = url + "&cursor=" + p.Next
		}
	}
	return all
}

func TestTwoReplicasRunEverySlotOnceAndShowEachOthersNeeds(t *testing.T) {
	t.Parallel()
	for name, uri := range map[string]string{"sqlite": freshSQLite(t), "mongodb": mongotest.Start(t)} {
		t.Run(name, func(t *testing.T) {
			const slots, killed = 20, 5
			env := []string{"ENTENTE_STORE=" + uri}
			secretariat := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "secretariat@example.org"))
			must(t, env, "import", "offers", rows(t, "offers", 3))
			r := &replicas{t: t, env: env}
			r.start(0)
			r.start(1)
			var delays []time.Duration
			for n := range slots {
				at, other := n%2, 1-n%2
				id := importOne(t, r.urls[at], secretariat, n)
				posted := time.Now()
				if n%(slots/killed) == 1 {
					// Whoever holds the next slot may be the one that dies here.
					r.restart(at)
				}
				until(t, "the need is listed and matched at the other replica", func() bool {
					status, body := call(t, http.MethodGet, r.urls[other]+"/api/v1/needs/"+id+"/matches", secretariat, "")
					return status == http.StatusOK && strings.Contains(body, `"score"`)
				})
				if n%(slots/killed) != 1 {
					delays = append(delays, time.Since(posted))
				}
				until(t, "a slot has proposed the pairings", func() bool {
					return len(list[struct{ ID string }](t, r.urls[other]+"/api/v1/proposals?convention=fctc&need="+id, secretariat)) == 3
				})
			}
			slices.Sort(delays)
			t.Logf("a need posted at one replica is listed and matched at the other: median %v, 95th percentile %v", delays[len(delays)/2], delays[len(delays)*95/100])
			proposals := list[struct{ ID, Status string }](t, r.urls[0]+"/api/v1/proposals?convention=fctc", secretariat)
			if len(proposals) != 3*slots {
				t.Errorf("%d proposals, want %d: three for each need, once", len(proposals), 3*slots)
			}
			told := map[string]int{}
			for _, n := range list[struct{ ID, Reason, Run string }](t, r.urls[0]+"/api/v1/notifications?convention=fctc", secretariat) {
				told[n.Reason+" "+n.Run]++
			}
			if len(told) < slots/2 {
				t.Errorf("only %d messages over %d slots", len(told), slots)
			}
			for what, times := range told {
				if strings.HasSuffix(what, " ") {
					continue // not about a run
				}
				if times != 1 {
					t.Errorf("the secretariat was told %d times of %s", times, what)
				}
			}
			runs := list[struct {
				ID   string
				Slot string
				Done bool
			}](t, r.urls[0]+"/api/v1/runs?convention=fctc", secretariat)
			seen := map[string]bool{}
			for _, run := range runs {
				if !run.Done || run.Slot != "" && seen[run.Slot] {
					t.Errorf("run %+v is not done, or its slot has two runs", run)
				}
				seen[run.Slot] = true
			}
			for _, s := range r.servers {
				s.kill()
			}
			must(t, env, "verify")
		})
	}
}

// importOne imports one need through the API and returns its id.
func importOne(t *testing.T, url, token string, n int) string {
	t.Helper()
	external := fmt.Sprintf("need-%d", n)
	content := "external_id,convention,beneficiary,title,themes,kinds,languages\n" + external + ",fctc,AO,Need " + external + ",fctc-art8,training,en\n"
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/api/v1/imports/needs", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/csv")
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("import: %s", answer.Status)
	}
	found := list[struct {
		ID         string
		ExternalID string `json:"external_id"`
	}](t, url+"/api/v1/needs?convention=fctc&q="+external, token)
	for _, f := range found {
		if f.ExternalID == external {
			return f.ID
		}
	}
	t.Fatalf("need %s is not listed where it was imported", external)
	return ""
}
