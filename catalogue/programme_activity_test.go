package catalogue

import (
	"bytes"
	"fmt"
	"testing"

	"entente/cooperation"
	"entente/matching"
)

// lineAt is a line of the programme with a number.
func lineAt(id, number string, version uint64, change func(*cooperation.ProgrammeActivity)) Change {
	x := &cooperation.ProgrammeActivity{ProgrammeContent: cooperation.ProgrammeContent{Number: number, Title: "Activity " + number, Currency: "USD", Cost: "100", Sought: "100"},
		Status: cooperation.ProgrammeOpen}
	x.Schema, x.ID, x.Convention, x.Version = cooperation.Schema, id, "test", version
	if change != nil {
		change(x)
	}
	return body(KindProgramme, id, version, x)
}

func TestTheProgrammeIsListedInItsOrderPageByPage(t *testing.T) {
	l := newLog(t)
	for i := range 12 {
		l.commit(lineAt(fmt.Sprintf("line-%02d", (i*5)%12), fmt.Sprintf("1.%d", (i*5)%12+1), 1, nil))
	}
	funded := func(x *cooperation.ProgrammeActivity) { x.Status, x.Sought = cooperation.ProgrammeFunded, "" }
	l.commit(lineAt("line-03", "1.4", 2, funded))
	numbers := func(q ProgrammeQuery) (all []string) {
		for {
			page, err := l.state.ProgrammeActivities(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range page.Items {
				all = append(all, x.Number)
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				return all
			}
		}
	}
	if got, want := fmt.Sprint(numbers(ProgrammeQuery{Limit: 5})), "[1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 1.10 1.11 1.12]"; got != want {
		t.Errorf("listed as %s", got)
	}
	if got := numbers(ProgrammeQuery{Status: []cooperation.ProgrammeStatus{cooperation.ProgrammeFunded}}); fmt.Sprint(got) != "[1.4]" {
		t.Errorf("funded are %v", got)
	}
	if got := numbers(ProgrammeQuery{Domain: "elsewhere"}); got != nil {
		t.Errorf("of another domain are %v", got)
	}
	first, err := l.state.ProgrammeActivities(ProgrammeQuery{Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.state.ProgrammeActivities(ProgrammeQuery{Cursor: first.Next, Domain: "elsewhere"}); err == nil {
		t.Error("the cursor of another list is taken")
	}
}

func TestThePlanReadsWhatIsOpenOfTheProgramme(t *testing.T) {
	l := newLog(t)
	l.commit(lineAt("one", "1", 1, nil), lineAt("two", "2", 1, func(x *cooperation.ProgrammeActivity) { x.Status = cooperation.ProgrammeClosed }))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	for name, state := range map[string]*State{"as it was applied": l.state, "from a checkpoint": restored} {
		needs, _ := state.Programme()
		if len(needs) != 1 || needs[0].ID != "one" || needs[0].ExternalID != "1" || needs[0].Gap != 100_00 || needs[0].Kinds != matching.Kinds(matching.Finance) ||
			len(needs[0].Themes) == 0 || len(needs[0].Beneficiaries) != 0 || !needs[0].Open {
			t.Errorf("%s: %+v", name, needs)
		}
	}
	_, before := l.state.Programme()
	l.commit(lineAt("one", "1", 2, nil))
	if _, after := l.state.Programme(); after == before {
		t.Error("a change of the programme is not counted")
	}
	if err := l.state.Newer(KindProgramme, "one", 2); err == nil {
		t.Error("an old version is taken for newer")
	}
}
