package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIdentityProvidersAreConfiguredByName(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("canary-three\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"ENTENTE_PUBLIC_URL=https://entente.example.org", "ENTENTE_OIDC=ministry, who",
		"ENTENTE_OIDC_MINISTRY_ISSUER=https://id.example.org", "ENTENTE_OIDC_MINISTRY_CLIENT_ID=entente", "ENTENTE_OIDC_MINISTRY_CLIENT_SECRET_FILE=" + secret,
		"ENTENTE_OIDC_WHO_ISSUER=https://who.example.org", "ENTENTE_OIDC_WHO_CLIENT_ID=e", "ENTENTE_OIDC_WHO_CLIENT_SECRET=canary-four", "ENTENTE_OIDC_WHO_TITLE=World Health"}
	out := must(t, env, "config")
	for _, line := range []string{"ENTENTE_OIDC=ministry, who", "ENTENTE_OIDC_MINISTRY_ISSUER=https://id.example.org", "ENTENTE_OIDC_MINISTRY_CLIENT_SECRET=********", "ENTENTE_OIDC_MINISTRY_TITLE=ministry", "ENTENTE_OIDC_WHO_TITLE=World Health"} {
		if !strings.Contains(out, line) {
			t.Errorf("%q is missing:\n%s", line, out)
		}
	}
	if strings.Contains(out, "canary") {
		t.Errorf("a secret is printed:\n%s", out)
	}
	_, url := serving(t, append(env, "ENTENTE_STORE="+freshSQLite(t)))
	if _, text := call(t, "GET", url+"/sign-in", "", ""); !strings.Contains(text, `href="/auth/oidc/who/start"`) || !strings.Contains(text, "World Health") {
		t.Errorf("the page does not offer the provider:\n%s", text)
	}
}

func TestMistakesInIdentityProvidersAreToldAtOnce(t *testing.T) {
	_, errs, code := entente(t, []string{"ENTENTE_OIDC=Bad-Name, good", "ENTENTE_OIDC_GOOD_ISSUER=nowhere", "ENTENTE_OIDC_GOOD_CLIENT_SECRET_FILE=/nonexistent"}, "config")
	if code != 2 {
		t.Errorf("exit %d, want 2", code)
	}
	for _, said := range []string{"Bad-Name", "--public-url", "ENTENTE_OIDC_GOOD_ISSUER", "ENTENTE_OIDC_GOOD_CLIENT_ID", "ENTENTE_OIDC_GOOD_CLIENT_SECRET_FILE"} {
		if !strings.Contains(errs, said) {
			t.Errorf("nothing is said about %s:\n%s", said, errs)
		}
	}
}
