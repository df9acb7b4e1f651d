package main

import (
	"encoding/json"
	"strings"
	"testing"

	"entente/store/storetest/mongotest"
)

// verified is what match --run ID --verify --json prints.
func verified(t *testing.T, env []string, id string) (v verifiedJSON, code int) {
	t.Helper()
	out, errs, code := entente(t, env, "match", "--run", id, "--verify", "--json")
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("exit %d: %v\n%s%s", code, err, out, errs)
	}
	return v, code
}

func TestARecordedRunIsRepeatedAndConfirmedOnBothStores(t *testing.T) {
	t.Parallel()
	past := written(t, "past.csv", "year,beneficiary,theme,provider\n2019,AGO,fctc-art6,NOR\n2020,AO,fctc-art8,NO\n2021,MZ,fctc-art8,BR\n")
	needs, offers := rows(t, "needs", 40), rows(t, "offers", 30)
	for name, uri := range map[string]string{"SQLite": freshSQLite(t), "MongoDB": mongotest.Start(t)} {
		env := []string{"ENTENTE_STORE=" + uri, "ENTENTE_LANGUAGE=en"}
		must(t, env, "import", "history", past, "--convention", "fctc", "--source", "Reports")
		must(t, env, "import", "needs", needs)
		must(t, env, "import", "offers", offers)
		run := decodeRanked(t, must(t, env, "match", "--convention", "fctc", "--json")).Run
		must(t, env, "import", "needs", rows(t, "needs", 50))
		must(t, env, "match", "--convention", "fctc")
		v, code := verified(t, env, run.ID)
		if code != exitDone || !v.Confirmed || v.Compared != run.Added || run.Added == 0 || v.Position != run.Position {
			t.Errorf("%s: exit %d, %+v of %+v", name, code, v, run)
		}
		if out := must(t, env, "match", "--run", run.ID, "--verify"); !strings.Contains(out, "confirmed") || !strings.Contains(out, v.Digest) {
			t.Errorf("%s: %s", name, out)
		}
		if _, errs, code := entente(t, env, "match", "--run", "absent", "--verify"); code != exitFail || errs == "" {
			t.Errorf("%s, a run that is not there: exit %d: %s", name, code, errs)
		}
		if v, code := verified(t, env, "absent"); code != exitFail || v.Confirmed || v.Why != "error.not_found.document" {
			t.Errorf("%s, a run that is not there: exit %d: %+v", name, code, v)
		}
	}
}

func TestARunIsNamedTogetherWithWhatIsDoneToIt(t *testing.T) {
	for _, args := range [][]string{{"match", "--run", "x"}, {"match", "--verify"}} {
		if _, _, code := entente(t, nil, args...); code != exitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}

func TestARunOfTheReleaseBeforeIsRefusedWithItsVersion(t *testing.T) {
	t.Parallel()
	for name, uri := range oldStores(t) {
		i, _ := atOldDay(t, uri)
		state, _ := i.platform.State("fctc")
		last, ok := state.LastRun()
		if !ok {
			t.Fatal("no run is there")
		}
		if err := i.close(); err != nil {
			t.Fatal(err)
		}
		env := []string{"ENTENTE_STORE=" + uri, "ENTENTE_LANGUAGE=en"}
		_, errs, code := entente(t, env, "match", "--run", last.ID, "--verify")
		if code != exitFail || !strings.Contains(errs, "version 1 of the matching engine") {
			t.Errorf("%s: exit %d: %s", name, code, errs)
		}
		if v, code := verified(t, env, last.ID); code != exitFail || v.Confirmed || v.Why != "error.state.verify_engine" {
			t.Errorf("%s: exit %d: %+v", name, code, v)
		}
	}
}
