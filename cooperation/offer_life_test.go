package cooperation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// The situations in which an offer may be: its steps, with "withdrawn" once
// before it was ever open and once after.
var offerSituations = []string{"draft", "submitted", "open", "exhausted", "closed", "lapsed", "withdrawn", "withdrawn_unseen"}

const indicationGrid = `
                  replace    submit     admit  return  withdraw   close   reconfirm  lapse   carry_over
draft             =          submitted  F      F       withdrawn  S       S          F       S
submitted         S          S          F      F       withdrawn  S       S          F       S
open              =          S          F      F       withdrawn  closed  =          F       =
exhausted         exhausted  S          F      F       withdrawn  closed  =          F       =
closed            S          S          F      F       S          S       S          F       =
lapsed            S          S          F      F       S          S       S          F       =
withdrawn         S          S          F      F       S          S       S          F       =
withdrawn_unseen  S          S          F      F       S          S       S          F       =`

// What is different for the provider when the offer is a pledge or a
// commitment: only the approver submits it, and changes it once it was submitted.
const bindingGrid = `
                  replace    submit     admit  return  withdraw   close   reconfirm  lapse   carry_over
draft             =          F          F      F       withdrawn  S       S          F       S
submitted         F          F          F      F       withdrawn  S       S          F       S
open              F          F          F      F       withdrawn  closed  =          F       =
exhausted         F          F          F      F       withdrawn  closed  =          F       =
closed            F          F          F      F       S          S       S          F       =
lapsed            F          F          F      F       S          S       S          F       =
withdrawn         F          F          F      F       S          S       S          F       =
withdrawn_unseen  F          F          F      F       S          S       S          F       =`

const offerSecretariatGrid = `
                  replace    submit     admit  return  withdraw   close   reconfirm  lapse   carry_over
draft             .          .          .      .       .          .       .          .       .
submitted         F          F          open   draft   F          S       F          F       F
open              F          F          S      S       F          closed  F          F       F
exhausted         F          F          S      S       F          closed  F          F       F
closed            F          F          S      S       F          S       F          F       F
lapsed            F          F          S      S       F          S       F          F       F
withdrawn         F          F          S      S       F          S       F          F       F
withdrawn_unseen  .          .          .      .       .          .       .          .       .`

const offerClockGrid = `
                  replace    submit     admit  return  withdraw   close   reconfirm  lapse   carry_over
draft             F          F          F      F       F          F       F          S       F
submitted         F          F          F      F       F          F       F          S       F
open              F          F          F      F       F          F       F          lapsed  F
exhausted         F          F          F      F       F          F       F          lapsed  F
closed            F          F          F      F       F          F       F          S       F
lapsed            F          F          F      F       F          F       F          S       F
withdrawn         F          F          F      F       F          F       F          S       F
withdrawn_unseen  F          F          F      F       F          F       F          S       F`

// offerIn brings an offer into a situation as it would be read from the store.
func offerIn(situation string, firmness cooperation.Firmness) *cooperation.Offer {
	o := &cooperation.Offer{OfferContent: fullOffer()}
	o.Schema, o.ID, o.Convention, o.Version = cooperation.Schema, cooperation.DerivedID("offer", situation), pilotID, 7
	o.Created, o.Updated, o.CreatedBy = noon.AddDate(0, -2, 0), noon.AddDate(0, -1, 0), franceProvider.ID
	o.Status = cooperation.OfferStatus(strings.TrimSuffix(situation, "_unseen"))
	o.Firmness = firmness
	if situation == "draft" || situation == "withdrawn_unseen" {
		return o
	}
	c := cleared()
	c.Kind, c.By = cooperation.ClearedByApprover, franceApprover.ID
	if firmness == cooperation.Indication {
		c = cooperation.Clearance{Kind: cooperation.ClearedNotNeeded, Date: today(), By: franceProvider.ID}
	}
	o.Clearance = &c
	if situation != "submitted" {
		o.Admitted, o.Reconfirmed = noon.AddDate(0, -1, 0), noon.AddDate(0, -1, 0)
	}
	if situation == "exhausted" {
		o.Taken.Quantity = o.Capacity.Quantity
	}
	return o
}

// tryOffer does one action as an ordinary caller would.
func tryOffer(o *cooperation.Offer, action cooperation.Action, actor cooperation.Actor) error {
	conv := pilot()
	switch action {
	case cooperation.Replace:
		content := o.OfferContent
		content.Title = "Another title"
		return o.Replace(conv, content, actor, noon)
	case cooperation.Submit:
		c := cleared()
		return o.Submit(conv, &c, actor, noon)
	case cooperation.Admit:
		return o.Admit(conv, actor, noon)
	case cooperation.Return:
		return o.Return("Please say for whom.", actor, noon)
	case cooperation.Withdraw:
		return o.Withdraw("", actor, noon)
	case cooperation.Close:
		return o.Close("capacity_used", "", actor, noon)
	case cooperation.Reconfirm:
		return o.Reconfirm(conv, day("2026-12-31"), actor, noon)
	case cooperation.Lapse:
		o.ValidUntil = day("2026-03-09")
		return o.Lapse(actor, noon)
	case cooperation.CarryOver:
		_, err := o.CarryOver(cooperation.DerivedID("carried"), conv, actor, noon)
		return err
	}
	panic("no such action: " + action)
}

func TestTheLifeOfAnOfferForEveryStepActionRoleAndFirmness(t *testing.T) {
	outsider := func() grid {
		return all(offerSituations, needActions, "F").with(".", "draft", "submitted", "withdrawn_unseen")
	}
	parse := func(text string) grid { return parseGrid(t, text, len(offerSituations), needActions) }
	type row struct {
		role  string
		actor cooperation.Actor
		want  grid
	}
	same := []row{
		{"approver of the provider", franceApprover, parse(indicationGrid)},
		{"secretariat", secretariat, parse(offerSecretariatGrid)},
		{"clock", clock, parse(offerClockGrid)},
		{"co-provider", trustProvider, all(offerSituations, needActions, "F")},
		{"approver with a token that only reads", readOnly(franceApprover), all(offerSituations, needActions, "F")},
		{"focal point of the provider's State", franceFocal, outsider()},
		{"provider of another State", kenyaProvider, outsider()},
		{"approver of another State", kenyaApprover, outsider()},
		{"committee member", member, outsider()},
		{"observer", observer, outsider()},
		{"administrator of the installation", administrator, outsider()},
		{"secretariat of another convention", otherSecretariat, outsider()},
		{"the public", public, outsider()},
	}
	for firmness, rows := range map[cooperation.Firmness][]row{
		cooperation.Indication:     append(slices.Clone(same), row{"provider", franceProvider, parse(indicationGrid)}),
		cooperation.Pledge:         append(slices.Clone(same), row{"provider", franceProvider, parse(bindingGrid)}),
		cooperation.FirmCommitment: append(slices.Clone(same), row{"provider", franceProvider, parse(bindingGrid)}),
	} {
		for _, who := range rows {
			for _, situation := range offerSituations {
				for _, action := range needActions {
					t.Run(string(firmness)+"/"+who.role+"/"+situation+"/"+string(action), func(t *testing.T) {
						o := offerIn(situation, firmness)
						before := *o
						err := tryOffer(o, action, who.actor)
						allowed := judge(t, who.want[situation][string(action)], string(before.Status), string(o.Status), err)
						checkOfferVersion(t, &before, o, allowed && action != cooperation.CarryOver, action)
					})
				}
			}
		}
	}
}

func checkOfferVersion(t *testing.T, before, after *cooperation.Offer, changed bool, action cooperation.Action) {
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
		t.Errorf("nothing was done, and still the offer changed:\n%s", diff)
	}
}

func TestTheSecretariatAnswersForAnImportedOffer(t *testing.T) {
	want := parseGrid(t, `
                  replace    submit     admit  return  withdraw   close   reconfirm  lapse   carry_over
open              =          F          S      S       withdrawn  closed  =          F       F
exhausted         exhausted  F          S      S       withdrawn  closed  =          F       F
closed            S          F          S      S       S          S       S          F       F
lapsed            S          F          S      S       S          S       S          F       F
withdrawn         S          F          S      S       S          S       S          F       F`, 5, needActions)
	for _, firmness := range []cooperation.Firmness{cooperation.Indication, cooperation.Pledge} {
		for situation, row := range want {
			for action, cell := range row {
				t.Run(string(firmness)+"/"+situation+"/"+action, func(t *testing.T) {
					o := offerIn(situation, firmness)
					o.Clearance.Kind = cooperation.ClearedByImport
					before := string(o.Status)
					err := tryOffer(o, cooperation.Action(action), secretariat)
					judge(t, cell, before, string(o.Status), err)
				})
			}
		}
	}
}

func TestAnOfferIsDraftedByThoseWhoSpeakForItsProvider(t *testing.T) {
	for _, c := range []struct {
		who   string
		actor cooperation.Actor
		want  cooperation.Code
	}{
		{"its provider", franceProvider, ""},
		{"its approver", franceApprover, ""},
		{"its focal point for needs", franceFocal, cooperation.Forbidden},
		{"the co-provider", trustProvider, cooperation.Forbidden},
		{"another State", kenyaProvider, cooperation.Forbidden},
		{"the secretariat", secretariat, cooperation.Forbidden},
		{"a token that only reads", readOnly(franceProvider), cooperation.Forbidden},
		{"somebody of another convention", otherSecretariat, cooperation.Forbidden},
		{"the public", public, cooperation.Forbidden},
		{"the platform", clock, cooperation.Forbidden},
	} {
		o, err := cooperation.DraftOffer(cooperation.NewID(), pilot(), fullOffer(), c.actor, noon)
		if wantCode(t, err, c.want); err != nil {
			if o != nil {
				t.Errorf("%s is refused and gets an offer all the same", c.who)
			}
			continue
		}
		if o.Status != cooperation.OfferDraft || o.Version != 1 || o.CreatedBy != c.actor.ID || o.Clearance != nil || !o.Admitted.IsZero() {
			t.Errorf("the draft of %s begins as %+v", c.who, o.Meta)
		}
	}
	content := fullOffer()
	content.Provider, content.CoProviders = "demining-trust", nil
	if _, err := cooperation.DraftOffer(cooperation.NewID(), pilot(), content, trustProvider, noon); err != nil {
		t.Errorf("an organisation cannot offer: %v", err)
	}
}

func TestOnlyAnIndicationIsSubmittedWithoutClearance(t *testing.T) {
	o := offerIn("draft", cooperation.Indication)
	ok(t, o.Submit(pilot(), nil, franceProvider, noon))
	if o.Clearance.Kind != cooperation.ClearedNotNeeded || o.Clearance.By != franceProvider.ID {
		t.Errorf("the clearance is %+v", o.Clearance)
	}
	for _, firmness := range []cooperation.Firmness{cooperation.Pledge, cooperation.FirmCommitment} {
		o := offerIn("draft", firmness)
		wantField(t, o.Submit(pilot(), nil, franceApprover, noon), "clearance", "error.invalid.clearance")
		c := cleared()
		c.Date = day("2026-03-11")
		wantField(t, o.Submit(pilot(), &c, franceApprover, noon), "clearance.date", "error.invalid.clearance_date")
		c = cleared()
		ok(t, o.Submit(pilot(), &c, franceApprover, noon))
		if o.Clearance.Kind != cooperation.ClearedByApprover || o.Clearance.By != franceApprover.ID || c.By != "" {
			t.Errorf("the clearance is %+v", o.Clearance)
		}
	}
}

func TestAnOpenIndicationBecomesAPledgeOnlyThroughTheApprover(t *testing.T) {
	o := offerIn("open", cooperation.Indication)
	content := fullOffer()
	content.Firmness = cooperation.Pledge
	wantCode(t, o.Replace(pilot(), content, franceProvider, noon), cooperation.Forbidden)
	if o.Firmness != cooperation.Indication || o.Version != 7 {
		t.Error("the refused change was made")
	}
	ok(t, o.Replace(pilot(), content, franceApprover, noon))
	if o.Clearance.Kind != cooperation.ClearedByApprover || o.Clearance.By != franceApprover.ID || o.Clearance.Date != today() {
		t.Errorf("the pledge has the clearance %+v", o.Clearance)
	}
}

func TestAPledgeDoesNotBecomeAnIndicationBehindTheApproversBack(t *testing.T) {
	o := offerIn("open", cooperation.Pledge)
	content := fullOffer()
	content.Firmness = cooperation.Indication
	wantCode(t, o.Replace(pilot(), content, franceProvider, noon), cooperation.Forbidden)
}

func TestAnOfferCannotBeHandedToAnotherProvider(t *testing.T) {
	for _, situation := range []string{"draft", "open"} {
		o := offerIn(situation, cooperation.Indication)
		content := fullOffer()
		content.Provider = "DE"
		wantCode(t, o.Replace(pilot(), content, franceApprover, noon), cooperation.Forbidden)
		if o.Provider != "FR" {
			t.Errorf("the %s offer is now of %s", situation, o.Provider)
		}
	}
}

func TestAnOfferIsNeverOpenWithoutAnEnd(t *testing.T) {
	o := offerIn("submitted", cooperation.Indication)
	o.ValidUntil = cooperation.Date{}
	ok(t, o.Admit(pilot(), secretariat, noon))
	if o.ValidUntil != day("2027-03-10") || !o.Admitted.Equal(noon) || !o.Reconfirmed.Equal(noon) {
		t.Errorf("valid until %s, admitted %s, re-confirmed %s", o.ValidUntil, o.Admitted, o.Reconfirmed)
	}
	content := fullOffer()
	content.ValidUntil = cooperation.Date{}
	ok(t, o.Replace(pilot(), content, franceProvider, noon))
	if o.ValidUntil != day("2027-03-10") {
		t.Errorf("after a change that says nothing of validity it is valid until %q", o.ValidUntil)
	}
}

func TestAReturnedOfferIsADraftWithTheReason(t *testing.T) {
	o := offerIn("submitted", cooperation.Indication)
	wantField(t, o.Return(" ", secretariat, noon), "text", "error.invalid.required")
	ok(t, o.Return("For whom?", secretariat, noon))
	if o.Status != cooperation.OfferDraft || o.Returned.Text != "For whom?" {
		t.Errorf("it is %s with %+v", o.Status, o.Returned)
	}
	ok(t, o.Submit(pilot(), nil, franceProvider, noon))
	if o.Returned != nil {
		t.Error("the reason for the return still stands")
	}
}

func TestAnOfferIsReconfirmedFromTodayToTheLimitOfTheProfile(t *testing.T) {
	for _, c := range []struct {
		until string
		want  string // "" when refused
	}{
		{"", "2027-03-10"}, {"2026-03-10", "2026-03-10"}, {"2027-03-10", "2027-03-10"}, {"2026-03-09", ""}, {"2027-03-11", ""},
	} {
		o := offerIn("open", cooperation.Indication)
		o.Reconfirmed = noon.AddDate(0, -1, 0)
		err := o.Reconfirm(pilot(), day(c.until), franceProvider, noon)
		if c.want == "" {
			wantField(t, err, "valid_until", "error.invalid.validity")
			if o.Reconfirmed.Equal(noon) {
				t.Errorf("until %s: refused, and recorded", c.until)
			}
		} else if err != nil || o.ValidUntil.String() != c.want || !o.Reconfirmed.Equal(noon) {
			t.Errorf("until %q: %s (%v), want %s", c.until, o.ValidUntil, err, c.want)
		}
	}
}

func TestAnOfferLapsesOnTheDayAfterItsLast(t *testing.T) {
	for until, lapses := range map[string]bool{"2026-03-09": true, "2026-03-10": false, "2026-03-11": false, "": false} {
		o := offerIn("open", cooperation.Indication)
		o.ValidUntil = day(until)
		err := o.Lapse(clock, noon)
		if lapses {
			if err != nil || o.Status != cooperation.OfferLapsed {
				t.Errorf("valid until %s: %s, %v", until, o.Status, err)
			}
			continue
		}
		wantCode(t, err, cooperation.State)
	}
}

func TestAnOfferIsCarriedOverAsADraftWithoutItsPast(t *testing.T) {
	old := offerIn("exhausted", cooperation.Pledge)
	id := cooperation.NewID()
	got, err := old.CarryOver(id, pilot(), franceProvider, noon)
	ok(t, err)
	want := &cooperation.Offer{OfferContent: fullOffer(), Status: cooperation.OfferDraft, Carried: old.ID,
		Files: cooperation.Files{{Attachment: fullOffer().Attachments[0], Added: noon, AddedBy: franceProvider.ID}}}
	want.Schema, want.ID, want.Convention, want.Version, want.CreatedBy = cooperation.Schema, id, pilotID, 1, franceProvider.ID
	want.Created, want.Updated, want.Firmness, want.ValidUntil = noon, noon, cooperation.Pledge, cooperation.Date{}
	if diff := cmp.Diff(asText(t, want), asText(t, got)); diff != "" {
		t.Errorf("the new draft (-want +got):\n%s", diff)
	}
}

func TestAnImportedOfferIsOpenAtOnceAndAnIndicationUnlessTheRowSaysOtherwise(t *testing.T) {
	content := fullOffer()
	content.Firmness, content.ValidUntil, content.Description, content.Declarations = "", cooperation.Date{}, "", nil
	o, err := cooperation.ImportOffer("O-1", pilot(), content, secretariat, noon)
	ok(t, err)
	if o.Status != cooperation.OfferOpen || o.Firmness != cooperation.Indication || o.Clearance.Kind != cooperation.ClearedByImport ||
		o.ID != cooperation.DerivedID("offer", pilotID, "O-1") || o.ValidUntil != day("2027-03-10") || !o.Admitted.Equal(noon) {
		t.Errorf("imported as %s", asText(t, o))
	}
	content.Firmness = cooperation.Pledge
	o, err = cooperation.ImportOffer("O-2", pilot(), content, secretariat, noon)
	ok(t, err)
	if o.Firmness != cooperation.Pledge {
		t.Errorf("the row says pledge, the offer %s", o.Firmness)
	}
	for who, actor := range map[string]cooperation.Actor{"approver": franceApprover, "member": member, "public": public, "administrator": administrator} {
		if _, err := cooperation.ImportOffer("O-1", pilot(), content, actor, noon); cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestTheSameRowOfAnOfferImportedAgainChangesNothingWhateverHappenedSince(t *testing.T) {
	later := noon.AddDate(0, 1, 0)
	for name, since := range map[string]func(t *testing.T, o *cooperation.Offer){
		"nothing":       func(*testing.T, *cooperation.Offer) {},
		"it was stored": func(t *testing.T, o *cooperation.Offer) { *o = *stored(t, o) },
		"it was re-confirmed": func(t *testing.T, o *cooperation.Offer) {
			ok(t, o.Reconfirm(pilot(), day("2027-03-10"), franceProvider, noon))
		},
		"it was withdrawn": func(t *testing.T, o *cooperation.Offer) { ok(t, o.Withdraw("", franceProvider, noon)) },
		"it lapsed":        func(t *testing.T, o *cooperation.Offer) { o.Status = cooperation.OfferLapsed },
		"it was used up": func(t *testing.T, o *cooperation.Offer) {
			o.Taken.Quantity, o.Status = o.Capacity.Quantity, cooperation.OfferExhausted
		},
		"its provider rewrote it": func(t *testing.T, o *cooperation.Offer) {
			content := fullOffer()
			content.Title = "In the words of the provider"
			ok(t, o.Replace(pilot(), content, franceProvider, noon))
			if o.Clearance.Kind != cooperation.ClearedNotNeeded {
				t.Errorf("the clearance is %s", o.Clearance.Kind)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := cooperation.ImportOffer("O-1", pilot(), fullOffer(), secretariat, noon)
			ok(t, err)
			since(t, o)
			before := asText(t, o)
			changed, err := o.Reimport(pilot(), fullOffer(), secretariat, later)
			if changed || err != nil {
				t.Errorf("changed: %v, %v", changed, err)
			}
			if diff := cmp.Diff(before, asText(t, o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestACorrectedRowGivesAnExhaustedOfferItsCapacityBack(t *testing.T) {
	o, err := cooperation.ImportOffer("O-1", pilot(), fullOffer(), secretariat, noon)
	ok(t, err)
	o.Taken.Quantity, o.Status = 60, cooperation.OfferExhausted
	corrected := fullOffer()
	corrected.Capacity.Quantity = 90
	changed, err := o.Reimport(pilot(), corrected, secretariat, noon)
	if !changed || err != nil || o.Status != cooperation.OfferOpen || o.Version != 2 {
		t.Errorf("changed %v (%v): %s, version %d", changed, err, o.Status, o.Version)
	}
}

func TestTheStepOfAnOfferFollowsFromItsCapacity(t *testing.T) {
	for _, c := range []struct {
		name      string
		capacity  cooperation.Capacity
		ceiling   cooperation.Money
		taken     cooperation.Taken
		exhausted bool
	}{
		{"unlimited", cooperation.Capacity{}, cooperation.Money{}, cooperation.Taken{Quantity: 1000}, false},
		{"person-days left", cooperation.Capacity{Unit: "person_days", Quantity: 60}, cooperation.Money{}, cooperation.Taken{Quantity: 59}, false},
		{"no person-days left", cooperation.Capacity{Unit: "person_days", Quantity: 60}, cooperation.Money{}, cooperation.Taken{Quantity: 60}, true},
		{"more people than places", cooperation.Capacity{Unit: "beneficiaries", Quantity: 60}, cooperation.Money{}, cooperation.Taken{Quantity: 61}, true},
		{"money left", cooperation.Capacity{Unit: "amount"}, usd("100"), cooperation.Taken{Amount: usd("99.99")}, false},
		{"no money left", cooperation.Capacity{Unit: "amount"}, usd("100"), cooperation.Taken{Amount: usd("100.00")}, true},
		{"another currency was taken", cooperation.Capacity{Unit: "amount"}, usd("100"), cooperation.Taken{Amount: cooperation.Money{Amount: "100", Currency: "EUR"}}, false},
		{"a ceiling that is no capacity", cooperation.Capacity{}, usd("100"), cooperation.Taken{Amount: usd("100")}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := offerIn("open", cooperation.Indication)
			o.Taken = c.taken
			content := fullOffer()
			content.Capacity, content.Ceiling = c.capacity, c.ceiling
			ok(t, o.Replace(pilot(), content, franceProvider, noon))
			want := cooperation.OfferOpen
			if c.exhausted {
				want = cooperation.OfferExhausted
			}
			if o.Exhausted() != c.exhausted || o.Status != want {
				t.Errorf("exhausted %v, step %s", o.Exhausted(), o.Status)
			}
		})
	}
}

func usd(amount string) cooperation.Money { return cooperation.Money{Amount: amount, Currency: "USD"} }

func TestWhatRemainsOfAnOffer(t *testing.T) {
	o := offerIn("open", cooperation.Indication)
	o.Ceiling = usd("100")
	for taken, want := range map[cooperation.Money]int64{{}: 10000, usd("40"): 6000, usd("140"): 0} {
		o.Taken.Amount = taken
		if minor, currency := o.RemainingMinor(); minor != want || currency != "USD" {
			t.Errorf("with %s taken %d %s remain, want %d", taken, minor, currency, want)
		}
	}
	o.Ceiling = cooperation.Money{}
	if minor, currency := o.RemainingMinor(); minor != 0 || currency != "" {
		t.Errorf("without a ceiling %d %s remain", minor, currency)
	}
}

func TestAnOfferComesBackFromTheStoreAsItWas(t *testing.T) {
	o := offerIn("exhausted", cooperation.Pledge)
	o.Taken = cooperation.Taken{Amount: usd("1"), Quantity: 60, Partnerships: []string{"x"}}
	if diff := cmp.Diff(o, stored(t, o), cmp.Comparer(func(a, b cooperation.Date) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}
