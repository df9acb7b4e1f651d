package main

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// found lists what a pattern finds in a text, each once.
func found(pattern, text string) []string {
	all := regexp.MustCompile(pattern).FindAllString(text, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

func TestTheGuideForOperatorsSpeaksOfWhatExists(t *testing.T) {
	content, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(content)

	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	must(t, env, "import", "needs", rows(t, "needs", 1))
	_, url := serving(t, env)
	call(t, http.MethodGet, url+"/api/v1/needs", "", "")
	_, metrics := call(t, http.MethodGet, url+"/metrics", "", "")
	there := found(`entente_[a-z_]+`, strings.Join(found(`(?m)^# TYPE entente_[a-z_]+`, metrics), "\n"))
	if named := found(`entente_[a-z_]+`, guide); len(there) == 0 || !slices.Equal(named, there) {
		t.Errorf("measurements in the guide %q, in the program %q", named, there)
	}

	variables := append(found(`(?m)^ENTENTE_[A-Z_]+`, must(t, nil, "config")), "ENTENTE_ADDR")
	for _, name := range found(`ENTENTE_[A-Z_]+`, guide) {
		if !slices.Contains(variables, strings.TrimSuffix(name, "_FILE")) {
			t.Errorf("%s is not a variable of the program", name)
		}
	}
	for _, name := range variables {
		if !strings.Contains(guide, "`"+name+"`") {
			t.Errorf("the guide does not speak of %s", name)
		}
	}

	commands := found("(?m)(^|`)entente ((store|token|check) )?[a-z]+", guide)
	if len(commands) < 8 {
		t.Fatalf("only these commands were found: %q", commands)
	}
	for _, c := range commands {
		must(t, nil, append(strings.Fields(strings.TrimPrefix(c, "`"))[1:], "--help")...)
	}
}
