package platform_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

var (
	public   = cooperation.Actor{}
	stranger = actor("stranger", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "NA"})
	member   = actor("member", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: "KE", Committee: "bureau"})
)

// line is what a test says of a record.
type line struct {
	Version uint64
	Status  string
	Command string
	Actor   string
	Paths   []string // with "!" where the values are withheld
}

func history(t *testing.T, on *platform.Platform, who cooperation.Actor, id string) []line {
	t.Helper()
	h, err := on.History(t.Context(), who, catalogue.KindNeed, id, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	var out []line
	for _, r := range h.Records {
		l := line{Version: r.Version, Status: r.Status, Command: r.Command, Actor: r.Actor}
		for _, c := range r.Changes {
			path := c.Path
			if c.Withheld {
				path += "!"
				if c.Before != nil || c.After != nil {
					t.Errorf("the values of %s are withheld and shown", c.Path)
				}
			}
			l.Paths = append(l.Paths, path)
		}
		out = append(out, l)
	}
	return out
}

// A need is drafted, changed, submitted, admitted and changed again by its
// State, which thereby makes its barrier known to Parties only.
func needWithAPast(t *testing.T, p *place, on *platform.Platform) *cooperation.Need {
	t.Helper()
	ctx := t.Context()
	content := needContent(t, "First title")
	n, err := on.CreateNeed(ctx, focal, "fctc", content, "")
	step := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(explain(err))
		}
		p.clock.advance(time.Hour)
	}
	step(err)
	content.Title, content.Excluded = "Second title", []cooperation.Participant{"NO"}
	_, err = on.ReplaceNeed(ctx, focal, n.ID, 0, content)
	step(err)
	_, err = on.SubmitNeed(ctx, approver, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true)
	step(err)
	_, err = on.AdmitNeed(ctx, secretary, n.ID, 0)
	step(err)
	content.Problem, content.Barrier, content.Excluded = "The law of 2007 has no rules on smoke-free places at work.", "No lawyer.", nil
	content.Coordination = "A working group."
	_, err = on.ReplaceNeed(ctx, approver, n.ID, 0, content)
	step(err)
	content.Barrier, content.Visibility = "No lawyer at all.", map[string]cooperation.Audience{"coordination": cooperation.ToOwn}
	n, err = on.ReplaceNeed(ctx, approver, n.ID, 0, content)
	step(err)
	return n
}

func TestEverybodyReadsOfAHistoryWhatIsTheirs(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n := needWithAPast(t, p, on)
	for name, c := range map[string]struct {
		who  cooperation.Actor
		want []line
	}{
		"the State": {focal, []line{
			{6, "open", "need.replace", "approver", []string{"barrier", "visibility"}},
			{5, "open", "need.replace", "approver", []string{"barrier", "coordination", "excluded", "problem"}},
			{4, "open", "need.admit", "secretary", []string{"admitted", "status", "valid_until"}},
			{3, "submitted", "need.submit", "approver", []string{"clearance", "insisted", "status"}},
			{2, "draft", "need.replace", "focal", []string{"excluded", "title"}},
			{1, "draft", "need.create", "focal", nil},
		}},
		"the secretariat": {secretary, []line{
			{6, "open", "need.replace", "approver", []string{"barrier", "visibility"}},
			{5, "open", "need.replace", "approver", []string{"barrier", "coordination", "excluded", "problem"}},
			{4, "open", "need.admit", "secretary", []string{"admitted", "status", "valid_until"}},
			{3, "submitted", "need.submit", "approver", nil},
		}},
		// The committee does not learn that somebody is excluded, nor what has
		// become confidential since, and nobody's id.
		"a committee": {member, []line{
			{6, "open", "need.replace", "", []string{"barrier"}},
			{5, "open", "need.replace", "", []string{"barrier", "problem", "coordination!"}},
			{4, "open", "need.admit", "", nil},
		}},
		"another State": {stranger, []line{{Version: 4, Status: "open"}}},
		"the public":    {public, []line{{Version: 4, Status: "open"}}},
	} {
		if diff := cmp.Diff(c.want, history(t, on, c.who, n.ID)); diff != "" {
			t.Errorf("%s reads otherwise (-want +got):\n%s", name, diff)
		}
	}
}

func TestADocumentIsReadAsItWas(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	began := p.clock.Now()
	n := needWithAPast(t, p, on)
	read := func(who cooperation.Actor, m platform.Moment) (*cooperation.Need, []string) {
		t.Helper()
		got, withheld, err := on.NeedAt(t.Context(), who, n.ID, m)
		if err != nil {
			wantCode(t, err, cooperation.NotFound, "error.not_found.document")
			return nil, nil
		}
		return got, withheld
	}
	after := func(hours time.Duration) platform.Moment {
		return platform.Moment{Time: began.Add(hours*time.Hour + time.Minute)}
	}
	if got, _ := read(focal, after(0)); got == nil || got.Title != "First title" || got.Version != 1 {
		t.Errorf("the State reads its first draft as %+v", got)
	}
	if got, _ := read(focal, platform.Moment{Position: 2}); got == nil || got.Title != "Second title" || len(got.Excluded) != 1 {
		t.Errorf("the State reads its second draft as %+v", got)
	}
	if got, _ := read(focal, platform.Moment{Time: began.Add(-time.Second)}); got != nil {
		t.Errorf("before it was drafted there is %+v", got)
	}
	for name, who := range map[string]cooperation.Actor{"the public": public, "another State": stranger, "a committee": member} {
		if got, _ := read(who, after(2)); got != nil {
			t.Errorf("%s reads what was not yet open", name)
		}
		got, withheld := read(who, after(4))
		if got == nil || got.Problem != "The law of 2007 has no rules on smoke-free places at work." || got.Excluded != nil {
			t.Fatalf("%s reads %+v", name, got)
		}
		// It was public then; the State has made it confidential since.
		if got.Coordination != "" || cmp.Diff(withheld, []string{"coordination"}) != "" && name != "the public" {
			t.Errorf("%s reads the coordination %q, withheld %v", name, got.Coordination, withheld)
		}
	}
	for _, m := range []platform.Moment{{Position: 99}, {Time: p.clock.Now().Add(time.Second)}} {
		_, _, err := on.NeedAt(t.Context(), focal, n.ID, m)
		wantCode(t, err, cooperation.Invalid, "error.invalid.fields")
	}
	if _, _, err := on.NeedAt(t.Context(), focal, "nobody", platform.Moment{Position: 1}); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("what never was is read: %v", err)
	}
}

func TestTheHistoryComesInPages(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n := needWithAPast(t, p, on)
	var got []uint64
	from, pages := uint64(0), 0
	for {
		h, err := on.History(t.Context(), focal, catalogue.KindNeed, n.ID, from, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.Records {
			got = append(got, r.Version)
			if compared := r.Version > 1; r.Compared != compared {
				t.Errorf("version %d is compared with the one before: %t", r.Version, r.Compared)
			}
		}
		pages++
		if from = h.Next; from == 0 {
			break
		}
	}
	if cmp.Diff(got, []uint64{6, 5, 4, 3, 2, 1}) != "" || pages != 3 {
		t.Errorf("%d pages hold %v", pages, got)
	}
}

func TestAnErasedVersionIsShownAsErased(t *testing.T) {
	p := newPlace(t)
	below := p.store()
	on := p.open(below)
	n := needWithAPast(t, p, on)
	state, _ := on.State("fctc")
	trail := state.Trail(catalogue.KindNeed, n.ID)
	if err := below.Erase(t.Context(), "fctc", []store.VersionRef{{Commit: trail[4], Kind: "need", ID: n.ID, Number: 5}}); err != nil {
		t.Fatal(err)
	}
	h, err := on.History(t.Context(), secretary, catalogue.KindNeed, n.ID, 0, 50)
	if err != nil || len(h.Records) != 4 || !h.Records[1].Erased || h.Records[1].Status != "" || h.Records[1].Command != "need.replace" {
		t.Errorf("%v: %+v", err, h)
	}
	if h.Records[0].Compared || h.Records[1].Compared {
		t.Error("a version is compared with what is no more")
	}
	position := platform.Moment{Position: h.Records[1].Position}
	_, _, err = on.NeedAt(t.Context(), secretary, n.ID, position)
	wantCode(t, err, cooperation.NotFound, "error.not_found.erased")
	_, _, err = on.NeedAt(t.Context(), public, n.ID, position)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	if got := history(t, on, public, n.ID); cmp.Diff([]line{{Version: 6, Status: "open"}, {Version: 4, Status: "open"}}, got) != "" {
		t.Errorf("the public reads %v", got)
	}
}

func TestTheVersionsOfAProposalAndARunAreRead(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	openNeed(t, on, "A need")
	o := openOffer(t, on, "An offer")
	first := run(t, on)
	proposal := standing(t, on)[0]
	p.clock.advance(time.Hour)
	before := p.clock.Now().Add(-time.Minute)
	if _, err := on.WithdrawOffer(t.Context(), provider, o.ID, 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	run(t, on)
	h, err := on.History(t.Context(), focal, catalogue.KindProposal, proposal.ID, 0, 50)
	if err != nil || len(h.Records) != 2 || h.Records[0].Status != "superseded" || h.Records[1].Status != "proposed" || h.Records[0].Changes[0].Path != "run" {
		t.Errorf("%v: %+v", err, h)
	}
	then, err := on.ProposalAt(t.Context(), focal, proposal.ID, platform.Moment{Time: before})
	if err != nil || then.Status != cooperation.Proposed {
		t.Errorf("%v: %+v", err, then)
	}
	for name, who := range map[string]cooperation.Actor{"the public": public, "another State": stranger} {
		if _, err := on.History(t.Context(), who, catalogue.KindProposal, proposal.ID, 0, 50); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("%s reads the history of a proposal: %v", name, err)
		}
		if _, err := on.RunAt(t.Context(), who, first.Run.ID, platform.Moment{Time: before}); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("%s reads a run: %v", name, err)
		}
	}
	if r, err := on.RunAt(t.Context(), member, first.Run.ID, platform.Moment{Time: before}); err != nil || !r.Done || r.Results != nil {
		t.Errorf("%v: %+v", err, r)
	}
	if _, err := on.History(t.Context(), secretary, "notification", "x", 0, 50); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("a kind without a history has one: %v", err)
	}
}
