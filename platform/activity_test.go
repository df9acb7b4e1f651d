package platform_test

import (
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func activityContent(title string) cooperation.ActivityContent {
	return cooperation.ActivityContent{Beneficiaries: []cooperation.Participant{"AO"}, Providers: []cooperation.Participant{"NO"}, Title: title,
		Themes: []string{"fctc-art8"}, Kinds: []cooperation.Kind{cooperation.Training}}
}

func TestAnActivityIsKeptInTheLogAndReadByEveryReplica(t *testing.T) {
	place := newPlace(t)
	on := place.open()
	ctx := t.Context()
	made, err := on.CreateActivity(ctx, provider, "fctc", activityContent("Courses"), "key")
	if err != nil {
		t.Fatal(err)
	}
	again, err := on.CreateActivity(ctx, provider, "fctc", activityContent("Courses"), "key")
	if err != nil || again.ID != made.ID {
		t.Errorf("the same create again gives %v, %v", again, err)
	}
	_, err = on.CreateActivity(ctx, provider, "fctc", activityContent("Others"), "key")
	wantCode(t, err, cooperation.Conflict, "error.conflict.idempotency")
	_, err = on.CreateActivity(ctx, provider, "nowhere", activityContent("Courses"), "")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.CompleteActivity(ctx, focal, made.ID, 7, "")
	wantCode(t, err, cooperation.Conflict, "error.conflict.version")
	_, err = on.CompleteActivity(ctx, focal, "nothing", 0, "")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	if _, err := on.ReplaceActivity(ctx, focal, made.ID, platform.Match(1), activityContent("Renamed")); err != nil {
		t.Fatal(err)
	}
	if _, err := on.StopActivity(ctx, provider, made.ID, platform.Match(2), "No funds."); err != nil {
		t.Fatal(err)
	}
	other := place.open()
	read, err := other.Activity(provider, made.ID)
	if err != nil || read.Version != 3 || read.Title != "Renamed" || read.Status != cooperation.ActivityStopped || read.Ended.Text != "No funds." {
		t.Errorf("another replica reads %+v, %v", read, err)
	}
	if read, err = other.Activity(cooperation.Actor{}, made.ID); err != nil || read.Ended.Text != "" {
		t.Errorf("the public reads %+v, %v", read, err)
	}
	if _, err = other.WithdrawActivity(ctx, secretary, made.ID, 0, ""); err != nil {
		t.Fatal(err)
	}
	_, err = other.Activity(cooperation.Actor{}, made.ID)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = other.CompleteActivity(ctx, cooperation.Actor{}, made.ID, 0, "")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}

func TestAnImportOfActivitiesEntersTheOrganisationsAndChangesNothingTwice(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	ctx := t.Context()
	row := func(line int, id, provider, theme string) cooperation.ImportRow[cooperation.ActivityContent] {
		content := activityContent("Courses of " + id)
		content.Providers, content.Themes = []cooperation.Participant{"NO", cooperation.Participant(provider)}, []string{theme}
		return cooperation.ImportRow[cooperation.ActivityContent]{Line: line, ExternalID: id, Convention: "fctc", Content: content}
	}
	rows := []cooperation.ImportRow[cooperation.ActivityContent]{row(2, "x-1", "course-fund", "fctc-art8"), row(3, "x-2", "wrong-fund", "fctc-art99")}
	if got, err := on.ImportActivities(ctx, focal, rows, false); err != nil || got.Created != 0 || len(got.Errors) != 2 {
		t.Fatalf("a focal point imported: %+v, %v", got, explain(err))
	}
	for _, dry := range []bool{true, false} {
		got, err := on.ImportActivities(ctx, secretary, rows, dry)
		if err != nil || got.Created != 1 || len(got.Errors) != 1 || got.Errors[0].Line != 3 {
			t.Fatalf("dry %v: %+v, %v", dry, got, explain(err))
		}
		if _, err := on.Organisation(secretary, "fctc", "course-fund"); dry == (err == nil) {
			t.Errorf("dry %v: the organisation is known: %v", dry, err)
		}
	}
	_, err := on.Organisation(secretary, "fctc", "wrong-fund")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document") // its row did not go in
	position := on.Position("fctc")
	if got, err := on.ImportActivities(ctx, secretary, rows[:1], false); err != nil || got.Unchanged != 1 || on.Position("fctc") != position {
		t.Errorf("again: %+v, %v; the log went from %d to %d", got, explain(err), position, on.Position("fctc"))
	}
	rows[0].Content.Title = "Renamed"
	if got, err := on.ImportActivities(ctx, secretary, rows[:1], false); err != nil || got.Changed != 1 {
		t.Errorf("a changed row: %+v, %v", got, explain(err))
	}
	p.verify()
}
