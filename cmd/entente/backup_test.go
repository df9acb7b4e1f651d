package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/platform"
	"entente/store"
	"entente/store/archive"
	"entente/store/storetest/mongotest"
)

// posted is a store with needs, offers and an account.
func posted(t *testing.T) (env []string) {
	t.Helper()
	env = []string{"ENTENTE_STORE=" + freshSQLite(t)}
	must(t, env, "import", "needs", rows(t, "needs", 40))
	must(t, env, "import", "offers", rows(t, "offers", 40))
	must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "secretariat@example.org")
	return env
}

var hashes = regexp.MustCompile(`(?m)^.*[0-9a-f]{64}.*$`)

// logLines are the lines that name the last hash of each log.
func logLines(t *testing.T, text string) string {
	t.Helper()
	lines := strings.Join(hashes.FindAllString(text, -1), "\n")
	if !strings.Contains(lines, "fctc") || !strings.Contains(lines, "accounts") {
		t.Fatalf("not every log is told:\n%s", text)
	}
	return lines
}

func TestABackupWhileServingRestoredElsewhereMatchesTheSame(t *testing.T) {
	env := posted(t)
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "other@example.org"))
	server, url := serving(t, env)
	file := filepath.Join(t.TempDir(), "entente.backup")
	under := filepath.Join(t.TempDir(), "under-load.backup")
	running := launch(t, env, "backup", under)
	for n, done := 0, false; !done; n++ {
		importOne(t, url, token, n)
		select {
		case <-running.done:
			done = true
		default:
		}
	}
	if code := running.wait(); code != 0 {
		t.Fatalf("the backup failed: %s", running.errs)
	}
	must(t, nil, "restore", "--store", freshSQLite(t), under)
	server.kill()

	want := must(t, env, "match", "--convention", "fctc", "--json")
	told := logLines(t, must(t, env, "backup", file))
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup can be read by others: %v %v", info.Mode(), err)
	}
	empty := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	if out := must(t, empty, "restore", file); logLines(t, out) != told {
		t.Errorf("restored:\n%s\nbacked up:\n%s", out, told)
	}
	if out := must(t, empty, "verify"); logLines(t, out) != told {
		t.Errorf("verified:\n%s\nbacked up:\n%s", out, told)
	}
	got := must(t, empty, "match", "--convention", "fctc", "--json")
	if !bytes.Equal(needsOf(t, want), needsOf(t, got)) || len(decodeRanked(t, got).Needs) < 40 {
		t.Errorf("the restored store matches otherwise:\n%.1000s\n%.1000s", got, want)
	}
	// The token of before works in what was restored.
	_, url = serving(t, empty)
	if status, body := call(t, http.MethodGet, url+"/api/v1/notifications?convention=fctc", token, ""); status != http.StatusOK {
		t.Errorf("the token is not known: %d %s", status, body)
	}
}

func TestACopyToMongoDBAndBackTellsTheSameHashes(t *testing.T) {
	env := posted(t)
	from, there, back := strings.TrimPrefix(env[0], "ENTENTE_STORE="), mongotest.Start(t), freshSQLite(t)
	want := must(t, env, "match", "--convention", "fctc", "--json")
	first := must(t, nil, "store", "copy", "--from", from, "--to", there)
	second := must(t, nil, "store", "copy", "--from", there, "--to", back)
	if logLines(t, first) != logLines(t, second) {
		t.Errorf("there:\n%s\nback:\n%s", first, second)
	}
	for _, uri := range []string{there, back} {
		got := must(t, []string{"ENTENTE_STORE=" + uri}, "match", "--convention", "fctc", "--json")
		if !bytes.Equal(needsOf(t, want), needsOf(t, got)) {
			t.Errorf("%s matches otherwise", uri)
		}
	}
}

// derived is what the key of an installation gives: every link, calendar
// address and secret of a webhook is such bytes.
func derived(t *testing.T, uri string) string {
	t.Helper()
	s, err := openStore(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	on, err := platform.Open(t.Context(), platform.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	return hex.EncodeToString(on.Derive("test", "part"))
}

func TestARestoreAndACopyKeepTheInstallationsKey(t *testing.T) {
	env := posted(t)
	from := strings.TrimPrefix(env[0], "ENTENTE_STORE=")
	want := derived(t, from) // which makes the key
	if other := derived(t, freshSQLite(t)); other == want {
		t.Fatal("two installations have one key")
	}
	file := filepath.Join(t.TempDir(), "entente.backup")
	must(t, env, "backup", file)
	restored, there, back := freshSQLite(t), mongotest.Start(t), freshSQLite(t)
	must(t, nil, "restore", "--store", restored, file)
	must(t, nil, "store", "copy", "--from", from, "--to", there)
	must(t, nil, "store", "copy", "--from", there, "--to", back)
	for name, uri := range map[string]string{"the source": from, "restored": restored, "copied": there, "copied back": back} {
		if got := derived(t, uri); got != want {
			t.Errorf("%s: another key", name)
		}
	}
}

func TestWhatCannotBeBackedUpOrRestoredIsRefusedWithARemedy(t *testing.T) {
	env := posted(t)
	uri := strings.TrimPrefix(env[0], "ENTENTE_STORE=")
	folder := t.TempDir()
	file := filepath.Join(folder, "backup")
	must(t, env, "backup", file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fresh := freshSQLite(t)
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"over a file", []string{"backup", "--store", uri, file}, "exists already"},
		{"of nothing", []string{"backup", "--store", freshSQLite(t), filepath.Join(folder, "nothing")}, "holds nothing"},
		{"into no folder", []string{"backup", "--store", uri, filepath.Join(folder, "no", "where")}, "no such file"},
		{"a cut file", []string{"restore", "--store", fresh, write("cut", whole[:len(whole)-1])}, "damaged"},
		{"another file", []string{"restore", "--store", fresh, write("text", []byte("external_id,title\n"))}, "not a backup"},
		{"no file", []string{"restore", "--store", fresh, filepath.Join(folder, "none")}, "no such file"},
		{"into a store in use", []string{"restore", "--store", uri, file}, "in use"},
		{"copy onto itself", []string{"store", "copy", "--from", uri, "--to", uri}, "same store"},
		{"copy of nothing", []string{"store", "copy", "--from", fresh, "--to", freshSQLite(t)}, "holds nothing"},
		{"copy into a store in use", []string{"store", "copy", "--from", uri, "--to", "sqlite://" + sqliteCopy(t, uri)}, "in use"},
		{"copy to no store", []string{"store", "copy", "--from", uri, "--to", "postgres://user:canary@host/db"}, "--to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, errs, code := entente(t, nil, c.args...)
			if code != 1 || !strings.Contains(errs, c.want) || strings.Contains(errs, "canary") {
				t.Errorf("exit %d, want 1 and %q:\n%s%s", code, c.want, out, errs)
			}
		})
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if hidden, _ := filepath.Glob(filepath.Join(folder, ".*part*")); err != nil || len(hidden) > 0 || len(left) != 3 {
		t.Errorf("left behind: %v %v", left, hidden)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, whole) {
		t.Error("the backup was written over")
	}
	must(t, nil, "restore", "--store", fresh, file) // what was refused has left nothing
}

// sqliteCopy restores a store into another file and returns its path.
func sqliteCopy(t *testing.T, uri string) string {
	t.Helper()
	to := freshSQLite(t)
	must(t, nil, "store", "copy", "--from", uri, "--to", to)
	return strings.TrimPrefix(to, "sqlite://")
}

func TestAStoreThatARestoreHasNotFinishedIsRefusedUntilItIs(t *testing.T) {
	env := posted(t)
	file := filepath.Join(t.TempDir(), "backup")
	must(t, env, "backup", file)
	uri := freshSQLite(t)
	to, err := connect(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := archive.Read(t.Context(), reader, brittle{to}, time.Now()); err == nil {
		t.Fatal("the restore was not interrupted")
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	half := []string{"ENTENTE_STORE=" + uri}
	for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"match"}, {"verify"}, {"import", "needs", rows(t, "needs", 1)},
		{"backup", filepath.Join(t.TempDir(), "half")}, {"store", "copy", "--from", uri, "--to", freshSQLite(t)},
		{"token", "create", "--role", "administrator"}} {
		if out, errs, code := entente(t, half, args...); code != 1 || !strings.Contains(errs, "entente restore") {
			t.Errorf("entente %s: exit %d, want 1 and how to complete the restore:\n%s%s", args[0], code, out, errs)
		}
	}
	must(t, half, "restore", file)
	if got, want := logLines(t, must(t, half, "verify")), logLines(t, must(t, env, "verify")); got != want {
		t.Errorf("completed:\n%s\nwant:\n%s", got, want)
	}
}

func TestTheCommandsForWholeStoresHaveHelpInSixLanguages(t *testing.T) {
	for _, args := range [][]string{{"backup"}, {"restore"}, {"store"}, {"store", "copy"}} {
		seen := map[string]bool{}
		for _, language := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
			out := must(t, []string{"ENTENTE_LANGUAGE=" + language}, append(args, "--help")...)
			if seen[out] || !strings.Contains(out, "entente "+strings.Join(args, " ")) || strings.Contains(out, "cli.") || strings.Contains(out, "${") {
				t.Errorf("%s in %s:\n%s", args, language, out)
			}
			seen[out] = true
		}
	}
}

// brittle is a store that breaks down when the second log arrives.
type brittle struct{ store.Store }

func (b brittle) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if log != "accounts" {
		return 0, errors.New("the power went")
	}
	return b.Store.Restore(ctx, log, commits)
}
