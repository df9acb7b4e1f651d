package main

import (
	"strings"
	"testing"
)

func TestWhatIsWrongWithAnAccountIsSaidOfTheOption(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	for arguments, want := range map[string][]string{
		"--role boss":                          {"--role: ", "focal_point"},
		"--role secretariat":                   {"--convention: This field is required."},
		"--role secretariat --convention nope": {"--convention: Unknown convention: nope."},
		"--role focal_point --convention fctc": {"--participant: This field is required."},
		"--role focal_point --convention fctc --participant XX --mail nobody --language de": {"--participant: Unknown State or organization: XX.", "--mail: ", "--language: "},
		"--role committee_member --convention fctc --participant FR --committee nope":       {"--committee: No committee of the convention has this id: nope."},
	} {
		_, errs, code := entente(t, env, append([]string{"token", "create"}, strings.Fields(arguments)...)...)
		if code != exitFail {
			t.Errorf("%s: exit %d, want %d", arguments, code, exitFail)
		}
		for _, text := range append(want, "correction") {
			if !strings.Contains(errs, text) {
				t.Errorf("%s: %q is not said:\n%s", arguments, text, errs)
			}
		}
		if strings.Contains(errs, "grants[") || strings.Contains(errs, "WARN") {
			t.Errorf("%s: the answer speaks of the inside of the program:\n%s", arguments, errs)
		}
	}
}
