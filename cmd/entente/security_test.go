package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// everyTest is the names of all tests of the repository.
func everyTest(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." || entry.Name() == "node_modules") {
			if entry != nil && entry.IsDir() && err == nil {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		content, err := os.ReadFile(path)
		for _, line := range found(`(?m)^func (Test|Fuzz)[A-Za-z0-9]+\(`, string(content)) {
			names = append(names, strings.TrimSuffix(strings.TrimPrefix(line, "func "), "("))
		}
		return err
	})
	if err != nil || len(names) < 300 {
		t.Fatalf("%d tests, %v", len(names), err)
	}
	return names
}

func TestEveryThreatIsMetByTestsThatExist(t *testing.T) {
	content, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(content), "### Threats")
	if !ok {
		t.Fatal("there is no table of threats")
	}
	there := everyTest(t)
	rows := 0
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.HasPrefix(cells[1], "---") || strings.TrimSpace(cells[1]) == "threat" {
			continue
		}
		rows++
		named := found("`(Test|Fuzz)[A-Za-z0-9]+`", cells[3])
		if len(named) == 0 {
			t.Errorf("no test holds what meets:%s", cells[1])
		}
		for _, name := range named {
			if !slices.Contains(there, strings.Trim(name, "`")) {
				t.Errorf("%s does not exist", name)
			}
		}
	}
	if rows < 20 {
		t.Errorf("only %d threats", rows)
	}
}

func TestTheREADMEListsEveryOption(t *testing.T) {
	content, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(content), "## Configuration")
	for _, name := range append(found(`(?m)^ENTENTE_[A-Z_]+`, must(t, nil, "config")), "ENTENTE_ADDR") {
		if !strings.Contains(table, "`"+name+"`") {
			t.Errorf("the README does not list %s", name)
		}
	}
}
