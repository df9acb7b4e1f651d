package cooperation_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// activityActions are those that are tried on one that exists.
var activityActions = slices.DeleteFunc(cooperation.ActivityActions(), func(a cooperation.Action) bool {
	return a == cooperation.Create || a == cooperation.Import
})

const activityOwnGrid = `
           replace  complete   stop     withdraw
planned    =        completed  stopped  withdrawn
running    =        completed  stopped  withdrawn
completed  =        S          S        withdrawn
stopped    =        S          S        withdrawn
withdrawn  S        S          S        S`

const activityOthersGrid = `
           replace  complete  stop  withdraw
planned    F        F         F     F
running    F        F         F     F
completed  F        F         F     F
stopped    F        F         F     F
withdrawn  .        .         .     .`

const activityClockGrid = `
           replace  complete  stop  withdraw
planned    F        F         F     F
running    F        F         F     F
completed  F        F         F     F
stopped    F        F         F     F
withdrawn  F        F         F     F`

// courses is an activity of France and the trust in Kenya, with every field.
func courses() cooperation.ActivityContent {
	return cooperation.ActivityContent{Beneficiaries: []cooperation.Participant{"KE"}, Providers: []cooperation.Participant{"FR", "demining-trust"},
		Title: "Courses for surveyors", Description: "Four courses a year.", Themes: []string{"survey"}, Kinds: []cooperation.Kind{cooperation.Training},
		Start: day("2026-01-01"), End: day("2027-01-01"), Amount: cooperation.Money{Amount: "180000", Currency: "EUR"},
		Source: "Report of 2025", Evidence: "https://example.org/courses", ContentLanguage: "en"}
}

func activityIn(status cooperation.ActivityStatus) *cooperation.Activity {
	a := &cooperation.Activity{ActivityContent: courses(), Imported: true}
	a.Schema, a.ID, a.Convention, a.Version, a.Created, a.Updated, a.CreatedBy = cooperation.Schema, "courses", pilotID, 1, noon, noon, secretariat.ID
	if a.Status = status; status != cooperation.ActivityPlanned && status != cooperation.ActivityRunning {
		a.Ended = &cooperation.Remark{Text: "Why it ended.", By: secretariat.ID, Time: noon}
	}
	return a
}

func tryActivity(a *cooperation.Activity, action cooperation.Action, actor cooperation.Actor) error {
	switch action {
	case cooperation.Replace:
		content := courses()
		content.Title = "Courses for surveyors and doctors"
		return a.Replace(pilot(), content, actor, noon)
	case cooperation.Complete:
		return a.Complete("", actor, noon)
	case cooperation.Stop:
		return a.Stop("The funds were not renewed.", actor, noon)
	case cooperation.Withdraw:
		return a.Withdraw("", actor, noon)
	}
	panic("no such action: " + string(action))
}

func TestTheLifeOfAnActivityForEveryStepActionAndRole(t *testing.T) {
	statuses := cooperation.ActivityStatuses()
	for _, c := range []struct {
		grid   string
		actors []cooperation.Actor
	}{
		{activityOwnGrid, []cooperation.Actor{secretariat, kenyaFocal, kenyaApprover, kenyaProvider, franceFocal, franceProvider, franceApprover, trustProvider}},
		{activityOthersGrid, []cooperation.Actor{public, observer, member, mozFocal, mozApprover, otherSecretariat, administrator}},
		{activityClockGrid, []cooperation.Actor{clock, readOnly(secretariat), readOnly(kenyaFocal), readOnly(trustProvider)}},
	} {
		want := parseGrid(t, c.grid, len(statuses), activityActions)
		for _, actor := range c.actors {
			for _, status := range statuses {
				for _, action := range activityActions {
					t.Run(string(action)+" of one that is "+string(status)+" by "+actor.ID, func(t *testing.T) {
						a := activityIn(status)
						err := tryActivity(a, action, actor)
						if judge(t, want[string(status)][string(action)], string(status), string(a.Status), err) {
							if a.Version != 2 {
								t.Errorf("the new version is %d", a.Version)
							}
						} else if d := cmp.Diff(activityIn(status), a, sameDay); d != "" {
							t.Errorf("refused, and changed all the same: %s", d)
						}
					})
				}
			}
		}
	}
}

func TestWhoTakesPartEntersAnActivity(t *testing.T) {
	for _, c := range []struct {
		actor        cooperation.Actor
		enter, takes cooperation.Code
	}{
		{kenyaFocal, "", cooperation.Forbidden}, {kenyaApprover, "", cooperation.Forbidden}, {kenyaProvider, "", cooperation.Forbidden},
		{franceProvider, "", cooperation.Forbidden}, {franceFocal, "", cooperation.Forbidden}, {trustProvider, "", cooperation.Forbidden},
		{secretariat, "", ""}, {clock, cooperation.Forbidden, ""},
		{public, cooperation.Forbidden, cooperation.Forbidden}, {observer, cooperation.Forbidden, cooperation.Forbidden},
		{member, cooperation.Forbidden, cooperation.Forbidden}, {mozFocal, cooperation.Forbidden, cooperation.Forbidden},
		{otherSecretariat, cooperation.Forbidden, cooperation.Forbidden}, {administrator, cooperation.Forbidden, cooperation.Forbidden},
		{readOnly(secretariat), cooperation.Forbidden, cooperation.Forbidden}, {readOnly(kenyaFocal), cooperation.Forbidden, cooperation.Forbidden},
	} {
		a, err := cooperation.EnterActivity("courses", pilot(), courses(), c.actor, noon)
		if wantCode(t, err, c.enter); err == nil && (a.Status != cooperation.ActivityRunning || a.Version != 1 || a.CreatedBy != c.actor.ID || a.Imported) {
			t.Errorf("%s gets %+v", c.actor.ID, a)
		}
		if a, err = cooperation.ImportActivity("row-1", pilot(), courses(), c.actor, noon); err == nil && (!a.Imported || a.ExternalID != "row-1") {
			t.Errorf("imported: %+v", a)
		}
		wantCode(t, err, c.takes)
	}
}

func TestTheRulesForActivities(t *testing.T) {
	for _, c := range []struct {
		name   string
		break_ func(*cooperation.ActivityContent)
		field  string
		key    string
	}{
		{"all well", func(*cooperation.ActivityContent) {}, "", ""},
		{"States that are no Party", func(a *cooperation.ActivityContent) { a.Beneficiaries = []cooperation.Participant{"US", "KE"} }, "", ""},
		{"an organisation that is suspended now", func(a *cooperation.ActivityContent) { a.Providers = []cooperation.Participant{"suspended-fund"} }, "", ""},
		{"nothing but what is required", func(a *cooperation.ActivityContent) {
			*a = cooperation.ActivityContent{Beneficiaries: a.Beneficiaries, Providers: a.Providers, Title: a.Title, Themes: a.Themes, Kinds: a.Kinds}
		}, "", ""},
		{"nobody who is helped", func(a *cooperation.ActivityContent) { a.Beneficiaries = nil }, "beneficiaries", "required"},
		{"nobody who helps", func(a *cooperation.ActivityContent) { a.Providers = nil }, "providers", "required"},
		{"no country", func(a *cooperation.ActivityContent) { a.Beneficiaries[0] = "XX" }, "beneficiaries[0]", "unknown_participant"},
		{"an organisation that nobody knows", func(a *cooperation.ActivityContent) { a.Providers[1] = "nobody-knows" }, "providers[1]", "unknown_organisation"},
		{"one that was never admitted", func(a *cooperation.ActivityContent) { a.Providers[1] = "newcomer" }, "providers[1]", "unknown_organisation"},
		{"one that helps itself", func(a *cooperation.ActivityContent) { a.Providers[0] = "KE" }, "providers[0]", "both_sides"},
		{"the same twice", func(a *cooperation.ActivityContent) { a.Providers[1] = "FR" }, "providers", "duplicate"},
		{"too many", func(a *cooperation.ActivityContent) { a.Providers = slices.Repeat(a.Providers, 11) }, "providers", "too_many"},
		{"no title", func(a *cooperation.ActivityContent) { a.Title = " " }, "title", "required"},
		{"a title of two lines", func(a *cooperation.ActivityContent) { a.Title = "a\nb" }, "title", "characters"},
		{"an endless title", func(a *cooperation.ActivityContent) { a.Title = strings.Repeat("x", 301) }, "title", "too_long"},
		{"no theme", func(a *cooperation.ActivityContent) { a.Themes = nil }, "themes", "required"},
		{"a theme of another convention", func(a *cooperation.ActivityContent) { a.Themes[0] = "tax" }, "themes[0]", "unknown_theme"},
		{"no kind", func(a *cooperation.ActivityContent) { a.Kinds = nil }, "kinds", "required"},
		{"a kind that the convention does not know", func(a *cooperation.ActivityContent) { a.Kinds[0] = "information" }, "kinds[0]", "unknown_kind"},
		{"an end before its beginning", func(a *cooperation.ActivityContent) { a.End = day("2025-12-31") }, "end", "date_order"},
		{"a currency that is none", func(a *cooperation.ActivityContent) { a.Amount.Currency = "XXQ" }, "amount.currency", "unknown_currency"},
		{"an amount that is none", func(a *cooperation.ActivityContent) { a.Amount.Amount = "a lot" }, "amount.amount", "amount"},
		{"a step that is none", func(a *cooperation.ActivityContent) { a.Status = "withdrawn" }, "status", "not_one_of"},
		{"evidence that is a script", func(a *cooperation.ActivityContent) { a.Evidence = "javascript:alert(1)" }, "evidence", "link"},
		{"a language of nobody", func(a *cooperation.ActivityContent) { a.ContentLanguage = "xx-nobody-at-all" }, "content_language", "unknown_language"},
		{"a text that turns what is around it", func(a *cooperation.ActivityContent) { a.Description = "a\u202eb" }, "description", "characters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := courses()
			c.break_(&content)
			_, err := cooperation.EnterActivity("courses", pilot(), content, secretariat, noon)
			if c.field == "" {
				ok(t, err)
				return
			}
			wantField(t, err, c.field, "error.invalid."+c.key)
			wantField(t, activityIn(cooperation.ActivityRunning).Replace(pilot(), content, secretariat, noon), c.field, "error.invalid."+c.key)
		})
	}
}

func TestTheDaysOfAnActivitySayItsStepWhenNobodyDoes(t *testing.T) {
	for _, c := range []struct {
		start, end string
		stated     cooperation.ActivityStatus
		want       cooperation.ActivityStatus
	}{
		{"", "", "", cooperation.ActivityRunning},
		{"2026-03-11", "", "", cooperation.ActivityPlanned},
		{"2026-03-10", "2026-03-10", "", cooperation.ActivityRunning},
		{"2025-03-10", "2026-03-09", "", cooperation.ActivityCompleted},
		{"2025-03-10", "2026-03-09", cooperation.ActivityStopped, cooperation.ActivityStopped},
		{"2026-03-11", "", cooperation.ActivityRunning, cooperation.ActivityRunning},
	} {
		content := courses()
		content.Start, content.End, content.Status = cooperation.Date{}, cooperation.Date{}, c.stated
		if c.start != "" {
			content.Start = day(c.start)
		}
		if c.end != "" {
			content.End = day(c.end)
		}
		a, err := cooperation.EnterActivity("courses", pilot(), content, kenyaFocal, noon)
		if ok(t, err); a.Status != c.want {
			t.Errorf("from %q to %q it is %s, want %s", c.start, c.end, a.Status, c.want)
		}
	}
}

func TestAReplacementMovesAnActivityBetweenPlannedAndRunningOnly(t *testing.T) {
	for _, from := range cooperation.ActivityStatuses()[:4] {
		for _, to := range cooperation.ActivityStatuses()[:4] {
			a, content := activityIn(from), courses()
			content.Status = to
			err := a.Replace(pilot(), content, kenyaFocal, noon)
			open := []cooperation.ActivityStatus{cooperation.ActivityPlanned, cooperation.ActivityRunning}
			if from == to || slices.Contains(open, from) && slices.Contains(open, to) {
				if ok(t, err); a.Status != to {
					t.Errorf("from %s to %s it is %s", from, to, a.Status)
				}
				continue
			}
			wantField(t, err, "status", "error.invalid.activity_step")
		}
	}
}

func TestNobodyHandsAnActivityOverToOthers(t *testing.T) {
	content := courses()
	content.Beneficiaries = []cooperation.Participant{"MZ"}
	wantCode(t, activityIn(cooperation.ActivityRunning).Replace(pilot(), content, kenyaFocal, noon), cooperation.Forbidden)
	a := activityIn(cooperation.ActivityRunning)
	if ok(t, a.Replace(pilot(), content, secretariat, noon)); !a.Imported {
		t.Error("what the secretariat changes is its own side's")
	}
	if ok(t, a.Replace(pilot(), content, franceProvider, noon)); a.Imported {
		t.Error("what its own side has changed is the secretariat's")
	}
}

func TestAnActivityThatEndsHasItsLastDayByThen(t *testing.T) {
	a := activityIn(cooperation.ActivityRunning)
	if ok(t, a.Complete("All have passed.", kenyaFocal, noon)); a.End != today() || a.Ended.Text != "All have passed." || a.Ended.By != kenyaFocal.ID {
		t.Errorf("completed: %+v", a)
	}
	a = activityIn(cooperation.ActivityRunning)
	a.End = day("2026-03-01")
	if ok(t, a.Stop("No funds.", franceProvider, noon)); a.End != day("2026-03-01") {
		t.Errorf("it ended before, and is now said to end on %s", a.End)
	}
	a = activityIn(cooperation.ActivityPlanned)
	a.Start = day("2026-06-01")
	if ok(t, a.Stop("No funds.", franceProvider, noon)); !a.Start.IsZero() || a.End != today() {
		t.Errorf("what never began is from %s to %s", a.Start, a.End)
	}
	a = activityIn(cooperation.ActivityRunning)
	if ok(t, a.Withdraw("", secretariat, noon)); a.End != courses().End {
		t.Error("what was never so has another last day")
	}
	wantField(t, activityIn(cooperation.ActivityRunning).Stop(" ", secretariat, noon), "text", "error.invalid.required")
}

func TestARowOfAnActivityThatIsImportedAgain(t *testing.T) {
	first, err := cooperation.ImportActivity("row-1", pilot(), courses(), secretariat, noon)
	ok(t, err)
	renamed, ended := courses(), courses()
	renamed.Title = "Renamed"
	ended.Status = cooperation.ActivityCompleted
	for _, c := range []struct {
		name    string
		before  func(*cooperation.Activity)
		content cooperation.ActivityContent
		changed bool
	}{
		{"the same", func(*cooperation.Activity) {}, courses(), false},
		{"another title", func(*cooperation.Activity) {}, renamed, true},
		{"another step", func(*cooperation.Activity) {}, ended, true},
		{"of which its own side has changed something", func(a *cooperation.Activity) {
			ok(t, a.Replace(pilot(), courses(), kenyaFocal, noon))
		}, renamed, false},
		{"that somebody has completed", func(a *cooperation.Activity) { ok(t, a.Complete("", secretariat, noon)) }, renamed, false},
		{"that somebody has withdrawn", func(a *cooperation.Activity) { ok(t, a.Withdraw("", secretariat, noon)) }, renamed, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := *first
			c.before(&a)
			before := a
			changed, err := a.Reimport(pilot(), c.content, secretariat, noon)
			if ok(t, err); changed != c.changed || changed != (a.Version > before.Version) {
				t.Errorf("changed: %v, from version %d to %d", changed, before.Version, a.Version)
			}
			if !changed {
				if d := cmp.Diff(before, a, sameDay); d != "" {
					t.Error(d)
				}
			}
		})
	}
	if _, err := cooperation.ImportActivity(" ", pilot(), courses(), secretariat, noon); err == nil {
		t.Error("a row without an id goes in")
	}
	a := *first
	renamed.Themes = nil
	_, err = a.Reimport(pilot(), renamed, secretariat, noon)
	wantField(t, err, "themes", "error.invalid.required")
}

func TestWhatThePublicSeesOfAnActivity(t *testing.T) {
	a := activityIn(cooperation.ActivityStopped)
	want := activityIn(cooperation.ActivityStopped)
	want.CreatedBy, want.Ended = "", &cooperation.Remark{Time: noon}
	for _, actor := range []cooperation.Actor{public, observer, member, mozFocal, otherSecretariat} {
		if d := cmp.Diff(want, a.Shown(actor), sameDay); d != "" {
			t.Errorf("%s: %s", actor.ID, d)
		}
		if activityIn(cooperation.ActivityWithdrawn).Shown(actor) != nil {
			t.Errorf("%s sees what was withdrawn", actor.ID)
		}
		if activityIn(cooperation.ActivityRunning).ShownThen(actor, activityIn(cooperation.ActivityWithdrawn)) != nil {
			t.Errorf("%s sees what was withdrawn as it was before", actor.ID)
		}
	}
	for _, actor := range []cooperation.Actor{secretariat, kenyaFocal, readOnly(trustProvider), clock} {
		for _, status := range cooperation.ActivityStatuses() {
			if d := cmp.Diff(activityIn(status), activityIn(status).Shown(actor), sameDay); d != "" {
				t.Errorf("%s: %s", actor.ID, d)
			}
		}
	}
	if d := cmp.Diff(want, a.ShownThen(public, activityIn(cooperation.ActivityStopped)), sameDay); d != "" {
		t.Error(d)
	}
}

func TestAnActivityInTheFormOfTheFirstReleaseIsRead(t *testing.T) {
	var a cooperation.Activity
	ok(t, json.Unmarshal([]byte(`{"schema":1,"id":"a1","convention":"pilot","version":3,"created":"2026-01-01T00:00:00Z","updated":"2026-02-01T00:00:00Z",
		"beneficiaries":["KE"],"providers":["FR"],"title":"Courses","themes":["survey"],"kinds":["training"],"start":"2026-01-01","amount":{"amount":"5","currency":"USD"},"source":"A report"}`), &a))
	want := cooperation.ActivityContent{Beneficiaries: []cooperation.Participant{"KE"}, Providers: []cooperation.Participant{"FR"}, Title: "Courses", Themes: []string{"survey"},
		Kinds: []cooperation.Kind{"training"}, Status: cooperation.ActivityRunning, Start: day("2026-01-01"), Amount: cooperation.Money{Amount: "5", Currency: "USD"}, Source: "A report"}
	if d := cmp.Diff(want, a.ActivityContent, sameDay); d != "" || a.ID != "a1" || a.Version != 3 || a.Imported || a.Ended != nil {
		t.Errorf("it is read as %+v: %s", a, d)
	}
	if json.Unmarshal([]byte(`{"title":7}`), &a) == nil {
		t.Error("what is no activity is read as one")
	}
}

func TestAnActivityComesBackFromTheStoreAsItWas(t *testing.T) {
	text, err := json.Marshal(activityIn(cooperation.ActivityStopped))
	ok(t, err)
	var back cooperation.Activity
	ok(t, json.Unmarshal(text, &back))
	if d := cmp.Diff(activityIn(cooperation.ActivityStopped), &back, sameDay); d != "" {
		t.Error(d)
	}
}

func TestWhatIsSaidOfActivitiesIsThereInSixLanguages(t *testing.T) {
	var keys []string
	for _, a := range cooperation.ActivityActions() {
		keys = append(keys, "action.activity."+string(a))
	}
	for _, s := range cooperation.ActivityStatuses() {
		keys = append(keys, "status.activity."+string(s))
	}
	i18ntest.Has(t, keys...)
}
