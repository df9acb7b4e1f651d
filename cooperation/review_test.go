package cooperation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// on is somebody who sits on the review body for a State.
func on(state cooperation.Participant) cooperation.Actor {
	return cooperation.Actor{ID: "member of " + string(state), Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: state, Committee: "review"}}}
}

// panel is a meeting of a committee of Peru (which presides), Germany, Japan, Chad and Kenya,
// the last of which is the focal point for gender and diversity, reviewing a
// need of Kenya and an offer of France.
type panel struct {
	t    *testing.T
	conv *cooperation.Convention
	now  time.Time
	both posted
	*cooperation.Review
	proposals []*cooperation.Proposal
}

func convened(t *testing.T) *panel {
	t.Helper()
	conv := seated("Europe/Zurich")
	from, until := day("2026-01-01"), day("2027-12-31")
	seat := func(code, since string, election int, as ...cooperation.SeatRole) cooperation.Term {
		return cooperation.Term{Country: land(code), From: day(since), Until: until, Election: election, As: as}
	}
	conv.Committees[0].Members = []cooperation.Term{seat("PE", "2025-01-01", 1), seat("DE", "2026-01-01", 3), seat("JP", "2026-01-01", 2), seat("TD", "2026-01-01", 3), seat("KE", "2026-01-01", 5, cooperation.SeatGender)}
	conv.Committees[0].Chairs = []cooperation.Presidency{{Country: land("PE"), From: from, Until: until}}
	conv.Committees[0].Composition = cooperation.Composition{MinimumNotRecused: 3, Source: "decision of 2014"}
	conv.Committees[0].Observers = []cooperation.Observer{{ID: "demining-trust"}}
	conv.Committees = append(conv.Committees, cooperation.Committee{ID: "victims"})
	b := &panel{t: t, conv: conv, now: noon, both: both()}
	b.both.offer.Status = cooperation.OfferOpen
	return b
}

func (b *panel) keeper() *cooperation.Timekeeper { return b.conv.Timekeeper(b.both, b.now) }

// propose makes a proposal whose look is over.
func (b *panel) propose() *cooperation.Proposal {
	b.t.Helper()
	p, err := cooperation.Propose(b.both.need, b.both.offer.ID, []string{"review", "victims"}, "run", clock, b.now)
	ok(b.t, err)
	b.proposals = append(b.proposals, p)
	return p
}

// working lets so many working days of March 2026 pass, to noon of the last.
func (b *panel) working(days int) {
	last := b.keeper().Working(b.now, days)
	b.now = b.keeper().Begin(last).Add(12 * time.Hour)
}

func (b *panel) begin(a cooperation.Actor) (*cooperation.Review, error) {
	var of []cooperation.Candidate
	for _, p := range b.proposals {
		of = append(of, cooperation.Candidate{Proposal: p, Sides: cooperation.Sides{Need: b.both.need, Offers: []*cooperation.Offer{b.both.offer}},
			Case: cooperation.Case{Proposal: p.ID, Need: cooperation.Frozen{ID: b.both.need.ID, Version: 3}, Offers: []cooperation.Frozen{{ID: b.both.offer.ID, Version: 2}},
				Score: 61_000_000, Parts: []cooperation.FrozenPart{{Name: "theme", Points: 30_000_000}}}})
	}
	return cooperation.BeginReview("review-1", b.keeper(), of, a, b.now)
}

// opened is a review that the chair has just opened.
func opened(t *testing.T) *panel {
	t.Helper()
	b := convened(t)
	b.propose()
	b.working(6)
	r, err := b.begin(on("PE"))
	ok(t, err)
	b.Review = r
	return b
}

// do is a command that succeeds.
func (b *panel) do(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v, when it is %s", err, b.Status)
	}
}

func (b *panel) elapse() bool {
	b.t.Helper()
	changed, err := b.Elapse(b.keeper(), clock, b.now)
	ok(b.t, err)
	return changed
}

func (b *panel) last() cooperation.Date {
	b.t.Helper()
	for _, c := range cooperation.ClocksOf(b.Review, b.keeper()) {
		if c.Kind == cooperation.SilenceClock {
			return c.Last
		}
	}
	return cooperation.Date{}
}

func TestWhatNobodyObjectsToIsEndorsed(t *testing.T) {
	b := opened(t) // on Wednesday 18 March
	if b.Status != cooperation.ReviewOpen || b.last() != day("2026-03-25") || b.OpenedFor != land("PE") || b.proposals[0].Status != cooperation.InReview || b.proposals[0].Review != b.ID {
		t.Fatalf("opened, it is %s", asText(t, b.Review))
	}
	b.working(5)
	if b.elapse() {
		t.Error("it ended on the last day of the silence")
	}
	b.now = b.now.AddDate(0, 0, 1)
	if !b.elapse() || b.Status != cooperation.ReviewEndorsed || b.Completed.IsZero() {
		t.Fatalf("after the silence it is %s", asText(t, b.Review))
	}
	if p := b.proposals[0]; !p.Conclude(b.Review, b.now) || p.Status != cooperation.Endorsed || p.Conclude(b.Review, b.now) {
		t.Errorf("the proposal is %s", asText(t, p))
	}
	if p := b.proposals[0]; !p.WasEndorsed() || p.WasIntroduced() || !p.Endorsed.Equal(b.Completed) {
		t.Errorf("its endorsement is noted as %s", asText(t, p))
	}
	if b.elapse() || len(cooperation.ClocksOf(b.Review, b.keeper())) != 0 {
		t.Error("something is still due")
	}
}

// "counts kept apart": being introduced by interest is no endorsement; an
// endorsement that comes afterwards is one, and leaves the step as it is.
func TestAnIntroductionByInterestIsNoEndorsement(t *testing.T) {
	b := opened(t)
	p := b.proposals[0]
	p.Status, p.Introduced, p.IntroducedBy = cooperation.Introduced, b.now, cooperation.ByInterest
	if p.WasEndorsed() || !p.WasIntroduced() {
		t.Errorf("introduced by interest, it is %s", asText(t, p))
	}
	b.working(6)
	if !b.elapse() || !p.Conclude(b.Review, b.now) || p.Status != cooperation.Introduced || !p.WasEndorsed() || p.Version != 3 {
		t.Errorf("endorsed afterwards, it is %s", asText(t, p))
	}
	if p.Conclude(b.Review, b.now) {
		t.Error("it was noted twice")
	}
}

func TestABodyThatAdvisesRecommends(t *testing.T) {
	for name, change := range map[string]func(*cooperation.Committee){
		"its working methods": func(c *cooperation.Committee) { c.Working.Recommends = true },
		"its kind":            func(c *cooperation.Committee) { c.Kind = cooperation.OpenEndedCommittee },
	} {
		b := convened(t)
		change(&b.conv.Committees[0])
		b.propose()
		b.working(6)
		r, err := b.begin(on("PE"))
		ok(t, err)
		b.Review = r
		b.working(6)
		if b.elapse(); b.Status != cooperation.ReviewRecommended || !b.proposals[0].Conclude(r, b.now) || b.proposals[0].Status != cooperation.Recommended {
			t.Errorf("by %s it is %s", name, b.Status)
		}
	}
}

func TestAnObjectionStopsTheSilenceAndWhatWasLeftGoesOn(t *testing.T) {
	b := opened(t)
	b.working(2)
	b.do(b.Object(b.keeper(), "The area was surveyed last year.", on("DE"), b.now))
	if b.Status != cooperation.ReviewObjected || b.Silences[0].Left != 3 || !b.last().IsZero() {
		t.Fatalf("objected to, it is %s", asText(t, b.Review))
	}
	if err := b.Object(b.keeper(), "Once more.", on("DE"), b.now); stateless(err) {
		t.Errorf("a second objection of the same State: %v", err)
	}
	b.do(b.Object(b.keeper(), "It is not affordable.", on("JP"), b.now))
	b.working(4)
	b.do(b.WithdrawObjection(b.keeper(), on("DE"), b.now))
	if b.Status != cooperation.ReviewObjected {
		t.Error("one objection stands, and it is", b.Status)
	}
	b.do(b.WithdrawObjection(b.keeper(), on("JP"), b.now))
	s := b.Silences[1]
	if b.Status != cooperation.ReviewOpen || s.Why != cooperation.SilenceResumed || s.Days != 3 || b.Held != 4 || !b.Contested.IsZero() {
		t.Errorf("withdrawn, it is %s", asText(t, b.Review))
	}
	b.working(4)
	if b.elapse(); b.Status != cooperation.ReviewEndorsed {
		t.Error("after what was left it is", b.Status)
	}
}

func TestAnObjectionOnTheLastDayLeavesOneDayForTheOthers(t *testing.T) {
	b := opened(t)
	b.working(5)
	b.do(b.Object(b.keeper(), "Wait.", on("DE"), b.now))
	b.do(b.WithdrawObjection(b.keeper(), on("DE"), b.now))
	if s := b.Silences[1]; s.Days != 1 || b.Silences[0].Left != 0 {
		t.Errorf("the silences are %s", asText(t, b.Silences))
	}
}

func TestObjectionsThatAreNotResolvedEndItWithoutPrejudice(t *testing.T) {
	b := opened(t)
	b.do(b.Object(b.keeper(), "No.", on("TD"), b.now))
	b.working(20) // Easter lies between
	if b.elapse() {
		t.Error("it ended before the twentieth working day was over")
	}
	b.now = b.now.AddDate(0, 0, 1)
	if !b.elapse() || b.Status != cooperation.ReviewWithdrawn {
		t.Fatalf("after twenty working days it is %s", b.Status)
	}
	p := b.proposals[0]
	if !p.Conclude(b.Review, b.now) || p.Status != cooperation.WithdrawnProposal || !p.Ended.WithoutPrejudice {
		t.Errorf("the proposal is %s", asText(t, p))
	}
	sides := &cooperation.Sides{Need: b.both.need, Offers: []*cooperation.Offer{b.both.offer}}
	if changed, err := p.Interest(sides, true, kenyaFocal, b.now); err != nil || !changed || p.Status != cooperation.Introduced || p.IntroducedBy != cooperation.ByInterest {
		t.Errorf("a State may still talk: %s, %v", asText(t, p), err)
	}
}

func TestObjectingAndWithdrawingByTurnsStallsNothing(t *testing.T) {
	b := opened(t)
	begun := b.now
	for b.Status.Under() {
		b.do(b.Object(b.keeper(), "No.", on("DE"), b.now))
		b.working(1)
		if b.elapse() {
			break
		}
		b.do(b.WithdrawObjection(b.keeper(), on("DE"), b.now))
		if b.now.Sub(begun) > 60*24*time.Hour {
			t.Fatal("after two months it still goes on")
		}
	}
	if b.now = b.now.AddDate(0, 0, 3); b.Status.Under() {
		b.elapse()
	}
	if b.Status != cooperation.ReviewWithdrawn {
		t.Errorf("it ended as %s", b.Status)
	}
}

func TestAModificationBothSidesAgreeToIsANewTextWithANewSilence(t *testing.T) {
	b := opened(t)
	b.working(3)
	b.do(b.Object(b.keeper(), "Without interpretation it will not work.", on("DE"), b.now))
	b.do(b.Modify(b.keeper(), "With interpretation into Portuguese.", on("PE"), b.now))
	if m, pending := b.Pending(); !pending || len(m.Asked) != 2 || b.Status != cooperation.ReviewModifying {
		t.Fatalf("it is %s", asText(t, b.Review))
	}
	b.do(b.Answer(b.keeper(), true, kenyaFocal, b.now))
	if err := b.Answer(b.keeper(), true, kenyaApprover, b.now); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("a second answer of the same side: %v", err)
	}
	if b.Status != cooperation.ReviewModifying || b.Text() != "" {
		t.Error("one side has agreed, and it is", b.Status)
	}
	b.do(b.Answer(b.keeper(), true, franceProvider, b.now))
	s := b.Silences[len(b.Silences)-1]
	if b.Status != cooperation.ReviewOpen || b.Text() == "" || s.Why != cooperation.SilenceModified || s.Days != 5 || len(b.Standing()) != 0 || b.Objections[0].How != cooperation.ObjectionSettled || b.Held != 0 {
		t.Errorf("agreed to, it is %s", asText(t, b.Review))
	}
	b.do(b.Object(b.keeper(), "Still not.", on("DE"), b.now))
}

func TestAModificationThatASideDoesNotAgreeToLeavesEverythingAsItWas(t *testing.T) {
	for name, refuse := range map[string]func(b *panel){
		"one refuses": func(b *panel) { b.do(b.Answer(b.keeper(), false, franceProvider, b.now)) },
		"nobody answers": func(b *panel) {
			b.now = b.now.AddDate(0, 0, 8)
			b.elapse()
		},
	} {
		b := opened(t)
		b.working(2)
		b.do(b.Modify(b.keeper(), "In two phases.", on("PE"), b.now))
		refuse(b)
		s := b.Silences[len(b.Silences)-1]
		if b.Status != cooperation.ReviewOpen || b.Text() != "" || s.Days != 3 || s.Why != cooperation.SilenceResumed {
			t.Errorf("%s: it is %s", name, asText(t, b.Review))
		}
	}
}

func TestWhoIsRecusedCommentsAndDoesNothingElse(t *testing.T) {
	b := opened(t)
	kenya := on("KE") // the beneficiary's
	b.do(b.Comment(b.keeper(), "We thank the committee.", kenya, b.now))
	if c := b.Comments[0]; !c.Recused || c.Observer || c.For != "KE" {
		t.Errorf("the comment is %s", asText(t, c))
	}
	b.do(b.Advise(b.keeper(), "Women are to be asked too.", kenya, b.now))
	for name, err := range map[string]error{
		"object": b.Object(b.keeper(), "No.", kenya, b.now), "modify": b.Modify(b.keeper(), "Else.", kenya, b.now), "return": b.Return(b.keeper(), "No.", kenya, b.now),
	} {
		wantCode(t, err, cooperation.Forbidden)
		_ = name
	}
	b.do(b.Object(b.keeper(), "No.", on("DE"), b.now))
	b.do(b.Declare(b.keeper(), "Our institute bids for the contract.", on("DE"), b.now))
	if !b.Recused(land("DE")) || b.Objections[0].How != cooperation.ObjectionRecused || b.Status != cooperation.ReviewOpen {
		t.Errorf("declared, it is %s", asText(t, b.Review))
	}
}

func TestWhenTheChairIsRecusedTheLongestServingTakesItsPart(t *testing.T) {
	b := opened(t)
	b.do(b.Declare(b.keeper(), "", on("PE"), b.now))
	var e *cooperation.Error
	if err := b.Return(b.keeper(), "No.", on("PE"), b.now); !errors.As(err, &e) || e.Message.Key != "error.forbidden.chair" {
		t.Errorf("the chair that is recused: %v", err)
	}
	// Germany, Japan, Chad and Kenya began on one day; Japan was elected first.
	if err := b.Modify(b.keeper(), "Else.", on("DE"), b.now); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("another member: %v", err)
	}
	b.do(b.Modify(b.keeper(), "Else.", on("JP"), b.now))
	b.do(b.Answer(b.keeper(), false, franceProvider, b.now))
	if err := b.Declare(b.keeper(), "", on("PE"), b.now); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("declared twice: %v", err)
	}
}

func TestWithTooFewMembersItWaitsAndTheSecretariatIsTold(t *testing.T) {
	b := opened(t)
	b.working(1)
	b.do(b.Declare(b.keeper(), "", on("DE"), b.now))
	b.do(b.Declare(b.keeper(), "", on("JP"), b.now)) // Peru and Chad are left
	if b.Status != cooperation.ReviewWaiting || b.Waiting.IsZero() || b.Silences[0].Left != 4 {
		t.Fatalf("with two members it is %s", asText(t, b.Review))
	}
	clocks := cooperation.ClocksOf(b.Review, b.keeper())
	at := slices.IndexFunc(clocks, func(c cooperation.Clock) bool { return c.Kind == cooperation.MembersClock })
	if at < 0 || !clocks[at].Concerns(secretariat, b.now) || !clocks[at].Due.IsZero() {
		t.Errorf("the clocks are %+v", clocks)
	}
	b.working(100)
	if b.elapse() {
		t.Error("it did not wait")
	}
	b.conv.Committees[0].Members = append(b.conv.Committees[0].Members, cooperation.Term{Country: land("UY"), From: day("2026-01-01"), Until: day("2027-12-31"), Election: 9})
	if !b.elapse() || b.Status != cooperation.ReviewOpen || b.Silences[1].Why != cooperation.SilenceManned || b.Silences[1].Days != 4 {
		t.Errorf("with three members it is %s", asText(t, b.Review))
	}
	few := convened(t)
	few.conv.Committees[0].Composition.MinimumNotRecused = 5
	few.propose()
	few.working(6)
	r, err := few.begin(on("PE"))
	ok(t, err)
	if r.Status != cooperation.ReviewWaiting || len(r.Silences) != 0 || few.proposals[0].Status != cooperation.InReview {
		t.Errorf("opened with too few, it is %s", asText(t, r))
	}
}

func TestNothingIsDecidedByWhoComesFirstAfterAClockHasRunOut(t *testing.T) {
	b := opened(t)
	b.working(6)
	for name, err := range map[string]error{
		"object": b.Object(b.keeper(), "Too late.", on("DE"), b.now), "modify": b.Modify(b.keeper(), "Else.", on("PE"), b.now),
		"return": b.Return(b.keeper(), "No.", on("PE"), b.now), "declare": b.Declare(b.keeper(), "", on("DE"), b.now),
	} {
		var e *cooperation.Error
		if !errors.As(err, &e) || e.Message.Key != "error.state.review.over" {
			t.Errorf("%s after the silence: %v", name, err)
		}
	}
	b.do(b.Comment(b.keeper(), "Late, and only a comment.", on("DE"), b.now))
}

func TestAReviewIsOpenedAsTheProfileSays(t *testing.T) {
	key := func(err error) string {
		var e *cooperation.Error
		if !errors.As(err, &e) {
			return ""
		}
		if len(e.Fields) > 0 {
			return e.Fields[0].Message.Key
		}
		return e.Message.Key
	}
	for _, c := range []struct {
		name   string
		change func(b *panel)
		by     cooperation.Actor
		want   string
	}{
		{"by another member", nil, on("DE"), "error.forbidden.chair"},
		{"by the secretariat", nil, secretariat, "error.forbidden.action"},
		{"by a side", nil, kenyaFocal, "error.forbidden.action"},
		{"by the public", nil, public, "error.not_found.document"},
		{"during the look", func(b *panel) { b.now = noon.AddDate(0, 0, 7) }, on("PE"), "error.state.review.look"},
		{"where nothing is reviewed", func(b *panel) { b.conv.Reviewed = false }, on("PE"), "error.state.review.not_reviewed"},
		{"of what is in review", func(b *panel) { b.proposals[0].Status = cooperation.InReview }, on("PE"), "error.state.refused"},
		{"of a need that has lapsed", func(b *panel) { b.both.need.Status = cooperation.NeedLapsed }, on("PE"), "error.state.pairing"},
		{"of two without bundles", func(b *panel) { b.propose().Status = cooperation.ReturnedProposal }, on("PE"), "error.state.review.together"},
		{"of the same twice", func(b *panel) { b.conv.Bundles = true; b.proposals = append(b.proposals, b.proposals[0]) }, on("PE"), "error.invalid.duplicate"},
		{"of none", func(b *panel) { b.proposals = nil }, on("PE"), "error.invalid.required"},
		{"of what was returned", func(b *panel) { b.now = noon; b.proposals[0].Status = cooperation.ReturnedProposal }, on("PE"), ""},
		{"without a look", func(b *panel) { b.now = noon; b.conv.LookDays = 0 }, on("PE"), ""},
	} {
		b := convened(t)
		b.propose()
		b.working(6)
		if c.change != nil {
			c.change(b)
		}
		if _, err := b.begin(c.by); key(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// reviewIn is a review in a step.
func reviewIn(t *testing.T, status cooperation.ReviewStatus) *panel {
	t.Helper()
	b := opened(t)
	switch status {
	case cooperation.ReviewObjected:
		b.do(b.Object(b.keeper(), "No.", on("DE"), b.now))
	case cooperation.ReviewModifying:
		b.do(b.Object(b.keeper(), "No.", on("DE"), b.now))
		b.do(b.Modify(b.keeper(), "Else.", on("PE"), b.now))
	case cooperation.ReviewWaiting:
		b.do(b.Object(b.keeper(), "No.", on("DE"), b.now))
		b.conv.Committees[0].Composition.MinimumNotRecused = 4
		b.do(b.Declare(b.keeper(), "", on("TD"), b.now))
	default:
		b.Status = status
	}
	if b.Status != status {
		t.Fatalf("it is %s and not %s", b.Status, status)
	}
	return b
}

// TestEveryCommandInEveryStepByEverybody is the whole table: who is not named is
// refused, and so is every step that is not.
func TestEveryCommandInEveryStepByEverybody(t *testing.T) {
	observer := cooperation.Actor{ID: "observer", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.ObserverRole, Participant: "demining-trust"}}}
	informed := cooperation.Actor{ID: "informed", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "FJ", Committee: "victims"}}}
	readOnly := on("PE")
	readOnly.ReadOnly = true
	people := map[string]cooperation.Actor{"chair": on("PE"), "objector": on("DE"), "member": on("JP"), "recused": on("KE"), "former": on("UG"), "observer": observer, "informed": informed,
		"need": kenyaFocal, "offer": franceProvider, "secretariat": secretariat, "public": public, "reader": readOnly}
	type command struct {
		do   func(b *panel, a cooperation.Actor) error
		may  []string
		from []cooperation.ReviewStatus
	}
	open, objected, modifying, waiting := cooperation.ReviewOpen, cooperation.ReviewObjected, cooperation.ReviewModifying, cooperation.ReviewWaiting
	commands := map[cooperation.Action]command{
		cooperation.CommentReview: {func(b *panel, a cooperation.Actor) error { return b.Comment(b.keeper(), "So.", a, b.now) },
			[]string{"chair", "objector", "member", "recused", "observer", "informed"}, []cooperation.ReviewStatus{open, objected, modifying, waiting}},
		cooperation.ObjectReview: {func(b *panel, a cooperation.Actor) error { return b.Object(b.keeper(), "No.", a, b.now) },
			[]string{"chair", "objector", "member"}, []cooperation.ReviewStatus{open, objected, modifying}},
		cooperation.WithdrawObjection: {func(b *panel, a cooperation.Actor) error { return b.WithdrawObjection(b.keeper(), a, b.now) },
			[]string{"chair", "objector", "member"}, []cooperation.ReviewStatus{objected, modifying, waiting}},
		cooperation.ModifyReview: {func(b *panel, a cooperation.Actor) error { return b.Modify(b.keeper(), "Else.", a, b.now) },
			[]string{"chair"}, []cooperation.ReviewStatus{open, objected}},
		cooperation.AnswerReview: {func(b *panel, a cooperation.Actor) error { return b.Answer(b.keeper(), true, a, b.now) },
			[]string{"need", "offer"}, []cooperation.ReviewStatus{modifying}},
		cooperation.ReturnReview: {func(b *panel, a cooperation.Actor) error { return b.Return(b.keeper(), "No.", a, b.now) },
			[]string{"chair"}, []cooperation.ReviewStatus{open, objected, modifying, waiting}},
		cooperation.AdviseReview: {func(b *panel, a cooperation.Actor) error { return b.Advise(b.keeper(), "So.", a, b.now) },
			[]string{"recused"}, []cooperation.ReviewStatus{open, objected, modifying, waiting}},
		cooperation.NoteReview: {func(b *panel, a cooperation.Actor) error {
			return b.Note(b.keeper(), cooperation.Note{Criterion: "theme", Text: "Too broad."}, a, b.now)
		}, []string{"chair", "objector", "member", "recused"}, []cooperation.ReviewStatus{open, objected, modifying, waiting}},
		cooperation.DeclareReview: {func(b *panel, a cooperation.Actor) error { return b.Declare(b.keeper(), "", a, b.now) },
			[]string{"chair", "objector", "member"}, []cooperation.ReviewStatus{open, objected, modifying, waiting}},
	}
	if len(commands) != len(cooperation.ReviewActions())-1 { // but opening
		t.Fatalf("the table has %d commands", len(commands))
	}
	for action, c := range commands {
		for _, status := range cooperation.ReviewStatuses() {
			for who, a := range people {
				b := reviewIn(t, status)
				before := asText(t, b.Review)
				err := c.do(b, a)
				code := cooperation.CodeOf(err)
				allowed := slices.Contains(c.may, who) && slices.Contains(c.from, status)
				switch {
				case who == "public":
					if code != cooperation.NotFound {
						t.Errorf("%s when %s by the public: %v", action, status, err)
					}
				case allowed && (action == cooperation.WithdrawObjection && who != "objector" || action == cooperation.ObjectReview && who == "objector" && status != open):
					if code != cooperation.State { // none of its own stands, or one does
						t.Errorf("%s when %s by %s: %v", action, status, who, err)
					}
				case allowed:
					if err != nil {
						t.Errorf("%s when %s by %s: %v", action, status, who, err)
					}
				case code != cooperation.Forbidden && code != cooperation.State:
					t.Errorf("%s when %s by %s: %v", action, status, who, err)
				}
				if after := asText(t, b.Review); (err == nil) == (after == before) {
					t.Errorf("%s when %s by %s: %v, and it changed: %v", action, status, who, err, after != before)
				}
			}
		}
	}
}

func TestWhatIsConfidentialStaysAmongThoseWhomItConcerns(t *testing.T) {
	b := reviewIn(t, cooperation.ReviewModifying)
	b.do(b.Comment(b.keeper(), "Between us.", on("JP"), b.now))
	b.do(b.Note(b.keeper(), cooperation.Note{Text: "On the whole, well."}, on("JP"), b.now))
	b.do(b.Advise(b.keeper(), "Ask the women.", on("KE"), b.now))
	b.do(b.Answer(b.keeper(), true, kenyaFocal, b.now))
	body := &b.conv.Committees[0]
	see := func(a cooperation.Actor) *cooperation.Review {
		return b.Shown(cooperation.SeesReview(a, b.Review, body, b.keeper().Today()), a)
	}
	observer := cooperation.Actor{ID: "observer", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.ObserverRole, Participant: "demining-trust"}}}
	if see(public) != nil || see(cooperation.Actor{ID: "x", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.FocalPoint, Participant: "UG"}}}) != nil {
		t.Error("it exists for those whom it does not concern")
	}
	if m := see(on("TD")); len(m.Comments) != 1 || len(m.Notes) != 1 || m.Objections[0].Text == "" || m.Cases[0].Score == 0 || m.Comments[0].By != "" || m.Objections[0].By != "" {
		t.Errorf("a member sees %s", asText(t, m))
	}
	if s := see(secretariat); s.Objections[0].By == "" {
		t.Error("the secretariat is not told who wrote")
	}
	for side, a := range map[cooperation.Side]cooperation.Actor{cooperation.NeedSide: kenyaFocal, cooperation.OfferSide: franceProvider} {
		s := see(a)
		if len(s.Comments)+len(s.Notes) != 0 || s.Advice != nil || s.Objections[0].Text != "" || s.Objections[0].Country != reference.Country(0) || len(s.Objections) != 1 || s.Cases[0].Score == 0 || s.Modifications[0].Text == "" {
			t.Errorf("the side of the %s sees %s", side, asText(t, s))
		}
		if answers := s.Modifications[0].Answers; (len(answers) == 1) != (side == cooperation.NeedSide) {
			t.Errorf("the side of the %s sees the answers %s", side, asText(t, answers))
		}
	}
	if o := see(observer); len(o.Comments) != 1 || o.Advice == nil || len(o.Notes)+len(o.Objections)+len(o.Modifications) != 0 || o.Cases[0].Score != 0 || o.Cases[0].Parts != nil {
		t.Errorf("an observer sees %s", asText(t, o))
	}
	if b.Objections[0].By == "" || b.Cases[0].Score == 0 || len(b.Comments) != 1 || b.Advice.By == "" {
		t.Error("showing it has changed it")
	}
}

func TestWhatIsLeftOfAReviewWhenASideWithdraws(t *testing.T) {
	b := opened(t)
	if !b.Leave(b.keeper(), b.proposals[0].ID, b.now) || b.Status != cooperation.ReviewEnded || b.Leave(b.keeper(), b.proposals[0].ID, b.now) {
		t.Errorf("without its only proposal it is %s", asText(t, b.Review))
	}
}

func stateless(err error) bool { return cooperation.CodeOf(err) != cooperation.State }
