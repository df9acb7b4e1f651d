package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/store/storetest/mongotest"
)

func TestAnImportThatIsKilledIsFinishedByImportingAgain(t *testing.T) {
	t.Parallel()
	const n = 3000
	needs := rows(t, "needs", n)
	whole := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	began := time.Now()
	must(t, whole, "import", "needs", needs)
	length := time.Since(began)
	for cut := 1; cut <= 4; cut++ {
		env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
		p := launch(t, env, "import", "needs", needs)
		select {
		case <-p.done:
		case <-time.After(length * time.Duration(cut) / 5):
		}
		p.kill()
		if out, errs, code := entente(t, env, "verify"); code != exitDone && !strings.Contains(errs, "nothing to verify") {
			t.Errorf("killed after %d fifths: exit %d\n%s%s", cut, code, out, errs)
		}
		var report importReport
		if err := json.Unmarshal([]byte(must(t, env, "import", "needs", "--json", needs)), &report); err != nil {
			t.Fatal(err)
		}
		if report.Created+report.Unchanged != n || report.Changed != 0 {
			t.Errorf("killed after %d fifths: %+v; want the rest of %d created and nothing changed", cut, report, n)
		}
		if got := decodeRanked(t, must(t, env, "match", "--convention", "fctc", "--json")); len(got.Needs) != n {
			t.Errorf("killed after %d fifths: %d needs, want %d", cut, len(got.Needs), n)
		}
	}
}

func TestARunThatIsKilledIsFinishedByTheNextAndTellsOnce(t *testing.T) {
	t.Parallel()
	const n, offers = 600, 5
	needsFile, offersFile := rows(t, "needs", n), rows(t, "offers", offers)
	prepare := func() ([]string, string) {
		env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
		token := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc"))
		must(t, env, "import", "needs", needsFile)
		must(t, env, "import", "offers", offersFile)
		return env, token
	}
	whole, _ := prepare()
	began := time.Now()
	must(t, whole, "match", "--convention", "fctc")
	length := time.Since(began)
	for cut := 1; cut <= 4; cut++ {
		env, token := prepare()
		p := launch(t, env, "match", "--convention", "fctc")
		select {
		case <-p.done:
		case <-time.After(length * time.Duration(cut) / 5):
		}
		p.kill()
		must(t, env, "verify")
		r := decodeRanked(t, must(t, env, "match", "--convention", "fctc", "--json"))
		if r.Run.Proposals != n*offers {
			t.Errorf("killed after %d fifths: %d proposals stand, want %d", cut, r.Run.Proposals, n*offers)
		}
		server, url := serving(t, env)
		about := list[struct{ Reason, Run string }](t, url+"/api/v1/notifications?convention=fctc", token)
		if len(about) != 1 {
			t.Errorf("killed after %d fifths: the secretariat was told %d times: %v", cut, len(about), about)
		}
		server.kill()
	}
}

func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	for name, uri := range map[string]string{"sqlite": freshSQLite(t), "mongodb": mongotest.Start(t)} {
		t.Run(name, func(t *testing.T) {
			env := []string{"ENTENTE_STORE=" + uri}
			token := strings.TrimSpace(must(t, env, "token", "create", "--role", "focal_point", "--convention", "fctc", "--participant", "AO"))
			var mu sync.Mutex
			acknowledged := map[string]bool{}
			for round := range 3 {
				p, url := serving(t, env)
				var writers sync.WaitGroup
				enough := make(chan struct{})
				var once sync.Once
				for w := range 4 {
					writers.Go(func() {
						for i := 0; ; i++ {
							status, body := post(t, url, token, fmt.Sprintf("Round %d, writer %d, need %d", round, w, i))
							if status != http.StatusCreated {
								return // the server was killed
							}
							var made struct{ ID string }
							if err := json.Unmarshal([]byte(body), &made); err != nil {
								t.Error(err)
								return
							}
							mu.Lock()
							acknowledged[made.ID] = true
							if len(acknowledged) >= 60*(round+1) {
								once.Do(func() { close(enough) })
							}
							mu.Unlock()
						}
					})
				}
				select {
				case <-enough:
				case <-time.After(time.Minute):
					t.Error("the server did not take sixty needs in a minute")
				}
				p.kill()
				writers.Wait()
			}
			must(t, env, "verify")
			_, url := serving(t, env)
			for id := range acknowledged {
				if status, body := call(t, http.MethodGet, url+"/api/v1/needs/"+id, token, ""); status != http.StatusOK {
					t.Fatalf("need %s was acknowledged and is lost: %d %s", id, status, body)
				}
			}
		})
	}
}

func post(t *testing.T, url, token, title string) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"convention": "fctc", "beneficiaries": []string{"AO"}, "title": title, "themes": []string{"fctc-art8"},
		"kinds": []map[string]string{{"kind": "training"}}, "languages": []map[string]string{{"language": "pt", "strength": "preferred"}}})
	if err != nil {
		t.Fatal(err)
	}
	return call(t, http.MethodPost, url+"/api/v1/needs", token, string(body))
}

func TestAMailMayComeTwiceOnlyWhenKilledBetweenAcceptanceAndRecordAndThenIsTheSame(t *testing.T) {
	t.Parallel()
	server := startMailServer(t)
	env := server.env(freshSQLite(t))
	must(t, env, "token", "create", "--role", "committee_member", "--convention", "fctc", "--participant", "TR", "--committee", reviewBody(t, "fctc"), "--mail", "bureau@example.org")
	atOnce(t, env)
	must(t, env, "import", "needs", rows(t, "needs", 6))
	must(t, env, "import", "offers", rows(t, "offers", 6))
	var p *process
	started := make(chan struct{})
	server.whenAccepted(func() { <-started; _ = p.command.Process.Kill() })
	p = launch(t, env, "match", "--convention", "fctc")
	close(started)
	<-p.done
	if got := len(server.received()); got != 1 {
		t.Fatalf("%d mails before the kill, want 1; the process printed:\n%s%s", got, p.out, p.errs)
	}
	server.whenAccepted(nil)
	must(t, env, "verify")
	// The claim of the dead process still holds for a while: a server that
	// runs sends the mail again once it has ended.
	_, _ = serving(t, env)
	until(t, "the mail is sent again", func() bool { return len(server.received()) == 2 })
	mails := server.received()
	first, second := mails[0].envelope.GetHeader("Message-ID"), mails[1].envelope.GetHeader("Message-ID")
	if first == "" || first != second {
		t.Errorf("the same mail came under two ids: %q and %q", first, second)
	}
}
