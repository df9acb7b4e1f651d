package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
)

// A grid says what becomes of a document in every step (rows) when an actor
// tries every action (columns). A cell is the step that follows, or
//
//	=   allowed, the step stays
//	F   forbidden
//	S   refused, the step does not allow it
//	.   not found: the actor must not learn that the document exists
type grid map[string]map[string]string // step → action → cell

// parseGrid reads a table whose first line names the actions.
func parseGrid(t *testing.T, text string, steps int, actions []cooperation.Action) grid {
	t.Helper()
	g := grid{}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	columns := strings.Fields(lines[0])
	if len(columns) != len(actions) {
		t.Fatalf("the table has the actions %v, want %v", columns, actions)
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		if len(cells) != len(columns)+1 {
			t.Fatalf("the row %q has %d cells, want %d", line, len(cells)-1, len(columns))
		}
		row := map[string]string{}
		for i, action := range columns {
			row[action] = cells[i+1]
		}
		g[cells[0]] = row
	}
	if len(g) != steps {
		t.Fatalf("the table has %d steps, want %d", len(g), steps)
	}
	for _, a := range actions {
		if _, ok := g[strings.Fields(lines[1])[0]][string(a)]; !ok {
			t.Fatalf("the table has no action %s", a)
		}
	}
	return g
}

// all is the grid in which everything has the same outcome.
func all(steps []string, actions []cooperation.Action, cell string) grid {
	g := grid{}
	for _, s := range steps {
		g[s] = map[string]string{}
		for _, a := range actions {
			g[s][string(a)] = cell
		}
	}
	return g
}

// with replaces rows.
func (g grid) with(cell string, steps ...string) grid {
	for _, s := range steps {
		for a := range g[s] {
			g[s][a] = cell
		}
	}
	return g
}

// judge compares what happened with a cell.
func judge(t *testing.T, cell, before, after string, err error) (allowed bool) {
	t.Helper()
	refused := map[string]cooperation.Code{"F": cooperation.Forbidden, "S": cooperation.State, ".": cooperation.NotFound}
	if code, ok := refused[cell]; ok {
		wantCode(t, err, code)
		if after != before {
			t.Errorf("it is refused, and still the step is %s", after)
		}
		return false
	}
	if err != nil {
		t.Errorf("it is refused: %v", err)
		return false
	}
	want := cell
	if cell == "=" {
		want = before
	}
	if after != want {
		t.Errorf("the step is %s, want %s", after, want)
	}
	return true
}
