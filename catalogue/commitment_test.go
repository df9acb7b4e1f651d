package catalogue

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/reference"
)

// commitmentAt is one under the code "Action <id>".
func commitmentAt(id string, version uint64, change func(*cooperation.Commitment)) Change {
	c := &cooperation.Commitment{CommitmentContent: cooperation.CommitmentContent{Code: "Action " + id, Title: cooperation.Names{"en": "Do " + id}}}
	c.Schema, c.ID, c.Convention, c.Version = cooperation.Schema, id, "test", version
	if change != nil {
		change(c)
	}
	return body(KindCommitment, id, version, c)
}

func TestACommitmentIsFoundByItsIdAndByTheCodeThatItBearsNow(t *testing.T) {
	l := newLog(t)
	l.commit(commitmentAt("one", 1, nil), commitmentAt("two", 1, nil))
	code := func(from *State, reference string) string {
		if c, ok := from.Commitment(reference); ok {
			return c.ID
		}
		return ""
	}
	if got := code(l.state, "one") + code(l.state, " action  ONE ") + code(l.state, "Action") + code(l.state, ""); got != "oneone" {
		t.Errorf("found %q", got)
	}
	l.commit(commitmentAt("one", 2, func(c *cooperation.Commitment) { c.Code = "Measure 1" }))
	l.commit(commitmentAt("two", 2, func(c *cooperation.Commitment) { c.Code = "Action one" }))
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*State{"applied": l.state, "restored": restored} {
		if got := []string{code(s, "measure 1"), code(s, "action one"), code(s, "action two")}; !cmp.Equal(got, []string{"one", "two", ""}) {
			t.Errorf("%s, found %q", name, got)
		}
		if c, ok := s.Convention().Commitment("measure 1"); !ok || c.Version != 2 {
			t.Errorf("%s, the convention knows %+v", name, c)
		}
	}
	l.commit(erased(KindCommitment, "one", 3))
	if got := code(l.state, "measure 1") + code(l.state, "one"); got != "" {
		t.Errorf("erased, found %q", got)
	}
	if err := l.state.Newer(KindCommitment, "two", 2); err == nil {
		t.Error("a version that is held is taken for a newer one")
	}
}

func TestCommitmentsAreListedByPartyThemeStatusAndDeadline(t *testing.T) {
	l := newLog(t)
	report := func(c *cooperation.Commitment, country string, status cooperation.CommitmentStatus) {
		c.Progress = append(c.Progress, cooperation.Progress{Country: mustCountry(country), Status: status, Date: date("2026-01-01")})
	}
	both := []reference.Country{mustCountry("KE"), mustCountry("FJ")}
	l.commit(commitmentAt("late", 1, func(c *cooperation.Commitment) {
		c.Parties, c.Deadline, c.Themes = both, date("2026-03-01"), []string{"tax"}
		report(c, "KE", cooperation.Done)
	}), commitmentAt("ahead", 1, func(c *cooperation.Commitment) {
		c.Parties, c.Deadline = both, date("2026-03-02")
		report(c, "FJ", cooperation.UnderWay)
	}), commitmentAt("done", 1, func(c *cooperation.Commitment) {
		c.Parties, c.Deadline = both[:1], date("2026-03-01")
		report(c, "KE", cooperation.Done)
	}), commitmentAt("all", 1, nil), commitmentAt("gone", 1, func(c *cooperation.Commitment) {
		c.Parties, c.Deadline, c.Retired = both, date("2026-01-01"), &cooperation.Remark{Text: "Over."}
	}))
	under := func(s ...cooperation.CommitmentStatus) CommitmentQuery { return CommitmentQuery{Status: s} }
	for _, c := range []struct {
		name  string
		party string
		q     CommitmentQuery
		want  []string
	}{
		{"all that apply", "", CommitmentQuery{}, []string{"all", "done", "ahead", "late"}},
		{"those retired too", "", CommitmentQuery{Retired: true}, []string{"gone", "all", "done", "ahead", "late"}},
		{"overdue on the day after the deadline", "", CommitmentQuery{Overdue: true}, []string{"late"}},
		{"not overdue for the Party that is done", "KE", CommitmentQuery{Overdue: true}, []string{}},
		{"overdue for the Party that is not", "FJ", CommitmentQuery{Overdue: true}, []string{"late"}},
		{"done or overdue", "", CommitmentQuery{Overdue: true, Status: []cooperation.CommitmentStatus{cooperation.Done}}, []string{"done", "late"}},
		{"under way together", "", under(cooperation.UnderWay), []string{"ahead", "late"}},
		{"not begun by a State that one for all Parties does not bind", "FJ", under(cooperation.NotStarted), []string{"late"}},
		{"not begun by a Party", "KE", under(cooperation.NotStarted), []string{"all", "ahead"}},
		{"of a State that is no Party", "US", CommitmentQuery{}, []string{}},
		{"of a theme above", "", CommitmentQuery{Themes: []string{"demand"}}, []string{"late"}},
		{"of another theme", "", CommitmentQuery{Themes: []string{"supply"}}, []string{}},
		{"with a deadline from", "", CommitmentQuery{From: date("2026-03-02")}, []string{"ahead"}},
		{"with a deadline to", "", CommitmentQuery{To: date("2026-03-01")}, []string{"done", "late"}},
	} {
		if c.q.Day = date("2026-03-02"); c.party != "" {
			c.q.Party = mustCountry(c.party)
		}
		page, err := l.state.Commitments(c.q)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, found := range page.Items {
			got = append(got, found.ID)
		}
		if d := cmp.Diff(c.want, got); d != "" || page.Total != len(c.want) || page.Position != 1 {
			t.Errorf("%s: %d at %d: %s", c.name, page.Total, page.Position, d)
		}
	}
	first, err := l.state.Commitments(CommitmentQuery{Limit: 3})
	if err != nil || len(first.Items) != 3 || first.Total != 4 {
		t.Fatalf("the first page is %+v, %v", first, err)
	}
	rest, err := l.state.Commitments(CommitmentQuery{Limit: 3, Cursor: first.Next})
	if err != nil || len(rest.Items) != 1 || rest.Items[0].ID != "late" {
		t.Errorf("the next page is %+v, %v", rest, err)
	}
	if _, err := l.state.Commitments(CommitmentQuery{Overdue: true, Cursor: first.Next}); err == nil {
		t.Error("a cursor of another list is taken")
	}
}
