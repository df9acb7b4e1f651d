package catalogue

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// reported is a set with its parts, as an import writes them.
func reported(source string, rows ...cooperation.HistoryRow) (set *cooperation.HistorySet, changes []Change) {
	set, parts, err := cooperation.NewHistory(convention(), cooperation.HistorySource{Source: source}, rows, secretariat(), morning)
	if err != nil {
		panic(err)
	}
	for _, p := range parts {
		changes = append(changes, body(KindHistoryPart, p.ID, p.Version, p))
	}
	return set, append(changes, body(KindHistory, set.ID, set.Version, set))
}

func helped(year int, beneficiary, theme string, provider cooperation.Participant) cooperation.HistoryRow {
	return cooperation.HistoryRow{Year: year, Beneficiary: mustCountry(beneficiary), Theme: theme, Provider: provider}
}

func TestSetsOfPastHelpAreListedLatestFirstAlsoFromACheckpoint(t *testing.T) {
	l := newLog(t)
	one, changes := reported("one", helped(2015, "KE", "tax", "FR"), helped(2016, "KE", "tax", "FR"))
	l.commit(changes...)
	two, changes := reported("two", helped(2015, "EG", "tax", "FR"))
	l.commit(changes...)
	gone, changes := reported("gone", helped(2015, "EG", "tax", "FR"))
	l.commit(changes...)
	if err := gone.Remove("", secretariat(), morning); err != nil {
		t.Fatal(err)
	}
	l.commit(body(KindHistory, gone.ID, gone.Version, gone))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*State{"applied": l.state, "restored": restored} {
		for _, c := range []struct {
			actor cooperation.Actor
			want  []string
		}{{cooperation.Actor{}, []string{two.ID, one.ID}}, {secretariat(), []string{gone.ID, two.ID, one.ID}}} {
			page, err := s.HistorySets(c.actor, "", 0)
			var got []string
			for _, h := range page.Items {
				got = append(got, h.ID)
			}
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" || page.Total != len(c.want) {
				t.Errorf("%s, as %q (-want +got):\n%s%v", name, c.actor.ID, diff, err)
			}
		}
		if parts := s.HistoryParts(one.ID); len(parts) != 1 || parts[0].ID != one.Parts[0] || s.HistoryRows() != 3 {
			t.Errorf("%s, %d rows, parts %+v", name, s.HistoryRows(), parts)
		}
		if err := s.Newer(KindHistory, gone.ID, 2); err == nil {
			t.Errorf("%s, a version that is held is taken for a newer one", name)
		}
		if err := s.Newer(KindHistoryPart, one.Parts[0], 1); err == nil {
			t.Errorf("%s, a part that is held is taken for a newer one", name)
		}
	}
}

func TestAdoptedWeightsAreThoseOfTheConventionAlsoFromACheckpoint(t *testing.T) {
	l := newLog(t)
	w := cooperation.ProfileWeights(l.state.Profile())
	file := cooperation.WeightsFile{Weights: cooperation.Weights{Record: 1_000_000}, Record: &cooperation.RecordModel{Span: 5, Main: map[string]float64{"share": 1}, Discovery: map[string]float64{}}}
	if err := w.Adopt(l.state.Convention(), file, "Decided.", secretariat(), morning); err != nil {
		t.Fatal(err)
	}
	before, revision := l.state.Convention(), l.state.Revision()
	l.commit(body(KindWeights, w.ID, w.Version, w))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*State{"applied": l.state, "restored": restored} {
		c := s.Convention()
		if c.Weights.Version != 2 || c.Weights.Record != 1_000_000 || c.Learned == nil || Model(c.Learned).Span != 5 {
			t.Errorf("%s, the convention has %+v", name, c.Weights)
		}
		shot, err := s.Snapshot(date("2026-03-02"))
		if err != nil || shot.Setting.Weights().Record != 1_000_000 {
			t.Errorf("%s, the matcher reads %+v, %v", name, shot.Setting.Weights(), err)
		}
		if err := s.Newer(KindWeights, w.ID, 2); err == nil {
			t.Errorf("%s, a version that is held is taken for a newer one", name)
		}
	}
	if before.Weights.Version != 1 || before.Learned != nil || l.state.Revision() == revision {
		t.Error("the convention of before was changed, or the matcher would not notice")
	}
}
