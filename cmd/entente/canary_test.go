package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// canary marks everything that must never be seen again.
const canary = "k4n4r1-4711"

// tells fails the test when a text has a canary, or one of the secrets that
// the program itself has made.
func tells(t *testing.T, where, text string, made ...string) {
	t.Helper()
	for _, secret := range append(made, canary) {
		if at := strings.Index(text, secret); at >= 0 && secret != "" {
			t.Errorf("%s tells a secret: …%s…", where, text[max(0, at-200):min(len(text), at+60)])
			return
		}
	}
}

// secretFile writes a canary into a file.
func secretFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNoCommandTellsASecretWhateverFails(t *testing.T) {
	t.Parallel()
	env := []string{
		"ENTENTE_LOG_LEVEL=debug", "ENTENTE_STORE=mongodb://entente:" + canary + "@127.0.0.1:1/entente?serverSelectionTimeoutMS=10",
		"ENTENTE_SMTP=127.0.0.1:1", "ENTENTE_SMTP_USER=entente", "ENTENTE_SMTP_PASSWORD_FILE=" + secretFile(t, canary+"\n"),
		"ENTENTE_KEY=" + canary + "-and-more-to-make-it-long-enough-for-a-key",
		"OTEL_EXPORTER_OTLP_ENDPOINT=http://user:" + canary + "@127.0.0.1:1", "OTEL_EXPORTER_OTLP_HEADERS=authorization=" + canary,
	}
	env = append(env, provider()...)
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	commands := [][]string{
		{"config"}, {"doctor"}, {"doctor", "--json"}, {"backup", nowhere}, {"verify"}, {"match", "--convention", "fctc"},
		{"restore", secretFile(t, "no backup")},
		{"store", "copy", "--from", "mongodb://entente:" + canary + "@127.0.0.1:1/a", "--to", "mongodb://entente:" + canary + "@127.0.0.1:1/b"},
		{"store", "copy", "--from", "mysql://entente:" + canary + "@127.0.0.1:1/a", "--to", freshSQLite(t)},
		{"config", "--store", "postgres://entente:" + canary + "@db/x"}, {"config", "--store", "mongodb://entente:" + canary + "@[::1/%zz"},
		{"config", "--smtp", "entente:" + canary + "@mail"}, {"config", "--public-url", "ftp://entente:" + canary + "@host"},
		{"verify", "--store", "mongodb://entente:" + canary + "@/x.y"}, {"dance"}, {"serve", "--loudly"},
	}
	type told struct{ name, text string }
	results := make(chan told, len(commands))
	for _, args := range commands {
		go func() {
			out, errs, _ := entente(t, env, args...)
			results <- told{strings.Join(args[:min(2, len(args))], " "), out + errs}
		}()
	}
	for range commands {
		r := <-results
		tells(t, "entente "+r.name, r.text)
		if r.text == "" {
			t.Errorf("entente %s says nothing", r.name)
		}
	}
}

// provider is an identity provider with a secret, that nobody reaches.
func provider() []string {
	return []string{"ENTENTE_PUBLIC_URL=http://127.0.0.1:1", "ENTENTE_OIDC=ministry", "ENTENTE_OIDC_MINISTRY_ISSUER=https://127.0.0.1:1",
		"ENTENTE_OIDC_MINISTRY_CLIENT_ID=entente", "ENTENTE_OIDC_MINISTRY_CLIENT_SECRET=" + canary}
}

// operations lists method and path of everything that the description has.
func operations(t *testing.T, url string) map[string][]string {
	t.Helper()
	_, text := call(t, http.MethodGet, url+"/openapi.json", "", "")
	var description struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal([]byte(text), &description); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for path, methods := range description.Paths {
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			switch method {
			case "get", "post", "put", "patch", "delete":
				all[path] = append(all[path], strings.ToUpper(method))
			}
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d paths", len(all))
	}
	return all
}

// whispered is a body with secrets wherever an operation may ask for one.
const whispered = `{"password":"` + canary + `","new_password":"` + canary + `","current_password":"` + canary + `","secret":"` + canary + `","token":"` + canary +
	`","code":"` + canary + `","link":"` + canary + `"}`

var parameter = regexp.MustCompile(`\{[a-z_]+\}`)

func TestNoAnswerNoLogAndNoMeasurementTellsASecret(t *testing.T) {
	t.Parallel()
	mail := startMailServer(t)
	env := append(mail.env(freshSQLite(t)), "ENTENTE_LOG_LEVEL=debug", "ENTENTE_SMTP_USER=entente", "ENTENTE_SMTP_PASSWORD="+canary,
		"ENTENTE_KEY="+canary+"-and-more-to-make-it-long-enough-for-a-key", "ENTENTE_RATE_ADDRESS=0", "ENTENTE_RATE_ACCOUNT=0",
		"OTEL_EXPORTER_OTLP_ENDPOINT=http://user:"+canary+"@127.0.0.1:1", "OTEL_BSP_SCHEDULE_DELAY=50", "OTEL_EXPORTER_OTLP_TIMEOUT=100")
	env = append(env, provider()...)
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "secretariat@example.org"))
	atOnce(t, env)
	must(t, env, "import", "needs", rows(t, "needs", 3))
	must(t, env, "import", "offers", rows(t, "offers", 3))
	server, url := serving(t, env, "--match-slots", "* * * * * *")
	for path, methods := range operations(t, url) {
		for _, method := range methods {
			for _, as := range []string{"", canary, token} {
				at := parameter.ReplaceAllString(path, canary+strings.Repeat("a", 26-len(canary)))
				status, answer := whisper(t, method, url+at, as)
				if status == 0 || status == http.StatusInternalServerError {
					t.Errorf("%s %s: %d %s", method, path, status, answer)
				}
				tells(t, fmt.Sprintf("%s %s (%d)", method, path, status), withoutAddress(answer, at), token)
			}
		}
	}
	for _, path := range []string{"/link/" + canary, "/calendar/" + canary + ".ics", "/unsubscribe/" + canary, "/auth/oidc/ministry/start?next=" + canary, "/auth/oidc/ministry/callback?code=" + canary + "&state=" + canary, "/auth/oidc/" + canary + "/callback?code=" + canary + "&state=" + canary,
		"/sign-in?next=" + canary, "/?token=" + canary, "/api/v1/feeds/" + canary} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			status, answer := whisper(t, method, url+path, "")
			tells(t, fmt.Sprintf("%s %s (%d)", method, path, status), withoutAddress(answer, path))
		}
	}
	until(t, "mails are tried", func() bool { return strings.Contains(server.errs.String(), "not delivered") })
	_, metrics := call(t, http.MethodGet, url+"/metrics", "", "")
	tells(t, "/metrics", metrics, token)
	if err := server.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	server.wait()
	tells(t, "the log", server.errs.String(), token)
	tells(t, "the output", server.out.String(), token)
	if !strings.Contains(server.errs.String(), "level=DEBUG") && !strings.Contains(server.errs.String(), "level=INFO") {
		t.Errorf("nothing was logged:\n%s", server.errs)
	}
}

// whisper sends a request with secrets in all the places where some are.
func whisper(t *testing.T, method, url, bearer string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var body io.Reader = http.NoBody
	if method != http.MethodGet && method != http.MethodDelete {
		body = strings.NewReader(whispered)
	}
	r, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", canary)
	r.Header.Set("If-Match", `"1"`)
	r.Header.Set("X-Request-Id", "plain")
	for _, name := range []string{"entente", "__Host-entente", "entente_session", "__Host-entente_session", "session"} {
		r.AddCookie(&http.Cookie{Name: name, Value: canary})
	}
	switch bearer {
	case "":
		r.SetBasicAuth("user", canary)
		if method == http.MethodGet {
			r.Header.Del("Authorization")
		}
	default:
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, 4<<20))
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(content)
}

// withoutAddress leaves out what an answer may repeat to whoever asked: the
// address, such as in the form of a page.
func withoutAddress(answer, path string) string {
	path, _, _ = strings.Cut(path, "?")
	return strings.ReplaceAll(answer, path, "")
}
