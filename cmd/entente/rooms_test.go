package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

func TestNoRoomImportsWhatTheArchitectureForbids(t *testing.T) {
	allowed := readRooms(t)
	seen := map[string]bool{}
	for _, p := range packages(t) {
		room := roomOf(p.ImportPath)
		seen[room] = true
		may, known := allowed[room]
		if !known {
			t.Errorf("room %q of package %s is not in docs/architecture.md", room, p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			to := roomOf(imported)
			if to == "" || to == room || slices.Contains(may, "everything") || slices.Contains(may, to) {
				continue
			}
			if isHelper(p.ImportPath) {
				continue // helpers of tests, imported by tests alone: see the next test
			}
			t.Errorf("%s imports %s: room %q may import only %v", p.ImportPath, imported, room, may)
		}
	}
	for room := range allowed {
		if !seen[room] {
			t.Errorf("docs/architecture.md lists room %q, which does not exist", room)
		}
	}
}

func TestTestHelpersAreImportedByTestsAlone(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if roomOf(imported) != "" && isHelper(imported) && !isHelper(p.ImportPath) {
				t.Errorf("%s imports the test helper %s", p.ImportPath, imported)
			}
		}
	}
}

// isHelper reports whether a package helps tests, as its name says. A backtest
// is no test of the program: it measures the ranking on years that were hidden.
func isHelper(path string) bool {
	return strings.HasSuffix(path, "test") && !strings.HasSuffix(path, "/backtest")
}

// roomOf is the top-level folder of one of our packages, "" for others'.
func roomOf(path string) string {
	inside, ok := strings.CutPrefix(path, "entente/")
	if !ok {
		return ""
	}
	room, _, _ := strings.Cut(inside, "/")
	return room
}

// packages lists the product's packages; those under scripts are tools.
func packages(t *testing.T) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "entente/...")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if roomOf(p.ImportPath) != "scripts" && p.ImportPath != "entente" {
			all = append(all, p)
		}
	}
	if len(all) < 10 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

var quoted = regexp.MustCompile("`([a-z0-9]+)`")

// readRooms reads the table of docs/architecture.md.
func readRooms(t *testing.T) map[string][]string {
	t.Helper()
	file, err := os.Open("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rooms := map[string][]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "|")
		if len(cells) != 5 {
			continue
		}
		name := quoted.FindStringSubmatch(cells[1])
		if name == nil {
			continue
		}
		may := []string{}
		for _, m := range quoted.FindAllStringSubmatch(cells[3], -1) {
			may = append(may, m[1])
		}
		if strings.Contains(cells[3], "everything") {
			may = append(may, "everything")
		}
		rooms[name[1]] = may
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if len(rooms) < 10 {
		t.Fatalf("only %d rooms found in the table", len(rooms))
	}
	return rooms
}
