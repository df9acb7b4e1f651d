package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnknownCommandsAndOptionsExitWithTwo(t *testing.T) {
	for _, args := range [][]string{{"dance"}, {"serve", "--loudly"}, {"match", "--convention"}, {"import", "needs"}, {"token", "create"}, {"bench", "match", "--needs", "many"}} {
		out, errs, code := entente(t, nil, args...)
		if code != 2 || errs == "" {
			t.Errorf("entente %s: exit %d, said %q; want exit 2 and what is wrong", strings.Join(args, " "), code, out+errs)
		}
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	for _, args := range [][]string{{}, {"demo"}, {"serve"}, {"match"}, {"import"}, {"import", "needs"}, {"import", "offers"}, {"import", "activities"}, {"import", "history"}, {"weights"}, {"weights", "adopt"}, {"weights", "show"}, {"check"}, {"check", "profiles"},
		{"verify"}, {"config"}, {"token"}, {"token", "create"}, {"bench"}, {"bench", "match"}, {"version"}} {
		out, errs, code := entente(t, nil, append(args, "--help")...)
		if code != 0 || !strings.Contains(out, "Usage: entente") || strings.Contains(out, "${") || strings.Contains(out, "cli.") {
			t.Errorf("entente %s --help: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
		}
	}
}

func TestHelpIsInTheOperatorsLanguage(t *testing.T) {
	for _, language := range []string{"fr_FR.UTF-8", "ar", "zh_CN.UTF-8", "es", "ru"} {
		english := must(t, nil, "serve", "--help")
		out := must(t, []string{"ENTENTE_LANGUAGE=" + language}, "serve", "--help")
		if out == english {
			t.Errorf("%s: the help is in English", language)
		}
	}
}

func TestHelpShowsACommandsOwnOptionsFirstAndEveryDefault(t *testing.T) {
	out := must(t, nil, "bench", "match", "--help")
	own, shared := strings.Index(out, "--needs"), strings.Index(out, "--store")
	if own < 0 || shared < own {
		t.Errorf("the options of the command do not come first:\n%s", out)
	}
	for _, value := range []string{"Default: 10000", "Default: 0 * * * * ($ENTENTE_MATCH_SLOTS)", "Default: starttls"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), value) {
			t.Errorf("%q is not said:\n%s", value, out)
		}
	}
}

func TestTheParsersOwnWordsAreTranslatedInHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"import", "needs", "--help"}, {"token", "--help"}} {
		out := must(t, []string{"ENTENTE_LANGUAGE=ru"}, args...)
		for _, english := range []string{"Usage", "Flags", "Commands", "Arguments", "Run ", "context-sensitive", "[flags]"} {
			if strings.Contains(out, english) {
				t.Errorf("%v: %q is in English:\n%s", args, english, out)
			}
		}
	}
}

func TestWhatIsNotThereIsNotMadeByReadingIt(t *testing.T) {
	uri := freshSQLite(t)
	env := []string{"ENTENTE_STORE=" + uri}
	backup := filepath.Join(t.TempDir(), "backup")
	for _, args := range [][]string{{"verify"}, {"backup", backup}, {"store", "copy", "--from", uri, "--to", freshSQLite(t)}} {
		out, errs, code := entente(t, env, args...)
		if code != exitFail || !strings.Contains(errs, uri) || strings.Contains(out, "rebuilt") {
			t.Errorf("%s: exit %d:\n%s%s", args, code, out, errs)
		}
		for _, file := range []string{strings.TrimPrefix(uri, "sqlite://"), backup} {
			if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s has made %s: %v", args[0], file, err)
			}
		}
	}
	// A store without commits is nothing to verify either.
	s, err := connect(t.Context(), uri)
	if err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	if out, errs, code := entente(t, env, "verify"); code != exitFail || !strings.Contains(errs, uri) {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
}

func TestAFileThatIsNotThereAndAnAddressThatIsTakenAreNamedInTheOperatorsLanguage(t *testing.T) {
	french := []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_LANGUAGE=fr"}
	_, errs, code := entente(t, french, "import", "needs", "nowhere.csv")
	if code != exitFail || !strings.Contains(errs, "Il n’y a pas de fichier nowhere.csv") {
		t.Errorf("exit %d:\n%s", code, errs)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, errs, code = entente(t, french, "serve", "--addr", taken.Addr().String())
	if code != exitFail || !strings.Contains(errs, "--addr") || !strings.Contains(errs, "autre programme") {
		t.Errorf("exit %d:\n%s", code, errs)
	}
}

func TestAllMistakesOfTheConfigurationAreToldAtOnceByName(t *testing.T) {
	_, errs, code := entente(t, []string{"ENTENTE_SMTP=nowhere", "ENTENTE_LOG_LEVEL=loud"}, "config", "--store", "postgres://x", "--match-slots", "@every 5m", "--public-url", "entente", "--profiles", "/nonexistent")
	if code != 2 {
		t.Errorf("exit %d, want 2", code)
	}
	for _, option := range []string{"--store", "--match-slots", "--public-url", "--profiles", "--smtp", "--log-level"} {
		if !strings.Contains(errs, option) {
			t.Errorf("nothing is said about %s:\n%s", option, errs)
		}
	}
}

func TestTheConfigurationIsPrintedWithSecretsMasked(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("hunter2-canary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := must(t, []string{"ENTENTE_SMTP_PASSWORD_FILE=" + secret, "ENTENTE_STORE=mongodb://entente:canary-two@db.example.org/entente", "ENTENTE_SMTP_USER=mailer"}, "config")
	if strings.Contains(out, "canary") {
		t.Errorf("a secret is printed:\n%s", out)
	}
	for _, line := range []string{"ENTENTE_SMTP_PASSWORD=********", "ENTENTE_SMTP_USER=mailer", "db.example.org/entente", "ENTENTE_MATCH_SLOTS=0 * * * *", "ENTENTE_ADDR=127.0.0.1:8080", "ENTENTE_LANGUAGE="} {
		if !strings.Contains(out, line) {
			t.Errorf("%q is missing:\n%s", line, out)
		}
	}
	_, errs, code := entente(t, []string{"ENTENTE_SMTP_PASSWORD_FILE=/nonexistent"}, "config")
	if code != 2 || !strings.Contains(errs, "ENTENTE_SMTP_PASSWORD_FILE") {
		t.Errorf("a secret file that is missing: exit %d, %s", code, errs)
	}
}

func TestTheDefaultStoreIsUnderTheUsersDataFolder(t *testing.T) {
	home := t.TempDir()
	must(t, []string{"HOME=" + home, "XDG_DATA_HOME="}, "match")
	info, err := os.Stat(filepath.Join(home, ".local", "share", "entente", "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the database can be read by others: %v", info.Mode())
	}
}

func TestProfilesAreCheckedByFileAndLine(t *testing.T) {
	out := must(t, nil, "check", "profiles")
	for _, id := range []string{"apmbc", "untoc", "fctc", "cms"} {
		if !strings.Contains(out, id+":") {
			t.Errorf("%s is not reported:\n%s", id, out)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mine.yaml"), []byte("id: mine\nnmae: {en: Mine}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := entente(t, nil, "check", "profiles", "--profiles", folder)
	if code != 1 || !strings.Contains(errs, "mine.yaml:2:") {
		t.Errorf("exit %d, want 1 and the second line of the file named:\n%s", code, errs)
	}
}

func TestABadRowIsReportedAndTheOthersGoIn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "needs.csv")
	content := "external_id,convention,beneficiary,title,themes,kinds,languages\n" +
		"good,fctc,AO,A law,fctc-art8,legal,pt\n" +
		"bad,fctc,XX,A law,fctc-art999,legal,pt\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	out, _, code := entente(t, env, "import", "needs", "--json", file)
	var report importReport
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 1 {
		t.Fatalf("exit %d, %v:\n%s", code, err, out)
	}
	if report.Created != 1 || report.Rejected != 1 || len(report.Errors) == 0 || report.Errors[0].Line != 3 || report.Errors[0].Column != "beneficiary" {
		t.Errorf("report %+v; want one created, and line 3 rejected for its beneficiary", report)
	}
	out = must(t, env, "match", "--convention", "fctc", "--json")
	if !strings.Contains(out, `"external_id":"good"`) {
		t.Errorf("the good row is not there:\n%s", out)
	}
}

func TestActivitiesAreImported(t *testing.T) {
	file := filepath.Join(t.TempDir(), "activities.csv")
	content := "external_id,convention,beneficiaries,providers,title,themes,kinds\n" +
		"good,fctc,AO,NO new-fund,Courses,fctc-art8,training\nbad,fctc,AO,AO,Courses,fctc-art8,training\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	for _, want := range []importReport{{Rows: 2, Created: 1, Rejected: 1}, {Rows: 2, Unchanged: 1, Rejected: 1}} {
		out, _, code := entente(t, env, "import", "activities", "--json", file)
		var got importReport
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitFail {
			t.Fatalf("exit %d, %v:\n%s", code, err, out)
		}
		if len(got.Errors) != 1 || got.Errors[0].Line != 3 || got.Errors[0].Column != "providers" {
			t.Errorf("the mistakes are %+v", got.Errors)
		}
		if got.Created != want.Created || got.Unchanged != want.Unchanged || got.Rejected != want.Rejected || got.Rows != want.Rows {
			t.Errorf("report %+v, want %+v", got, want)
		}
	}
}

func TestAMistakeOfAWholeRowIsSaidOfItsLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "needs.csv")
	if err := os.WriteFile(file, []byte("external_id,convention,beneficiary,title,themes,kinds,languages\nshort,fctc,AO\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := entente(t, []string{"ENTENTE_STORE=" + freshSQLite(t)}, "import", "needs", file)
	if code != exitFail || !strings.Contains(errs, file+":2: The number of cells") {
		t.Errorf("exit %d:\n%s", code, errs)
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	if out := must(t, env, "import", "needs", "--dry-run", rows(t, "needs", 20)); !strings.Contains(out, "20") {
		t.Errorf("the dry run does not speak of 20 rows:\n%s", out)
	}
	if out, errs, code := entente(t, env, "verify"); code != exitFail || !strings.Contains(errs, "nothing to verify") {
		t.Errorf("a dry run wrote to the log: exit %d\n%s%s", code, out, errs)
	}
}

func TestTheDemoShowsTheMainJobForFourConventions(t *testing.T) {
	out := must(t, nil, "demo", "--once")
	for _, want := range []string{"Mine", "Organized Crime", "Tobacco", "Migratory", "5. "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	folder := t.TempDir()
	must(t, nil, "demo", "--once", "--data", folder)
	if again := must(t, nil, "demo", "--once", "--data", folder); strings.Count(again, "Nothing has changed") != 4 {
		t.Errorf("a second demo in the same folder changed something:\n%s", again)
	}
}

func TestTheServerAnswersWithItsFirstPageAndTheAPIBesideIt(t *testing.T) {
	_, url := serving(t, []string{"ENTENTE_STORE=" + freshSQLite(t)})
	for path, want := range map[string]string{"/": "<h1>Entente</h1>", "/c/fctc/needs": "<h1>", "/openapi.json": `"openapi"`, "/api/v1/conventions": `"apmbc"`} {
		if status, body := call(t, "GET", url+path, "", ""); status != 200 || !strings.Contains(body, want) {
			t.Errorf("GET %s: %d %.200s; want 200 and %s", path, status, body, want)
		}
	}
	if status, body := call(t, "GET", url+"/nowhere", "", ""); status != 404 || !strings.Contains(body, `"not_found"`) {
		t.Errorf("GET /nowhere: %d %.200s; want a problem", status, body)
	}
}

func TestTheBenchPrintsItsFigures(t *testing.T) {
	out := must(t, nil, "bench", "match", "--needs", "200", "--offers", "200", "--k", "3", "--json")
	var figures map[string]float64
	if err := json.Unmarshal([]byte(out), &figures); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	for _, name := range []string{"needs", "offers", "k", "seconds", "brute_seconds_scaled", "peak_bytes", "single_median_ms", "update_median_ms"} {
		if figures[name] <= 0 {
			t.Errorf("%s is %v:\n%s", name, figures[name], out)
		}
	}
}
