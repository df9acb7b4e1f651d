package main

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPeopleAreManagedAtTheCommandLine(t *testing.T) {
	uri := freshSQLite(t)
	env := []string{"ENTENTE_STORE=" + uri, "ENTENTE_PUBLIC_URL=https://entente.example"}
	link := must(t, env, "user", "invite", "drafter.deskseven@example.org", "--name", "Drafter Deskseven", "--role", "focal_point", "--convention", "fctc", "--participant", "AO")
	if !regexp.MustCompile(`^https://entente\.example/link/[a-z2-7]{26}\.[\w-]{43}\n$`).MatchString(link) {
		t.Errorf("the link is %q", link)
	}
	line := must(t, env, "user", "list", "--convention", "fctc")
	id, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
	if rest != "invited\tDrafter Deskseven\tdrafter.deskseven@example.org\tfocal_point/fctc/AO" {
		t.Errorf("the list says %q", line)
	}
	secret := strings.TrimSpace(must(t, env, "token", "create", "--for", id, "--scope", "needs:read", "--name", "laptop-of-drafter"))
	listed := must(t, env, "token", "list", "DRAFTER.DESKSEVEN@example.org")
	token, what, _ := strings.Cut(strings.TrimSpace(listed), "\t")
	if !strings.HasPrefix(what, "valid\t") || !strings.Contains(what, "needs:read\tlaptop-of-drafter") || strings.Contains(listed, secret) {
		t.Errorf("the tokens are %q", listed)
	}
	must(t, env, "token", "revoke", id, token)
	if listed = must(t, env, "token", "list", id); !strings.Contains(listed, "\trevoked\t") {
		t.Errorf("after revoking, the tokens are %q", listed)
	}
	must(t, env, "user", "grant", id, "--role", "approver", "--convention", "fctc", "--participant", "AO")
	must(t, env, "user", "revoke", id, "--role", "focal_point", "--convention", "fctc", "--participant", "AO")
	must(t, env, "user", "disable", id)
	if line = must(t, env, "user", "list"); !strings.Contains(line, "\tdisabled\t") || !strings.Contains(line, "approver/fctc/AO") || strings.Contains(line, "focal_point") {
		t.Errorf("the list says %q", line)
	}
	must(t, env, "user", "enable", id)
	if copied := must(t, env, "user", "export", id); !strings.Contains(copied, "drafter.deskseven@example.org") || strings.Contains(copied, secret) {
		t.Errorf("the copy is %s", copied)
	}
	for _, wrong := range [][]string{
		{"user", "disable", "nobody@example.org"}, {"user", "erase", id}, {"token", "list", "nobody"}, {"user", "grant", id, "--role", "boss"},
	} {
		if _, errs, code := entente(t, env, wrong...); code == 0 || strings.Contains(errs, "grants[") {
			t.Errorf("%v: exit %d, %s", wrong, code, errs)
		}
	}

	old := filepath.Join(t.TempDir(), "old.backup")
	must(t, env, "backup", old)
	must(t, env, "user", "erase", "--yes", id)
	if erased := must(t, env, "user", "list", "--erased"); strings.TrimSpace(erased) != id {
		t.Errorf("those who were forgotten are %q", erased)
	}
	if line = must(t, env, "user", "list"); strings.Contains(line, id) {
		t.Errorf("the list says %q", line)
	}
	must(t, env, "verify")
	fresh := filepath.Join(t.TempDir(), "new.backup")
	must(t, env, "backup", fresh)
	annIsNowhere(t, uri, fresh)

	restored := freshSQLite(t)
	env = []string{"ENTENTE_STORE=" + restored}
	must(t, env, "restore", old)
	must(t, env, "user", "erase", "--yes", id)
	annIsNowhere(t, restored, "")
}

// annIsNowhere looks for her in every byte of the database and of a backup.
func annIsNowhere(t *testing.T, uri, backup string) {
	t.Helper()
	paths, err := filepath.Glob(strings.TrimPrefix(uri, "sqlite://") + "*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files of the database: %v", err)
	}
	contents := map[string][]byte{}
	for _, path := range paths {
		if contents[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if backup != "" {
		file, err := os.Open(backup)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		zip, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		if contents[backup], err = io.ReadAll(zip); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range contents {
		for _, trace := range []string{"deskseven", "laptop-of-drafter"} {
			if strings.Contains(strings.ToLower(string(content)), trace) {
				t.Errorf("%s holds %q", path, trace)
			}
		}
	}
}

func TestAnInvitationGoesOutByMailWithItsLink(t *testing.T) {
	server := startMailServer(t)
	env := append(server.env(freshSQLite(t)), "ENTENTE_PUBLIC_URL=https://entente.example")
	link := strings.TrimSpace(must(t, env, "user", "invite", "drafter@example.org", "--name", "Drafter", "--language", "es", "--role", "secretariat", "--convention", "fctc"))
	serving(t, env)
	until(t, "the invitation is mailed", func() bool { return len(server.received()) > 0 })
	m := server.received()[0]
	if m.to != "drafter@example.org" || !strings.Contains(m.envelope.Text, link) || !strings.Contains(m.envelope.Text, "secretar") {
		t.Errorf("the mail to %s says\n%s", m.to, m.envelope.Text)
	}
}
