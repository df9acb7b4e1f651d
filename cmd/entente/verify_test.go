package main

import (
	"bytes"
	"database/sql"
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// attachedTo sends a file to a need of the installation, and returns its
// address.
func attachedTo(t *testing.T, url, token, text string) (place string) {
	t.Helper()
	_, list := call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc&limit=1", token, "")
	_, after, _ := strings.Cut(list, `"id":"`)
	id, _, ok := strings.Cut(after, `"`)
	if !ok {
		t.Fatalf("there is no need: %s", list)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "minutes.txt")
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err != nil || form.Close() != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/api/v1/needs/"+id+"/attachments", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", form.FormDataContentType())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		answer, _ := io.ReadAll(response.Body)
		t.Fatalf("%d: %s", response.StatusCode, answer)
	}
	return response.Header.Get("Location")
}

func TestFilesAreBackedUpRestoredCopiedAndVerified(t *testing.T) {
	env := posted(t)
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "other@example.org"))
	server, url := serving(t, env)
	text := strings.Repeat("The minutes of the meeting. ", 40_000)
	place := attachedTo(t, url, token, text)
	file := filepath.Join(t.TempDir(), "entente.backup")
	if out := must(t, env, "backup", file); !strings.Contains(out, "bytes: 1,120,000") {
		t.Errorf("the backup does not tell of the file:\n%s", out)
	}
	server.kill()
	restored := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	must(t, restored, "restore", file)
	copied := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	must(t, nil, "store", "copy", "--from", strings.TrimPrefix(restored[0], "ENTENTE_STORE="), "--to", strings.TrimPrefix(copied[0], "ENTENTE_STORE="))
	if out := must(t, copied, "verify"); !strings.Contains(out, "intact: 1") {
		t.Errorf("the file was not verified:\n%s", out)
	}
	server, url = serving(t, copied)
	if status, got := call(t, http.MethodGet, url+place, token, ""); status != http.StatusOK || got != text {
		t.Errorf("%d, %d bytes", status, len(got))
	}
	server.kill()
	for _, c := range []struct{ statement, want string }{
		{"UPDATE blob_chunks SET data = CAST('the minutes' || substr(data, 12) AS BLOB)", "is damaged"},
		{"DELETE FROM blobs", "is missing"},
	} {
		behind(t, copied, c.statement)
		out, errs, code := entente(t, copied, "verify")
		if code != exitFail || !strings.Contains(errs, c.want) {
			t.Errorf("after %s: exit %d\n%s%s", c.statement, code, out, errs)
		}
	}
}

func TestVerifyGoesOnAfterTheFirstBrokenLog(t *testing.T) {
	env := posted(t)
	behind(t, env, "UPDATE commits SET actor = 'somebody else' WHERE number = 1 AND log IN ('accounts', 'fctc')")
	out, errs, code := entente(t, env, "verify")
	if code != exitFail || strings.Count(errs, "was changed after it was written") != 2 || !strings.Contains(errs, "accounts") || !strings.Contains(errs, "fctc") {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	if strings.Contains(out, "rebuilt") {
		t.Errorf("the state is said to be whole:\n%s", out)
	}
}

// behind changes a store behind the program's back.
func behind(t *testing.T, env []string, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(env[0], "ENTENTE_STORE=sqlite://")+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
