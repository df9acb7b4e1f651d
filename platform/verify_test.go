package platform_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/store"
	"entente/store/mongo"
	"entente/store/storetest/mongotest"
)

func verifyRun(t *testing.T, on *platform.Platform, id string) *platform.Verification {
	t.Helper()
	v, err := on.VerifyRun(t.Context(), secretary, id)
	if err != nil {
		t.Fatal(explain(err))
	}
	return v
}

func TestARunIsConfirmedAlsoAfterFurtherPostings(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	importHistory(t, on, reportsOf(pastRows(t, 3, 4)))
	openNeed(t, on, "Smoke-free law")
	offer := openOffer(t, on, "Advisers")
	openOffer(t, on, "More advisers")
	first := run(t, on).Run
	other := offerContent("Advisers")
	other.Themes = []string{"fctc-art6"}
	if _, err := on.ReplaceOffer(t.Context(), provider, offer.ID, 0, other); err != nil {
		t.Fatal(explain(err))
	}
	openNeed(t, on, "Tobacco law")
	second := run(t, on).Run
	importHistory(t, on, reportsOf(pastRows(t, 7, 9)))
	third := run(t, on).Run
	p.clock.advance(400 * 24 * time.Hour)
	position := on.Position("fctc")
	for name, run := range map[string]*cooperation.Run{"first": first, "second": second, "third": third} {
		want := run.Added + run.Superseded
		for range 2 {
			if v := verifyRun(t, on, run.ID); v.Compared != want || v.Skipped != 0 || v.Run.Digest != run.Digest {
				t.Errorf("the %s run: %+v, want %d proposals", name, v, want)
			}
		}
	}
	if first.Added != 2 || second.Superseded != 1 || third.Record == second.Record || third.Rules != second.Rules || first.Record == "" {
		t.Errorf("the runs are\n%+v\n%+v\n%+v", first, second, third)
	}
	if on.Position("fctc") != position {
		t.Error("verifying has written something")
	}
	p.verify()
}

func TestARunIsVerifiedByTheSecretariatAlone(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	openNeed(t, on, "Smoke-free law")
	id := run(t, on).Run.ID
	member := actor("member", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Committee: "bureau", Participant: "KE"})
	for _, c := range []struct {
		who  cooperation.Actor
		code cooperation.Code
		key  string
	}{{member, cooperation.Forbidden, "error.forbidden.action"}, {focal, cooperation.NotFound, "error.not_found.document"}, {cooperation.Actor{}, cooperation.NotFound, "error.not_found.document"}} {
		_, err := on.VerifyRun(t.Context(), c.who, id)
		wantCode(t, err, c.code, c.key)
	}
	_, err := on.VerifyRun(t.Context(), system, cooperation.NewID())
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}

// forge writes another version of a run into the log, as nothing of ours does.
func (p *place) forge(run *cooperation.Run, change func(*cooperation.Run)) {
	p.t.Helper()
	s := p.store()
	var last store.Commit
	for c, err := range s.Read(p.t.Context(), "fctc", 0) {
		if err != nil {
			p.t.Fatal(err)
		}
		last = c
	}
	forged := *run
	forged.Version++
	change(&forged)
	body, err := json.Marshal(&forged)
	if err != nil {
		p.t.Fatal(err)
	}
	c := store.Commit{Log: "fctc", Number: last.Number + 1, ID: cooperation.NewID(), Command: "run", Actor: "system:matcher", Fence: run.ID, Time: last.Time,
		Versions: []store.Version{{Kind: "run", ID: run.ID, Number: forged.Version, Schema: cooperation.Schema, Body: body}}}
	store.Seal(last.Hash, &c)
	if _, err := s.Append(p.t.Context(), "fctc", []store.Commit{c}); err != nil {
		p.t.Fatal(err)
	}
}

func TestARunThatIsNotFoundAgainIsRefusedWithTheReason(t *testing.T) {
	for key, change := range map[string]func(*cooperation.Run){
		"error.state.verify_engine":     func(r *cooperation.Run) { r.Engine = "1" },
		"error.state.verify_unfinished": func(r *cooperation.Run) { r.Done = false },
		"error.state.verify_digest":     func(r *cooperation.Run) { r.Digest = "0123456789abcdef" },
		"error.state.verify_record":     func(r *cooperation.Run) { r.Record, r.Digest = "other", "other" },
		"error.state.verify_rules":      func(r *cooperation.Run) { r.Rules, r.Record, r.Digest = "other", "other", "other" },
	} {
		p := newPlace(t)
		on := p.open()
		openNeed(t, on, "Smoke-free law")
		openOffer(t, on, "Advisers")
		r := run(t, on).Run
		verifyRun(t, on, r.ID)
		before := on.Position("fctc")
		p.forge(r, change)
		await(t, on, before+1)
		_, err := on.VerifyRun(t.Context(), secretary, r.ID)
		wantCode(t, err, cooperation.State, key)
	}
}

func TestAProposalThatTheRunHasNotWrittenIsNoticed(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	openNeed(t, on, "Smoke-free law")
	openOffer(t, on, "Advisers")
	r := run(t, on).Run
	wrong := *standing(t, on)[0]
	wrong.Version, wrong.Status = 2, cooperation.SupersededProposal
	s := p.store()
	last, _, err := s.At(t.Context(), "fctc", on.Position("fctc"))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := json.Marshal(&wrong)
	c := store.Commit{Log: "fctc", Number: last.Number + 1, ID: cooperation.NewID(), Command: "run", Actor: "system:matcher", Fence: r.ID, Time: last.Time,
		Versions: []store.Version{{Kind: "proposal", ID: wrong.ID, Number: 2, Schema: cooperation.Schema, Body: body}}}
	store.Seal(last.Hash, &c)
	if _, err := s.Append(t.Context(), "fctc", []store.Commit{c}); err != nil {
		t.Fatal(err)
	}
	p.forge(r, func(*cooperation.Run) {})
	await(t, on, last.Number+2)
	_, err = on.VerifyRun(t.Context(), secretary, r.ID)
	wantCode(t, err, cooperation.State, "error.state.verify_proposals")
}

func TestWhatOthersChangeWhileARunIsWrittenIsNotHeldAgainstIt(t *testing.T) {
	p := newPlace(t)
	s := &faulty{Store: p.store()}
	on := p.open(s)
	importMany(t, on, 600)
	for i := range 5 {
		openOffer(t, on, fmt.Sprintf("Advisers %d", i))
	}
	touched := openNeed(t, on, "Tobacco law")
	other, commits := p.open(), 0
	s.after = func() error { // between two commits of the run, somebody withdraws a need
		if commits++; commits == 1 {
			_, err := other.WithdrawNeed(t.Context(), focal, touched.ID, 0, "")
			return err
		}
		return nil
	}
	r := run(t, on).Run
	s.after = nil
	if commits < 2 {
		t.Fatalf("the run was written in %d commits", commits)
	}
	if v := verifyRun(t, on, r.ID); v.Skipped == 0 || v.Compared < 2000 {
		t.Errorf("%+v", v)
	}
}

// importMany imports so many needs.
func importMany(t *testing.T, on *platform.Platform, n int) {
	t.Helper()
	var contents []cooperation.NeedContent
	for i := range n {
		contents = append(contents, needContent(t, fmt.Sprintf("Law %d", i)))
	}
	if r, err := on.ImportNeeds(t.Context(), system, rowsOf(contents...), false); err != nil || r.Created != n {
		t.Fatal(r, explain(err))
	}
}

// The same inputs, weights and record give the same bytes on both stores, with
// any number of goroutines, and when a run is repeated.
func TestBothStoresAndAnyNumberOfGoroutinesGiveTheSameRun(t *testing.T) {
	digests := map[string][]string{}
	for name, open := range map[string]func(*place) store.Store{
		"SQLite": func(p *place) store.Store { return p.store() },
		"MongoDB": func(p *place) store.Store {
			s, err := mongo.Open(t.Context(), mongotest.Start(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s
		},
	} {
		for _, threads := range []int{1, 4} {
			func() {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
				p := newPlace(t)
				on := p.open(open(p))
				importHistory(t, on, reportsOf(pastRows(t, 8, 9)))
				importMany(t, on, 60)
				var offers []cooperation.ImportRow[cooperation.OfferContent]
				for i, giver := range []cooperation.Participant{"NO", "SE", "BR", "ZA", "JP", "FR", "DE", "CN"} {
					content := offerContent("Advisers")
					content.Provider = giver
					offers = append(offers, cooperation.ImportRow[cooperation.OfferContent]{Line: i + 2, ExternalID: string(giver), Convention: "fctc", Content: content})
				}
				if r, err := on.ImportOffers(t.Context(), system, offers, false); err != nil || r.Created != 8 {
					t.Fatal(r, explain(err))
				}
				r := run(t, on)
				text, err := json.Marshal(r.Reports)
				if err != nil {
					t.Fatal(err)
				}
				digests[r.Run.Digest+string(text)] = append(digests[r.Run.Digest+string(text)], fmt.Sprint(name, threads))
				if v := verifyRun(t, on, r.Run.ID); v.Compared != r.Run.Added || v.Compared == 0 {
					t.Errorf("%s with %d: %+v", name, threads, v)
				}
			}()
		}
	}
	if len(digests) != 1 {
		for digest, by := range digests {
			t.Errorf("%v: %.64s", by, digest)
		}
	}
}
