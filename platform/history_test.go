package platform_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// pastRows are rows of help with taxes, from 2010 on; each provider gave for
// so many years.
func pastRows(t *testing.T, providers, years int) (rows []cooperation.ImportRow[cooperation.HistoryRow]) {
	t.Helper()
	states := []string{"NO", "SE", "BR", "ZA", "JP", "FR", "DE", "CN"}
	for p := range providers {
		for y := range years {
			rows = append(rows, cooperation.ImportRow[cooperation.HistoryRow]{Line: len(rows) + 2, Content: cooperation.HistoryRow{
				Year: 2010 + y, Beneficiary: country(t, "AO"), Theme: "fctc-art6", Provider: cooperation.Participant(states[p])}})
		}
	}
	return rows
}

func reportsOf(rows []cooperation.ImportRow[cooperation.HistoryRow]) platform.HistoryImport {
	return platform.HistoryImport{HistorySource: cooperation.HistorySource{Source: "Reports of the Parties"}, Rows: rows}
}

func importHistory(t *testing.T, on *platform.Platform, in platform.HistoryImport) *platform.HistoryOutcome {
	t.Helper()
	out, err := on.ImportHistory(t.Context(), secretary, "fctc", in, false)
	if err != nil {
		t.Fatal(explain(err))
	}
	return out
}

func TestPastHelpIsImportedReplacedAndRemoved(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	dry, err := on.ImportHistory(t.Context(), secretary, "fctc", reportsOf(pastRows(t, 3, 4)), true)
	if err != nil || !dry.Changed || dry.Set.Rows != 12 || on.Position("fctc") != 0 {
		t.Fatalf("the dry run came to %+v, %v", dry, err)
	}
	first := importHistory(t, on, reportsOf(pastRows(t, 3, 4)))
	position := on.Position("fctc")
	if again := importHistory(t, on, reportsOf(pastRows(t, 3, 4))); again.Changed || on.Position("fctc") != position {
		t.Errorf("the same again came to %+v", again)
	}
	wrong := pastRows(t, 5, 4)
	wrong[0].Content.Theme = "health"
	second := importHistory(t, on, reportsOf(wrong))
	if second.Set.ID != first.Set.ID || second.Set.Version != 2 || second.Set.Rows != 19 || len(second.Errors) != 1 {
		t.Errorf("replaced, it is %+v", second)
	}
	s, _ := on.State("fctc")
	if rows, parts := s.HistoryRows(), s.HistoryParts(first.Set.ID); rows != 19 || len(parts) != 1 || parts[0].ID != second.Set.Parts[0] {
		t.Errorf("%d rows in %d parts", rows, len(parts))
	}
	if none := importHistory(t, on, reportsOf(wrong[:1])); none.Set != nil || none.Changed || s.HistoryRows() != 19 {
		t.Errorf("a file without a good row came to %+v", none)
	}
	wantCode(t, on.RemoveHistory(t.Context(), provider, "fctc", first.Set.ID, 0), cooperation.Forbidden, "error.forbidden.action")
	wantCode(t, on.RemoveHistory(t.Context(), secretary, "fctc", first.Set.ID, 1), cooperation.Conflict, "error.conflict.version")
	if err := on.RemoveHistory(t.Context(), secretary, "fctc", first.Set.ID, 2); err != nil || s.HistoryRows() != 0 || len(s.HistoryParts(first.Set.ID)) != 0 {
		t.Errorf("removed, there are %d rows: %v", s.HistoryRows(), err)
	}
	if _, err := on.HistorySet(cooperation.Actor{}, "fctc", first.Set.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("the public finds it removed: %v", err)
	}
	if back := importHistory(t, on, reportsOf(pastRows(t, 3, 4))); !back.Changed || back.Set.Version != 4 || s.HistoryRows() != 12 {
		t.Errorf("imported once more, it is %+v", back.Set)
	}
	if _, err := on.ImportHistory(t.Context(), provider, "fctc", reportsOf(nil), true); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("a provider may import: %v", err)
	}
	p.verify()
}

// large are rows for several parts.
func large(t *testing.T) []cooperation.ImportRow[cooperation.HistoryRow] {
	var rows []cooperation.ImportRow[cooperation.HistoryRow]
	conv, _ := newPlace(t).set.Convention("fctc")
	for y := range 100 {
		for _, party := range conv.Parties {
			for _, theme := range conv.Themes[:8] {
				if party.Country.Alpha2() != "NO" {
					rows = append(rows, cooperation.ImportRow[cooperation.HistoryRow]{Line: len(rows) + 2, Content: cooperation.HistoryRow{Year: 1920 + y, Beneficiary: party.Country, Theme: theme.ID, Provider: "NO"}})
				}
			}
		}
	}
	return rows[:60_000]
}

func TestALargeSetIsSeenWholeOrNotAtAllWhereverItsImportIsCutOff(t *testing.T) {
	in := reportsOf(large(t))
	whole := newPlace(t).open()
	importHistory(t, whole, in)
	for cut := 1; ; cut++ {
		p := newPlace(t)
		s := &faulty{Store: p.store()}
		appends := 0
		s.before = func() error {
			if appends++; appends == cut {
				return errors.New("the line went dead")
			}
			return nil
		}
		on := p.open(s)
		_, err := on.ImportHistory(t.Context(), secretary, "fctc", in, false)
		state, _ := on.State("fctc")
		if err == nil {
			if cut < 3 {
				t.Errorf("a large set is written in %d commits", cut-1)
			}
			return
		}
		if sets, _ := state.HistorySets(secretary, "", 0); len(sets.Items) != 0 || state.HistoryRows() != 0 {
			t.Errorf("cut off at commit %d, %d rows are seen", cut, state.HistoryRows())
		}
		done, written := importHistory(t, on, in), state.Position()
		if done.Set.Rows != 60_000 || len(state.HistoryParts(done.Set.ID)) != len(done.Set.Parts) {
			t.Errorf("cut off at commit %d and done again: %+v", cut, done.Set)
		}
		if written != whole.Position("fctc") {
			t.Errorf("cut off at commit %d, %d commits were written and not %d", cut, written, whole.Position("fctc"))
		}
		p.verify()
	}
}

func TestTwoImportsOfOneSourceAtOnceLeaveOneOfThem(t *testing.T) {
	p := newPlace(t)
	replicas := []*platform.Platform{p.open(), p.open()}
	var wg sync.WaitGroup
	for i, on := range replicas {
		wg.Go(func() {
			for n := range 4 {
				_, err := on.ImportHistory(t.Context(), secretary, "fctc", reportsOf(pastRows(t, 1+(n+4*i)%8, 3+i)), false)
				if err != nil && cooperation.CodeOf(err) != cooperation.Conflict {
					t.Error(fmt.Errorf("import %d of %d: %w", n, i, explain(err)))
				}
			}
		})
	}
	wg.Wait()
	await(t, replicas[0], replicas[1].Position("fctc"))
	s, _ := replicas[0].State("fctc")
	page, err := s.HistorySets(secretary, "", 0)
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	rows := 0
	for _, id := range page.Items[0].Parts {
		part, _ := s.HistoryPart(id)
		more, err := part.Unpack()
		if err != nil {
			t.Fatal(err)
		}
		rows += len(more)
	}
	if rows != page.Items[0].Rows || rows == 0 {
		t.Errorf("the parts hold %d rows, the set %d", rows, page.Items[0].Rows)
	}
	if len(s.Trail(catalogue.KindHistory, page.Items[0].ID)) == 0 {
		t.Error("the set has no trail")
	}
	p.verify()
}
