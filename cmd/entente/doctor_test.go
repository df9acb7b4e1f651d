package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/i18n"
	"entente/store"
	"entente/store/sqlite"
	"entente/store/storetest/mongotest"
)

// examine runs the doctor and returns the verdicts of each check, worst last,
// and everything that it said.
func examine(t *testing.T, env []string, wantCode int) (map[string][]string, string) {
	t.Helper()
	out, errs, code := entente(t, env, "doctor", "--json")
	var report doctorJSON
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v:\n%s%s", err, out, errs)
	}
	if code != wantCode || report.OK != (code == 0) {
		t.Errorf("exit %d, ok %v; want exit %d:\n%s", code, report.OK, wantCode, out)
	}
	verdicts := map[string][]string{}
	for _, f := range report.Findings {
		verdicts[f.Check] = append(verdicts[f.Check], f.Verdict)
		if strings.Contains(f.Message, "{{") || strings.HasPrefix(f.Message, "doctor.") || len(f.Message) < 10 {
			t.Errorf("%s is said as %q", f.Check, f.Message)
		}
	}
	return verdicts, out
}

// expect compares the verdicts of one check.
func expect(t *testing.T, found map[string][]string, check string, verdicts ...string) {
	t.Helper()
	if !slices.Equal(found[check], verdicts) {
		t.Errorf("%s: %v, want %v", check, found[check], verdicts)
	}
}

func TestTheDoctorFindsAGoodInstallationGood(t *testing.T) {
	server := startMailServer(t)
	env := append(posted(t), "ENTENTE_SMTP="+server.address, "ENTENTE_SMTP_TLS=none", "ENTENTE_SMTP_FROM=entente@example.org", "ENTENTE_PUBLIC_URL=https://entente.example.org")
	before := must(t, env, "verify")
	found, said := examine(t, env, exitDone)
	for _, check := range []string{"configuration", "profiles", "store", "integrity", "durability", "disk", "mail", "address", "clock"} {
		expect(t, found, check, verdictOK)
	}
	if slices.Contains(found["files"], verdictFail) {
		t.Errorf("files: %s", said)
	}
	if len(server.received()) != 0 {
		t.Error("a mail was sent")
	}
	if after := must(t, env, "verify"); after != before {
		t.Error("the doctor wrote to a log")
	}
}

func TestTheDoctorSaysWhereTheKeyLies(t *testing.T) {
	env := posted(t)
	found, said := examine(t, env, exitDone)
	expect(t, found, "key", verdictOK)
	if !strings.Contains(said, "ENTENTE_KEY is not set") || !strings.Contains(said, "in its backups") {
		t.Errorf("nobody is told that the key is in the backups:\n%s", said)
	}
	const secret = "a-key-of-the-operators-own-of-32-characters"
	found, said = examine(t, append(env, "ENTENTE_KEY="+secret), exitDone)
	expect(t, found, "key", verdictOK)
	if strings.Contains(said, "ENTENTE_KEY is not set") || strings.Contains(said, secret) {
		t.Errorf("with a key of the operator's own it says:\n%s", said)
	}
}

func TestTheDoctorMakesNoStoreWhereNoneIs(t *testing.T) {
	uri := freshSQLite(t)
	found, _ := examine(t, []string{"ENTENTE_STORE=" + uri}, exitDone)
	expect(t, found, "store", verdictWarn)
	expect(t, found, "mail", verdictWarn)
	expect(t, found, "address", verdictWarn)
	if _, err := os.Stat(strings.TrimPrefix(uri, "sqlite://")); err == nil {
		t.Error("the store was made")
	}
}

func TestTheDoctorSaysOfMongoDBThatItStandsAlone(t *testing.T) {
	t.Parallel()
	found, said := examine(t, []string{"ENTENTE_STORE=" + mongotest.Start(t)}, exitDone)
	expect(t, found, "store", verdictOK)
	expect(t, found, "durability", verdictWarn)
	expect(t, found, "clock", verdictOK)
	if !strings.Contains(said, "replica set") {
		t.Errorf("nothing is said of a replica set:\n%s", said)
	}
}

func TestTheDoctorNamesEveryFaultWithItsRemedy(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	open := filepath.Join(folder, "password")
	if err := os.WriteFile(open, []byte("canary-doctor\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o644); err != nil { // whatever the umask
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "mine.yaml"), []byte("nonsense: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(folder, "tls.key")
	if err := os.WriteFile(key, []byte("canary-doctor"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(key, 0o604); err != nil {
		t.Fatal(err)
	}
	found, said := examine(t, []string{"ENTENTE_TLS_CERT=" + key, "ENTENTE_TLS_KEY=" + key, "ENTENTE_STORE=mongodb://entente:canary-doctor@127.0.0.1:1/entente?serverSelectionTimeoutMS=50",
		"ENTENTE_SMTP=127.0.0.1:1", "ENTENTE_SMTP_USER=entente", "ENTENTE_SMTP_PASSWORD_FILE=" + open,
		"ENTENTE_PUBLIC_URL=http://entente.example.org", "ENTENTE_PROFILES=" + folder, "PATH=" + folder}, exitFail)
	expect(t, found, "store", verdictFail)
	expect(t, found, "profiles", verdictFail)
	expect(t, found, "mail", verdictFail, verdictWarn)
	expect(t, found, "address", verdictWarn)
	expect(t, found, "programs", verdictWarn, verdictWarn)
	if !slices.Contains(found["files"], verdictFail) || !strings.Contains(said, "chmod 0600 "+open) || !strings.Contains(said, "chmod 0600 "+key) {
		t.Errorf("the open password file is not named:\n%s", said)
	}
	if strings.Contains(said, "canary-doctor") {
		t.Errorf("a secret is told:\n%s", said)
	}
}

func TestTheDoctorSeesADatabaseThatOthersCanReadAndAFutureCommit(t *testing.T) {
	uri := freshSQLite(t)
	path := strings.TrimPrefix(uri, "sqlite://")
	s, err := sqlite.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	c := store.Commit{Log: "fctc", Number: 1, ID: "a", Command: "test", Actor: "test", Time: time.Now().Add(time.Hour),
		Versions: []store.Version{{Kind: "need", ID: "a", Number: 1, Schema: 1, Body: []byte("{}")}}}
	store.Seal(store.Hash{}, &c)
	if _, err := s.Append(t.Context(), "fctc", []store.Commit{c}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	found, said := examine(t, []string{"ENTENTE_STORE=" + uri}, exitFail)
	expect(t, found, "clock", verdictFail)
	if !slices.Contains(found["files"], verdictFail) || !strings.Contains(said, "chmod 0600 "+path) || !strings.Contains(said, "NTP") {
		t.Errorf("%s", said)
	}
}

func TestTheDoctorSeesADamagedFile(t *testing.T) {
	env := posted(t)
	path := strings.TrimPrefix(env[0], "ENTENTE_STORE=sqlite://")
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	// Beyond the first pages, so that the file still opens.
	junk := []byte(strings.Repeat("damage!!", 4096/8))
	for at := info.Size() / 2 / 4096 * 4096; at < info.Size(); at += 4096 {
		if _, err := f.WriteAt(junk, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	found, said := examine(t, env, exitFail)
	if !slices.Contains(found["integrity"], verdictFail) && !slices.Contains(found["store"], verdictFail) {
		t.Errorf("the damage is not seen:\n%s", said)
	}
}

func TestTheDoctorSpeaksSixLanguages(t *testing.T) {
	t.Parallel()
	english := ""
	for _, language := range i18n.Languages() {
		out := must(t, []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_LANGUAGE=" + language}, "doctor")
		if language == "en" {
			english = out
		}
		if strings.Contains(out, "doctor.") || language != "en" && out == english || strings.Count(out, "[") < 8 {
			t.Errorf("%s:\n%s", language, out)
		}
	}
}
