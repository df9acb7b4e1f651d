package platform_test

import (
	"strconv"
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func commitmentContent(code string) cooperation.CommitmentContent {
	return cooperation.CommitmentContent{Code: code, Title: cooperation.Names{"en": "Adopt a national plan"}, Themes: []string{"fctc-art14"}}
}

// entered enters a commitment.
func entered(t *testing.T, on *platform.Platform, code string) *cooperation.Commitment {
	t.Helper()
	c, err := on.CreateCommitment(t.Context(), secretary, "fctc", commitmentContent(code), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	return c
}

func TestACommitmentIsEnteredReportedOnReplacedAndRetired(t *testing.T) {
	place := newPlace(t)
	on := place.open()
	ctx := t.Context()
	var made *cooperation.Commitment
	for range 2 { // the same request again is the same
		c, err := on.CreateCommitment(ctx, secretary, "fctc", commitmentContent("Action 45"), "key")
		if err != nil || c.Version != 1 || made != nil && c.ID != made.ID {
			t.Fatalf("%+v, %v", c, explain(err))
		}
		made = c
	}
	_, err := on.CreateCommitment(ctx, secretary, "fctc", commitmentContent("Action 46"), "key")
	wantCode(t, err, cooperation.Conflict, "error.conflict.idempotency")
	if again, err := on.CreateCommitment(ctx, secretary, "fctc", commitmentContent("Action 45"), ""); err != nil || again.ID != made.ID {
		t.Errorf("the same without a key is %+v, %v", again, explain(err))
	}
	_, err = on.CreateCommitment(ctx, secretary, "fctc", commitmentContent("action 45"), "")
	wantCode(t, err, cooperation.Conflict, "error.conflict.commitment_code")
	_, err = on.CreateCommitment(ctx, focal, "fctc", commitmentContent("Action 47"), "")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")

	report := cooperation.Progress{Country: country(t, "AO"), Status: cooperation.UnderWay, Date: cooperation.DateOf(on.Now()), Note: "Drafted."}
	if _, err := on.ReportProgress(ctx, focal, made.ID, 1, report); err != nil {
		t.Fatal(explain(err))
	}
	_, err = on.ReportProgress(ctx, focal, made.ID, 1, report)
	wantCode(t, err, cooperation.Conflict, "error.conflict.version")
	_, err = on.ReportProgress(ctx, secretary, made.ID, 2, report)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	content := commitmentContent("Action 45")
	content.Deadline = cooperation.DateOf(on.Now()).AddDays(-1)
	if _, err := on.ReplaceCommitment(ctx, secretary, made.ID, 2, content); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.RetireCommitment(ctx, secretary, made.ID, 3, "Another plan has taken its place."); err != nil {
		t.Fatal(explain(err))
	}
	for name, replica := range map[string]*platform.Platform{"here": on, "another replica": place.open()} {
		c, err := replica.Commitment(cooperation.Actor{}, made.ID)
		if err != nil || c.Version != 4 || len(c.Progress) != 1 || c.Progress[0].By != "" || c.Retired == nil || c.Deadline != content.Deadline {
			t.Errorf("%s: %+v, %v", name, c, explain(err))
		}
	}
	_, err = on.Commitment(secretary, "Action 45") // a code is no address
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.ReportProgress(ctx, focal, cooperation.NewID(), 0, report)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}

// Commands that wait together share one insert: each is decided as those
// before it leave the codes.
func TestOfTwoWhoEnterACodeAtOnceOneIsRefused(t *testing.T) {
	on := newPlace(t).open()
	const at = 8
	results := make(chan error, at)
	for n := range at {
		go func() {
			content := commitmentContent("Action 45")
			content.Plan = "Plan " + strconv.Itoa(n)
			_, err := on.CreateCommitment(t.Context(), secretary, "fctc", content, "")
			results <- err
		}()
	}
	taken := 0
	for range at {
		if err := <-results; err == nil {
			taken++
		} else {
			wantCode(t, err, cooperation.Conflict, "error.conflict.commitment_code")
		}
	}
	if taken != 1 {
		t.Errorf("%d bear the code", taken)
	}
}

func TestANeedNamesACommitmentOfItsConvention(t *testing.T) {
	on := newPlace(t).open()
	c := entered(t, on, "Action 45")
	content := needContent(t, "Help with the plan")
	for _, named := range []string{c.ID, "Action 45", "in words"} {
		content.Commitment = named
		if _, err := on.CreateNeed(t.Context(), focal, "fctc", content, ""); err != nil {
			t.Errorf("%s: %v", named, explain(err))
		}
	}
	content.Commitment = cooperation.NewID()
	_, err := on.CreateNeed(t.Context(), focal, "fctc", content, "")
	wantCode(t, err, cooperation.Invalid, "error.invalid.fields")
}
