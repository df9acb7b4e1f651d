package cooperation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func TestAnImportedNeedIsOpenAtOnceAndItsLanguagesAreRequired(t *testing.T) {
	content := fullNeed()
	content.Problem, content.ValidUntil = "", cooperation.Date{} // a report says no more
	n, err := cooperation.ImportNeed("N-1", pilot(), content, secretariat, noon)
	if err != nil {
		t.Fatal(err)
	}
	if n.Status != cooperation.NeedOpen || n.Clearance.Kind != cooperation.ClearedByImport || n.ExternalID != "N-1" ||
		n.ID != cooperation.DerivedID("need", pilotID, "N-1") || !n.Admitted.Equal(noon) || n.ValidUntil != day("2028-03-10") {
		t.Errorf("imported as %s", asText(t, n))
	}
	for _, l := range n.Languages {
		if l.Strength != cooperation.Required {
			t.Errorf("%s is %s", l.Language, l.Strength)
		}
	}
	if content.Languages[1].Strength != cooperation.Preferred {
		t.Error("the import wrote into the caller's content")
	}
	for who, actor := range map[string]cooperation.Actor{"approver": kenyaApprover, "member": member, "public": public, "administrator": administrator} {
		if _, err := cooperation.ImportNeed("N-1", pilot(), content, actor, noon); cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := cooperation.ImportNeed("N-1", pilot(), content, cooperation.System("cli"), noon); err != nil {
		t.Errorf("the operator at the command line: %v", err)
	}
}

func TestARowWithoutAUsableIdIsNotImported(t *testing.T) {
	for id, key := range map[string]string{"": "error.invalid.required", "  ": "error.invalid.required",
		strings.Repeat("n", 201): "error.invalid.too_long", "N\x00-1": "error.invalid.characters", "N-\xff": "error.invalid.characters"} {
		_, err := cooperation.ImportNeed(id, pilot(), fullNeed(), secretariat, noon)
		wantField(t, err, "external_id", key)
		_, err = cooperation.ImportOffer(id, pilot(), fullOffer(), secretariat, noon)
		wantField(t, err, "external_id", key)
	}
}

func TestTheSameRowImportedAgainChangesNothingWhateverHappenedSince(t *testing.T) {
	later := noon.AddDate(0, 1, 0)
	for name, since := range map[string]func(t *testing.T, n *cooperation.Need){
		"nothing":       func(*testing.T, *cooperation.Need) {},
		"it was stored": func(t *testing.T, n *cooperation.Need) { *n = *stored(t, n) },
		"it was re-confirmed": func(t *testing.T, n *cooperation.Need) {
			ok(t, n.Reconfirm(pilot(), day("2028-03-10"), kenyaFocal, noon))
		},
		"it was withdrawn": func(t *testing.T, n *cooperation.Need) { ok(t, n.Withdraw("", kenyaFocal, noon)) },
		"it was closed":    func(t *testing.T, n *cooperation.Need) { ok(t, n.Close("", "", secretariat, noon)) },
		"it lapsed":        func(t *testing.T, n *cooperation.Need) { n.Status = cooperation.NeedLapsed },
		"its State rewrote it": func(t *testing.T, n *cooperation.Need) {
			content := fullNeed()
			content.Title = "In the words of the State"
			ok(t, n.Replace(pilot(), content, kenyaApprover, noon))
		},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := cooperation.ImportNeed("N-1", pilot(), fullNeed(), secretariat, noon)
			ok(t, err)
			since(t, n)
			before := asText(t, n)
			changed, err := n.Reimport(pilot(), fullNeed(), secretariat, later)
			if changed || err != nil {
				t.Errorf("changed: %v, %v", changed, err)
			}
			if diff := cmp.Diff(before, asText(t, n)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestACorrectedRowChangesTheNeedOnce(t *testing.T) {
	n, err := cooperation.ImportNeed("N-1", pilot(), fullNeed(), secretariat, noon)
	ok(t, err)
	corrected := fullNeed()
	corrected.Title = "Survey of twelve suspected areas"
	for i, want := range []bool{true, false} {
		changed, err := n.Reimport(pilot(), corrected, secretariat, noon)
		if changed != want || err != nil {
			t.Errorf("import %d: changed %v (%v), want %v", i+2, changed, err, want)
		}
	}
	if n.Title != corrected.Title || n.Version != 2 || n.Languages[1].Strength != cooperation.Required {
		t.Errorf("it is %s", asText(t, n))
	}
	if changed, err := n.Reimport(pilot(), corrected, kenyaApprover, noon); changed || cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("a State imports: %v, %v", changed, err)
	}
}

func TestAStateThatRewritesAnImportedNeedAnswersForItFromThenOn(t *testing.T) {
	n, err := cooperation.ImportNeed("N-1", pilot(), fullNeed(), secretariat, noon)
	ok(t, err)
	ok(t, n.Replace(pilot(), fullNeed(), secretariat, noon))
	if n.Clearance.Kind != cooperation.ClearedByImport {
		t.Errorf("the secretariat changed its own import, and the clearance is %s", n.Clearance.Kind)
	}
	ok(t, n.Replace(pilot(), fullNeed(), kenyaApprover, noon))
	if n.Clearance.Kind != cooperation.ClearedByApprover || n.Clearance.By != kenyaApprover.ID {
		t.Errorf("the clearance is %+v", n.Clearance)
	}
	wantCode(t, n.Replace(pilot(), fullNeed(), secretariat, noon), cooperation.Forbidden)
}

// What a side has excluded after it was imported stays excluded, whatever the
// report says then.
func TestAnImportNeverUndoesAnExclusion(t *testing.T) {
	content := fullNeed()
	content.Preferred, content.Excluded = []cooperation.Participant{"CH", "SE"}, []cooperation.Participant{"NO"}
	n, err := cooperation.ImportNeed("N-1", pilot(), content, secretariat, noon)
	ok(t, err)
	ok(t, n.Exclude([]cooperation.Participant{"SE"}, noon))
	before := asText(t, n)
	changed, err := n.Reimport(pilot(), content, secretariat, noon)
	if ok(t, err); changed || asText(t, n) != before {
		t.Errorf("the same row once more changes it: %s", asText(t, n))
	}
	content.Title, content.Preferred, content.Excluded = "Survey of twelve areas", []cooperation.Participant{"SE", "NO", "CH"}, []cooperation.Participant{"JP"}
	_, err = n.Reimport(pilot(), content, secretariat, noon)
	if ok(t, err); n.Title != content.Title || !slices.Equal(n.Excluded, []cooperation.Participant{"NO", "SE", "JP"}) || !slices.Equal(n.Preferred, []cooperation.Participant{"CH"}) {
		t.Errorf("corrected, it excludes %v and prefers %v", n.Excluded, n.Preferred)
	}

	offered := fullOffer()
	offered.Excluded = nil
	o, err := cooperation.ImportOffer("O-1", pilot(), offered, secretariat, noon)
	ok(t, err)
	ok(t, o.Exclude([]cooperation.Participant{"KE"}, noon))
	offered.Title = "Clearance teams"
	_, err = o.Reimport(pilot(), offered, secretariat, noon)
	if ok(t, err); o.Title != offered.Title || !slices.Equal(o.Excluded, []cooperation.Participant{"KE"}) {
		t.Errorf("corrected, the offer is %q and excludes %v", o.Title, o.Excluded)
	}
}
