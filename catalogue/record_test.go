package catalogue

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/matching/record"
	"entente/reference"
)

// running is help that a provider gives with taxes to Kenya.
func running(n int, version uint64, status cooperation.ActivityStatus, start, end string, change func(*cooperation.Activity)) Change {
	a := &cooperation.Activity{Meta: meta(KindActivity, n, version), ActivityContent: cooperation.ActivityContent{Title: "Courses", Status: status,
		Beneficiaries: []cooperation.Participant{"KE"}, Providers: []cooperation.Participant{"FR"}, Themes: []string{"tax"}, Start: date(start), End: date(end)}}
	if change != nil {
		change(a)
	}
	return body(KindActivity, a.ID, a.Version, a)
}

// onRecord are the rows on record in 2026, in words.
func onRecord(t *testing.T, s *State) (lines []string) {
	t.Helper()
	past, err := s.Past(date("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range past.Rows {
		lines = append(lines, fmt.Sprintf("%d %s %s %s", r.Year, r.Beneficiary.Alpha2(), r.Theme, r.Provider))
	}
	return lines
}

func TestTheRecordIsWhatWasImportedAndTheHelpThatThePlatformHasSeen(t *testing.T) {
	l := newLog(t)
	_, changes := reported("one", helped(2019, "EG", "supply", "FR"), helped(2026, "EG", "supply", "FR"), helped(2023, "KE", "tax", "FR"))
	l.commit(changes...)
	l.commit(running(1, 1, cooperation.ActivityRunning, "2023-11-01", "", nil),
		running(2, 1, cooperation.ActivityCompleted, "2020-01-01", "2021-06-30", func(a *cooperation.Activity) {
			a.Providers, a.Beneficiaries = []cooperation.Participant{"who-afro", "FR"}, []cooperation.Participant{"FR", "african-union"}
		}),
		running(3, 1, cooperation.ActivityPlanned, "2024-01-01", "", nil), running(4, 1, cooperation.ActivityWithdrawn, "2024-01-01", "", nil),
		running(5, 1, cooperation.ActivityStopped, "", "2018-05-05", nil), running(6, 1, cooperation.ActivityRunning, "", "", nil))
	want := []string{"2018 KE tax FR", "2019 EG supply FR", "2020 FR tax who-afro", "2021 FR tax who-afro", "2023 KE tax FR", "2024 KE tax FR", "2025 KE tax FR"}
	if diff := cmp.Diff(want, onRecord(t, l.state)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	l.commit(running(1, 2, cooperation.ActivityWithdrawn, "2023-11-01", "", nil))
	if diff := cmp.Diff([]string{want[0], want[1], want[2], want[3], "2023 KE tax FR"}, onRecord(t, l.state)); diff != "" {
		t.Errorf("one withdrawn (-want +got):\n%s", diff)
	}
}

func TestAPartnershipIsOnRecordWithItsNeed(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "one")
	agreed := &cooperation.Partnership{Meta: meta(KindPartnership, 1, 1), Need: n.ID, Status: cooperation.PartnershipAgreed, PartnershipTerms: cooperation.PartnershipTerms{Start: date("2024-05-01"), End: date("2025-04-30"),
		Providers: []cooperation.Share{{Provider: "FR"}, {Provider: "who-afro"}}}}
	l.commit(needChange(n), body(KindPartnership, agreed.ID, 1, agreed))
	if got := onRecord(t, l.state); got != nil {
		t.Errorf("agreed and not begun, it is on record: %q", got)
	}
	before := l.state.Revision()
	agreed.Version, agreed.Status = 2, cooperation.PartnershipActive
	l.commit(body(KindPartnership, agreed.ID, 2, agreed))
	want := []string{"2024 KE tax FR", "2024 KE tax who-afro", "2025 KE tax FR", "2025 KE tax who-afro"}
	if diff := cmp.Diff(want, onRecord(t, l.state)); diff != "" || l.state.Revision() == before {
		t.Errorf("(-want +got):\n%s", diff)
	}
	before = l.state.Revision()
	n.Version, n.Themes, n.Status = 2, []string{"supply"}, cooperation.NeedCovered
	l.commit(needChange(n))
	if got := onRecord(t, l.state); got[0] != "2024 KE supply FR" || l.state.Revision() == before {
		t.Errorf("its need has another theme: %q", got)
	}
	before = l.state.Revision()
	agreed.Version, agreed.FollowUps = 3, []cooperation.FollowUp{{Text: "It goes well."}}
	l.commit(body(KindPartnership, agreed.ID, 3, agreed))
	if l.state.Revision() != before {
		t.Error("what was only reported changes the record")
	}
	agreed.Version, agreed.Status, agreed.Stopped = 4, cooperation.PartnershipStopped, &cooperation.Stopping{Remark: cooperation.Remark{Time: date("2024-12-01").Time()}}
	agreed.Delivered = []cooperation.ShareDelivered{{Share: 1, Quantity: 3}}
	l.commit(body(KindPartnership, agreed.ID, 4, agreed))
	if diff := cmp.Diff([]string{"2024 KE supply FR"}, onRecord(t, l.state)); diff != "" {
		t.Errorf("stopped after one provider had delivered (-want +got):\n%s", diff)
	}
	agreed.Version, agreed.Delivered = 5, nil
	l.commit(body(KindPartnership, agreed.ID, 5, agreed))
	if got := onRecord(t, l.state); got != nil {
		t.Errorf("stopped before anything was delivered, it is on record: %q", got)
	}
}

func TestHelpOfManyYearsCountsForTheLatest(t *testing.T) {
	l := newLog(t)
	l.commit(running(1, 1, cooperation.ActivityRunning, "1900-01-01", "2010-01-01", nil))
	if got := onRecord(t, l.state); len(got) != longest || got[0] != "1981 KE tax FR" {
		t.Errorf("%d years from %q", len(got), got[0])
	}
}

func TestWhatIsOnRecordIsMadeOnceForEachChange(t *testing.T) {
	l := newLog(t)
	set, changes := reported("one", helped(2019, "EG", "supply", "FR"))
	l.commit(changes...)
	shot := func(day string) Snapshot {
		s, err := l.state.Snapshot(date(day))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := shot("2026-03-02")
	table := l.state.past.table
	l.commit(needChange(openNeed(1, "one")), running(1, 1, cooperation.ActivityPlanned, "2027-01-01", "", nil))
	if again := shot("2026-12-31"); l.state.past.table != table || again.Record != first.Record {
		t.Error("nothing that is on record has changed, and it was made again")
	}
	if next := shot("2027-01-01"); next.Record == first.Record {
		t.Error("with the new year the record is the same")
	}
	shot("2026-03-02")
	if err := set.Remove("", secretariat(), morning); err != nil {
		t.Fatal(err)
	}
	revision := l.state.Revision()
	l.commit(body(KindHistory, set.ID, set.Version, set))
	if after := shot("2026-03-02"); after.Record == first.Record || l.state.Revision() == revision || l.state.past.table == table {
		t.Error("a set was removed, and the record is the same")
	}
}

// The record of a state is the same, to the digest, whether it was applied or
// restored, and in whatever order documents came.
func TestTheRecordDoesNotDependOnHowItCame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var changes []Change
		for n := range rapid.IntRange(1, 4).Draw(r, "activities") {
			status := rapid.SampledFrom(cooperation.ActivityStatuses()).Draw(r, "status")
			start := rapid.SampledFrom([]string{"", "2015-01-01", "2024-06-01", "2026-01-01"}).Draw(r, "start")
			changes = append(changes, running(n, 1, status, start, rapid.SampledFrom([]string{"", "2025-12-31"}).Draw(r, "end"), func(a *cooperation.Activity) {
				a.Providers = rapid.SliceOfNDistinct(anyParty, 1, 3, rapid.ID).Draw(r, "providers")
			}))
		}
		for _, source := range []string{"one", "two"} {
			_, set := reported(source, rapid.SliceOfN(rapid.Custom(func(r *rapid.T) cooperation.HistoryRow {
				return cooperation.HistoryRow{Year: rapid.IntRange(2010, 2027).Draw(r, "year"), Beneficiary: anyCountry.Draw(r, "beneficiary"), Theme: anyTheme.Draw(r, "theme"), Provider: anyParty.Draw(r, "provider")}
			}), 1, 8).Draw(r, "rows")...)
			changes = append(changes, set...)
		}
		together, apart := newLog(t), newLog(t)
		together.commit(changes...)
		for i := range changes {
			apart.commit(changes[len(changes)-1-i])
		}
		var kept bytes.Buffer
		if _, err := together.state.Checkpoint(&kept); err != nil {
			r.Fatal(err)
		}
		restored, err := Restore(convention(), &kept)
		if err != nil {
			r.Fatal(err)
		}
		want, err := together.state.Snapshot(date("2026-03-02"))
		for name, s := range map[string]*State{"apart": apart.state, "restored": restored} {
			got, also := s.Snapshot(date("2026-03-02"))
			if err != nil || also != nil || got.Record != want.Record || got.Rules != want.Rules {
				r.Errorf("%s, the record is %s and not %s: %v %v", name, got.Record, want.Record, err, also)
			}
		}
		naive := map[record.Row]bool{}
		for _, row := range mustPast(r, together.state).Rows {
			if row.Year > 2025 || row.Beneficiary == 0 || naive[row] {
				r.Errorf("row %+v", row)
			}
			naive[row] = true
		}
	})
}

func mustPast(r *rapid.T, s *State) *Past {
	past, err := s.Past(date("2026-03-02"))
	if err != nil {
		r.Fatal(err)
	}
	return past
}

func TestTheRulesOfAConventionHaveAFingerprint(t *testing.T) {
	day := date("2026-03-02")
	before := Rules(convention(), day)
	for name, change := range map[string]func(*cooperation.Convention){
		"a theme": func(c *cooperation.Convention) { c.Themes[1].Parent = "supply" },
		"a region": func(c *cooperation.Convention) {
			c.Regions[0].Countries = append(c.Regions[0].Countries, mustCountry("KE"))
		},
		"a Party":     func(c *cooperation.Convention) { c.Parties = c.Parties[1:] },
		"weights":     func(c *cooperation.Convention) { c.Weights.Theme, c.Weights.Kind = c.Weights.Kind, c.Weights.Theme },
		"a shortlist": func(c *cooperation.Convention) { c.Shortlist++ },
		"a lift": func(c *cooperation.Convention) {
			c.Learned = &cooperation.AdoptedWeights{WeightsFile: cooperation.WeightsFile{Lift: &cooperation.Lift{Theme: 1_000_000}}}
		},
		"discovery": func(c *cooperation.Convention) {
			c.Learned = &cooperation.AdoptedWeights{WeightsFile: cooperation.WeightsFile{Discovery: &cooperation.Weights{Record: 1_000_000}}}
		},
	} {
		c := convention()
		if change(c); Rules(c, day) == before {
			t.Errorf("with another %s it is the same", name)
		}
	}
	if Rules(convention(), date("2025-12-31")) == before {
		t.Error("with other Parties of the day it is the same")
	}
	named := convention()
	named.Themes[0].Name = cooperation.Names{"en": "Another name"}
	if Rules(named, day) != before {
		t.Error("a name is in it")
	}
}

func TestParticipantsThatAreNoCountriesAreNotHelpedOnRecord(t *testing.T) {
	if got := states([]cooperation.Participant{"who-afro", "KE", "EU"}); !cmp.Equal(got, []reference.Country{mustCountry("KE"), mustCountry("EU")}) {
		t.Errorf("%v", got)
	}
}
