package cooperation_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// The situations in which a need may be: its steps, with "withdrawn" once
// before it was ever open and once after.
var needSituations = []string{"draft", "submitted", "returned", "open", "partly_covered", "covered", "met", "closed", "lapsed", "withdrawn", "withdrawn_unseen"}

var needActions = []cooperation.Action{cooperation.Replace, cooperation.Submit, cooperation.Admit, cooperation.Return,
	cooperation.Withdraw, cooperation.Close, cooperation.Reconfirm, cooperation.Lapse, cooperation.CarryOver}

const focalPointGrid = `
                  replace  submit     admit  return    withdraw   close   reconfirm  lapse   carry_over
draft             =        F          F      F         withdrawn  S       S          F       S
submitted         F        F          F      F         withdrawn  S       S          F       S
returned          =        F          F      F         withdrawn  S       S          F       =
open              F        F          F      F         withdrawn  closed  =          F       =
partly_covered    F        F          F      F         withdrawn  closed  =          F       =
covered           F        F          F      F         S          closed  S          F       =
met               F        F          F      F         S          closed  S          F       =
closed            F        F          F      F         S          S       S          F       =
lapsed            F        F          F      F         S          S       S          F       =
withdrawn         F        F          F      F         S          S       S          F       =
withdrawn_unseen  F        F          F      F         S          S       S          F       =`

const approverGrid = `
                  replace  submit     admit  return    withdraw   close   reconfirm  lapse   carry_over
draft             =        submitted  F      F         withdrawn  S       S          F       S
submitted         S        S          F      F         withdrawn  S       S          F       S
returned          =        submitted  F      F         withdrawn  S       S          F       =
open              =        S          F      F         withdrawn  closed  =          F       =
partly_covered    =        S          F      F         withdrawn  closed  =          F       =
covered           S        S          F      F         S          closed  S          F       =
met               S        S          F      F         S          closed  S          F       =
closed            S        S          F      F         S          S       S          F       =
lapsed            S        S          F      F         S          S       S          F       =
withdrawn         S        S          F      F         S          S       S          F       =
withdrawn_unseen  S        S          F      F         S          S       S          F       =`

const secretariatGrid = `
                  replace  submit     admit  return    withdraw   close   reconfirm  lapse   carry_over
draft             .        .          .      .         .          .       .          .       .
submitted         F        F          open   returned  F          S       F          F       F
returned          F        F          S      S         F          S       F          F       F
open              F        F          S      S         F          closed  F          F       F
partly_covered    F        F          S      S         F          closed  F          F       F
covered           F        F          S      S         F          closed  F          F       F
met               F        F          S      S         F          closed  F          F       F
closed            F        F          S      S         F          S       F          F       F
lapsed            F        F          S      S         F          S       F          F       F
withdrawn         F        F          S      S         F          S       F          F       F
withdrawn_unseen  .        .          .      .         .          .       .          .       .`

const clockGrid = `
                  replace  submit     admit  return    withdraw   close   reconfirm  lapse   carry_over
draft             F        F          F      F         F          F       F          S       F
submitted         F        F          F      F         F          F       F          S       F
returned          F        F          F      F         F          F       F          S       F
open              F        F          F      F         F          F       F          lapsed  F
partly_covered    F        F          F      F         F          F       F          lapsed  F
covered           F        F          F      F         F          F       F          S       F
met               F        F          F      F         F          F       F          S       F
closed            F        F          F      F         F          F       F          S       F
lapsed            F        F          F      F         F          F       F          S       F
withdrawn         F        F          F      F         F          F       F          S       F
withdrawn_unseen  F        F          F      F         F          F       F          S       F`

// needIn brings a need into a situation, not by commands but as it would be read
// from the store, so that the table does not lean on what it tests.
func needIn(situation string) *cooperation.Need {
	n := &cooperation.Need{NeedContent: fullNeed()}
	n.Schema, n.ID, n.Convention, n.Version = cooperation.Schema, cooperation.DerivedID("need", situation), pilotID, 7
	n.Created, n.Updated, n.CreatedBy = noon.AddDate(0, -2, 0), noon.AddDate(0, -1, 0), kenyaFocal.ID
	n.Status = cooperation.NeedStatus(strings.TrimSuffix(situation, "_unseen"))
	switch situation {
	case "draft", "withdrawn_unseen":
		return n
	case "returned":
		n.Returned = &cooperation.Remark{Text: "The period is missing.", By: secretariat.ID, Time: noon}
		return n
	}
	c := cleared()
	c.Kind, c.By = cooperation.ClearedByApprover, kenyaApprover.ID
	n.Clearance = &c
	if situation != "submitted" {
		n.Admitted = noon.AddDate(0, -1, 0)
	}
	return n
}

// tryNeed does one action as an ordinary caller would.
func tryNeed(n *cooperation.Need, action cooperation.Action, actor cooperation.Actor) error {
	conv := pilot()
	switch action {
	case cooperation.Replace:
		content := fullNeed()
		content.Title = "Another title"
		return n.Replace(conv, content, actor, noon)
	case cooperation.Submit:
		return n.Submit(conv, cleared(), false, actor, noon)
	case cooperation.Admit:
		return n.Admit(conv, actor, noon)
	case cooperation.Return:
		return n.Return("Please say for whom.", actor, noon)
	case cooperation.Withdraw:
		return n.Withdraw("", actor, noon)
	case cooperation.Close:
		return n.Close("helped_elsewhere", "", actor, noon)
	case cooperation.Reconfirm:
		return n.Reconfirm(conv, day("2027-06-01"), actor, noon)
	case cooperation.Lapse:
		n.ValidUntil = day("2026-03-09")
		return n.Lapse(actor, noon)
	case cooperation.CarryOver:
		_, err := n.CarryOver(cooperation.DerivedID("carried"), conv, actor, noon)
		return err
	}
	panic("no such action: " + action)
}

func TestTheLifeOfANeedForEveryStepActionAndRole(t *testing.T) {
	outsider := func() grid {
		return all(needSituations, needActions, "F").with(".", "draft", "submitted", "returned", "withdrawn_unseen")
	}
	parse := func(text string) grid { return parseGrid(t, text, len(needSituations), needActions) }
	for _, who := range []struct {
		role  string
		actor cooperation.Actor
		want  grid
	}{
		{"focal point of the first beneficiary", kenyaFocal, parse(focalPointGrid)},
		{"approver of the first beneficiary", kenyaApprover, parse(approverGrid)},
		{"secretariat", secretariat, parse(secretariatGrid)},
		{"clock", clock, parse(clockGrid)},
		{"focal point of another beneficiary", mozFocal, all(needSituations, needActions, "F")},
		{"approver of another beneficiary", mozApprover, all(needSituations, needActions, "F")},
		{"approver with a token that only reads", readOnly(kenyaApprover), all(needSituations, needActions, "F")},
		{"provider of the same State", kenyaProvider, outsider()},
		{"focal point of another State", franceFocal, outsider()},
		{"approver of another State", franceApprover, outsider()},
		{"provider of another State", franceProvider, outsider()},
		{"committee member", member, outsider()},
		{"observer", observer, outsider()},
		{"administrator of the installation", administrator, outsider()},
		{"secretariat and approver in another convention", otherSecretariat, outsider()},
		{"the public", public, outsider()},
	} {
		for _, situation := range needSituations {
			for _, action := range needActions {
				t.Run(who.role+"/"+situation+"/"+string(action), func(t *testing.T) {
					n := needIn(situation)
					before := *n
					err := tryNeed(n, action, who.actor)
					allowed := judge(t, who.want[situation][string(action)], string(before.Status), string(n.Status), err)
					checkNeedVersion(t, &before, n, allowed && action != cooperation.CarryOver, action)
				})
			}
		}
	}
}

// checkNeedVersion holds that a command makes exactly one version, and a
// refusal none.
func checkNeedVersion(t *testing.T, before, after *cooperation.Need, changed bool, action cooperation.Action) {
	t.Helper()
	if changed {
		if after.Version != before.Version+1 || !after.Updated.Equal(noon) {
			t.Errorf("version %d became %d, updated %s", before.Version, after.Version, after.Updated)
		}
		return
	}
	if action == cooperation.Lapse {
		before.ValidUntil = after.ValidUntil // the test itself has set it
	}
	if diff := cmp.Diff(asText(t, before), asText(t, after)); diff != "" {
		t.Errorf("nothing was done, and still the need changed:\n%s", diff)
	}
}

func asText(t interface{ Fatal(...any) }, v any) string {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheSecretariatAnswersForAnImportedNeedFromTheMomentItIsOpen(t *testing.T) {
	want := parseGrid(t, `
                  replace  submit     admit  return    withdraw   close   reconfirm  lapse   carry_over
open              =        F          S      S         withdrawn  closed  =          F       F
partly_covered    =        F          S      S         withdrawn  closed  =          F       F
covered           S        F          S      S         S          closed  S          F       F
met               S        F          S      S         S          closed  S          F       F
closed            S        F          S      S         S          S       S          F       F
lapsed            S        F          S      S         S          S       S          F       F
withdrawn         S        F          S      S         S          S       S          F       F`, 7, needActions)
	for situation, row := range want {
		for action, cell := range row {
			t.Run(situation+"/"+action, func(t *testing.T) {
				n := needIn(situation)
				n.Clearance.Kind = cooperation.ClearedByImport
				err := tryNeed(n, cooperation.Action(action), secretariat)
				judge(t, cell, string(needIn(situation).Status), string(n.Status), err)
			})
		}
	}
}

func TestANeedIsDraftedByThoseWhoSpeakForItsFirstBeneficiary(t *testing.T) {
	for _, c := range []struct {
		who   string
		actor cooperation.Actor
		want  cooperation.Code
	}{
		{"its focal point", kenyaFocal, ""},
		{"its approver", kenyaApprover, ""},
		{"its provider", kenyaProvider, cooperation.Forbidden},
		{"the other beneficiary", mozFocal, cooperation.Forbidden},
		{"another State", franceFocal, cooperation.Forbidden},
		{"the secretariat", secretariat, cooperation.Forbidden},
		{"a token that only reads", readOnly(kenyaFocal), cooperation.Forbidden},
		{"somebody of another convention", otherSecretariat, cooperation.Forbidden},
		{"the public", public, cooperation.Forbidden},
		{"the platform", clock, cooperation.Forbidden},
	} {
		n, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), fullNeed(), c.actor, noon)
		if wantCode(t, err, c.want); err != nil {
			if n != nil {
				t.Errorf("%s is refused and gets a need all the same", c.who)
			}
			continue
		}
		if n.Status != cooperation.NeedDraft || n.Version != 1 || n.CreatedBy != c.actor.ID || !n.Admitted.IsZero() || n.Clearance != nil {
			t.Errorf("the draft of %s begins as %+v", c.who, n.Meta)
		}
	}
}

func TestAFocalPointCannotHandItsNeedToAnotherState(t *testing.T) {
	n := needIn("draft")
	content := fullNeed()
	content.Beneficiaries = lands("MZ", "KE")
	wantCode(t, n.Replace(pilot(), content, kenyaFocal, noon), cooperation.Forbidden)
	if n.Beneficiaries[0] != land("KE") || n.Version != 7 {
		t.Error("a refused change was made")
	}
}

func TestSubmissionNeedsAClearanceWithADayThatIsNotInTheFuture(t *testing.T) {
	for name, c := range map[string]struct {
		clearance cooperation.Clearance
		field     string
		key       string
	}{
		"no day":   {cooperation.Clearance{Reference: "NV 1"}, "clearance.date", "error.invalid.clearance_date"},
		"tomorrow": {cooperation.Clearance{Date: day("2026-03-11")}, "clearance.date", "error.invalid.clearance_date"},
		"endless":  {cooperation.Clearance{Date: today(), Reference: strings.Repeat("n", 201)}, "clearance.reference", "error.invalid.too_long"},
		"hostile":  {cooperation.Clearance{Date: today(), Reference: "NV\x00 1"}, "clearance.reference", "error.invalid.characters"},
	} {
		t.Run(name, func(t *testing.T) {
			n := needIn("draft")
			wantField(t, n.Submit(pilot(), c.clearance, false, kenyaApprover, noon), c.field, c.key)
			if n.Status != cooperation.NeedDraft || n.Clearance != nil {
				t.Error("the refused submission left its mark")
			}
		})
	}
	n := needIn("returned")
	forged := cleared()
	forged.Kind, forged.By = cooperation.ClearedByImport, "somebody else"
	if err := n.Submit(pilot(), forged, false, kenyaApprover, noon); err != nil {
		t.Fatal(err)
	}
	want := &cooperation.Clearance{Kind: cooperation.ClearedByApprover, Date: day("2026-03-01"), Reference: "NV 12/2026", By: kenyaApprover.ID}
	if diff := cmp.Diff(want, n.Clearance, cmp.Comparer(func(a, b cooperation.Date) bool { return a == b })); diff != "" {
		t.Errorf("the clearance is not the approver's own (-want +got):\n%s", diff)
	}
	if n.Returned != nil {
		t.Error("the reason for the return still stands")
	}
}

func TestAnUnspecificNeedIsHeldBackUntilTheStateInsists(t *testing.T) {
	vague := cooperation.NeedContent{Beneficiaries: lands("KE"), Title: "Support", Problem: "We need support.", Themes: []string{"victims"},
		Kinds: []cooperation.Outcome{{Kind: cooperation.Expertise}}, Languages: []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}}}
	n := needIn("draft")
	n.NeedContent = vague
	e := refusal(t, n.Submit(pilot(), cleared(), false, kenyaApprover, noon))
	if e.Code != cooperation.Invalid || e.Message.Key != "error.invalid.unspecific" {
		t.Fatalf("the refusal is %v", e)
	}
	hints := cooperation.Unspecific(pilot(), &vague)
	if len(e.Fields) != len(hints) || len(hints) <= pilot().UnspecificThreshold {
		t.Errorf("%d of %d hints are told", len(e.Fields), len(hints))
	}
	if err := n.Submit(pilot(), cleared(), true, kenyaApprover, noon); err != nil {
		t.Fatalf("the State may insist: %v", err)
	}
	if !n.Insisted {
		t.Error("it is not recorded that the State insisted")
	}
	specific := needIn("draft")
	if err := specific.Submit(pilot(), cleared(), true, kenyaApprover, noon); err != nil || specific.Insisted {
		t.Errorf("a specific need needs no insistence, and none is recorded: %v, %v", specific.Insisted, err)
	}
}

func TestExactlyTheThresholdOfHintsPasses(t *testing.T) {
	conv, n := pilot(), needIn("draft")
	n.Analysis, n.Reached, n.Places = nil, nil, nil
	conv.UnspecificThreshold = len(cooperation.Unspecific(conv, &n.NeedContent))
	if conv.UnspecificThreshold != 3 {
		t.Fatalf("%d hints, want 3", conv.UnspecificThreshold)
	}
	if err := n.Submit(conv, cleared(), false, kenyaApprover, noon); err != nil {
		t.Error(err)
	}
}

func TestANeedIsNeverOpenWithoutAnEnd(t *testing.T) {
	n := needIn("submitted")
	n.ValidUntil = cooperation.Date{}
	if err := n.Admit(pilot(), secretariat, noon); err != nil {
		t.Fatal(err)
	}
	if n.ValidUntil != day("2028-03-10") || !n.Admitted.Equal(noon) {
		t.Errorf("admitted %s, valid until %s", n.Admitted, n.ValidUntil)
	}
	content := fullNeed()
	content.ValidUntil = cooperation.Date{}
	if err := n.Replace(pilot(), content, kenyaApprover, noon); err != nil {
		t.Fatal(err)
	}
	if n.ValidUntil != day("2028-03-10") {
		t.Errorf("after a change that says nothing of validity it is valid until %q", n.ValidUntil)
	}
}

func TestAReturnNeedsItsReasonInWords(t *testing.T) {
	for _, text := range []string{"", " \n\t"} {
		n := needIn("submitted")
		wantField(t, n.Return(text, secretariat, noon), "text", "error.invalid.required")
		if n.Status != cooperation.NeedSubmitted {
			t.Errorf("it is %s", n.Status)
		}
	}
	n := needIn("submitted")
	if err := n.Return("  Please state the period. ", secretariat, noon); err != nil {
		t.Fatal(err)
	}
	if n.Returned.Text != "Please state the period." || n.Returned.By != secretariat.ID || !n.Returned.Time.Equal(noon) {
		t.Errorf("the remark is %+v", n.Returned)
	}
}

func TestANeedIsClosedWithOneOfTheCodedReasonsOrNone(t *testing.T) {
	for _, reason := range append(cooperation.Reasons(), "") {
		n := needIn("open")
		if err := n.Close(reason, "", kenyaFocal, noon); err != nil || n.Ended.Reason != reason {
			t.Errorf("reason %q: %v", reason, err)
		}
	}
	n := needIn("open")
	wantField(t, n.Close("because", "", kenyaFocal, noon), "reason", "error.invalid.not_one_of")
	wantField(t, n.Close("", strings.Repeat("x", 2001), kenyaFocal, noon), "text", "error.invalid.too_long")
	if n.Status != cooperation.NeedOpen || n.Ended != nil {
		t.Error("a refused closure left its mark")
	}
}

func TestANeedIsReconfirmedFromTodayToTheLimitOfTheProfile(t *testing.T) {
	for _, c := range []struct {
		until string
		want  string // "" when refused
	}{
		{"", "2028-03-10"}, {"2026-03-10", "2026-03-10"}, {"2028-03-10", "2028-03-10"}, {"2026-03-09", ""}, {"2028-03-11", ""},
	} {
		n := needIn("open")
		before := n.ValidUntil
		err := n.Reconfirm(pilot(), day(c.until), kenyaFocal, noon)
		if c.want == "" {
			wantField(t, err, "valid_until", "error.invalid.validity")
			if n.ValidUntil != before || n.Version != 7 {
				t.Errorf("until %s: refused, and changed to %s", c.until, n.ValidUntil)
			}
		} else if err != nil || n.ValidUntil.String() != c.want {
			t.Errorf("until %q: %s (%v), want %s", c.until, n.ValidUntil, err, c.want)
		}
	}
}

func TestANeedLapsesOnTheDayAfterItsLast(t *testing.T) {
	for _, c := range []struct {
		until  string
		lapses bool
	}{{"2026-03-09", true}, {"2026-03-10", false}, {"2026-03-11", false}, {"", false}} {
		n := needIn("open")
		n.ValidUntil = day(c.until)
		err := n.Lapse(clock, noon)
		if c.lapses {
			if err != nil || n.Status != cooperation.NeedLapsed {
				t.Errorf("valid until %s: %s, %v", c.until, n.Status, err)
			}
			continue
		}
		wantCode(t, err, cooperation.State)
		if n.Status != cooperation.NeedOpen || n.Version != 7 {
			t.Errorf("valid until %q: it is %s", c.until, n.Status)
		}
	}
}

func TestANeedIsCarriedOverAsADraftWithoutItsPast(t *testing.T) {
	old := needIn("lapsed")
	old.Insisted, old.ExternalID = true, "N-1"
	old.Coverage = cooperation.Coverage{Agreed: cooperation.Money{Amount: "1", Currency: "USD"}}
	id := cooperation.NewID()
	got, err := old.CarryOver(id, pilot(), kenyaFocal, noon)
	if err != nil {
		t.Fatal(err)
	}
	want := &cooperation.Need{NeedContent: fullNeed(), Status: cooperation.NeedDraft, Carried: old.ID,
		Files: cooperation.Files{{Attachment: fullNeed().Attachments[0], Added: noon, AddedBy: kenyaFocal.ID}}}
	want.Schema, want.ID, want.Convention, want.Version, want.CreatedBy = cooperation.Schema, id, pilotID, 1, kenyaFocal.ID
	want.Created, want.Updated, want.ValidUntil = noon, noon, cooperation.Date{}
	if diff := cmp.Diff(asText(t, want), asText(t, got)); diff != "" {
		t.Errorf("the new draft (-want +got):\n%s", diff)
	}
	if old.Status != cooperation.NeedLapsed || old.Version != 7 {
		t.Error("the old need changed")
	}
}

func TestWhatIsStillMissingOfANeed(t *testing.T) {
	n := needIn("open")
	n.Costs = append(n.Costs, cooperation.CostLine{Activity: "Maps", Currency: "USD", Cost: "100", Sought: "100"}, cooperation.CostLine{Activity: "Cars", Currency: "USD", Cost: "5", National: "5"})
	if minor, currency := n.SoughtMinor(); minor != 12010000 || currency != "USD" {
		t.Errorf("sought %d %s", minor, currency)
	}
	for agreed, want := range map[cooperation.Money]int64{{}: 12010000, {Amount: "100000", Currency: "USD"}: 2010000, {Amount: "999999", Currency: "USD"}: 0, {Amount: "1", Currency: "EUR"}: 12010000} {
		n.Coverage.Agreed = agreed
		if minor, _ := n.Gap(); minor != want {
			t.Errorf("with %s agreed the gap is %d, want %d", agreed, minor, want)
		}
	}
	n.Costs = nil
	if minor, currency := n.Gap(); minor != 0 || currency != "" {
		t.Errorf("without costs the gap is %d %s", minor, currency)
	}
}

func TestOnlyFinanceAndEquipmentDoWithoutALanguage(t *testing.T) {
	for _, c := range []struct {
		kinds  []cooperation.Kind
		exempt bool
	}{
		{nil, false},
		{[]cooperation.Kind{cooperation.Finance}, true},
		{[]cooperation.Kind{cooperation.Equipment, cooperation.Finance}, true},
		{[]cooperation.Kind{cooperation.Finance, cooperation.Training}, false},
		{[]cooperation.Kind{cooperation.Information}, false},
	} {
		var content cooperation.NeedContent
		for _, k := range c.kinds {
			content.Kinds = append(content.Kinds, cooperation.Outcome{Kind: k})
		}
		if got := content.LanguageExempt(); got != c.exempt {
			t.Errorf("%v: exempt %v", c.kinds, got)
		}
	}
}

func TestTheMatcherLooksAtOpenNeedsOnly(t *testing.T) {
	want := map[cooperation.NeedStatus]bool{cooperation.NeedOpen: true, cooperation.NeedPartlyCovered: true}
	for _, s := range cooperation.NeedStatuses() {
		if s.Matchable() != want[s] {
			t.Errorf("%s: %v", s, s.Matchable())
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stored is a document as it comes back from the store.
func stored[T any](t interface{ Fatal(...any) }, v *T) *T {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var back T
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	return &back
}

func TestANeedComesBackFromTheStoreAsItWas(t *testing.T) {
	n := needIn("open")
	n.Updated = time.Date(2026, 3, 10, 12, 0, 0, 123_000_000, time.UTC)
	n.Coverage = cooperation.Coverage{Agreed: cooperation.Money{Amount: "1", Currency: "USD"}, Kinds: []cooperation.Kind{"training"}, Partners: []string{"x"}}
	if diff := cmp.Diff(n, stored(t, n), cmp.Comparer(func(a, b cooperation.Date) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}
