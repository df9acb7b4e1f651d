package cooperation_test

import (
	"reflect"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/reference"
)

const plannedID = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// commitment binds Kenya and Mozambique until the end of May 2026.
func commitment() *cooperation.Commitment {
	c := &cooperation.Commitment{CommitmentContent: cooperation.CommitmentContent{Code: "Action 45", Title: cooperation.Names{"en": "Survey all suspected areas", "fr": "Sonder toutes les zones suspectes"},
		Plan: "Plan of the Review Conference", Indicator: "Number of areas surveyed", Deadline: day("2026-05-31"), Parties: lands("KE", "MZ"), Themes: []string{"survey"}}}
	c.Schema, c.ID, c.Convention, c.Version, c.Created, c.Updated, c.CreatedBy = cooperation.Schema, plannedID, pilotID, 1, noon, noon, secretariat.ID
	return c
}

// planned are those that the tests' convention knows.
func planned() []*cooperation.Commitment { return []*cooperation.Commitment{commitment()} }

func progress(country string, status cooperation.CommitmentStatus, on cooperation.Date) cooperation.Progress {
	return cooperation.Progress{Country: land(country), Status: status, Date: on, Note: "As told."}
}

// everybody are people of every role, with what they are called in a failure.
func everybody() map[string]cooperation.Actor {
	return map[string]cooperation.Actor{"the public": public, "the clock": clock, "an observer": observer, "a member": member, "an administrator": administrator,
		"another secretariat": otherSecretariat, "Kenya's focal point": kenyaFocal, "Kenya's approver": kenyaApprover, "Kenya's provider": kenyaProvider,
		"Mozambique's focal point": mozFocal, "France's approver": franceApprover, "the secretariat": secretariat, "a secretariat that reads": readOnly(secretariat),
		"Kenya's focal point who reads": readOnly(kenyaFocal)}
}

func TestTheSecretariatKeepsCommitmentsAndAPartyReportsForItself(t *testing.T) {
	conv := pilot()
	reporters := map[string]bool{"Kenya's focal point": true, "Kenya's approver": true}
	for name, actor := range everybody() {
		keeps := name == "the secretariat"
		content := commitment().CommitmentContent
		content.Code = "Action 46"
		_, err := cooperation.EnterCommitment(cooperation.NewID(), conv, content, actor, noon)
		for what, err := range map[string]error{"enter": err, "replace": commitment().Replace(conv, content, actor, noon), "retire": commitment().Retire("Over.", actor, noon)} {
			if keeps != (err == nil) || !keeps && cooperation.CodeOf(err) != cooperation.Forbidden {
				t.Errorf("%s tried to %s it: %v", name, what, err)
			}
		}
		err = commitment().Report(conv, progress("KE", cooperation.UnderWay, today()), actor, noon)
		if may := reporters[name]; may != (err == nil) || !may && cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("%s reported for Kenya: %v", name, err)
		}
	}
	if cooperation.MayCommitment(secretariat, cooperation.Submit, commitment()) {
		t.Error("an action that commitments do not know is allowed")
	}
}

func TestWhatACommitmentSaysIsHeldAgainstTheConvention(t *testing.T) {
	for _, c := range []struct {
		field, key string
		change     func(*cooperation.CommitmentContent)
	}{
		{"code", "error.invalid.required", func(c *cooperation.CommitmentContent) { c.Code = " " }},
		{"code", "error.invalid.commitment_code", func(c *cooperation.CommitmentContent) { c.Code = plannedID }},
		{"title", "error.invalid.required", func(c *cooperation.CommitmentContent) { c.Title = nil }},
		{"title", "error.invalid.required", func(c *cooperation.CommitmentContent) { c.Title = cooperation.Names{"fr": " "} }},
		{"title.de", "error.invalid.unknown_language", func(c *cooperation.CommitmentContent) { c.Title["de"] = "Titel" }},
		{"parties[1]", "error.invalid.not_party", func(c *cooperation.CommitmentContent) { c.Parties = lands("KE", "US") }},
		{"parties[0]", "error.invalid.not_party", func(c *cooperation.CommitmentContent) { c.Parties = []reference.Country{0} }},
		{"themes[0]", "error.invalid.unknown_theme", func(c *cooperation.CommitmentContent) { c.Themes = []string{"astronomy"} }},
	} {
		content := commitment().CommitmentContent
		content.Code = "Action 46"
		c.change(&content)
		_, err := cooperation.EnterCommitment(cooperation.NewID(), pilot(), content, secretariat, noon)
		wantField(t, err, c.field, c.key)
	}
	i18ntest.Has(t, "error.invalid.commitment_code", "error.invalid.unknown_commitment", "error.invalid.not_bound", "error.conflict.commitment_code")
}

func TestACodeIsThatOfOneCommitment(t *testing.T) {
	content := commitment().CommitmentContent
	content.Code = "ACTION  45"
	_, err := cooperation.EnterCommitment(cooperation.NewID(), pilot(), content, secretariat, noon)
	if cooperation.CodeOf(err) != cooperation.Conflict {
		t.Errorf("a code that is taken: %v", err)
	}
	own := commitment()
	if err := own.Replace(pilot(), content, secretariat, noon); err != nil || own.Code != "ACTION 45" || own.Version != 2 {
		t.Errorf("its own code in other letters: %+v, %v", own, err)
	}
}

func TestAReportIsOfABoundPartyAndOfNoDayToCome(t *testing.T) {
	c := commitment()
	wantField(t, c.Report(pilot(), progress("KE", cooperation.Done, today().AddDays(1)), kenyaFocal, noon), "date", "error.invalid.past_date")
	wantField(t, c.Report(pilot(), progress("KE", "overdue", today()), kenyaFocal, noon), "status", "error.invalid.not_one_of")
	wantField(t, c.Report(pilot(), progress("FR", cooperation.Done, today()), franceFocal, noon), "country", "error.invalid.not_bound")
	c.Parties = nil // all Parties
	if err := c.Report(pilot(), progress("FR", cooperation.Done, today()), franceFocal, noon); err != nil {
		t.Errorf("a Party on what binds all: %v", err)
	}
	if err := c.Retire(" ", secretariat, noon); err == nil {
		t.Error("retired without a reason")
	}
	if err := c.Retire("Its plan is over.", secretariat, noon); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"report": c.Report(pilot(), progress("FR", cooperation.Done, today()), franceFocal, noon),
		"replace": c.Replace(pilot(), c.CommitmentContent, secretariat, noon), "retire": c.Retire("Again.", secretariat, noon)} {
		if cooperation.CodeOf(err) != cooperation.State {
			t.Errorf("%s of one that is retired: %v", what, err)
		}
	}
}

func TestTheLatestDayCountsAndTheSecondReportOfADay(t *testing.T) {
	c := commitment()
	for _, p := range []cooperation.Progress{progress("KE", cooperation.UnderWay, today()), progress("KE", cooperation.NotStarted, today().AddDays(-9)), progress("KE", cooperation.Done, today())} {
		if err := c.Report(pilot(), p, kenyaApprover, noon); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.Progress) != 2 || c.StatusOf(land("KE")) != cooperation.Done || c.StatusOf(land("MZ")) != cooperation.NotStarted || c.Version != 4 {
		t.Errorf("it stands at %v with %+v", c.StatusOf(land("KE")), c.Progress)
	}
}

func TestWhatFollowsFromReportsAndDeadline(t *testing.T) {
	late := day("2026-06-01")
	for _, c := range []struct {
		name    string
		reports []cooperation.Progress
		status  cooperation.CommitmentStatus
		overdue bool
	}{
		{"nobody reported", nil, cooperation.NotStarted, true},
		{"one says that it has not begun", []cooperation.Progress{progress("KE", cooperation.NotStarted, today())}, cooperation.NotStarted, true},
		{"one is done of two", []cooperation.Progress{progress("KE", cooperation.Done, today())}, cooperation.UnderWay, true},
		{"all are done", []cooperation.Progress{progress("KE", cooperation.Done, today()), progress("MZ", cooperation.Done, today())}, cooperation.Done, false},
		{"one who is not bound any more", []cooperation.Progress{progress("FR", cooperation.Done, today())}, cooperation.NotStarted, true},
	} {
		of := commitment()
		of.Progress = c.reports
		status := of.Status(pilot(), late)
		if status != c.status || of.Overdue(status, late) != c.overdue {
			t.Errorf("%s: %s, overdue %t", c.name, status, of.Overdue(status, late))
		}
		if of.Overdue(status, of.Deadline) {
			t.Errorf("%s: overdue on the last day", c.name)
		}
		of.Retired = &cooperation.Remark{}
		if of.Overdue(status, late) {
			t.Errorf("%s: overdue although retired", c.name)
		}
	}
	open := commitment()
	open.Deadline = cooperation.Date{}
	if open.Overdue(cooperation.NotStarted, late) {
		t.Error("overdue without a deadline")
	}
	open.Parties = nil
	for _, p := range pilot().PartiesOn(late) {
		open.Progress = append(open.Progress, cooperation.Progress{Country: p, Status: cooperation.Done, Date: today()})
	}
	if open.Status(pilot(), late) != cooperation.Done || !open.Binds(pilot(), land("FR"), late) || open.Binds(pilot(), land("US"), late) {
		t.Error("one that names no Party does not bind all Parties, and nobody else")
	}
}

func TestWhoWroteOfACommitmentIsNotForEverybody(t *testing.T) {
	c := commitment()
	c.Progress = []cooperation.Progress{{Country: land("KE"), By: "someone"}, {Country: land("MZ"), By: "another"}}
	c.Retired = &cooperation.Remark{Text: "Over.", By: "third", Time: noon}
	seen := c.Shown(public)
	if seen.CreatedBy != "" || seen.Progress[0].By != "" || seen.Progress[1].By != "" || seen.Retired.By != "" || seen.Retired.Text != "Over." {
		t.Errorf("the public sees %+v", seen)
	}
	if seen = c.Shown(kenyaFocal); seen.Progress[0].By != "someone" || seen.Progress[1].By != "" {
		t.Errorf("Kenya sees %+v", seen.Progress)
	}
	if seen = c.Shown(secretariat); !reflect.DeepEqual(seen, c) {
		t.Errorf("the secretariat sees %+v", seen)
	}
	if c.Progress[0].By != "someone" {
		t.Error("what is shared was changed")
	}
}

func TestATitleIsShownInALanguageThatItHas(t *testing.T) {
	c := commitment()
	if c.In("fr") != "Sonder toutes les zones suspectes" || c.In("zh") != "Survey all suspected areas" {
		t.Errorf("%q, %q", c.In("fr"), c.In("zh"))
	}
	if c.Title = (cooperation.Names{"ru": "Обследовать"}); c.In("zh") != "Обследовать" {
		t.Errorf("%q", c.In("zh"))
	}
	if c.Title = nil; c.In("zh") != "Action 45" {
		t.Errorf("%q", c.In("zh"))
	}
}

func TestANeedNamesACommitmentInWordsOrByAnIdThatIsThere(t *testing.T) {
	for _, named := range []string{"", "action 22", "Action 45", plannedID, "any words at all"} {
		content := fullNeed()
		content.Commitment = named
		if _, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), content, kenyaFocal, noon); err != nil {
			t.Errorf("%q: %v", named, err)
		}
	}
	content := fullNeed()
	content.Commitment = "bbbbbbbbbbbbbbbbbbbbbbbbbb"
	_, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), content, kenyaFocal, noon)
	wantField(t, err, "commitment", "error.invalid.unknown_commitment")
}
