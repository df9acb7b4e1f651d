package catalogue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"entente/cooperation"
)

func TestACommitThatCannotBeAppliedChangesNothing(t *testing.T) {
	good := needChange(openNeed(2, "good"))
	foreign := openNeed(3, "foreign")
	foreign.Convention = "other"
	newer := needChange(openNeed(4, "newer"))
	newer.Schema = cooperation.Schema + 1
	for _, c := range []struct {
		name     string
		position uint64
		change   Change
		says     string
	}{
		{"out of order", 3, good, "cannot follow"},
		{"one that was applied", 1, good, "cannot follow"},
		{"an unknown kind", 2, Change{Kind: "weather", ID: "x", Version: 1, Schema: 1, Body: []byte("{}")}, "unknown kind"},
		{"a newer schema", 2, newer, "later release"},
		{"a broken body", 2, Change{Kind: KindOffer, ID: "x", Version: 1, Schema: 1, Body: []byte("{")}, "offer x"},
		{"another convention", 2, needChange(foreign), "convention"},
		{"a version that is not newer", 2, needChange(openNeed(1, "again")), "version 1 comes after version 1"},
	} {
		l := newLog(t)
		l.commit(needChange(openNeed(1, "first")))
		err := l.state.Apply(c.position, morning, []Change{good, c.change})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", c.name, err, c.says)
		}
		if _, ok := l.state.Need(id(KindNeed, 2)); ok || l.state.Position() != 1 {
			t.Errorf("%s: a part of the commit is in the state", c.name)
		}
	}
}

func TestOfSeveralVersionsInOneCommitTheLastCounts(t *testing.T) {
	l := newLog(t)
	second := openNeed(1, "second")
	second.Version = 2
	l.commit(needChange(openNeed(1, "first")), needChange(openNeed(2, "other")), needChange(second))
	n, ok := l.state.Need(id(KindNeed, 1))
	if !ok || n.Title != "second" {
		t.Errorf("got %v", n)
	}
	if total(t, l.state, cooperation.Actor{}, Query{Text: "first"}) != 0 || total(t, l.state, cooperation.Actor{}, Query{Text: "second"}) != 1 {
		t.Error("the words of the first version are still found")
	}
}

func TestAnErasedDocumentIsGoneAndMayComeBackAtItsPlace(t *testing.T) {
	l := newLog(t)
	first := openNeed(1, "tobacco")
	first.ExternalID = "row"
	l.commit(needChange(first), needChange(openNeed(2, "tobacco")))
	l.commit(erased(KindNeed, first.ID, 2))
	if _, ok := l.state.Need(first.ID); ok {
		t.Error("the erased need is found by its id")
	}
	if _, ok := l.state.NeedByExternalID("row"); ok {
		t.Error("the erased need is found by its external id")
	}
	if got := total(t, l.state, cooperation.System("test"), Query{Text: "tobacco"}); got != 1 {
		t.Errorf("%d needs are listed, want 1", got)
	}
	if s, err := l.state.Snapshot(date("2026-03-02")); err != nil || len(s.Needs) != 1 {
		t.Errorf("the matcher reads %d needs, want 1 (%v)", len(s.Needs), err)
	}
	first.Version = 3
	l.commit(needChange(first))
	page, err := l.state.SearchNeeds(cooperation.Actor{}, Query{})
	if err != nil || len(page.Items) != 2 || page.Items[1].ID != first.ID {
		t.Errorf("it did not come back at its place: %v", err)
	}
}

func TestAnExternalIDFindsTheLatestPostingThatBearsIt(t *testing.T) {
	l := newLog(t)
	a, b := openOffer(1, "a"), openOffer(2, "b")
	a.ExternalID, b.ExternalID = "row", "row"
	l.commit(offerChange(a), offerChange(b))
	if o, _ := l.state.OfferByExternalID("row"); o == nil || o.ID != b.ID {
		t.Errorf("got %v, want the latest", o)
	}
	b.Version, b.ExternalID = 2, "other"
	l.commit(offerChange(b))
	if o, _ := l.state.OfferByExternalID("row"); o == nil || o.ID != a.ID {
		t.Errorf("got %v, want the one that still bears it", o)
	}
	if _, ok := l.state.OfferByExternalID(""); ok {
		t.Error("no external id finds an offer")
	}
}

func TestWaitingEndsWithThePositionOrTheContext(t *testing.T) {
	defer goleak.VerifyNone(t)
	l := newLog(t)
	var waiting sync.WaitGroup
	for range 3 {
		waiting.Go(func() {
			if err := l.state.Wait(context.Background(), 2); err != nil || l.state.Position() < 2 {
				t.Errorf("waited until %d: %v", l.state.Position(), err)
			}
		})
	}
	l.commit()
	l.commit()
	waiting.Wait()
	if !l.state.Changed().Equal(morning.Add(2 * time.Second)) {
		t.Errorf("changed at %v", l.state.Changed())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := l.state.Wait(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
	if err := l.state.Wait(ctx, 2); err != nil {
		t.Errorf("a position that is reached needs no waiting: %v", err)
	}
}

func TestReadersSeeWholeCommitsWhileOthersAreApplied(t *testing.T) {
	l := newLog(t)
	const commits = 150
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				readAll(t, l.state)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range commits {
		n, o := openNeed(i, fmt.Sprint("tobacco ", i)), openOffer(i, fmt.Sprint("tobacco ", i))
		again := openNeed(i/2, "tobacco again")
		again.Version = uint64(i + 2)
		l.commit(needChange(n), offerChange(o), needChange(again),
			body(KindProposal, id(KindProposal, i), 1, &cooperation.Proposal{Meta: meta(KindProposal, i, 1), Need: n.ID, Offers: []string{o.ID}, Status: cooperation.Proposed}))
	}
	close(done)
	readers.Wait()
	if got := total(t, l.state, cooperation.Actor{}, Query{Text: "tobacco"}); got != commits {
		t.Errorf("%d needs, want %d", got, commits)
	}
}

// readAll reads in every way; each commit adds one need, offer and proposal.
func readAll(t *testing.T, s *State) {
	page, err := s.SearchNeeds(cooperation.Actor{}, Query{Text: "tobacco", Facets: true})
	if err != nil || page.Total != int(page.Position) {
		t.Errorf("at position %d there are %d needs (%v)", page.Position, page.Total, err)
	}
	shot, err := s.Snapshot(date("2026-03-02"))
	if err != nil || len(shot.Needs) != int(shot.Position) || len(shot.Offers) != int(shot.Position) {
		t.Errorf("at position %d the matcher reads %d needs and %d offers (%v)", shot.Position, len(shot.Needs), len(shot.Offers), err)
	}
	proposals, err := s.Proposals(secretariat(), ProposalQuery{})
	if err != nil || proposals.Total != int(proposals.Position) {
		t.Errorf("at position %d there are %d proposals (%v)", proposals.Position, proposals.Total, err)
	}
	s.Clocked(cooperation.System("test"))
	s.Counts()
}

func TestDocumentsAreCountedByKindAndStatus(t *testing.T) {
	l := newLog(t)
	draft := openNeed(3, "draft")
	draft.Status = cooperation.NeedDraft
	l.commit(needChange(openNeed(1, "a")), needChange(openNeed(2, "b")), needChange(draft), offerChange(openOffer(1, "c")),
		body(KindRun, "run", 1, &cooperation.Run{}), body(KindOrganisation, "who", 1, &cooperation.Organisation{OrganisationContent: cooperation.OrganisationContent{Name: "WHO"}, Status: cooperation.OrganisationApplied}))
	l.commit(erased(KindNeed, id(KindNeed, 2), 2))
	want := map[string]map[string]int{
		KindNeed: {"open": 1, "draft": 1}, KindOffer: {"open": 1}, KindRun: {"": 1}, KindOrganisation: {"applied": 1},
		KindActivity: {}, KindCommittee: {"": 0}, KindCommitment: {"": 0}, KindProgramme: {}, KindHistory: {"": 0}, KindDuplicate: {"": 0}, KindRecommendation: {}, KindAssessment: {}, KindIntroduction: {}, KindProposal: {}, KindReview: {}, KindAgreement: {}, KindPartnership: {}, KindNotification: {},
	}
	if diff := cmp.Diff(want, l.state.Counts()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if o, ok := l.state.Organisation("who"); !ok || o.Name != "WHO" {
		t.Errorf("organisation: %v", o)
	}
}
