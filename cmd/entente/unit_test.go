package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func readUnit(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../deploy/entente.service")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestTheServiceOfSystemdStartsTheProgramWithVariablesThatItHas(t *testing.T) {
	unit := readUnit(t)
	options := optionVariables(reflect.TypeFor[commands]())
	variables := found(`ENTENTE_[A-Z_]+`, unit)
	if len(variables) < 4 {
		t.Fatalf("only %q", variables)
	}
	for _, name := range variables {
		if !slices.Contains(options, strings.TrimSuffix(name, "_FILE")) {
			t.Errorf("%s is no option of the program", name)
		}
	}
	command := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/entente (.*)$`).FindStringSubmatch(unit)
	if command == nil {
		t.Fatal("the unit starts another program")
	}
	must(t, nil, append(strings.Fields(command[1]), "--help")...)
	patience := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)$`).FindStringSubmatch(unit)
	if patience == nil {
		t.Fatal("the unit does not say how long stopping may take")
	}
	if seconds, err := strconv.Atoi(patience[1]); err != nil || float64(seconds) <= stopping.Seconds() {
		t.Errorf("systemd kills the program after %s s, which takes up to %v to stop", patience[1], stopping)
	}
}

func TestTheServiceOfSystemdTakesFromTheProgramWhatItDoesNotNeed(t *testing.T) {
	unit := readUnit(t)
	for _, line := range []string{"User=entente", "UMask=0077", "StateDirectoryMode=0700", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict",
		"ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectProc=invisible", "RestrictNamespaces=yes", "MemoryDenyWriteExecute=yes",
		"SystemCallFilter=@system-service", "SystemCallFilter=~@privileged @resources", "LimitCORE=0"} {
		if !strings.Contains(unit, "\n"+line+"\n") {
			t.Errorf("the unit lacks %s", line)
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // a machine without systemd: the lines above are all that can be held
	}
	copied := filepath.Join(t.TempDir(), "entente.service")
	if err := os.WriteFile(copied, []byte(strings.ReplaceAll(unit, "/usr/local/bin/entente", os.Args[0])), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", copied}, {"security", "--offline=true", "--threshold=15", "--no-pager", copied}} {
		if out, err := exec.CommandContext(t.Context(), analyze, args...).CombinedOutput(); err != nil {
			t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, out)
		}
	}
}
