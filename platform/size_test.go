package platform_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

// wordy is a need of about 50,000 bytes, which is allowed.
func wordy(t *testing.T, title string) cooperation.NeedContent {
	content := needContent(t, title)
	content.Problem, content.Barrier = strings.Repeat("无烟", 3900), strings.Repeat("立法", 3900)
	return content
}

// longest is a need of about 400,000 bytes, which is allowed.
func longest(t *testing.T, title string) cooperation.NeedContent {
	content := wordy(t, title)
	content.Translations = map[string]cooperation.Translation{}
	for _, lang := range []string{"ar", "en", "es", "fr", "ru"} {
		content.Translations[lang] = cooperation.Translation{Title: title, Problem: content.Problem, Barrier: content.Barrier}
	}
	for range 50 {
		content.Costs = append(content.Costs, cooperation.CostLine{Activity: strings.Repeat("培", 500), Result: strings.Repeat("训", 500), Cost: "1", Sought: "1", Currency: "USD"})
	}
	return content
}

func rowsOf(contents ...cooperation.NeedContent) []cooperation.ImportRow[cooperation.NeedContent] {
	rows := make([]cooperation.ImportRow[cooperation.NeedContent], len(contents))
	for i, c := range contents {
		rows[i] = cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, ExternalID: fmt.Sprintf("need-%03d", i), Convention: "fctc", Content: c}
	}
	return rows
}

func TestRowsOfAnySizeAreTakenOverInAsManyCommitsAsTheyNeed(t *testing.T) {
	on := newPlace(t).open()
	var contents []cooperation.NeedContent
	for i := range 13 {
		contents = append(contents, wordy(t, fmt.Sprintf("Law %d", i)))
	}
	contents = append(contents, longest(t, "All laws"), longest(t, "All laws again"))
	r, err := on.ImportNeeds(t.Context(), system, rowsOf(contents...), false)
	if err != nil || r.Created != 15 || len(r.Errors) != 0 {
		t.Errorf("created %d, errors %v, %v; want 15 rows", r.Created, r.Errors, explain(err))
	}
	if again, err := on.ImportNeeds(t.Context(), system, rowsOf(contents...), false); err != nil || again.Unchanged != 15 {
		t.Errorf("again: %+v, %v; want 15 unchanged", again, explain(err))
	}
}

func TestManyLongPostingsLapseInAsManyCommitsAsTheyNeed(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	var contents []cooperation.NeedContent
	for i := range 60 {
		contents = append(contents, wordy(t, fmt.Sprintf("Law %d", i)))
	}
	if r, err := on.ImportNeeds(t.Context(), system, rowsOf(contents...), false); err != nil || r.Created != 60 {
		t.Fatal(r, explain(err))
	}
	p.clock.advance(10 * 366 * 24 * time.Hour)
	if n, err := on.Tick(t.Context(), "fctc"); err != nil || n.Ended != 60 {
		t.Errorf("%+v, %v; want 60 lapsed", n, explain(err))
	}
}
